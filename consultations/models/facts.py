"""From rows to the facts that the rules ask about."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from core.common.clock import local_day
from core.documents.models import Attachment, PublicationProof
from core.legal.parameters import days

from .. import law
from ..enums import FormKind

if TYPE_CHECKING:
    from .consultation import Consultation

WAYS_TO_WRITE = {FormKind.CONSULTATION_FORM, FormKind.WRITTEN, FormKind.SURVEY}


def parameters_on(day: date) -> law.Parameters:
    """The legal parameters in force on a day."""
    return law.Parameters(
        campaign_days=days("consultation_campaign", on=day),
        residents_days=days("consultation_residents", on=day),
        ngo_days=days("consultation_ngo", on=day),
        forms=days("consultation_forms", on=day),
        evening_minutes=days("consultation_evening", on=day),
        reason_length=days("position_reason_length", on=day),
    )


def report_due(ends_on: date, stages: int) -> date:
    """The last day for the report. Lists ask it of every row, so only the one period it needs is read."""
    return law.report_due(ends_on, days=days(law.report_parameter(stages), on=ends_on))


def facts_of(consultation: "Consultation", at: datetime) -> law.ConsultationFacts:
    """The consultation as the rules see it at a moment."""
    forms = list(consultation.forms.prefetch_related("dates"))
    return law.ConsultationFacts(
        today=local_day(at),
        at=at,
        regimes=frozenset(consultation.regimes),
        starts_on=consultation.starts_on,
        ends_on=consultation.ends_on,
        campaign_from=consultation.campaign_from,
        has_term=bool(consultation.starts_on or consultation.starts_about),
        notice=notice_parts(consultation, forms),
        forms=tuple(form_facts(form) for form in forms),
        stages=tuple(stage.facts for stage in consultation.stages.all()),
        places=frozenset(PublicationProof.objects.of(consultation).values_list("place", flat=True)),
        remarks=remark_facts(consultation),
        has_report=has_report(consultation),
        has_outcome=bool(consultation.outcome.strip()),
        parameters=parameters_on(local_day(at)),
    )


def notice_parts(consultation: "Consultation", forms: list) -> dict[str, bool]:
    """Which parts of the notice (``law.NOTICE_PARTS``) are there."""
    c = consultation
    ways = {form.kind for form in forms} & WAYS_TO_WRITE
    return {
        "title": bool(c.title.strip()),
        "subject": bool(c.subject.strip()),
        "plain_summary": bool(c.plain_summary.strip()),
        "legal_bases": bool(c.legal_bases),
        "unit": c.unit_id is not None,
        "contact": bool(c.contact_email or c.contact_phone),
        "addressees": bool(c.addressees.strip()),
        "territory": bool(c.is_citywide or c.territory_label or c.districts.exists()),
        "documents": c.points.exists() or Attachment.objects.current().of(c).exists(),
        "channel": bool(c.accepts_remarks or ways),
        "what_next": bool(c.what_next.strip()),
    }


def has_report(consultation: "Consultation") -> bool:
    """Whether the report says something: conclusions in words, or a file."""
    report = getattr(consultation, "report", None)
    return report is not None and bool(report.conclusions or Attachment.objects.current().of(report).exists())


def form_facts(form) -> law.FormFacts:
    return law.FormFacts(
        kind=form.kind,
        name=form.name,
        slots=tuple(d.line.slot for d in form.dates.all() if not d.cancelled_at),
        has_place=bool(form.place),
        is_online=form.is_online,
        has_online_link=bool(form.online_url),
        is_access_described=form.is_access_described,
    )


def remark_facts(consultation: "Consultation") -> tuple[law.RemarkFacts, ...]:
    """The remarks that the report must answer, with the names people know them by."""
    fields = ("number", "position_code", "position", "approved_at")
    rows = consultation.remarks.to_answer().order_by("number").values_list(*fields)
    needs_second = consultation.needs_second_person
    return tuple(
        law.RemarkFacts(consultation.remark_name(number), code, reason, bool(approved) or not needs_second)
        for number, code, reason, approved in rows
    )
