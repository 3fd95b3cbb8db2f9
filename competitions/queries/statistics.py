"""Points and times per unit, for the statistics of the desk."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet

from ..enums import WITH_RESULTS, OfferState
from ..models import Call, Offer
from .desk import IN_CHECK, STAGES, durations


@dataclass(frozen=True)
class UnitStatistics:
    """Times and points of one unit; days are medians, points means of offers in calls with results."""

    unit: str
    calls: int
    offers: int
    accepted: int
    rejected: int
    corrected: int
    mean_score: Any
    days: dict[str, int | None]


def unit_statistics(calls: QuerySet[Call]) -> list[UnitStatistics]:
    """Per unit: offers filed and rejected, points, days in each stage; a fixed number of queries."""
    units = dict(calls.filter(unit__isnull=False).values_list("pk", "unit__name"))
    times: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for pk, state, days in durations(calls):
        if pk in units:
            times[units[pk]][state].append(days)
    rows = _counted(calls)
    return [
        UnitStatistics(
            unit=row["call__unit__name"],
            calls=row["calls"],
            offers=row["filed"],
            accepted=row["filed"] - row["open"] - row["rejected"],
            rejected=row["rejected"],
            corrected=row["corrected"],
            mean_score=row["score"],
            days={state: _median(times[row["call__unit__name"]].get(state)) for state, _name, _due in STAGES},
        )
        for row in rows
    ]


def _counted(calls: QuerySet[Call]) -> Iterable[dict[str, Any]]:
    filed = Offer.objects.filed().filter(call__in=calls, call__unit__isnull=False)
    return (
        filed.values("call__unit__name")
        .annotate(
            calls=Count("call", distinct=True),
            filed=Count("pk"),
            open=Count("pk", filter=Q(state__in=IN_CHECK)),
            rejected=Count("pk", filter=Q(state=OfferState.FORMALLY_REJECTED)),
            corrected=Count("pk", filter=Q(correction__isnull=False)),
            score=Avg("mean_score", filter=Q(call__state__in=WITH_RESULTS)),
        )
        .order_by("call__unit__name")
    )


def _median(days: list[float] | None) -> int | None:
    return round(median(days)) if days else None
