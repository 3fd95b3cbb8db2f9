"""The yearly schedule of calls (R-CALL-06, R-CALL-07)."""

from calendar import monthrange
from datetime import date

from django.utils.translation import gettext as _

from core.legal.rules import Breach, rule

WPW = "Wieloletni program współpracy 2019–2022"


@rule(
    "R-CALL-06",
    source=f"{WPW}, tabela 1, II.1.2 i standard 10",
    statement=(
        "Miasto publikuje roczny harmonogram konkursów i na bieżąco go aktualizuje: jednostka, sfera, tytuł, forma, kwota, "
        "miesiąc ogłoszenia, czas zadania, kontakt i stan. Każda zmiana wpisu jest zapisana."
    ),
)
def entry_breaches(filled: frozenset[str]) -> list[Breach]:
    """What an entry lacks before it may be published; ``filled`` are names of its fields."""
    advice = {
        "title": _("Tytuł: uzupełnij."),
        "unit": _("Jednostka: wskaż, kto ogłosi konkurs."),
        "planned_month": _("Planowany miesiąc ogłoszenia: uzupełnij."),
        "spheres": _("Sfera zadania: wskaż co najmniej jedną."),
    }
    return [Breach("R-CALL-06", text, field) for field, text in advice.items() if field not in filled]


@rule(
    "R-CALL-07",
    source=f"{WPW}, § 6, standard 14",
    statement=(
        "Na miesiąc przed końcem roku poprzedzającego miasto informuje organizacje o spodziewanych środkach "
        "na zlecanie zadań."
    ),
)
def funds_notice_due(year: int) -> date:
    """The last day for telling NGOs what money the calls of a year are expected to have."""
    return date(year - 1, 11, 30)


def is_overdue(year: int, month: int | None, on: date) -> bool:
    """Whether the month planned for an announcement has passed; a plan known only to its year waits for its end."""
    month = month or 12
    return on > date(year, month, monthrange(year, month)[1])
