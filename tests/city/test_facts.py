import json
from pathlib import Path

import pytest

from core.city import facts
from core.city.lookup import ensure_unit, find_district, find_sphere, find_unit
from core.city.models import Branch, District, OrganizationalUnit, TaskSphere

pytestmark = pytest.mark.django_db
DATA = Path("demo/data")


def read(name):
    content = json.loads((DATA / name).read_text())
    return content["features"] if isinstance(content, dict) else content


@pytest.mark.parametrize(
    ("reader", "file", "model", "count"),
    [
        (facts.import_units, "units.json", OrganizationalUnit, 39),
        (facts.import_districts, "districts.json", District, 18),
        (facts.import_spheres, "spheres.json", TaskSphere, 41),
    ],
)
def test_every_record_is_read_without_loss_and_a_second_time_changes_nothing(reader, file, model, count):
    first, second = reader(read(file)), reader(read(file))

    assert (first.losses, second.losses) == ([], [])
    assert model.objects.count() == count
    assert second.counts["unchanged"] == count


def test_outlines_join_their_districts():
    facts.import_districts(read("districts.json"))

    report = facts.import_districts(read("districts.geojson"))

    assert report.losses == []
    assert District.objects.exclude(outline=None).count() == 18


def test_reorganised_units_lead_to_their_successors():
    facts.import_units(read("units.json"))

    old = OrganizationalUnit.objects.exclude(successor=None).first()

    assert old.successor.name != old.name
    assert old not in OrganizationalUnit.objects.current()


def test_an_unknown_key_and_a_wrong_date_are_named():
    report = facts.import_units([{"id": "u1", "name_pl": "Wydział", "active_from": "wiosna", "nowe": 5}])

    assert report.losses == ["u1: nowe: nieznane pole (5)", "u1: active_from: nie jest datą ('wiosna')"]
    assert OrganizationalUnit.objects.get().active_from == ""


def test_a_broken_record_does_not_stop_the_others():
    report = facts.import_districts(
        [{"id": "zły", "number": 10**12}, "tekst", {"number": 1, "name": "Stare Miasto"}]
    )

    assert report.counts["skipped"] == 2
    assert District.objects.count() == 1
    assert len(report.losses) == 2


def test_branches_gather_spheres():
    facts.import_spheres(read("spheres.json"))

    assert Branch.objects.get(code="seniorzy").spheres.get().statutory_no == "10"


def test_names_of_documents_find_their_rows():
    facts.import_units(read("units.json"))
    facts.import_districts(read("districts.json"))
    facts.import_spheres(read("spheres.json"))

    assert find_unit("wydział polityki  społecznej i zdrowia").name == "Wydział Polityki Społecznej i Zdrowia"
    assert find_unit("SZ") is not None
    assert find_unit("Nie ma takiego") is None
    assert [find_district(t).number for t in ("XVIII", "18", "Nowa Huta", "Dzielnica V Krowodrza")] == [
        18,
        18,
        18,
        5,
    ]
    assert find_district("poza Krakowem") is None
    assert find_sphere("32a").code == "revitalisation"
    assert find_sphere("seniors").statutory_no == "10"


def test_a_unit_nobody_knows_is_made_and_said():
    assert [ensure_unit("Biuro Nowe")[1] for _ in range(2)] == [True, False]
