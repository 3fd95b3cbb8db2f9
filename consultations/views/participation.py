"""Who took part: figures of a year, unit by unit (R-CNS-21, 25)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, ExtractYear, JSONObject
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.common.clock import today
from core.common.exports import csv_response, json_response
from core.common.listing import LICENCE
from core.common.sites import absolute
from core.legal import parameters

from .. import law
from ..enums import Origin
from ..exports import PARTICIPATION_COLUMNS
from ..models import Consultation, ConsultationForm, Invitation, Remark, Submission
from .schedule import year_of


@dataclass
class Figures:
    """What a unit reached in a year; sums first, shares computed from them.

    A sum is None when nobody counted: of old consultations only what their source says is known.
    """

    unit: str
    year: int
    consultations: int = 0
    submissions: int | None = None
    meeting_participants: int | None = None
    remarks: int | None = None
    positions: dict[str, int] = field(default_factory=dict)
    invited: int = 0
    opened: int = 0
    answered: int = 0
    periods: list[tuple[Any, Any]] = field(default_factory=list)

    def add(self, row: dict[str, Any]) -> None:
        """Counts one consultation in; what an old source says stands where the portal has not counted."""
        self.consultations += 1
        counted = {
            "submissions": row["submission_count"],
            "meeting_participants": row["meeting_total"] or row["participants_count"] or 0,
            "remarks": row["remark_total"] or row["comments_count"] or 0,
        }
        for name, n in counted.items():
            if n or row["origin"] == Origin.PORTAL:
                setattr(self, name, (getattr(self, name) or 0) + n)
        for position in row["codes"]:
            self.positions[position["code"]] = self.positions.get(position["code"], 0) + position["n"]
        for name in ("invited", "opened", "answered"):
            setattr(self, name, getattr(self, name) + row[name])
        self.periods.append((row["ends_on"], row["report_published_on"]))

    @property
    def used_share(self) -> Decimal | None:
        return law.used_share(self.positions)

    @property
    def response_rate(self) -> Decimal | None:
        return law.response_rate(self.invited, self.answered)

    @property
    def days_to_report(self) -> int | None:
        return law.average_days(self.periods)


def participation(request: HttpRequest) -> HttpResponse:
    """``?rok=2026`` chooses the year, ``?format=csv`` or ``json`` gives the same table."""
    year = year_of(request.GET.get("rok"))
    rows = list(rows_of(year))
    units = by_unit(rows, year)
    wanted = request.GET.get("format")
    if wanted:
        return as_file(wanted, units, year)
    total = Figures(_("Razem"), year)
    for row in rows:
        total.add(row)
    years = known_years()
    context = {
        "year": year,
        "this_year": today().year,
        "years": years,
        "near_years": [y for y in (year - 1, year, year + 1) if y in years or y == year],
        "units": units,
        "total": total,
        "baseline": parameters.value("consultation_response_baseline", on=today()),
        "formats": [(key, key.upper(), f"?rok={year}&format={key}") for key in ("csv", "json")],
    }
    return render(request, "consultations/reach/participation.html", context)


def as_file(wanted: str, units: list[Figures], year: int) -> HttpResponse:
    name = f"udzial-w-konsultacjach-{year}"
    if wanted == "csv":
        return csv_response(units, PARTICIPATION_COLUMNS, name)
    if wanted == "json":
        source = absolute(f"/konsultacje/udzial/?rok={year}")
        return json_response(units, PARTICIPATION_COLUMNS, name, licence=LICENCE, source=source)
    raise Http404(_("Tej listy nie ma w tym formacie."))


def by_unit(rows: Iterable[dict[str, Any]], year: int) -> list[Figures]:
    """The figures of every unit that consulted in the year, in the order of names."""
    found: dict[str, Figures] = {}
    for row in rows:
        name = row["unit__name"] or _("jednostka nieznana")
        found.setdefault(name, Figures(name, year)).add(row)
    return [found[name] for name in sorted(found, key=str.casefold)]


def rows_of(year: int) -> QuerySet:
    """One row for each consultation that ended in the year, with everything counted; one query."""
    remarks = Remark.objects.valid().filter(consultation=OuterRef("pk"))
    codes = remarks.exclude(answered_at=None).filter(submission__is_late=False).order_by()
    codes = codes.values("position_code").annotate(n=Count("pk"))
    sent = Submission.objects.valid().filter(
        consultation=OuterRef("consultation"), organization=OuterRef("organization")
    )
    invited = Invitation.objects.filter(consultation=OuterRef("pk"))
    people = ConsultationForm.objects.filter(consultation=OuterRef("pk")).order_by().values("consultation")
    return (
        Consultation.objects.announced()
        .filter(Q(ends_on__year=year) | Q(ends_on=None, starts_on__year=year))
        .annotate(
            submission_count=_count(Submission.objects.valid().filter(consultation=OuterRef("pk"))),
            remark_total=_count(remarks),
            meeting_total=Subquery(people.annotate(n=Sum("participants_count")).values("n")),
            codes=ArraySubquery(codes.values(json=JSONObject(code="position_code", n="n"))),
            invited=_count(invited),
            opened=_count(invited.exclude(opened_on=None)),
            answered=_count(invited.filter(Exists(sent))),
        )
        .order_by("pk")
        .values(
            "unit__name", "origin", "ends_on", "report_published_on", "participants_count", "comments_count", "submission_count",
            "remark_total", "meeting_total", "codes", "invited", "opened", "answered",
        )
    )  # fmt: skip


def _count(rows: QuerySet) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values("consultation").annotate(n=Count("pk")).values("n")), 0)


def known_years() -> list[int]:
    """The years in which consultations ended, the present one always among them."""
    ended = Coalesce(F("ends_on"), F("starts_on"))
    rows = Consultation.objects.announced().exclude(ends_on=None, starts_on=None).order_by()
    years = set(rows.annotate(year=ExtractYear(ended)).values_list("year", flat=True).distinct())
    return sorted({*years, today().year})
