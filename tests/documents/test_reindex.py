"""The index made anew from what every room says is public."""

from io import StringIO

import pytest
from django.core.management import call_command

from core.city.models import District
from core.documents import search
from core.documents.models import SearchEntry
from core.documents.search import reindex

pytestmark = pytest.mark.django_db


@pytest.fixture
def records(monkeypatch):
    """Three public records of a room that says so in its ``queries``."""
    monkeypatch.setattr(District, "is_public", True, raising=False)
    made = [District.objects.create(number=n, name=f"Ogród {n}", full_name=f"Ogród {n}") for n in (1, 2, 3)]
    monkeypatch.setattr(reindex, "sources", lambda: [("city", lambda: map(entry, made))])
    return made


def entry(record: District) -> dict:
    return {"obj": record, "kind": "page", "title": record.name, "url": f"/dzielnice/{record.number}/"}


def titles() -> list[str]:
    return sorted(entry.title for entry in search.search("ogrody").entries)


def test_every_public_record_has_its_entry_again(records):
    assert reindex.reindex() == 3
    assert titles() == ["Ogród 1", "Ogród 2", "Ogród 3"]


def test_what_no_room_speaks_of_any_more_is_dropped(records):
    search.put(District(pk=999), kind="page", title="Ogród dawny", url="/x/")
    reindex.reindex()
    assert titles() == ["Ogród 1", "Ogród 2", "Ogród 3"]


def test_what_was_withdrawn_while_the_rooms_were_read_stays_out(records, monkeypatch):
    monkeypatch.setattr(District, "is_public", property(lambda self: self.number != 2))
    District.objects.filter(number=3).delete()
    assert reindex.reindex() == 1
    assert titles() == ["Ogród 1"]


def test_batches_end_where_they_should(records, monkeypatch):
    monkeypatch.setattr(reindex, "BATCH", 2)
    assert reindex.reindex() == 3
    assert SearchEntry.objects.count() == 3


def test_another_analysis_asks_for_a_new_index(records):
    reindex.reindex()
    assert not reindex.is_needed()
    SearchEntry.objects.filter(title="Ogród 1").update(analyser="dawny słownik")
    assert reindex.is_needed()


def test_the_command_works_only_when_needed(records):
    said = StringIO()
    call_command("reindex", stdout=said)
    call_command("reindex", "--if-needed", stdout=said)
    assert said.getvalue().splitlines() == ["city: 3", "Wpisów w indeksie: 3", "Indeks jest aktualny."]


def test_every_room_with_entries_is_asked():
    found = dict(reindex.sources())
    assert {"consultations", "programmes"} <= set(found)
    assert all(callable(source) for source in found.values())
