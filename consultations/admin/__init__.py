"""The desk of consultations: notices, remarks and reports, demands."""

from . import answers, assignments, notice, postulates, remarks

__all__ = ["answers", "assignments", "notice", "postulates", "remarks"]
