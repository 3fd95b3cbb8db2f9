"""Reading collected facts: calls."""

from .calls import import_calls

__all__ = ["import_calls"]
