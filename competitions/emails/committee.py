"""Letters of a committee: to candidates, members, applicants, and those who ask for reasons."""

from typing import Any

from django.utils.translation import gettext as _

from core.notifications import outbox

from ..models import (
    Award,
    CommitteeCandidate,
    CommitteeMeeting,
    CommitteeMember,
    ReasonRequest,
)
from ..queries import committee as queries

KIND = "committee"
OUTCOME = "call_outcome"
REASONS = "call_reasons"


def _send(key: str, to: str, template: str, context: dict[str, Any], kind: str = KIND) -> None:
    outbox.enqueue(key=key, to=to, template=f"competitions/emails/{template}", context=context, kind=kind)


# --- the pool -------------------------------------------------------------------------------------


def _about_candidate(candidate: CommitteeCandidate) -> dict[str, Any]:
    return {"candidate": candidate, "call": candidate.call, "why": _("zgłoszono Cię do komisji konkursowej")}


def tell_named(candidate: CommitteeCandidate) -> None:
    """The person whom an NGO has named, and who may agree or not."""
    key = f"candidate:{candidate.pk}:named"
    _send(key, candidate.email, "candidate_named", _about_candidate(candidate))


def tell_accepted(candidate: CommitteeCandidate) -> None:
    key = f"candidate:{candidate.pk}:accepted"
    _send(key, candidate.email, "candidate_accepted", _about_candidate(candidate))


def tell_refused(candidate: CommitteeCandidate, reason: str) -> None:
    context = {**_about_candidate(candidate), "reason": reason}
    _send(f"candidate:{candidate.pk}:refused", candidate.email, "candidate_refused", context)


# --- members --------------------------------------------------------------------------------------


def _about_member(member: CommitteeMember) -> dict[str, Any]:
    return {
        "member": member,
        "committee": member.committee,
        "call": member.committee.call,
        "why": _("powołano Cię do komisji konkursowej"),
    }


def tell_appointed(member: CommitteeMember) -> None:
    """The letter of appointment: which committee, what first."""
    key = f"member:{member.pk}:appointed"
    _send(key, member.user.email, "member_appointed", _about_member(member))


def tell_removed(member: CommitteeMember) -> None:
    _send(f"member:{member.pk}:removed", member.user.email, "member_removed", _about_member(member))


def tell_list_changed(member: CommitteeMember) -> None:
    """The list of offerors has grown, so the declaration is wanted anew."""
    times = member.declarations.count()
    key = f"member:{member.pk}:list:{times}"
    _send(key, member.user.email, "member_list_changed", _about_member(member))


def tell_assigned(member: CommitteeMember, count: int) -> None:
    """How many offers wait for this assessor, and until when."""
    context = {**_about_member(member), "count": count}
    last = member.cards.order_by("-pk").values_list("pk", flat=True).first()
    _send(f"member:{member.pk}:assigned:{last}", member.user.email, "member_assigned", context)


def tell_meeting(member: CommitteeMember, meeting: CommitteeMeeting) -> None:
    context = {**_about_member(member), "meeting": meeting}
    _send(f"member:{member.pk}:meeting:{meeting.pk}", member.user.email, "member_meeting", context)


# --- applicants -----------------------------------------------------------------------------------


def tell_outcome(award: Award) -> None:
    """Everybody who acts for the offeror or a partner: what was decided, the points, the next step."""
    offer = award.offer
    if offer is None:
        return
    partners = offer.partners.filter(accepted_at__isnull=False, left_at__isnull=True)
    organizations = {offer.organization_id, *partners.values_list("organization_id", flat=True)}
    context = {
        "award": award,
        "offer": offer,
        "call": offer.call,
        "result": award.result,
        "is_lower": award.amount is not None
        and award.requested_amount is not None
        and award.amount < award.requested_amount,
        "why": _("działasz w organizacji, która złożyła ofertę"),
    }
    for user in queries.people_of(organizations):
        _send(f"offer:{offer.pk}:outcome:{user.pk}", user.email, "outcome", context, OUTCOME)


# --- reasons --------------------------------------------------------------------------------------


def _about_request(request: ReasonRequest) -> dict[str, Any]:
    return {
        "question": request,
        "call": request.call,
        "why": _("wysłano z tego adresu pytanie o uzasadnienie"),
    }


def tell_reasons_asked(request: ReasonRequest) -> None:
    """A receipt: what was asked, until when the answer comes."""
    _send(f"reasons:{request.pk}:asked", request.email, "reasons_asked", _about_request(request), REASONS)


def tell_reasons_answered(request: ReasonRequest) -> None:
    key = f"reasons:{request.pk}:answered:{request.answered_at:%Y%m%d%H%M%S}"
    _send(key, request.email, "reasons_answered", _about_request(request), REASONS)
