"""The document and its stages: R-CNS-07, 09, 19, 22."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.common.formats import day
from core.legal.rules import Breach, rule

from ..enums import BEFORE_NOTICE, ENDED, WITH_REPORT, State, VersionPurpose
from .course import STAGE_RULE
from .facts import ConsultationFacts, StageFacts
from .reach import USED

# When a version of each purpose may come: the text asked about is fixed once the asking is over.
COMES_IN: dict[str, frozenset[str]] = {
    VersionPurpose.CONSULTED: frozenset({*BEFORE_NOTICE, State.ANNOUNCED, State.OPEN}),
    VersionPurpose.AFTER: ENDED,
    VersionPurpose.ADOPTED: WITH_REPORT,
}
TOO_LATE = {
    VersionPurpose.CONSULTED: (
        "R-CNS-09",
        _("Co to jest: konsultacje się skończyły, więc tekstu poddanego konsultacjom nie można już zmienić. "
          "Wybierz projekt po konsultacjach."),
    ),
    VersionPurpose.AFTER: (
        "R-CNS-19",
        _("Co to jest: projekt po konsultacjach możesz dodać dopiero po ich końcu."),
    ),
    VersionPurpose.ADOPTED: (
        "R-CNS-22",
        _("Co to jest: przyjęty akt możesz dodać dopiero po opublikowaniu raportu."),
    ),
}  # fmt: skip


def version_breaches(*, purpose: str, state: str, has_points: bool, reason: str) -> list[Breach]:
    """What stands against making a text the document of a consultation in this state."""
    found = []
    if not has_points:
        found.append(
            Breach("R-CNS-09", _("Dokument: nie ma w nim ani jednego punktu. Wczytaj inny plik."), "upload")
        )
    if state not in COMES_IN[purpose]:
        code, text = TOO_LATE[VersionPurpose(purpose)]
        found.append(Breach(code, text, "purpose"))
    if state not in BEFORE_NOTICE and not reason.strip():
        text = _("Powód: napisz, skąd nowa wersja. Dokument jest już opublikowany.")
        found.append(Breach("R-CNS-11", text, "reason"))
    return found


@rule("R-CNS-07", **STAGE_RULE)
def stage_on(stages: Sequence[StageFacts], on: date) -> int | None:
    """Place of the stage of a day: the last one that has begun, before all of them the first; None without stages.

    Between two stages the earlier one still counts: what comes then answers what was asked last.
    """
    begun = [place for place, stage in enumerate(stages) if stage.starts_on and stage.starts_on <= on]
    return begun[-1] if begun else 0 if stages else None


@rule("R-CNS-07", **STAGE_RULE)
def stage_state(stage: StageFacts, on: date) -> str:
    """»done«, »now« or »next« by the clock; empty when the stage has no dates."""
    if stage.ends_on and stage.ends_on < on:
        return "done"
    if stage.starts_on is None:
        return ""
    return "now" if stage.starts_on <= on else "next"


@rule("R-CNS-07", **STAGE_RULE)
def stage_date_breaches(facts: ConsultationFacts) -> list[Breach]:
    """Dates of stages that make no sense together: a later one begins before the earlier ends, or outside the term."""
    found: list[tuple[Any, dict[str, Any]]] = []
    for stage in facts.stages:
        found += _wrong_by_itself(stage, facts)
    dated = [stage for stage in facts.stages if stage.starts_on]
    for earlier, later in pairwise(dated):
        if earlier.ends_on is None or (later.starts_on and later.starts_on <= earlier.ends_on):
            text = _("Etap „%(stage)s”: zaczyna się, zanim skończy się etap „%(other)s”. Popraw daty.")
            found.append((text, {"stage": later.name, "other": earlier.name}))
    if dated and len(dated) < len(facts.stages) and len(facts.stages) > 1:
        undated = next(stage for stage in facts.stages if not stage.starts_on)
        found.append((_("Etap „%(stage)s”: podaj, od kiedy do kiedy trwa."), {"stage": undated.name}))
    return [Breach("R-CNS-07", text % values, "stages") for text, values in found]


def _wrong_by_itself(stage: StageFacts, facts: ConsultationFacts) -> list[tuple[Any, dict[str, Any]]]:
    if stage.starts_on and stage.ends_on and stage.ends_on < stage.starts_on:
        return [(_("Etap „%(stage)s”: koniec jest przed początkiem. Popraw daty."), {"stage": stage.name})]
    if facts.starts_on and stage.starts_on and stage.starts_on < facts.starts_on:
        values = {"stage": stage.name, "day": day(facts.starts_on)}
        return [
            (_("Etap „%(stage)s”: nie może zacząć się przed konsultacjami, czyli przed %(day)s."), values)
        ]
    if facts.ends_on and stage.ends_on and stage.ends_on > facts.ends_on:
        values = {"stage": stage.name, "day": day(facts.ends_on)}
        return [(_("Etap „%(stage)s”: nie może skończyć się po konsultacjach, czyli po %(day)s."), values)]
    return []


@rule(
    "R-CNS-22",
    source="zasada portalu",
    statement="Po przyjęciu aktu pokazujemy, co z uwag wykorzystano, z odnośnikiem do aktu.",
)
def was_used(code: str) -> bool:
    """Whether a position means that the remark was used; the same everywhere that such remarks are counted."""
    return code in USED
