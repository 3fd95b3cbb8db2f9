"""Time for offers: three publications, twenty-one full days, the last minute (R-CALL-10, 11, 22)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from core.common import formats
from core.common.clock import at_local, end_of_day, local_day
from core.documents.enums import Place, Purpose
from core.legal.days import last_day_counted
from core.legal.rules import Breach, rule

from ..enums import ENDLESS, Intake
from .facts import CallFacts
from .modes import UDPP, binding

MANDATORY = (Place.BIP, Place.NOTICE_BOARD, Place.WEBSITE)
LAST_MINUTE = time(23, 59)
AUGUST = 8
SATURDAY = 5
FIELD = "offers_due_at"


@rule(
    "R-CALL-11",
    source=f"art. 13 ust. 3, {UDPP}",
    statement=(
        "Ogłoszenie o konkursie zamieszcza się w Biuletynie Informacji Publicznej, w siedzibie organu w miejscu "
        "przeznaczonym na ogłoszenia i na stronie internetowej organu. Bez trzech ogłoszeń konkurs nie jest ogłoszony."
    ),
)
def missing_places(published: Iterable[str]) -> list[Place]:
    """Which of the three mandatory places have no proof yet."""
    done = set(published)
    return [place for place in MANDATORY if place not in done]


def places_breaches(published: Mapping[str, date], what: str, code: str) -> list[Breach]:
    """A breach that names the places where ``what`` has not been published yet."""
    missing = missing_places(published)
    if not missing:
        return []
    values = {"what": what, "places": _(" i ").join(str(place.label) for place in missing), "code": code}
    return [Breach(code, _("%(what)s: brakuje wpisu o publikacji: %(places)s (%(code)s)") % values)]


def publication_breaches(facts: CallFacts) -> list[Breach]:
    """R-CALL-11 for the notice: all three places, or it is not announced."""
    found = places_breaches(facts.published(Purpose.NOTICE), _("Ogłoszenie"), "R-CALL-11")
    return binding(facts.mode, found)


@rule(
    "R-CALL-10",
    source=f"art. 13 ust. 1, {UDPP}",
    statement=(
        "Termin składania ofert wynosi co najmniej 21 dni od dnia ostatniego z trzech ogłoszeń. Dnia ogłoszenia się "
        "nie wlicza. W trybie ścisłym liczą się pełne dni, więc godzina w ciągu dnia jest możliwa od dnia następnego."
    ),
)
def earliest_deadline(published_on: Sequence[date], *, days: int, is_strict: bool = True) -> datetime:
    """The first moment at which an intake may end, counted in calendar days from the last publication.

    Strict: the end of day ``days`` (24:00). Otherwise: the beginning of that day, so any hour of it will do.
    """
    last = last_day_counted(max(published_on), days)
    return end_of_day(last) if is_strict else at_local(last)


@rule(
    "R-CALL-22",
    source="Zasada portalu: rozstrzyga zegar serwera (Europe/Warsaw)",
    statement="Oferty przyjmuje się do końca podanej minuty; potem nabór jest zamknięty.",
)
def closes_at(deadline: datetime) -> datetime:
    """The first moment at which it is too late: the stated minute still counts."""
    return deadline.replace(second=0, microsecond=0) + timedelta(minutes=1)


def is_open(deadline: datetime | None, at: datetime) -> bool:
    """Whether offers are still taken at a moment; an intake without a deadline stays open."""
    return deadline is None or at < closes_at(deadline)


def relative_deadline(published_on: Sequence[date], days: int) -> datetime:
    """The end of an intake of so many days from the last publication: 23:59 of its last day."""
    return at_local(last_day_counted(max(published_on), days), LAST_MINUTE)


def is_long_enough(deadline: datetime, published_on: Sequence[date], *, days: int, is_strict: bool) -> bool:
    """R-CALL-10 for a stated deadline; T1: 24 March 23:59 is enough, 24 March 12:00 is not."""
    earliest = earliest_deadline(published_on, days=days, is_strict=is_strict)
    return (closes_at(deadline) if is_strict else deadline) >= earliest


def too_early(published_on: Sequence[date], *, days: int, is_strict: bool) -> Breach:
    """Says why a deadline is too early, and when the earliest would be."""
    earliest = earliest_deadline(published_on, days=days, is_strict=is_strict)
    values = {
        "day": formats.day(earliest),
        "hour": formats.hour(earliest),
        "last": formats.day(max(published_on)),
        "days": formats.counted(days, _("pełny dzień|pełne dni|pełnych dni")),
    }
    message = _(
        "Termin składania ofert: najwcześniej %(day)s, godz. %(hour)s, bo ostatnie z trzech ogłoszeń ukazało się "
        "%(last)s (%(days)s, R-CALL-10)"
    )
    return Breach("R-CALL-10", message % values, field=FIELD)


def deadline_breaches(facts: CallFacts) -> list[Breach]:
    """R-CALL-10 for a call: the deadline is known, still ahead, and far enough from the last publication."""
    published = list(facts.published(Purpose.NOTICE).values())
    found = [*_length(facts, published), *hypothetical_warnings(facts), *season_warnings(facts.deadline)]
    return binding(facts.mode, found)


def _length(facts: CallFacts, published: list[date]) -> list[Breach]:
    if facts.intake == Intake.RELATIVE:
        return _relative_length(facts)
    if facts.deadline is None:
        if facts.intake in ENDLESS:
            message = _("Termin składania ofert: wpisz koniec naboru ciągłego albo koniec ostatniej tury.")
            return [Breach("R-CALL-10", message, FIELD)]
        return [Breach("R-CALL-10", _("Termin składania ofert: wpisz dzień i godzinę końca naboru."), FIELD)]
    if not is_open(facts.deadline, facts.at):
        return [Breach("R-CALL-10", _("Termin składania ofert: już minął, wpisz późniejszy."), FIELD)]
    if facts.opens_at is not None and facts.opens_at > facts.deadline:
        return [
            Breach("R-CALL-10", _("Oferty przyjmujemy od: wpisz chwilę przed końcem naboru."), "opens_at")
        ]
    days, is_strict = facts.offer_days, facts.is_strict
    first = min(facts.deadline, facts.first_cutoff or facts.deadline)
    if published and not is_long_enough(first, published, days=days, is_strict=is_strict):
        return [too_early(published, days=days, is_strict=is_strict)]
    return []


def hypothetical_warnings(facts: CallFacts) -> list[Breach]:
    """Advice while publications are missing: what the earliest deadline would be if they appeared today."""
    published = facts.published(Purpose.NOTICE)
    if facts.intake == Intake.RELATIVE or facts.deadline is None or not missing_places(published):
        return []
    assumed, days, is_strict = [*published.values(), local_day(facts.at)], facts.offer_days, facts.is_strict
    if is_long_enough(facts.deadline, assumed, days=days, is_strict=is_strict):
        return []
    earliest = earliest_deadline(assumed, days=days, is_strict=is_strict)
    message = _(
        "Termin składania ofert: gdyby brakujące ogłoszenia ukazały się dziś, najwcześniej %(day)s, godz. %(hour)s "
        "(R-CALL-10)"
    )
    values = {"day": formats.day(earliest), "hour": formats.hour(earliest)}
    return [Breach("R-CALL-10", message % values, FIELD, is_warning=True)]


def _relative_length(facts: CallFacts) -> list[Breach]:
    if facts.relative_days is not None and facts.relative_days >= facts.offer_days:
        return []
    message = _("Liczba dni od ogłoszenia: wpisz co najmniej %(days)s (R-CALL-10)") % {
        "days": facts.offer_days
    }
    return [Breach("R-CALL-10", message, "relative_days")]


def season_warnings(deadline: datetime | None) -> list[Breach]:
    """Advice: no end of intake between Christmas Eve and Epiphany, nor on an August weekend."""
    if deadline is None:
        return []
    day = local_day(deadline)
    if (day.month, day.day) >= (12, 24) or (day.month, day.day) <= (1, 6):
        message = _(
            "Termin składania ofert: wypada między Wigilią a Trzema Królami. Wybierz termin po 6 stycznia."
        )
    elif day.month == AUGUST and day.weekday() >= SATURDAY:
        message = _("Termin składania ofert: wypada w sierpniowy weekend. Wybierz dzień roboczy.")
    else:
        return []
    return [Breach("", message, FIELD, is_warning=True)]
