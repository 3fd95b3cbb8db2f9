"""Changes that a contractor has to tell the city of: name, seat, representation (R-ORG-16)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.legal.models import AuditEntry

from .. import law
from ..enums import RevisionState
from ..models import Organization
from .history import field_label


@dataclass(frozen=True)
class IdentityChange:
    """One field that changed: when, which, from what to what (raw values)."""

    at: datetime
    field: str
    label: str
    before: Any
    after: Any


def identity_changes_since(organization: Organization, moment: datetime) -> list[IdentityChange]:
    """What of name, seat and representation has changed since a moment, the oldest first; two queries.

    The room of contracts asks it for organisations with live contracts and makes a task of each answer.
    Changes of restricted fields come from approved revisions, because the log keeps no restricted values.
    """
    found = [*_logged(organization, moment), *_restricted(organization, moment)]
    return sorted(found, key=lambda change: (change.at, change.field))


def _logged(organization: Organization, moment: datetime):
    entries = AuditEntry.objects.of(organization).filter(at__gt=moment)
    for entry in entries.order_by("at", "pk"):
        for name in law.contract_relevant(entry.after):
            yield _change(entry.at, name, entry.before.get(name), entry.after[name])


def _restricted(organization: Organization, moment: datetime):
    revisions = organization.revisions.filter(state=RevisionState.APPROVED, decided_at__gt=moment)
    for revision in revisions:
        for name in law.contract_relevant(revision.values):
            if name in law.REPRESENTATION_FIELDS:
                yield _change(revision.decided_at, name, revision.previous.get(name), revision.values[name])


def _change(at: datetime, name: str, before: Any, after: Any) -> IdentityChange:
    return IdentityChange(at, name, field_label(name), before, after)
