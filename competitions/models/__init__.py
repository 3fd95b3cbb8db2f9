"""Calls, what hangs on them, and the yearly schedule."""

from .call import Call
from .draft_reviews import DraftParagraph, DraftRemark, DraftReview
from .notice import CallBudgetSource, CallBudgetYear, CallCriterion, CallPart, IntakeWindow
from .offers import Offer, OfferPartner, OfferSection, OfferVersion
from .questions import CallQuestion
from .results import Award, CallResult, RejectedOffer
from .rows import CallBudgetItem, CallCheck, CallPhase, CallPremises, CallPriorFunding, CallSpending
from .saved_searches import SavedSearch
from .schedule import CallScheduleEntry
from .templates import TEMPLATE_TEXTS, CallTemplate, TemplateCriterion
from .versions import CallVersion

__all__ = [
    "TEMPLATE_TEXTS",
    "Award",
    "Call",
    "CallBudgetItem",
    "CallBudgetSource",
    "CallBudgetYear",
    "CallCheck",
    "CallCriterion",
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
    "DraftParagraph",
    "DraftRemark",
    "DraftReview",
    "IntakeWindow",
    "Offer",
    "OfferPartner",
    "OfferSection",
    "OfferVersion",
    "RejectedOffer",
    "SavedSearch",
    "TemplateCriterion",
]
