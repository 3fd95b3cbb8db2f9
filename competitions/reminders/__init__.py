"""Which date gives which reminder; those of committees are in ``committee``."""

from .calls import (
    CORRECTION,
    CORRECTION_DAYS,
    DAYS,
    DEADLINE,
    DRAFT,
    NEWS,
    SEARCH,
    closing_letter,
    correction_letter,
    draft_letter,
    drop_draft_deadline,
    people_of,
    remind,
    set_correction,
    set_deadline,
    set_draft_deadline,
)

__all__ = [
    "CORRECTION",
    "CORRECTION_DAYS",
    "DAYS",
    "DEADLINE",
    "DRAFT",
    "NEWS",
    "SEARCH",
    "closing_letter",
    "correction_letter",
    "draft_letter",
    "drop_draft_deadline",
    "people_of",
    "remind",
    "set_correction",
    "set_deadline",
    "set_draft_deadline",
]
