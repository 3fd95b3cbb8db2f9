"""Acts that only those who represent an organisation may do, alone or several together (R-WEB-14).

How another room uses it, with filing an offer as the example::

    # competitions/actions.py
    from organizations.actions.representation import register_act, start_act

    def _file(act, *, by, at):                     # called once, when enough people have agreed
        file_offer(Offer.objects.get(pk=act.subject_id), by=by, at=at)

    register_act("file_offer", label=_("Złożenie oferty"), carry_out=_file, drop=_unlock)

    def ask_to_file(offer, *, by, at):             # what the button »Złóż ofertę« calls
        return start_act(offer, kind="file_offer", organization=offer.organization,
                         summary=str(offer), by=by, at=at)

``start_act`` counts who begins as the first who agrees. Where one person represents alone the act is
carried out at once and comes back with the state AGREED; else the co-representatives get a letter, each
says yes or no on a page of the organisation, and the last yes carries it out **in the same transaction**:
when ``carry_out`` raises, the yes is not written either. ``drop`` is called when somebody refuses, the
one who began withdraws, or the time is over. Only people who still represent are counted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.common.clock import local_day
from core.common.edge import LONGEST_WAIT
from core.common.subjects import subject_of
from core.legal import audit, parameters
from core.legal.rules import Breach, LawBreached, require
from core.legal.workflow import MoveRefused, advance, start

from .. import emails, law
from ..enums import ActState, Manner
from ..models import Consent, Dossier, Mandate, Organization, RepresentationAct
from ..permissions import may_consent, may_represent
from .standing import dissolve

TIME_TO_CONSENT = "representation_consent_days"
Carry = Callable[..., Any]


@dataclass(frozen=True)
class ActKind:
    """A sort of acts: what it is called, what happens when all agree, and when it comes to nothing."""

    code: str
    label: Any
    carry_out: Carry
    drop: Carry | None = None
    address: Callable[[RepresentationAct], str] | None = None


ACT_KINDS: dict[str, ActKind] = {}


def register_act(
    code: str,
    *,
    label: Any,
    carry_out: Carry,
    drop: Carry | None = None,
    address: Callable[[RepresentationAct], str] | None = None,
) -> None:
    """Makes a sort of acts known. ``carry_out`` and ``drop`` get the act, ``by`` and ``at``; ``address`` tells
    where people read what they agree to."""
    ACT_KINDS[code] = ActKind(code, label, carry_out, drop, address)


@transaction.atomic
def start_act(
    subject: models.Model,
    *,
    kind: str,
    organization: Organization,
    summary: str,
    by,
    at: datetime,
    until: datetime | None = None,
) -> RepresentationAct:
    """Begins an act about a record; who begins agrees. ``until`` ends the time for consents sooner.

    Raises MoveRefused, LawBreached.
    """
    locked = Organization.objects.select_for_update().get(pk=organization.pk)
    if kind not in ACT_KINDS or not may_represent(by, locked):
        raise MoveRefused("may_represent")
    present = len(representatives_of(locked, at))
    required = required_for(locked, kind, present=present)
    require([*law.act_breaches(required=required, present=present), *_second_time(locked, kind, subject)])
    subject_kind, subject_id = subject_of(subject)
    expires_at = at + timedelta(days=parameters.days(TIME_TO_CONSENT, on=local_day(at)))
    act = RepresentationAct.objects.create(
        organization=locked,
        kind=kind,
        subject_kind=subject_kind,
        subject_id=subject_id,
        summary=summary,
        required=required,
        state_since=at,
        started_by=by,
        started_at=at,
        expires_at=min(expires_at, until) if until else expires_at,
    )
    start(act, by=by, at=at)
    audit.record(
        locked,
        _("Rozpoczęcie czynności"),
        by=by,
        at=at,
        after={"act": act.pk, "kind": str(ACT_KINDS[kind].label)},
    )
    if not _agree(act, by=by, at=at):
        emails.tell_act_started(act)
    return act


def required_for(organization: Organization, kind: str, *, present: int = 0) -> int:
    """How many representatives must agree to an act of a kind; ``present`` are those the portal knows."""
    dossier: Dossier | None = getattr(organization, "dossier", None)
    manner, count = (dossier.manner, dossier.manner_count) if dossier else (Manner.ALONE, 1)
    return law.required_consents(kind, manner=manner, count=count, present=present)


def _second_time(organization: Organization, kind: str, subject: models.Model) -> list[Breach]:
    waiting = RepresentationAct.objects.waiting().of(subject).filter(organization=organization, kind=kind)
    message = _("Ta czynność została już rozpoczęta i czeka na zgodę.")
    return [Breach("R-WEB-14", message)] if waiting.exists() else []


def representatives_of(organization: Organization, at: datetime) -> set[int]:
    """Keys of those who may represent the organisation now."""
    held = Mandate.objects.representatives(local_day(at)).filter(organization=organization)
    return set(held.values_list("user_id", flat=True))


@transaction.atomic
def consent(act: RepresentationAct, *, by, at: datetime) -> RepresentationAct:
    """A further representative says yes; the last yes carries the act out. Raises MoveRefused, LawBreached."""
    locked = _waiting(act, by, at)
    if locked.consents.filter(user=by).exists():
        raise LawBreached(
            [Breach("R-WEB-14", _("Twoja zgoda jest już zapisana. Potrzebna jest zgoda innej osoby."))]
        )
    audit.record(locked.organization, _("Zgoda na czynność"), by=by, at=at, after={"act": locked.pk})
    _agree(locked, by=by, at=at)
    return RepresentationAct.objects.get(pk=locked.pk)


def _agree(act: RepresentationAct, *, by, at: datetime) -> bool:
    """Writes the yes, and carries the act out when it was the last one needed."""
    Consent.objects.create(act=act, user=by, given_at=at)
    consenting = act.consents.values_list("user_id", flat=True)
    if not law.is_agreed(consenting, representatives_of(act.organization, at), required=act.required):
        return False
    moved = advance(act, ActState.AGREED, by=by, at=at)
    act.closed_at = moved.closed_at = at
    moved.save(update_fields=["closed_at"])
    # before it is carried out: an organisation that ends has nobody to write to any more
    if moved.required > 1:
        emails.tell_act_agreed(moved)
    ACT_KINDS[act.kind].carry_out(moved, by=by, at=at)
    return True


@transaction.atomic
def refuse_act(act: RepresentationAct, *, by, at: datetime, reason: str) -> RepresentationAct:
    """A representative says no, with the reason; the act comes to nothing. Raises MoveRefused, LawBreached."""
    return _end(_waiting(act, by, at), ActState.REFUSED, by=by, at=at, reason=reason)


@transaction.atomic
def withdraw_act(act: RepresentationAct, *, by, at: datetime, reason: str = "") -> RepresentationAct:
    """Who began the act gives it up. Raises MoveRefused."""
    return _end(_waiting(act, by, at), ActState.WITHDRAWN, by=by, at=at, reason=reason)


@transaction.atomic
def drop_act(act: RepresentationAct, *, at: datetime, reason: str) -> None:
    """The portal closes an act whose matter is no more."""
    _end(act, ActState.WITHDRAWN, by=None, at=at, reason=reason)


def expire_acts(*, at: datetime) -> int:
    """Closes acts that too few agreed to in time; gives how many. Safe to run any number of times.

    A consent that arrived in time may still wait in the queue, so an act stays open as long as one can.
    """
    due = RepresentationAct.objects.waiting().filter(expires_at__lte=at - LONGEST_WAIT)
    return sum(_expire(act, at) for act in due.iterator(chunk_size=200))


@transaction.atomic
def _expire(act: RepresentationAct, at: datetime) -> int:
    locked = RepresentationAct.objects.select_for_update().get(pk=act.pk)
    if locked.state != ActState.WAITING:
        return 0
    _end(locked, ActState.EXPIRED, by=None, at=at, reason=_("Minął czas na zgodę."))
    return 1


def _waiting(act: RepresentationAct, by, at: datetime) -> RepresentationAct:
    """The row, locked, while it can still be agreed to by this person."""
    locked = RepresentationAct.objects.select_for_update().get(pk=act.pk)
    if locked.state != ActState.WAITING or not may_consent(by, locked):
        raise MoveRefused("may_consent")
    if locked.expires_at <= at:
        raise LawBreached([Breach("R-WEB-14", _("Minął czas na zgodę. Rozpocznij czynność od nowa."))])
    return locked


def _end(act: RepresentationAct, state: ActState, *, by, at: datetime, reason: str) -> RepresentationAct:
    moved = advance(act, state, by=by, at=at, reason=reason)
    moved.closed_at, moved.close_reason = at, reason
    moved.save(update_fields=["closed_at", "close_reason"])
    audit.record(moved.organization, str(state.label), by=by, at=at, after={"act": moved.pk}, reason=reason)
    if drop := ACT_KINDS[moved.kind].drop:
        drop(moved, by=by, at=at)
    emails.tell_act_closed(moved)
    return moved


# --- the organisation gives itself up -----------------------------------------------------------------------


def ask_to_dissolve(organization: Organization, *, by, at: datetime, reason: str) -> RepresentationAct:
    """The organisation says itself that it is no more; where several represent, all needed must agree."""
    if not reason.strip():
        message = _("napisz, na jakiej podstawie, na przykład: uchwała walnego zebrania z 3 maja 2026")
        raise LawBreached([Breach("R-WEB-14", message, "reason")])
    return start_act(
        organization, kind=law.DISSOLVE, organization=organization, summary=reason.strip(), by=by, at=at
    )


def _dissolve(act: RepresentationAct, *, by, at: datetime) -> None:
    dissolve(
        act.organization,
        by=by,
        at=at,
        reason=act.summary,
        dissolved_on=local_day(at),
        source=_("zgłoszenie osób uprawnionych do reprezentacji"),
    )


register_act(law.DISSOLVE, label=gettext_lazy("Rozwiązanie organizacji"), carry_out=_dissolve)
