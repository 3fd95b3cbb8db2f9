"""What the rules ask about. Amounts are złote with two decimals, moments are aware."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from ..enums import Form, Intake, Mode, Outcome, State


@dataclass(frozen=True)
class Money:
    """The pool and how it is split; percentages are of the cost of a task."""

    total: Decimal | None = None
    is_approximate: bool = False
    by_year: tuple[Decimal, ...] = ()
    by_source: tuple[Decimal, ...] = ()
    by_part: tuple[Decimal, ...] = ()
    by_item: tuple[Decimal, ...] = ()
    min_grant: Decimal | None = None
    max_grant: Decimal | None = None
    min_own_percent: Decimal | None = None
    min_financial_percent: Decimal | None = None
    max_in_kind_percent: Decimal | None = None
    max_cofinancing_percent: Decimal | None = None
    admin_cost_percent: Decimal | None = None


@dataclass(frozen=True)
class OfferResult:
    """One offer in the results."""

    organisation: str
    title: str
    outcome: str = Outcome.AWARDED
    amount: Decimal | None = None
    requested: Decimal | None = None
    score: Decimal | None = None


@dataclass(frozen=True)
class Results:
    """What came in and what was decided; None where it is not known yet."""

    offers_submitted: int | None = None
    formally_rejected: int | None = None
    offers: tuple[OfferResult, ...] = ()
    minimum_score: Decimal | None = None


@dataclass(frozen=True)
class OfferCounts:
    """Filed offers of a call in the portal: all, and those the formal check has decided on."""

    filed: int = 0
    accepted: int = 0
    rejected: int = 0

    @property
    def undecided(self) -> int:
        return self.filed - self.accepted - self.rejected


@dataclass(frozen=True)
class CallFacts:
    """A call at a moment.

    ``filled`` are the keys of ``notice.ELEMENTS`` that the notice has; ``publications`` gives for each
    purpose the day each place published it. ``offer_days`` and ``is_strict`` are the legal parameters
    ``offer_period`` and ``offer_deadline_strict``.
    """

    at: datetime
    offer_days: int
    is_strict: bool
    admin_cost_standard: Decimal | None
    state: str = State.DRAFT
    mode: str = Mode.OPEN_CALL
    form: str = Form.SUPPORT
    intake: str = Intake.DEADLINE
    deadline: datetime | None = None
    relative_days: int | None = None
    first_cutoff: datetime | None = None
    opens_at: datetime | None = None
    task_months: tuple[int | None, int | None] = (None, None)
    filled: frozenset[str] = frozenset()
    is_based_on_draft_budget: bool = False
    has_cancellation_reservation: bool = False
    review_closes_at: datetime | None = None
    unanswered_remarks: int = 0
    publications: Mapping[str, Mapping[str, date]] = field(default_factory=dict)
    money: Money = field(default_factory=Money)
    results: Results = field(default_factory=Results)
    offers: OfferCounts = field(default_factory=OfferCounts)

    def published(self, purpose: str) -> Mapping[str, date]:
        """Place → day, for one purpose (notice, results, …)."""
        return self.publications.get(purpose, {})


@dataclass(frozen=True)
class ChangeFacts:
    """A change of a published notice, as somebody wants to make it."""

    at: datetime
    offer_days: int
    is_strict: bool
    mode: str
    deadline: datetime | None
    new_deadline: datetime | None
    changed: frozenset[str]
    reason: str
    is_marked_substantive: bool
    published: Mapping[str, date]
    is_state_published: bool = True
