"""Rules of open calls (domain §3), in the order of a call's life: each a pure function."""

from .changes import SUBSTANTIVE, change_breaches, is_substantive
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
from .drafts import announcing_breaches, receipt_number, remark_breaches, review_breaches
from .facts import CallFacts, ChangeFacts, Money, OfferResult, Results
from .fit import Applicant, Finding, Offered, fit, is_suitable, score
from .intake import (
    IntakeNow,
    Window,
    cutoffs,
    funds_left,
    intake_at,
    spending_breaches,
    window,
)
from .modes import binding, legal_basis, profile_warnings
from .money import limit_breaches, money_breaches, standard_warnings
from .notice import (
    ELEMENTS,
    completeness_breaches,
    form_breaches,
    layout_breaches,
    reservation_clause,
)
from .questions import answer_due, question_breaches
from .reports import ReportDue, final_report_due
from .results import (
    cancellation_breaches,
    justification_until,
    must_cancel,
    pool_breaches,
    results_breaches,
    results_publication_breaches,
)
from .schedule import entry_breaches, funds_notice_due, is_overdue

__all__ = [
    "ELEMENTS",
    "SUBSTANTIVE",
    "Applicant",
    "CallFacts",
    "ChangeFacts",
    "Finding",
    "IntakeNow",
    "Money",
    "OfferResult",
    "Offered",
    "ReportDue",
    "Results",
    "Window",
    "announcing_breaches",
    "answer_due",
    "binding",
    "cancellation_breaches",
    "change_breaches",
    "closes_at",
    "completeness_breaches",
    "cutoffs",
    "deadline_breaches",
    "earliest_deadline",
    "entry_breaches",
    "final_report_due",
    "fit",
    "form_breaches",
    "funds_left",
    "funds_notice_due",
    "hypothetical_warnings",
    "intake_at",
    "is_long_enough",
    "is_open",
    "is_overdue",
    "is_substantive",
    "is_suitable",
    "justification_until",
    "layout_breaches",
    "legal_basis",
    "limit_breaches",
    "missing_places",
    "money_breaches",
    "must_cancel",
    "pool_breaches",
    "profile_warnings",
    "publication_breaches",
    "question_breaches",
    "receipt_number",
    "relative_deadline",
    "remark_breaches",
    "reservation_clause",
    "results_breaches",
    "results_publication_breaches",
    "review_breaches",
    "score",
    "season_warnings",
    "spending_breaches",
    "standard_warnings",
    "window",
]
