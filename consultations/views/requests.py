"""Requests for a consultation for everybody: the list, one request with its counter and answer."""

import django_filters
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.common import formats
from core.common.clock import today
from core.common.listing import FeedItem, RecordList, Sort
from core.common.stages import Stage

from ..demand_matters import with_counts
from ..enums import PUBLIC_REQUESTS, Initiator, RequestState
from ..exports.requests import REQUEST_COLUMNS
from ..filters import BoxesFilter, words_q
from ..models import ConsultationRequest

TAGS = {
    RequestState.DRAFT: "draft",
    RequestState.CHECK: "waiting",
    RequestState.COLLECTING: "open",
    RequestState.SUBMITTED: "review",
    RequestState.REVIEW: "review",
    RequestState.ACCEPTED: "ok",
    RequestState.REFUSED: "off",
    RequestState.OPENED: "ok",
    RequestState.EXPIRED: "neutral",
    RequestState.WITHDRAWN: "neutral",
}
# The gate a request stands at; one that is settled has passed all but the consultation itself.
LIT = {
    RequestState.DRAFT: -1,
    RequestState.CHECK: 0,
    RequestState.COLLECTING: 1,
    RequestState.SUBMITTED: 2,
    RequestState.REVIEW: 2,
}


class RequestFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=gettext_lazy("Szukaj we wnioskach"), method="by_words", max_length=100
    )
    stan = BoxesFilter(
        field_name="state",
        label=gettext_lazy("Stan"),
        choices=[(state.value, state.label) for state in RequestState if state in PUBLIC_REQUESTS],
    )

    class Meta:
        model = ConsultationRequest
        fields: list[str] = []

    def by_words(self, queryset, _name: str, text: str):
        return queryset.filter(words_q(text, "title", "subject", "reason"))


class RequestList(RecordList):
    """Every request that everybody may see."""

    template_name = "consultations/requests/list.html"
    filterset_class = RequestFilter
    columns = REQUEST_COLUMNS
    export_name = "wnioski-o-konsultacje"
    title = gettext_lazy("Wnioski o konsultacje")
    sorts = (
        Sort("najnowsze", gettext_lazy("od najnowszych"), ("-number_year", "-number", "-pk")),
        Sort("poparcie", gettext_lazy("od najbardziej popieranych"), ("-counted", "-pk")),
    )

    def get_queryset(self):
        rows = ConsultationRequest.objects.published().select_related(
            "organization", "district_council", "unit"
        )
        return with_counts(rows)

    def feed_items(self, rows):
        newest = ConsultationRequest.objects.filter(pk__in=rows.values("pk")).order_by("-state_since")[:50]
        return [
            FeedItem(r.title, r.get_absolute_url(), str(r.get_state_display()), r.state_since) for r in newest
        ]

    def page_context(self, filterset, rows, sort):
        context = super().page_context(filterset, rows, sort)
        return {**context, "shown": [(row, *request_tag(row)) for row in context["rows"]]}


def request_tag(request: ConsultationRequest) -> tuple[str, str]:
    return TAGS[RequestState(request.state)], str(request.get_state_display())


def gates_of(found: ConsultationRequest) -> list[Stage]:
    """Where the request stands, from writing to the consultation; nowhere once it is taken back."""
    if found.state == RequestState.WITHDRAWN:
        return []
    lit = LIT.get(RequestState(found.state), 3)
    steps = ["done" if number < lit else "now" if number == lit else "next" for number in range(3)]
    gates = [Stage(_("Sprawdzenie"), "", steps[0])]
    if found.initiator != Initiator.DISTRICT_COUNCIL:
        gates.append(Stage(_("Zbieranie poparcia"), support_term(found), steps[1]))
    if found.state == RequestState.EXPIRED:
        return gates
    gates.append(Stage(_("Odpowiedź miasta"), answer_term(found), "warn" if is_late(found) else steps[2]))
    if found.state != RequestState.REFUSED:
        gates.append(Stage(_("Konsultacje"), "", consultation_step(found)))
    return gates


def support_term(found: ConsultationRequest) -> str:
    """Until when support is collected; afterwards the day on which there was enough."""
    if found.state in (RequestState.COLLECTING, RequestState.EXPIRED):
        return _("do %(day)s") % {"day": formats.day(found.collect_until)}
    return formats.day(found.submitted_on)


def answer_term(found: ConsultationRequest) -> str:
    if found.answer_due and not found.answered_on:
        return _("do %(day)s") % {"day": formats.day(found.answer_due)}
    return formats.day(found.answered_on)


def is_late(found: ConsultationRequest) -> bool:
    return bool(found.answer_due and not found.answered_on and found.answer_due < today())


def consultation_step(found: ConsultationRequest) -> str:
    """The consultation by its own clock; an accepted request still waits for one."""
    if found.consultation is None:
        return "next"
    return "done" if found.consultation.is_ended else "now" if found.consultation.is_open else "next"


def seen_by(request: HttpRequest, pk: int) -> ConsultationRequest:
    """A public request, or one's own in any state; another's draft is not there."""
    rows = with_counts(ConsultationRequest.objects.all()).select_related(
        "organization", "district_council", "unit", "consultation"
    )
    found = get_object_or_404(rows.prefetch_related("districts"), pk=pk)
    if not found.is_public and not is_own(request, found):
        raise Http404
    return found


def is_own(request: HttpRequest, found: ConsultationRequest) -> bool:
    return request.user.is_authenticated and found.user_id == request.user.pk


def one(request: HttpRequest, pk: int) -> HttpResponse:
    """The request with its counter, clock and answer."""
    found = seen_by(request, pk)
    context = {
        "found": found,
        "tag": request_tag(found),
        "gates": gates_of(found),
        "is_own": is_own(request, found),
        "takes_support": found.takes_support_on(today()),
        "for_organizations": found.initiator == Initiator.NGO,
        "has_answer": found.answered_on is not None and bool(found.answer),
        "is_late": is_late(found),
        "returned": last_return(found)
        if is_own(request, found) and found.state == RequestState.DRAFT
        else "",
    }
    return render(request, "consultations/requests/one.html", context)


def last_return(found: ConsultationRequest) -> str:
    """Why the office sent it back; nothing for one that was never sent."""
    row = found.transitions.filter(target=RequestState.DRAFT).exclude(reason="").last()
    return row.reason if row else ""
