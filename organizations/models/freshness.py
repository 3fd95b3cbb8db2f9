"""How fresh the data of a profile are (R-ORG-18)."""

from datetime import date, datetime
from decimal import Decimal

from django.db.models import Subquery

from core.common.clock import local_day, today
from core.legal import parameters

from .. import law
from ..enums import State

CONFIRMATION_PERIOD = "profile_confirmation_months"


def months_in_force() -> Subquery:
    """For how many months a confirmation holds today, as a column of a list."""
    return Subquery(parameters.in_force(CONFIRMATION_PERIOD, on=today()).values("value")[:1])


class WithFreshness:
    """What the day of the last confirmation means today."""

    confirmed_at: datetime | None
    state: str
    state_since: datetime | None
    confirmation_months: Decimal | None = None  # lists bring it along with their rows

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
        months = self.confirmation_months or parameters.value(CONFIRMATION_PERIOD, on=today())
        due_on = law.confirmation_due_on(self.confirmed_on, months=int(months))
        if today() >= due_on:
            return due_on
        return local_day(self.state_since) if self.state == State.STALE and self.state_since else None
