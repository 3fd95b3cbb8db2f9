"""Calls, what hangs on them, and the yearly schedule."""

from .call import (
    Call,
)
from .candidates import (
    CommitteeCandidate,
)
from .committee import (
    AccessRefusal,
    Committee,
    CommitteeDraw,
    CommitteeMeeting,
    CommitteeMember,
    DeclaredConflict,
    ImpartialityDeclaration,
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
from .scoring import (
    AwardProposal,
    CardScore,
    ReasonRequest,
    ScoreCard,
    ScoreChange,
    SecondLook,
    SubCriterion,
)
from .versions import (
    CallVersion,
)

__all__ = [
    "AccessRefusal",
    "ApplicantLetter",
    "Award",
    "AwardProposal",
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
    "CardScore",
    "Committee",
    "CommitteeCandidate",
    "CommitteeDraw",
    "CommitteeMeeting",
    "CommitteeMember",
    "CorrectionItem",
    "CorrectionRequest",
    "DeclaredConflict",
    "Dossier",
    "FormalAnswer",
    "FormalItemTemplate",
    "FormalRejection",
    "FormalTerms",
    "ImpartialityDeclaration",
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
    "ReasonRequest",
    "RejectedOffer",
    "RejectionReason",
    "ScoreCard",
    "ScoreChange",
    "SecondLook",
    "SubCriterion",
]
