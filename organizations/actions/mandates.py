"""Who acts for an organisation: asked, checked, granted, returned, refused, renewed, ended (R-ORG-19, R-WEB-14)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.common.clock import local_day
from core.documents.actions import Upload, attach
from core.documents.enums import Audience
from core.legal import audit, parameters
from core.legal.rules import Breach, LawBreached, require
from core.legal.workflow import MoveRefused, advance, start

from .. import emails, law
from ..enums import OPEN_STATES, MandateState
from ..models import Mandate, Organization
from ..permissions import (
    is_asker,
    is_last_representative,
    is_registrar,
    may_decide_mandate,
    may_end_mandate,
)
from ..reminders import drop_confirmation, drop_end, remind_of_confirmation, remind_of_end

RENEWAL = "mandate_renewal_days"


@transaction.atomic
def request_mandate(
    organization: Organization,
    *,
    user,
    role: str,
    evidence: str,
    at: datetime,
    upload: Upload | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Mandate:
    """Asks for the right to act for an organisation, or to keep it when it soon ends.

    The evidence is a description, a file (for the office and the organisation's representatives), or both.
    Raises LawBreached (R-ORG-19), or ``Refused`` for a file that is not taken.
    """
    Organization.objects.select_for_update().get(pk=organization.pk)
    own = Mandate.objects.filter(user=user, organization=organization, role=role, ended_at=None)
    held, on = own.filter(verified_at__isnull=False).first(), local_day(at)
    has_open = own.filter(verified_at=None).exists() or not _is_renewable(held, on)
    if organization.state not in OPEN_STATES or has_open:
        words = evidence or (_("w pliku") if upload else "")
        require(law.claim_breaches(state=organization.state, has_open_claim=has_open, evidence=words))
    mandate = Mandate.objects.create(
        user=user,
        organization=organization,
        role=role,
        evidence=evidence,
        requested_at=at,
        state_since=at,
        renews=held,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    start(mandate, by=user, at=at)
    _add_evidence(mandate, upload, at)
    record_mandate(mandate, _("Prośba o upoważnienie"), by=user, at=at)
    if organization.is_public:
        emails.tell_asked(mandate)
    return mandate


def _is_renewable(held: Mandate | None, on: date) -> bool:
    """Whether a further request makes sense beside the mandate that the person holds, if any."""
    days = parameters.days(RENEWAL, on=on)
    return held is None or law.is_renewable(held.valid_until, on=on, days=days)


def _add_evidence(mandate: Mandate, upload: Upload | None, at: datetime) -> None:
    if upload is not None:
        title = _("Podstawa upoważnienia")
        attach(mandate, upload, title=title, by=mandate.user, at=at, audience=Audience.OFFICIALS)


@transaction.atomic
def complete_request(
    mandate: Mandate, *, by, at: datetime, evidence: str = "", upload: Upload | None = None
) -> Mandate:
    """Sends a request that was given back once more, with better evidence. Raises MoveRefused, LawBreached."""
    if not is_asker(by, mandate):
        raise MoveRefused("is_asker")
    if not evidence.strip() and upload is None:
        raise LawBreached(
            [Breach("R-ORG-19", _("dopisz, z czego wynika uprawnienie, albo dodaj plik"), "evidence")]
        )
    moved = advance(mandate, MandateState.REQUESTED, by=by, at=at)
    moved.evidence = evidence or moved.evidence
    moved.save(update_fields=["evidence"])
    _add_evidence(moved, upload, at)
    record_mandate(moved, _("Uzupełnienie prośby o upoważnienie"), by=by, at=at)
    emails.tell_asked(moved)
    return moved


@transaction.atomic
def withdraw_request(mandate: Mandate, *, by, at: datetime) -> Mandate:
    """Takes back a request that nobody has decided on. Raises MoveRefused."""
    moved = _close(advance(mandate, MandateState.WITHDRAWN, by=by, at=at), by, at, "")
    record_mandate(moved, _("Wycofanie prośby o upoważnienie"), by=by, at=at)
    return moved


@transaction.atomic
def grant_mandate(
    mandate: Mandate, *, by, at: datetime, valid_from: date | None = None, valid_until: date | None = None
) -> Mandate:
    """Grants what was asked for, from today or the day named. Raises MoveRefused, or LawBreached for wrong days."""
    locked = _waiting(mandate, by)
    begin = valid_from or locked.valid_from or local_day(at)
    end = valid_until or locked.valid_until
    if end is not None and end < begin:
        raise LawBreached(
            [Breach("R-WEB-14", _("Ważne do: wpisz dzień nie wcześniejszy niż początek"), "valid_until")]
        )
    _end_former(locked, at)
    moved = advance(locked, MandateState.GRANTED, by=by, at=at)
    moved.valid_from, moved.valid_until, moved.verified_at, moved.verified_by = begin, end, at, by
    moved.save(update_fields=["valid_from", "valid_until", "verified_at", "verified_by"])
    record_mandate(moved, _("Nadanie upoważnienia"), by=by, at=at)
    remind_of_confirmation(moved.organization)
    remind_of_end(moved)
    emails.tell_granted(moved)
    return moved


def _end_former(mandate: Mandate, at: datetime) -> None:
    """A renewed mandate takes the place of the one before it."""
    same = Mandate.objects.filter(user=mandate.user, organization=mandate.organization, role=mandate.role)
    for former in same.filter(verified_at__isnull=False, ended_at=None):
        reason = _("Zastąpione nowym upoważnieniem.")
        _close(advance(former, MandateState.ENDED, by=None, at=at, reason=reason), None, at, reason)
        drop_end(former)


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
def return_mandate(mandate: Mandate, *, by, at: datetime, reason: str) -> Mandate:
    """Gives a request back to be completed, with what is missing. Raises MoveRefused, LawBreached."""
    moved = advance(_waiting(mandate, by), MandateState.RETURNED, by=by, at=at, reason=reason)
    record_mandate(moved, _("Zwrot prośby o upoważnienie"), by=by, at=at, reason=reason)
    emails.tell_mandate_returned(moved, reason)
    return moved


@transaction.atomic
def refuse_mandate(mandate: Mandate, *, by, at: datetime, reason: str) -> Mandate:
    """Refuses what was asked for, with the reason."""
    moved = advance(_waiting(mandate, by), MandateState.REFUSED, by=by, at=at, reason=reason)
    _close(moved, by, at, reason)
    record_mandate(moved, _("Odmowa upoważnienia"), by=by, at=at, reason=reason)
    emails.tell_refused(moved)
    return moved


@transaction.atomic
def revoke_mandate(mandate: Mandate, *, by, at: datetime, reason: str, word: str = "") -> Mandate:
    """Ends a mandate before its time, with the reason; access ends with it. People may give up their own.

    Who is the last to represent leaves the office a ``word``: it waits in the office's queue.
    """
    locked = Mandate.objects.select_for_update().get(pk=mandate.pk)
    if locked.ended_at is not None or not may_end_mandate(by, locked):
        raise MoveRefused("may_end_mandate")
    if locked.state == MandateState.REQUESTED or locked.state == MandateState.RETURNED:
        return withdraw_request(locked, by=by, at=at)
    is_last = is_last_representative(locked, on=local_day(at)) and not is_registrar(by)
    require(law.ending_breaches(is_last_representative=is_last, word=word))
    moved = _close(advance(locked, MandateState.ENDED, by=by, at=at, reason=reason), by, at, reason)
    if is_last:
        moved.word_to_office = word
        moved.save(update_fields=["word_to_office"])
    record_mandate(moved, _("Odwołanie upoważnienia"), by=by, at=at, reason=reason)
    drop_confirmation(moved.organization, moved.user)
    drop_end(moved)
    if moved.user_id != by.pk:
        emails.tell_revoked(moved)
    return moved


@transaction.atomic
def read_word(mandate: Mandate, *, by, at: datetime, reason: str = "") -> Mandate:
    """The office has read what the last representative wrote on leaving. Raises MoveRefused."""
    locked = Mandate.objects.select_for_update().get(pk=mandate.pk)
    if not is_registrar(by) or not locked.word_to_office or locked.word_read_at is not None:
        raise MoveRefused("is_registrar")
    locked.word_read_at, locked.word_read_by = at, by
    locked.save(update_fields=["word_read_at", "word_read_by"])
    record_mandate(locked, _("Przyjęcie wiadomości o braku reprezentacji"), by=by, at=at, reason=reason)
    return locked


def _waiting(mandate: Mandate, by) -> Mandate:
    """The row, locked, when it waits for a decision that this person may take."""
    locked = Mandate.objects.select_for_update().get(pk=mandate.pk)
    if not locked.is_requested or not may_decide_mandate(by, locked):
        raise MoveRefused("may_decide_mandate")
    return locked


def _close(mandate: Mandate, by, at: datetime, reason: str) -> Mandate:
    mandate.ended_at, mandate.ended_by, mandate.end_reason = at, by, reason
    mandate.save(update_fields=["ended_at", "ended_by", "end_reason"])
    return mandate


def close_by_portal(mandate: Mandate, *, at: datetime, reason: str, by=None) -> Mandate:
    """The portal ends what is held, or withdraws what was asked for, because something else has changed."""
    is_held = mandate.state == MandateState.GRANTED
    target = MandateState.ENDED if is_held else MandateState.WITHDRAWN
    moved = _close(advance(mandate, target, by=None, at=at, reason=reason), by, at, reason)
    drop_end(moved)
    return moved


def record_mandate(mandate: Mandate, verb: str, *, by, at: datetime, reason: str = "") -> None:
    """In the organisation's log: which role, on what evidence; the person is a number, not a name."""
    facts = {"mandate": mandate.pk, "user": mandate.user_id, "role": mandate.role}
    period = {"valid_from": mandate.valid_from, "valid_until": mandate.valid_until}
    audit.record(mandate.organization, verb, by=by, at=at, after={**facts, **period}, reason=reason)
