"""The base, a profile, the Informator, the pages of branches: what everybody reads."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import F, Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from core.city.models import Branch
from core.common.antispam import is_too_often
from core.common.clock import now, today
from core.common.listing import RecordList, Sort
from core.documents.queries import public_attachments_of

from .. import actions, permissions
from ..enums import TargetGroup
from ..exports import COLUMNS, OFFER_COLUMNS
from ..filters import OfferFilter, OrganizationFilter, branch_condition
from ..forms import ErrorReportForm
from ..models import Booklet, Organization, ResidentOffer
from ..queries import (
    branches,
    branches_among,
    district_map,
    facets_of,
    is_unconfirmed,
    linked_data,
    public_history,
    with_branches,
)
from ..queries.facets import ALL, FOUND
from .standing import ended

FRESHEST = (F("confirmed_at").desc(nulls_last=True), "sort_name", "pk")
BY_NAME = ("sort_name", "pk")
REPORTS_PER_HOUR = 10


class RegistryList(RecordList):
    """The base with its facets and the map of districts."""

    template_name = "organizations/list.html"
    is_for_everybody = True
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
            return rows.select_related("district").prefetch_related("spheres").with_freshness()
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
    is_for_everybody = True
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

    def extra_context(self, filterset, rows):
        return {"booklet": Booklet.objects.first()}


def detail(request, slug: str):
    """A profile: for everybody when it is public, else for who may edit it."""
    rows = Organization.objects.select_related(
        "district", "main_sphere", "parent", "published_by", "merged_into", "logo"
    )
    organization = get_object_or_404(
        rows.prefetch_related(Prefetch("spheres", with_branches()), "offers"), slug=slug
    )
    if not permissions.may_see(request.user, organization) or organization.merged_into_id:
        return ended(request, organization)
    is_member = permissions.holds_mandate(request.user, organization)
    context = {
        "organization": organization,
        "offers": organization.offers.all(),
        "branches": branches_among(organization.spheres.all()),
        "target_groups": [
            TargetGroup(g).label for g in organization.target_groups if g in TargetGroup.values
        ],
        "files": public_attachments_of([organization])[organization.pk],
        "history": public_history(organization),
        "linked_data": linked_data(organization) if organization.is_public else "",
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
