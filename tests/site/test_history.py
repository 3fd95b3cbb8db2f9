"""No history of the demo shows a key of the log, a Python list or a bare ISO date."""

import re
from itertools import groupby

import pytest

from core.city.history import told
from core.city.history_names import NAMES
from core.common.subjects import resolve_all
from core.legal.models import AuditEntry

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]

RAW = re.compile(r"[a-z0-9_]+")
OF_A_MACHINE = re.compile(r"\['|\{'|\d{4}-\d\d-\d\dT|^\d{4}-\d\d-\d\d$|^[a-z]+_[a-z_]+$|\b[0-9a-f]{40,}\b")


def lines():
    entries = list(AuditEntry.objects.order_by("subject_kind", "subject_id"))
    rows = resolve_all({entry.subject for entry in entries})
    for subject, own in groupby(entries, key=lambda entry: entry.subject):
        if subject in rows:
            for entry, changes in told(own, rows[subject]):
                yield from ((subject.kind, entry, change) for change in changes)


def test_histories_speak_polish():
    ours = {str(name).lower() for name in NAMES.values()}
    shown = list(lines())

    assert len(shown) > 500
    raw = {
        (kind, change.name)
        for kind, entry, change in shown
        if RAW.fullmatch(change.name.lower())
        and change.name.lower() in {**entry.before, **entry.after}
        and change.name.lower() not in ours
    }
    assert raw == set()
    values = {(kind, *change) for kind, _entry, change in shown if any(map(OF_A_MACHINE.search, change[1:]))}
    assert values == set()
