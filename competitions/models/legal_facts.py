"""A call as the rules see it: rows turned into plain facts."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from core.common.clock import local_day
from core.documents.models import PublicationProof
from core.legal import parameters

from ..enums import Form, Intake
from ..law import CallFacts, Money, OfferCounts, OfferResult, Results, relative_deadline


def facts_of(call: Any, at: datetime) -> CallFacts:
    """Everything the rules of the state table ask about, with the legal parameters in force."""
    published = publications_of(call)
    on = local_day(at)
    return CallFacts(
        at=at,
        offer_days=parameters.days("offer_period", on=on),
        is_strict=bool(parameters.days("offer_deadline_strict", on=on)),
        admin_cost_standard=parameters.value("admin_cost_standard", on=on),
        state=call.state,
        mode=call.mode,
        form=call.form,
        intake=call.intake,
        deadline=deadline_of(call, published.get("notice", {}).values()),
        relative_days=call.relative_days,
        filled=filled_elements(call),
        is_based_on_draft_budget=call.is_based_on_draft_budget,
        has_cancellation_reservation=bool(call.cancellation_reservation.strip()),
        publications=published,
        money=money_of(call),
        results=results_of(call),
        offers=offer_counts(call),
    )


def publications_of(call: Any) -> dict[str, dict[str, date]]:
    """Purpose → place → the latest day on which it was recorded as published there."""
    found: dict[str, dict[str, date]] = {}
    for proof in PublicationProof.objects.of(call):
        days = found.setdefault(proof.purpose, {})
        days[proof.place] = max(proof.published_on, days.get(proof.place, proof.published_on))
    return found


def deadline_of(call: Any, published_on: Iterable[date]) -> datetime | None:
    """The stated deadline, or the one counted from the last publication."""
    days = list(published_on)
    if call.intake == Intake.RELATIVE and call.relative_days and days:
        return relative_deadline(days, call.relative_days)
    return call.offers_due_at


def filled_elements(call: Any) -> frozenset[str]:
    """Keys of the elements of the notice that are there (``law.notice.ELEMENTS`` and ``LAYOUT``)."""
    texts = {
        "title": call.title,
        "place": call.place,
        "goal": call.goal,
        "eligibility": call.eligibility,
        "conditions": call.conditions,
        "accessibility": call.accessibility,
        "procedure": call.selection_procedure,
        "plain_summary": call.plain_summary,
        "submission": call.submission_system or call.submission_url,
        "contact": call.contact,
        "committee": call.committee_call,
        "privacy": call.information_clause,
        "cancellation": call.cancellation_reservation,
    }
    is_saved = call.pk is not None
    note = bool(call.prior_funding_note.strip())
    others = {
        "unit": call.unit_id is not None,
        "sphere": bool(call.sphere_label.strip()) or (is_saved and call.spheres.exists()),
        "form": call.form != Form.UNKNOWN,
        "budget": call.budget_total is not None,
        "task_period": bool((call.task_from and call.task_to) or call.task_period_note),
        "criteria": is_saved and call.criteria.exists(),
        "decision_date": call.results_planned_on is not None,
        "prior_current": call.prior_funding_current_year is not None or note,
        "prior_previous": call.prior_funding_previous_year is not None or note,
    }
    return frozenset(
        [key for key, text in texts.items() if text.strip()]
        + [key for key, is_there in others.items() if is_there]
    )


def money_of(call: Any) -> Money:
    return Money(
        total=call.budget_total,
        is_approximate=call.is_budget_approximate,
        by_year=_amounts(call, "budget_years", "amount"),
        by_source=_amounts(call, "budget_sources", "amount"),
        by_part=_amounts(call, "parts", "budget"),
        min_grant=call.min_grant,
        max_grant=call.max_grant,
        min_own_percent=call.min_own_contribution_percent,
        max_cofinancing_percent=call.max_cofinancing_percent,
        admin_cost_percent=call.admin_cost_percent,
    )


def _amounts(call: Any, rows: str, column: str) -> tuple[Decimal, ...]:
    """The amounts of the rows; a list with a gap cannot be summed, so it counts as none."""
    amounts = [] if call.pk is None else list(getattr(call, rows).values_list(column, flat=True))
    return () if None in amounts else tuple(amounts)


def offer_counts(call: Any) -> OfferCounts:
    """Read late: offers stand above the call."""
    from .formal_facts import counts_of

    return OfferCounts() if call.pk is None else counts_of(call)


def results_of(call: Any) -> Results:
    """As the office wrote them down; before that, what the formal check in the portal says (R-CALL-40)."""
    result = getattr(call, "result", None)
    if result is None:
        counts = offer_counts(call)
        return Results(counts.filed, counts.rejected) if counts.filed else Results()
    offers = (
        OfferResult(o.organization_name, o.title, o.outcome, o.amount, o.requested_amount, o.score)
        for o in result.awards.all()
    )
    return Results(result.offers_submitted, result.formally_rejected, tuple(offers), call.minimum_score)
