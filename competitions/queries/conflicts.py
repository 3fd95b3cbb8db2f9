"""Which offers a conflict of interests keeps from a person (R-CALL-31), asked in the database.

What the gate has closed once stays closed. A tie that is known without a declaration – a mandate or membership in an
offeror or partner, being named by one – closes as soon as the person sits in the committee.
"""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from core.common.clock import today
from organizations.models import Mandate

from ..enums import FILED_STATES
from ..models import AccessRefusal, CommitteeMember, Offer

_RIVAL = "committee__call__offers__"
_LEADER, _PARTNER = "organization", "partners__organization"


def without_conflicts(offers: QuerySet[Offer], user: Any) -> QuerySet[Offer]:
    """The offers without those that a conflict of interests closes to the person."""
    return offers.filter(*(~Exists(rows) for rows in _closing(user)))


def is_kept_from_some(user: Any, call: Any) -> bool:
    """Whether a conflict closes an offer of the call to the person, so that it sees no page that holds them all."""
    if refusals_of(user).filter(member__committee__call=call).exists():
        return True
    offers = Offer.objects.filter(call=call).filed()
    return offers.filter(reduce(or_, (Q(Exists(rows)) for rows in _closing(user)))).exists()


def refusals_of(user: Any) -> QuerySet[AccessRefusal]:
    """What the gate of R-CALL-31 has closed to the person, in whatever committee and for good."""
    return AccessRefusal.objects.filter(member__user=user.pk)


def _closing(user: Any) -> list[QuerySet]:
    """Rows of which one is enough to close the offer they are asked for."""
    this_part = Q(part=None) | Q(part=OuterRef("part"))
    seats = CommitteeMember.objects.of_person(user.pk).filter(committee__call=OuterRef("call"))
    return [
        refusals_of(user).filter(this_part, member__committee__call=OuterRef("call")),
        *(seats.filter(*_tied(party, user)) for party in (_LEADER, _PARTNER)),
    ]


def _tied(party: str, user: Any) -> tuple[Q, ...]:
    """That a filed offer of the call is from somebody the member is tied to: as ``law.access_of`` says it."""
    offeror = f"{_RIVAL}{party}"
    own = Mandate.objects.in_force(today()).filter(user=user.pk).values("organization")
    named_by = Q(**{offeror: F("naming_organization")})
    works_in = Q(**{f"{offeror}__in": own}) | Q(**{offeror: F("organizations")})
    in_part = Q(**{f"{_RIVAL}part": None}) | Q(**{f"{_RIVAL}part": OuterRef("part")})
    filed = Q(**{f"{_RIVAL}state__in": FILED_STATES})
    takes_part = Q()
    if party == _PARTNER:
        takes_part = Q(
            **{f"{_RIVAL}partners__accepted_at__isnull": False, f"{_RIVAL}partners__left_at": None}
        )
    return filed, takes_part, named_by | (works_in & in_part)
