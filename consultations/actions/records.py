"""Saving the report and the demands."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.documents import search
from core.legal import audit
from organizations.models import Organization

from .. import law
from ..models import Postulate, Report
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
            after={_("co zmieniono"): changed},
            is_public=True,
        )
        publish_change(report.consultation, at=at)
    return report


@transaction.atomic
def save_postulate(postulate: Postulate, *, by: Any, at: datetime) -> Postulate:
    """Creates or changes a row of the register of demands: public at once, or with the table of its meeting."""
    stored = Postulate.objects.filter(pk=postulate.pk).first()
    before = audit.snapshot(stored) if stored else {}
    if meeting := postulate.meeting:
        postulate.meeting_on, postulate.meeting_about = meeting.held_on, meeting.held_about
        postulate.programme_title, postulate.consultation = meeting.subject, meeting.consultation
    if postulate.organization is None and postulate.organisation_name:
        known = Organization.objects.published().filter(name__iexact=postulate.organisation_name)
        postulate.organization = known.order_by("pk").first()
    if stored is None or not stored.follow_ups.exists():
        postulate.status = law.first_status(postulate.position_code)
    postulate.save()
    old, new = audit.changes(before, audit.snapshot(postulate))
    if new:
        verb = _("Zmiana postulatu") if stored else _("Dodanie postulatu")
        audit.record(postulate, verb, by=by, at=at, before=old, after=new)
    if postulate.is_public:
        search.put(postulate, **postulate_search_arguments(postulate))
    else:
        search.remove(postulate)
    return postulate
