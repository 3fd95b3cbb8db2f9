"""How rows that cannot simply be pointed to another organisation move when two records become one."""

from datetime import datetime

import pgtrigger
from django.db.models import Q
from django.utils.translation import gettext as _

from core.legal.workflow import advance
from core.notifications.models import Follow

from ..actions.mandates import close_by_portal
from ..actions.representation import drop_act
from ..enums import RevisionState
from ..models import (
    AccessEntry,
    DuplicateDecision,
    IdentityRevision,
    Logo,
    Mandate,
    Organization,
    RepresentationAct,
    ResidentOffer,
)


def move_mandates(old: Organization, new: Organization, at: datetime) -> list[int]:
    """A person has a role once: of two that are held or asked for, the held one stays, else the survivor's."""
    reason = _("Połączono dwa wpisy organizacji; ta osoba ma już tę rolę.")
    own = Mandate.objects.filter(organization=new, ended_at=None)
    held = {(m.user_id, m.role) for m in own if m.verified_at}
    asked = {(m.user_id, m.role): m for m in own if not m.verified_at}
    moved = list(Mandate.objects.filter(organization=old).order_by("pk"))
    # what is held comes first: beside it a question for the same role says nothing new
    for mandate in sorted((m for m in moved if m.ended_at is None), key=lambda m: m.verified_at is None):
        role = (mandate.user_id, mandate.role)
        is_second = role in held or (role in asked and mandate.verified_at is None)
        twin = mandate if is_second else asked.pop(role, None)
        if twin is not None:
            close_by_portal(twin, at=at, reason=reason)
    for mandate in moved:
        Mandate.objects.filter(pk=mandate.pk).update(organization=new)
    return [mandate.pk for mandate in moved]


def move_acts(old: Organization, new: Organization, at: datetime) -> list[int]:
    """What waits for consents is begun anew: another organisation may be represented in another manner."""
    rows = RepresentationAct.objects.filter(organization=old)
    for act in rows.waiting():
        drop_act(act, at=at, reason=_("Połączono dwa wpisy organizacji. Rozpocznij czynność od nowa."))
    return pointed(rows, "organization", new)


def move_revisions(old: Organization, new: Organization, at: datetime) -> list[int]:
    """One change waits at a time: a second one is closed with the reason."""
    rows = IdentityRevision.objects.filter(organization=old)
    if IdentityRevision.objects.filter(organization=new, decided_at=None).exists():
        for revision in rows.filter(decided_at=None):
            _close_revision(revision, at)
    return pointed(rows, "organization", new)


def _close_revision(revision: IdentityRevision, at: datetime) -> None:
    reason = _("Połączono dwa wpisy organizacji.")
    moved = advance(revision, RevisionState.REJECTED, by=None, at=at, reason=reason)
    moved.is_approved, moved.decided_at, moved.decision_reason = False, at, reason
    moved.save(update_fields=["is_approved", "decided_at", "decision_reason"])


def move_offers(old: Organization, new: Organization, at: datetime) -> list[int]:
    """After the survivor's own; the same offer is not shown twice."""
    start = ResidentOffer.objects.filter(organization=new).count()
    keys = []
    for position, offer in enumerate(ResidentOffer.objects.filter(organization=old), start=start):
        ResidentOffer.objects.filter(pk=offer.pk).update(organization=new, position=position)
        keys.append(offer.pk)
    return keys


def move_branches(old: Organization, new: Organization, at: datetime) -> list[int]:
    rows = Organization.objects.filter(parent=old).exclude(pk=new.pk)
    return pointed(rows, "parent", new)


def move_follows(old: Organization, new: Organization, at: datetime) -> list[int]:
    """Who follows both follows the survivor once."""
    both = Follow.objects.of(new).values("user")
    Follow.objects.of(old).filter(user__in=both).delete()
    return pointed(Follow.objects.of(old), "subject_id", new.pk)


def move_logo(old: Organization, new: Organization, at: datetime) -> list[int]:
    """The survivor's own stays; its key is that of the organisation."""
    if Logo.objects.filter(organization=new).exists():
        return []
    return [new.pk] if Logo.objects.filter(organization=old).update(organization=new) else []


def move_openings(old: Organization, new: Organization, at: datetime) -> list[int]:
    """The log cannot be changed; here it only goes with those whose log it is."""
    with pgtrigger.ignore("organizations.AccessEntry:append_only"):
        return pointed(AccessEntry.objects.filter(organization=old), "organization", new)


def move_decisions(old: Organization, new: Organization, at: datetime) -> list[int]:
    """Which similar ones are others; of the two that became one nothing is left to say."""
    known = DuplicateDecision.objects.filter(organization=new).values("other")
    rows = DuplicateDecision.objects.filter(organization=old).exclude(Q(other=new) | Q(other__in=known))
    return pointed(rows, "organization", new)


def move_decisions_about(old: Organization, new: Organization, at: datetime) -> list[int]:
    known = DuplicateDecision.objects.filter(other=new).values("organization")
    rows = DuplicateDecision.objects.filter(other=old)
    return pointed(rows.exclude(Q(organization=new) | Q(organization__in=known)), "other", new)


def pointed(rows, column: str, target) -> list[int]:
    """Points rows to another record; gives their keys."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    rows.model._base_manager.filter(pk__in=keys).update(**{column: target})
    return keys
