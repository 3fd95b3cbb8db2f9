"""Regimes, periods, forms and stages: R-CNS-01 to 07, 11, 20."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.common.formats import counted, day
from core.legal.days import end_of_period, is_day_off
from core.legal.rules import Breach, rule

from ..enums import MEETINGS, FormKind, Regime, RespondentType, StageKind, State
from .facts import ConsultationFacts, FormFacts, Parameters, Slot

RESOLUTION = "uchwała RMK nr CXI/2904/18"
DAYS = _("dzień|dni|dni")
# No rule of the city says how long; a year more is a slip of the keyboard.
LONGEST_EXTENSION = timedelta(days=365)


# --- R-CNS-01 ---------------------------------------------------------------------------------------


@rule(
    "R-CNS-01",
    source=f"{RESOLUTION}, załączniki nr 1 i 2",
    statement="Jedna konsultacja może toczyć się w obu trybach naraz: z mieszkańcami i z organizacjami. "
    "Każde zgłoszenie ma zapisany rodzaj uczestnika.",
)
def respondent_types(regimes: Iterable[str]) -> list[RespondentType]:
    """Who may send remarks: with residents everybody, with organisations alone only bodies."""
    if Regime.RESIDENTS in regimes:
        return list(RespondentType)
    return [RespondentType.NGO, RespondentType.COUNCIL, RespondentType.COMMISSION]


def regime_breaches(facts: ConsultationFacts) -> list[Breach]:
    if facts.regimes:
        return []
    return [
        Breach(
            "R-CNS-01",
            _("Tryb: zaznacz, czy konsultujesz z mieszkańcami, z organizacjami czy z obiema grupami."),
            "regimes",
        )
    ]


# --- R-CNS-03 ---------------------------------------------------------------------------------------

_PERIOD_RULE = {
    "source": f"{RESOLUTION}, załącznik nr 1",
    "statement": "Kampania informacyjna trwa co najmniej 7 dni, a konsultacje co najmniej 21 dni.",
}


@rule("R-CNS-03", **_PERIOD_RULE)
def latest_campaign_start(starts_on: date, *, campaign_days: int) -> date:
    """The last day on which the information campaign may begin (calendar days before the start)."""
    return starts_on - timedelta(days=campaign_days)


@rule("R-CNS-03", **_PERIOD_RULE)
def earliest_end(starts_on: date, regimes: Iterable[str], parameters: Parameters) -> date:
    """The first day on which the consultation may end (calendar days); with two regimes the longer period."""
    return starts_on + timedelta(days=shortest_period(regimes, parameters))


def shortest_period(regimes: Iterable[str], parameters: Parameters) -> int:
    wanted = {Regime.RESIDENTS: parameters.residents_days, Regime.NGO: parameters.ngo_days}
    return max((wanted[Regime(regime)] for regime in regimes), default=parameters.residents_days)


def period_breaches(facts: ConsultationFacts) -> list[Breach]:
    """Whether campaign and consultation are long enough and not in the past."""
    if facts.starts_on is None or facts.ends_on is None:
        return [Breach("R-CNS-09", _("Termin: podaj dzień początku i dzień końca konsultacji."), "starts_on")]
    found = []
    latest = latest_campaign_start(facts.starts_on, campaign_days=facts.parameters.campaign_days)
    begins = max(facts.campaign_from or facts.today, facts.today)
    if begins > latest:
        text = _(
            "Początek konsultacji: zapowiedz je co najmniej %(days)s wcześniej. Przy zapowiedzi od "
            "%(from)s mogą ruszyć %(day)s."
        ) % {
            "days": counted(facts.parameters.campaign_days, str(DAYS)),
            "from": day(begins),
            "day": day(begins + timedelta(days=facts.parameters.campaign_days)),
        }
        found.append(Breach("R-CNS-03", text, "starts_on"))
    first_end = earliest_end(facts.starts_on, facts.regimes, facts.parameters)
    if facts.ends_on < first_end:
        text = _("Koniec konsultacji: muszą trwać co najmniej %(days)s, czyli najwcześniej do %(day)s.") % {
            "days": counted((first_end - facts.starts_on).days, str(DAYS)),
            "day": day(first_end),
        }
        found.append(Breach("R-CNS-03", text, "ends_on"))
    return found


# --- R-CNS-04 and 05 --------------------------------------------------------------------------------


@rule(
    "R-CNS-05",
    source="formy znane z krakowskich ogłoszeń",
    statement="Formy konsultacji: spotkanie otwarte, warsztat, dyżur, formularz, uwagi pisemne, ankieta, panel, "
    "grupa robocza, spotkanie branżowe, spacer badawczy, punkt w terenie, spotkanie online.",
)
def listed_forms(forms: Iterable[FormFacts]) -> set[str]:
    """The different forms that count; what is outside the list does not."""
    return {form.kind for form in forms} - {FormKind.OTHER}


@rule(
    "R-CNS-04",
    source=f"{RESOLUTION}, załącznik nr 1",
    statement="Potrzebne są co najmniej trzy formy z listy, w tym spotkanie otwarte albo warsztat.",
)
def form_breaches(facts: ConsultationFacts) -> list[Breach]:
    """Too few forms, or no meeting. With organisations alone (annex 2) it is advice, not a condition."""
    is_advice = Regime.RESIDENTS not in facts.regimes
    return kind_breaches(listed_forms(facts.forms), wanted=facts.parameters.forms, is_advice=is_advice)


def kind_breaches(kinds: Iterable[str], *, wanted: int, is_advice: bool = False) -> list[Breach]:
    """The same for forms that are only named yet, as in a template; ``wanted`` is how many there must be."""
    used = set(kinds) - {FormKind.OTHER}
    found = []
    if len(used) < wanted:
        too_few = _(
            "Formy: potrzebne są co najmniej %(wanted)d różne formy z listy, a są %(have)d. Dodaj kolejne."
        )
        counts = {"wanted": wanted, "have": len(used)}
        found.append(Breach("R-CNS-04", too_few % counts, "forms", is_advice))
    if not used & {FormKind.OPEN_MEETING, FormKind.WORKSHOP}:
        no_meeting = _("Formy: dodaj spotkanie otwarte albo warsztat, jedno z nich jest obowiązkowe.")
        found.append(Breach("R-CNS-04", no_meeting, "forms", is_advice))
    return found


# --- R-CNS-06 ---------------------------------------------------------------------------------------

_MEETING_RULE = {
    "source": "S001: przeszkodą są spotkania w godzinach pracy; ustawienie miasta",
    "statement": "Ostrzegamy, gdy żadne spotkanie nie zaczyna się o 16:30 lub później w dniu roboczym ani w weekend. "
    "Każde spotkanie ma opis dostępności.",
}


@rule("R-CNS-06", **_MEETING_RULE)
def is_after_work(slot: Slot, *, evening_minutes: int) -> bool:
    """Whether people who work can come; a date without an hour counts only on a day off."""
    if slot.starts_on is None:
        return False
    return is_day_off(slot.starts_on) or (
        slot.from_hour is not None and _minutes(slot.from_hour) >= evening_minutes
    )


def _minutes(hour: time) -> int:
    return hour.hour * 60 + hour.minute


def meetings_of(facts: ConsultationFacts) -> list[FormFacts]:
    return [form for form in facts.forms if form.kind in MEETINGS]


@rule("R-CNS-06", **_MEETING_RULE)
def meeting_breaches(facts: ConsultationFacts) -> list[Breach]:
    """Meetings in office hours only (a warning); meetings without date, place or access data."""
    meetings = meetings_of(facts)
    slots = [slot for form in meetings for slot in form.slots if slot.starts_on]
    found = [breach for form in meetings for breach in _gaps_of(form, facts.today)]
    if slots and not any(
        is_after_work(slot, evening_minutes=facts.parameters.evening_minutes) for slot in slots
    ):
        hour = "{}:{:02}".format(*divmod(facts.parameters.evening_minutes, 60))
        text = _("Spotkania: wszystkie są w godzinach pracy. Dodaj spotkanie od %(hour)s albo w weekend.") % {
            "hour": hour
        }
        found.append(Breach("R-CNS-06", text, "forms", is_warning=True))
    return found


def _gaps_of(form: FormFacts, today: date) -> list[Breach]:
    gaps: list[Any] = []
    if not form.slots:
        gaps.append(_("%(form)s: podaj dzień i godzinę."))
    if any((last := slot.until_on or slot.starts_on) and last < today for slot in form.slots):
        gaps.append(_("%(form)s: termin już minął, podaj późniejszy."))
    if form.is_online and not form.has_online_link:
        gaps.append(_("%(form)s: podaj adres spotkania online."))
    if not form.is_online and not form.has_place:
        gaps.append(_("%(form)s: podaj miejsce."))
    if not form.is_online and not form.is_access_described:
        gaps.append(_("%(form)s: zaznacz, czy jest wejście bez stopni, pętla indukcyjna i tłumacz PJM."))
    return [Breach("R-CNS-06", gap % {"form": form.name}, "forms") for gap in gaps]


# --- R-CNS-07 ---------------------------------------------------------------------------------------


STAGE_RULE = {
    "source": "S001, tabela 1, I.2.1; S004",
    "statement": "Konsultacja ma co najmniej jeden etap: diagnozę, założenia, projekt albo wersję końcową, "
    "każdy z własnymi datami, które nie zachodzą na siebie. Konsultujemy od etapu założeń.",
}


@rule("R-CNS-07", **STAGE_RULE)
def stage_breaches(facts: ConsultationFacts) -> list[Breach]:
    """No stage or stages out of order; a start from the draft is a warning."""
    if not facts.stages:
        return [Breach("R-CNS-07", _("Etapy: dodaj co najmniej jeden etap."), "stages")]
    found = _stages_out_of_order(facts)
    if not {stage.kind for stage in facts.stages} & {StageKind.DIAGNOSIS, StageKind.ASSUMPTIONS}:
        text = _("Etapy: konsultacje zaczynają się od projektu. Standard miasta każe pytać już o założenia.")
        found.append(Breach("R-CNS-07", text, "stages", is_warning=True))
    return found


def _stages_out_of_order(facts: ConsultationFacts) -> list[Breach]:
    order = list(StageKind)
    places = [order.index(StageKind(stage.kind)) for stage in facts.stages if stage.kind]
    if places == sorted(places):
        return []
    return [
        Breach(
            "R-CNS-07",
            _("Etapy: ułóż je w kolejności diagnoza, założenia, projekt, wersja końcowa."),
            "stages",
        )
    ]


# --- R-CNS-11: the clock ----------------------------------------------------------------------------

_STATE_RULE = {
    "source": "opis przebiegu konsultacji",
    "statement": "Konsultacja przechodzi od planu przez zapowiedź, zbieranie uwag, analizę i raport do "
    "ogłoszenia wyniku. "
    "Otwiera się i zamyka według zegara. Można ją przedłużyć z podaniem powodu i odwołać.",
}


@rule("R-CNS-11", **_STATE_RULE)
def state_by_clock(state: str, starts_at: datetime | None, ends_at: datetime | None, at: datetime) -> str:
    """The state that the clock says, whether or not anybody has written it down yet."""
    if state == State.ANNOUNCED and starts_at and at >= starts_at:
        state = State.OPEN
    if state == State.OPEN and ends_at and at >= ends_at:
        state = State.CLOSED
    return state


@rule("R-CNS-11", **_STATE_RULE)
def extension_breaches(*, old_end: date, new_end: date | None, state: str) -> list[Breach]:
    """An extension moves the end of an announced or open consultation later, by a year at most."""
    if state not in (State.ANNOUNCED, State.OPEN):
        return [Breach("R-CNS-11", _("Przedłużyć można tylko konsultacje zapowiedziane albo trwające."))]
    if new_end is None or new_end <= old_end:
        text = _("Nowy koniec: podaj dzień późniejszy niż %(day)s.") % {"day": day(old_end)}
        return [Breach("R-CNS-11", text, "new_end")]
    latest = old_end + LONGEST_EXTENSION
    if new_end > latest:
        text = _("Nowy koniec: podaj dzień do %(day)s. Na dłużej ogłoś nowe konsultacje.") % {
            "day": day(latest)
        }
        return [Breach("R-CNS-11", text, "new_end")]
    return []


# --- R-CNS-20: the clock of the report --------------------------------------------------------------

_REPORT_CLOCK_RULE = {
    "source": "ustawienie miasta (uchwała RMK nr CXI/2904/18 reguluje termin, jego długości nie znaleziono)",
    "statement": "Raport ukazuje się w 30 dni od końca konsultacji jednoetapowych i w 60 dni od końca wieloetapowych. "
    "Opóźniony raport jest publicznie oznaczony.",
}


@rule("R-CNS-20", **_REPORT_CLOCK_RULE)
def report_parameter(stages: int) -> str:
    """The code of the legal parameter that says how many days the report may take."""
    return "consultation_report_stages" if stages > 1 else "consultation_report"


@rule("R-CNS-20", **_REPORT_CLOCK_RULE)
def report_due(ends_on: date, *, days: int) -> date:
    """The last day for the report: calendar days after the end, moved past days off."""
    return end_of_period(ends_on, days)


@rule("R-CNS-20", **_REPORT_CLOCK_RULE)
def days_late(due: date, today: date, published_on: date | None = None) -> int:
    """How many calendar days the report is (or came) late; 0 in time."""
    return max(((published_on or today) - due).days, 0)
