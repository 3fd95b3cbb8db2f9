"""The desk of consultations: notices, remarks and reports, meetings, invitations, surveys, demands."""

from . import answers, assignments, meetings, notice, postulates, reach, remarks, surveys

__all__ = ["answers", "assignments", "meetings", "notice", "postulates", "reach", "remarks", "surveys"]
