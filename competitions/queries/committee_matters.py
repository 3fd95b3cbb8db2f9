"""What waits for members, candidates and officials around committees; the roof pulls it."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.roles import Role
from core.city.scope import has_role, scoped, sees_all_units, unit_ids_of
from core.common.clock import end_of_day
from core.common.dates import Waiting

from ..enums import CandidateState, State
from ..models import CommitteeCandidate, CommitteeMember, ReasonRequest
from .committee import seats_of


def matters_for(user, organization) -> list[Waiting]:
    return matters_of_all(user, [])


def matters_of_all(user, organizations) -> list[Waiting]:
    """A member's declaration and cards, and a candidate's consent: matters of the person, of no organisation."""
    named = CommitteeCandidate.objects.of_person(user).filter(state=CandidateState.NAMED)
    found = [
        Waiting(
            title=_("Kandydowanie do komisji konkursowej"),
            url=reverse("committee:consent", args=[candidate.pk]),
            reason=_("Organizacja %(name)s wskazuje Cię do komisji. Zgódź się albo odmów.")
            % {"name": candidate.naming_organization},
            kind="call",
        )
        for candidate in named.select_related("naming_organization")
    ]
    seats = seats_of(user).filter(
        committee__call__state__in=(State.FORMAL_EVALUATION, State.MERIT_EVALUATION)
    )
    waiting = Count("cards", filter=Q(cards__withdrawn_at__isnull=True, cards__signed_at__isnull=True))
    signed = Count("declarations", distinct=True)
    for seat in seats.annotate(waiting=waiting, declared=signed):
        if not seat.declared:
            found.append(_seat(seat, _("Złóż oświadczenie o bezstronności.")))
        elif seat.waiting:
            found.append(_seat(seat, _("Oceń oferty i podpisz karty.")))
    return found


def _seat(seat: CommitteeMember, reason: str) -> Waiting:
    return Waiting(
        title=_("Komisja: %(title)s") % {"title": seat.committee.call.title},
        url=reverse("committee:desk", args=[seat.committee_id]),
        reason=reason,
        due_at=seat.committee.scores_due_at,
        kind="call",
    )


def waiting_for(user) -> list[Waiting]:
    """Questions for reasons and applications to the pool, for who runs calls."""
    if not has_role(user, Role.CALL_MANAGER):
        return []
    asked = scoped(
        ReasonRequest.objects.waiting().select_related("call"), user, "call__unit", Role.CALL_MANAGER
    )
    applied = CommitteeCandidate.objects.filter(state=CandidateState.APPLIED)
    if not sees_all_units(user):
        units = unit_ids_of(user, Role.CALL_MANAGER)
        applied = applied.filter(Q(call__isnull=True) | Q(call__unit__in=units))
    return [
        *(_question(request) for request in asked[:50]),
        *(
            Waiting(
                title=_("Zgłoszenie do komisji: %(name)s") % {"name": candidate.full_name},
                url=reverse("admin:competitions_committeecandidate_change", args=[candidate.pk]),
                reason=_("Sprawdź zgłoszenie i przyjmij je albo odmów z powodem."),
                kind="call",
            )
            for candidate in applied[:50]
        ),
    ]


def _question(request: ReasonRequest) -> Waiting:
    return Waiting(
        title=_("Pytanie o uzasadnienie: %(title)s") % {"title": request.call.title},
        url=reverse("admin:competitions_reasonrequest_change", args=[request.pk]),
        reason=_("Odpowiedz osobie, która pyta."),
        due_at=end_of_day(request.due_on),
        kind="call",
    )
