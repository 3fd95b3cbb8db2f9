"""Reads of the registry that have two or more callers."""

from .facets import facets_of, forget_counts
from .history import public_history
from .people import matters_for, organization_of, organizations_of, waiting_for
from .registry import (
    CONFIRMATION_PERIOD,
    branches,
    branches_of,
    districts,
    export_catalogue,
    figures,
    is_unconfirmed,
    search_entries,
    search_entry,
    similar_to,
    sitemap_entries,
    spheres,
    with_number,
)

__all__ = [
    "CONFIRMATION_PERIOD",
    "branches",
    "branches_of",
    "districts",
    "export_catalogue",
    "facets_of",
    "figures",
    "forget_counts",
    "is_unconfirmed",
    "matters_for",
    "organization_of",
    "organizations_of",
    "public_history",
    "search_entries",
    "search_entry",
    "similar_to",
    "sitemap_entries",
    "spheres",
    "waiting_for",
    "with_number",
]
