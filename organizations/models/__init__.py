"""The registry: profiles, what they offer, who acts for them, and what is wrong in them."""

from .mandates import Mandate
from .organization import Dossier, Organization
from .profile import ErrorReport, IdentityRevision, ResidentOffer
from .registration import DuplicateDecision, RegisterComparison, RegistrationDraft

__all__ = [
    "Dossier",
    "DuplicateDecision",
    "ErrorReport",
    "IdentityRevision",
    "Mandate",
    "Organization",
    "RegisterComparison",
    "RegistrationDraft",
    "ResidentOffer",
]
