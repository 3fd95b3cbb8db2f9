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
from .draft_reviews import (
    DraftParagraph,
    DraftRemark,
    DraftReview,
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
from .rows import (
    CallBudgetItem,
    CallCheck,
    CallPhase,
    CallPremises,
    CallPriorFunding,
    CallSpending,
)
from .saved_searches import (
    SavedSearch,
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
from .templates import (
    TEMPLATE_TEXTS,
    CallTemplate,
    TemplateCriterion,
)
from .versions import (
    CallVersion,
)

__all__ = [
    "TEMPLATE_TEXTS",
    "AccessRefusal",
    "ApplicantLetter",
    "Award",
    "AwardProposal",
    "Call",
    "CallBudgetItem",
    "CallBudgetSource",
    "CallBudgetYear",
    "CallCheck",
    "CallCriterion",
    "CallFormalItem",
    "CallPart",
    "CallPhase",
    "CallPremises",
    "CallPriorFunding",
    "CallQuestion",
    "CallResult",
    "CallScheduleEntry",
    "CallSpending",
    "CallTemplate",
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
    "DraftParagraph",
    "DraftRemark",
    "DraftReview",
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
    "SavedSearch",
    "ScoreCard",
    "ScoreChange",
    "SecondLook",
    "SubCriterion",
    "TemplateCriterion",
]
