"""A whole register from a file: in batches, again and again, broken off and gone on with."""

import gc
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.common.clock import now
from core.common.progress import Progress
from core.documents import search
from core.legal.models import AuditEntry, Transition
from organizations import facts
from organizations.management.commands import import_organizations as command
from organizations.models import Organization
from tests.factories import organizations as make

pytestmark = pytest.mark.django_db


def lines(count: int, **more) -> list[dict]:
    return [
        {
            "id": f"r-{n}",
            "name": f"Fundacja Numer {n}",
            "legal_form": "fundacja",
            "fields": ["culture"],
            **more,
        }
        for n in range(count)
    ]


def written(tmp_path, records: list, name: str = "rejestr.jsonl"):
    path = tmp_path / name
    path.write_text(
        "\n".join(r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records),
        encoding="utf-8",
    )
    return path


def run(path, **options) -> str:
    out = StringIO()
    call_command("import_organizations", path, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


@pytest.fixture(autouse=True)
def city():
    make.branch("kultura", make.sphere())
    make.district(13)


def test_a_file_comes_in_with_spheres_history_index_and_addresses_and_a_second_run_changes_nothing(tmp_path):
    path = written(tmp_path, lines(30, district="XIII"))

    assert "dodano: 30" in run(path)
    one = Organization.objects.get(fact_id="r-7")
    assert (one.slug, one.district.number, one.main_sphere.code) == ("fundacja-numer-7", 13, "culture")
    assert Transition.objects.of(one).count() == 1
    assert search.search("numer 7 kultura").count >= 1
    assert "bez zmian: 30" in run(path)
    assert Organization.objects.count() == 30


def test_the_index_and_the_rows_are_those_of_a_single_import(tmp_path):
    record = {
        "id": "a",
        "name": "Fundacja Ta Sama",
        "legal_form": "fundacja",
        "fields": ["culture"],
        "district": "13",
        "krs": "0000067177",
    }
    facts.import_organizations([record], at=now())
    single = search.search("Ta Sama").entries[0]
    row = Organization.objects.values().get()
    Organization.objects.all().delete()
    run(written(tmp_path, [record]))
    bulk = search.search("Ta Sama").entries[0]
    own = Organization.objects.values().get()
    assert (bulk.vector, bulk.title, bulk.lead, bulk.url) == (
        single.vector,
        single.title,
        single.lead,
        single.url,
    )
    ignored = {"id", "state_since", "published_at", "updated_at"}
    assert {k: v for k, v in own.items() if k not in ignored} == {
        k: v for k, v in row.items() if k not in ignored
    }


def test_what_was_broken_off_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(command, "BATCH", 10)
    path = written(tmp_path, lines(35))
    real, calls = command.import_batch, []

    def breaks(*args, **kwargs):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*args, **kwargs)

    monkeypatch.setattr(command, "import_batch", breaks)
    with pytest.raises(KeyboardInterrupt):
        run(path)
    assert Organization.objects.count() == 20
    assert "dodano: 15, zmieniono: 0, bez zmian: 20" in run(path)


def test_changes_come_in_and_confirmed_profiles_stay_their_own(tmp_path):
    run(written(tmp_path, lines(3)))
    Organization.objects.filter(fact_id="r-1").update(confirmed_at=now())
    out = run(written(tmp_path, lines(3, address="ul. Nowa 1")))
    assert "zmieniono: 2, bez zmian: 1" in out
    assert search.search("Nowa").count == 2


def test_same_names_get_addresses_of_their_own_and_reserved_words_are_left_alone(tmp_path):
    make.verified("Klub")
    records = [{"id": f"k-{n}", "name": "Klub"} for n in range(3)] + [{"id": "i", "name": "Informator"}]
    run(written(tmp_path, records))
    assert set(Organization.objects.values_list("slug", flat=True)) == {
        "klub",
        "klub-2",
        "klub-3",
        "klub-4",
        "informator-2",
    }


