"""Consultations for everybody: the list, one consultation, its remarks, the demands."""

from django.db.models import Case, Count, DateField, F, IntegerField, Q, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from core.common.clock import now, today
from core.common.dates import ical_response
from core.common.listing import FeedItem, RecordList, Sort

from .. import queries
from ..enums import Origin, State
from ..exports import CONSULTATION_COLUMNS, POSTULATE_COLUMNS, REMARK_COLUMNS
from ..filters import ConsultationFilter, PostulateFilter, RemarkFilter, announced_q, open_q
from ..models import Consultation
from .demands import status_tag
from .detail import demand_position_tag, detail_context, remark_row, state_tag

LATEST_FIRST = F("starts_on").desc(nulls_last=True)
FEED_LENGTH = 50
MEETINGS_SHOWN = 20


class ConsultationList(RecordList):
    template_name = "consultations/list.html"
    is_for_everybody = True
    filterset_class = ConsultationFilter
    columns = CONSULTATION_COLUMNS
    export_name = "konsultacje"
    title = _("Konsultacje")
    sorts = (
        Sort(
            "termin",
            _("od najbliższego terminu"),
            ("urgency", F("urgent_on").asc(nulls_last=True), LATEST_FIRST, "-pk"),
        ),
        Sort("najnowsze", _("od najnowszych"), (LATEST_FIRST, "-pk")),
        Sort("tytul", _("według tytułu"), ("title", "pk")),
    )

    def get_queryset(self):
        return with_urgency(queries.for_list())

    def things(self, rows):
        return (thing for consultation in rows for thing in queries.things_of(consultation))

    def feed_items(self, rows):
        # what came from the archive is no news
        portal = queries.for_list().filter(origin=Origin.PORTAL, pk__in=rows.values("pk"))
        newest = portal.order_by("-published_at")[:FEED_LENGTH]
        return [FeedItem(c.title, c.get_absolute_url(), c.summary_line, c.published_at) for c in newest]

    def extra_context(self, filterset, rows):
        filterset.show_counts()
        return {"year": today().year, "tag_of": state_tag}


def with_urgency(rows):
    """Ready for ordering: open ones first by their end, coming ones by their start, the past from the newest."""
    at = now()
    urgency = Case(
        When(open_q(at), then=0),
        When(announced_q(at), then=1),
        When(state=State.PLANNED, then=2),
        default=3,
        output_field=IntegerField(),
    )
    urgent_on = Case(
        When(open_q(at), then=F("ends_on")),
        When(starts_on__gt=today(), then=F("starts_on")),
        default=Value(None),
        output_field=DateField(),
    )
    return rows.annotate(urgency=urgency, urgent_on=urgent_on)


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    consultation = get_object_or_404(queries.for_detail(), slug=slug)
    return render(request, "consultations/detail.html", detail_context(consultation))


def calendar_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Every date of one consultation, for a calendar program."""
    consultation = get_object_or_404(Consultation.objects.published().select_related("unit"), slug=slug)
    return ical_response(queries.dates_of(consultation), consultation.slug, consultation.title)


class RemarkList(RecordList):
    """All remarks of one consultation with the published positions."""

    template_name = "consultations/remarks.html"
    is_for_everybody = True
    filterset_class = RemarkFilter
    columns = REMARK_COLUMNS
    export_name = "uwagi"
    page_size = 30
    sorts = (Sort("numer", _("według numeru"), ("number",)), Sort("nowe", _("od najnowszych"), ("-number",)))

    def get(self, request, slug):
        self.consultation = get_object_or_404(
            Consultation.objects.published().select_related("unit"), slug=slug
        )
        self.title = _("Uwagi: %(title)s") % {"title": self.consultation.title}
        return super().get(request)

    def get_queryset(self):
        return queries.public_remarks().filter(consultation=self.consultation)

    def page_context(self, filterset, rows, sort):
        context = super().page_context(filterset, rows, sort)
        shown = [remark_row(remark, self.consultation) for remark in context["rows"]]
        return {**context, "consultation": self.consultation, "remarks": shown}


class PostulateList(RecordList):
    """Demands made at meetings, across years, with what the city says (R-CNS-16)."""

    template_name = "consultations/postulates.html"
    is_for_everybody = True
    filterset_class = PostulateFilter
    columns = POSTULATE_COLUMNS
    export_name = "postulaty"
    page_size = 30
    title = _("Postulaty organizacji")
    sorts = (
        Sort("najnowsze", _("od najnowszych spotkań"), (F("meeting_on").desc(nulls_last=True), "lp", "pk")),
        Sort("organizacja", _("według organizacji"), ("organisation_name", "lp", "pk")),
    )

    def get_queryset(self):
        repeated = Count(
            "merged", filter=Q(merged__meeting=None) | Q(merged__meeting__published_at__isnull=False)
        )
        return queries.postulates().main().annotate(repeated_count=repeated)

    def page_context(self, filterset, rows, sort):
        context = super().page_context(filterset, rows, sort)
        return {
            **context,
            "postulates": [
                (row, demand_position_tag(row.position_code, row.position), status_tag(row.status))
                for row in context["rows"]
            ],
        }
