"""Reads of the registry that have two or more callers."""

from .districts import district_map
from .facets import facets_of, forget_counts
from .history import public_history
from .linked_data import linked_data
from .people import matters_for, organization_of, organizations_of, waiting_for
from .registry import (
    CONFIRMATION_PERIOD,
    branch_labels,
    branches,
    branches_among,
    branches_of,
    cooperation_with,
    districts,
    entry_of,
    export_catalogue,
    figures,
    is_unconfirmed,
    search_entries,
    search_entry,
    similar_to,
    sitemap_entries,
    spheres,
    unconfirmed_from,
    with_branches,
    with_number,
)

__all__ = [
    "CONFIRMATION_PERIOD",
    "branch_labels",
    "branches",
    "branches_among",
    "branches_of",
    "cooperation_with",
    "district_map",
    "districts",
    "entry_of",
    "export_catalogue",
    "facets_of",
    "figures",
    "forget_counts",
    "is_unconfirmed",
    "linked_data",
    "matters_for",
    "organization_of",
    "organizations_of",
    "public_history",
    "search_entries",
    "search_entry",
    "similar_to",
    "sitemap_entries",
    "spheres",
    "unconfirmed_from",
    "waiting_for",
    "with_branches",
    "with_number",
]
