"""Cards: given out evenly, saved as they are typed, signed, and changed only in the open (R-CALL-32, 35)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.legal import audit
from core.legal.rules import Breach, LawBreached, require
from core.legal.workflow import MoveRefused

from ... import law
from ...emails import committee as emails
from ...enums import MemberRole, ScoringMethod, State
from ...models import (
    CallCriterion,
    CardScore,
    Committee,
    CommitteeMember,
    ScoreCard,
    ScoreChange,
)
from ...queries import committee as queries
from ...reminders import committee as reminders_committee
from .appointing import check
from .declaring import close_what_is_blocked


@dataclass(frozen=True)
class Typed:
    """What was typed in one row: points (or those of sub-criteria, by their number) and the reasons."""

    points: Decimal | None = None
    subs: Mapping[int, Decimal | None] = field(default_factory=dict)
    justification: str = ""


# --- giving out -----------------------------------------------------------------------------------


@transaction.atomic
def assign(committee: Committee, *, by: Any, at: datetime) -> int:
    """Gives every offer its assessors among those who have declared and are free of conflicts.

    Cards that are there stay; only what is missing is added, with even work for all. Gives how many were added.
    Raises LawBreached before the merit evaluation, or when nobody can judge.
    """
    check(committee, by)
    committee = Committee.objects.select_for_update().get(pk=committee.pk)
    if committee.appointed_at is None or committee.call.state != State.MERIT_EVALUATION:
        message = _("Karty przydziela się powołanej komisji, w czasie oceny merytorycznej.")
        raise LawBreached([Breach("R-CALL-32", message)])
    members = {member.pk: member for member in queries.sitting(committee)}
    accesses = {pk: close_what_is_blocked(member, at) for pk, member in members.items()}
    offers: list[Any] = queries.offers_with_cards(committee.call)
    wanted = _wanted(committee, members, accesses, offers)
    added = sum(_give(offer, members[pk], committee, at) for offer in offers for pk in wanted[offer.pk])
    if not added and not any(offer.valid_cards for offer in offers):
        message = _(
            "Nikt nie może jeszcze oceniać: osoby z komisji nie złożyły oświadczeń albo są wyłączone."
        )
        raise LawBreached([Breach("R-CALL-31", message)])
    if added:
        audit.record(committee, _("Przydział ofert do oceny"), by=by, at=at, after={"karty": added})
        _tell(committee, list(members.values()))
    return added


def _wanted(
    committee: Committee,
    members: Mapping[int, CommitteeMember],
    accesses: Mapping[int, law.Access],
    offers: list[Any],
) -> dict[int, list[int]]:
    """Offer → the members who should have a card, those with one first."""
    able = {
        pk: frozenset(offer.pk for offer in offers if accesses[pk].is_open_to(offer.part_id))
        for pk in members
    }
    experts = [pk for pk, member in members.items() if not law.has_vote(member.seat)]
    voting = {pk: known for pk, known in able.items() if pk not in experts}
    if committee.method == ScoringMethod.CONSENSUS:
        return {offer.pk: _leader(offer.pk, members, voting) for offer in offers}
    kept = {
        offer.pk: [card.member_id for card in offer.valid_cards if card.member_id in voting]
        for offer in offers
    }
    shared = law.share_out(
        [offer.pk for offer in offers],
        voting,
        committee.reviewers_per_offer,
        seed=secrets.token_hex(8),
        kept=kept,
    )
    advice = {offer.pk: [pk for pk in experts if offer.pk in able[pk]] for offer in offers}
    return {pk: [*shared[pk], *advice[pk]] for pk in shared}


def _leader(offer: int, members: Mapping[int, CommitteeMember], voting) -> list[int]:
    """The chair, or the deputy where the chair is excluded: who writes the common card."""
    order = (MemberRole.CHAIR, MemberRole.DEPUTY)
    able = [pk for pk, known in voting.items() if offer in known and members[pk].role in order]
    return sorted(able, key=lambda pk: order.index(MemberRole(members[pk].role)))[:1]


def _give(offer: Any, member: CommitteeMember, committee: Committee, at: datetime) -> bool:
    if any(card.member_id == member.pk for card in offer.valid_cards):
        return False
    card = ScoreCard.objects.filter(offer=offer, member=member).first()
    if card is not None:  # taken back earlier, for a conflict that has gone: the person starts anew
        return False
    last = ScoreCard.objects.filter(offer=offer).aggregate(last=Max("number"))["last"] or 0
    is_consensus = committee.method == ScoringMethod.CONSENSUS
    ScoreCard.objects.create(
        member=member, offer=offer, number=last + 1, is_consensus=is_consensus, assigned_at=at
    )
    return True


def _tell(committee: Committee, members: list[CommitteeMember]) -> None:
    for member in members:
        if count := member.cards.valid().filter(signed_at__isnull=True).count():
            emails.tell_assigned(member, count)
            reminders_committee.set_scores_due(member, committee)


# --- writing --------------------------------------------------------------------------------------


def own_card(card: ScoreCard, by: Any) -> ScoreCard:
    """The card, locked, if it is this person's to write now. Raises MoveRefused otherwise."""
    locked = ScoreCard.objects.select_for_update(of=("self",)).select_related(
        "member__committee__call", "offer"
    )
    card = locked.get(pk=card.pk)
    member = card.member
    is_own = member.user_id == by.pk and member.removed_at is None and card.withdrawn_at is None
    is_time = member.committee.call.state == State.MERIT_EVALUATION
    if not (is_own and is_time and queries.access_of(member).is_open_to(card.offer.part_id)):
        raise MoveRefused("own_card")
    return card


