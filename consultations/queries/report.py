"""What the published report counts and shows (R-CNS-19)."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, QuerySet, Sum
from django.db.models.functions import JSONObject

from core.common.clock import end_of_day

from ..enums import WITH_REPORT, Origin, State
from ..law import NAMED_BODIES
from ..models import Consultation, ConsultationForm, ConsultationStage, Remark, Submission
from .counting import count
from .public import small_lists


def for_report() -> QuerySet[Consultation]:
    """Consultations whose report is out, with everything that is counted for it; one query."""
    return _counted(Consultation.objects.filter(state__in=WITH_REPORT), small_lists())


def for_report_draft() -> QuerySet[Consultation]:
    """The same for those whose report is being written; positions count before they are public."""
    in_time = Remark.objects.filter(consultation=OuterRef("pk"), withdrawn_at=None, submission__is_late=False)
    written = in_time.exclude(position_code="").order_by().values("position_code").annotate(n=Count("pk"))
    drafts = ArraySubquery(written.values(json=JSONObject(code="position_code", n="n")))
    rows = Consultation.objects.filter(state=State.ANALYSIS)
    return _counted(rows, small_lists() | {"position_rows": drafts})


def _counted(rows: QuerySet[Consultation], lists: dict) -> QuerySet[Consultation]:
    known = rows.exclude(origin=Origin.IMPORTED).select_related("unit", "report")
    return known.annotate(**lists, **report_counts())


def report_counts() -> dict:
    own = OuterRef("pk")
    sent = Submission.objects.filter(consultation=own, withdrawn_at=None).order_by()
    channels = sent.values("channel", "respondent_type").annotate(n=Count("pk"))
    shown = Remark.objects.valid().filter(submission=OuterRef("pk"), hidden_at=None)
    bodies = sent.filter(Exists(shown), respondent_type__in=NAMED_BODIES).exclude(organisation_name="")
    remarks = Remark.objects.filter(consultation=own, withdrawn_at=None)
    people = ConsultationForm.objects.filter(consultation=own).order_by().values("consultation")
    return {
        "channel_rows": ArraySubquery(
            channels.values(json=JSONObject(channel="channel", who="respondent_type", n="n"))
        ),
        "body_names": ArraySubquery(
            bodies.values_list("organisation_name", flat=True).distinct().order_by("organisation_name")
        ),
        "to_answer_count": count(remarks.filter(submission__is_late=False)),
        "late_count": count(remarks.filter(submission__is_late=True)),
        "meeting_people": people.annotate(n=Sum("participants_count")).values("n"),
    }


def reported_remarks(consultation: Consultation) -> QuerySet[Remark]:
    """The rows of the table: every remark that had to be answered, by number."""
    return consultation.remarks.to_answer().with_author().order_by("number")


def stage_remarks(stage: ConsultationStage) -> QuerySet[Remark]:
    """The remarks of a stage that have to be answered, by number; a report that is out takes in no later ones."""
    rows = reported_remarks(stage.consultation).filter(stage=stage)
    if stage.report_published_on is None:
        return rows
    return rows.filter(answered_at__lt=end_of_day(stage.report_published_on))


def reported_stages() -> QuerySet[ConsultationStage]:
    """Stages with a published report, of consultations of the portal."""
    consultations = Consultation.objects.announced().exclude(origin=Origin.IMPORTED).order_by().values("pk")
    return ConsultationStage.objects.filter(
        consultation__in=consultations, report_published_on__isnull=False
    ).select_related("consultation__unit")
