"""Positions of the city on remarks (R-CNS-17, 18), and hiding what must not be public."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.city.models import OrganizationalUnit
from core.common.clock import local_day
from core.legal import audit
from core.legal.rules import Breach, LawBreached
from core.legal.workflow import MoveRefused

from .. import law
from ..models import Consultation, Remark, parameters_on
from ..permissions import may_answer


@transaction.atomic
def answer_remarks(
    remarks: Iterable[Remark],
    *,
    code: str,
    position: str,
    unit: OrganizationalUnit | None = None,
    by: Any,
    at: datetime,
) -> int:
    """Gives remarks of one consultation the same position; not public until it is published. Gives their number.

    Raises LawBreached for a late or withdrawn remark.
    """
    rows = _locked(remarks, by)
    late = [remark.name for remark in rows if remark.submission.is_late or remark.withdrawn_at]
    if late:
        text = _("Uwagi %(names)s: wpłynęły po terminie albo zostały wycofane i nie dostają stanowiska.")
        raise LawBreached([Breach("R-CNS-15", text % {"names": ", ".join(late)})])
    for remark in rows:
        before = _shown(remark)
        remark.position_code, remark.position, remark.position_unit, remark.answered_by = (
            code,
            position,
            unit,
            by,
        )
        remark.save(update_fields=["position_code", "position", "position_unit", "answered_by"])
        old, new = audit.changes(before, _shown(remark))
        if new:
            audit.record(remark, _("Stanowisko do uwagi"), by=by, at=at, before=old, after=new)
    return len(rows)


@transaction.atomic
def publish_positions(remarks: Iterable[Remark], *, by: Any, at: datetime) -> int:
    """Makes positions public before the report. Raises LawBreached naming those that are incomplete."""
    rows = [remark for remark in _locked(remarks, by) if not remark.is_answered]
    length = parameters_on(local_day(at)).reason_length
    facts = [law.RemarkFacts(remark.name, remark.position_code, remark.position) for remark in rows]
    incomplete = [fact.name for fact in facts if not law.is_answered(fact, reason_length=length)]
    if incomplete:
        text = _("Uwagi %(names)s: wybierz stanowisko i uzasadnij je co najmniej w %(length)d znakach.")
        raise LawBreached([Breach("R-CNS-18", text % {"names": ", ".join(incomplete), "length": length})])
    return _publish(rows, by=by, at=at)


def publish_all_positions(consultation: Consultation, *, by: Any, at: datetime) -> int:
    """With the report: every position that is not public yet (the law has seen that none is missing)."""
    rows = consultation.remarks.to_answer().filter(answered_at=None).select_related("consultation")
    return _publish(list(rows), by=by, at=at)


def _publish(rows: list[Remark], *, by: Any, at: datetime) -> int:
    for remark in rows:
        remark.answered_at = at
        remark.save(update_fields=["answered_at"])
        audit.record(remark, _("Publikacja stanowiska"), by=by, at=at, after=_shown(remark))
    return len(rows)


@transaction.atomic
def hide_remark(remark: Remark, *, reason: str, by: Any, at: datetime) -> None:
    """Takes a remark off the public list (personal data, insults); it stays in the files. Wants a reason."""
    if not reason.strip():
        raise LawBreached([Breach("R-CNS-14", _("Powód: napisz, dlaczego ukrywasz uwagę."), "hidden_reason")])
    (locked,) = _locked([remark], by)
    locked.hidden_at, locked.hidden_reason = at, reason.strip()[:300]
    locked.save(update_fields=["hidden_at", "hidden_reason"])
    audit.record(locked, _("Ukrycie uwagi"), by=by, at=at, reason=reason)


@transaction.atomic
def show_remark(remark: Remark, *, by: Any, at: datetime) -> None:
    """Puts a hidden remark back on the public list."""
    (locked,) = _locked([remark], by)
    locked.hidden_at, locked.hidden_reason = None, ""
    locked.save(update_fields=["hidden_at", "hidden_reason"])
    audit.record(locked, _("Przywrócenie uwagi"), by=by, at=at)


def _locked(remarks: Iterable[Remark], by: Any) -> list[Remark]:
    """The remarks, locked; MoveRefused when the person may not answer in one of their consultations."""
    ids = [remark.pk for remark in remarks]
    rows = Remark.objects.filter(pk__in=ids).select_related("consultation", "submission")
    locked = list(rows.select_for_update(of=("self",)).order_by("pk"))
    consultations = {remark.consultation_id: remark.consultation for remark in locked}
    if by is not None and not all(may_answer(by, consultation) for consultation in consultations.values()):
        raise MoveRefused("may_answer")
    return locked


def _shown(remark: Remark) -> dict[str, Any]:
    return {
        "position_code": remark.position_code,
        "position": remark.position,
        "position_unit": remark.position_unit_id,
    }
