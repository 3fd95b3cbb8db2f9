"""A register has struck an organisation off: the office records the end of it, or says why it goes on (R-ORG-13, 17)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.common.clock import local_day
from core.common.formats import day
from core.legal import audit
from core.legal.rules import Breach, LawBreached
from core.legal.workflow import MoveRefused

from ..models import Organization, RegisterComparison
from ..permissions import is_registrar
from .standing import dissolve


@transaction.atomic
def dissolve_struck_off(
    comparison: RegisterComparison, *, by, at: datetime, dissolved_on: date | None, reason: str = ""
) -> Organization:
    """Records the end that the register has told. Raises MoveRefused, or LawBreached without its day."""
    row = _waiting(comparison, by)
    said = {"register": row.get_register_display(), "day": day(local_day(row.compared_at))}
    source = _("%(register)s: wykreślenie, odpowiedź z %(day)s") % said
    reason = reason or _("Wykreślenie z rejestru")
    ended = dissolve(row.organization, by=by, at=at, reason=reason, dissolved_on=dissolved_on, source=source)
    _settle(row, by, at, reason)
    return ended


@transaction.atomic
def keep_struck_off(comparison: RegisterComparison, *, by, at: datetime, reason: str) -> None:
    """The organisation goes on in spite of the register's answer. Raises MoveRefused, LawBreached without a reason."""
    row = _waiting(comparison, by)
    if not reason.strip():
        raise LawBreached([Breach("R-ORG-13", _("Powód: napisz, dlaczego"), "reason")])
    _settle(row, by, at, reason)
    after = {"register": row.register, "compared_at": row.compared_at}
    audit.record(row.organization, _("Działa mimo wykreślenia"), by=by, at=at, after=after, reason=reason)


def _waiting(comparison: RegisterComparison, by) -> RegisterComparison:
    row = RegisterComparison.objects.select_for_update().get(pk=comparison.pk)
    if not is_registrar(by) or not RegisterComparison.objects.filter(pk=row.pk).struck_off().exists():
        raise MoveRefused("is_registrar")
    return row


def _settle(row: RegisterComparison, by, at: datetime, reason: str) -> None:
    row.settled_at, row.settled_by, row.settlement = at, by, reason
    row.save(update_fields=["settled_at", "settled_by", "settlement"])
