"""The one clock of the portal."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

WARSAW = ZoneInfo("Europe/Warsaw")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """The present day in Kraków, whatever the server's own zone."""
    return timezone.now().astimezone(WARSAW).date()


def local(moment: datetime) -> datetime:
    return moment.astimezone(WARSAW)


def local_day(moment: datetime) -> date:
    return moment.astimezone(WARSAW).date()


def at_local(day: date, at: time = time(0, 0)) -> datetime:
    """The moment of a wall-clock time in Kraków, as an aware datetime."""
    return datetime.combine(day, at, tzinfo=WARSAW)


def end_of_day(day: date) -> datetime:
    """The first moment after the day: periods »to the end of the day« close then (24:00)."""
    return at_local(day + timedelta(days=1))
