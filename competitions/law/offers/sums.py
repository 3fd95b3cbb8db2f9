"""Sums, shares and dates of an offer (R-OFF-01…05)."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.common import formats
from core.legal.rules import Breach, rule

from ...enums import Form
from ..modes import UDPP
from . import template
from .content import LONGEST, OfferContent
from .facts import OfferFacts
from .values import HUNDRED, ZERO, day, mapping, money, quantity, rows, share

FORM = "Wzór oferty, rozporządzenie z 24.10.2018 (Dz.U. poz. 2057), zał. 1"


def zloty(amount: Decimal) -> str:
    """An amount in a breach always shows its grosze: they are what people look for."""
    return formats.zloty(amount, grosze=True)


@rule(
    "R-OFF-01",
    source=f"{FORM}, cz. V",
    statement=(
        "Wartość to koszt jednostkowy razy liczba jednostek; lata dają razem wartość; suma kosztów równa się sumie źródeł "
        "i sumie podziału między oferentów; udziały dają 100,00%."
    ),
)
def sum_breaches(facts: OfferFacts) -> list[Breach]:
    """Years against rows, sources against costs, the split between offerors against costs."""
    content = facts.content
    return [*_years(content), *_sources(content), *(_split(facts) if facts.is_joint else [])]


def _years(content: OfferContent) -> Iterator[Breach]:
    of = content.task.year_count
    for row in content.costs.rows:
        written = sum((row.in_year(year, of=of) for year in content.years), ZERO)
        beyond = sum((amount for year, amount in row.years.items() if int(year) > of), ZERO)
        if written + beyond != row.value:
            values = {
                "name": row.name or _("koszt bez nazwy"),
                "years": zloty(written + beyond),
                "value": zloty(row.value),
                "difference": zloty(abs(written + beyond - row.value)),
            }
            message = _(
                "%(name)s: lata dają razem %(years)s, a wartość to %(value)s (różnica %(difference)s)."
            )
            yield Breach("R-OFF-01", message % values, f"costs.{row.id}.years")
        elif beyond:
            values = {"name": row.name, "amount": zloty(beyond)}
            message = _("%(name)s: %(amount)s przypada na rok po zakończeniu zadania. Przenieś kwotę.")
            yield Breach("R-OFF-01", message % values, f"costs.{row.id}.years")


def _sources(content: OfferContent) -> Iterator[Breach]:
    costs, sources = content.costs.total, content.sources.total
    if costs == sources:
        return
    values = {
        "sources": zloty(sources),
        "costs": zloty(costs),
        "difference": zloty(abs(sources - costs)),
        "share": formats.percent(share(sources, costs), places=2),
    }
    if sources > costs:
        message = _("Źródła finansowania dają %(sources)s, o %(difference)s więcej niż koszty (%(costs)s).")
    else:
        message = _("Źródła finansowania dają %(sources)s, o %(difference)s mniej niż koszty (%(costs)s).")
    if costs:
        message += " " + _("Udziały dają %(share)s, a muszą dać 100,00%%.")
    yield Breach("R-OFF-01", message % values, "sources")


def _split(facts: OfferFacts) -> Iterator[Breach]:
    content = facts.content
    for party in facts.offerors:
        if not content.split_of(party.organization_id).years:
            message = _("%(name)s: wpisz, jaką część kosztów ponosi.") % {"name": party.name}
            yield Breach("R-OFF-01", message, f"split.{party.organization_id}")
    taking_part = {party.organization_id for party in facts.offerors}
    shown = [row for row in content.split if row.organization_id in taking_part]
    for year in content.years:
        divided = sum((row.years.get(str(year), ZERO) for row in shown), ZERO)
        costs = content.cost_in_year(year)
        if divided != costs:
            values = {
                "year": year,
                "split": zloty(divided),
                "costs": zloty(costs),
                "difference": zloty(abs(divided - costs)),
            }
            message = _(
                "Podział kosztów, rok %(year)s: oferenci mają razem %(split)s, a koszty to %(costs)s "
                "(różnica %(difference)s)."
            )
            yield Breach("R-OFF-01", message % values, "split")


@rule(
    "R-OFF-02",
    source=f"art. 5 ust. 4, {UDPP}; wzór oferty, cz. V.B",
    statement=(
        "Przy powierzeniu dotacja pokrywa wszystkie koszty, a wkładu własnego może nie być. Przy wsparciu dotacja jest "
        "mniejsza niż suma kosztów."
    ),
)
def form_breaches(content: OfferContent, form: str) -> list[Breach]:
    """The grant against the costs, by the form of commissioning; T18."""
    grant, costs = content.sources.grant, content.costs.total
    if grant is None or not costs:
        return []
    values = {"grant": zloty(grant), "costs": zloty(costs), "difference": zloty(abs(costs - grant))}
    if form == Form.ENTRUST and grant != costs:
        message = _(
            "Planowana dotacja: przy powierzeniu miasto pokrywa wszystkie koszty, więc wpisz %(costs)s "
            "(teraz jest %(grant)s, różnica %(difference)s)."
        )
        return [Breach("R-OFF-02", message % values, "sources.grant")]
    if form == Form.SUPPORT and grant >= costs:
        message = _(
            "Planowana dotacja: przy wsparciu musi być mniejsza niż suma kosztów (%(costs)s). Zmniejsz dotację "
            "i wpisz wkład własny."
        )
        return [Breach("R-OFF-02", message % values, "sources.grant")]
    return []


@rule(
    "R-OFF-03",
    source=f"{FORM}, cz. III.2, III.4 i V.A",
    statement="Działania mieszczą się w czasie zadania, a każde działanie z kosztorysu jest w harmonogramie.",
)
def plan_breaches(content: OfferContent) -> list[Breach]:
    """Actions outside the task, in the wrong order, or unknown to the timetable."""
    return [*_task_dates(content), *_action_dates(content), *_unknown_actions(content)]


def _task_dates(content: OfferContent) -> Iterator[Breach]:
    task = content.task
    if not task.starts_on or not task.ends_on:
        return
    if task.ends_on < task.starts_on:
        message = _("Data zakończenia: jest wcześniejsza niż data rozpoczęcia (%(start)s).")
        yield Breach("R-OFF-03", message % {"start": formats.day(task.starts_on)}, "task.ends_on")
    elif task.ends_on.year - task.starts_on.year + 1 > LONGEST:
        message = _("Data zakończenia: zadanie może trwać najwyżej %(years)s budżetowych.") % {
            "years": formats.counted(LONGEST, _("rok|lata|lat"))
        }
        yield Breach("R-OFF-03", message, "task.ends_on")


def _action_dates(content: OfferContent) -> Iterator[Breach]:
    task = content.task
    for action in content.plan:
        name = action.name or _("działanie bez nazwy")
        if action.starts_on and action.ends_on and action.ends_on < action.starts_on:
            message = _("%(name)s: koniec jest wcześniejszy niż początek.") % {"name": name}
            yield Breach("R-OFF-03", message, f"plan.{action.id}.ends_on")
        for column, on in (("starts_on", action.starts_on), ("ends_on", action.ends_on)):
            is_early = task.starts_on and on and on < task.starts_on
            is_late = task.ends_on and on and on > task.ends_on
            if is_early or is_late:
                values = {
                    "name": name,
                    "day": formats.day(on),
                    "task": formats.day_range(task.starts_on or on, task.ends_on or on),
                }
                message = _("%(name)s: %(day)s jest poza czasem zadania (%(task)s).") % values
                yield Breach("R-OFF-03", message, f"plan.{action.id}.{column}")


def _unknown_actions(content: OfferContent) -> Iterator[Breach]:
    known = content.action_names()
    for row in content.costs.action_rows:
        if row.action_id not in known:
            message = _("%(name)s: wybierz działanie z harmonogramu, którego dotyczy koszt.") % {
                "name": row.name or _("koszt bez nazwy")
            }
            yield Breach("R-OFF-03", message, f"costs.{row.id}.action_id")


@rule(
    "R-OFF-04",
    source=f"art. 8 i 9, {UDPP}; wzór oferty, cz. V.B i VI.1",
    statement="Kto planuje świadczenia pieniężne od odbiorców, deklaruje odpłatne wykonanie zadania.",
)
def fee_breaches(content: OfferContent) -> list[Breach]:
    """Fees from recipients without the declaration of paid performance."""
    fees = content.sources.fees or ZERO
    if fees <= 0 or content.declarations.is_paid or not content.declarations.payment:
        return []
    message = _(
        "Świadczenia od odbiorców to %(fees)s, a oświadczenie mówi o realizacji nieodpłatnej. Wybierz realizację "
        "odpłatną albo usuń świadczenia."
    )
    return [Breach("R-OFF-04", message % {"fees": zloty(fees)}, "declarations.payment")]


@rule(
    "R-OFF-05",
    source=f"{FORM}, cz. V",
    statement="Kwoty są w złotych, z dokładnością do grosza.",
)
def number_breaches(sections: Mapping[str, Any]) -> list[Breach]:
    """Amounts, quantities and days that were typed and cannot be understood; they stay as typed until corrected."""
    found: list[Breach] = []
    for section in template.SECTIONS:
        content = mapping(sections.get(section.key))
        found += _misread(section.questions, content, section.key)
        if section.table is None:
            continue
        for row in rows(content.get(section.table.name)):
            row_id = row.get("id") or row.get("organization_id", "")
            address = f"{section.key}.{row_id}"
            found += _misread(section.table.columns, row, address)
            found += _misread_years(mapping(row.get("years")), row, address)
    return found


READERS = {template.MONEY: money, template.QUANTITY: quantity, template.DAY: day}
ADVICE = {
    template.MONEY: lambda: _("%(label)s: „%(typed)s” to nie kwota. Wpisz złote i grosze, np. 1250,50."),
    template.QUANTITY: lambda: _("%(label)s: „%(typed)s” to nie liczba. Wpisz np. 12 albo 2,5."),
    template.DAY: lambda: _(
        "%(label)s: „%(typed)s” to nie data. Wpisz dzień, miesiąc i rok, np. 24.11.2026."
    ),
}


def _misread(questions, content: Mapping[str, Any], address: str) -> Iterator[Breach]:
    for question in questions:
        typed = str(content.get(question.name) or "").strip()
        if question.kind in READERS and typed and READERS[question.kind](typed) is None:
            values = {"label": question.label, "typed": typed[:40]}
            yield Breach("R-OFF-05", ADVICE[question.kind]() % values, f"{address}.{question.name}")


def _misread_years(years: Mapping[str, Any], row: Mapping[str, Any], address: str) -> Iterator[Breach]:
    for year, written in years.items():
        typed = str(written or "").strip()
        if typed and money(typed) is None:
            values = {"label": _("Rok %(year)s") % {"year": year}, "typed": typed[:40]}
            yield Breach("R-OFF-05", ADVICE[template.MONEY]() % values, f"{address}.years.{year}")


def shares_agree(content: OfferContent) -> bool:
    """Whether the per cents of V.B, as printed, make exactly 100.00."""
    found = content.source_shares()
    return found["grant"] + found["own"] + found["fees"] == HUNDRED
