"""Collected calls, read into the models: repeatable, nothing dropped without a word."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from core.city.models import OrganizationalUnit, TaskSphere
from core.common.clock import local_day
from core.common.facts import FactReader, ImportReport, import_records

from .. import actions, law
from ..enums import Form, Intake, Mode, State
from ..models import Call
from ..models.call import first_day
from . import rows, values

FORMS = {
    "powierzanie": Form.ENTRUST,
    "powierzenie": Form.ENTRUST,
    "entrust": Form.ENTRUST,
    "wspieranie": Form.SUPPORT,
    "wsparcie": Form.SUPPORT,
    "support": Form.SUPPORT,
}
TITLE = Call._meta.get_field("title")
AMOUNTS = ("max_grant", "min_grant", "prior_funding_current_year", "prior_funding_previous_year")
LONGEST_ID = 120


@dataclass
class ReadCall:
    """A record as the models take it."""

    fact_id: str
    digest: str
    fields: dict[str, Any]
    units: list[OrganizationalUnit]
    spheres: list[TaskSphere]
    children: dict[str, list[dict[str, Any]]]
    results: dict[str, Any] | None
    is_cancelled: bool = False

    def state(self, at: datetime) -> State:
        """As far as the record tells: cancelled, open, decided, else in the archive."""
        if self.is_cancelled:
            return State.CANCELLED
        deadline = self.fields["offers_due_at"]
        if deadline is not None and law.is_open(deadline, at):
            return State.PUBLISHED
        is_decided = self.results is not None and (
            self.results["awards"] or self.results["result"]["funded"] is not None
        )
        if is_decided and self.is_task_ahead(at):
            return State.RESULTS_PUBLISHED
        return State.ARCHIVED

    def is_task_ahead(self, at: datetime) -> bool:
        ends = self.fields["task_to"]
        last = first_day(ends) if len(ends) == 10 else None
        return last is not None and last >= local_day(at)


def import_calls(records: list[dict], *, by: Any = None, at: datetime) -> ImportReport:
    """Calls by their ``id``; a second run changes nothing, a changed record is updated.

    Past calls are not judged by today's law and make no moves: one transition says »import«.
    """
    known, written = values.Known(), []
    report = import_records(records, lambda reader: _import_one(reader, known, written, at))
    actions.index_imported(written)
    return report


def _import_one(reader: FactReader, known: values.Known, written: list[int], at: datetime) -> str:
    title = values.text(reader, "title")
    if not title:
        reader.cannot("title", "konkurs bez tytułu")
        return "skipped"
    read = _read(reader, known, title)
    present = Call.objects.filter(fact_id=read.fact_id).first()
    if present is not None and present.fact_digest == read.digest:
        return "unchanged"
    written.append(actions.import_call(present, read, at=at).pk)
    return "created" if present is None else "updated"


def _read(reader: FactReader, known: values.Known, title: str) -> ReadCall:
    units = _units(reader, known)
    return ReadCall(
        fact_id=_fact_id(reader, title),
        digest=digest_of(reader.record),
        fields={
            "title": values.fitting(reader, "title", TITLE, title),
            "unit": units[0] if units else None,
            **_kind(reader),
            **_timing(reader),
            **_money(reader),
            **_texts(reader),
            "year_hint": values.count(reader, "year_hint", 9999),
            "source": values.text(reader, "source"),
            "sources_extra": values.texts(reader, "sources_extra"),
            "oddities": values.texts(reader, "oddities"),
        },
        units=units,
        spheres=known.spheres(reader, "public_task_areas"),
        children={
            "budget_years": rows.budget_years(reader),
            "budget_sources": rows.budget_sources(reader),
            "parts": rows.parts(reader),
            "intake_windows": rows.intake_windows(reader),
            "criteria": rows.criteria(reader),
        },
        results=rows.results(reader),
        is_cancelled=bool(values.yes_or_no(reader, "cancelled")),
    )


def _fact_id(reader: FactReader, title: str) -> str:
    """The record's own ``id``; without one, its source and title."""
    return (values.text(reader, "id") or f"{reader.record.get('source') or ''} {title}".strip())[:LONGEST_ID]


