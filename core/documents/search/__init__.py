"""The one search index: ``put`` and ``remove`` for actions, ``search`` and ``suggest`` for pages.

Only what everybody may see has a row. Call ``put`` in the transaction that publishes or changes a
record, ``remove`` in the one that withdraws it.
"""

from .index import put, put_many, remove
from .query import SearchResult, matching, search, suggest

__all__ = ["SearchResult", "matching", "put", "put_many", "remove", "search", "suggest"]
