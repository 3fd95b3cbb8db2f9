"""The law of communication: domain §9 and §10, as far as the portal decides."""

from .accessibility import (
    DeclarationFacts,
    declaration_breaches,
    is_review_due,
    months_after,
    review_due_on,
    review_task_from,
)
from .clauses import CLAUSES, Clause, clause_breaches
from .messages import MessageFacts, answer_due_on, extension_breaches, is_late, latest_extension
from .news import NewsFacts, decision_due_on, news_breaches
from .newsletter import (
    IssueFacts,
    confirmation_ends_at,
    forget_from,
    is_wanted,
    issue_breaches,
    may_receive,
    next_weekly,
    scheduling_breaches,
)

__all__ = [
    "CLAUSES",
    "Clause",
    "DeclarationFacts",
    "IssueFacts",
    "MessageFacts",
    "NewsFacts",
    "answer_due_on",
    "clause_breaches",
    "confirmation_ends_at",
    "decision_due_on",
    "declaration_breaches",
    "extension_breaches",
    "forget_from",
    "is_late",
    "is_review_due",
    "is_wanted",
    "issue_breaches",
    "latest_extension",
    "may_receive",
    "months_after",
    "news_breaches",
    "next_weekly",
    "review_due_on",
    "review_task_from",
    "scheduling_breaches",
]
