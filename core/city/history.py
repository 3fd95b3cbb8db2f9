"""The history of a record as people read it: what the audit log keeps, in Polish words."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import strip_tags
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from core.common.clock import WARSAW
from core.common.formats import day, deadline, moment
from core.legal.models import AuditEntry

from .history_names import CODES, FILE_NAMES, NAMES, NUMBERED, SILENT

LONGEST_VALUE = 300
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:?\d\d|Z)?")
# Moments at which something ends: midnight is the end of the day before.
ENDS = re.compile(r"ends_at|closes_at|due_at|until|expires_at|deadline")


class Change(NamedTuple):
    name: str
    before: str
    after: str


def told(entries: Iterable[AuditEntry], record: models.Model) -> list[tuple[AuditEntry, list[Change]]]:
    """Each entry with what it changed, empty values and keys that say nothing to people left out.

    Rows that the values point to are asked for once for the whole history.
    """
    entries = list(entries)
    values = _Values(record, entries)
    return [(entry, values.of(entry)) for entry in entries]


class _Values:
    def __init__(self, record: models.Model, entries: list[AuditEntry]):
        self.fields: dict[str, Any] = {}
        for field in (*record._meta.concrete_fields, *record._meta.many_to_many):
            self.fields |= {field.name: field, field.attname: field}
        self.labels, self.neighbours = _words_of_neighbours(record)
        self.rows = self._rows_pointed_to(entries)

    def of(self, entry: AuditEntry) -> list[Change]:
        before, after = entry.before or {}, entry.after or {}
        # A file says its own name, not that of a field of the record which happens to be called the same.
        is_file = "sha256" in after or "sha256" in before
        found = []
        for name in {**before, **after}:
            if name in SILENT:
                continue
            field = None if is_file else self.fields.get(name)
            if field is not None and field.primary_key:
                continue
            label = FILE_NAMES.get(name) if is_file else self._label(name, field)
            old, new = _difference(before.get(name), after.get(name))
            change = Change(
                capfirst(str(label or name)), self._shown(name, field, old), self._shown(name, field, new)
            )
            if change.before or change.after:
                found.append(change)
        return found

    def _label(self, name: str, field: Any) -> Any:
        """The name of the field or of the key; some keys are codes themselves, as those of public registers."""
        if field is not None:
            return field.verbose_name
        if name.isdecimal():
            return _("oferta nr %(number)s") % {"number": name}
        return NAMES.get(name) or self.labels["register"].get(name) or self.neighbours.get(name)

    def _shown(self, name: str, field: Any, value: Any) -> str:
        if value in (None, "", [], {}):
            return ""
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list):
            text = ", ".join(filter(None, (self._shown(name, field, one) for one in value)))
        else:
            text = self._word(name, field, value)
        return Truncator(strip_tags(text)).chars(LONGEST_VALUE)

    def _word(self, name: str, field: Any, value: Any) -> str:
        if isinstance(value, bool):
            return str(_("tak") if value else _("nie"))
        if name == "fields":
            return self.neighbours.get(value, str(value))
        if name in NUMBERED:
            return _("nr %(number)s") % {"number": value}
        if field is not None and field.remote_field and not field.many_to_many:
            return self.rows.get((field.related_model, value), "" if isinstance(value, int) else str(value))
        if field is not None and field.flatchoices:
            return str(dict(field.flatchoices).get(value, value))
        if label := self.labels[CODES.get(name, name)].get(value) if isinstance(value, str) else None:
            return label
        return _as_people_write(name, _parsed(field, value))

    def _rows_pointed_to(self, entries: list[AuditEntry]) -> dict[tuple[Any, Any], str]:
        wanted: dict[Any, set[Any]] = defaultdict(set)
        for entry in entries:
            for values in (entry.before or {}, entry.after or {}):
                for name, value in values.items():
                    field = self.fields.get(name)
                    is_key = field is not None and field.remote_field and not field.many_to_many
                    if is_key and isinstance(value, int):
                        wanted[field.related_model].add(value)
        return {
            (model, row.pk): str(row)
            for model, keys in wanted.items()
            for row in model._base_manager.filter(pk__in=keys)
        }


def _words_of_neighbours(record: models.Model) -> tuple[dict[str, dict[Any, str]], dict[str, str]]:
    """Labels of codes and names of fields in the app: the role of a mandate in the history of its organisation."""
    labels: dict[str, dict[Any, str]] = defaultdict(dict)
    names: dict[str, str] = {}
    for model in apps.get_app_config(record._meta.app_label).get_models():
        for field in model._meta.concrete_fields:
            names.setdefault(field.name, str(field.verbose_name))
            for code, label in field.flatchoices or ():
                labels[field.name].setdefault(code, str(label))
    return labels, names


def _difference(before: Any, after: Any) -> tuple[Any, Any]:
    """Of two lists only the items that went and came."""
    if not (isinstance(before, list) and isinstance(after, list)):
        return before, after
    went, came = [one for one in before if one not in after], [one for one in after if one not in before]
    return (went, came) if went or came else (before, after)


def _parsed(field: Any, value: Any) -> Any:
    if field is not None and isinstance(field, models.DateField):
        try:
            value = field.to_python(value)
        except (ValidationError, TypeError, ValueError):
            return value  # written before the field had its present kind
    elif isinstance(value, str) and DAY.fullmatch(value):
        value = _or_itself(date.fromisoformat, value)
    elif isinstance(value, str) and MOMENT.fullmatch(value):
        value = _or_itself(datetime.fromisoformat, value)
    return value


def _or_itself(parse: Any, value: str) -> Any:
    try:
        return parse(value)
    except ValueError:
        return value


def _as_people_write(name: str, value: Any) -> str:
    if isinstance(value, datetime):
        value = value if value.tzinfo else value.replace(tzinfo=WARSAW)
        return deadline(value) if ENDS.search(name) else moment(value)
    if isinstance(value, date):
        return day(value)
    return str(value)
