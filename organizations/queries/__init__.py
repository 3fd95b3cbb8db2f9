"""Reads of the registry that have two or more callers."""

from .districts import (
    district_map,
)
from .facets import (
    facets_of,
    forget_counts,
)
from .history import (
    public_history,
)
from .identity import (
    IdentityChange,
    identity_changes_since,
)
from .linked_data import (
    linked_data,
)
from .matters import (
    deeds_of_others,
    matters_for,
    matters_of_all,
)
from .partners import (
    partner_notices,
)
from .people import (
    leaving_notes,
    organization_of,
    organizations_of,
    waiting_for,
)
from .queue import (
    decision_due_on,
    registry_queue,
)
from .registration import (
    duplicates_of,
    slip_in,
)
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
    with_branches,
    with_number,
)

__all__ = [
    "CONFIRMATION_PERIOD",
    "IdentityChange",
    "branch_labels",
    "branches",
    "branches_among",
    "branches_of",
    "cooperation_with",
    "decision_due_on",
    "deeds_of_others",
    "district_map",
    "districts",
    "duplicates_of",
    "entry_of",
    "export_catalogue",
    "facets_of",
    "figures",
    "forget_counts",
    "identity_changes_since",
    "is_unconfirmed",
    "leaving_notes",
    "linked_data",
    "matters_for",
    "matters_of_all",
    "organization_of",
    "organizations_of",
    "partner_notices",
    "public_history",
    "registry_queue",
    "search_entries",
    "search_entry",
    "similar_to",
    "sitemap_entries",
    "slip_in",
    "spheres",
    "waiting_for",
    "with_branches",
    "with_number",
]
