"""The history of a record on the desk speaks to people: names, words, days and moments."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from core.city.enums import UnitKind
from core.city.history import told
from core.city.history_names import FILE_NAMES, NAMES, SILENT
from core.city.models import OrganizationalUnit
from core.common.clock import now
from core.legal import audit
from core.legal.models import AuditEntry

OWN_WORDS = re.compile(r"[^a-z0-9_]")  # Polish letters or several words: it was written for people
WRITTEN = {"after", "before", "note"}


def history_of(record) -> dict[str, tuple[str, str]]:
    found = told(AuditEntry.objects.of(record), record)
    return {change.name: (change.before, change.after) for _entry, changes in found for change in changes}


def logged(record, before=None, **after):
    audit.record(record, "Zmiana", by=None, at=now(), before=before, after=after)
    return history_of(record)


@pytest.fixture
def unit(db):
    return OrganizationalUnit.objects.create(name="Wydział Prób")


def test_days_moments_and_ends_read_as_on_every_page(unit):
    shown = logged(
        unit, due_on="2026-12-05", kiedy="2026-09-28T10:00+02:00", closes_at="2026-12-19T00:00+01:00"
    )

    assert shown["Termin"] == ("", "5 grudnia 2026")
    assert shown["Kiedy"] == ("", "poniedziałek 28 września 2026, godz.\u00a010:00")
    assert shown["Koniec"] == ("", "piątek 18 grudnia 2026, godz.\u00a023:59")


def test_lists_are_words_and_only_what_changed_in_them(unit):
    shown = logged(unit, {"units": ["A", "B"]}, units=["A", "C", "D"], remarks=["2/4", "2/5"])

    assert shown["Jednostki"] == ("B", "C, D")
    assert shown["Uwagi"] == ("", "2/4, 2/5")


def test_fields_choices_and_rows_pointed_to_are_named(unit):
    parent = OrganizationalUnit.objects.create(name="Urząd Prób")
    field = next(f for f in unit._meta.concrete_fields if f.related_model is OrganizationalUnit)
    kind = UnitKind.values[0]

    shown = logged(unit, **{field.attname: parent.pk, "kind": kind})

    assert ("", "Urząd Prób") in shown.values()
    assert ("", str(UnitKind(kind).label)) in shown.values()


def test_a_file_is_told_by_its_names_and_not_by_checksums(unit):
    shown = logged(unit, file="Odpis", name="skan.png", version=1, sha256="4501d7", id=4)

    assert shown == {"Plik": ("", "Odpis"), "Nazwa pliku": ("", "skan.png"), "Wersja pliku": ("", "1")}


def test_what_was_removed_is_shown_too(unit):
    assert logged(unit, {"title": "Stary"}) == {"Tytuł": ("Stary", "")}


def keys_written() -> Iterator[tuple[str, str]]:
    """Every key that the code writes into the log as a literal, with its place."""
    for path in Path(settings.BASE_DIR).glob("[a-z]*/**/*.py"):
        if path.parts[-2] in ("tests", "migrations") or "tests" in path.parts or ".venv" in path.parts:
            continue
        text = path.read_text()
        if "audit." in text or "note=" in text:
            for node in ast.walk(ast.parse(text)):
                for literal in _logged_in(node):
                    yield from ((key, path.name) for key in literal)


def _logged_in(node: ast.AST) -> Iterator[list[str]]:
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("record", "entry", "advance")):
        yield from (_keys(word.value) for word in node.keywords if word.arg in WRITTEN)
    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in WRITTEN:
        yield _keys(node.value)


def _keys(node: ast.AST) -> list[str]:
    if not isinstance(node, ast.Dict):
        return []
    return [str(key.value) for key in node.keys if isinstance(key, ast.Constant)]


def test_every_key_that_is_written_has_a_name():
    fields = {f.attname for model in apps.get_models() for f in model._meta.concrete_fields}
    known = {*NAMES, *SILENT, *FILE_NAMES, *fields}
    written = list(keys_written())

    assert len(written) > 50
    assert [pair for pair in written if pair[0] not in known and not OWN_WORDS.search(pair[0])] == []
