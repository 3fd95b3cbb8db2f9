"""Who wants to know that a closed file of their records was fetched (an organisation's own log of access)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import models

from .models import Attachment

Watcher = Callable[..., None]
WATCHERS: dict[str, Watcher] = {}


def watch(kind: str, tell: Watcher) -> None:
    """``tell(attachment, record, by=…, at=…)`` is called when a closed file of a record of this kind is fetched."""
    WATCHERS[kind] = tell


def note_fetched(attachment: Attachment, record: models.Model, *, by: Any, at: datetime) -> None:
    """Tells the room whose record it is, if it asked to be told."""
    if tell := WATCHERS.get(attachment.subject_kind):
        tell(attachment, record, by=by, at=at)
