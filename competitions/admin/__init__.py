"""The desk of calls: drafts, notices, results, questions, the yearly schedule."""

from . import calls, questions, results, schedule

__all__ = ["calls", "questions", "results", "schedule"]