@transaction.atomic
def save_card(card: ScoreCard, rows: Mapping[int, Typed], *, by: Any, at: datetime) -> list[Breach]:
    """Saves what was typed so far; points that cannot be are not saved, and come back as breaches.

    Raises MoveRefused for a signed card: that one is changed with ``change_card``.
    """
    card = own_card(card, by)
    if card.signed_at:
        raise MoveRefused("card is signed")
    criteria = queries.criteria_of(card.offer.call)
    faults = []
    for criterion in criteria:
        if criterion.pk in rows:
            faults += _save_row(card, criterion, rows[criterion.pk])
    _sum_up(card, at)
    return faults


def _save_row(card: ScoreCard, criterion: CallCriterion, typed: Typed) -> list[Breach]:
    points, subs, faults = points_of(criterion, typed, card.member.committee.score_step)
    CardScore.objects.update_or_create(
        card=card,
        criterion=criterion,
        defaults={"points": points, "sub_points": subs, "justification": typed.justification},
    )
    return faults


def points_of(
    criterion: CallCriterion, typed: Typed, step: Decimal
) -> tuple[Decimal | None, dict[str, str], list[Breach]]:
    """The points of a row: as typed, or the sum of its sub-criteria once all are there."""
    subs = list(criterion.subs.all())
    if not subs:
        value, faults = _checked(typed.points, criterion.max_points, step, f"points_{criterion.pk}")
        return value, {}, faults
    values, faults = {}, []
    for sub in subs:
        value, found = _checked(typed.subs.get(sub.pk), sub.max_points, step, f"sub_{sub.pk}")
        faults += found
        if value is not None:
            values[str(sub.pk)] = str(value)
    is_whole = len(values) == len(subs)
    points = law.total_of(Decimal(value) for value in values.values()) if is_whole else None
    return points, values, faults


def _checked(
    value: Decimal | None, most: Decimal | None, step: Decimal, name: str
) -> tuple[Decimal | None, list[Breach]]:
    """The value if it can stand, or the breach that says why it cannot."""
    if value is None:
        return None, []
    fault = law.points_fault(value, most or Decimal(0), step)
    return (None, [Breach("R-CALL-35", fault, name)]) if fault else (value, [])


def _sum_up(card: ScoreCard, at: datetime) -> None:
    """The portal adds up, nobody types a sum (R-CALL-35)."""
    card.total = law.total_of(card.scores.values_list("points", flat=True))
    card.saved_at = at
    card.save(update_fields=["total", "saved_at"])


@transaction.atomic
def sign_card(card: ScoreCard, *, by: Any, at: datetime) -> ScoreCard:
    """Signs: from now on each change leaves a public trace. Raises LawBreached with what is missing."""
    card = own_card(card, by)
    if card.signed_at:
        raise MoveRefused("card is signed")
    committee = card.member.committee
    require(_card_breaches(card, committee))
    card.signed_at = at
    card.save(update_fields=["signed_at"])
    audit.record(card, _("Podpisanie karty oceny"), by=by, at=at, after={"suma": card.total})
    if not card.member.cards.valid().filter(signed_at__isnull=True).exists():
        reminders_committee.drop_scores_due(card.member)
    return card


def _card_breaches(card: ScoreCard, committee: Committee) -> list[Breach]:
    criteria = queries.criteria_of(committee.call)
    rows = queries.card_rows(card, criteria)
    return law.card_breaches(rows, least_words=committee.least_justification, step=committee.score_step)


@transaction.atomic
def change_card(
    card: ScoreCard, rows: Mapping[int, Typed], *, reason: str, by: Any, at: datetime
) -> list[ScoreChange]:
    """Changes a signed card: every row that differs leaves a trace that the results publish (capability 8).

    Raises LawBreached without a reason, or when the card would no longer be complete.
    """
    card = own_card(card, by)
    if not card.signed_at:
        raise MoveRefused("card is not signed")
    if not reason.strip():
        raise LawBreached([Breach("R-CALL-35", _("napisz, dlaczego zmieniasz podpisaną ocenę"), "reason")])
    before = {score.criterion_id: score for score in card.scores.all()}
    criteria = {one.pk: one for one in queries.criteria_of(card.offer.call)}
    faults = [
        breach
        for pk, typed in rows.items()
        if pk in criteria
        for breach in _save_row(card, criteria[pk], typed)
    ]
    card = ScoreCard.objects.select_related("member__committee", "offer").get(pk=card.pk)
    require([*faults, *_card_breaches(card, card.member.committee)])
    changes = [
        ScoreChange.objects.create(
            card=card,
            criterion_id=score.criterion_id,
            at=at,
            points_before=before[score.criterion_id].points or 0,
            points_after=score.points or 0,
            text_before=before[score.criterion_id].justification,
            text_after=score.justification,
            reason=reason.strip(),
        )
        for score in card.scores.all()
        if _differs(before[score.criterion_id], score)
    ]
    if not changes:
        raise LawBreached([Breach("R-CALL-35", _("Nic się nie zmieniło: punkty i uzasadnienia są te same."))])
    old = card.total
    _sum_up(card, at)
    audit.record(
        card,
        _("Zmiana podpisanej karty oceny"),
        by=by,
        at=at,
        before={"suma": old},
        after={"suma": card.total},
        reason=reason,
    )
    return changes


def _differs(before: CardScore, after: CardScore) -> bool:
    return (before.points, before.justification, before.sub_points) != (
        after.points,
        after.justification,
        after.sub_points,
    )
