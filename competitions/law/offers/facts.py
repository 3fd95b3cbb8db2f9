"""What the rules of an offer ask about, besides its content. Amounts are złote with two decimals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ...enums import Form, Mode, OfferState, State
from ..formal import FormalFacts
from ..intake import IntakeNow
from .content import OfferContent


@dataclass(frozen=True)
class OfferLimits:
    """The limits of a call, or of its part where the part sets its own. None is »not limited«.

    ``servicing_percent`` and ``admin_cost_standard`` are legal parameters (R-CALL-15), ``texts`` gives
    the longest answer of single fields (»task.needs«), the two ``…_length`` of all others (R-OFF-06).
    """

    form: str = Form.UNKNOWN
    mode: str = Mode.OPEN_CALL
    pool: Decimal | None = None
    is_pool_approximate: bool = False
    min_grant: Decimal | None = None
    max_grant: Decimal | None = None
    min_own_percent: Decimal | None = None
    max_cofinancing_percent: Decimal | None = None
    admin_cost_percent: Decimal | None = None
    admin_cost_standard: Decimal | None = None
    servicing_percent: Decimal | None = None
    task_from: date | None = None
    task_to: date | None = None
    offers_per_applicant: int | None = None
    texts: Mapping[str, int] = field(default_factory=dict)
    text_length: int = 4000
    line_length: int = 250
    are_indicators_waived: bool = False


@dataclass(frozen=True)
class Party:
    """One of the offerors: the leader, or an invited partner."""

    organization_id: int
    name: str
    is_leader: bool = False
    has_accepted: bool = True
    has_declined: bool = False
    has_left: bool = False
    excluded_as: str = ""
    filed_offers: int = 0
    spheres: frozenset[str] = frozenset()
    is_stale: bool = False

    @property
    def takes_part(self) -> bool:
        """Invited or accepted; whoever declined or left is no offeror any more."""
        return not self.has_declined and not self.has_left


@dataclass(frozen=True)
class OfferFacts:
    """An offer at a moment. ``at`` is the moment its request reached the edge; ``sections`` is what was typed.

    ``intake`` is asked for filing only, ``round_ends_at`` is the end of the round in which it was filed.
    """

    at: datetime
    sections: Mapping[str, Any]
    content: OfferContent
    limits: OfferLimits
    parties: tuple[Party, ...]
    state: str = OfferState.DRAFT
    call_state: str = State.PUBLISHED
    deadline: datetime | None = None
    intake: IntakeNow | None = None
    round_ends_at: datetime | None = None
    call_spheres: frozenset[str] = frozenset()
    parts: tuple[str, ...] = ()
    has_part: bool = False
    missing_files: tuple[str, ...] = ()
    formal: FormalFacts | None = None

    @property
    def leader(self) -> Party:
        return next(party for party in self.parties if party.is_leader)

    @property
    def offerors(self) -> tuple[Party, ...]:
        """The leader and every partner that has neither declined nor left."""
        return tuple(party for party in self.parties if party.takes_part)

    @property
    def is_joint(self) -> bool:
        return len(self.offerors) > 1
