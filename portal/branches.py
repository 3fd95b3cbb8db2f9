"""The tab of a branch (R-COM-11): its organisations, open calls, consultations, news, contacts, and a feed."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy

from core.city.models import Branch, OrganizationalUnit
from core.common.clock import at_local, now
from core.common.listing import FeedItem, rss_response
from core.common.sites import absolute
from organizations.filters import branch_condition
from organizations.models import Organization
from organizations.queries import branches

from .rooms import in_branch

NEWEST = 6
TITLE = gettext_lazy("Branża")


def branch(request, code: str):
    """Everything the portal knows about one branch, each part with a link to the whole."""
    found = get_object_or_404(Branch, code=code)
    rows = Organization.objects.published().filter(branch_condition([code]))
    context = {
        "branch": found,
        "branches": branches(),
        "count": rows.count(),
        "organizations": rows.for_list().order_by("-updated_at", "pk")[:NEWEST],
        "sections": in_branch(found),
        "units": units_of(found),
    }
    return render(request, "portal/branch.html", context)


def units_of(found: Branch) -> list[OrganizationalUnit]:
    """The units that announce calls in the branch, with how to reach them."""
    rows = OrganizationalUnit.objects.current().filter(calls__spheres__branches=found)
    rows = rows.exclude(phones=[], emails=[])
    return list(rows.distinct().order_by("name")[:8])


def feed(request, code: str):
    """What is new in a branch, for feed readers."""
    found = get_object_or_404(Branch, code=code)
    title = f"{TITLE}: {found.label}"
    items = [
        FeedItem(
            link.title,
            link.url,
            " · ".join(filter(None, [name, link.note])),
            at_local(link.on) if link.on else now(),
        )
        for name, links in in_branch(found).items()
        for link in links
    ]
    return rss_response(items, title, absolute(request.path))
