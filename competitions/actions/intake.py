"""Money of a continuous intake as it is given away; the intake ends when nothing is left (R-CALL-41)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.legal import audit
from core.legal.rules import Breach, LawBreached, require
from core.legal.workflow import MoveRefused, advance

from .. import law, permissions, reminders
from ..enums import ENDLESS, Intake, State
from ..models import Call, CallSpending


@transaction.atomic
def record_spending(
    call: Call, *, amount: Decimal, decided_on: date, note: str = "", by: Any, at: datetime
) -> CallSpending:
    """Writes down money given away in a continuous intake; what is left is public at once.

    An intake »until the money is spent« closes with the last złoty. Raises LawBreached and MoveRefused.
    """
    locked = Call.objects.select_for_update().get(pk=call.pk)
    if by is not None and not permissions.may_run(by, locked):
        raise MoveRefused("may_run")
    if locked.state != State.PUBLISHED or locked.intake not in ENDLESS:
        raise LawBreached(
            [Breach("R-CALL-41", _("Przyznane środki wpisuje się tylko w trwającym naborze ciągłym."))]
        )
    require(law.spending_breaches(amount, locked.funds_left()))
    row = CallSpending.objects.create(call=locked, amount=amount, decided_on=decided_on, note=note, by=by)
    left = locked.funds_left()
    audit.record(
        locked, _("Przyznanie środków w naborze"), by=by, at=at, after={"amount": amount, "left": left}
    )
    if locked.intake == Intake.FUNDS and left is not None and left <= 0:
        advance(locked, State.CLOSED, by=None, at=at, reason=_("Środki się wyczerpały."))
        reminders.set_deadline(locked)
    return row
