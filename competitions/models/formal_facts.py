"""A filed offer as the rules of the formal check see it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from organizations.law import is_eligible_for_grants
from organizations.permissions import is_representative

from ..enums import FILED_STATES, OfferState
from ..law.facts import OfferCounts
from ..law.formal import FormalFacts, Marked, Request
from ..law.formal_hints import HintFacts
from ..law.offers import OfferContent, template
from ..law.offers.values import ZERO, mapping, rows
from .formal import CallFormalItem, CorrectionRequest, FormalAnswer, FormalRejection
from .offer_facts import missing_files
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
    sections = mapping(mapping(version.content if version else {}).get("sections"))
    content = OfferContent.from_sections(sections)
    part = offer.part
    return HintFacts(
        filed_at=offer.filed_at,
        deadline=call.offers_due_at,
        is_eligible=is_eligible_for_grants(organization.entity_class, organization.exclusion),
        is_signed=None if offer.filed_by is None else is_representative(offer.filed_by, organization),
        has_sphere=_shares_sphere(call, organization),
        is_on_template=version is not None and _has_all_parts(sections),
        empty_fields=tuple(empty_fields(sections)),
        task_from=content.task.starts_on,
        task_to=content.task.ends_on,
        call_from=edge_of(call.task_from, is_last=False),
        call_to=edge_of(call.task_to, is_last=True),
        requested=content.sources.grant,
        total=content.costs.total,
        own=content.sources.own or ZERO,
        min_grant=part.min_grant if part and part.min_grant is not None else call.min_grant,
        max_grant=part.max_grant if part and part.max_grant is not None else call.max_grant,
        pool=part.budget if part and part.budget is not None else call.budget_total,
        min_own_percent=call.min_own_contribution_percent,
        max_cofinancing_percent=call.max_cofinancing_percent,
        annexes_required=tuple(call.attachments_required or ()),
        annexes_missing=missing_files(offer),
        missing_declarations=tuple(_missing_declarations(content)),
        offers=_offers_of_applicant(offer),
        offers_limit=call.offers_per_applicant,
    )


def _shares_sphere(call: Any, organization: Any) -> bool:
    wanted: Iterable[int] = call.spheres.values_list("pk", flat=True)
    return organization.spheres.filter(pk__in=wanted).exists()


def _has_all_parts(sections: Mapping[str, Any]) -> bool:
    return all(section.key in sections for section in template.SECTIONS if section.key != "split")


def empty_fields(sections: Mapping[str, Any]) -> Iterator[str]:
    """What the form asks for and the offer leaves blank, by its words."""
    for section in template.SECTIONS:
        content = mapping(sections.get(section.key))
        for question in section.questions:
            if question.is_required and not str(content.get(question.name) or "").strip():
                yield str(question.label)
        table = section.table
        if table and not table.is_fixed and not rows(content.get(table.name)):
            yield str(section.title)


def _missing_declarations(content: OfferContent) -> list[str]:
    """Numbers of part VII that were not declared."""
    made = content.declarations.statements
    return [
        f"VII.{n}" for n, question in enumerate(template.STATEMENTS, start=1) if question.name not in made
    ]


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
        return date(*[*parts, 1, 1][:3])
    year, month = (parts[0] + 1, 1) if len(parts) == 1 else (parts[0] + parts[1] // 12, parts[1] % 12 + 1)
    return date.fromordinal(date(year, month, 1).toordinal() - 1)


__all__ = ["PASSED", "counts_of", "day_of", "edge_of", "formal_facts_of", "hint_facts_of"]
