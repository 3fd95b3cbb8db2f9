"""The version of everything public: one word that changes with every act that may change a public page.

Whoever keeps a page for readers keeps the version it was drawn from; a page of another version is drawn anew.
"""

from django.core.cache import cache
from django.db import transaction
from django.utils.crypto import get_random_string

KEY = "public:version"


def bump() -> None:
    """Called by the acts themselves: at once, and again when they are committed.

    A page that somebody draws between the two would hold the old data under the new version; the second
    call ends it.
    """
    renew()
    transaction.on_commit(renew)


def renew() -> None:
    cache.set(KEY, get_random_string(12), None)
