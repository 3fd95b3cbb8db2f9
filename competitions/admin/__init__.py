"""The desk of calls: drafts, notices, results, questions, the yearly schedule."""

from . import calls, committee, questions, results, schedule

__all__ = ["calls", "committee", "questions", "results", "schedule"]
