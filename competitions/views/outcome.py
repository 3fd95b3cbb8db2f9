"""Committee and results of a call for everybody: numbers, ranking, cards without names, questions for reasons."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from core.common.antispam import is_too_often
from core.common.clock import local_day, now
from core.common.exports import json_response
from core.common.listing import LICENCE, RecordList, Sort
from core.legal.rules import LawBreached
from organizations.enums import PUBLIC_STATES as ORGANIZATION_STATES

from ..actions import committee as actions
from ..actions.committee.candidates import recruitment_end
from ..actions.committee.reasons import asking_until
from ..enums import Outcome, Seat, State
from ..exports import AWARD_COLUMNS, REJECTED_COLUMNS, awards_of
from ..forms.committee import ReasonsForm
from ..models import Award, Call, Committee, CommitteeDraw, RejectedOffer
from ..queries import committee as queries
from .committee import add_breaches

NOTHING = Decimal(-1)
# Key in the address → (label, what to order by, from the highest).
ORDERS: dict[str, tuple[Any, Callable[[Award], Any], bool]] = {
    "punkty": (gettext_lazy("Punkty"), lambda a: a.score if a.score is not None else NOTHING, True),
    "organizacja": (
        gettext_lazy("Organizacja i tytuł oferty"),
        lambda a: a.organization_name.casefold(),
        False,
    ),
    "wnioskowano": (gettext_lazy("Wnioskowano"), lambda a: a.requested_amount or NOTHING, True),
    "przyznano": (gettext_lazy("Przyznano"), lambda a: a.amount or NOTHING, True),
}


def published_or_404(slug: str) -> Call:
    rows = Call.objects.published().select_related("unit", "result", "committee")
    return get_object_or_404(rows, slug=slug)


def resolved_or_404(slug: str) -> Call:
    """A call whose results are public; a second earlier nothing of them is there."""
    call = published_or_404(slug)
    if not call.shows_results or getattr(call, "result", None) is None:
        raise Http404(_("Ten konkurs nie ma jeszcze wyników."))
    return call


# --- all awards -----------------------------------------------------------------------------------


class AwardFilter(django_filters.FilterSet):
    """Of one organisation (by the slug of its profile), or with a word in the title."""

    q = django_filters.CharFilter(
        field_name="title", lookup_expr="icontains", label=gettext_lazy("Tytuł oferty")
    )
    organizacja = django_filters.CharFilter(
        field_name="organization__slug", label=gettext_lazy("Organizacja")
    )

    class Meta:
        model = Award
        fields: tuple[str, ...] = ()


class AwardList(RecordList):
    """Every grant of a call whose results are out, as a list and as open data."""

    template_name = "competitions/committee/awards.html"
    filterset_class = AwardFilter
    columns = AWARD_COLUMNS
    export_name = "dotacje"
    title = gettext_lazy("Dotacje z konkursów")
    sorts = (
        Sort(
            "najnowsze",
            gettext_lazy("od najnowszych"),
            (F("result__call__dated_on").desc(nulls_last=True), "pk"),
        ),
        Sort("kwota", gettext_lazy("od najwyższej kwoty"), (F("amount").desc(nulls_last=True), "pk")),
    )

    def get_queryset(self):
        return Award.objects.published().select_related("result__call", "organization", "offer__part")


# --- the committee --------------------------------------------------------------------------------


@require_safe
def committee(request: HttpRequest, slug: str) -> HttpResponse:
    """How the committee comes together: recruitment, numbers, ordinance, the draw. Never names."""
    call = published_or_404(slug)
    found: Committee | None = getattr(call, "committee", None)
    until = recruitment_end(call) if call.includes_committee_call else None
    is_appointed = found is not None and found.appointed_at is not None
    seats = list(found.members.sitting().values_list("seat", flat=True)) if is_appointed else []
    context = {
        "call": call,
        "committee": found if is_appointed else None,
        "until": until,
        "is_recruiting": bool(call.includes_committee_call)
        and call.state == State.PUBLISHED
        and (until is None or until >= now()),
        "seats": [(seat.label, seats.count(seat)) for seat in Seat if seats.count(seat)],
        "draws": list(CommitteeDraw.objects.filter(committee=found)) if is_appointed else [],
        "has_results": call.shows_results and getattr(call, "result", None) is not None,
    }
    return render(request, "competitions/committee/public.html", context)


# --- results --------------------------------------------------------------------------------------


@require_safe
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """Ranking with points, amounts and reasons; ordered by a link at the head of each column."""
    call = resolved_or_404(slug)
    order = request.GET.get("kolejnosc", "punkty")
    if order not in ORDERS:
        order = "punkty"
    awards = list(Award.objects.filter(result__call=call).select_related("organization", "offer__part"))
    places = _places(awards)
    _label, key, is_reversed = ORDERS[order]
    rows = [
        {"award": award, "place": places.get(award.pk), "url": _organization_url(award)}
        for award in sorted(awards, key=key, reverse=is_reversed)
    ]
    awarded = [
        award.amount for award in awards if award.outcome == Outcome.AWARDED and award.amount is not None
    ]
    context = {
        "call": call,
        "result": call.result,
        "rows": rows,
        "orders": [(name, label, name == order) for name, (label, _key, _rev) in ORDERS.items()],
        "has_cards": any(award.offer_id for award in awards),
        "has_parts": any(award.offer and award.offer.part for award in awards),
        "rejected": list(RejectedOffer.objects.filter(result__call=call)),
        "awarded_sum": sum(awarded, Decimal(0)),
        "requested_sum": sum((award.requested_amount or Decimal(0) for award in awards), Decimal(0)),
        **_asking(call),
        "answers": list(call.reason_requests.published().select_related("award", "rejected")),
    }
    return render(request, "competitions/committee/results.html", context)


def _places(awards: list[Award]) -> dict[int, int]:
    """Places by points; equals share a place."""
    scored = [award for award in awards if award.score is not None]
    return {award.pk: 1 + sum(other.score > award.score for other in scored) for award in scored}


def _organization_url(award: Award) -> str:
    one = award.organization
    return one.get_absolute_url() if one is not None and one.state in ORGANIZATION_STATES else ""


def _asking(call: Call) -> dict[str, Any]:
    until = asking_until(call)
    return {"asking_until": until, "may_ask": until is not None and local_day(now()) <= until}


@require_safe
def results_json(request: HttpRequest, slug: str) -> HttpResponse:
    """Awards and rejected offers with the data dictionary; names of fields as 360Giving has them."""
    call = resolved_or_404(slug)
    rejected = [
        {column.name: column.value(row) for column in REJECTED_COLUMNS}
        for row in RejectedOffer.objects.filter(result__call=call).select_related("offer")
    ]
    dictionary = [
        {"name": column.name, "label": str(column.label), "meaning": str(column.meaning)}
        for column in [*AWARD_COLUMNS, *REJECTED_COLUMNS]
    ]
    extra = {"licence": LICENCE, "call": call.title, "dictionary": dictionary, "rejected": rejected}
    return json_response(awards_of(call), AWARD_COLUMNS, f"wyniki-{call.slug}"[:80], **extra)


@require_safe
def cards(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Points and reasons of one offer, criterion by criterion, and every change after signing; nobody is named."""
    call = resolved_or_404(slug)
    award = get_object_or_404(Award.objects.select_related("offer", "organization"), pk=pk, result__call=call)
    if award.offer is None:
        raise Http404
    shown = queries.public_cards(award.offer)
    context = {
        "call": call,
        "award": award,
        "cards": shown,
        "url": _organization_url(award),
        "table": _by_criterion(call, shown),
        "changes": [(card, change) for card in shown for change in card.changes.all()],
        "most": queries.most_points(call.criteria.all()),
        **_asking(call),
    }
    return render(request, "competitions/committee/cards.html", context)


