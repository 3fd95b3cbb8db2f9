"""The registry on the desk: profiles with their moves, mandates, changes of identity, reported errors."""

from . import (
    bulk,
    mandates,
    merging,
    partners,
    profiles,
    reports,
    revisions,
)

__all__ = [
    "bulk",
    "mandates",
    "merging",
    "partners",
    "profiles",
    "reports",
    "revisions",
]
