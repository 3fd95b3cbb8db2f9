"""Starting a draft from a template or from an earlier consultation (R-CNS-24)."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.city.models import OrganizationalUnit
from core.legal import audit

from .. import law
from ..models import Consultation, ConsultationForm, ConsultationStage, ConsultationTemplate, parameters_on
from .drafting import save_consultation

COPIED = (
    "regimes", "kind", "kind_label", "subject", "plain_summary", "description", "legal_bases", "addressees",
    "contact_email", "contact_phone", "is_citywide", "territory_label", "languages", "accepts_remarks", "what_next",
)  # fmt: skip
COPIED_OF_FORM = (
    "position", "kind", "label", "place", "online_url", "phone", "email", "channels", "note", "is_step_free",
    "has_induction_loop", "has_sign_language",
)  # fmt: skip


@transaction.atomic
def draft_from_template(
    template: ConsultationTemplate,
    *,
    title: str,
    unit: OrganizationalUnit,
    starts_on: date | None,
    by: Any,
    at: datetime,
) -> Consultation:
    """A draft with the texts, stages and forms of the template, and the days that follow from the first one."""
    made = Consultation(
        title=title,
        unit=unit,
        kind=template.kind,
        regimes=template.regimes,
        subject=template.subject,
        plain_summary=template.plain_summary,
        addressees=template.addressees,
        legal_bases=template.legal_bases,
        what_next=template.what_next,
        contact_email=next(iter(unit.emails), ""),
        contact_phone=next(iter(unit.phones), "")[:80],
        languages=["pl"],
    )
    if starts_on:
        term = law.term_of_template(
            starts_on, days=template.days, regimes=template.regimes, parameters=parameters_on(starts_on)
        )
        made.campaign_from, made.starts_on, made.ends_on = term.campaign_from, term.starts_on, term.ends_on
    save_consultation(made, by=by, at=at)
    ConsultationStage.objects.bulk_create(
        ConsultationStage(consultation=made, position=position, kind=kind)
        for position, kind in enumerate(template.stages, start=1)
    )
    ConsultationForm.objects.bulk_create(
        ConsultationForm(consultation=made, position=position, kind=kind)
        for position, kind in enumerate(template.form_kinds, start=1)
    )
    return made


@transaction.atomic
def copy_consultation(
    source: Consultation, *, title: str, unit: OrganizationalUnit, by: Any, at: datetime
) -> Consultation:
    """A draft with the texts, places and forms of an earlier consultation; its days, remarks and report stay there."""
    made = Consultation(title=title, unit=unit, **{name: getattr(source, name) for name in COPIED})
    save_consultation(made, by=by, at=at)
    made.districts.set(source.districts.all())
    made.branches.set(source.branches.all())
    made.co_units.set(source.co_units.all())
    ConsultationStage.objects.bulk_create(
        ConsultationStage(consultation=made, position=stage.position, kind=stage.kind, label=stage.label)
        for stage in source.stages.all()
    )
    ConsultationForm.objects.bulk_create(
        ConsultationForm(consultation=made, **{name: getattr(form, name) for name in COPIED_OF_FORM})
        for form in source.forms.all()
    )
    audit.record(made, _("Skopiowanie konsultacji"), by=by, at=at, after={"source": source.pk})
    return made
