"""The report of one stage (R-CNS-07): its positions become public before the consultation is over."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.common.clock import local_day
from core.common.sites import absolute
from core.documents.actions import record_publication
from core.documents.enums import Place, Purpose
from core.legal import audit
from core.legal.rules import require
from core.legal.workflow import MoveRefused

from .. import law
from ..models import Consultation, ConsultationStage
from ..permissions import may_run
from ..queries.report import stage_remarks
from .answers import publish_positions
from .drafting import publish_change


@transaction.atomic
def publish_stage_report(stage: ConsultationStage, *, by: Any, at: datetime) -> ConsultationStage:
    """Publishes what came of a stage and the positions on its remarks; their authors are told.

    Raises LawBreached naming each remark without a reasoned or approved position.
    """
    consultation = Consultation.objects.select_for_update(of=("self",)).get(pk=stage.consultation_id)
    locked = ConsultationStage.objects.select_for_update().get(pk=stage.pk)
    if not consultation.has_notice or (by is not None and not may_run(by, consultation)):
        raise MoveRefused("may_run")
    require(
        law.stage_report_breaches(
            ends_on=locked.ends_on,
            result=locked.result,
            is_published=locked.report_published_on is not None,
            today=local_day(at),
        )
    )
    locked.consultation = consultation
    publish_positions(stage_remarks(locked), by=by, at=at)
    locked.report_published_on = local_day(at)
    locked.save(update_fields=["report_published_on"])
    verb = _("Opublikowano raport z etapu: %(stage)s") % {"stage": locked.name}
    audit.record(consultation, verb, by=by, at=at, is_public=True)
    record_publication(
        consultation,
        place=Place.WEBSITE,
        purpose=Purpose.REPORT,
        published_on=local_day(at),
        url=absolute(locked.get_report_url()),
        by=by,
        at=at,
    )
    publish_change(consultation, at=at)
    return locked
