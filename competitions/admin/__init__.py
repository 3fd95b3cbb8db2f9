"""The desk of calls: drafts, notices, results, questions, the yearly schedule."""

from . import (
    calls,
    formal_lists,
    offers,
    questions,
    results,
    schedule,
)

__all__ = [
    "calls",
    "formal_lists",
    "offers",
    "questions",
    "results",
    "schedule",
]
