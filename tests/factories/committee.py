"""Calls in merit evaluation with filed offers, a pool, a committee that has declared, and cards."""

import hashlib
import itertools
from decimal import Decimal
from typing import Any

from competitions import actions
from competitions.actions import committee as acts
from competitions.enums import MemberRole, OfferState, Seat, State, VersionKind
from competitions.models import (
    Call,
    Committee,
    CommitteeCandidate,
    CommitteeMember,
    Offer,
    OfferPartner,
    OfferVersion,
    ScoreCard,
)
from core.common.clock import now
from core.legal.workflow import start
from organizations.models import Organization
from tests.factories import competitions as calls
from tests.factories import organizations as registry

_numbers = itertools.count(1)
WHY = "Oferta odpowiada na potrzebę z diagnozy i pokazuje, jak ją zaspokoi."

SECTIONS: dict[str, Any] = {
    "task": {
        "title": "Spacery sąsiedzkie",
        "starts_on": "2026-09-01",
        "ends_on": "2026-12-31",
        "place": "Kraków",
        "target_group": "40 osób 60+",
        "needs": "Osoby starsze rzadko wychodzą z domu.",
        "complementarity": "",
    },
    "plan": {"actions": [{"id": "a1", "name": "Spacery", "description": "Co tydzień."}]},
    "results": {"effects": "40 osób w ruchu", "indicators": [{"id": "i1", "name": "osoby", "target": "40"}]},
    "capacity": {"human": "dwie osoby"},
    "costs": {
        "rows": [{"id": "k1", "action_id": "a1", "name": "Opiekun", "unit_cost": "100", "quantity": "200"}]
    },
    "sources": {"grant": "18000.00", "own_financial": "2000.00"},
}


def filed_offer(
    call: Call,
    organization: Organization | None = None,
    *,
    partners: tuple[Organization, ...] = (),
    state: str = OfferState.FORMALLY_OK,
    requested: str = "18000.00",
    **fields: Any,
) -> Offer:
    """An offer in the hands of the office, formally correct unless told otherwise."""
    number = next(_numbers)
    at = now()
    offer = Offer.objects.create(
        call=call,
        organization=organization or registry.verified(),
        state=state,
        title=fields.pop("title", f"Spacery sąsiedzkie {number}"),
        number=f"{call.pk}/{number}",
        started_at=at,
        updated_at=at,
        filed_at=at,
        total_cost=Decimal("20000.00"),
        requested_amount=Decimal(requested),
        **fields,
    )
    start(offer, by=None, at=at)
    content = {"schema": 1, "sections": SECTIONS, "attachments": []}
    checksum = hashlib.sha256(repr(content).encode()).hexdigest()
    OfferVersion.objects.create(
        offer=offer, number=1, kind=VersionKind.FILED, content=content, checksum=checksum, received_at=at
    )
    for partner in partners:
        OfferPartner.objects.create(offer=offer, organization=partner, invited_at=at, accepted_at=at)
    return offer


def candidate(*, organization: Organization | None = None, user=None, **fields: Any) -> CommitteeCandidate:
    """Somebody in the pool, named by an organisation that has nothing to do with anything else."""
    user = user or registry.person(full_name=f"Osoba Kandydująca {next(_numbers)}")
    profile = acts.Profile(
        full_name=user.full_name,
        experience="Oceniam projekty od pięciu lat.",
        spheres=fields.pop("spheres", None) or [registry.sphere()],
        organizations=fields.pop("organizations", []),
        has_full_rights=True,
        has_consented=True,
    )
    made = acts.apply(profile, naming_organization=organization, by=user, at=now(), **fields)
    return acts.accept(made, by=None, at=now())


def committee(call: Call, *, ngo: Organization | None = None, office: int = 2) -> Committee:
    """An appointed committee: the chair and another person of the office, one person named by an NGO."""
    made = acts.open_committee(call, by=None, at=now())
    for number in range(office):
        role = MemberRole.CHAIR if number == 0 else MemberRole.MEMBER
        user = registry.person(full_name=f"Osoba z Urzędu {next(_numbers)}")
        acts.add_member(made, user=user, seat=Seat.OFFICE, role=role, by=None, at=now())
    acts.add_member(made, candidate=candidate(organization=ngo), seat=Seat.NGO, by=None, at=now())
    return acts.appoint(made, ordinance_number="77/2026", by=None, at=now())


def declare(member: CommitteeMember, conflicts=None):
    return acts.declare(member, conflicts=conflicts or {}, is_confirmed=True, by=member.user, at=now())


def judged_call(*, offers: int = 2, state: State = State.MERIT_EVALUATION, **values: Any) -> Call:
    """A call in merit evaluation with offers and a committee that has declared and has its cards."""
    call = calls.call_in(state, **values)
    for _number in range(offers):
        filed_offer(call)
    ready(call)
    return call


def ready(call: Call) -> Committee:
    made = committee(call)
    for member in made.members.sitting():
        declare(member)
    acts.assign(made, by=None, at=now())
    call.refresh_from_db()
    return made


def typed(call: Call, *points: str) -> dict[int, acts.Typed]:
    """Rows of a card: points for each criterion in order, each with a reason that is long enough."""
    rows = zip(call.criteria.all(), points, strict=True)
    return {one.pk: acts.Typed(points=Decimal(value), justification=WHY) for one, value in rows}


def score(card: ScoreCard, *points: str) -> ScoreCard:
    """Fills in and signs a card."""
    by = card.member.user
    assert acts.save_card(card, typed(card.offer.call, *points), by=by, at=now()) == []
    return acts.sign_card(card, by=by, at=now())


def scored_call(*means: tuple[str, str], **values: Any) -> Call:
    """Every offer scored by all with the same points (quality up to 60, costs up to 40), a meeting held."""
    means = means or (("50", "35"), ("40", "30"))
    call = judged_call(offers=len(means), **values)
    for offer, points in zip(call.offers.order_by("pk"), means, strict=True):
        for card in offer.cards.all():
            score(card, *points)
    hold_meeting(call.committee)
    return call


def hold_meeting(made: Committee):
    at = now()
    meeting = acts.plan_meeting(made, starts_at=at, place="sala 12", by=None, at=at)
    present = [member.pk for member in made.members.sitting()]
    return acts.record_meeting(meeting, present=present, notes="Omówiono oferty.", by=None, at=at)


def propose(call: Call) -> None:
    """Saves the proposal that follows from ranking and pool."""
    from competitions import law
    from competitions.queries import committee as queries

    rows = law.propose(queries.ranked(call), queries.pool_of(call), minimum=call.minimum_score)
    acts.save_proposal(call.committee, rows, reason="", by=None, at=now())


def decided_call(*means: tuple[str, str], **values: Any) -> Call:
    """Decided, with the ordinance's number, the moment before the results are public."""
    call = scored_call(*means, **values)
    propose(call)
    actions.record_committee_opinion(call, by=None, at=now())
    actions.record_decision(call, by=None, at=now())
    call.result.ordinance_number = "1234/2026"
    call.result.save()
    return calls.publish(call, calls.Purpose.RESULTS)


def resolved_call(*means: tuple[str, str], **values: Any) -> Call:
    call = decided_call(*means, **values)
    actions.publish_results(call, by=None, at=now())
    call.refresh_from_db()
    return call
