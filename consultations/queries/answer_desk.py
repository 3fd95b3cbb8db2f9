"""The desk of one consultation's remarks: progress, points, groups, and one page of rows."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.common.clock import today

from .. import law
from ..models import Consultation, Remark, RemarkGroup

PER_PAGE = 50
MOST_SUGGESTIONS = 30
FIELDS = (
    "pk", "number", "part", "position_code", "answered_at", "approved_at", "group_id", "submission__is_late",
    "hidden_at", "assignment__done_at", "assignment__called_off_at", "assignment_id", "assignment__due_on",
)  # fmt: skip
TEXTS = ("part", "current_wording", "proposed_wording", "justification")


@dataclass(frozen=True)
class Outline:
    """What the desk needs to know of every remark, without its text."""

    pk: int
    number: int
    part: str
    is_late: bool
    has_position: bool
    is_approved: bool
    is_public: bool
    is_elsewhere: bool
    is_overdue: bool
    group: int | None


STATES: dict[str, tuple[Any, Callable[[Outline], bool]]] = {
    "": (_("wszystkie"), lambda row: True),
    "brak": (_("bez stanowiska"), lambda row: not row.has_position and not row.is_late),
    "przekazane": (_("u innych komórek"), lambda row: row.is_elsewhere),
    "zalegle": (_("inna komórka po terminie"), lambda row: row.is_overdue),
    "szkic": (_("stanowisko w szkicu"), lambda row: row.has_position and not row.is_public),
    "zatwierdzenie": (
        _("czekają na drugą osobę"),
        lambda row: row.has_position and not row.is_approved and not row.is_public,
    ),
    "opublikowane": (_("stanowisko opublikowane"), lambda row: row.is_public),
    "spoznione": (_("po terminie"), lambda row: row.is_late),
}


@dataclass
class Point:
    """A part of the document with the work on its remarks."""

    name: str
    total: int = 0
    written: int = 0
    public: int = 0


@dataclass
class Desk:
    """Everything above the table, and the keys of the remarks that the filters leave, in order."""

    counts: dict[str, int]
    points: list[Point]
    chosen: list[int] = field(default_factory=list)
    to_answer: int = 0
    written: int = 0
    public: int = 0


def desk_of(consultation: Consultation, *, state: str = "", part: str | None = None) -> Desk:
    """One query, whatever the number of remarks."""
    needs_second = consultation.needs_second_person
    found = consultation.remarks.valid().values_list(*FIELDS)
    rows = [_outline(values, needs_second=needs_second) for values in found]
    counts = {key: sum(map(test, rows)) for key, (_label, test) in STATES.items()}
    in_time = [row for row in rows if not row.is_late]
    test = STATES.get(state, STATES[""])[1]
    kept = [row for row in rows if test(row) and (part is None or row.part == part)]
    return Desk(
        counts=counts,
        points=_points(in_time),
        chosen=[row.pk for row in sorted(kept, key=lambda row: (*in_order(row.part), row.number))],
        to_answer=len(in_time),
        written=sum(row.has_position for row in in_time),
        public=sum(row.is_public for row in in_time),
    )


def _outline(values: tuple, *, needs_second: bool) -> Outline:
    row = dict(zip(FIELDS, values, strict=True))
    is_elsewhere = bool(
        row["assignment_id"] and not row["assignment__done_at"] and not row["assignment__called_off_at"]
    )
    return Outline(
        pk=row["pk"],
        number=row["number"],
        part=row["part"],
        is_late=row["submission__is_late"],
        has_position=bool(row["position_code"]),
        is_approved=row["approved_at"] is not None or not needs_second,
        is_public=row["answered_at"] is not None,
        is_elsewhere=is_elsewhere,
        is_overdue=is_elsewhere and row["assignment__due_on"] < today(),
        group=row["group_id"],
    )


def _points(rows: list[Outline]) -> list[Point]:
    found: dict[str, Point] = {}
    for row in rows:
        point = found.setdefault(row.part, Point(row.part))
        point.total += 1
        point.written += row.has_position
        point.public += row.is_public
    return sorted(found.values(), key=lambda point: in_order(point.name))


def in_order(part: str) -> tuple:
    """Numbers as numbers, so that 3.10 follows 3.9; remarks to the whole come last."""
    pieces = re.split(r"(\d+)", part)
    return (not part, [(0, int(one), "") if one.isdecimal() else (1, 0, one) for one in pieces if one])


def desk_rows(consultation: Consultation, keys: list[int]) -> list[Remark]:
    """One page of remarks with what the table shows, in the order of the keys."""
    rows = consultation.remarks.filter(pk__in=keys).select_related(
        "submission", "group", "assignment__unit", "position_unit", "answered_by"
    )
    found = {row.pk: row for row in rows}
    for row in found.values():
        row.consultation = consultation
    return [found[key] for key in keys if key in found]


def groups_of(consultation: Consultation) -> QuerySet[RemarkGroup]:
    """Groups with how many remarks they tie and how many of these have a position."""
    valid = Q(remarks__withdrawn_at=None)
    return consultation.remark_groups.annotate(
        all_count=Count("remarks", filter=valid),
        written_count=Count("remarks", filter=valid & ~Q(remarks__position_code="")),
    ).order_by("-all_count", "pk")


def suggested_groups(consultation: Consultation) -> list[list[int]]:
    """Remarks that look alike and are not tied yet, as keys; the largest groups first."""
    rows = list(
        consultation.remarks.to_answer().values_list("pk", "group_id", "proposed_wording", "current_wording")
    )
    groups = {pk: group for pk, group, *_texts in rows}
    found = law.alike({pk: f"{wording} {current}" for pk, _group, wording, current in rows})
    fresh = [keys for keys in found if len({groups[key] for key in keys}) > 1 or groups[keys[0]] is None]
    return fresh[:MOST_SUGGESTIONS]


def with_personal_data(consultation: Consultation) -> Counter:
    """Remark → how many pieces of it look like data of a person; the office covers them for good."""
    found: Counter = Counter()
    rows = consultation.remarks.valid().values_list("pk", *TEXTS)
    for pk, *texts in rows.iterator(chunk_size=500):
        found[pk] = sum(len(law.suspicious(text)) for text in texts)
    return +found
