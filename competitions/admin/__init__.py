"""The desk of calls: drafts, notices, results, questions, the yearly schedule."""

from . import calls, offers, questions, results, schedule

__all__ = ["calls", "offers", "questions", "results", "schedule"]
