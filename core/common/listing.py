"""A public list: filters that live in the address, a count, sorting, pages, and the same rows as files."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext_lazy as _
from django.views import View

from . import formats
from .dates import DatedThing, ical_response
from .exports import Column, csv_response, json_response, xlsx_response
from .sanitize import strip_controls
from .sites import absolute

EXPORT_LIMIT = 250_000
LICENCE = "CC BY 4.0"


@dataclass(frozen=True)
class Sort:
    """One way to order a list: its key in the address, its name, its ``order_by`` terms."""

    key: str
    label: Any
    order_by: tuple


@dataclass(frozen=True)
class Chip:
    """One filter in force, with the address of the list without it."""

    label: Any
    value: str
    url: str


@dataclass(frozen=True)
class FeedItem:
    title: str
    url: str
    description: str
    published_at: Any = None


class RecordList(View):
    """Subclasses name the queryset, the filters, the sorts, the columns and the template.

    ``?format=csv|json|xlsx|ics|rss`` gives the filtered rows in that form; a form the list does
    not offer is a 404. Wrong filter values are ignored and named on the page.
    """

    template_name = ""
    results_template = ""  # the part that HTMX swaps, when there is one
    filterset_class: type[django_filters.FilterSet]
    sorts: tuple[Sort, ...] = ()
    columns: list[Column] = []
    export_name = "lista"
    page_size = 20
    title: Any = ""
    # True when filters, rows and files are the same for every reader: then they are drawn once for all.
    is_for_everybody = False

    def get_queryset(self) -> QuerySet:
        """Rows this reader may see, ready for showing (prefetching included)."""
        raise NotImplementedError

    def things(self, rows: QuerySet) -> Iterable[DatedThing] | None:
        """Dated things for the .ics form; None when the list has no dates."""
        return None

    def feed_items(self, rows: QuerySet) -> Iterable[FeedItem] | None:
        """Items for the RSS form; None when the list has no feed."""
        return None

    def extra_context(self, filterset, rows: QuerySet) -> dict[str, Any]:
        return {}

    def get(self, request: HttpRequest, **kwargs) -> HttpResponse:
        filterset = self.filterset_class(request.GET, queryset=self.get_queryset(), request=request)
        sort = self.chosen_sort()
        rows = filterset.qs.order_by(*sort.order_by) if sort else filterset.qs
        wanted = request.GET.get("format")
        if wanted:
            return self.as_file(wanted, rows)
        return render(request, self.template_name, self.page_context(filterset, rows, sort))

    def chosen_sort(self) -> Sort | None:
        chosen = self.request.GET.get("sort")
        return next((s for s in self.sorts if s.key == chosen), self.sorts[0] if self.sorts else None)

    def page_context(self, filterset, rows: QuerySet, sort: Sort | None) -> dict[str, Any]:
        page = Paginator(rows, self.page_size).get_page(self.request.GET.get("page"))
        return {
            "filterset": filterset,
            "form": filterset.form,
            "page": page,
            "rows": page.object_list,
            "count": page.paginator.count,
            "sorts": self.sorts,
            "sort": sort,
            "chips": chips_of(filterset, self.request),
            "formats": self.formats(),
            "list_title": self.title,
            "is_for_everybody": self.is_for_everybody,
            **self.extra_context(filterset, rows),
        }

    def formats(self) -> list[tuple[str, str, str]]:
        """(format, name, address with the same filters) of every file this list offers."""
        offered = [("csv", "CSV"), ("json", "JSON"), ("xlsx", "XLSX")] if self.columns else []
        if type(self).things is not RecordList.things:
            offered.append(("ics", "iCal"))
        if type(self).feed_items is not RecordList.feed_items:
            offered.append(("rss", "RSS"))
        return [(key, name, self.address(format=key)) for key, name in offered]

    def address(self, **changes: str) -> str:
        query = self.request.GET.copy()
        query.pop("page", None)
        query.pop("format", None)
        for key, value in changes.items():
            query[key] = value
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path

    def as_file(self, wanted: str, rows: QuerySet) -> HttpResponse:
        rows = rows[:EXPORT_LIMIT]
        if self.columns and wanted == "csv":
            return csv_response(rows, self.columns, self.export_name)
        if self.columns and wanted == "json":
            return json_response(
                rows, self.columns, self.export_name, licence=LICENCE, source=absolute(self.address())
            )
        if self.columns and wanted == "xlsx":
            return xlsx_response(rows, self.columns, self.export_name)
        if wanted == "ics" and (things := self.things(rows)) is not None:
            return ical_response(things, self.export_name, str(self.title))
        if wanted == "rss" and (items := self.feed_items(rows)) is not None:
            return rss_response(items, str(self.title), absolute(self.address()))
        raise Http404(_("Tej listy nie ma w tym formacie."))


def rss_response(items: Iterable[FeedItem], title: str, link: str) -> HttpResponse:
    feed = Rss201rev2Feed(title=title, link=link, description=title, language="pl")
    for item in items:
        address = absolute(item.url)
        title, text = strip_controls(item.title), strip_controls(item.description)  # XML cannot carry them
        feed.add_item(title, address, text, unique_id=address, pubdate=item.published_at)
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


def chips_of(filterset: django_filters.FilterSet, request: HttpRequest) -> list[Chip]:
    """A chip per value in force, in the order of the fields."""
    form = filterset.form
    if not form.is_bound:
        return []
    form.is_valid()
    return [
        Chip(field.label, shown_value(form[name], raw), _without(request, name, raw))
        for name, field in form.fields.items()
        for raw in request.GET.getlist(name)
        if raw and name in form.cleaned_data
    ]


def shown_value(bound_field, raw: str) -> str:
    for value, label in getattr(bound_field.field, "choices", None) or []:
        if str(value) == raw:
            return str(label)
    understood = bound_field.form.cleaned_data.get(bound_field.name)
    if isinstance(understood, date):
        return formats.day(understood)
    return str(_("tak")) if raw in ("on", "true", "True") else raw


def _without(request: HttpRequest, name: str, raw: str) -> str:
    query = request.GET.copy()
    query.setlist(name, [v for v in query.getlist(name) if v != raw])
    query.pop("page", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def facet_counts(
    rows: QuerySet, options: dict[str, dict[str, Q]], active: dict[str, Q]
) -> dict[str, dict[str, int]]:
    """How many rows each option of each facet would give, all other facets kept; one query.

    ``options[facet][value]`` is the condition of an option, ``active[facet]`` the condition now in
    force. For many-to-many facets use ``Q(pk__in=subquery)``, so that no join multiplies rows.
    """
    aggregates, places = {}, {}
    for facet, conditions in options.items():
        others = Q()
        for name, condition in active.items():
            others &= condition if name != facet else Q()
        for number, (value, condition) in enumerate(conditions.items()):
            alias = f"{facet}_{number}"
            aggregates[alias], places[alias] = Count("pk", filter=others & condition), (facet, value)
    if not aggregates:
        return {}
    found = rows.order_by().aggregate(**aggregates)
    counts: dict[str, dict[str, int]] = {facet: {} for facet in options}
    for alias, (facet, value) in places.items():
        counts[facet][value] = found[alias]
    return counts
