"""Calls for everybody: the list, one call, its calendar and its results as files."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core.common import formats
from core.common.clock import local_day, now
from core.common.dates import DatedThing, ical_response
from core.common.exports import csv_response
from core.common.listing import Chip, FeedItem, RecordList, Sort, chips_of
from core.common.polish import fold
from core.common.sites import absolute
from core.documents.queries import public_attachments_of
from core.legal import parameters
from organizations.enums import PUBLIC_STATES as ORGANIZATION_STATES

from .. import law, queries
from ..enums import Origin, Outcome, Phase
from ..exports import AWARD_COLUMNS, COLUMNS, awards_of
from ..filters import CallFilter
from ..models import Call
from ..models.call import NEAREST_FIRST
from . import shown
from .intake import shown_intake

RANGES = ("kwota", "termin")
LARGEST = Coalesce("max_grant", "budget_total").desc(nulls_last=True)


class CallList(RecordList):
    template_name = "competitions/list.html"
    is_for_everybody = True
    filterset_class = CallFilter
    columns = COLUMNS
    export_name = "konkursy"
    title = gettext_lazy("Konkursy i nabory")
    sorts = (
        Sort("termin", gettext_lazy("od najbliższego terminu"), NEAREST_FIRST),
        Sort("dotacja", gettext_lazy("od najwyższej dotacji"), (LARGEST, "-pk")),
        Sort("najnowsze", gettext_lazy("od najnowszych"), (F("dated_on").desc(nulls_last=True), "-pk")),
    )

    def get_queryset(self):
        return queries.public_list(now())

    def as_file(self, wanted: str, rows) -> HttpResponse:
        if wanted in ("csv", "json", "xlsx"):
            rows = rows.select_related("unit", "result").prefetch_related("units", "spheres")
        return super().as_file(wanted, rows)

    def things(self, rows) -> Iterable[DatedThing]:
        return (queries.as_thing(call) for call in rows if call.offers_due_at)

    def feed_items(self, rows) -> Iterable[FeedItem]:
        return (feed_item(call) for call in rows[:50])

    def extra_context(self, filterset, rows) -> dict[str, Any]:
        chips = [*chips_of(filterset, self.request), *self.range_chips(filterset)]
        counts, pool = filterset.counts()
        self.show_counts(filterset.form, counts)
        return {"chips": chips, "pool": pool, "year": now().year}

    def show_counts(self, form, counts: dict[str, dict[str, int]]) -> None:
        """Puts »(7)« behind each option; those that give nothing are left out, unless they are chosen."""
        for name, found in counts.items():
            chosen = self.request.GET.getlist(name)
            form.fields[name].choices = [
                (value, format_html('{} <span class="n">({})</span>', label, found.get(value, 0)))
                for value, label in form.fields[name].choices
                if found.get(value) or value in chosen or name == "status"
            ]

    def range_chips(self, filterset) -> list[Chip]:
        """A range has two inputs, so each end in force has a chip of its own, in words."""
        chosen = (
            filterset.form.cleaned_data if filterset.is_bound and filterset.form.errors is not None else {}
        )
        ends = [
            (name, suffix, value)
            for name in RANGES
            for suffix, value in zip(("od", "do"), chosen.get(name) or (), strict=False)
            if value is not None
        ]
        return [
            Chip(
                filterset.form.fields[name].label,
                range_words(name, suffix, value),
                self.without(f"{name}_{suffix}"),
            )
            for name, suffix, value in ends
        ]

    def without(self, parameter: str) -> str:
        """The address of the list without one parameter."""
        query = self.request.GET.copy()
        for name in (parameter, "page"):
            query.pop(name, None)
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path


def range_words(name: str, suffix: str, value: Any) -> str:
    """»Dotacja od 30 000 zł«, »Koniec naboru do 31 lipca 2026«."""
    words = {
        ("kwota", "od"): _("Dotacja od %(value)s"),
        ("kwota", "do"): _("Dotacja do %(value)s"),
        ("termin", "od"): _("Koniec naboru od %(value)s"),
        ("termin", "do"): _("Koniec naboru do %(value)s"),
    }[name, suffix]
    return words % {"value": formats.zloty(value) if name == "kwota" else formats.day(value)}


def feed_item(call: Call) -> FeedItem:
    words = [
        _("Nabór do: %(deadline)s") % {"deadline": shown.deadline_words(call)} if call.offers_due_at else "",
        _("Pula: %(pool)s") % {"pool": shown.pool_words(call)} if call.budget_total is not None else "",
        call.plain_summary or call.description,
    ]
    return FeedItem(call.title, call.get_absolute_url(), ". ".join(filter(None, words)), call.published_at)


# --- one call -------------------------------------------------------------------------------------


def published_call(slug: str) -> Call:
    return get_object_or_404(queries.for_page(), slug=slug)


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    call, at = published_call(slug), now()
    proofs = queries.proofs_of(call)
    may_ask = not law.question_breaches(
        is_published=True, deadline=call.offers_due_at, questions_until=call.questions_until, at=at
    )
    context = {
        "call": call,
        "is_open": call.phase(at) == Phase.OPEN,
        "stages": shown.stages(call, at),
        "facts": shown.key_facts(call),
        "files": public_attachments_of([call])[call.pk],
        "proofs": proofs,
        "history": shown.history(call, queries.transitions_of(call), queries.public_entries_of(call)),
        "reservation": law.reservation_clause(call.is_based_on_draft_budget),
        "criteria_total": total(call.shown_criteria, "max_points"),
        "may_ask": may_ask,
        "fit_warnings": fit_warnings(request, call),
        "partners": partner_finder(call, at),
        "intake": shown_intake(call, at, is_open=call.phase(at) == Phase.OPEN),
        **question_context(request, call),
        "answer_days": answer_days(at) if may_ask else 0,
        "share_url": absolute(call.get_absolute_url()),
        "og_title": call.title,
        "og_description": call.plain_summary or call.description,
        **(results_context(call) if call.shows_results else {}),
    }
    return render(request, "competitions/detail.html", context)


def partner_finder(call: Call, at: datetime) -> dict[str, Any]:
    """The way to organisations that seek or offer partnership in the call's sphere, while offers are taken."""
    if call.phase(at) != Phase.OPEN or not call.shown_spheres:
        return {}
    only = call.shown_spheres[0]["code"] if len(call.shown_spheres) == 1 else ""
    url, count = reverse("organizations:partners"), call.partner_notices or 0
    return {
        "url": f"{url}?{urlencode({'sfera': only})}" if only else url,
        "count": formats.counted(count, _("ogłoszenie|ogłoszenia|ogłoszeń")) if count else "",
    }


