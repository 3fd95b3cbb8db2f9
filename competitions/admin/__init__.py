"""The desk of calls: drafts, notices, results, questions, the yearly schedule."""

from . import (
    calls,
    candidates,
    committee,
    drafts,
    formal_lists,
    offers,
    questions,
    reasons,
    results,
    schedule,
    templates,
)

__all__ = [
    "calls",
    "candidates",
    "committee",
    "drafts",
    "formal_lists",
    "offers",
    "questions",
    "reasons",
    "results",
    "schedule",
    "templates",
]
