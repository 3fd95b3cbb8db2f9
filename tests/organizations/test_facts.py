"""Collected facts come in whole, again and again, and nothing is lost without a word."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from core.city.models import City
from core.common.clock import now
from core.documents.models import SearchEntry
from core.legal.models import Transition
from organizations import actions
from organizations.actions.profile import Changes
from organizations.enums import EntityClass, LegalForm, Origin, State
from organizations.facts import import_organizations
from organizations.models import Organization
from portal.facts import import_facts
from tests.factories import organizations as make

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parents[2] / "demo" / "data"


def records(kind: str) -> list[dict]:
    return json.loads((DATA / f"{kind}.json").read_text(encoding="utf-8"))


@pytest.fixture
def city():
    City.objects.create(name="Kraków", portal_name="Portal NGO", adjective="Krakowski")
    import_facts("districts", records("districts"))
    import_facts("spheres", records("spheres"))


def read(*facts: dict):
    return import_organizations([{"id": f"t-{n}", **fact} for n, fact in enumerate(facts)], at=now())


@pytest.mark.usefixtures("city")
def test_all_facts_of_the_reference_city_come_in_without_loss():
    facts = records("organizations")

    report = import_organizations(facts, at=now())

    assert report.losses == []
    assert report.counts == {"created": len(facts)}
    assert Organization.objects.published().count() == SearchEntry.objects.count() == len(facts)
    by_id = {o.fact_id: o for o in Organization.objects.select_related("district")}
    for fact in facts:
        kept = by_id[fact["id"]]
        assert kept.name == fact["name"]
        assert kept.krs == (fact["krs"] or "")
        assert kept.has_opp_status is fact["opp"]
        assert kept.founded == (fact["founded"] or "")
        assert (kept.district.roman if kept.district else None) == fact["district"]
        assert sorted(kept.spheres.values_list("code", flat=True)) == sorted(fact["fields"])
        assert fact["legal_form"] in (kept.form_label, kept.legal_form_label)
        assert kept.source == fact["source"]


@pytest.mark.usefixtures("city")
def test_a_second_run_changes_nothing():
    import_organizations(records("organizations"), at=now())
    before = list(Organization.objects.order_by("pk").values())

    report = import_organizations(records("organizations"), at=now() + timedelta(days=1))

    assert report.counts == {"unchanged": len(before)}
    assert list(Organization.objects.order_by("pk").values()) == before


@pytest.mark.usefixtures("city")
def test_changed_facts_update_the_same_profile():
    read({"name": "Fundacja Most", "legal_form": "fundacja"})

    report = read({"name": "Fundacja Most", "legal_form": "fundacja", "website": "most.example.org"})

    assert report.counts == {"updated": 1}
    assert Organization.objects.get().website == "most.example.org"


@pytest.mark.rule("R-ORG-19")
@pytest.mark.usefixtures("city")
def test_imported_profiles_are_public_unclaimed_and_marked(frozen):
    read({"name": "Fundacja Most", "legal_form": "fundacja"})

    kept = Organization.objects.get()
    assert (kept.state, kept.origin, kept.confirmed_at, kept.verified_at) == (
        State.VERIFIED,
        Origin.IMPORTED,
        None,
        None,
    )
    assert list(Transition.objects.values_list("source", "target", "by", "reason")) == [
        ("", "verified", None, "import")
    ]


@pytest.mark.usefixtures("city")
def test_a_profile_that_was_taken_over_is_changed_by_its_people_only():
    read({"name": "Fundacja Most", "legal_form": "fundacja", "website": "stara.example.org"})
    profile = Organization.objects.get()
    person = make.member(profile)
    actions.update_profile(profile, Changes({"website": "nowa.example.org"}), by=person, at=now())
    actions.confirm_data(profile, by=person, at=now())

    report = read({"name": "Fundacja Most", "legal_form": "fundacja", "website": "inna.example.org"})

    assert report.counts == {"unchanged": 1}
    assert Organization.objects.get().website == "nowa.example.org"


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize(
    ("label", "form", "group"),
    [
        ("Fundacja", LegalForm.FOUNDATION, EntityClass.ART_3_2),
        ("stowarzyszenie zwykłe", LegalForm.ASSOC_ORDINARY, EntityClass.ART_3_2),
        ("federacja", LegalForm.UNION_OF_ASSOC, EntityClass.ART_3_2),
        ("spółdzielnia socjalna", LegalForm.SOCIAL_COOP, EntityClass.ART_3_3),
        ("FOUNDATION", LegalForm.FOUNDATION, EntityClass.ART_3_2),
        ("izba gospodarcza", LegalForm.OTHER, EntityClass.NEITHER),
        (["fundacja", "dawniej stowarzyszenie"], LegalForm.OTHER, EntityClass.NEITHER),
        (None, LegalForm.OTHER, EntityClass.NEITHER),
    ],
)
def test_forms_of_sources_are_known_or_kept_in_words(label, form, group):
    report = read({"name": "X", "legal_form": label})

    kept = Organization.objects.get()
    assert report.losses == []
    assert (kept.legal_form, kept.entity_class) == (form, group)
    words = "; ".join(label) if isinstance(label, list) else label or ""
    assert words.casefold() in (kept.legal_form_label.casefold(), kept.form_label.casefold(), form.value)


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize(
    ("fact", "loss"),
    [
        ({"krs": "12345678901"}, "krs: wpisz 10 cyfr, jest 11"),
        ({"nip": "1234567890"}, "nip: cyfra kontrolna się nie zgadza"),
        ({"regon": "123"}, "regon: wpisz 9 albo 14 cyfr, jest 3"),
        ({"district": "XIX"}, "district: nie ma takiej dzielnicy"),
        ({"fields": ["culture", "kosmos"]}, "fields: nie ma takiej sfery zadań ('kosmos')"),
        ({"opp": "może"}, "opp: nie jest odpowiedzią tak albo nie"),
        ({"founded": "dawno"}, "founded: nie jest datą"),
        ({"registered_on": "2001-13-45"}, "registered_on: nie jest datą"),
        ({"website": "x" * 400}, "website: za długie, zostało 300 znaków"),
        ({"address": "x" * 5000}, "address: za długie, zostało 300 znaków"),
        ({"chairman": "Ktoś"}, "chairman: nieznane pole ('Ktoś')"),
    ],
)
def test_what_cannot_be_expressed_is_named_and_the_rest_is_kept(fact, loss):
    report = read({"name": "Fundacja Most", "legal_form": "fundacja", "city": "Kraków", **fact})

    assert len(report.losses) == 1
    assert loss in report.losses[0]
    assert Organization.objects.get().locality == "Kraków"


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize(
    "fact",
    [
        {"krs": 67177},
        {"krs": "67177"},
        {"opp": "tak", "opp_since": "2004-12"},
        {"founded": 1992},
        {"fields": "culture"},
        {"fields": ["16", "32a"]},
        {"district": "18"},
        {"district": "Nowa Huta"},
        {"district": "poza Krakowem"},
        {"note": ["a", "b"]},
        {"note": "x" * 5000},
        {"sources_extra": ["a"], "oddities": ["b"]},
        {"source": ["a", "b"]},
        {"name": "Żółw\u0000 i\n spółka"},
        {"address": None, "website": "", "fields": None},
    ],
    ids=str,
)
def test_other_ways_of_writing_the_same_are_understood(fact):
    report = read({"name": "Fundacja Most", "legal_form": "fundacja", **fact})

    assert report.losses == []
    assert Organization.objects.count() == 1


@pytest.mark.rule("R-ORG-10")
@pytest.mark.usefixtures("city")
def test_a_number_stays_with_the_first_organisation():
    report = read(
        {"name": "Pierwsza", "legal_form": "fundacja", "krs": "67177"},
        {"name": "Druga", "legal_form": "fundacja", "krs": "67177"},
        {"name": "Oddział", "legal_form": "oddział stowarzyszenia", "krs": "67177"},
    )

    assert report.losses == ["t-1: krs: numer ma już inna organizacja w bazie ('67177')"]
    assert dict(Organization.objects.values_list("name", "krs")) == {
        "Pierwsza": "0000067177",
        "Druga": "",
        "Oddział": "0000067177",
    }


@pytest.mark.usefixtures("city")
def test_a_broken_record_stops_nobody():
    report = import_organizations(
        ["nic", {}, {"name": None}, {"name": "Fundacja", "legal_form": "fundacja"}], at=now()
    )

    assert report.counts == {"skipped": 3, "created": 1}
    assert len(report.losses) == 3


@pytest.mark.usefixtures("city")
def test_a_record_without_an_id_is_known_by_its_name():
    fact = {"name": "Fundacja „Most”", "legal_form": "fundacja"}

    import_organizations([fact], at=now())
    report = import_organizations([fact], at=now())

    assert report.counts == {"unchanged": 1}


@pytest.mark.usefixtures("city")
def test_a_seat_elsewhere_is_outside_the_city():
    read(
        {"name": "A", "legal_form": "fundacja", "city": "Warszawa"},
        {"name": "B", "legal_form": "fundacja", "city": "Kraków"},
    )

    assert dict(Organization.objects.values_list("name", "is_outside_city")) == {"A": True, "B": False}
