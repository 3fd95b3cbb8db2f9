"""The table of demands of one meeting: heading and five columns, the same in every form (R-CNS-16)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.common.exports import Column

from .. import law
from ..models import DemandMeeting, Postulate

NAMES = ("lp", "organisation", "postulate", "justification", "position")


@dataclass(frozen=True)
class DemandTable:
    """What the page, the PDF, the DOCX, the XLSX and the CSV all show."""

    title: str
    heading: list[tuple[str, str]]
    columns: list[Column]
    rows: list[Postulate]

    @property
    def head(self) -> list[str]:
        return [str(column.label) for column in self.columns]

    @property
    def cells(self) -> list[list[str]]:
        return [[str(column.value(row)) for column in self.columns] for row in self.rows]


def table_of(meeting: DemandMeeting) -> DemandTable:
    """Two queries beside the meeting (with ``unit``): its rows and the offices that were there."""
    rows = list(meeting.postulates.select_related("position_unit", "organization").order_by("lp", "pk"))
    return DemandTable(title_of(meeting), heading_of(meeting), columns_of(meeting), rows)


def title_of(meeting: DemandMeeting) -> str:
    return _("Postulaty ze spotkania: %(subject)s") % {"subject": meeting.subject}


def heading_of(meeting: DemandMeeting) -> list[tuple[str, str]]:
    """Date, hours, place, subject, organisations, offices, course."""
    pairs = [
        (_("Data"), meeting.when),
        (_("Godziny"), meeting.hours),
        (_("Miejsce"), meeting.place),
        (_("Przedmiot"), meeting.subject),
        (_("Organizacje"), ", ".join(meeting.organisation_names)),
        (_("Urząd"), ", ".join(offices_of(meeting))),
        (_("Przebieg"), meeting.course),
    ]
    return [(label, value) for label, value in pairs if value]


def offices_of(meeting: DemandMeeting) -> Iterable[str]:
    """The offices that were there, the one that runs the table first; never the names of people."""
    return dict.fromkeys(filter(None, [meeting.unit_name, *(unit.name for unit in meeting.units.all())]))


def columns_of(meeting: DemandMeeting) -> list[Column]:
    headings = law.table_headings(meeting.subject, meeting.unit_name)
    values: list[Any] = [
        lambda p: "" if p.lp is None else p.lp,
        lambda p: p.organisation_name,
        lambda p: p.postulate,
        lambda p: p.justification,
        lambda p: position_of(p, meeting.unit_name),
    ]
    return [Column(name, label, value) for name, label, value in zip(NAMES, headings, values, strict=True)]


def position_of(demand: Postulate, default_unit: str) -> str:
    unit = demand.position_unit.name if demand.position_unit else ""
    return law.position_text(demand.position, unit=unit, default_unit=default_unit)
