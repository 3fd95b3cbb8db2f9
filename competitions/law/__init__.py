"""Rules of open calls (domain §3), in the order of a call's life: each a pure function."""

from . import (
    offers,
)
from .changes import (
    SUBSTANTIVE,
    change_breaches,
    is_substantive,
)
from .deadlines import (
    closes_at,
    deadline_breaches,
    earliest_deadline,
    hypothetical_warnings,
    is_long_enough,
    is_open,
    missing_places,
    publication_breaches,
    relative_deadline,
    season_warnings,
)
from .facts import (
    CallFacts,
    ChangeFacts,
    Money,
    OfferCounts,
    OfferResult,
    Results,
)
from .formal import (
    FormalFacts,
    acceptance_breaches,
    completion_breaches,
    offers_breaches,
    rejection_breaches,
    request_breaches,
    supplement_breaches,
)
from .modes import (
    binding,
    legal_basis,
    profile_warnings,
)
from .notice import (
    ELEMENTS,
    completeness_breaches,
    form_breaches,
    layout_breaches,
    limit_breaches,
    money_breaches,
    reservation_clause,
    standard_warnings,
)
from .questions import (
    question_breaches,
)
from .results import (
    cancellation_breaches,
    justification_until,
    must_cancel,
    pool_breaches,
    results_breaches,
    results_publication_breaches,
)
from .schedule import (
    entry_breaches,
    funds_notice_due,
)

__all__ = [
    "ELEMENTS",
    "SUBSTANTIVE",
    "CallFacts",
    "ChangeFacts",
    "FormalFacts",
    "Money",
    "OfferCounts",
    "OfferResult",
    "Results",
    "acceptance_breaches",
    "binding",
    "cancellation_breaches",
    "change_breaches",
    "closes_at",
    "completeness_breaches",
    "completion_breaches",
    "deadline_breaches",
    "earliest_deadline",
    "entry_breaches",
    "form_breaches",
    "funds_notice_due",
    "hypothetical_warnings",
    "is_long_enough",
    "is_open",
    "is_substantive",
    "justification_until",
    "layout_breaches",
    "legal_basis",
    "limit_breaches",
    "missing_places",
    "money_breaches",
    "must_cancel",
    "offers",
    "offers_breaches",
    "pool_breaches",
    "profile_warnings",
    "publication_breaches",
    "question_breaches",
    "rejection_breaches",
    "relative_deadline",
    "request_breaches",
    "reservation_clause",
    "results_breaches",
    "results_publication_breaches",
    "season_warnings",
    "standard_warnings",
    "supplement_breaches",
]
