"""Filters of the public lists: they live in the address, and each says how many rows it would leave."""

from .offers import (
    OfferFilter,
)
from .partners import (
    PartnerFilter,
)
from .registry import (
    OUTSIDE,
    OrganizationFilter,
    any_word,
    branch_condition,
    number_condition,
)

__all__ = [
    "OUTSIDE",
    "OfferFilter",
    "OrganizationFilter",
    "PartnerFilter",
    "any_word",
    "branch_condition",
    "number_condition",
]
