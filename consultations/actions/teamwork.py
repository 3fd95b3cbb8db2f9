"""Answering together: like remarks in groups, remarks given to other units (R-CNS-16)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from core.city.models import OrganizationalUnit
from core.common.clock import local_day
from core.common.formats import plural_form
from core.legal import audit
from core.legal.rules import Breach, LawBreached, require
from core.legal.workflow import MoveRefused

from .. import law
from ..emails import answers as letters
from ..models import Assignment, Consultation, Remark, RemarkGroup
from ..permissions import answering_units, may_answer
from .answers import finish_assignments, locked_remarks


@transaction.atomic
def group_remarks(remarks: Iterable[Remark], *, subject: str = "", by: Any, at: datetime) -> RemarkGroup:
    """Ties remarks that ask for the same; those of a group already bring the rest of it along.

    Raises LawBreached for fewer than two, or for remarks of several consultations.
    """
    rows = locked_remarks(remarks, by)
    consultation = _one_consultation(rows)
    old = {row.group_id for row in rows if row.group_id}
    brought = consultation.remarks.valid().filter(group__in=old).exclude(pk__in=[row.pk for row in rows])
    rows += locked_remarks(brought, by)
    if len(rows) < 2:
        raise LawBreached([Breach("R-CNS-16", _("Podobne uwagi: wybierz co najmniej dwie."))])
    group = RemarkGroup.objects.create(
        consultation=consultation,
        subject=subject.strip()[:200] or Truncator(rows[0].proposed_wording).chars(60),
        made_at=at,
        by=by,
    )
    Remark.objects.filter(pk__in=[row.pk for row in rows]).update(group=group)
    RemarkGroup.objects.filter(pk__in=old).delete()
    names = [row.name for row in sorted(rows, key=lambda row: row.number)]
    audit.record(consultation, _("Połączenie podobnych uwag"), by=by, at=at, after={"remarks": names})
    return group


@transaction.atomic
def ungroup_remarks(remarks: Iterable[Remark], *, by: Any, at: datetime) -> int:
    """Takes remarks out of their groups; a group of one is no group. Gives the number taken out."""
    rows = [row for row in locked_remarks(remarks, by) if row.group_id]
    groups = {row.group_id for row in rows if row.group_id}
    Remark.objects.filter(pk__in=[row.pk for row in rows]).update(group=None)
    for group in RemarkGroup.objects.filter(pk__in=groups):
        if group.remarks.count() < 2:
            group.delete()
    for consultation in {row.consultation for row in rows}:
        names = [row.name for row in rows if row.consultation_id == consultation.pk]
        audit.record(consultation, _("Rozdzielenie uwag"), by=by, at=at, after={"remarks": names})
    return len(rows)


@transaction.atomic
def assign_remarks(
    remarks: Iterable[Remark],
    *,
    unit: OrganizationalUnit,
    due_on: date,
    note: str = "",
    by: Any,
    at: datetime,
) -> Assignment:
    """Gives remarks to another unit, which is told by mail and answers by a day. Raises LawBreached."""
    rows = locked_remarks(remarks, by)
    consultation = _one_consultation(rows)
    require(
        law.assignment_breaches(
            unit=unit.pk,
            lead_unit=consultation.unit_id,
            due_on=due_on,
            today=local_day(at),
            report_due=consultation.report_due_with(consultation.stages.count()),
            has_people=answering_units().filter(pk=unit.pk).exists(),
        )
    )
    closed = [row.name for row in rows if row.is_answered or row.submission.is_late or row.withdrawn_at]
    if closed:
        text = plural_form(
            len(closed),
            _(
                "Uwaga %(names)s: ma już opublikowane stanowisko albo go nie dostaje.|Uwagi %(names)s: "
                "mają już opublikowane stanowiska albo ich nie dostają."
            ),
        )
        raise LawBreached([Breach("R-CNS-16", text % {"names": ", ".join(closed)})])
    assignment = Assignment.objects.create(
        consultation=consultation, unit=unit, due_on=due_on, note=note.strip(), assigned_at=at, by=by
    )
    before = {row.assignment_id for row in rows if row.assignment_id}
    Remark.objects.filter(pk__in=[row.pk for row in rows]).update(assignment=assignment)
    emptied = list(
        Assignment.objects.under_way()
        .filter(pk__in=before, remarks=None)
        .select_related("unit", "consultation__unit")
    )
    Assignment.objects.filter(pk__in=[one.pk for one in emptied]).update(called_off_at=at)
    after = {"unit": unit.name, "remarks": [row.name for row in rows], "due_on": due_on}
    audit.record(consultation, _("Przekazanie uwag komórce"), by=by, at=at, after=after)
    finish_assignments(list(Remark.objects.filter(assignment__in=before)), at=at)
    letters.tell_assigned(assignment, len(rows))
    for one in emptied:
        if one.unit_id != unit.pk:  # asked anew, by the letter above
            letters.tell_called_off(one)
    return assignment


@transaction.atomic
def call_off_assignment(assignment: Assignment, *, by: Any, at: datetime) -> None:
    """The leading unit answers itself after all; what was written stays. MoveRefused when it is over."""
    locked = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if by is not None and not may_answer(by, locked.consultation):
        raise MoveRefused("may_answer")
    if not locked.is_under_way:
        raise MoveRefused("is_under_way")
    locked.called_off_at = at
    locked.save(update_fields=["called_off_at"])
    audit.record(
        locked.consultation, _("Cofnięcie przekazania"), by=by, at=at, after={"unit": locked.unit.name}
    )
    letters.tell_called_off(locked)


def _one_consultation(rows: list[Remark]) -> Consultation:
    found = {row.consultation for row in rows}
    if len(found) != 1:
        raise LawBreached([Breach("R-CNS-16", _("Uwagi: wybierz uwagi z jednych konsultacji."))])
    return found.pop()
