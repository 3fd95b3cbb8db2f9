"""Reads of committees: what a member may open, what the cards say, what is proposed. Nothing here is public."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth import get_user_model
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from core.common.clock import today
from organizations.models import Mandate, Organization

from .. import law
from ..enums import BlockKind, OfferState, Outcome
from ..models import (
    AwardProposal,
    Call,
    CallCriterion,
    CardScore,
    Committee,
    CommitteeMember,
    ImpartialityDeclaration,
    Offer,
    ScoreCard,
)

# What the committee judges, also once the results have moved the offers on.
JUDGED = [
    state
    for state in OfferState
    if state
    not in (
        OfferState.DRAFT,
        OfferState.WITHDRAWN,
        OfferState.SUBMITTED,
        OfferState.CORRECTION_REQUESTED,
        OfferState.CORRECTED,
        OfferState.FORMALLY_REJECTED,
    )
]


# --- who takes part -------------------------------------------------------------------------------


def parties_of(call: Call) -> list[law.Parties]:
    """Every filed offer with its offeror and accepted partners; one query."""
    accepted = Q(partners__accepted_at__isnull=False, partners__left_at__isnull=True)
    rows = Offer.objects.filter(call=call).filed().order_by("pk")
    joined = rows.annotate(joined=ArrayAgg("partners__organization", filter=accepted, default=[]))
    return [
        law.Parties(pk, frozenset({organization, *partners}), part)
        for pk, organization, part, partners in joined.values_list(
            "pk", "organization_id", "part_id", "joined"
        )
    ]


def organizations_in(call: Call) -> QuerySet[Organization]:
    """Offerors and partners, by name: the list a declaration is made against."""
    everybody: set[int] = set().union(*(one.organizations for one in parties_of(call)))
    return Organization.objects.filter(pk__in=everybody).order_by("name", "pk")


def takes_part(organization_id: int | None, call: Call) -> bool:
    return any(organization_id in one.organizations for one in parties_of(call))


# --- the gate -------------------------------------------------------------------------------------


def seats_of(user) -> QuerySet[CommitteeMember]:
    """A person's seats in appointed committees."""
    rows = CommitteeMember.objects.of_person(user)
    return rows.select_related("committee__call", "candidate").order_by("-committee__appointed_at")


def accesses_of(members: Sequence[CommitteeMember], call: Call) -> dict[int, law.Access]:
    """Member → what the gate says now, from mandates, memberships, who named the person, and declarations."""
    parties = parties_of(call)
    own: dict[int, set[int]] = defaultdict(set)
    mandates = Mandate.objects.in_force(today()).filter(user__in={member.user_id for member in members})
    for user, organization in mandates.values_list("user_id", "organization_id"):
        own[user].add(organization)
    joined: dict[int, set[int]] = defaultdict(set)
    links = CommitteeMember.organizations.through.objects.filter(committeemember__in=members)
    for member, organization in links.values_list("committeemember_id", "organization_id"):
        joined[member].add(organization)
    declared: dict[int, set[int]] = defaultdict(set)
    signed: dict[int, list[int]] = {}
    declarations = ImpartialityDeclaration.objects.filter(member__in=members).order_by("pk")
    # a declaration is never rewritten: of an organisation that was merged it now means the one that stayed
    meant = Coalesce("conflicts__organization__merged_into", "conflicts__organization")
    named = ArrayAgg(meant, filter=Q(conflicts__isnull=False), default=[])
    for member, listed, conflicts in declarations.annotate(named=named).values_list(
        "member_id", "organizations", "named"
    ):
        declared[member].update(conflicts)
        signed[member] = listed
    return {
        member.pk: law.access_of(
            law.Ties(
                named_by=frozenset({member.naming_organization_id} - {None}),
                own=frozenset(own[member.user_id] | joined[member.pk]),
                declared=frozenset(declared[member.pk]),
            ),
            parties,
            frozenset(signed[member.pk]) if member.pk in signed else None,
        )
        for member in members
    }


def access_of(member: CommitteeMember) -> law.Access:
    return accesses_of([member], member.committee.call)[member.pk]


def offers_for(call: Call, access: law.Access) -> QuerySet[Offer]:
    """The offers a member may read: none before the declaration, none behind a conflict."""
    rows = Offer.objects.filter(call=call, state__in=JUDGED).select_related("organization", "part")
    if not access.is_declared or access.is_blocked:
        return rows.none()
    closed = {block.part for block in access.blocks}
    return rows.exclude(part__in=closed) if closed else rows


def is_open_to_member(user, offer: Offer) -> bool:
    """Whether a seat in the committee of its call opens this offer to the person, files included."""
    if not user.is_authenticated or offer.state not in JUDGED:
        return False
    member = seats_of(user).filter(committee__call=offer.call_id).first()
    return member is not None and access_of(member).is_open_to(offer.part_id)


def block_words(block: law.Block, names: dict[int, str]) -> str:
    """»ta osoba działa w organizacji, która bierze udział w konkursie: Fundacja X«."""
    return f"{BlockKind(block.kind).label}: {names.get(block.organization, '')}"


# --- composition ----------------------------------------------------------------------------------


def sitting(committee: Committee) -> list[CommitteeMember]:
    return list(committee.members.sitting().select_related("naming_organization", "user").order_by("pk"))


def as_facts(members: Iterable[CommitteeMember], call: Call) -> list[law.Member]:
    """The committee as the rules see it."""
    everybody: set[int] = set().union(*(one.organizations for one in parties_of(call)))
    return [
        law.Member(
            member.pk,
            member.seat,
            member.role,
            member.naming_organization.name if member.naming_organization_id in everybody else "",
        )
        for member in members
    ]


