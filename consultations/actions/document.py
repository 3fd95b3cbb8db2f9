"""The consulted document: its points and versions, and the remarks to them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.common.clock import local_day, now
from core.legal import audit
from core.legal.rules import Breach, LawBreached, require
from core.legal.workflow import MoveRefused

from .. import law
from ..document.keys import keys_for
from ..document.points import PointText, point_of, points_of
from ..document.typed import with_layout
from ..enums import VersionPurpose
from ..models import Consultation, ConsultationStage, DocumentPoint, DocumentVersion, Remark, Submission
from ..permissions import may_prepare
from .drafting import publish_change


@transaction.atomic
def set_points(
    consultation: Consultation, points: Iterable[Any], *, by: Any = None, at: datetime | None = None
) -> None:
    """Gives the document exactly these points (``document.points.point_of`` says what one may be).

    Before the notice the text is simply replaced; a published wording stays as it is and a new version follows it.
    """
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    last = DocumentVersion.objects.of(consultation).order_by("-number").first()
    present = list(last.points.all()) if last else []
    wanted = with_layout(points_of(points), present)
    if wanted == points_of(present):
        return
    if last is None or last.published_at is not None:
        published_at = (at or now()) if consultation.has_notice else None
        more = {"purpose": last.purpose, "stage": last.stage, "title": last.title} if last else {}
        last = _new_version(consultation, by=by, at=at or now(), published_at=published_at, **more)
    elif not wanted:
        last.delete()
        return
    _write_points(last, wanted)


def _new_version(consultation: Consultation, *, by: Any, at: datetime, **fields: Any) -> DocumentVersion:
    number = consultation.versions.aggregate(last=Max("number"))["last"] or 0
    return DocumentVersion.objects.create(
        consultation=consultation, number=number + 1, created_at=at, by=by, **fields
    )


def _write_points(version: DocumentVersion, points: list[PointText]) -> None:
    """The rows of a version; a point that is still the same keeps its key."""
    own = [(point.key, point_of(point)) for point in version.points.all()]
    before = _points_before(version) if version.is_preview or not own else own
    earlier = DocumentPoint.objects.filter(
        version__consultation=version.consultation_id, version__is_preview=False
    )
    taken = set(earlier.exclude(version=version).values_list("key", flat=True))
    keys = keys_for(points, before, version=version.number, taken=taken)
    version.points.all().delete()
    DocumentPoint.objects.bulk_create(
        DocumentPoint(
            version=version, position=position, key=key, number=point.number, kind=point.kind,
            level=point.level, text=point.text, html=point.html,
        )
        for position, (key, point) in enumerate(zip(keys, points, strict=True), start=1)
    )  # fmt: skip


def _points_before(version: DocumentVersion) -> list[tuple[str, PointText]]:
    last = (
        DocumentVersion.objects.of(version.consultation)
        .filter(number__lt=version.number)
        .order_by("-number")
        .first()
    )
    return [(point.key, point_of(point)) for point in last.points.all()] if last else []


def publish_document(consultation: Consultation, *, at: datetime) -> None:
    """With the notice: from now on the wording is not changed any more, only followed by another."""
    DocumentVersion.objects.of(consultation).filter(published_at=None).update(published_at=at)


# --- reading a file, looking it through, keeping it -----------------------------------------------------


@transaction.atomic
def preview_version(
    consultation: Consultation,
    *,
    points: Iterable[Any],
    by: Any,
    at: datetime,
    title: str = "",
    imported_from: str = "",
    purpose: str = VersionPurpose.CONSULTED,
    stage: ConsultationStage | None = None,
) -> DocumentVersion:
    """Puts a text that was read from a file before the editor's eyes; nobody else sees it until it is kept."""
    locked = _prepared(consultation, by)
    version = _new_version(
        locked,
        by=by,
        at=at,
        title=title[:300],
        imported_from=imported_from[:255],
        purpose=purpose,
        stage=stage,
        is_preview=True,
    )
    _write_points(version, points_of(points))
    return version


