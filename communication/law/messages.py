"""Messages to the office; demands of accessibility have their clock (R-WEB-05)."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from core.legal.days import end_of_period, next_working_day
from core.legal.rules import Breach, rule

from .accessibility import months_after

SOURCE = "art. 18 ustawy z 4 kwietnia 2019 r. o dostępności cyfrowej"


@dataclass(frozen=True)
class MessageFacts:
    """What the rules ask about a message when its answer is put off."""

    is_demand: bool
    received_on: date
    extended_until: date | None
    today: date
    months: int


@rule(
    "R-WEB-05",
    source=SOURCE,
    statement="Na żądanie zapewnienia dostępności odpowiadamy niezwłocznie, najpóźniej w ciągu 7 dni.",
)
def answer_due_on(received_on: date, *, days: int) -> date:
    """The last day for an answer; moved past days off."""
    return end_of_period(received_on, days)


@rule(
    "R-WEB-05",
    source=SOURCE,
    statement="Gdy to niemożliwe w 7 dni, podajemy przyczynę i nowy termin, najwyżej 2 miesiące od żądania.",
)
def latest_extension(received_on: date, *, months: int) -> date:
    return next_working_day(months_after(received_on, months))


@rule("R-WEB-05", source=SOURCE, statement="Przedłużenie ma dzień: przyszły i nie późniejszy niż 2 miesiące.")
def extension_breaches(facts: MessageFacts) -> list[Breach]:
    if facts.extended_until is None or facts.extended_until <= facts.today:
        return [Breach("R-WEB-05", _("Nowy termin: wpisz dzień w przyszłości."), "extended_until")]
    if facts.is_demand and facts.extended_until > latest_extension(facts.received_on, months=facts.months):
        return [
            Breach(
                "R-WEB-05",
                _("Nowy termin: najwyżej 2 miesiące od dnia, w którym przyszło żądanie."),
                "extended_until",
            )
        ]
    return []


@rule("R-WEB-05", source=SOURCE, statement="Po terminie sprawa jest spóźniona, dopóki nie ma odpowiedzi.")
def is_late(due_on: date | None, *, today: date) -> bool:
    return due_on is not None and today > due_on
