"""Reads of files and proofs of publication: one query, however many records."""

from collections.abc import Iterable

from django.db import models

from .enums import ScanState
from .models import Attachment, PublicationProof


def attachments_of(records: Iterable[models.Model]) -> dict[int, list[Attachment]]:
    """Newest versions of the files of records of one model, by primary key, for their officials.

    Every record has its list, an empty one too. Public pages use :func:`public_attachments_of`.
    """
    return _by_record(records, Attachment.objects.current())


def public_attachments_of(records: Iterable[models.Model]) -> dict[int, list[Attachment]]:
    """The files that everybody may fetch, by primary key of records that are public themselves."""
    return _by_record(records, Attachment.objects.for_everybody())


def proofs_of(record: models.Model, purpose: str | None = None) -> list[PublicationProof]:
    """Where and when a record was published, in order of the days."""
    return proofs_of_all([record], purpose)[record.pk]


def proofs_of_all(
    records: Iterable[models.Model], purpose: str | None = None
) -> dict[int, list[PublicationProof]]:
    """The same for records of one model, by primary key."""
    proofs = PublicationProof.objects.select_related("recorded_by")
    return _by_record(records, proofs.filter(purpose=purpose) if purpose else proofs)


def versions_of(record: models.Model) -> list[Attachment]:
    """Every file a record ever had, replaced and removed ones too, newest first."""
    return list(Attachment.objects.of(record).select_related("uploaded_by").order_by("-uploaded_at", "-pk"))


def waiting_for_scan() -> models.QuerySet[Attachment]:
    return Attachment.objects.filter(scan_state=ScanState.WAITING)


def _by_record(records: Iterable[models.Model], rows: models.QuerySet) -> dict[int, list]:
    records = list(records)
    found: dict[int, list] = {record.pk: [] for record in records}
    models_meant = {type(record) for record in records}
    if len(models_meant) > 1:
        raise ValueError("records of several models share their primary keys; ask for each model")
    for model in models_meant:
        for row in rows.of_all(model, found):
            found[row.subject_id].append(row)
    return found