def question_context(request: HttpRequest, call: Call) -> dict[str, Any]:
    """Answered questions, only those with the words looked for when there are any."""
    words = request.GET.get("pytanie", "")[:100].strip()
    found = [
        row
        for row in call.shown_questions
        if all(word in fold(f"{row['text']} {row['answer']}") for word in fold(words).split())
    ]
    return {"questions": found, "question_words": words}


def answer_days(at: datetime) -> int:
    """Within how many working days the unit answers."""
    return parameters.days("call_question_answer", on=local_day(at))


def fit_warnings(request: HttpRequest, call: Call) -> list:
    """R-CALL-03 for the organisation the person acts for; nothing for others."""
    if not request.user.is_authenticated or not request.organization:
        return []
    own = request.organization.spheres.values_list("statutory_no", flat=True)
    return law.profile_warnings([sphere["no"] for sphere in call.shown_spheres], own)


def total(rows: list[dict], column: str) -> Decimal | None:
    """The sum of an amount that every row has; None when one lacks it."""
    amounts = [row[column] for row in rows]
    return sum(map(Decimal, amounts), Decimal(0)) if amounts and None not in amounts else None


def results_context(call: Call) -> dict[str, Any]:
    """Sums, the scale of the scores, and until when anybody may ask for reasons (R-CALL-39)."""
    result = getattr(call, "result", None)
    for award in call.shown_awards:
        is_linked = award["organization_state"] in ORGANIZATION_STATES
        award["url"] = reverse("organizations:detail", args=[award["slug"]]) if is_linked else ""
        award["extra"] = [award[name] for name in ("score_label", "contract_number", "note") if award[name]]
    awarded = [award for award in call.shown_awards if award["outcome"] == Outcome.AWARDED]
    known = [award for award in awarded if award["amount"] is not None]
    return {
        "result": result,
        "awarded_count": result.funded if result and result.funded is not None else len(awarded),
        "awarded_sum": total(known, "amount"),
        "requested_sum": total(call.shown_awards, "requested_amount"),
        "has_scores": any(award["score"] is not None for award in call.shown_awards),
        "score_top": total(call.shown_criteria, "max_points") or 100,
        "has_requests": any(award["requested_amount"] is not None for award in call.shown_awards),
        "justification_until": _justification_until(call, result),
    }


def _justification_until(call: Call, result) -> date | None:
    if result is None or result.published_on is None or call.origin == Origin.IMPORTED:
        return None
    days = parameters.days("justification_request", on=result.published_on)
    return law.justification_until(result.published_on, days=days)


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The dates of one call, for a calendar program."""
    call = get_object_or_404(Call.objects.published().select_related("unit", "result"), slug=slug)
    return ical_response(queries.things_of(call), slug, call.title)


@require_safe
def results_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The offers of the results as CSV, once they are published."""
    call = get_object_or_404(Call.objects.published(), slug=slug)
    if not call.shows_results:
        raise Http404(_("Ten konkurs nie ma jeszcze wyników."))
    return csv_response(awards_of(call), AWARD_COLUMNS, f"wyniki-{call.slug}"[:80])
