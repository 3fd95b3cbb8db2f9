"""Who acts for an organisation: asked, checked, granted, refused, revoked (R-ORG-19, R-WEB-14)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.common.clock import local_day
from core.legal import audit
from core.legal.rules import Breach, LawBreached, require
from core.legal.workflow import MoveRefused

from .. import emails, law
from ..enums import OPEN_STATES
from ..models import Mandate, Organization
from ..permissions import is_last_representative, is_registrar, may_decide_mandate
from ..reminders import drop_confirmation, remind_of_confirmation


@transaction.atomic
def request_mandate(organization: Organization, *, user, role: str, evidence: str, at: datetime) -> Mandate:
    """Asks for the right to act for an organisation. Raises LawBreached (R-ORG-19)."""
    Organization.objects.select_for_update().get(pk=organization.pk)
    has_open = Mandate.objects.filter(user=user, organization=organization, role=role, ended_at=None).exists()
    if organization.state not in OPEN_STATES or has_open:
        require(law.claim_breaches(state=organization.state, has_open_claim=has_open, evidence=evidence))
    mandate = Mandate.objects.create(
        user=user, organization=organization, role=role, evidence=evidence, requested_at=at
    )
    _record(mandate, _("Prośba o upoważnienie"), by=user, at=at)
    return mandate


@transaction.atomic
def grant_mandate(
    mandate: Mandate, *, by, at: datetime, valid_from: date | None = None, valid_until: date | None = None
) -> Mandate:
    """Grants what was asked for, from today or the day named. Raises MoveRefused, or LawBreached for wrong days."""
    locked = _open(mandate, by)
    start = valid_from or locked.valid_from or local_day(at)
    end = valid_until or locked.valid_until
    if end is not None and end < start:
        raise LawBreached(
            [Breach("R-WEB-14", _("Ważne do: wpisz dzień nie wcześniejszy niż początek"), "valid_until")]
        )
    locked.valid_from, locked.valid_until, locked.verified_at, locked.verified_by = start, end, at, by
    locked.save(update_fields=["valid_from", "valid_until", "verified_at", "verified_by"])
    _record(locked, _("Nadanie upoważnienia"), by=by, at=at)
    remind_of_confirmation(locked.organization)
    emails.tell_granted(locked)
    return locked


@transaction.atomic
def assign_mandate(
    organization: Organization,
    *,
    user,
    role: str,
    evidence: str,
    by,
    at: datetime,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Mandate:
    """The office grants a mandate that it has checked itself, without being asked on line."""
    if not is_registrar(by):
        raise MoveRefused("is_registrar")
    mandate = request_mandate(organization, user=user, role=role, evidence=evidence, at=at)
    return grant_mandate(mandate, by=by, at=at, valid_from=valid_from, valid_until=valid_until)


@transaction.atomic
def refuse_mandate(mandate: Mandate, *, by, at: datetime, reason: str) -> Mandate:
    """Refuses what was asked for, with the reason."""
    locked = _end(_open(mandate, by), by, at, reason)
    _record(locked, _("Odmowa upoważnienia"), by=by, at=at, reason=reason)
    emails.tell_refused(locked)
    return locked


@transaction.atomic
def revoke_mandate(mandate: Mandate, *, by, at: datetime, reason: str) -> Mandate:
    """Ends a mandate before its time, with the reason; people may give up their own."""
    locked = Mandate.objects.select_for_update().get(pk=mandate.pk)
    is_own = locked.user_id == by.pk
    if locked.ended_at is not None or not (is_own or may_decide_mandate(by, locked)):
        raise MoveRefused("may_decide_mandate")
    locked = _end(locked, by, at, reason)
    _record(locked, _("Odwołanie upoważnienia"), by=by, at=at, reason=reason)
    drop_confirmation(locked.organization, locked.user)
    if not is_own:
        emails.tell_revoked(locked)
    return locked


def _open(mandate: Mandate, by) -> Mandate:
    """The row, locked, when it waits for a decision that this person may take."""
    locked = Mandate.objects.select_for_update().get(pk=mandate.pk)
    if not locked.is_requested or not may_decide_mandate(by, locked):
        raise MoveRefused("may_decide_mandate")
    return locked


def _end(mandate: Mandate, by, at: datetime, reason: str) -> Mandate:
    if not reason.strip():
        raise LawBreached([Breach("R-WEB-14", _("Powód: napisz, dlaczego"), "reason")])
    mandate.ended_at, mandate.ended_by, mandate.end_reason = at, by, reason
    mandate.save(update_fields=["ended_at", "ended_by", "end_reason"])
    return mandate


def _record(mandate: Mandate, verb: str, *, by, at: datetime, reason: str = "") -> None:
    """In the organisation's log: which role, on what evidence; the person is a number, not a name."""
    facts = {"mandate": mandate.pk, "user": mandate.user_id, "role": mandate.role}
    period = {"valid_from": mandate.valid_from, "valid_until": mandate.valid_until}
    audit.record(mandate.organization, verb, by=by, at=at, after={**facts, **period}, reason=reason)


@transaction.atomic
def leave_organizations(user, *, at: datetime) -> int:
    """Ends every mandate of a person who goes; an organisation that loses its last representative is told."""
    mine = list(
        Mandate.objects.select_for_update().filter(user=user, ended_at=None).select_related("organization")
    )
    for mandate in mine:
        is_last = mandate.is_in_force and is_last_representative(mandate)
        mandate.ended_at, mandate.end_reason = at, _("Ta osoba usunęła konto.")
        mandate.save(update_fields=["ended_at", "end_reason"])
        _record(mandate, _("Wygaśnięcie upoważnienia"), by=None, at=at, reason=mandate.end_reason)
        drop_confirmation(mandate.organization, user)
        if is_last:
            emails.tell_without_representative(mandate)
    return len(mine)
