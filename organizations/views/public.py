"""The base, a profile, the Informator, the pages of branches: what everybody reads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Any

from django.contrib import messages
from django.db.models import F, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.city.models import Branch
from core.city.outlines import Shape, picture_of_districts
from core.common.antispam import is_too_often
from core.common.clock import now, today
from core.common.listing import RecordList, Sort
from core.documents.queries import public_attachments_of

from .. import actions, permissions
from ..enums import TargetGroup
from ..exports import COLUMNS, OFFER_COLUMNS
from ..filters import OUTSIDE, OfferFilter, OrganizationFilter, branch_condition
from ..forms import ErrorReportForm
from ..models import Organization, ResidentOffer
from ..queries import branches, branches_of, districts, facets_of, is_unconfirmed, public_history
from ..queries.facets import ALL, FOUND, Counts

TIERS = 4
FRESHEST = (F("confirmed_at").desc(nulls_last=True), "sort_name", "pk")
BY_NAME = ("sort_name", "pk")
REPORTS_PER_HOUR = 10


@dataclass(frozen=True)
class DistrictGate:
    """One district on the map and in its table."""

    number: int
    name: str
    count: int
    tier: int
    url: str
    shape: Shape | None = None


class RegistryList(RecordList):
    """The base with its facets and the map of districts."""

    template_name = "organizations/list.html"
    filterset_class = OrganizationFilter
    sorts = (
        Sort("potwierdzone", _("ostatnio potwierdzone"), FRESHEST),
        Sort("nazwa", _("nazwa od A do Z"), BY_NAME),
        Sort("nazwa-malejaco", _("nazwa od Z do A"), ("-sort_name", "pk")),
    )
    columns = COLUMNS
    export_name = "organizacje"
    title = _("Baza organizacji")

    def get_queryset(self):
        rows = Organization.objects.published()
        if self.request.GET.get("format"):
            return rows.select_related("district").prefetch_related("spheres")
        return rows.for_list()

    def fixed_conditions(self) -> dict[str, Q]:
        """What this page narrows by itself, besides the filters."""
        return {}

    def page_context(self, filterset, rows, sort):
        """Counts first: they say how many rows there are, so nothing is counted twice."""
        conditions = {**self.fixed_conditions(), **filterset.conditions}
        self.counts = facets_of(conditions, key=f"{sorted(self.kwargs.items())}{filterset.key}")
        found = self.counts.get(FOUND, {}).get(FOUND, 0)
        return super().page_context(filterset, rows.counted_as(found), sort)

    def extra_context(self, filterset, rows):
        filterset.show_counts(self.counts)
        return {
            "total": self.counts.get(ALL, {}).get(ALL, 0),
            **district_map(self.counts, lambda number: self.address(dzielnica=str(number))),
        }


def district_map(counts: Counts, address: Callable[[int], str]) -> dict[str, Any]:
    """What ``components/district_map.html`` shows; ``address`` is where a district leads."""
    by_number, step = counts.get("dzielnica", {}), tier_step(counts)
    picture = picture_of_districts()
    shapes = {shape.number: shape for shape in picture.shapes}
    gates = []
    for d in districts():
        count = by_number.get(str(d.number), 0)
        tier = min(TIERS, max(1, ceil(count / step)))
        gates.append(DistrictGate(d.number, d.name, count, tier, address(d.number), shapes.get(d.number)))
    return {"districts": gates, "picture": picture, "tiers": tier_words(counts)}


def tier_step(counts: Counts) -> int:
    """How many organisations make one shade of the map."""
    numbers = [n for option, n in counts.get("dzielnica", {}).items() if option != OUTSIDE]
    return max(1, ceil(max(numbers, default=0) / TIERS))


def tier_words(counts: Counts) -> list[str]:
    """The key of the map: »do 5«, »6–10«, »11–15«, »ponad 15«."""
    step = tier_step(counts)
    between = [f"{step * n + 1}–{step * (n + 1)}" if step > 1 else str(n + 1) for n in range(1, TIERS - 1)]
    last = _now("ponad %(number)s") % {"number": step * (TIERS - 1)}
    return [_now("do %(number)s") % {"number": step}, *between, last]


class BranchList(RegistryList):
    """The organisations of one branch (R-ORG-22)."""

    template_name = "organizations/branch.html"

    def get(self, request, code: str):
        self.branch = get_object_or_404(Branch, code=code)
        self.title = self.branch.label
        self.export_name = f"organizacje-{self.branch.code}"
        return super().get(request)

    def get_queryset(self):
        return super().get_queryset().filter(branch_condition([self.branch.code]))

    def fixed_conditions(self):
        return {"strona": branch_condition([self.branch.code])}

    def extra_context(self, filterset, rows):
        del filterset.form.fields["branza"]
        return {
            **super().extra_context(filterset, rows),
            "branch": self.branch,
            "branches": branches(),
        }


class Informator(RecordList):
    """What organisations offer residents."""

    template_name = "organizations/informator.html"
    filterset_class = OfferFilter
    sorts = (
        Sort("organizacja", _("organizacja od A do Z"), ("organization__sort_name", "position", "pk")),
        Sort("oferta", _("nazwa oferty"), ("title", "pk")),
    )
    columns = OFFER_COLUMNS
    export_name = "informator"
    title = _("Informator NGO")

    def get_queryset(self):
        return ResidentOffer.objects.published().select_related("organization__district")


def detail(request, slug: str):
    """A profile: for everybody when it is public, else for who may edit it."""
    rows = Organization.objects.select_related("district", "main_sphere", "parent", "published_by")
    organization = get_object_or_404(rows.prefetch_related("spheres", "offers"), slug=slug)
    if not permissions.may_see(request.user, organization):
        raise Http404
    is_member = permissions.holds_mandate(request.user, organization)
    context = {
        "organization": organization,
        "offers": organization.offers.all(),
        "branches": branches_of(organization),
        "target_groups": [
            TargetGroup(g).label for g in organization.target_groups if g in TargetGroup.values
        ],
        "files": public_attachments_of([organization])[organization.pk],
        "history": public_history(organization),
        "is_unconfirmed": is_unconfirmed(organization, today()),
        "is_member": is_member,
        "may_edit": permissions.may_edit(request.user, organization),
        "may_confirm": is_member and organization.is_public,
        "og_title": organization.name,
        "og_description": organization.mission[:200],
    }
    return render(request, "organizations/detail.html", context)


def report_error(request, slug: str):
    """Anybody points out a mistake (R-ORG-20)."""
    organization = get_object_or_404(Organization.objects.published(), slug=slug)
    form = ErrorReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if is_too_often(request, "organization-error", limit=REPORTS_PER_HOUR, within=timedelta(hours=1)):
            form.add_error(None, _("Z tego miejsca przyszło już dużo zgłoszeń: spróbuj za godzinę."))
        else:
            actions.report_error(
                organization, text=form.cleaned_data["text"], email=form.cleaned_data["email"], at=now()
            )
            messages.success(request, _("Dziękujemy. Sprawdzimy te dane z organizacją."))
            return redirect(organization)
    context = {"organization": organization, "form": form}
    return render(request, "organizations/report_error.html", context)
