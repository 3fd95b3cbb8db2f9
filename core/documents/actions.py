"""Adding, replacing and removing files; recording where something was published."""

import contextlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from celery import signature
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.common import public_version
from core.common.clock import local_day
from core.common.subjects import resolve, subject_of
from core.legal import audit
from core.legal.rules import Breach, LawBreached, require

from . import clamd
from .checks import Examined, Refused, examine
from .enums import Audience, Place, Purpose, ScanState
from .law import proof_breaches, takedown_breaches
from .models import Attachment, PublicationProof, stored_name
from .permissions import is_public

SCAN = "core.documents.tasks.scan_attachment"
Upload = UploadedFile | Examined


@transaction.atomic
def attach(
    obj: models.Model,
    upload: Upload,
    *,
    title: str,
    by: Any,
    at: datetime,
    audience: str = Audience.PUBLIC,
    position: int | None = None,
) -> Attachment:
    """Adds a file to a record, at the end unless told otherwise.

    Raises ``checks.Refused`` (a ValidationError in Polish) when the file is not taken.
    """
    kind, pk = subject_of(obj)
    if position is None:
        last = Attachment.objects.of(obj).aggregate(last=Max("position"))["last"]
        position = 0 if last is None else last + 1
    attachment = Attachment(
        subject_kind=kind, subject_id=pk, title=title, audience=audience, position=position
    )
    _take_in(attachment, upload, by=by, at=at)
    _record(obj, _("Dodanie pliku"), attachment, by=by, at=at, after=_shown(attachment))
    return attachment


@transaction.atomic
def replace_attachment(
    attachment: Attachment, upload: Upload, *, by: Any, at: datetime, title: str = "", reason: str = ""
) -> Attachment:
    """A new version of a file. The old one is kept, for officials.

    Raises ``checks.Refused`` for the file, LawBreached when somebody has replaced or removed the old one.
    """
    old = _locked_current(attachment)
    new = Attachment(
        subject_kind=old.subject_kind,
        subject_id=old.subject_id,
        title=title or old.title,
        audience=old.audience,
        position=old.position,
        html_alternative=old.html_alternative,
        version=old.version + 1,
        replaces=old,
    )
    _take_in(new, upload, by=by, at=at)
    record = resolve(old.subject)
    _record(
        record,
        _("Nowa wersja pliku"),
        new,
        by=by,
        at=at,
        before=_shown(old),
        after=_shown(new),
        reason=reason,
    )
    return new


@transaction.atomic
def remove_attachment(attachment: Attachment, *, by: Any, at: datetime, reason: str = "") -> None:
    """Takes a file off the record. It stays in the archive, for officials."""
    old = _locked_current(attachment)
    old.removed_at = at
    old.save(update_fields=["removed_at"])
    record = resolve(old.subject)
    _record(record, _("Usunięcie pliku"), old, by=by, at=at, before=_shown(old), reason=reason)


def destroy_files(model: type[models.Model], ids: Iterable[int]) -> int:
    """Deletes the files of records whose time has run out, with their content; gives how many (R-WEB-11)."""
    rows = list(Attachment.objects.of_all(model, ids).order_by("-version", "-pk"))
    for attachment in rows:
        storage, name = attachment.file.storage, attachment.file.name
        attachment.delete()
        transaction.on_commit(partial(storage.delete, name), robust=True)
    return len(rows)


@transaction.atomic
def record_publication(
    obj: models.Model,
    *,
    place: str,
    purpose: str = Purpose.NOTICE,
    published_on: date,
    url: str = "",
    location: str = "",
    by: Any,
    at: datetime,
    is_new: bool = False,
) -> PublicationProof:
    """Records that something was published: where, on which day, by whom it is said.

    Raises LawBreached when the day is ahead, or the address or the place is missing; with ``is_new``, which
    a person's form says and the portal's own acts do not, also for what is recorded already.
    """
    require(
        proof_breaches(
            place=place, published_on=published_on, url=url, location=location, today=local_day(at)
        )
    )
    same = {
        "purpose": purpose,
        "place": place,
        "published_on": published_on,
        "url": url,
        "location": location,
    }
    if is_new and PublicationProof.objects.of(obj).filter(**same).exists():
        text = _("Dnia: ta publikacja jest już odnotowana. Popraw miejsce, dzień albo adres.")
        raise LawBreached([Breach("", text, "published_on")])
    kind, pk = subject_of(obj)
    proof = PublicationProof.objects.create(
        subject_kind=kind,
        subject_id=pk,
        **same,
        recorded_by=by,
        recorded_at=at,
    )
    after = {
        "publication": f"{Purpose(purpose).label}, {Place(place).label}",
        "published_on": published_on,
        "url": url,
        "location": location,
    }
    audit.record(obj, _("Odnotowano publikację"), by=by, at=at, after=after, is_public=is_public(obj))
    return proof


