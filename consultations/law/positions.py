"""Positions of many hands (R-CNS-16, R-CNS-18): other units, and the second pair of eyes."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.common.formats import day, plural_form
from core.legal.rules import Breach, rule

from .facts import ConsultationFacts

_OTHER_UNIT_RULE = {
    "source": "S003",
    "statement": "Stanowisko może napisać inna komórka niż prowadząca; wtedy poprzedza je jej nazwa.",
}
_APPROVAL_RULE = {
    "source": "zasada portalu",
    "statement": "Gdy jednostka tak ustawi, stanowisko zatwierdza inna osoba niż ta, która je napisała.",
}
_STAGE_RULE = {
    "source": "S001, tabela 1, I.2.1",
    "statement": "Etap ma własny raport: co z niego wynikło i stanowiska do uwag z jego dni.",
}


@rule("R-CNS-16", **_OTHER_UNIT_RULE)
def assignment_breaches(
    *,
    unit: Any,
    lead_unit: Any,
    due_on: date | None,
    today: date,
    report_due: date | None,
    has_people: bool = True,
) -> list[Breach]:
    """Another unit than the leading one answers, on a day to come, before the report is due; somebody has to be there."""
    found = []
    if not has_people:
        text = _(
            "Komórka: nikt z niej nie odpowiada jeszcze w portalu. Wybierz inną albo poproś administratora "
            "o konto dla jej pracownika."
        )
        found.append(Breach("R-CNS-16", text, "unit"))
    if unit == lead_unit:
        found.append(
            Breach("R-CNS-16", _("Komórka: wybierz inną niż ta, która prowadzi konsultacje."), "unit")
        )
    if due_on is None or due_on < today:
        found.append(Breach("R-CNS-16", _("Odpowiedź do: podaj dzień od dziś."), "due_on"))
    elif report_due and today <= report_due < due_on:
        text = _("Odpowiedź do: podaj dzień najpóźniej %(day)s, bo wtedy ma być raport.")
        found.append(Breach("R-CNS-16", text % {"day": day(report_due)}, "due_on"))
    return found


@rule("R-CNS-16", **_OTHER_UNIT_RULE)
def writing_unit(chosen: Any, *, assigned: Any, writes_for_lead: bool) -> Any:
    """Whose name stands before a position: an invited unit writes in its own name only."""
    return chosen if writes_for_lead else assigned


@rule("R-CNS-18", **_APPROVAL_RULE)
def may_approve(approver: Any, writer: Any) -> bool:
    """Nobody approves what they wrote; what nobody is known to have written, any official may."""
    return approver is not None and approver != writer


@rule("R-CNS-18", **_APPROVAL_RULE)
def approval_breaches(facts: ConsultationFacts) -> list[Breach]:
    """One breach naming the remarks whose positions still wait for the second person."""
    return unapproved(remark.name for remark in facts.remarks if remark.code and not remark.is_approved)


def unapproved(names: Iterable[str]) -> list[Breach]:
    waiting = list(names)
    if not waiting:
        return []
    text = plural_form(
        len(waiting),
        _(
            "Uwaga %(names)s: stanowisko czeka na zatwierdzenie przez drugą osobę.|Uwagi %(names)s: "
            "stanowiska czekają na zatwierdzenie przez drugą osobę."
        ),
    )
    return [Breach("R-CNS-18", text % {"names": ", ".join(waiting)}, "remarks")]


@rule("R-CNS-07", **_STAGE_RULE)
def stage_report_breaches(
    *, ends_on: date | None, result: str, is_published: bool, today: date
) -> list[Breach]:
    """A stage is reported once, after its last day, and says what came of it."""
    found = []
    if is_published:
        found.append(Breach("R-CNS-07", _("Raport z tego etapu jest już opublikowany.")))
    if ends_on is None or ends_on >= today:
        found.append(Breach("R-CNS-07", _("Etap: raport publikuje się po jego ostatnim dniu.")))
    if not result.strip():
        text = _("Co z niego wynikło: napisz to przy etapie na stronie konsultacji.")
        found.append(Breach("R-CNS-07", text))
    return found
