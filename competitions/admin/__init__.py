"""The desk of calls: drafts, notices, results, questions, the yearly schedule, templates, remarks on drafts."""

from . import calls, drafts, questions, results, schedule, templates

__all__ = ["calls", "drafts", "questions", "results", "schedule", "templates"]
