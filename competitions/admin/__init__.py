"""The desk of calls: drafts, notices, formal check, committees, results, questions, the yearly schedule."""

from . import calls, candidates, committee, formal_lists, offers, questions, reasons, results, schedule

__all__ = [
    "calls",
    "candidates",
    "committee",
    "formal_lists",
    "offers",
    "questions",
    "reasons",
    "results",
    "schedule",
]
