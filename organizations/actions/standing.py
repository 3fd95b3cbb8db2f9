"""Whether a public profile is fresh, suspended or gone (R-ORG-18)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from core.common.clock import at_local, local_day
from core.common.ties import from_roof
from core.legal import audit, parameters
from core.legal.rules import require
from core.legal.workflow import MoveRefused, advance
from core.notifications.models import Follow
from core.notifications.reminders import drop_reminders

from .. import emails, law
from ..enums import MandateState, State
from ..models import Mandate, Organization
from ..permissions import may_confirm
from ..queries import CONFIRMATION_PERIOD
from ..reminders import remind_of_confirmation
from .shown import show


@transaction.atomic
def confirm_data(organization: Organization, *, by, at: datetime, reason: str = "") -> Organization:
    """One click: the data are up to date; an unconfirmed profile is verified again. Raises MoveRefused."""
    locked = Organization.objects.select_for_update().get(pk=organization.pk)
    if not may_confirm(by, locked):
        raise MoveRefused("may_confirm")
    if locked.state == State.STALE:
        locked = advance(locked, State.VERIFIED, by=by, at=at, reason=reason)
    locked.confirmed_at = at
    locked.save(update_fields=["confirmed_at"])
    audit.record(locked, _("Potwierdzenie aktualności danych"), by=by, at=at, is_public=True)
    remind_of_confirmation(locked)
    return locked


def mark_stale(*, at: datetime) -> int:
    """Marks every profile whose confirmation has run out; gives how many. Safe to run any number of times."""
    on = local_day(at)
    months = parameters.days(CONFIRMATION_PERIOD, on=on)
    # months have different lengths, so the law looks once more at each
    begun_before = at_local(law.months_after(on, -months) + timedelta(days=4))
    due = Organization.objects.filter(state=State.VERIFIED, confirmed_at__lt=begun_before)
    rows = due.iterator(chunk_size=500)
    return sum(_mark_stale(row, at) for row in rows if law.is_stale(row.confirmed_on, on=on, months=months))


@transaction.atomic
def _mark_stale(organization: Organization, at: datetime) -> int:
    """One profile; somebody may have confirmed it since the list was read."""
    locked = Organization.objects.select_for_update().get(pk=organization.pk)
    if locked.state != State.VERIFIED or locked.confirmed_at != organization.confirmed_at:
        return 0
    emails.tell_stale(advance(locked, State.STALE, by=None, at=at))
    return 1


@transaction.atomic
def suspend(organization: Organization, *, by, at: datetime, reason: str) -> Organization:
    """Hides a profile until the office restores it, with the reason."""
    moved = advance(organization, State.SUSPENDED, by=by, at=at, reason=reason)
    show(moved)
    drop_reminders(moved)
    return moved


@transaction.atomic
def restore(organization: Organization, *, by, at: datetime, reason: str) -> Organization:
    """Shows a suspended profile again."""
    moved = advance(organization, State.VERIFIED, by=by, at=at, reason=reason)
    show(moved)
    remind_of_confirmation(moved)
    return moved


# --- the end of an organisation ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Dissolution:
    """What is known of the end of an organisation: since when, and whence."""

    on: date | None
    source: str


@transaction.atomic
def dissolve(
    organization: Organization, *, by, at: datetime, reason: str, dissolved_on: date | None, source: str
) -> Organization:
    """Records that the organisation is no more: nobody acts for it, nobody follows it, open matters are told.

    Raises MoveRefused, or LawBreached with the fields to correct.
    """
    end = Dissolution(dissolved_on, source)
    require(law.dissolution_breaches(end.on, end.source, on=local_day(at)))
    return _dissolve(organization, end, by=by, at=at, reason=reason)


@transaction.atomic
def dissolve_by_register(organization: Organization, *, end: Dissolution, at: datetime) -> bool:
    """The same, found by the portal itself in a public register; False when nothing has to be done."""
    locked = Organization.objects.select_for_update().get(pk=organization.pk)
    if locked.state_table.move(locked.state, State.DISSOLVED) is None:
        return False
    if law.dissolution_breaches(end.on, end.source, on=local_day(at)):
        return False
    _dissolve(locked, end, by=None, at=at, reason=_("Wykreślenie z rejestru"))
    return True


def _dissolve(organization: Organization, end: Dissolution, *, by, at: datetime, reason: str) -> Organization:
    note = {"dissolved_on": end.on, "source": end.source}
    moved = advance(organization, State.DISSOLVED, by=by, at=at, reason=reason, note=note)
    moved.dissolved_on, moved.dissolution_source, moved.updated_at = end.on, end.source[:300], at
    moved.save(update_fields=["dissolved_on", "dissolution_source", "updated_at"])
    emails.tell_dissolved(moved, from_roof("open_matters_of", moved))
    _end_mandates(moved, by, at)
    Follow.objects.of(moved).delete()
    show(moved)
    drop_reminders(moved)
    return moved


def _end_mandates(organization: Organization, by, at: datetime) -> None:
    reason = _("Organizacja zakończyła działalność.")
    open_ones = list(Mandate.objects.select_for_update().filter(organization=organization, ended_at=None))
    for mandate in open_ones:
        is_held = mandate.state == MandateState.GRANTED
        advance(
            mandate,
            MandateState.ENDED if is_held else MandateState.WITHDRAWN,
            by=None,
            at=at,
            reason=reason,
        )
    ended = Mandate.objects.filter(pk__in=[mandate.pk for mandate in open_ones]).update(
        ended_at=at, ended_by=by, end_reason=reason
    )
    if ended:
        audit.record(organization, _("Wygaśnięcie upoważnień"), by=by, at=at, after={"mandates": ended})
