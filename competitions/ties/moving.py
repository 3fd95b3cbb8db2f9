"""How rows of calls that cannot simply be pointed to another organisation move when two records become one."""

from django.db import models

from ..models import CommitteeCandidate, CommitteeMember, Offer, OfferPartner, OfferSection


def move_offers(old, new, at) -> list[int]:
    """The offers, and the leader's shares in their split of costs."""
    rows = Offer.objects.filter(organization=old)
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    _shares(keys, old.pk, new.pk)
    rows.update(organization=new)
    return keys


def move_partners(old, new, at) -> list[int]:
    """An organisation is a partner once, and never its own; what it would be a second time stays as a trace."""
    rows = OfferPartner.objects.filter(organization=old).exclude(offer__organization=new)
    rows = rows.exclude(offer__in=OfferPartner.objects.filter(organization=new).values("offer"))
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    moved = OfferPartner.objects.filter(pk__in=keys)
    _shares(list(moved.values_list("offer", flat=True)), old.pk, new.pk)
    moved.update(organization=new)
    return keys


def _shares(offers: list[int], old: int, new: int) -> None:
    """V.C of the drafts names organisations by number; what has been filed is kept as it was."""
    for section in OfferSection.objects.select_for_update().filter(offer__in=offers, key="split"):
        rows = section.content.get("rows", [])
        if not any(row.get("organization_id") == old for row in rows):
            continue
        renamed = [
            {**row, "organization_id": new} if row.get("organization_id") == old else row for row in rows
        ]
        section.content = {**section.content, "rows": renamed}
        section.save(update_fields=["content"])


def _move_links(links: type[models.Model], owner: str, old, new) -> list[int]:
    """A person acts for an organisation once; a second link to the same one goes."""
    rows = links._base_manager.filter(organization=old)
    known = links._base_manager.filter(organization=new).values(owner)
    rows.filter(**{f"{owner}__in": known}).delete()
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    rows.update(organization=new)
    return keys


def move_candidates(old, new, at) -> list[int]:
    return _move_links(CommitteeCandidate.organizations.through, "committeecandidate", old, new)


def move_members(old, new, at) -> list[int]:
    return _move_links(CommitteeMember.organizations.through, "committeemember", old, new)