def digest_of(record: dict) -> str:
    """What a record says, as a fingerprint: equal ones need no writing."""
    return hashlib.sha256(
        json.dumps(record, sort_keys=True, ensure_ascii=False, default=str).encode()
    ).hexdigest()


def _units(reader: FactReader, known: values.Known) -> list[OrganizationalUnit]:
    """The announcing unit first, then the others."""
    names = [(values.text(reader, "announcing_unit"), "announcing_unit")]
    names += [(name, "units") for name in values.texts(reader, "units")]
    found: list[OrganizationalUnit] = []
    for name, key in names:
        unit = known.unit(reader, key, name)
        if unit is not None and unit not in found:
            found.append(unit)
    return found


def _kind(reader: FactReader) -> dict[str, Any]:
    mode, form = values.text(reader, "mode"), values.text(reader, "form")
    known_form = FORMS.get(form.lower())
    return {
        "authority": _fitting(reader, "announcing_authority", "authority"),
        "mode": mode if mode in Mode.values else Mode.OTHER,
        "mode_label": "" if mode in Mode.values else mode[:300],
        "form": known_form or Form.UNKNOWN,
        "form_label": "" if known_form else form[:300],
        "sphere_label": values.text(reader, "public_task_area_label"),
        "are_spheres_inferred": bool(values.yes_or_no(reader, "public_task_areas_inferred")),
        "target_groups": values.texts(reader, "target_groups"),
        "place": values.text(reader, "place"),
    }


def _fitting(reader: FactReader, key: str, column: str) -> str:
    return values.fitting(reader, key, Call._meta.get_field(column), values.text(reader, key))


def _timing(reader: FactReader) -> dict[str, Any]:
    deadline, has_hour, words = values.deadline(reader, "offers_due_at")
    task_from, task_to = values.partial(reader, "task_from"), values.partial(reader, "task_to")
    length = min(len(task_from), len(task_to))
    if task_to[:length] < task_from[:length]:
        reader.cannot("task_to", "koniec zadania przed początkiem, zachowano tak jak w źródle")
    return {
        "intake": Intake.DEADLINE if deadline else Intake.UNKNOWN,
        "offers_due_at": deadline,
        "has_due_hour": has_hour,
        "deadline_note": values.fitting(
            reader, "offers_due_at", Call._meta.get_field("deadline_note"), words
        ),
        "announced_on": values.partial(reader, "announced_on"),
        "task_from": task_from,
        "task_to": task_to,
        "paper_confirmation_deadline": _fitting(
            reader, "paper_confirmation_deadline", "paper_confirmation_deadline"
        ),
    }


def _money(reader: FactReader) -> dict[str, Any]:
    total, words = values.amount(reader, "budget_total")
    return {
        "budget_total": total,
        "budget_note": words,
        "is_budget_approximate": bool(values.yes_or_no(reader, "budget_is_approximate")),
        **{name: values.sure_amount(reader, name) for name in AMOUNTS},
        "prior_funding_note": values.text(reader, "prior_funding_note"),
        "min_own_contribution_percent": values.share(reader, "min_own_contribution_percent"),
        "max_cofinancing_percent": values.share(reader, "max_cofinancing_percent"),
        "offers_per_applicant": values.count(reader, "offers_per_applicant", 32767),
        "minimum_score": _score(reader),
    }


def _score(reader: FactReader) -> Decimal | None:
    return values.points(reader, "minimum_score")


def _texts(reader: FactReader) -> dict[str, Any]:
    return {
        "description": values.text(reader, "description"),
        "submission_system": values.text(reader, "submission_system"),
        "includes_committee_call": values.yes_or_no(reader, "commission_call_included"),
        "attachments_required": values.texts(reader, "attachments_required"),
        "contact": values.text(reader, "contact_unit"),
    }
