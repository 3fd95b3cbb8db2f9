"""Whether a public profile is fresh, suspended or gone (R-ORG-18)."""

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
from ..enums import State
from ..models import Mandate, Organization
from ..permissions import may_confirm
from ..queries import CONFIRMATION_PERIOD
from ..reminders import remind_of_confirmation
from .mandates import close_by_portal
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


@transaction.atomic
def dissolve(
    organization: Organization, *, by, at: datetime, reason: str, dissolved_on: date | None, source: str
) -> Organization:
    """Records that the organisation is no more: nobody acts for it, nobody follows it, open matters are told.

    Raises MoveRefused, or LawBreached with the fields to correct.
    """
    require(law.dissolution_breaches(dissolved_on, source, on=local_day(at)))
    note = {"dissolved_on": dissolved_on, "source": source}
    moved = advance(organization, State.DISSOLVED, by=by, at=at, reason=reason, note=note)
    moved.dissolved_on, moved.dissolution_source, moved.updated_at = dissolved_on, source[:300], at
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
        close_by_portal(mandate, by=by, at=at, reason=reason)
    if open_ones:
        after = {"mandates": len(open_ones)}
        audit.record(organization, _("Wygaśnięcie upoważnień"), by=by, at=at, after=after)
