"""Rules of the cooperation programme (domain §8)."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from core.legal.rules import Breach, rule

ACT_5A = "art. 5a ustawy o działalności pożytku publicznego i o wolontariacie"


@rule(
    "R-PROG-01",
    source=f"{ACT_5A} ust. 1–2",
    statement="Rada uchwala roczny program współpracy na jeden rok; może uchwalić także program wieloletni.",
)
def period_breaches(*, is_annual: bool, starts_on: date, ends_on: date) -> list[Breach]:
    """An annual programme covers exactly one calendar year; no programme ends before it starts."""
    if ends_on < starts_on:
        return [
            Breach(
                "R-PROG-01", _("Okres programu: koniec nie może być wcześniejszy niż początek."), "period_to"
            )
        ]
    whole_year = (starts_on, ends_on) == (date(starts_on.year, 1, 1), date(starts_on.year, 12, 31))
    if is_annual and not whole_year:
        return [
            Breach(
                "R-PROG-01",
                _("Okres programu: program roczny obejmuje jeden rok, od 1 stycznia do 31 grudnia."),
                "period_from",
            )
        ]
    return []


@rule(
    "R-PROG-02",
    source=f"{ACT_5A} ust. 1",
    statement="Roczny program współpracy uchwala się do 30 listopada roku poprzedzającego okres programu.",
)
def adoption_due(programme_year: int) -> date:
    """The last day for adopting the programme of a year."""
    return date(programme_year - 1, 11, 30)


@rule(
    "R-PROG-09",
    source=f"{ACT_5A} ust. 3",
    statement="Sprawozdanie z programu za rok ubiegły przedstawia się radzie i publikuje w BIP do 31 maja.",
)
def report_due(programme_year: int) -> date:
    """The last day for the report on the programme of a year."""
    return date(programme_year + 1, 5, 31)


@rule(
    "R-PROG-11",
    source="Wieloletni program współpracy 2019–2022, tabela 1",
    statement="Zadanie programu ma termin, jest działaniem ciągłym albo jedno i drugie naraz.",
)
def is_task_due(*, due_on: date | None, is_continuous: bool, on: date) -> bool:
    """Whether a task should be done by now: its date has passed. Continuous tasks without a date never are."""
    return due_on is not None and due_on < on
