"""»Pytaliśmy – powiedzieliście – zrobiliśmy«: each point before and after, between them what people said (R-CNS-22)."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import law, queries
from ..document.comparison import ADDED, CHANGED, REMOVED, Pair, compared
from ..enums import RESULTS, VersionPurpose
from ..models import Consultation, DocumentVersion
from .document import document_of, remarks_by_point

REMARKS_SHOWN = 10
PAIRS_SHOWN = 40


@dataclass(frozen=True)
class Row:
    """A point: what was asked, what people said, what was done."""

    pair: Pair
    remarks: list[dict[str, Any]]
    remark_count: int
    # whether there is a later text to show beside the consulted one
    is_done: bool

    @property
    def more(self) -> int:
        return self.remark_count - len(self.remarks)


@require_safe
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """Six queries, whatever the document and the remarks hold."""
    consultation, versions = document_of(slug)
    asked = next((v for v in versions if v.purpose == VersionPurpose.CONSULTED), versions[-1])
    done = next((v for v in versions if v.purpose in RESULTS), None)
    counts = Counts(consultation)
    remarks = remarks_by_point(consultation, REMARKS_SHOWN)
    rows = rows_of(pairs_of(asked, done, remarks), remarks, counts, is_done=done is not None)
    context = {
        "c": consultation,
        "asked": asked,
        "done": done,
        "page": Paginator(rows, PAIRS_SHOWN).get_page(request.GET.get("page")),
        "general": Row(Pair(), remarks.get("", []), counts.by_key[""], is_done=False),
        "counts": counts,
    }
    return render(request, "consultations/document/changes.html", context)


class Counts:
    """How many public remarks each point has, and how many of all were used; one query."""

    def __init__(self, consultation: Consultation):
        self.by_key: Counter[str] = Counter()
        self.total = self.answered = self.used = 0
        rows = queries.public_remarks().filter(consultation=consultation).order_by()
        grouped = rows.annotate(is_answered=Q(answered_at__isnull=False)).values(
            "point__key", "position_code", "is_answered"
        )
        for row in grouped.annotate(n=Count("pk")):
            self.by_key[row["point__key"] or ""] += row["n"]
            self.total += row["n"]
            if row["is_answered"]:
                self.answered += row["n"]
                self.used += row["n"] if law.was_used(row["position_code"]) else 0


def pairs_of(asked: DocumentVersion, done: DocumentVersion | None, remarks: dict[str, list]) -> list[Pair]:
    """The consulted points beside the later ones; a point that only an earlier version had comes last."""
    old = list(asked.points.all())
    pairs = compared(old, list(done.points.all())) if done else [Pair(point, point) for point in old]
    known = {pair.point.key for pair in pairs}
    earlier = {row["point"].key: row["point"] for rows in remarks.values() for row in rows if row["point"]}
    return [*pairs, *(Pair(old=point) for key, point in earlier.items() if key not in known)]


def rows_of(pairs: list[Pair], remarks: dict[str, list], counts: Counts, *, is_done: bool) -> list[Row]:
    """Only what somebody wrote about or what was changed."""
    return [
        Row(pair, remarks.get(pair.point.key, []), counts.by_key[pair.point.key], is_done)
        for pair in pairs
        if counts.by_key[pair.point.key] or pair.state in (CHANGED, ADDED, REMOVED)
    ]
