"""Asking for a consultation on line: the list, writing, supporting, the public answer."""

from datetime import timedelta
from typing import Any

import django_filters
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.common import formats
from core.common.antispam import is_too_often
from core.common.clock import now, today
from core.common.exports import Column
from core.common.listing import FeedItem, RecordList, Sort
from core.common.sites import absolute
from core.common.stages import Stage
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused

from .. import actions
from ..actions.requests import request_parameters
from ..enums import PUBLIC_REQUESTS, Initiator, RequestState
from ..filters import BoxesFilter, words_q
from ..forms.requests import RequestForm, SupportForm
from ..models import ConsultationRequest
from ..request_matters import with_counts

OFTEN, WITHIN = 20, timedelta(hours=1)
GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
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
LIT = {
    RequestState.DRAFT: 0,
    RequestState.CHECK: 0,
    RequestState.COLLECTING: 1,
    RequestState.SUBMITTED: 2,
    RequestState.REVIEW: 2,
    RequestState.ACCEPTED: 3,
    RequestState.REFUSED: 4,
    RequestState.OPENED: 4,
    RequestState.EXPIRED: 2,
    RequestState.WITHDRAWN: 2,
}
REQUEST_COLUMNS = [
    Column("number", gettext_lazy("Numer"), lambda r: r.number_label, "Numer w roku, np. W/3/2026"),
    Column("title", gettext_lazy("Temat"), lambda r: r.title, "Czego mają dotyczyć konsultacje"),
    Column("state", gettext_lazy("Stan"), lambda r: str(r.get_state_display()), ""),
    Column("initiator", gettext_lazy("W czyim imieniu"), lambda r: r.initiator_name, "Nigdy nazwisko osoby"),
    Column("supports", gettext_lazy("Poparcie"), lambda r: r.counted, "Potwierdzone głosy"),
    Column("threshold", gettext_lazy("Próg"), lambda r: r.threshold, "Ile głosów potrzeba"),
    Column("collect_until", gettext_lazy("Zbiera do"), lambda r: r.collect_until, ""),
    Column("answered_on", gettext_lazy("Odpowiedź z"), lambda r: r.answered_on, ""),
    Column("answer", gettext_lazy("Odpowiedź"), lambda r: r.answer if r.is_settled else "", ""),
    Column("url", gettext_lazy("Adres"), lambda r: absolute(r.get_absolute_url()), ""),
]


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
    """Where the request stands, from writing to the consultation."""
    lit = LIT[RequestState(found.state)]
    answered = formats.day(found.answered_on)
    due = (
        _("do %(day)s") % {"day": formats.day(found.answer_due)}
        if found.answer_due and not answered
        else answered
    )
    until = _("do %(day)s") % {"day": formats.day(found.collect_until)} if found.collect_until else ""
    gates = [
        (_("Sprawdzenie"), ""),
        (_("Zbieranie poparcia"), until),
        (_("Odpowiedź miasta"), due),
        (_("Konsultacje"), ""),
    ]
    if found.state in (RequestState.REFUSED, RequestState.EXPIRED):
        gates = gates[:3]
    is_late = bool(found.answer_due and not found.answered_on and found.answer_due < today())
    return [
        Stage(
            name,
            when,
            "warn"
            if is_late and number == 2
            else "done"
            if number < lit
            else "now"
            if number == lit
            else "next",
        )
        for number, (name, when) in enumerate(gates)
    ]


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
        "has_answer": found.is_settled and bool(found.answer),
        "is_late": bool(found.answer_due and not found.answered_on and found.answer_due < today()),
        "returned": last_return(found)
        if is_own(request, found) and found.state == RequestState.DRAFT
        else "",
    }
    return render(request, "consultations/requests/one.html", context)


def last_return(found: ConsultationRequest) -> str:
    """Why the office sent it back; nothing for one that was never sent."""
    row = found.transitions.filter(target=RequestState.DRAFT).exclude(reason="").last()
    return row.reason if row else ""


# --- writing ----------------------------------------------------------------------------------------


@never_cache
@GET_OR_POST
def new(request: HttpRequest) -> HttpResponse:
    """What a request is and what it needs; logged in, the form itself."""
    if not request.user.is_authenticated:
        context = {"parameters": request_parameters(now())}
        return render(request, "consultations/requests/about.html", context)
    return write(request, ConsultationRequest())


@login_required
@never_cache
@GET_OR_POST
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(ConsultationRequest.objects.of_person(request.user), pk=pk)
    if found.state != RequestState.DRAFT:
        return redirect(found)
    return write(request, found)


