"""The registry: profiles, what they offer, who acts for them, and what is wrong in them."""

from .access_log import (
    AccessEntry,
)
from .invitations import (
    Invitation,
    MatterAccess,
)
from .mandates import (
    Mandate,
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
    "Consent",
    "Dossier",
    "DuplicateDecision",
    "ErrorReport",
    "IdentityRevision",
    "Invitation",
    "Mandate",
    "MatterAccess",
    "Organization",
    "RegisterComparison",
    "RegistrationDraft",
    "RepresentationAct",
    "ResidentOffer",
]
