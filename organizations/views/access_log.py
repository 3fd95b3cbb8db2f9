"""The organisation's own log: who did and opened what, when; as a page and as CSV."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.common.clock import now
from core.common.exports import Column, csv_response

from .. import actions, permissions
from ..models import Organization
from ..queries.team import AccessLog
from .access import of_person

PER_PAGE, MOST_IN_FILE = 50, 20_000
COLUMNS = [
    Column("at", gettext_lazy("kiedy"), lambda entry: entry.at),
    Column("who", gettext_lazy("kto"), lambda entry: entry.who),
    Column("role", gettext_lazy("rola"), lambda entry: entry.role),
    Column("verb", gettext_lazy("co"), lambda entry: entry.verb),
    Column("label", gettext_lazy("szczegóły"), lambda entry: entry.label),
]


@of_person(permissions.may_read_log)
def access_log(request, organization: Organization):
    """For those who represent the organisation, and for the office."""
    is_file = request.GET.get("format") == "csv"
    verb = _("Pobranie dziennika dostępu") if is_file else _("Dziennik dostępu")
    log = AccessLog(organization, at=now())
    if is_file:
        response = csv_response(
            log.entries(log.rows()[:MOST_IN_FILE]), COLUMNS, f"dziennik-{organization.slug}"
        )
        response.headers["Cache-Control"] = "private, no-store"
    else:
        page = Paginator(log.rows(), PER_PAGE).get_page(request.GET.get("page"))
        context = {
            "organization": organization,
            "entries": list(log.entries(page.object_list)),
            "page": page,
            "since": log.since,
        }
        response = render(request, "organizations/people/log.html", context)
    actions.note_opening(organization, verb, by=request.user, at=now())
    return response
