"""An offer as the rules see it: rows turned into plain facts."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from core.common.clock import local_day
from core.documents.models import Attachment
from core.legal import parameters
from organizations.enums import State as ProfileState

from ..enums import FILED_STATES, Form
from ..law import intake as law_of_intake
from ..law import offers as law
from .legal_facts import windows_of
from .versions import CallVersion


def offer_facts(offer: Any, at: datetime, *, is_filing: bool = True) -> law.OfferFacts:
    """Everything that the rules of writing and filing ask about, at the moment a request came in."""
    sections = sections_of(offer)
    deadline = deadline_at(offer.call, at) if is_filing else offer.call.offers_due_at
    return law.OfferFacts(
        at=at,
        sections=sections,
        content=law.OfferContent.from_sections(sections),
        limits=limits_of(offer, at),
        parties=parties_of(offer, is_filing=is_filing),
        state=offer.state,
        call_state=offer.call.state,
        deadline=deadline,
        intake=offer.call.intake_by(at, deadline) if is_filing else None,
        round_ends_at=round_end(offer, deadline) if is_filing else None,
        call_spheres=numbers(offer.call.spheres) if is_filing else frozenset(),
        parts=tuple(str(part.pk) for part in offer.call.parts.all()),
        has_part=offer.part_id is not None,
        missing_files=missing_files(offer),
    )


def sections_of(offer: Any) -> dict[str, Any]:
    """The draft, ``{section key: content}``; uses prefetched rows."""
    return {section.key: section.content for section in offer.sections.all()}


def limits_of(offer: Any, at: datetime) -> law.OfferLimits:
    """The limits of the call; its part's own ones go first."""
    call, part, on = offer.call, offer.part, local_day(at)

    def own(name: str) -> Any:
        value = getattr(part, name, None) if part else None
        return getattr(call, name) if value in (None, "") else value

    pool = part.budget if part and part.budget is not None else call.budget_total
    return law.OfferLimits(
        form=Form(call.form),
        mode=call.mode,
        pool=pool,
        is_pool_approximate=call.is_budget_approximate,
        min_grant=own("min_grant"),
        max_grant=own("max_grant"),
        min_own_percent=call.min_own_contribution_percent,
        max_cofinancing_percent=call.max_cofinancing_percent,
        admin_cost_percent=call.admin_cost_percent,
        admin_cost_standard=parameters.value("admin_cost_standard", on=on),
        servicing_percent=parameters.value("offer_servicing_share", on=on),
        task_from=whole_day(own("task_from"), is_end=False),
        task_to=whole_day(own("task_to"), is_end=True),
        offers_per_applicant=call.offers_per_applicant,
        texts=answer_limits(call.answer_limits),
        text_length=parameters.days("offer_answer_length", on=on),
        line_length=parameters.days("offer_line_length", on=on),
        are_indicators_waived=call.are_indicators_waived,
    )


def answer_limits(given: Any) -> dict[str, int]:
    """The call's own limits, those that are whole numbers above zero."""
    found = given.items() if isinstance(given, dict) else ()
    return {str(key): value for key, value in found if isinstance(value, int) and value > 0}


def whole_day(partial: str, *, is_end: bool) -> date | None:
    """The first or last day that »2026«, »2026-09« or »2026-09-01« allows; None when it is unknown."""
    try:
        numbers = [int(part) for part in (partial or "").split("-")]
        if len(numbers) == 3:
            return date(*numbers)
        if len(numbers) == 1:
            return date(numbers[0], 12, 31) if is_end else date(numbers[0], 1, 1)
        year, month = numbers
        following = date(year + month // 12, month % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1) if is_end else date(year, month, 1)
    except ValueError:
        return None


def deadline_at(call: Any, at: datetime) -> datetime | None:
    """The end of the intake that was in force at a moment: a later change of the notice does not reach back."""
    later = CallVersion.objects.filter(call=call, at__gt=at, changes__has_key="offers_due_at").order_by(
        "number"
    )
    first = later.first()
    if first is None:
        return call.offers_due_at
    before = first.changes["offers_due_at"][0]
    return datetime.fromisoformat(before) if before else None


def round_end(offer: Any, deadline: datetime | None) -> datetime | None:
    """The end of the round in which a filed offer came in; after it nothing changes."""
    if offer.filed_at is None or not offer.is_filed:
        return None
    return law_of_intake.intake_at(offer.filed_at, deadline=deadline, windows=windows_of(offer.call)).cutoff


def numbers(spheres: Any) -> frozenset[str]:
    """The points of art. 4(1)."""
    return frozenset(spheres.values_list("statutory_no", flat=True))


def parties_of(offer: Any, *, is_filing: bool = True) -> tuple[law.Party, ...]:
    """The leader first, then everybody who was invited."""
    partners = list(offer.partners.all())
    parties = [offer.organization_id, *(p.organization_id for p in partners)]
    filed = filed_counts(offer, parties) if is_filing else Counter()
    leader = _party(
        offer.organization,
        filed,
        is_leader=True,
        spheres=numbers(offer.organization.spheres) if is_filing else frozenset(),
    )
    return leader, *(
        _party(
            partner.organization,
            filed,
            has_accepted=partner.accepted_at is not None,
            has_declined=partner.declined_at is not None,
            has_left=partner.left_at is not None,
        )
        for partner in partners
    )


def _party(organization: Any, filed: Counter, **facts: Any) -> law.Party:
    return law.Party(
        organization_id=organization.pk,
        name=organization.name,
        excluded_as=excluded_as(organization),
        filed_offers=filed[organization.pk],
        is_stale=organization.state == ProfileState.STALE,
        **facts,
    )


def excluded_as(organization: Any) -> str:
    """Why the organisation may not be commissioned (R-ORG-04); empty for all others."""
    if organization.is_eligible_for_grants:
        return ""
    return str(organization.get_exclusion_display() or _("podmiot spoza art. 3 ust. 2 i 3"))


def filed_counts(offer: Any, organizations: Iterable[int]) -> Counter:
    """How many other filed offers of the call each organisation leads or takes part in."""
    wanted = set(organizations)
    others = type(offer)._base_manager.filter(call=offer.call_id, state__in=FILED_STATES).exclude(pk=offer.pk)
    led = others.filter(organization__in=wanted).order_by().values_list("organization", flat=True)
    joined = others.filter(
        partners__organization__in=wanted,
        partners__accepted_at__isnull=False,
        partners__left_at=None,
    )
    shared = joined.order_by().values_list(F("partners__organization"), flat=True)
    return Counter(led.union(shared, all=True))


def missing_files(offer: Any) -> tuple[str, ...]:
    """Required annexes of the call that are neither attached nor declared not to apply."""
    required = [str(name) for name in offer.call.attachments_required or []]
    if not required:
        return ()
    there = set(Attachment.objects.of(offer).current().values_list("title", flat=True))
    return tuple(name for name in required if name[:200] not in there and name not in offer.waived_files)
