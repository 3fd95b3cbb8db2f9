"""Writing the append-only log."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models

from core.common import public_version
from core.common.bulk import insert_rows
from core.common.exports import as_plain
from core.common.subjects import subject_of

from .models import AuditEntry


def record(
    obj: models.Model,
    verb: str,
    *,
    by,
    at: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
    is_public: bool = False,
) -> AuditEntry:
    """Writes one entry about a row. ``by`` is a user or None for the portal itself.

    ``is_public`` shows it in the row's history on the public page (without the person).
    """
    public_version.bump()
    written = entry(obj, verb, by=by, at=at, before=before, after=after, reason=reason, is_public=is_public)
    written.save(force_insert=True)
    return written


def record_all(entries: list[AuditEntry]) -> None:
    """Writes the entries of a batch with one statement."""
    public_version.bump()
    insert_rows(entries, gives_keys=False)


def entry(
    obj: models.Model,
    verb: str,
    *,
    by,
    at: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
    is_public: bool = False,
) -> AuditEntry:
    """The entry that ``record`` would write, for ``record_all``."""
    kind, pk = subject_of(obj)
    return AuditEntry(
        subject_kind=kind,
        subject_id=pk,
        verb=verb,
        label=str(obj)[:300],
        at=at,
        by=by,
        before=_plain(before),
        after=_plain(after),
        reason=reason,
        is_public=is_public,
    )


def record_many(
    entries: Iterable[tuple[models.Model, dict[str, Any], dict[str, Any]]], verb: str, *, by, at: datetime
) -> int:
    """The same about many rows that one act has changed, as (row, before, after), in few queries; gives how many."""
    made = [entry(obj, verb, by=by, at=at, before=before, after=after) for obj, before, after in entries]
    record_all(made)
    return len(made)


def snapshot(obj: models.Model, fields: list[str] | None = None) -> dict[str, Any]:
    """The values of a row's own columns, by name, ready for comparing."""
    names = fields or [f.attname for f in obj._meta.concrete_fields]
    return {name: _comparable(getattr(obj, name)) for name in names}


def changes(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only what differs between two snapshots."""
    keys = [k for k in after if before.get(k) != after[k]]
    return {k: before.get(k) for k in keys}, {k: after[k] for k in keys}


def _plain(values: dict[str, Any] | None) -> dict[str, Any]:
    return {k: _comparable(v) for k, v in (values or {}).items()}


def _comparable(value: Any) -> Any:
    return value if isinstance(value, dict) else as_plain(value)
