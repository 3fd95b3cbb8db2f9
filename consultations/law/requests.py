"""Asking for a consultation (R-CNS-02): whose support counts, how much of it, and the clock of the answer."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.legal.days import end_of_period
from core.legal.rules import Breach, rule

from ..enums import Initiator


@dataclass(frozen=True)
class RequestFacts:
    """A request as the rules see it."""

    initiator: str
    has_text: bool = True
    has_territory: bool = True
    has_author: bool = True
    supports: int = 0
    threshold: int = 0
    answer: str = ""
    reason_length: int = 0
    unit_id: int | None = None


@dataclass(frozen=True)
class RequestParameters:
    """Thresholds and periods; the city has still to confirm them."""

    residents: int = 200
    residents_of_district: int = 100
    organisations: int = 10
    collect_days: int = 90
    answer_days: int = 30


_RULE = {
    "source": "uchwała RMK nr CXI/2904/18 (zakres według ngo.krakow.pl); progi i terminy do potwierdzenia",
    "statement": "O konsultacje mogą wnioskować mieszkańcy, organizacje i rady dzielnic. Wniosek z wymaganym "
    "poparciem jest złożony z dniem, w którym próg osiągnięto. Miasto odpowiada publicznie i z uzasadnieniem.",
}


@rule("R-CNS-02", **_RULE)
def threshold(initiator: str, *, is_citywide: bool, parameters: RequestParameters) -> int:
    """How many voices a request needs; a district council needs none."""
    if initiator == Initiator.DISTRICT_COUNCIL:
        return 0
    if initiator == Initiator.NGO:
        return parameters.organisations
    return parameters.residents if is_citywide else parameters.residents_of_district


@rule("R-CNS-02", **_RULE)
def last_day_of_support(began_on: date, *, collect_days: int) -> date:
    return began_on + timedelta(days=collect_days)


@rule("R-CNS-02", **_RULE)
def answer_due(submitted_on: date, *, answer_days: int) -> date:
    """The last day for the answer: calendar days after the request is full, moved past days off."""
    return end_of_period(submitted_on, answer_days)


@rule("R-CNS-02", **_RULE)
def request_breaches(facts: RequestFacts) -> list[Breach]:
    """What a request lacks before the office may look at it."""
    found = []
    if not facts.has_text:
        found.append(
            Breach("R-CNS-02", _("Temat, pytanie i uzasadnienie: wypełnij wszystkie trzy."), "title")
        )
    if not facts.has_territory:
        found.append(
            Breach("R-CNS-02", _("Obszar: zaznacz całe miasto albo wybierz dzielnice."), "districts")
        )
    if not facts.has_author:
        found.append(
            Breach("R-CNS-02", _("W czyim imieniu: wybierz organizację albo radę dzielnicy."), "initiator")
        )
    return found


@rule("R-CNS-02", **_RULE)
def support_breaches(facts: RequestFacts) -> list[Breach]:
    missing = facts.threshold - facts.supports
    if missing <= 0:
        return []
    return [Breach("R-CNS-02", _("Poparcie: brakuje jeszcze %(n)d.") % {"n": missing}, "supports")]


@rule("R-CNS-02", **_RULE)
def review_breaches(facts: RequestFacts) -> list[Breach]:
    if facts.unit_id:
        return []
    return [Breach("R-CNS-02", _("Jednostka: wybierz tę, która rozpatrzy wniosek."), "unit")]


@rule("R-CNS-02", **_RULE)
def answered_breaches(facts: RequestFacts) -> list[Breach]:
    """The answer is public, so it has to say something."""
    if len(facts.answer.strip()) >= facts.reason_length:
        return []
    text = _("Odpowiedź: uzasadnij ją co najmniej w %(n)d znakach.")
    return [Breach("R-CNS-02", text % {"n": facts.reason_length}, "answer")]


@rule("R-CNS-02", **_RULE)
def initiator_name(initiator: str, *, organisation: str, district: str) -> str:
    """In whose name, without naming a person."""
    names: dict[str, Any] = {
        Initiator.NGO: organisation or _("organizacja pozarządowa"),
        Initiator.DISTRICT_COUNCIL: _("Rada Dzielnicy %(name)s")
        % {"name": district.removeprefix("Dzielnica ")},
    }
    return str(names.get(initiator, _("grupa mieszkanek i mieszkańców")))


_FORGET = {
    "source": "zasada portalu; plan akt urzędu ma pierwszeństwo",
    "statement": "Listy poparcia tracą dane osób po 12 miesiącach od zakończenia sprawy.",
}


@rule("R-WEB-11", **_FORGET)
def supports_forgotten_before(today: date, *, months: int) -> date:
    """Matters settled before this day no longer know who supported them."""
    month = today.year * 12 + today.month - 1 - months
    year, month = divmod(month, 12)
    return date(year, month + 1, min(today.day, 28))
