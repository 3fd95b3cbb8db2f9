"""The registry on the desk: profiles with their moves, mandates, changes of identity, reported errors."""

from . import mandates, partners, profiles, reports, revisions

__all__ = ["mandates", "partners", "profiles", "reports", "revisions"]
