"""The intake in words: until when, which round, how much money is left."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from .. import law
from ..enums import ENDLESS, Intake
from ..models import Call


@dataclass(frozen=True)
class ShownIntake:
    """What the page says of an intake that is no plain deadline."""

    now: law.IntakeNow
    left: Decimal | None
    next_cutoffs: list[datetime]


def shown_intake(call: Call, at: datetime, *, is_open: bool) -> ShownIntake:
    """From the rows the page has loaded already (``shown_windows``, ``spent``)."""
    windows = [law.window(row["opens"], row["closes"]) for row in call.shown_windows]
    left = law.funds_left(call.budget_total, [call.spent or Decimal(0)]) if call.intake in ENDLESS else None
    state = law.intake_at(
        at,
        deadline=call.offers_due_at,
        opens_at=call.opens_at,
        windows=windows,
        left=left,
        ends_with_funds=call.intake == Intake.FUNDS,
    )
    ahead = [moment for moment in law.cutoffs(windows) if law.is_open(moment, at)]
    return ShownIntake(state if is_open else law.IntakeNow(False, is_spent=state.is_spent), left, ahead)
