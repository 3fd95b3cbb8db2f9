"""The desk of consultations: notices, remarks and reports, demands, meetings, invitations."""

from . import answers, meetings, notice, postulates, reach

__all__ = ["answers", "meetings", "notice", "postulates", "reach"]
