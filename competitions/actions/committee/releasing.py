"""From the proposal to the published result: one act opens it to everybody at the same moment (R-CALL-37, 38, 41)."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.common import formats
from core.legal import audit
from core.legal.rules import Breach
from core.legal.workflow import advance

from ... import law
from ...emails import committee as emails
from ...enums import OfferState, Outcome, Seat
from ...models import (
    Award,
    AwardProposal,
    Call,
    CallResult,
    CommitteeMember,
    FormalRejection,
    Offer,
    RejectedOffer,
)
from ...queries import committee as queries
from ...queries.desk import rejected_offers

PROPOSED = {
    Outcome.AWARDED: OfferState.RECOMMENDED,
    Outcome.RESERVE: OfferState.RESERVE,
    Outcome.BELOW_THRESHOLD: OfferState.NOT_RECOMMENDED,
    Outcome.NOT_AWARDED: OfferState.NOT_RECOMMENDED,
}


def opinion_breaches(call: Call) -> list[Breach]:
    """What the committee still has to do before its opinion: cards, second looks, a meeting, the proposal."""
    committee = getattr(call, "committee", None)
    if committee is None or committee.appointed_at is None:
        return [Breach("R-CALL-25", _("Powołaj komisję konkursową."))]
    standings = queries.standings_of(committee)
    finished = [one.offer.pk for one in standings if one.is_finished]
    found = law.evaluation_breaches([one.offer.pk for one in standings], finished)
    found += [
        Breach(
            "R-CALL-32",
            _("Oferta %(number)s: oceny bardzo się różnią. Zapisz ponowną rozmowę komisji.")
            % {"number": one.offer.number},
        )
        for one in standings
        if one.needs_look and not one.has_look
    ]
    return [*found, *_meeting_breaches(committee), *_proposal_breaches(call)]


def _meeting_breaches(committee) -> list[Breach]:
    members = queries.as_facts(queries.sitting(committee), committee.call)
    held = committee.meetings.filter(held_at__isnull=False).prefetch_related("present")
    if any(law.has_quorum(members, [one.pk for one in meeting.present.all()]) for meeting in held):
        return []
    message = _(
        "Zapisz posiedzenie, na którym była co najmniej połowa komisji z osobą, która przewodniczy albo ją zastępuje."
    )
    return [Breach("R-CALL-32", message)]


def _proposal_breaches(call: Call) -> list[Breach]:
    ranked = queries.ranked(call)
    saved = AwardProposal.objects.filter(offer__call=call)
    means = dict(saved.values_list("offer_id", "mean"))
    if any(means.get(one.offer) != one.mean for one in ranked):
        message = _("Zapisz propozycję podziału: ranking jest nowszy niż ostatnia propozycja.")
        return [Breach("R-CALL-41", message)]
    return law.proposal_breaches(ranked, queries.pool_of(call), minimum=call.minimum_score)


def close_scoring(call: Call, *, by: Any, at: datetime) -> None:
    """The offers are scored. The state says no more than that: the outcome waits for the publication."""
    for offer in Offer.objects.filter(call=call, state=OfferState.FORMALLY_OK):
        advance(offer, OfferState.SCORED, by=by, at=at)


def prepare_results(call: Call) -> CallResult:
    """Writes counts, awards and rejected offers from the proposal, in the shape that every call's results have."""
    result, _made = CallResult.objects.get_or_create(call=call)
    filed = call.offers.filed()
    proposals = list(AwardProposal.objects.filter(offer__call=call).select_related("offer__organization"))
    rejected = list(rejected_offers(call))
    result.offers_submitted, result.formally_rejected = filed.count(), queries.rejected_count(call)
    result.funded = sum(row.outcome == Outcome.AWARDED for row in proposals)
    result.mean_score = law.mean_of([row.mean for row in proposals])
    result.committee_note = _who_judged(call)
    result.save()
    result.awards.all().delete()
    result.rejected.all().delete()
    Award.objects.bulk_create(_award(result, row) for row in proposals)
    RejectedOffer.objects.bulk_create(_rejected(result, row) for row in rejected)
    return result


