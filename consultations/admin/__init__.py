"""The desk of consultations: notices, remarks and reports, demands."""

from . import answers, notice, postulates

__all__ = ["answers", "notice", "postulates"]
