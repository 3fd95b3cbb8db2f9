"""The whole offer for reading, in the order of the official form: the same for a draft and for what was filed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.common import formats

from ...law import offers as law
from ...law.offers import template as form
from ...law.offers.values import ZERO, day, mapping, money, rows


@dataclass
class Part:
    """A section as it is read: answers, and tables with their sums."""

    key: str
    number: str
    title: Any
    answers: list[tuple[str, str]] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def of_version(version: Any) -> list[Part]:
    """A filed version, from its own content only."""
    content = version.content
    names = {a["organization_id"]: a["name"] for a in content.get("applicants", [])}
    return _parts(content.get("sections", {}), law.OfferContent.from_version(content), names)


def shown(facts: law.OfferFacts) -> list[Part]:
    """A draft as it is stored now."""
    names = {party.organization_id: party.name for party in facts.offerors}
    return _parts(facts.sections, facts.content, names)


def _parts(sections: Mapping[str, Any], content: law.OfferContent, names: dict[int, str]) -> list[Part]:
    is_joint = len(names) > 1
    return [
        _part(section, mapping(sections.get(section.key)), content, names)
        for section in form.SECTIONS
        if section.key != "split" or is_joint
    ]


def _part(
    section: form.Section, given: Mapping[str, Any], content: law.OfferContent, names: dict[int, str]
) -> Part:
    part = Part(section.key, section.part, section.title)
    part.answers = [
        (str(q.label), answer(q, given.get(q.name))) for q in section.questions if not _is_idle(q, given)
    ]
    special = {"costs": _costs, "sources": _sources, "split": _split}
    if section.key in special:
        special[section.key](part, content, names)
    elif section.table:
        part.columns = [str(column.label) for column in section.table.columns]
        part.rows = [
            [answer(column, row.get(column.name)) for column in section.table.columns]
            for row in rows(given.get(section.table.name))
        ]
    return part


def _is_idle(question: form.Question, given: Mapping[str, Any]) -> bool:
    return (
        not question.is_required
        and question.kind != form.FLAG
        and not str(given.get(question.name) or "").strip()
    )


def answer(question: form.Question, value: Any) -> str:
    """An answer in words: dates, amounts and choices as people read them; what is no number as it was typed."""
    written = str(value if value is not None else "")
    if question.kind == form.FLAG:
        return _("tak") if value is True else _("nie")
    if question.kind == form.DAY:
        on = day(written)
        return formats.day(on) if on else written
    if question.kind == form.MONEY:
        amount = money(written)
        return zloty(amount) if amount is not None else written
    if question.kind == form.CHOICE:
        return str(dict(question.choices).get(written, written))
    return written


def zloty(amount: Any) -> str:
    return formats.zloty(amount, grosze=True)


def _costs(part: Part, content: law.OfferContent, _names: dict[int, str]) -> None:
    years = list(content.years)
    part.columns = [_("Lp."), _("Rodzaj kosztu"), _("Miara"), _("Koszt jedn."), _("Liczba"), _("Razem")]
    part.columns += [_("Rok %(n)s") % {"n": n} for n in years] if len(years) > 1 else []
    for n, action in enumerate(content.plan, start=1):
        for m, row in enumerate(content.costs.rows_of(action.id), start=1):
            part.rows.append(_cost(f"I.{n}.{m}", row, years))
    known = content.action_names()
    for m, row in enumerate((r for r in content.costs.action_rows if r.action_id not in known), start=1):
        part.rows.append(_cost(f"I.–.{m}", row, years))
    part.rows.append(
        _sum(_("Koszty działań razem"), content.costs.action_total, content.costs.action_rows, years)
    )
    for m, row in enumerate(content.costs.admin_rows, start=1):
        part.rows.append(_cost(f"II.{m}", row, years))
    part.rows.append(
        _sum(_("Koszty administracyjne razem"), content.costs.admin_total, content.costs.admin_rows, years)
    )
    part.rows.append(_sum(_("Suma wszystkich kosztów"), content.costs.total, content.costs.rows, years))


def _cost(number: str, row: law.CostRow, years: list[int]) -> list[str]:
    cells = [
        number,
        row.name,
        row.unit,
        zloty(row.unit_cost),
        formats.number(row.quantity, 3).rstrip("0").rstrip(","),
    ]
    shown_years = [zloty(row.in_year(n, of=len(years))) for n in years] if len(years) > 1 else []
    return [*cells, zloty(row.value), *shown_years]


def _sum(label: str, total: Any, table: tuple[law.CostRow, ...], years: list[int]) -> list[str]:
    shown_years = [
        zloty(sum((row.in_year(n, of=len(years)) for row in table), ZERO)) for n in years if len(years) > 1
    ]
    return ["", label, "", "", "", zloty(total), *shown_years]


def _sources(part: Part, content: law.OfferContent, _names: dict[int, str]) -> None:
    shares, sources = content.source_shares(), content.sources
    part.answers = []
    part.columns = [_("Źródło"), _("Wartość"), _("Udział")]
    table = [
        (
            _("1. Suma wszystkich kosztów"),
            content.costs.total,
            law.values.HUNDRED if content.costs.total else ZERO,
        ),
        (_("2. Planowana dotacja"), sources.grant, shares["grant"]),
        (_("3. Wkład własny"), sources.own, shares["own"]),
        (_("3.1. Wkład własny finansowy"), sources.own_financial, shares["own_financial"]),
        (_("3.2. Wkład własny niefinansowy"), sources.own_in_kind, shares["own_in_kind"]),
        (_("4. Świadczenia pieniężne od odbiorców"), sources.fees, shares["fees"]),
    ]
    part.rows = [
        [label, zloty(amount or ZERO), formats.percent(per_cent, 2)] for label, amount, per_cent in table
    ]


def _split(part: Part, content: law.OfferContent, names: dict[int, str]) -> None:
    years = list(content.years)
    part.columns = [_("Oferent"), _("Razem"), *(_("Rok %(n)s") % {"n": n} for n in years)]
    for pk, name in names.items():
        row = content.split_of(pk)
        part.rows.append([name, zloty(row.total), *(zloty(row.years.get(str(n), ZERO)) for n in years)])
    part.rows.append(
        [_("Suma"), zloty(content.costs.total), *(zloty(content.cost_in_year(n)) for n in years)]
    )
