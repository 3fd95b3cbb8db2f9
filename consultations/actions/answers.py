"""Positions of the city on remarks: written, approved, published (R-CNS-16 to 18)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from core.city.models import OrganizationalUnit
from core.common.clock import local_day
from core.common.formats import plural_form
from core.legal import audit
from core.legal.rules import Breach, LawBreached, require
from core.legal.workflow import MoveRefused

from .. import law
from ..emails import answers as letters
from ..models import Assignment, Consultation, Remark, parameters_on
from ..permissions import may_answer, may_write_position

BATCH = 500
WRITTEN = [
    "position_code", "position", "position_unit", "answered_by", "answered_at", "approved_at", "approved_by",
]  # fmt: skip


@transaction.atomic
def answer_remarks(
    remarks: Iterable[Remark],
    *,
    code: str,
    position: str,
    unit: OrganizationalUnit | None = None,
    keeps_public: bool = False,
    by: Any,
    at: datetime,
    why: str = "",
) -> int:
    """Gives remarks of one consultation the same position; not public until it is published. Gives their number.

    A unit that was given the remarks answers in its own name (R-CNS-16). A changed position has to be approved
    again where a second person approves; elsewhere a public one changes at once, whole, and its author is told.
    ``why`` is wanted once the report is out. Raises LawBreached for a late or withdrawn remark, for a public
    position that would be left without words, and with ``keeps_public`` for every public one.
    """
    rows = locked_remarks(remarks, by, may_write_position)
    require(position_breaches(rows, code=code, position=position, at=at))
    if keeps_public and (answered := [row.name for row in rows if row.is_answered]):
        text = plural_form(
            len(answered),
            _(
                "Uwaga %(names)s: stanowisko jest już opublikowane. Odznacz ją albo popraw na jej "
                "stronie.|Uwagi %(names)s: stanowiska są już opublikowane. Odznacz te uwagi albo popraw "
                "na ich stronach."
            ),
        )
        raise LawBreached([Breach("R-CNS-18", text % {"names": ", ".join(answered)})])
    leading = {one.pk: by is None or may_answer(by, one) for one in {row.consultation for row in rows}}
    _refuse_public([row for row in rows if not leading[row.consultation_id]])
    changes = []
    for remark in rows:
        named = law.writing_unit(
            unit,
            assigned=remark.assignment and remark.assignment.unit,
            writes_for_lead=leading[remark.consultation_id],
        )
        if change := _written(remark, code=code, position=position, unit=named, by=by):
            changes.append(change)
    public = [remark for remark, _old, _new in changes if remark.is_answered]
    _require_changeable(public, code=code, position=position, why=why, at=at)
    Remark.objects.bulk_update([remark for remark, _old, _new in changes], WRITTEN, batch_size=BATCH)
    audit.record_many(changes, _("Stanowisko do uwagi"), by=by, at=at)
    _note_in_report([remark for remark in public if remark.is_in_report], why=why, by=by, at=at)
    letters.tell_changed(public, why=why, at=at)
    finish_assignments(rows, at=at)
    return len(rows)


def _written(
    remark: Remark, *, code: str, position: str, unit: Any, by: Any
) -> tuple[Remark, dict[str, Any], dict[str, Any]] | None:
    """The remark with its new position, and what has changed; None when nothing has."""
    before = _shown(remark)
    remark.position_code, remark.position, remark.position_unit = code, position, unit
    old, new = audit.changes(before, _shown(remark))
    if not new:
        return None
    remark.answered_by, remark.approved_at, remark.approved_by = by, None, None
    if remark.consultation.needs_second_person:
        remark.answered_at = None
    return remark, old, new


def _refuse_public(rows: list[Remark]) -> None:
    """A unit that was only asked publishes nothing, so it does not change what is public either."""
    public = [row.name for row in rows if row.is_answered]
    if public:
        text = plural_form(
            len(public),
            _(
                "Uwaga %(names)s: stanowisko jest już publiczne. Zmienia je jednostka, która prowadzi "
                "konsultacje.|Uwagi %(names)s: stanowiska są już publiczne. Zmienia je jednostka, która "
                "prowadzi konsultacje."
            ),
        )
        raise LawBreached([Breach("R-CNS-16", text % {"names": ", ".join(public)})])


def position_breaches(rows: list[Remark], *, code: str, position: str, at: datetime) -> list[Breach]:
    """Why these remarks cannot get this position now; empty when they can.

    A public position is changed, never emptied. Where two approve, one alone does not rewrite what the published report says.
    """
    found = []
    late = [remark.name for remark in rows if not remark.gets_position]
    if late:
        text = plural_form(
            len(late),
            _(
                "Uwaga %(names)s: wpłynęła po terminie albo została wycofana i nie dostaje "
                "stanowiska.|Uwagi %(names)s: wpłynęły po terminie albo zostały wycofane i nie dostają "
                "stanowiska."
            ),
        )
        found.append(Breach("R-CNS-15", text % {"names": ", ".join(late)}))
    fixed = [row.name for row in rows if row.is_fixed]
    if fixed:
        text = plural_form(
            len(fixed),
            _(
                "Uwaga %(names)s: raport jest opublikowany, a stanowisko zatwierdziły dwie osoby. "
                "Sprostowanie dopisz w raporcie.|Uwagi %(names)s: raport jest opublikowany, a stanowiska "
                "zatwierdziły dwie osoby. Sprostowanie dopisz w raporcie."
            ),
        )
        found.append(Breach("R-CNS-18", text % {"names": ", ".join(fixed)}))
    if any(row.is_answered and (row.position_code, row.position) != (code, position) for row in rows):
        length = parameters_on(local_day(at)).reason_length
        found += law.change_breaches(
            code=code, position=position, reason_length=length, is_in_report=False, why=""
        )
    return found


def _require_changeable(rows: list[Remark], *, code: str, position: str, why: str, at: datetime) -> None:
    if rows:
        length = parameters_on(local_day(at)).reason_length
        is_in_report = any(row.is_in_report for row in rows)
        require(
            law.change_breaches(
                code=code, position=position, reason_length=length, is_in_report=is_in_report, why=why
            )
        )


def _note_in_report(rows: list[Remark], *, why: str, by: Any, at: datetime) -> None:
    """Into the public history of each consultation: which positions of its report changed and why, not their words."""
    names = defaultdict(list)
    for row in rows:
        names[row.consultation].append(row.name)
    for consultation, changed in names.items():
        audit.record(
            consultation,
            _("Zmiana stanowisk w raporcie"),
            by=by,
            at=at,
            after={"remarks": ", ".join(changed)},
            reason=why.strip(),
            is_public=True,
        )


def finish_assignments(rows: list[Remark], *, at: datetime) -> None:
    """An assignment is done when every remark of it has a position with a code."""
    given = Assignment.objects.under_way().filter(
        pk__in={row.assignment_id for row in rows if row.assignment_id}
    )
    open_ones = Remark.objects.valid().filter(assignment=OuterRef("pk"), position_code="")
    given.exclude(Exists(open_ones)).update(done_at=at)


@transaction.atomic
def approve_positions(remarks: Iterable[Remark], *, by: Any, at: datetime) -> int:
    """The second person agrees with positions as they are written; gives their number (R-CNS-18).

    Raises LawBreached for what the person wrote, and for what has no position yet.
    """
    rows = [row for row in locked_remarks(remarks, by) if row.approved_at is None]
    _require_complete(rows, at)
    own = [row.name for row in rows if not law.may_approve(by.pk if by else None, row.answered_by_id)]
    if own:
        text = plural_form(
            len(own),
            _(
                "Uwaga %(names)s: to Ty napisałaś lub napisałeś stanowisko. Zatwierdza je inna "
                "osoba.|Uwagi %(names)s: to Ty napisałaś lub napisałeś stanowiska. Zatwierdza je inna "
                "osoba."
            ),
        )
        raise LawBreached([Breach("R-CNS-18", text % {"names": ", ".join(own)})])
    Remark.objects.filter(pk__in=[row.pk for row in rows]).update(approved_at=at, approved_by=by)
    audit.record_many(((row, {}, _shown(row)) for row in rows), _("Zatwierdzenie stanowiska"), by=by, at=at)
    return len(rows)


@transaction.atomic
def publish_positions(remarks: Iterable[Remark], *, by: Any, at: datetime) -> int:
    """Makes positions public before the report and tells the authors.

    Raises LawBreached naming those that are incomplete or wait for the second person.
    """
    rows = [remark for remark in locked_remarks(remarks, by) if not remark.is_answered]
    _require_complete(rows, at)
    waiting = [row.name for row in rows if row.consultation.needs_second_person and not row.approved_at]
    require(law.unapproved(waiting))
    count = _publish(rows, by=by, at=at)
    letters.tell_answered(rows, at=at)
    return count


def _require_complete(rows: list[Remark], at: datetime) -> None:
    length = parameters_on(local_day(at)).reason_length
    facts = [law.RemarkFacts(remark.name, remark.position_code, remark.position) for remark in rows]
    incomplete = [fact.name for fact in facts if not law.is_answered(fact, reason_length=length)]
    if incomplete:
        text = plural_form(
            len(incomplete),
            _(
                "Uwaga %(names)s: wybierz stanowisko i uzasadnij je co najmniej w %(length)d "
                "znakach.|Uwagi %(names)s: wybierz stanowisko do każdej i uzasadnij je co najmniej w "
                "%(length)d znakach."
            ),
        )
        raise LawBreached([Breach("R-CNS-18", text % {"names": ", ".join(incomplete), "length": length})])


def publish_all_positions(consultation: Consultation, *, by: Any, at: datetime) -> int:
    """With the report: every position that is not public yet (the law has seen that none is missing)."""
    rows = consultation.remarks.to_answer().filter(answered_at=None).select_related("consultation")
    return _publish(list(rows), by=by, at=at)


def _publish(rows: list[Remark], *, by: Any, at: datetime) -> int:
    Remark.objects.filter(pk__in=[remark.pk for remark in rows]).update(answered_at=at)
    for remark in rows:
        remark.answered_at = at
    audit.record_many(((row, {}, _shown(row)) for row in rows), _("Publikacja stanowiska"), by=by, at=at)
    return len(rows)


def locked_remarks(remarks: Iterable[Remark], by: Any, may: Any = None) -> list[Remark]:
    """The remarks, locked; MoveRefused when the person may not answer in one of their consultations.

    ``may`` asks of each remark instead of its consultation.
    """
    ids = [remark.pk for remark in remarks]
    rows = Remark.objects.filter(pk__in=ids).select_related(
        "consultation__unit", "submission", "assignment__unit"
    )
    locked = list(rows.select_for_update(of=("self",)).order_by("pk"))
    if by is None:
        return locked
    consultations = {remark.consultation_id: remark.consultation for remark in locked}
    leading = {pk for pk, consultation in consultations.items() if may_answer(by, consultation)}
    others = [remark for remark in locked if remark.consultation_id not in leading]
    if not all(may is not None and may(by, remark) for remark in others):
        raise MoveRefused("may_answer")
    return locked


def _shown(remark: Remark) -> dict[str, Any]:
    return {
        "position_code": remark.position_code,
        "position": remark.position,
        "position_unit": remark.position_unit_id,
    }