@transaction.atomic
def edit_preview(version: DocumentVersion, *, points: Iterable[Any], by: Any, **fields: Any) -> None:
    """Changes what is being looked through: its points, title, purpose, stage."""
    locked = _locked_preview(version, by)
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(fields) or None)
    _write_points(locked, with_layout(points_of(points), locked.points.all()))


@transaction.atomic
def keep_version(version: DocumentVersion, *, by: Any, at: datetime, reason: str = "") -> DocumentVersion:
    """Makes the text that was looked through the document. After the notice it is public at once.

    Raises LawBreached when it says nothing, comes at the wrong time for its purpose or lacks a reason.
    """
    locked = _locked_preview(version, by)
    consultation = locked.consultation
    require(
        law.version_breaches(
            purpose=locked.purpose,
            state=consultation.state_at(at),
            has_points=locked.points.exists(),
            reason=reason,
        )
    )
    DocumentVersion.objects.of(consultation).filter(published_at=None).delete()
    _put_last(locked)
    locked.is_preview, locked.reason = False, reason.strip()
    locked.published_at = at if consultation.has_notice else None
    locked.save(update_fields=["is_preview", "reason", "published_at"])
    _note_version(locked, by=by, at=at)
    return locked


def _put_last(version: DocumentVersion) -> None:
    """Its number follows the kept versions, also one that was kept while this one was looked through."""
    last = DocumentVersion.objects.of(version.consultation).aggregate(last=Max("number"))["last"] or 0
    free = set(range(last + 1, version.number + 1)) - set(
        version.consultation.versions.exclude(pk=version.pk).values_list("number", flat=True)
    )
    is_overtaken = last > version.number
    if free:
        version.number = min(free)
    elif is_overtaken:
        version.number = version.consultation.versions.aggregate(last=Max("number"))["last"] + 1
    version.save(update_fields=["number"])
    if is_overtaken:
        _write_points(version, points_of(version.points.all()))


def _note_version(version: DocumentVersion, *, by: Any, at: datetime) -> None:
    """Into the history, search and the box of publication."""
    consultation = version.consultation
    audit.record(
        consultation,
        _("Nowa wersja dokumentu"),
        by=by,
        at=at,
        reason=version.reason,
        after={_("wersja"): version.number, _("co to jest"): str(VersionPurpose(version.purpose).label)},
        is_public=consultation.has_notice,
    )
    if consultation.is_scheduled:
        Consultation.objects.filter(pk=consultation.pk).update(updated_at=at)
    publish_change(consultation, at=at)


@transaction.atomic
def drop_preview(version: DocumentVersion, *, by: Any) -> None:
    """Throws away what was only looked through."""
    _locked_preview(version, by).delete()


def _prepared(consultation: Consultation, by: Any) -> Consultation:
    locked = (
        Consultation.objects.select_for_update(of=("self",)).select_related("unit").get(pk=consultation.pk)
    )
    if by is not None and not may_prepare(by, locked):
        raise MoveRefused("may_prepare")
    return locked


def _locked_preview(version: DocumentVersion, by: Any) -> DocumentVersion:
    consultation = _prepared(version.consultation, by)
    locked = consultation.versions.select_for_update().filter(pk=version.pk, is_preview=True).first()
    if locked is None:
        raise LawBreached(
            [Breach("R-CNS-09", _("Tej wersji już nie przeglądasz: zapisano ją albo odrzucono."))]
        )
    locked.consultation = consultation
    return locked


# --- remarks ----------------------------------------------------------------------------------------


def place_remarks(submission: Submission) -> None:
    """Ties the remarks of a submission to the points they name and to the stage of the day they came (R-CNS-07)."""
    consultation = submission.consultation
    points = {point.number: point for point in consultation.points.only("number", "version")}
    stages = list(consultation.stages.all())
    place = law.stage_on([stage.facts for stage in stages], local_day(submission.received_at))
    remarks = list(submission.remarks.select_related("point", "stage"))
    for remark in remarks:
        remark.point = remark.point or points.get(remark.part)
        remark.stage = remark.stage or (None if place is None else stages[place])
    Remark.objects.bulk_update(remarks, ["point", "stage"])
