"""A preview becomes real: row by row, each in its own transaction, going on where a broken run ended."""

from datetime import datetime
from typing import Any

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from core.common.clock import now
from core.legal import audit
from core.legal.rules import Breach, LawBreached, require
from core.legal.workflow import MoveRefused

from .. import law
from ..enums import BulkState, Handling, RowKind
from ..models import BulkRow, BulkUpdate, IdentityRevision, Organization
from ..permissions import is_registrar
from .bulk_reading import guarded_fields
from .bulk_values import FIELDS
from .imports import import_profile
from .profile import proposed_facts
from .registration import save_unique
from .shown import show

CHUNK = 200
APPLIED_KINDS = (RowKind.NEW, RowKind.CHANGED)


@transaction.atomic
def start_bulk_update(update: BulkUpdate, *, handling: str, reason: str, by, at: datetime) -> BulkUpdate:
    """Lets a worker write what the preview shows. Raises MoveRefused, or LawBreached without a reason."""
    locked = BulkUpdate.objects.select_for_update().get(pk=update.pk)
    if locked.state != BulkState.PREVIEW or not is_registrar(by):
        raise MoveRefused("is_registrar")
    if not reason.strip():
        raise LawBreached(
            [Breach("R-ORG-17", _("napisz, skąd są te dane i dlaczego je wpisujesz"), "reason")]
        )
    locked.state, locked.handling, locked.reason = BulkState.APPLYING, Handling(handling), reason.strip()
    locked.done_count = locked.rows.exclude(kind__in=APPLIED_KINDS).count()
    locked.save()
    after = {"handling": handling, "rows": locked.row_count}
    audit.record(locked, _("Zastosowanie aktualizacji zbiorczej"), by=by, at=at, after=after, reason=reason)
    return locked


@transaction.atomic
def drop_bulk_update(update: BulkUpdate, *, by, at: datetime) -> BulkUpdate:
    """Gives a preview up; nothing in the base has changed. Raises MoveRefused when it is being applied."""
    locked = BulkUpdate.objects.select_for_update().get(pk=update.pk)
    is_open = locked.state in (BulkState.MAPPING, BulkState.READING, BulkState.PREVIEW, BulkState.FAILED)
    if not is_open or not is_registrar(by):
        raise MoveRefused("is_registrar")
    locked.state, locked.finished_at = BulkState.DROPPED, at
    locked.save(update_fields=["state", "finished_at"])
    audit.record(locked, _("Porzucenie aktualizacji zbiorczej"), by=by, at=at)
    return locked


def apply_rows(update_id: int) -> int:
    """Writes what is still to be written; gives how many rows. Safe to run again and on several workers at once."""
    done = 0
    while chunk := _apply_chunk(update_id):
        done += chunk
    return done


@transaction.atomic
def _apply_chunk(update_id: int) -> int:
    rows = BulkUpdate.objects.select_for_update(skip_locked=True)
    update = rows.filter(pk=update_id, state=BulkState.APPLYING).first()
    if update is None:
        return 0
    waiting = update.rows.filter(applied_at=None, kind__in=APPLIED_KINDS).order_by("number")
    chunk = list(waiting[:CHUNK])
    for row in chunk:
        row.outcome, row.applied_at = _apply_one(row, update)[:500], now()
    BulkRow.objects.bulk_update(chunk, ["outcome", "applied_at", "organization"])
    update.done_count += len(chunk)
    if not chunk:
        update.state, update.finished_at = BulkState.DONE, now()
    update.save(update_fields=["done_count", "state", "finished_at"])
    return len(chunk)


def _apply_one(row: BulkRow, update: BulkUpdate) -> str:
    """What became of a row, in words; a fault of one row stops no other."""
    try:
        with transaction.atomic():
            return _create(row, update) if row.kind == RowKind.NEW else _change(row, update)
    except LawBreached as refused:
        return _("odrzucono: %(why)s") % {"why": "; ".join(law.named(b) for b in refused.breaches)}
    except DatabaseError:
        return _("odrzucono: danych nie da się zapisać w bazie")


def _create(row: BulkRow, update: BulkUpdate) -> str:
    fact_id = f"aktualizacja:{update.pk}:{row.number}"
    values = {FIELDS[name].attribute: value for name, value in row.after.items()} | {"source": update.source}
    candidate = Organization(**values)
    require(law.uniqueness_breaches(candidate.legal_form, taken=candidate.taken_numbers()))
    import_profile(fact_id, values, spheres=[], by=update.uploaded_by, at=now())
    row.organization = Organization.objects.get(fact_id=fact_id)
    return _("dodano organizację")


def _change(row: BulkRow, update: BulkUpdate) -> str:
    organization = Organization.objects.select_for_update().filter(bulk_rows=row.pk).first()
    if organization is None or (not organization.is_public and organization.merged_into_id):
        return _("pominięto: tego wpisu już nie ma")
    attributes = {name: FIELDS[name].attribute for name in row.after}
    if any(getattr(organization, attributes[name]) != row.before.get(name) for name in row.after):
        return _("pominięto: profil zmienił się po przygotowaniu podglądu")
    guarded = guarded_fields(organization, row.after)
    free = [name for name in row.after if name not in guarded]
    if update.handling == Handling.OVERWRITE:
        free, guarded = list(row.after), []
    said = []
    if free:
        _write(organization, {attributes[n]: row.after[n] for n in free}, row, update)
        said.append(_("zmieniono: %(fields)s") % {"fields": _labels(free)})
    if guarded:
        said.append(_handle(organization, guarded, row, update))
    return "; ".join(said)


def _labels(names: list[str]) -> str:
    return ", ".join(str(FIELDS[name].label) for name in names)


def _handle(organization: Organization, names: list[str], row: BulkRow, update: BulkUpdate) -> str:
    if update.handling == Handling.SKIP:
        return _("pominięto: %(fields)s") % {"fields": _labels(names)}
    if organization.revisions.filter(decided_at=None).exists():
        return _("pominięto: czeka już inna zmiana danych tej organizacji")
    values = {FIELDS[name].attribute: row.after[name] for name in names}
    require(law.identity_breaches(proposed_facts(organization, values, now())))
    IdentityRevision.objects.create(
        organization=organization,
        values=values,
        previous={FIELDS[name].attribute: row.before.get(name) for name in names},
        reason=_("Aktualizacja zbiorcza: %(reason)s") % {"reason": update.reason},
        proposed_by=update.uploaded_by,
        proposed_at=now(),
    )
    return _("zgłoszono do zatwierdzenia: %(fields)s") % {"fields": _labels(names)}


def _write(organization: Organization, values: dict[str, Any], row: BulkRow, update: BulkUpdate) -> None:
    """Writes values and keeps what was there before, so that a mistake can be taken back by hand."""
    before = audit.snapshot(organization, list(values))
    for name, value in values.items():
        setattr(organization, name, value)
    require(law.number_breaches(organization.facts(now())))
    organization.entity_class = law.entity_class_of(organization.legal_form)
    organization.updated_at = now()
    save_unique(organization)
    audit.record(
        organization,
        _("Aktualizacja zbiorcza"),
        by=update.uploaded_by,
        at=now(),
        before=before,
        after={**audit.snapshot(organization, list(values)), "bulk_update": update.pk, "row": row.number},
        reason=update.reason,
        is_public=organization.is_public,
    )
    show(organization)