@transaction.atomic
def record_takedown(proof: PublicationProof, *, removed_on: date, by: Any, at: datetime) -> None:
    """Records the day on which a notice was taken down. Raises LawBreached for an impossible day."""
    locked = PublicationProof.objects.select_for_update().get(pk=proof.pk)
    require(takedown_breaches(published_on=locked.published_on, removed_on=removed_on, today=local_day(at)))
    before, locked.removed_on = locked.removed_on, removed_on
    locked.save(update_fields=["removed_on"])
    record = resolve(locked.subject)
    if record is not None:
        changed = {"publication": str(locked.get_place_display()), "removed_on": removed_on}
        audit.record(
            record,
            _("Odnotowanie zdjęcia ogłoszenia"),
            by=by,
            at=at,
            before={"removed_on": before},
            after=changed,
        )


@transaction.atomic
def record_scan(attachment: Attachment, *, state: str, at: datetime) -> None:
    """Keeps what the scanner said of a file that waited; an infected one goes to the audit log."""
    locked = Attachment.objects.select_for_update().get(pk=attachment.pk)
    if locked.scan_state != ScanState.WAITING:
        return
    locked.scan_state = state
    locked.save(update_fields=["scan_state"])
    public_version.bump()
    if state == ScanState.INFECTED:
        _record(
            resolve(locked.subject),
            _("Wykrycie wirusa w pliku"),
            locked,
            by=None,
            at=at,
            after=_shown(locked),
        )


# --- the file itself --------------------------------------------------------------------------------


def _take_in(attachment: Attachment, upload: Upload, *, by: Any, at: datetime) -> None:
    """Examines, stores and saves; the scanner is asked once the row can be seen by others."""
    examined = upload if isinstance(upload, Examined) else examine(upload)
    attachment.original_name = examined.name
    attachment.content_type = examined.content_type
    attachment.size = examined.size
    attachment.sha256 = examined.sha256
    attachment.has_text_layer = examined.has_text_layer
    attachment.is_tagged = examined.is_tagged
    attachment.scan_state = ScanState.WAITING if clamd.is_configured() else ScanState.NOT_CONFIGURED
    attachment.uploaded_by, attachment.uploaded_at = by, at
    with _stored(attachment, examined):
        attachment.save()
    if attachment.scan_state == ScanState.WAITING:
        scan = signature(SCAN, args=[attachment.pk])
        # what cannot be queued now is found by the round that scans everything that waits
        transaction.on_commit(partial(scan.apply_async, retry=False, ignore_result=True), robust=True)


@contextlib.contextmanager
def _stored(attachment: Attachment, examined: Examined) -> Iterator[None]:
    """The file in its place while the row is written: no row without a file, no file without a row."""
    storage, name = attachment.file.storage, stored_name(attachment, examined.name)
    try:
        examined.content.seek(0)
        attachment.file.name = storage.save(name, examined.content)
        yield
    except OSError as error:
        storage.delete(name)
        raise Refused(_("Plik: nie udało się go zapisać. Dodaj go jeszcze raz za kilka minut.")) from error
    except BaseException:
        storage.delete(name)
        raise


def _locked_current(attachment: Attachment) -> Attachment:
    locked = Attachment.objects.select_for_update().filter(pk=attachment.pk).first()
    if locked is None or not locked.is_current:
        raise LawBreached(
            [Breach("", _("Ten plik został już zmieniony lub usunięty. Otwórz stronę jeszcze raz."))]
        )
    return locked


# --- the log ----------------------------------------------------------------------------------------


def _shown(attachment: Attachment) -> dict[str, Any]:
    return {
        "file": attachment.title,
        "name": attachment.original_name,
        "version": attachment.version,
        "sha256": attachment.sha256,
    }


def _record(record: models.Model | None, verb: str, attachment: Attachment, **entry: Any) -> None:
    """Into the history of the record; into the public one when the file and the record are public."""
    is_open = attachment.audience == Audience.PUBLIC and is_public(record)
    audit.record(attachment if record is None else record, verb, is_public=is_open, **entry)
