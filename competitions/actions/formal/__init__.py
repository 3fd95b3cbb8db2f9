"""The formal check of offers, and the requests to supplement them; the only writers of its state."""

from .card import AnswerConflict, ensure_card, save_answer, save_card
from .decisions import accept_offer, reject_offer
from .supplements import extend_correction, file_supplement, request_correction

__all__ = [
    "AnswerConflict",
    "accept_offer",
    "ensure_card",
    "extend_correction",
    "file_supplement",
    "reject_offer",
    "request_correction",
    "save_answer",
    "save_card",
]
