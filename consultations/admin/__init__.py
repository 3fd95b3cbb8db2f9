"""The desk of consultations: notices, remarks and reports, demands, requests."""

from . import answers, demands, notice, postulates, requests

__all__ = ["answers", "demands", "notice", "postulates", "requests"]