def write(request: HttpRequest, found: ConsultationRequest) -> HttpResponse:
    organization = request.organization or None
    form = RequestForm(
        request.POST if request.method == "POST" else None, instance=found, organization=organization
    )
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_request(
                form.save(), districts=form.cleaned_data["districts"], by=request.user, at=now()
            )
            if "send" in request.POST:
                actions.send_request(saved, by=request.user, at=now())
                messages.success(
                    request, _("Wysłaliśmy wniosek do urzędu. Napiszemy, gdy będzie można go popierać.")
                )
            else:
                messages.success(request, _("Zapisano szkic."))
        except LawBreached as refused:
            for breach in refused.breaches:
                form.add_error(breach.field if breach.field in form.fields else None, str(breach.message))
        else:
            return redirect(saved)
    context = {
        "form": form,
        "found": found,
        "has_errors": form.is_bound and not form.is_valid(),
        "parameters": request_parameters(now()),
    }
    return render(request, "consultations/requests/write.html", context)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(ConsultationRequest.objects.of_person(request.user), pk=pk)
    try:
        actions.withdraw_request(found, by=request.user, at=now())
    except MoveRefused:
        messages.error(request, _("Tego wniosku nie można już wycofać: urząd go rozpatruje."))
    else:
        messages.success(request, _("Wycofano wniosek."))
    return redirect("consultations:requests" if not found.is_public else found)


# --- supporting -------------------------------------------------------------------------------------


@never_cache
@GET_OR_POST
def support(request: HttpRequest, pk: int) -> HttpResponse:
    """A person types their address; an organisation presses a button."""
    found = get_object_or_404(ConsultationRequest.objects.published(), pk=pk)
    if not found.takes_support_on(today()):
        messages.error(request, _("Ten wniosek nie zbiera teraz poparcia."))
        return redirect(found)
    if found.initiator == Initiator.NGO:
        return support_together(request, found)
    form = SupportForm(request.POST if request.method == "POST" else None, consultation_request=found)
    if request.method == "POST" and form.is_valid():
        if is_too_often(request, "request-support", limit=OFTEN, within=WITHIN):
            form.add_error(None, _("Z Twojego adresu wysłano już dużo poparć. Spróbuj za godzinę."))
        elif asked(form, found):
            return redirect("consultations:support_asked", pk=found.pk)
    context: dict[str, Any] = {
        "form": form,
        "found": found,
        "has_errors": form.is_bound and not form.is_valid(),
    }
    return render(request, "consultations/requests/support.html", context)


def asked(form: SupportForm, found: ConsultationRequest) -> bool:
    data = form.cleaned_data
    try:
        actions.ask_support(
            found,
            name=data["name"],
            email=data["email"],
            district=data["district"],
            wants_answer=data["wants_answer"],
            at=now(),
        )
    except LawBreached as refused:
        form.add_error(None, " ".join(str(breach.message) for breach in refused.breaches))
        return False
    return True


def support_together(request: HttpRequest, found: ConsultationRequest) -> HttpResponse:
    organization = request.organization or None
    if request.method == "POST" and organization:
        try:
            actions.support_as_organization(found, organization, by=request.user, at=now())
        except LawBreached as refused:
            messages.error(request, " ".join(str(breach.message) for breach in refused.breaches))
        else:
            messages.success(
                request, _("Organizacja %(name)s popiera ten wniosek.") % {"name": organization.name}
            )
        return redirect(found)
    context = {"found": found, "organization": organization}
    return render(request, "consultations/requests/support_together.html", context)


def support_asked(request: HttpRequest, pk: int) -> HttpResponse:
    """The same answer whether the address was known or not."""
    found = get_object_or_404(ConsultationRequest.objects.published(), pk=pk)
    return render(request, "consultations/requests/support_asked.html", {"found": found})


@never_cache
@GET_OR_POST
def confirm_support(request: HttpRequest, token: str) -> HttpResponse:
    """Asks on GET, which mail programs call by themselves, and counts on POST."""
    if request.method == "POST":
        confirmed = actions.confirm_support(token, at=now())
        if confirmed is not None:
            messages.success(request, _("Dziękujemy. Twój głos jest policzony."))
            return redirect(confirmed.request)
    found = actions.find_support(token, at=now())
    context = {"support": found, "found": found.request if found else None}
    response = render(request, "consultations/requests/confirm.html", context, status=200 if found else 404)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
