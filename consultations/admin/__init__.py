"""The desk of consultations: notices, templates, remarks and reports, demands, requests."""

from . import answers, demands, notice, postulates, preparing, requests

__all__ = ["answers", "demands", "notice", "postulates", "preparing", "requests"]