def _award(result: CallResult, row: AwardProposal) -> Award:
    offer = row.offer
    return Award(
        result=result,
        offer=offer,
        organization=offer.organization,
        organization_name=_names(offer),
        title=offer.title,
        outcome=row.outcome,
        amount=row.amount if row.outcome == Outcome.AWARDED else None,
        requested_amount=offer.requested_amount,
        score=row.mean,
        note=row.tie_reason,
    )


def _rejected(result: CallResult, row: FormalRejection) -> RejectedOffer:
    return RejectedOffer(
        result=result,
        offer=row.offer,
        organization_name=_names(row.offer),
        title=row.offer.title,
        reason=row.explanation or row.reason.label,
        reason_code=row.reason.code,
    )


def _names(offer: Offer) -> str:
    """The offeror and the partners of a joint offer."""
    accepted = offer.partners.filter(accepted_at__isnull=False, left_at__isnull=True)
    return ", ".join(
        [offer.organization.name, *(str(one.organization) for one in accepted.select_related("organization"))]
    )[:500]


def _who_judged(call: Call) -> str:
    """How many sat in the committee and for whom, without names."""
    seats = list(
        CommitteeMember.objects.filter(committee__call=call, removed_at__isnull=True).values_list(
            "seat", flat=True
        )
    )
    people = _("osoba|osoby|osób")
    parts = [
        _("z urzędu: %(people)s") % {"people": formats.counted(seats.count(Seat.OFFICE), people)},
        _("wskazane przez organizacje: %(people)s")
        % {"people": formats.counted(seats.count(Seat.NGO), people)},
    ]
    if experts := seats.count(Seat.EXPERT):
        parts.append(_("z głosem doradczym: %(people)s") % {"people": formats.counted(experts, people)})
    absence = call.committee.ngo_absence
    case = [f"{call.committee.get_ngo_absence_display()} (art. 15 ust. 2da)"] if absence else []
    whole = [_("Komisja konkursowa, %(parts)s.") % {"parts": ", ".join(parts)}]
    whole += [_("Bez osób wskazanych przez organizacje: %(case)s.") % {"case": one} for one in case]
    return " ".join([*whole, _("Każda osoba złożyła oświadczenie o bezstronności.")])


def release_breaches(call: Call) -> list[Breach]:
    """What a result decided in the portal needs beyond the law of all results: the number of the ordinance."""
    result = getattr(call, "result", None)
    if result is None or not result.ordinance_number.strip():
        message = _("Wyniki: wpisz numer zarządzenia o wyborze ofert.")
        return [Breach("R-CALL-38", message, "ordinance_number")]
    return []


def release(call: Call, *, by: Any, at: datetime) -> None:
    """Moves every judged offer to where the decision puts it and writes to its organisations.

    Runs inside the transaction that publishes the results: nobody sees anything a moment earlier.
    """
    awards = list(Award.objects.filter(result__call=call, offer__isnull=False).select_related("offer"))
    for award in awards:
        offer: Any = award.offer
        offer.mean_score, offer.awarded_amount = award.score, award.amount
        offer.save(update_fields=["mean_score", "awarded_amount"])
        _move(offer, award, by, at)
        emails.tell_outcome(award)
    audit.record(call, _("Ogłoszenie kart oceny"), by=by, at=at, after={"oferty": len(awards)})


def _move(offer: Offer, award: Award, by: Any, at: datetime) -> None:
    target = PROPOSED[Outcome(award.outcome)]
    advance(offer, target, by=by, at=at)
    if target == OfferState.NOT_RECOMMENDED:
        advance(offer, OfferState.NOT_AWARDED, by=by, at=at)
    elif target == OfferState.RECOMMENDED:
        advance(offer, OfferState.AWARDED, by=by, at=at)
        amount = award.amount or Decimal(0)
        if law.needs_revision(amount, award.requested_amount or amount):
            advance(offer, OfferState.REVISION_REQUESTED, by=by, at=at)
