"""The fit check: which open and planned calls suit an organisation, why, and what it lacks. Nothing is stored."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.common.clock import now, today

from .. import law
from ..enums import EntryStatus
from ..forms import FitForm
from ..models import Call, CallScheduleEntry

MOST_CALLS, MOST_PLANS = 60, 60


@dataclass(frozen=True)
class Match:
    """A call with what the check found."""

    call: Any
    findings: list[law.Finding]

    @property
    def is_suitable(self) -> bool:
        return law.is_suitable(self.findings)

    @property
    def score(self) -> int:
        return law.score(self.findings)


@require_safe
def fit_check(request: HttpRequest) -> HttpResponse:
    """The answers stand in the address, so that a result can be kept or sent; without answers, only the questions."""
    form = FitForm(request.GET or None, initial=profile_of(request))
    context: dict[str, Any] = {"form": form, "is_checked": form.is_bound and form.is_valid()}
    if context["is_checked"]:
        applicant = replace(form.applicant(), is_eligible=not is_excluded(request))
        matches = sorted(open_matches(applicant), key=lambda match: -match.score)
        context |= {
            "suitable": [match for match in matches if match.is_suitable],
            "others": [match for match in matches if not match.is_suitable],
            "planned": [match for match in planned_matches(applicant) if match.is_suitable],
        }
    return render(request, "competitions/fit.html", context)


def is_excluded(request: HttpRequest) -> bool:
    """Whether the organisation the person acts for cannot be commissioned with public tasks (art. 3(4))."""
    organization = request.organization if request.user.is_authenticated else None
    return bool(organization and organization.exclusion)


def profile_of(request: HttpRequest) -> dict[str, Any]:
    """Answers out of the profile of the organisation the person acts for."""
    organization = request.organization if request.user.is_authenticated else None
    if not organization:
        return {}
    opp = {True: "tak", False: "nie"}.get(organization.has_opp_status, "")
    return {
        "forma": organization.legal_form,
        "opp": opp,
        "sfera": list(organization.spheres.values_list("statutory_no", flat=True)),
        "dzielnica": [str(organization.district.number)] if organization.district_id else [],
    }


def open_matches(applicant: law.Applicant) -> list[Match]:
    calls = Call.objects.open(now()).select_related("unit").prefetch_related("spheres", "districts")
    return [
        Match(call, law.fit(applicant, offered(call)))
        for call in calls.order_by("offers_due_at")[:MOST_CALLS]
    ]


def offered(call: Call) -> law.Offered:
    """A call as the check sees it."""
    return law.Offered(
        form=call.form,
        eligible_forms=frozenset(call.eligible_forms),
        requires_opp=call.requires_opp,
        spheres=frozenset(sphere.statutory_no for sphere in call.spheres.all()),
        districts=frozenset(district.number for district in call.districts.all()),
        are_districts_preferred=call.are_districts_preferred,
        min_grant=call.min_grant,
        max_grant=call.max_grant,
        total=call.budget_total,
        must_exceed_min=call.must_exceed_min_grant,
        min_own_percent=call.min_own_contribution_percent,
    )


def planned_matches(applicant: law.Applicant) -> list[Match]:
    """Entries of the schedule from this month on; only form and sphere are known of them."""
    rows = CallScheduleEntry.objects.published().filter(status=EntryStatus.PLANNED, year__gte=today().year)
    entries = [
        entry
        for entry in rows.select_related("unit").prefetch_related("spheres").in_order()[:MOST_PLANS]
        if not law.is_overdue(entry.year, entry.month, today())
    ]
    return [Match(entry, law.fit(applicant, planned(entry))) for entry in entries]


def planned(entry: CallScheduleEntry) -> law.Offered:
    return law.Offered(
        form=entry.planned_form,
        spheres=frozenset(sphere.statutory_no for sphere in entry.spheres.all()),
        total=entry.planned_amount,
    )
