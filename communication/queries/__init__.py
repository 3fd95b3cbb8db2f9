"""Reads of this room that have two or more callers."""

from .desk import (
    matters_for,
    matters_of_all,
    open_matters_of,
    waiting_for,
)
from .news import (
    dated_things,
    export_catalogue,
    in_branch,
    latest_news,
    open_in,
    search_entries,
)
from .site import (
    sitemap_entries,
)

__all__ = [
    "dated_things",
    "export_catalogue",
    "in_branch",
    "latest_news",
    "matters_for",
    "matters_of_all",
    "open_in",
    "open_matters_of",
    "search_entries",
    "sitemap_entries",
    "waiting_for",
]
