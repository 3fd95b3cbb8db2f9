"""Signing up for a date, giving the place back, checking in, forgetting (R-CNS-05, 06, R-WEB-11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from core.common.clock import local_day
from core.legal import audit, parameters
from core.legal.rules import Breach, LawBreached, require
from core.legal.workflow import MoveRefused

from .. import law
from ..emails import meetings as letters
from ..enums import State
from ..models import FormDate, SignUp
from ..permissions import may_answer

CALLED_OFF = (State.DRAFT, State.PLANNED, State.CANCELLED)


@dataclass(frozen=True)
class Attendee:
    """Who signs up, as the form says; ``slot`` is the number of the talk at a duty."""

    name: str
    email: str = ""
    phone: str = ""
    needs: tuple[str, ...] = ()
    needs_note: str = ""
    topic: str = ""
    slot: int | None = None


@transaction.atomic
def sign_up(
    date: FormDate,
    *,
    who: Attendee,
    by: Any = None,
    at: datetime,
    form_key: UUID | None = None,
    entered_by: Any = None,
) -> SignUp:
    """Gives a seat, a place on the waiting list, or the chosen talk; the letter has the private link.

    ``entered_by`` is the official who writes down what somebody asked for by telephone. An address that has a place
    already gets its letter again, so that nobody learns from the page who is signed up. The same ``form_key`` again
    gives the same sign-up. Raises LawBreached (R-CNS-05, 06).
    """
    row = _locked(date)
    if entered_by is not None and not may_answer(entered_by, row.form.consultation):
        raise MoveRefused("may_answer")
    if form_key and (known := row.sign_ups.filter(form_key=form_key).first()):
        return known
    require(
        law.sign_up_breaches(
            at=at,
            starts_at=row.starts_at,
            takes_sign_ups=row.form.takes_sign_ups,
            is_cancelled=row.cancelled_at is not None,
            is_public=row.form.consultation.state not in CALLED_OFF,
        )
    )
    if who.email and (known := row.sign_ups.valid().filter(email__iexact=who.email).first()):
        if entered_by is not None and known.slot != who.slot:
            text = _("ta osoba ma już inną godzinę; jeśli chce ją zmienić, najpierw zwolnij jej miejsce")
            raise LawBreached([Breach("R-CNS-05", text, "slot")])
        if entered_by is not None:
            text = _("osoba o tym adresie jest już zapisana na ten termin")
            raise LawBreached([Breach("R-CNS-06", text, "email")])
        letters.tell_signed_up(known, at=at, is_again=True)
        return known
    if row.form.slot_minutes:
        require(_slot_breaches(row, who.slot))
    made = _store(row, who, at=at, form_key=form_key, user=by, entered_by=entered_by)
    audit.record(made, _("Zapis na termin"), by=entered_by, at=at, after={"date": str(row)})
    letters.tell_signed_up(made, at=at)
    return made


def _locked(date: FormDate) -> FormDate:
    rows = FormDate.objects.select_for_update(of=("self",)).select_related("form__consultation__unit")
    return rows.get(pk=date.pk)


def _slot_breaches(row: FormDate, slot: int | None) -> list[Breach]:
    slots = len(law.slots_of(row.from_hour, row.to_hour, row.form.slot_minutes))
    taken = set(row.sign_ups.valid().values_list("slot", flat=True))
    if slot is None or not 1 <= slot <= slots:
        return [Breach("R-CNS-05", _("wybierz godzinę rozmowy z listy"), "slot")]
    if slot not in law.free_slots(slots, taken):
        text = _("tę godzinę ktoś właśnie zarezerwował, wybierz inną")
        return [Breach("R-CNS-05", text, "slot")]
    return []


def _store(row: FormDate, who: Attendee, *, at: datetime, **more: Any) -> SignUp:
    is_duty = bool(row.form.slot_minutes)
    return SignUp.objects.create(
        date=row,
        name=who.name,
        email=who.email,
        phone=who.phone,
        needs=list(who.needs),
        needs_note=who.needs_note,
        topic=who.topic,
        slot=who.slot if is_duty else None,
        is_waiting=not is_duty and law.waits(row.sign_ups.seated().count(), row.form.seat_limit),
        signed_up_at=at,
        **more,
    )


# --- by the private link ----------------------------------------------------------------------------


@transaction.atomic
def confirm_sign_up(sign_up: SignUp, *, at: datetime) -> SignUp:
    """The person says again that they will come. Raises LawBreached when there is no place to confirm."""
    locked = _own(sign_up, at)
    if locked.is_waiting or locked.date.cancelled_at:
        raise LawBreached([Breach("R-CNS-06", _("Nie masz jeszcze miejsca, które można potwierdzić."))])
    locked.confirmed_at = at
    locked.save(update_fields=["confirmed_at"])
    return locked


@transaction.atomic
def cancel_sign_up(sign_up: SignUp, *, at: datetime, by: Any = None) -> SignUp:
    """Gives the place back; whoever waits longest gets it and is told. Raises LawBreached after the beginning."""
    if by is not None and not may_answer(by, sign_up.consultation):
        raise MoveRefused("may_answer")
    locked = _own(sign_up, at)
    locked.cancelled_at = at
    locked.save(update_fields=["cancelled_at"])
    audit.record(locked, _("Rezygnacja z terminu"), by=by, at=at, after={"date": str(locked.date)})
    promote_waiting(locked.date, at=at)
    return locked


def _own(sign_up: SignUp, at: datetime) -> SignUp:
    row = _locked(sign_up.date)
    locked = SignUp.objects.select_for_update().get(pk=sign_up.pk)
    locked.date = row
    starts_at = locked.starts_at
    if locked.cancelled_at or starts_at is None or at >= starts_at:
        text = _("Ten zapis jest już nieaktualny: z miejsca zrezygnowano albo spotkanie się zaczęło.")
        raise LawBreached([Breach("R-CNS-06", text)])
    return locked


@transaction.atomic
def promote_waiting(date: FormDate, *, at: datetime) -> int:
    """Gives free seats to those who wait longest and tells them; gives their number."""
    row = _locked(date)
    if row.cancelled_at or row.starts_at is None or row.starts_at <= at:
        return 0
    # whoever erased the account cannot be told; without an address wait also those an official wrote down
    reachable = row.sign_ups.waiting().exclude(email="", entered_by=None)
    waiting = list(reachable.select_for_update())
    lucky = waiting[: law.to_promote(row.sign_ups.seated().count(), len(waiting), row.form.seat_limit)]
    for person in lucky:
        person.is_waiting, person.promoted_at, person.date = False, at, row
        person.save(update_fields=["is_waiting", "promoted_at"])
        letters.tell_promoted(person)
    return len(lucky)


# --- at the door ------------------------------------------------------------------------------------


@transaction.atomic
def check_in(
    date: FormDate, *, present: Iterable[int], walk_ins: int | None, by: Any, at: datetime
) -> FormDate:
    """Writes down who came and how many came without signing up; the form counts its participants from it.

    ``present`` are keys of sign-ups of this date; others are passed over. Raises LawBreached before the day.
    """
    row = _locked(date)
    if not may_answer(by, row.form.consultation):
        raise MoveRefused("may_answer")
    if row.starts_on is None or local_day(at) < row.starts_on:
        raise LawBreached([Breach("R-CNS-19", _("Obecność wpiszesz w dniu spotkania albo po nim."))])
    keys, rows = set(present), row.sign_ups.valid()
    rows.exclude(pk__in=keys).update(attended_at=None)
    rows.filter(pk__in=keys, attended_at=None).update(attended_at=at)
    row.walk_in_count = walk_ins
    row.save(update_fields=["walk_in_count"])
    form = row.form
    form.participants_count = _participants(form)
    form.save(update_fields=["participants_count"])
    after = {_("obecni z listy"): rows.exclude(attended_at=None).count(), _("bez zapisu"): walk_ins or 0}
    audit.record(form.consultation, _("Obecność: %(date)s") % {"date": row}, by=by, at=at, after=after)
    return row


def _participants(form) -> int:
    attended = SignUp.objects.filter(date__form=form).exclude(attended_at=None).count()
    return attended + (form.dates.aggregate(n=Sum("walk_in_count"))["n"] or 0)


# --- by the clock -----------------------------------------------------------------------------------


def remind_of_meetings(*, at: datetime) -> int:
    """One letter a day before, to everybody with a place; gives how many. What was missed is caught up."""
    days = (local_day(at), local_day(at) + timedelta(days=1))
    rows = SignUp.objects.seated().filter(
        reminded_at=None, date__cancelled_at=None, date__starts_on__range=days, forgotten_at=None
    )
    due = rows.exclude(email="").exclude(date__form__consultation__state__in=CALLED_OFF)
    return sum(_remind(pk, at) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def _remind(pk: int, at: datetime) -> bool:
    rows = SignUp.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk, reminded_at=None)
    person = rows.select_related("date__form__consultation__unit").first()
    if person is None or person.starts_at is None:
        return False
    if not law.remind_now(at=at, starts_at=person.starts_at, signed_up_at=person.signed_up_at):
        return False
    person.reminded_at = at
    person.save(update_fields=["reminded_at"])
    letters.remind(person)
    return True


def forget_sign_ups(*, at: datetime) -> int:
    """Deletes names, addresses and needs once the meeting is long over; counts stay. Gives the number of rows."""
    today = local_day(at)
    last_day = today - timedelta(days=parameters.days("meeting_data", on=today))
    over = Q(date__until_on__lt=last_day) | Q(date__until_on=None, date__starts_on__lt=last_day)
    return SignUp.objects.filter(over, forgotten_at=None).update(
        name="", email="", phone="", needs=[], needs_note="", topic="", user=None, forgotten_at=at
    )
