"""A filed offer as something to read: every answer of the official form under its question."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.common import formats

from ..law.offers import OfferContent, template
from ..law.offers.values import day, flag, mapping, money, rows

# Who gives explanations is nobody's concern in scoring.
LEFT_OUT = frozenset({"applicant"})


@dataclass(frozen=True)
class Grid:
    caption: str
    head: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Part:
    """A part of the form: answers as (question, text), and its table."""

    key: str
    title: str
    answers: list[tuple[str, str]] = field(default_factory=list)
    grid: Grid | None = None


def parts_of(content: Mapping[str, Any]) -> list[Part]:
    """The parts of ``OfferVersion.content`` that say something, in the order of the form."""
    sections = mapping(mapping(content).get("sections"))
    offer = OfferContent.from_version(content)
    names = {
        str(one.get("organization_id")): str(one.get("name", ""))
        for one in rows(mapping(content).get("applicants"))
    }
    found = [
        _part(section, mapping(sections.get(section.key)), offer, names)
        for section in template.SECTIONS
        if section.key not in LEFT_OUT
    ]
    return [part for part in found if part.answers or part.grid]


def _part(section: Any, content: Mapping[str, Any], offer: OfferContent, names: Mapping[str, str]) -> Part:
    answers = [(str(q.label), _shown(q, content.get(q.name), offer)) for q in section.questions]
    given = [(label, text) for label, text in answers if text]
    if section.key == "costs" and offer.costs.rows:
        given.append((_("Razem"), formats.zloty(offer.costs.total, True)))
    return Part(section.key, f"{section.part}. {section.title}", given, _grid(section, content, offer, names))


def _grid(
    section: Any, content: Mapping[str, Any], offer: OfferContent, names: Mapping[str, str]
) -> Grid | None:
    table = section.table
    written = rows(content.get(table.name)) if table else []
    if not written:
        return None
    years = list(offer.years) if table.by_year else []
    head = [str(column.label) for column in table.columns] or [str(table.row_label)]
    head += [_("Rok %(n)s") % {"n": year} for year in years]
    body = [
        [
            *(
                [_shown(column, row.get(column.name), offer) for column in table.columns]
                or [names.get(str(row.get("organization_id")), "")]
            ),
            *(_amount(mapping(row.get("years")).get(str(year))) for year in years),
        ]
        for row in written
    ]
    return Grid(str(section.title), head, body)


def _amount(value: Any) -> str:
    amount = money(value)
    return formats.zloty(amount, True) if isinstance(amount, Decimal) else ""


def _shown(question: Any, value: Any, offer: OfferContent) -> str:
    if question.kind == template.MONEY:
        return _amount(value)
    if question.kind == template.DAY:
        return formats.day(day(value)) if day(value) else ""
    if question.kind == template.FLAG:
        return "" if value is None else _("tak") if flag(value) else _("nie")
    if question.name == "action_id":
        return offer.action_names().get(str(value or ""), "")
    if question.kind == template.CHOICE:
        return str(dict(question.choices).get(value, ""))
    return str(value or "").strip()
