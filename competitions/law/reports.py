"""When the final report is due (R-CALL-48), as far as the notice can tell."""

from dataclasses import dataclass
from datetime import date

from core.legal.days import end_of_period, last_day_counted
from core.legal.rules import rule

from .modes import UDPP


@dataclass(frozen=True)
class ReportDue:
    """The thirtieth day, and the day the report is due when that one is a day off."""

    counted_to: date
    due_on: date

    @property
    def is_moved(self) -> bool:
        return self.due_on != self.counted_to


@rule(
    "R-CALL-48",
    source=f"art. 18 ust. 1, {UDPP}; art. 57 KPA",
    statement=(
        "Sprawozdanie końcowe składa się w ciągu 30 dni od zakończenia zadania. Gdy trzydziesty dzień jest wolny od pracy, "
        "termin mija w najbliższym dniu roboczym; pokazujemy oba dni."
    ),
)
def final_report_due(task_ends_on: date, *, days: int) -> ReportDue:
    """Calendar days after the end of the task (parameter ``final_report``)."""
    return ReportDue(last_day_counted(task_ends_on, days), end_of_period(task_ends_on, days))
