"""How fresh the data of a profile are (R-ORG-18)."""

from datetime import date, datetime
from functools import lru_cache

from core.common.clock import local_day, today
from core.common.public_version import this_minute
from core.legal import parameters

from .. import law
from ..enums import State

CONFIRMATION_PERIOD = "profile_confirmation_months"


class WithFreshness:
    """What the day of the last confirmation means today."""

    confirmed_at: datetime | None
    state: str
    state_since: datetime | None

    @property
    def confirmed_on(self) -> date | None:
        """The day in Kraków on which the organisation last confirmed its data."""
        return local_day(self.confirmed_at) if self.confirmed_at else None

    @property
    def unconfirmed_since(self) -> date | None:
        """The day from which the data count as unconfirmed, whatever the nightly run has marked.

        None while they are fresh, and when the organisation has never confirmed them: such data are those of
        public sources.
        """
        if self.confirmed_on is None:
            return None
        due_on = law.confirmation_due_on(self.confirmed_on, months=_months(today(), this_minute()))
        if today() >= due_on:
            return due_on
        return local_day(self.state_since) if self.state == State.STALE and self.state_since else None


@lru_cache(maxsize=2)
def _months(on: date, _minute: int) -> int:
    """Asked once a minute, not for each row of a list or a file."""
    return parameters.days(CONFIRMATION_PERIOD, on=on)
