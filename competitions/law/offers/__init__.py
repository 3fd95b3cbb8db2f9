"""Rules of an offer: its content by the official template, sums, limits, filing. Pure functions."""

from . import template
from .cleaning import clean_section, new_row_id, size_breaches
from .content import (
    Action,
    CostRow,
    Declarations,
    Indicator,
    OfferContent,
    SplitRow,
)
from .facts import OfferFacts, OfferLimits, Party
from .filing import (
    annex_breaches,
    applicant_breaches,
    completeness_breaches,
    content_breaches,
    deadline_breaches,
    entity_breaches,
    exact,
    filing_breaches,
    lateness,
    needs_confirmation,
    partner_breaches,
    statement_breaches,
    withdrawal_breaches,
)
from .limits import length_breaches, length_limit, limit_breaches, standard_warnings
from .merging import Conflict, Merged, answer_at, merge, with_answer
from .sums import (
    fee_breaches,
    form_breaches,
    number_breaches,
    plan_breaches,
    shares_agree,
    sum_breaches,
)
from .versions import SCHEMA, canonical, checksum, offer_number

__all__ = [
    "SCHEMA",
    "Action",
    "Conflict",
    "CostRow",
    "Declarations",
    "Indicator",
    "Merged",
    "OfferContent",
    "OfferFacts",
    "OfferLimits",
    "Party",
    "SplitRow",
    "annex_breaches",
    "answer_at",
    "applicant_breaches",
    "canonical",
    "checksum",
    "clean_section",
    "completeness_breaches",
    "content_breaches",
    "deadline_breaches",
    "entity_breaches",
    "exact",
    "fee_breaches",
    "filing_breaches",
    "form_breaches",
    "lateness",
    "length_breaches",
    "length_limit",
    "limit_breaches",
    "merge",
    "needs_confirmation",
    "new_row_id",
    "number_breaches",
    "offer_number",
    "partner_breaches",
    "plan_breaches",
    "shares_agree",
    "size_breaches",
    "standard_warnings",
    "statement_breaches",
    "sum_breaches",
    "template",
    "with_answer",
    "withdrawal_breaches",
]
