"""Creating and changing the notice."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from core.common.slugs import slug_for
from core.documents import search
from core.legal import audit, workflow
from core.legal.rules import Breach, LawBreached

from ..models import Consultation, ConsultationForm, DocumentVersion
from ..queries import search_arguments
from ..reminders import remind_followers
from .schedule import entry_of, log_changes

# Words that are addresses of other pages below /konsultacje/.
RESERVED = frozenset(
    {
        "harmonogram",
        "postulaty",
        "wnioski",
        "wniosek",
        "zgloszenie",
        "zgubiony-link",
        "moje-uwagi",
        "udzial",
        "zaproszenie",
        "zapis",
    }
)
# What stays inside until the outcome is published.
UNTIL_OUTCOME = frozenset({"outcome", "outcome_url", "is_result_binding"})
# How the office works among itself; never in the public history.
INSIDE = frozenset({"needs_second_person"})
# Written by the portal beside every change; says nothing to readers.
UNSAID = frozenset({"updated_at"})
# The notice is out: these change only by an extension.
FIXED_BY_NOTICE = ("regimes", "starts_on", "ends_on", "ends_hour", "campaign_from")


@transaction.atomic
def save_consultation(consultation: Consultation, *, by: Any, at: datetime, reason: str = "") -> Consultation:
    """Creates a draft or saves changes; changes of what is published are logged and shown.

    Raises LawBreached when the notice is out and a fixed date changes, or no reason is given.
    """
    stored = (
        Consultation.objects.select_for_update(of=("self",))
        .select_related("unit")
        .filter(pk=consultation.pk)
        .first()
    )
    if stored is None:
        return _create(consultation, by=by, at=at)
    entry = entry_of(stored)
    new = audit.changes(audit.snapshot(stored), audit.snapshot(consultation))[1]
    if not new:
        return consultation
    _check_change(stored, new, reason)
    consultation.updated_at = at if stored.is_scheduled else None
    consultation.save()
    _record_change(stored, consultation, set(new), by=by, at=at, reason=reason)
    if stored.is_scheduled:
        log_changes(consultation, entry, by=by, at=at, reason=reason)
    publish_change(consultation, at=at)
    return consultation


def _record_change(
    stored: Consultation, consultation: Consultation, changed: set[str], *, by: Any, at: datetime, reason: str
) -> None:
    """Into the log; into the public history what is public now, so not an outcome that is still being written."""
    secret = changed & INSIDE if stored.is_outcome_public else changed & (UNTIL_OUTCOME | INSIDE)
    for columns, is_public in ((changed - secret, stored.has_notice), (secret, False)):
        before, after = named(stored, columns), named(consultation, columns)
        if after:
            audit.record(
                consultation,
                _("Zmiana ogłoszenia"),
                by=by,
                at=at,
                before=before,
                after=after,
                reason=reason,
                is_public=is_public,
            )


def named(consultation: Consultation, columns: Iterable[str]) -> dict[str, Any]:
    """Values as the history shows them: by the names of the fields, units by their names."""
    wanted = set(columns) - UNSAID
    fields = [field for field in Consultation._meta.concrete_fields if field.attname in wanted]
    return {str(field.verbose_name): _readable(getattr(consultation, field.name)) for field in fields}


def _readable(value: Any) -> Any:
    if isinstance(value, bool):
        return _("tak") if value else _("nie")
    return str(value) if isinstance(value, Model) else value


def _create(consultation: Consultation, *, by: Any, at: datetime) -> Consultation:
    consultation.slug = new_slug(consultation.title)
    consultation.save()
    workflow.start(consultation, by=by, at=at)
    audit.record(consultation, _("Utworzenie"), by=by, at=at, after={"title": consultation.title})
    return consultation


def new_slug(title: str) -> str:
    slug = slug_for(Consultation, title)
    return slug_for(Consultation, f"konsultacje {title}") if slug in RESERVED else slug


def _check_change(stored: Consultation, changed: dict[str, Any], reason: str) -> None:
    if not stored.has_notice:
        return
    text = _("%(field)s: ogłoszenie jest już opublikowane. Koniec możesz zmienić tylko przez przedłużenie.")
    names = {field.attname: str(field.verbose_name) for field in Consultation._meta.concrete_fields}
    fixed = [name for name in FIXED_BY_NOTICE if name in changed]
    found = [Breach("R-CNS-11", text % {"field": names[name].capitalize()}, name) for name in fixed]
    if not reason.strip():
        found.append(
            Breach(
                "", _("Powód zmiany: napisz, dlaczego zmieniasz opublikowane ogłoszenie."), "change_reason"
            )
        )
    if found:
        raise LawBreached(found)


def publish_change(consultation: Consultation, *, at: datetime) -> None:
    """Brings search index and reminders up to what the record says now."""
    if consultation.is_scheduled:
        search.put(consultation, **search_arguments(consultation))
        remind_followers(consultation)
    else:
        search.remove(consultation)


@transaction.atomic
def delete_draft(consultation: Consultation, *, by: Any, at: datetime) -> None:
    """Deletes what has never been published. Raises LawBreached for anything else."""
    stored = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if stored.is_scheduled:
        raise LawBreached(
            [
                Breach(
                    "R-CNS-23",
                    _("Usunąć można tylko szkic. Opublikowane konsultacje odwołaj z podaniem powodu."),
                )
            ]
        )
    audit.record(stored, _("Usunięcie szkicu"), by=by, at=at, before={"title": stored.title})
    stored.delete()


# --- the parts --------------------------------------------------------------------------------------


def parts_of(consultation: Consultation) -> dict[str, Any]:
    """The parts of the notice that are rows of their own, as texts for comparing."""
    forms = consultation.forms.prefetch_related("dates")
    return {
        _("formy"): [_form_text(form) for form in forms],
        _("etapy"): [
            f"{s.name} {s.starts_on or s.term_about} {s.ends_on or ''} {s.result}".strip()
            for s in consultation.stages.all()
        ],
        _("dzielnice"): [str(district) for district in consultation.districts.all()],
        _("branże"): [str(branch) for branch in consultation.branches.all()],
        _("jednostki współpracujące"): [str(unit) for unit in consultation.co_units.all()],
        _("treść dokumentu"): _document_text(consultation),
    }


def _document_text(consultation: Consultation) -> list[str]:
    """Before the notice the words, later the number of the version: its page shows what changed in it."""
    if consultation.has_notice:
        return [f"{_('wersja')} {version.number}" for version in DocumentVersion.objects.of(consultation)][
            -1:
        ]
    return [f"{point.number} {point.text}" for point in consultation.points.all()]


def _form_text(form: ConsultationForm) -> str:
    said = [
        form.name,
        *(str(date) for date in form.dates.all()),
        form.place,
        form.online_url,
        form.phone,
        form.email,
        form.note,
    ]
    return ", ".join(
        filter(None, [*said, *(f"{name}: {'tak' if there else 'nie'}" for name, there in form.access)])
    )


@transaction.atomic
def note_parts_change(
    consultation: Consultation, before: dict[str, Any], *, by: Any, at: datetime, reason: str = ""
) -> None:
    """Writes down what changed in forms, stages, places and document since ``before`` (see ``parts_of``)."""
    old, new = audit.changes(before, parts_of(consultation))
    if not new:
        return
    is_public = consultation.has_notice
    audit.record(
        consultation,
        _("Zmiana ogłoszenia"),
        by=by,
        at=at,
        before=old,
        after=new,
        reason=reason,
        is_public=is_public,
    )
    if consultation.is_scheduled:
        Consultation.objects.filter(pk=consultation.pk).update(updated_at=at)
    publish_change(consultation, at=at)
