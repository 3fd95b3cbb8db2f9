"""Calls, what hangs on them, and the yearly schedule."""

from .call import (
    Call,
)
from .desk import (
    ApplicantLetter,
    Dossier,
)
from .formal import (
    CallFormalItem,
    CorrectionItem,
    CorrectionRequest,
    FormalAnswer,
    FormalItemTemplate,
    FormalRejection,
    FormalTerms,
    RejectionReason,
)
from .notice import (
    CallBudgetSource,
    CallBudgetYear,
    CallCriterion,
    CallPart,
    IntakeWindow,
)
from .offer_writing import (
    OfferComment,
    OfferConflict,
    OfferCounter,
    OfferEdit,
    OfferPresence,
)
from .offers import (
    Offer,
    OfferPartner,
    OfferSection,
    OfferVersion,
)
from .questions import (
    CallQuestion,
)
from .results import (
    Award,
    CallResult,
    RejectedOffer,
)
from .schedule import (
    CallScheduleEntry,
)
from .versions import (
    CallVersion,
)

__all__ = [
    "ApplicantLetter",
    "Award",
    "Call",
    "CallBudgetSource",
    "CallBudgetYear",
    "CallCriterion",
    "CallFormalItem",
    "CallPart",
    "CallQuestion",
    "CallResult",
    "CallScheduleEntry",
    "CallVersion",
    "CorrectionItem",
    "CorrectionRequest",
    "Dossier",
    "FormalAnswer",
    "FormalItemTemplate",
    "FormalRejection",
    "FormalTerms",
    "IntakeWindow",
    "Offer",
    "OfferComment",
    "OfferConflict",
    "OfferCounter",
    "OfferEdit",
    "OfferPartner",
    "OfferPresence",
    "OfferSection",
    "OfferVersion",
    "RejectedOffer",
    "RejectionReason",
]
