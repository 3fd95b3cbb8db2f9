"""The registry: profiles, what they offer, who acts for them, and what is wrong in them."""

from .booklet import Booklet
from .mandates import Mandate
from .organization import Dossier, Organization
from .partners import PartnerNotice
from .profile import ErrorReport, IdentityRevision, ResidentOffer
from .seat import Logo

__all__ = [
    "Booklet",
    "Dossier",
    "ErrorReport",
    "IdentityRevision",
    "Logo",
    "Mandate",
    "Organization",
    "PartnerNotice",
    "ResidentOffer",
]
