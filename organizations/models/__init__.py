"""The registry: profiles, what they offer, who acts for them, and what is wrong in them."""

from .access_log import (
    AccessEntry,
)
from .bulk import (
    BulkRow,
    BulkUpdate,
)
from .invitations import (
    Invitation,
    MatterAccess,
)
from .mandates import (
    Mandate,
)
from .merging import (
    Merge,
)
from .organization import (
    Dossier,
    Organization,
)
from .profile import (
    ErrorReport,
    IdentityRevision,
    ResidentOffer,
)
from .registration import (
    DuplicateDecision,
    RegisterComparison,
    RegistrationDraft,
)
from .representation import (
    Consent,
    RepresentationAct,
)

__all__ = [
    "AccessEntry",
    "BulkRow",
    "BulkUpdate",
    "Consent",
    "Dossier",
    "DuplicateDecision",
    "ErrorReport",
    "IdentityRevision",
    "Invitation",
    "Mandate",
    "MatterAccess",
    "Merge",
    "Organization",
    "RegisterComparison",
    "RegistrationDraft",
    "RepresentationAct",
    "ResidentOffer",
]
