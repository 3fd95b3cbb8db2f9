"""What the public pages of consultations read."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Count,
    Model,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce, JSONObject

from core.city.models import Branch, District, OrganizationalUnit
from core.common.clock import local_day, now
from core.documents.models import Attachment, PublicationProof
from core.legal.models import AuditEntry

from ..models import (
    BodyNotice,
    BodyOpinion,
    Consultation,
    ConsultationForm,
    ConsultationStage,
    DemandMeeting,
    DocumentVersion,
    Extension,
    Postulate,
    Remark,
    Report,
    Submission,
    Survey,
)
from .counting import as_rows, count, counted

HISTORY_LENGTH = 40


def for_list() -> QuerySet[Consultation]:
    """Published consultations with what a row of a list or of the schedule shows: three queries."""
    forms = ConsultationForm.objects.prefetch_related("dates")
    return (
        Consultation.objects.published()
        .for_list()
        .annotate(**remark_counts(), stage_count=counted(ConsultationStage))
        .prefetch_related(Prefetch("forms", queryset=forms))
    )


def open_consultations(limit: int) -> QuerySet[Consultation]:
    """Under way now, the first to end first."""
    return for_list().open(now()).order_by("ends_on", "ends_hour", "pk")[:limit]


def for_detail() -> QuerySet[Consultation]:
    """Published consultations with the small lists of their page gathered in one query."""
    return (
        Consultation.objects.published()
        .select_related("unit", "report")
        .annotate(**remark_counts(), **small_lists())
    )


def remark_counts() -> dict[str, Any]:
    """How many public remarks there are, and how many of them have a published position."""
    rows = Remark.objects.filter(consultation=OuterRef("pk"), withdrawn_at=None, hidden_at=None)
    return {"remark_count": count(rows), "answered_count": count(rows.exclude(answered_at=None))}


def small_lists() -> dict[str, Any]:
    """Names of units and districts, extensions, proofs and figures, each as a list in the row itself."""
    proofs = PublicationProof.objects.filter(
        subject_kind=Consultation._meta.label_lower, subject_id=OuterRef("pk")
    )
    codes = Remark.objects.filter(consultation=OuterRef("pk"), withdrawn_at=None, submission__is_late=False)
    by_code = codes.exclude(answered_at=None).order_by().values("position_code").annotate(n=Count("pk"))
    return {
        "co_unit_names": ArraySubquery(
            OrganizationalUnit.objects.filter(co_consultations=OuterRef("pk")).values("name")
        ),
        "district_names": ArraySubquery(
            District.objects.filter(consultations=OuterRef("pk")).values("full_name")
        ),
        "branch_names": ArraySubquery(
            Branch.objects.filter(consultations=OuterRef("pk")).order_by("position").values("label")
        ),
        "extension_rows": as_rows(
            Extension.objects.filter(consultation=OuterRef("pk")),
            "old_ends_on",
            "new_ends_on",
            "reason",
            "text",
        ),
        "opinion_rows": as_rows(
            BodyOpinion.objects.filter(consultation=OuterRef("pk")),
            *("body_name", "title", "number", "summary", "url", "adopted_on"),
        ),
        "told_rows": as_rows(BodyNotice.objects.filter(consultation=OuterRef("pk")), "bodies"),
        "proof_rows": as_rows(
            proofs.order_by("published_on", "pk"),
            "place",
            "purpose",
            "published_on",
            "removed_on",
            "url",
            "location",
        ),
        "survey_rows": as_rows(
            Survey.objects.filter(consultation=OuterRef("pk")).exclude(published_at=None).order_by("pk"),
            "pk",
            "purpose",
            "title",
            "published_at",
            "closes_at",
        ),
        "demand_meeting_slug": Subquery(
            DemandMeeting.objects.published()
            .filter(consultation=OuterRef("pk"))
            .order_by("-held_on", "pk")
            .values("slug")[:1]
        ),
        "position_rows": ArraySubquery(by_code.values(json=JSONObject(code="position_code", n="n"))),
        "submission_count": count(Submission.objects.filter(consultation=OuterRef("pk"), withdrawn_at=None)),
    }


def same_words_count() -> Coalesce:
    """How many valid remarks of the same consultation have the same words, the remark itself among them."""
    same = Remark.objects.filter(
        consultation=OuterRef("consultation"), text_hash=OuterRef("text_hash"), withdrawn_at=None
    ).exclude(text_hash="")
    counted = same.order_by().values("text_hash").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 1)


def public_remarks() -> QuerySet[Remark]:
    """Remarks that everybody may read, with their authors as far as those are public."""
    return Remark.objects.published().with_author().select_related("consultation").order_by("number")


def public_files(consultation: Consultation) -> list[Attachment]:
    """The files of the notice, and those of the report once it is published; one query."""
    files = Q(subject_kind=Consultation._meta.label_lower, subject_id=consultation.pk)
    report = getattr(consultation, "report", None)
    if report is not None and consultation.is_report_public:
        files |= Q(subject_kind=Report._meta.label_lower, subject_id=report.pk)
    return list(Attachment.objects.for_everybody().filter(files))


def history_of(record: Model) -> list[AuditEntry]:
    """The public history of changes, newest first."""
    return list(AuditEntry.objects.of(record).filter(is_public=True)[:HISTORY_LENGTH])


def history_of_table(meeting: DemandMeeting, rows: list[Postulate]) -> list[AuditEntry]:
    """The same of a table of demands with its rows."""
    own = Q(subject_kind=meeting._meta.label_lower, subject_id=meeting.pk)
    of_rows = Q(subject_kind=Postulate._meta.label_lower, subject_id__in=[row.pk for row in rows])
    return list(AuditEntry.objects.filter(own | of_rows, is_public=True)[:HISTORY_LENGTH])


def points_with_counts(consultation: Consultation, version: DocumentVersion | None = None) -> list:
    """The points of the document (as it reads now, or of one version), each with the number of public remarks to it.

    A remark counts for its point in every version, by the key.
    """
    rows = Remark.objects.filter(
        point__version__consultation=consultation,
        point__key=OuterRef("key"),
        withdrawn_at=None,
        hidden_at=None,
    )
    counted = rows.order_by().values("point__key").annotate(n=Count("pk")).values("n")
    points = consultation.points.select_related("version") if version is None else version.points
    return list(points.annotate(remark_count=Coalesce(Subquery(counted), 0)))


def schedule_years() -> list[int]:
    """The years from the first to the last published entry, the present one always among them."""
    rows = (
        Consultation.objects.published()
        .values_list("starts_on__year", "ends_on__year", "starts_about")
        .distinct()
    )
    years = {int(str(value)[:4]) for row in rows for value in row if value and str(value)[:4].isdigit()}
    present = local_day(now()).year
    return list(range(min({*years, present}), max({*years, present}) + 1))


def postulates() -> QuerySet[Postulate]:
    """Demands that everybody may read, those that repeat another one included."""
    return Postulate.objects.published().select_related(
        "organization", "position_unit", "consultation", "meeting"
    )
