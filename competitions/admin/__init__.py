"""The desk of calls: drafts, notices, results, questions, the yearly schedule."""

from . import calls, candidates, committee, questions, reasons, results, schedule

__all__ = ["calls", "candidates", "committee", "questions", "reasons", "results", "schedule"]
from . import formal_lists, offers

__all__ = ["calls", "formal_lists", "offers", "questions", "results", "schedule"]
