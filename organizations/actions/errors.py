"""Mistakes in public profiles that anybody may point out (R-ORG-20)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from core.common.sanitize import strip_controls
from core.legal import audit
from core.legal.rules import Breach, LawBreached
from core.legal.workflow import MoveRefused

from .. import law
from ..models import ErrorReport, Organization
from ..permissions import is_registrar

KEPT = timedelta(days=2 * 365)


def report_error(organization: Organization, *, text: str, email: str = "", at: datetime) -> ErrorReport:
    """Takes note of a mistake. Raises MoveRefused when not everybody sees the profile."""
    if not law.may_report_error(organization.state):
        raise MoveRefused("may_report_error")
    return ErrorReport.objects.create(
        organization=organization, text=strip_controls(text), email=email, reported_at=at
    )


@transaction.atomic
def close_error_report(report: ErrorReport, *, outcome: str, by, at: datetime) -> ErrorReport:
    """Says what was done. Raises MoveRefused when it is closed already or the person is not of the registry."""
    locked = ErrorReport.objects.select_for_update().get(pk=report.pk)
    if locked.handled_at is not None or not is_registrar(by):
        raise MoveRefused("is_registrar")
    if not outcome.strip():
        raise LawBreached([Breach("R-ORG-20", _("Co zrobiono: napisz jedno zdanie"), "reason")])
    locked.handled_at, locked.handled_by, locked.outcome = at, by, outcome
    locked.save(update_fields=["handled_at", "handled_by", "outcome"])
    audit.record(
        locked.organization, _("Załatwienie zgłoszonego błędu"), by=by, at=at, after={"report": locked.pk}
    )
    return locked


def forget_reporters(*, at: datetime) -> int:
    """Deletes reports that were settled more than two years ago, with the addresses in them; gives how many."""
    return ErrorReport.objects.filter(handled_at__lt=at - KEPT).delete()[0]
