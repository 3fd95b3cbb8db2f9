"""The registry: profiles, what they offer, who acts for them, and what is wrong in them."""

from .access_log import (
    AccessEntry,
)
from .booklet import (
    Booklet,
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
from .partners import (
    PartnerNotice,
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
from .seat import (
    Logo,
)

__all__ = [
    "AccessEntry",
    "Booklet",
    "BulkRow",
    "BulkUpdate",
    "Consent",
    "Dossier",
    "DuplicateDecision",
    "ErrorReport",
    "IdentityRevision",
    "Invitation",
    "Logo",
    "Mandate",
    "MatterAccess",
    "Merge",
    "Organization",
    "PartnerNotice",
    "RegisterComparison",
    "RegistrationDraft",
    "RepresentationAct",
    "ResidentOffer",
]
