"""A filed offer as the rules of the formal check see it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from core.documents.models import Attachment
from organizations.law import is_eligible_for_grants
from organizations.permissions import is_representative

from ..enums import FILED_STATES, OfferState
from ..law.formal import FormalFacts, HintFacts, Marked, OfferCounts, Request
from ..papers.form import BY_KEY, empty_fields, missing_declarations, sections_of
from ..papers.sums import sources_of
from .formal import CallFormalItem, CorrectionRequest, FormalAnswer, FormalRejection
from .offers import Offer

# Where an offer stands once the formal check has let it through.
PASSED = [
    state
    for state in FILED_STATES
    if state
    not in (
        OfferState.SUBMITTED,
        OfferState.CORRECTION_REQUESTED,
        OfferState.CORRECTED,
        OfferState.FORMALLY_REJECTED,
    )
]


def formal_facts_of(offer: Any, at: datetime) -> FormalFacts:
    """The card with its marks, the request and the reason, as they are stored at the moment."""
    marks = dict(FormalAnswer.objects.filter(offer=offer).values_list("item_id", "mark"))
    items = CallFormalItem.objects.filter(call=offer.call_id)
    request = CorrectionRequest.objects.filter(offer=offer).prefetch_related("items").first()
    rejection = FormalRejection.objects.filter(offer=offer).select_related("reason").first()
    return FormalFacts(
        at=at,
        state=offer.state,
        call_state=offer.call.state,
        intake=offer.call.intake,
        items=tuple(Marked(i.code, i.text, i.is_correctable, marks.get(i.pk, "")) for i in items),
        request=request
        and Request(request.due_at, tuple((str(i.item_id), i.what) for i in request.items.all())),
        reason_code=rejection.reason.code if rejection else "",
    )


def counts_of(call: Any) -> OfferCounts:
    """How far the formal check of a call has come; one query."""
    counted = Offer.objects.filter(call=call, state__in=FILED_STATES).aggregate(
        filed=Count("pk"),
        accepted=Count("pk", filter=Q(state__in=PASSED)),
        rejected=Count("pk", filter=Q(state=OfferState.FORMALLY_REJECTED)),
    )
    return OfferCounts(**counted)


def hint_facts_of(offer: Offer) -> HintFacts:
    """What the portal knows of the newest version, of the applicant and of the call."""
    call, organization = offer.call, offer.organization
    version = offer.versions.last()
    content = version.content if version else {}
    task = sections_of(content)["task"]
    money = sources_of(content)
    part = offer.part
    return HintFacts(
        filed_at=offer.filed_at,
        deadline=call.offers_due_at,
        is_eligible=is_eligible_for_grants(organization.entity_class, organization.exclusion),
        is_signed=offer.filed_by is not None and is_representative(offer.filed_by, organization),
        has_sphere=_shares_sphere(call, organization),
        is_on_template=version is not None and _has_all_parts(content),
        empty_fields=tuple(empty_fields(content)),
        task_from=day_of(task.get("starts_on")),
        task_to=day_of(task.get("ends_on")),
        call_from=edge_of(call.task_from, is_last=False),
        call_to=edge_of(call.task_to, is_last=True),
        requested=money.grant,
        total=money.total,
        own=money.own,
        min_grant=part.min_grant if part and part.min_grant is not None else call.min_grant,
        max_grant=part.max_grant if part and part.max_grant is not None else call.max_grant,
        pool=part.budget if part and part.budget is not None else call.budget_total,
        min_own_percent=call.min_own_contribution_percent,
        max_cofinancing_percent=call.max_cofinancing_percent,
        annexes_required=tuple(call.attachments_required or ()),
        annexes=Attachment.objects.of(offer).current().count(),
        missing_declarations=tuple(missing_declarations(content)),
        offers=_offers_of_applicant(offer),
        offers_limit=call.offers_per_applicant,
    )


def _shares_sphere(call: Any, organization: Any) -> bool:
    wanted: Iterable[int] = call.spheres.values_list("pk", flat=True)
    return organization.spheres.filter(pk__in=wanted).exists()


def _has_all_parts(content: dict[str, Any]) -> bool:
    optional = {"split"}
    return set(BY_KEY) - optional <= set(content.get("sections", {}))


def _offers_of_applicant(offer: Offer) -> int:
    filed = Offer.objects.filter(call=offer.call_id, state__in=FILED_STATES)
    return filed.of_organization(offer.organization).count()


def day_of(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def edge_of(partial: str, *, is_last: bool) -> date | None:
    """The first or the last day that »2026«, »2026-05« or »2026-05-03« allows."""
    parts = [int(part) for part in (partial or "").split("-") if part.isdigit()]
    if not parts:
        return None
    if len(parts) == 3:
        return day_of(partial)
    if not is_last:
        return date(*(parts + [1, 1])[:3])
    year, month = (parts[0] + 1, 1) if len(parts) == 1 else (parts[0] + parts[1] // 12, parts[1] % 12 + 1)
    return date.fromordinal(date(year, month, 1).toordinal() - 1)


__all__ = ["PASSED", "counts_of", "day_of", "edge_of", "formal_facts_of", "hint_facts_of"]