def _by_criterion(call: Call, shown: list) -> list[dict[str, Any]]:
    """A row for each criterion: its mean over the cards that count, and what each assessor wrote."""
    by_card = {card.pk: {score.criterion_id: score for score in card.scores.all()} for card in shown}
    rows = []
    for one in call.criteria.all():
        scores = [(card, by_card[card.pk].get(one.pk)) for card in shown]
        counted = [
            score.points
            for card, score in scores
            if score and score.points is not None and card.member.seat != Seat.EXPERT
        ]
        mean = (sum(counted, Decimal(0)) / len(counted)).quantize(Decimal("0.01")) if counted else None
        rows.append(
            {"criterion": one, "mean": mean, "scores": [(card, score) for card, score in scores if score]}
        )
    return rows


# --- reasons --------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    call = resolved_or_404(slug)
    asking = _asking(call)
    email = request.user.email if request.user.is_authenticated else ""
    form = ReasonsForm(
        request.POST or None,
        call=call,
        initial={"email": email, "about": request.GET.get("oferta", "")},
    )
    if request.method == "POST" and form.is_valid() and _asked(request, call, form):
        messages.success(request, _("Przyjęliśmy pytanie. Potwierdzenie i odpowiedź wyślemy e-mailem."))
        return redirect("competitions:outcome", slug=call.slug)
    context = {
        "call": call,
        "form": form,
        "page_title": _("Zapytaj o uzasadnienie"),
        "submit_label": _("Wyślij pytanie"),
        "back_url": f"{call.get_absolute_url()}wyniki/",
        **asking,
    }
    return render(request, "competitions/committee/ask_reasons.html", context)


def _asked(request: HttpRequest, call: Call, form: ReasonsForm) -> bool:
    if is_too_often(request, "reasons", limit=10, within=timedelta(hours=1)):
        form.add_error(None, _("Wysłano już wiele pytań z tego miejsca. Spróbuj za godzinę."))
        return False
    try:
        actions.ask_reasons(
            call,
            text=form.cleaned_data["text"],
            email=form.cleaned_data["email"],
            by=request.user,
            at=now(),
            **form.subject(),
        )
    except LawBreached as refused:
        add_breaches(form, refused.breaches)
        return False
    return True
