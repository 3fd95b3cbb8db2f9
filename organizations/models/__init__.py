"""The registry: profiles, what they offer, who acts for them, and what is wrong in them."""

from .mandates import Mandate
from .organization import Dossier, Organization
from .profile import ErrorReport, IdentityRevision, ResidentOffer

__all__ = ["Dossier", "ErrorReport", "IdentityRevision", "Mandate", "Organization", "ResidentOffer"]
