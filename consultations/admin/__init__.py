"""The desk of consultations: notices, remarks and reports, meetings, invitations, surveys, demands, requests."""

from . import answers, assignments, demands, meetings, notice, postulates, reach, remarks, requests, surveys

__all__ = [
    "answers",
    "assignments",
    "demands",
    "meetings",
    "notice",
    "postulates",
    "reach",
    "remarks",
    "requests",
    "surveys",
]
"""The desk of consultations: notices, templates, remarks and reports, demands, requests."""

from . import answers, demands, notice, postulates, preparing, requests

__all__ = ["answers", "demands", "notice", "postulates", "preparing", "requests"]
