"""The registry: profiles, what they offer, who acts for them, and what is wrong in them."""

from .access_log import AccessEntry
from .invitations import Invitation, MatterAccess
from .mandates import Mandate
from .organization import Dossier, Organization
from .profile import ErrorReport, IdentityRevision, ResidentOffer
from .representation import Consent, RepresentationAct

__all__ = [
    "AccessEntry",
    "Consent",
    "Dossier",
    "ErrorReport",
    "IdentityRevision",
    "Invitation",
    "Mandate",
    "MatterAccess",
    "Organization",
    "RepresentationAct",
    "ResidentOffer",
]