def composition_breaches(committee: Committee) -> list:
    return law.committee_breaches(as_facts(sitting(committee), committee.call), committee.ngo_absence)


# --- cards ----------------------------------------------------------------------------------------


def criteria_of(call: Call) -> list[CallCriterion]:
    """The card of the notice, with sub-criteria."""
    return list(call.criteria.prefetch_related("subs"))


def most_points(criteria: Iterable[CallCriterion]) -> Decimal:
    return sum((one.max_points or Decimal(0) for one in criteria), Decimal(0))


def cards_of(member: CommitteeMember) -> QuerySet[ScoreCard]:
    return member.cards.valid().select_related("offer__organization", "offer__part").order_by("offer__number")


def card_rows(card: ScoreCard, criteria: Sequence[CallCriterion]) -> list[law.Row]:
    known = {score.criterion_id: score for score in card.scores.all()}
    rows = []
    for one in criteria:
        score = known.get(one.pk)
        rows.append(
            law.Row(
                str(one.pk),
                one.name,
                one.max_points or Decimal(0),
                score.points if score else None,
                score.justification if score else "",
            )
        )
    return rows


def offers_with_cards(call: Call) -> list[Offer]:
    """Judged offers, each with its valid cards (attribute ``valid_cards``) and second looks."""
    cards = Prefetch(
        "cards",
        ScoreCard.objects.valid().select_related("member").order_by("number"),
        to_attr="valid_cards",
    )
    rows = Offer.objects.filter(call=call, state__in=JUDGED).select_related("organization", "part")
    return list(rows.prefetch_related(cards, "second_looks").order_by("number", "pk"))


@dataclass(frozen=True)
class Standing:
    """How far the judging of one offer is."""

    offer: Offer
    totals: list[Decimal]
    signed: int
    assigned: int
    needs_look: bool
    has_look: bool

    @property
    def mean(self) -> Decimal | None:
        return law.mean_of(self.totals)

    @property
    def is_finished(self) -> bool:
        return self.assigned > 0 and self.signed == self.assigned


def standings_of(committee: Committee, most: Decimal | None = None) -> list[Standing]:
    """Each judged offer with its signed totals that count; experts' cards need not be finished."""
    most = most_points(criteria_of(committee.call)) if most is None else most
    return [_standing(offer, committee, most) for offer in offers_with_cards(committee.call)]


def _standing(offer: Offer, committee: Committee, most: Decimal) -> Standing:
    voting = [card for card in offer.valid_cards if law.has_vote(card.member.seat)]
    signed = [card for card in voting if card.signed_at]
    totals = law.counting((card.member.seat, card.total) for card in signed)
    last = max((card.signed_at for card in signed), default=None)
    looks = offer.second_looks.all()
    return Standing(
        offer,
        totals,
        len(signed),
        len(voting),
        law.needs_second_look(totals, most, committee.divergence_percent),
        any(last is None or look.at >= last for look in looks),
    )


# --- money ----------------------------------------------------------------------------------------


def pool_of(call: Call) -> law.Pool:
    """The pool with its parts and years; years limit only when the notice divides the money over several."""
    parts = list(call.parts.all())
    years = {row.year: row.amount for row in call.budget_years.all() if row.year and row.amount is not None}
    return law.Pool(
        call.budget_total,
        {part.pk: part.budget for part in parts if part.budget is not None},
        years if len(years) > 1 else {},
        {part.pk: str(part) for part in parts},
    )


def ranked(call: Call) -> list[law.Ranked]:
    """The offers with their means, and the saved proposal where there is one, from the best."""
    committee = call.committee
    saved = {row.offer_id: row for row in AwardProposal.objects.filter(offer__call=call)}
    found = []
    for standing in standings_of(committee):
        if standing.mean is None:
            continue
        found.append(_as_ranked(standing.offer, standing.mean, saved.get(standing.offer.pk)))
    return law.ranking(found)


def _as_ranked(offer: Offer, mean: Decimal, row: AwardProposal | None) -> law.Ranked:
    return law.Ranked(
        offer=offer.pk,
        mean=mean,
        requested=offer.requested_amount or Decimal(0),
        part=offer.part_id,
        outcome=row.outcome if row else Outcome.NOT_AWARDED,
        amount=row.amount if row else Decimal(0),
        by_year={int(year): Decimal(amount) for year, amount in row.by_year.items()} if row else {},
        tie_reason=row.tie_reason if row else "",
        name=offer.organization.name,
    )


def rejected_count(call: Call) -> int:
    """How many offers were rejected on formal grounds."""
    return Offer.objects.filter(call=call, state=OfferState.FORMALLY_REJECTED).count()


def is_judged_here(call: Call) -> bool:
    """Whether the offers of the call were filed and are judged in the portal."""
    return call.offers.filed().exists()


def has_choice(call: Call) -> bool:
    """Whether an offer is left that was not rejected, or offers were filed outside the portal and written down."""
    if is_judged_here(call):
        return call.offers.filed().exclude(state=OfferState.FORMALLY_REJECTED).exists()
    result = getattr(call, "result", None)
    return result is not None and result.offers_submitted is not None


# --- after publication ----------------------------------------------------------------------------


def public_cards(offer: Offer) -> list[ScoreCard]:
    """Signed cards with rows and traces of changes, for a page that has checked that the results are out."""
    scores = Prefetch("scores", CardScore.objects.select_related("criterion"))
    rows = ScoreCard.objects.signed().filter(offer=offer).select_related("member")
    return list(rows.prefetch_related(scores, "changes__criterion").order_by("number"))


def people_of(organization_ids: Iterable[int]):
    """Users who act for the organisations."""
    held = Mandate.objects.in_force(today()).filter(organization__in=list(organization_ids))
    return get_user_model().objects.filter(pk__in=held.values("user"), is_active=True)