def test_numbers_of_others_broken_lines_and_doubles_are_named_and_nothing_else_is_lost(tmp_path):
    make.verified("Pierwsza", krs="0000067177")
    records = [
        {"id": "a", "name": "Druga", "krs": "67177"},
        {"id": "b", "name": "Trzecia", "nip": "676-101-37-17"},
        {"id": "c", "name": "Czwarta", "nip": "6761013717"},
        {"id": "b", "name": "Trzecia raz jeszcze"},
        {"name": ""},
        "{zepsuty",
        {"id": "d", "name": "Piąta", "legal_form": "fundacja", "kolor": "zielony"},
    ]
    losses = tmp_path / "straty.txt"
    out = run(written(tmp_path, records), losses=losses)
    assert "dodano: 4" in out
    assert "pominięto: 3" in out
    text = losses.read_text()
    for loss in (
        "krs: numer ma już",
        "nip: numer ma już",
        "ten sam identyfikator",
        "bez nazwy",
        "zepsuty",
        "kolor",
    ):
        assert loss in text
    assert Organization.objects.get(fact_id="a").krs == ""
    assert Organization.objects.get(fact_id="b").nip == "6761013717"


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_csv_says_the_same(tmp_path, separator):
    rows = [
        ["id", "name", "legal_form", "fields", "opp"],
        ["1", "Fundacja Ślad", "fundacja", "culture|16", "tak"],
    ]
    path = written(tmp_path, [separator.join(row) for row in rows], "rejestr.csv")
    assert "dodano: 1" in run(path)
    assert Organization.objects.get().has_opp_status is True


def test_unreadable_files_are_refused_in_words(tmp_path):
    with pytest.raises(CommandError, match="Nie można otworzyć"):
        run(tmp_path / "nie-ma.jsonl")
    broken = tmp_path / "zly.jsonl"
    broken.write_bytes(b'{"name": "\xff"}')
    with pytest.raises(CommandError, match="UTF-8"):
        run(broken)
    empty = tmp_path / "pusty.csv"
    empty.write_text("")
    assert "dodano: 0" in run(empty)


def test_a_batch_costs_the_same_number_of_queries_however_large():
    books = facts.known()
    warm = [{**line, "name": "Inna"} for line in lines(1, address="ul. Nowa 1")]
    facts.import_batch(warm, books=books, at=now())  # the words are known

    def queries(records: list[dict]) -> int:
        with CaptureQueriesContext(connection) as asked:
            facts.import_batch(records, books=books, at=now())
        return len(asked)

    def others(first: int, end: int, **more) -> list[dict]:
        return [{**line, "id": f"x{n}", "name": f"Inna {n}"} for n, line in enumerate(lines(end, **more))][
            first:
        ]

    assert queries(others(0, 1)) == queries(others(1, 400)) <= 20
    queries(others(0, 400, address="ul. Nowa 1"))
    assert queries(others(0, 1, address="ul. Nowa 2")) == queries(others(1, 400, address="ul. Nowa 2")) <= 20
    assert queries(others(0, 1, address="ul. Nowa 2")) == queries(others(1, 400, address="ul. Nowa 2")) <= 10


def test_changes_in_bulk_leave_in_log_spheres_and_index_what_a_single_one_does(tmp_path):
    make.sphere("ecology", "18")
    place = {"district": "13", "address": "ul. Nowa 1", "fields": ["ecology"], "opp": "tak"}
    run(written(tmp_path, lines(3)))
    hidden = Organization.objects.get(fact_id="r-2")
    Organization.objects.filter(pk=hidden.pk).update(state="suspended")
    search.remove(hidden)
    assert "zmieniono: 3" in run(written(tmp_path, lines(3, **place)))

    for n in range(3):
        row = Organization.objects.get(fact_id=f"r-{n}")
        assert (row.address, row.district.number, row.has_opp_status) == ("ul. Nowa 1", 13, True)
        assert [sphere.code for sphere in row.spheres.all()] == ["ecology"]
        entry = AuditEntry.objects.of(row).get()
        assert (entry.verb, entry.before["address"], entry.after["address"]) == ("import", "", "ul. Nowa 1")
        assert (
            set(entry.before) == set(entry.after) == {"address", "district", "has_opp_status", "main_sphere"}
        )
    assert search.search("Nowa").count == 2
    assert "bez zmian: 3" in run(written(tmp_path, lines(3, **place)))
    assert AuditEntry.objects.count() == 3


def test_memory_does_not_grow_with_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr(command, "BATCH", 50)
    real, alive = command.import_batch, []

    def rows_alive() -> int:
        gc.collect()
        return sum(type(row) is Organization and row.pk is not None for row in gc.get_objects())

    def watched(records, **options):
        report = real(records, **options)
        alive.append(rows_alive())
        return report

    monkeypatch.setattr(command, "import_batch", watched)
    before = rows_alive()
    run(written(tmp_path, lines(300)))
    assert len(alive) == 6
    assert max(alive) - before <= 50
    assert not gc.get_freeze_count()


def test_progress_shows_share_speed_and_time_left():
    out = StringIO()
    progress = Progress(out, 1000)
    for done in (100, 150, 500, 1000):
        progress.show(done, work=done)
    progress.end()
    assert out.getvalue().count("\n") == 3
    assert "100%" in out.getvalue()
    assert "/s, zostało 0:00" in out.getvalue()
