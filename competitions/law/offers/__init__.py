"""Rules of an offer: its content by the official template, sums, limits, filing. Pure functions."""

from . import template
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
    applicant_breaches,
    completeness_breaches,
    content_breaches,
    deadline_breaches,
    entity_breaches,
    exact,
    filing_breaches,
    needs_confirmation,
    partner_breaches,
    statement_breaches,
    withdrawal_breaches,
)
from .limits import length_breaches, length_limit, limit_breaches, standard_warnings
from .sums import (
    fee_breaches,
    form_breaches,
    number_breaches,
    plan_breaches,
    shares_agree,
    sum_breaches,
)

__all__ = [
    "Action",
    "CostRow",
    "Declarations",
    "Indicator",
    "OfferContent",
    "OfferFacts",
    "OfferLimits",
    "Party",
    "SplitRow",
    "applicant_breaches",
    "completeness_breaches",
    "content_breaches",
    "deadline_breaches",
    "entity_breaches",
    "exact",
    "fee_breaches",
    "filing_breaches",
    "form_breaches",
    "length_breaches",
    "length_limit",
    "limit_breaches",
    "needs_confirmation",
    "number_breaches",
    "partner_breaches",
    "plan_breaches",
    "shares_agree",
    "standard_warnings",
    "statement_breaches",
    "sum_breaches",
    "template",
    "withdrawal_breaches",
]
