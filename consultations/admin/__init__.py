"""The desk of consultations: notices, templates, remarks and reports, meetings, invitations, surveys, demands, requests."""

from . import (
    answers,
    assignments,
    demands,
    meetings,
    notice,
    postulates,
    preparing,
    reach,
    remarks,
    requests,
    surveys,
)

__all__ = [
    "answers",
    "assignments",
    "demands",
    "meetings",
    "notice",
    "postulates",
    "preparing",
    "reach",
    "remarks",
    "requests",
    "surveys",
]
