"""The desk of consultations: notices, remarks and reports, demands, surveys."""

from . import answers, assignments, notice, postulates, remarks

__all__ = ["answers", "assignments", "notice", "postulates", "remarks"]
from . import surveys

__all__ = ["answers", "notice", "postulates", "surveys"]
