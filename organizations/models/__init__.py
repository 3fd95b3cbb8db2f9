"""The registry: profiles, what they offer, who acts for them, what is wrong in them, and how records are joined."""

from .bulk import BulkRow, BulkUpdate
from .mandates import Mandate
from .merging import Merge
from .organization import Dossier, Organization
from .profile import ErrorReport, IdentityRevision, ResidentOffer

__all__ = [
    "BulkRow",
    "BulkUpdate",
    "Dossier",
    "ErrorReport",
    "IdentityRevision",
    "Mandate",
    "Merge",
    "Organization",
    "ResidentOffer",
]
