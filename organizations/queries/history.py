"""The public history of a profile: what changed and when, never by whom."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.legal.models import AuditEntry

from ..models import Dossier, Organization

LONGEST_VALUE = 200


def public_history(organization: Organization) -> list[dict[str, Any]]:
    """Entries for ``components/history_log.html``, newest first, with those of joined records; one query."""
    joined = organization.absorbed.values("pk")
    own = Q(subject_id=organization.pk) | Q(subject_id__in=joined)
    kind = organization._meta.label_lower
    entries = AuditEntry.objects.filter(own, subject_kind=kind, is_public=True)[:50]
    return [{"at": entry.at, "title": entry.verb, "changes": list(_changes(entry))} for entry in entries]


def _changes(entry: AuditEntry):
    for name, after in entry.after.items():
        label = field_label(name)
        if label:
            yield label, _shown(entry.before.get(name)), _shown(after)


def field_label(name: str) -> str:
    """The field's own name; nothing for what is no field of a profile."""
    if name == "offers":
        return str(_("Oferty"))
    if name == "spheres":
        return str(_("Sfery zadań"))
    for model in (Organization, Dossier):
        try:
            found = model._meta.get_field(name.removesuffix("_id"))
            return str(capfirst(getattr(found, "verbose_name", "")))
        except FieldDoesNotExist:
            continue
    return ""


def _shown(value: Any) -> str:
    """A value in words; keys of other rows and objects say nothing to people."""
    if value in (None, "", []) or isinstance(value, dict):
        return ""
    if isinstance(value, bool):
        return str(_("tak") if value else _("nie"))
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)[:LONGEST_VALUE]
    return str(value)[:LONGEST_VALUE] if isinstance(value, str) else ""
