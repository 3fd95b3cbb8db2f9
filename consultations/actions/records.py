"""Saving the report and the demands."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.functions import Upper
from django.utils.translation import gettext as _

from core.documents import search
from core.legal import audit
from core.legal.rules import Breach, LawBreached
from organizations.models import Organization

from .. import law
from ..models import DemandMeeting, Postulate, Report
from ..queries import postulate_search_arguments
from .drafting import publish_change


@transaction.atomic
def save_report(report: Report, *, by: Any, at: datetime) -> Report:
    """Keeps what was written; a change after the publication is shown in the public history."""
    stored = Report.objects.select_for_update().get(pk=report.pk)
    names = {
        "conclusions": _("wnioski"),
        "changes": _("zmiany w projekcie"),
        "campaign": _("działania informacyjne"),
        "course": _("przebieg"),
        "officials": _("kto brał udział ze strony urzędu"),
        "what_next": _("co dalej"),
    }
    before = audit.snapshot(stored, list(names))
    report.save()
    old, new = audit.changes(before, audit.snapshot(report, list(names)))
    if not new:
        return report
    audit.record(report, _("Zmiana raportu"), by=by, at=at, before=old, after=new)
    if report.is_public:
        changed = ", ".join(names[name] for name in new)
        audit.record(
            report.consultation,
            _("Zmieniono raport"),
            by=by,
            at=at,
            after={"changed": changed},
            is_public=True,
        )
        publish_change(report.consultation, at=at)
    return report


@transaction.atomic
def save_postulate(postulate: Postulate, *, by: Any, at: datetime) -> Postulate:
    """Creates or changes a row of the register of demands: public at once, or with the table of its meeting.

    Raises LawBreached for a public one that would go into a table that nobody may read yet.
    """
    stored = Postulate.objects.select_for_update().filter(pk=postulate.pk).first()
    before = audit.snapshot(stored) if stored else {}
    if stored:
        if stored.is_public and not postulate.is_public:
            text = _("Spotkanie: jego tabela nie jest jeszcze publiczna, a postulat już jest.")
            raise LawBreached([Breach("R-CNS-16", text, "meeting")])
        # What others may have done since the form was read stays.
        postulate.merged_into_id, postulate.status = stored.merged_into_id, stored.status
    for name, value in of_meeting(postulate.meeting).items() if postulate.meeting else ():
        setattr(postulate, name, value)
    if postulate.organization is None and (wanted := postulate.organisation_name):
        postulate.organization = published_by_name([wanted]).get(wanted.upper())
    if stored is None or not stored.follow_ups.exists():
        postulate.status = law.first_status(postulate.position_code)
    postulate.save()
    old, new = audit.changes(before, audit.snapshot(postulate))
    if new:
        verb = _("Zmiana postulatu") if stored else _("Dodanie postulatu")
        audit.record(postulate, verb, by=by, at=at, before=old, after=new)
        if postulate.is_public:
            note_in_public(postulate, verb, new if stored else (), by=by, at=at)
    if postulate.is_public:
        search.put(postulate, **postulate_search_arguments(postulate))
    else:
        search.remove(postulate)
    return postulate


def of_meeting(meeting: DemandMeeting) -> dict[str, Any]:
    """What a demand repeats of its meeting, for lists and filters."""
    return {
        "meeting_on": meeting.held_on,
        "meeting_about": meeting.held_about,
        "programme_title": meeting.subject,
        "consultation_id": meeting.consultation_id,
    }


def published_by_name(names: Iterable[str]) -> dict[str, Organization]:
    """Published organisations by their names in capitals, whatever letters they were asked with; one query."""
    rows = Organization.objects.published().annotate(capitals=Upper("name"))
    found = rows.filter(capitals__in={name.upper() for name in names}).order_by("-pk")
    return {row.capitals: row for row in found}  # of two with one name the older


def note_in_public(obj: Model, verb: str, changed: Collection[str], *, by: Any, at: datetime) -> None:
    """Into the public history: which fields changed. Not their words: a name taken out must not live on there."""
    fields = [*obj._meta.concrete_fields, *obj._meta.many_to_many]
    names = [str(field.verbose_name) for field in fields if field.attname in changed]
    after = {"changed": ", ".join(names)} if names else {}
    audit.record(obj, verb, by=by, at=at, after=after, is_public=True)
