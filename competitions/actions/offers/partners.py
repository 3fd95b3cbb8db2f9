"""Joint offers: inviting, accepting, declining, leaving (R-CALL-19)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.legal import audit
from core.legal.rules import Breach, LawBreached, require
from organizations.models import Organization

from ... import emails, permissions, reminders
from ...law import offers as law
from ...models import Offer, OfferPartner, OfferSection
from ...models.offer_facts import excluded_as
from .access import check, locked, locked_writable
from .writing import store


@transaction.atomic
def invite_partner(
    offer: Offer, *, organization: Organization, may_edit: bool = True, by: Any, at: datetime
) -> OfferPartner:
    """Asks another organisation of the registry to be a partner; its representatives get a letter.

    An organisation that declined or left may be asked again. Raises MoveRefused, and LawBreached for the leader
    itself, an excluded or unpublished body, and a partner that is there already.
    """
    row = locked_writable(offer)
    check(permissions.may_lead, by, row)
    require(_invitation_breaches(row, organization))
    partner, _created = OfferPartner.objects.update_or_create(
        offer=row,
        organization=organization,
        defaults={
            "invited_by": by,
            "invited_at": at,
            "accepted_by": None,
            "accepted_at": None,
            "declined_at": None,
            "left_at": None,
            "may_edit": may_edit,
        },
    )
    _share(row, organization, by, at)
    audit.record(row, _("Zaproszenie partnera"), by=by, at=at, after={"partner": organization.name})
    emails.tell_partner_invited(partner)
    return partner


def _invitation_breaches(row: Offer, organization: Organization) -> list[Breach]:
    if organization.pk == row.organization_id:
        return [
            Breach("R-CALL-19", _("Twoja organizacja jest liderem tej oferty. Wybierz inną."), "organization")
        ]
    if not organization.is_public:
        return [
            Breach("R-CALL-19", _("Tej organizacji nie ma w bazie. Poproś ją o rejestrację."), "organization")
        ]
    if any(p.organization_id == organization.pk and p.takes_part for p in row.partners.all()):
        return [Breach("R-CALL-19", _("Ta organizacja jest już zaproszona."), "organization")]
    party = law.Party(organization.pk, organization.name, excluded_as=excluded_as(organization))
    return law.entity_breaches(party)


def _share(row: Offer, organization: Organization, by: Any, at: datetime) -> None:
    """A row for the partner in V.C, so that the split can be written."""
    section = OfferSection.objects.select_for_update().get(offer=row, key="split")
    rows = section.content.get("rows", [])
    if not any(known.get("organization_id") == organization.pk for known in rows):
        content = {**section.content, "rows": [*rows, {"organization_id": organization.pk, "years": {}}]}
        store(row, section, content, by=by, at=at)


@transaction.atomic
def answer_invitation(partner: OfferPartner, *, accepts: bool, by: Any, at: datetime) -> OfferPartner:
    """A representative of the partner accepts or declines; the leader is told. A second answer changes nothing.

    Raises MoveRefused for anybody else, LawBreached when the offer is filed or the invitation taken back.
    """
    row = locked_writable(partner.offer)
    mine = OfferPartner.objects.select_for_update().get(pk=partner.pk)
    check(permissions.may_answer_for, by, mine)
    if not mine.takes_part:
        raise LawBreached(
            [Breach("R-CALL-19", _("To zaproszenie jest już nieaktualne. Poproś lidera o nowe."))]
        )
    if mine.accepted_at:
        return mine
    if accepts:
        mine.accepted_by, mine.accepted_at = by, at
    else:
        mine.declined_at = at
    mine.save(update_fields=["accepted_by", "accepted_at", "declined_at"])
    verb = (
        _("Przyjęcie zaproszenia do oferty wspólnej") if accepts else _("Odmowa udziału w ofercie wspólnej")
    )
    audit.record(row, verb, by=by, at=at, after={"partner": mine.organization.name})
    reminders.set_draft_deadline(row)
    emails.tell_partner_answered(mine, accepts=accepts)
    return mine


@transaction.atomic
def leave_offer(partner: OfferPartner, *, reason: str, by: Any, at: datetime) -> OfferPartner:
    """The partner goes; the leader is told and has to divide the costs anew. A filed offer has to be withdrawn first.

    Raises MoveRefused for anybody but the partner's representatives and the leader's people.
    """
    row = locked(partner.offer)
    mine = OfferPartner.objects.select_for_update().get(pk=partner.pk)
    check(_may_take_out, by, mine)
    if not row.is_writable:
        message = _("Oferta jest złożona. Lider musi ją najpierw wycofać (do końca naboru).")
        raise LawBreached([Breach("R-CALL-19", message)])
    if mine.takes_part:
        mine.left_at = at
        mine.save(update_fields=["left_at"])
        after = {"partner": mine.organization.name}
        audit.record(row, _("Wyjście partnera z oferty"), by=by, at=at, after=after, reason=reason)
        emails.tell_partner_left(mine, reason, at)
    return mine


def _may_take_out(user: Any, partner: OfferPartner) -> bool:
    return permissions.may_answer_for(user, partner) or permissions.may_lead(user, partner.offer)
