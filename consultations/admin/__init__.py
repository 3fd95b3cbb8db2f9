"""The desk of consultations: notices, remarks and reports, demands, surveys."""

from . import answers, notice, postulates, surveys

__all__ = ["answers", "notice", "postulates", "surveys"]
