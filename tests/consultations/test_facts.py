"""Import of collected consultations and demands: everything is kept, what cannot be is named."""

import json
from datetime import date, time
from pathlib import Path

import pytest
from django.test import Client

from consultations import actions, facts
from consultations.enums import FormKind, Kind, Origin, PositionCode, Regime, State
from consultations.facts.values import form_kind, regimes
from consultations.models import Consultation, Postulate
from core.city.models import District, OrganizationalUnit, UnitName
from core.common.clock import now
from core.documents.search import search
from core.legal.models import Transition
from core.notifications.models import OutboxMail
from portal.facts import import_facts, load

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parents[2] / "demo" / "data"


@pytest.fixture
def city(frozen):
    for kind in ("units", "districts"):
        import_facts(kind, load(DATA / f"{kind}.json"))


def records(kind: str) -> list[dict]:
    return json.loads((DATA / f"{kind}.json").read_text(encoding="utf-8"))


def read(*rows: dict):
    return facts.import_consultations(list(rows), by=None, at=now())


def record(**changes) -> dict:
    return {"id": "x-1", "title": "Próbna", "unit": "Wydział Próbny", "source": "test", **changes}


def the_one() -> Consultation:
    return Consultation.objects.get()


# --- the city's own facts ---------------------------------------------------------------------------


def test_all_consultations_come_in_and_only_new_units_are_named(city):
    report = read(*records("consultations"))

    assert report.counts == {"created": 28}
    assert report.losses == []
    assert all("nieznana jednostka, dodana" in remark for remark in report.remarks)


def test_a_second_run_changes_nothing(city):
    read(*records("consultations"))
    facts.import_postulates(records("postulates"), by=None, at=now())
    transitions = Transition.objects.count()

    again = read(*records("consultations"))
    demands = facts.import_postulates(records("postulates"), by=None, at=now())

    assert again.counts == {"unchanged": 28}
    assert demands.counts == {"unchanged": 14}
    assert again.losses == demands.losses == []
    assert Transition.objects.count() == transitions


def test_every_value_of_the_form_has_its_place(city):
    (source,) = [r for r in records("consultations") if r["id"] == "cons-016"]
    read(source)
    made = the_one()

    assert (made.title, made.description, made.source) == (
        source["title"],
        source["description"],
        source["source"],
    )
    assert made.unit.name == source["unit"]
    assert [unit.name for unit in made.co_units.all()] == source["co_units"]
    assert made.regimes == [Regime.RESIDENTS, Regime.NGO]
    assert (made.kind, made.kind_label) == (Kind.PROGRAMME, "program")
    assert (made.starts_on, made.ends_on) == (date(2022, 11, 18), date(2022, 12, 16))
    assert made.document_titles == source["documents"]
    meeting, form, survey, duty = made.forms.all()
    assert (meeting.place, meeting.note) == ("Urząd Miasta Krakowa, ul. Bracka 10", "protokołowane")
    assert (meeting.dates.get().from_hour, meeting.dates.get().to_hour) == (time(18), time(20))
    assert form.channels == source["forms"][1]["channels"]
    assert survey.dates.get().until_on == date(2022, 12, 16)
    assert duty.dates.count() == 2


def test_unknown_stays_unknown(city):
    read(record(comments_count=None, participants_count=None, result_binding=None, starts_on=None))
    made = the_one()

    assert made.comments_count is None
    assert made.participants_count is None
    assert made.is_participants_count_approximate is None
    assert made.is_result_binding is None
    assert made.starts_on is None
    assert made.remark_total is None


def test_imported_records_are_public_archival_and_tell_nobody(city):
    read(*records("consultations"))
    made = Consultation.objects.get(fact_id="cons-011")

    page = Client().get(made.get_absolute_url()).content.decode()

    assert made.origin == Origin.IMPORTED
    assert made.transitions.get().reason == "import"
    assert "archiwalne" in page
    assert "Dokument archiwalny" in page
    assert made.source in page
    assert "konsultacja ma własne kamienie milowe" in page.replace("\u00a0", " ")
    assert "opóźniony" not in page
    assert not OutboxMail.objects.exists()
    assert search("Podzamcze").count == 1


@pytest.mark.rule("R-CNS-16")
def test_demands_come_in_with_codes_units_and_the_meeting(city):
    read(*records("consultations"))
    report = facts.import_postulates(records("postulates"), by=None, at=now())

    codes = dict(Postulate.objects.values_list("lp", "position_code"))
    assert report.losses == []
    assert codes[2] == PositionCode.REFERRED
    assert codes[7] == PositionCode.DEPENDS_ON_BUDGET
    assert codes[13] == PositionCode.OTHER_MODE
    assert all(codes.values())
    assert Postulate.objects.get(lp=8).status_note == "ta sama odpowiedź co w lp. 7"
    assert {p.consultation.fact_id for p in Postulate.objects.select_related("consultation")} == {"cons-007"}


# --- states -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"ends_on": "2020-01-31"}, State.ARCHIVED),
        ({"ends_on": "2020-01-31", "stage": "raport"}, State.REPORT_PUBLISHED),
        ({"ends_on": "2020-01-31", "report_published_on": "2020-03"}, State.REPORT_PUBLISHED),
        ({"ends_on": "2020-01-31", "outcome": "przyjęto"}, State.OUTCOME_PUBLISHED),
        ({"stage": "odwołane"}, State.CANCELLED),
        ({"starts_on": "2026-06-01", "ends_on": "2026-06-30"}, State.OPEN),
        ({"starts_on": "2026-07-01", "ends_on": "2026-07-30"}, State.ANNOUNCED),
        ({"starts_on": "2026-07-01", "ends_on": "2026-07-30", "stage": "planowane"}, State.PLANNED),
        ({"starts_on": "2026-10"}, State.PLANNED),
        ({"starts_on": "2019"}, State.ARCHIVED),
        ({"stage": "planowane"}, State.PLANNED),
        ({}, State.ARCHIVED),
    ],
)
def test_the_state_is_what_words_and_dates_say(city, changes, state):
    read(record(**changes))

    assert the_one().state == state


def test_an_open_imported_one_closes_by_the_clock_and_has_no_report_clock(city):
    read(record(starts_on="2026-06-01", ends_on="2026-06-11"))
    made = the_one()

    actions.close_due(made.ends_at)

    made.refresh_from_db()
    assert made.state == State.CLOSED
    assert made.report_due_with(1) is None


def test_a_changed_record_is_updated_and_what_people_moved_is_left(city):
    read(record(starts_on="2026-06-01", ends_on="2026-06-30"))
    made = the_one()
    actions.cancel(made, by=None, at=now(), reason="Pomyłka.")

    report = read(record(starts_on="2026-06-01", ends_on="2026-06-30", description="Nowy opis"))

    made.refresh_from_db()
    assert report.counts == {"updated": 1}
    assert (made.description, made.state) == ("Nowy opis", State.CANCELLED)


# --- nasty variants ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"nowe_pole": 7}, "nowe_pole"),
        ({"starts_on": "wiosna"}, "starts_on"),
        ({"starts_on": "2023-02-30"}, "starts_on"),
        ({"ends_on": "2023-13"}, "ends_on"),
        ({"starts_on": "2023-05-02", "ends_on": "2023-05-01"}, "ends_on"),
        ({"starts_on": "2023-05-02T08:00"}, "starts_on"),
        ({"end_at": "po południu"}, "end_at"),
        ({"ends_on": "2023-05-02", "end_at": "2023-06-02T15:00"}, "end_at"),
        ({"comments_count": "dużo"}, "comments_count"),
        ({"comments_count": True}, "comments_count"),
        ({"comments_count": -5}, "comments_count"),
        ({"participants_count": 10**12}, "participants_count"),
        ({"result_binding": "może"}, "result_binding"),
        ({"title": "T" * 5000}, "title"),
        ({"source": "s" * 5000}, "source"),
        ({"stage": "e" * 5000}, "stage"),
        ({"forms": [{"form": "spotkanie", "to": "19:00"}]}, "forms[0].to"),
        ({"forms": [{"form": "spotkanie", "hybrid": True}]}, "forms[0].hybrid"),
        ({"forms": [{"form": "f" * 5000}]}, "forms[0].form"),
        ({"extended": [{"to": "jutro"}]}, "extended[0].to"),
    ],
)
def test_what_cannot_be_kept_is_named_and_the_rest_comes_in(city, changes, named):
    OrganizationalUnit.objects.create(name="Wydział Próbny")

    report = read(record(**changes))

    assert sum(report.counts.values()) == report.counts["created"] == 1
    assert any(named in loss for loss in report.losses)


@pytest.mark.parametrize(
    "changes",
    [
        {"audience": ["ngo", "residents"]},
        {"audience": "KRDPP i mieszkańcy"},
        {"audience": "kosmici"},
        {"kind": "coś nowego"},
        {"stage": ["założenia", "projekt", "coś nowego"]},
        {"territory": "XVIII"},
        {"territory": ["Sidzina", "XXX", "8"]},
        {"languages": "pl"},
        {"legal_basis": "ustawa"},
        {"documents": [{"title": "Projekt", "url": "https://example.org"}]},
        {"outcome": ["przyjęto", "odrzucono"]},
        {"participants_count": "ponad 15 000"},
        {"participants_count": "12–15"},
        {"comments_count": "31"},
        {"extended": ["2023-05-01", "o dwa tygodnie"]},
        {"extended": "2023-05-01"},
        {"forms": ["formularz", {"form": None, "dates": "2023-05-01"}]},
        {"forms": [{"form": "spotkanie", "dates": ["wiosną", "2023-05-01 99:99"]}]},
        {"forms": [{"form": "spotkanie", "at": "2023-05-01T17:00", "to": "15:00", "place": "p" * 900}]},
        {"end_at": "15:00", "ends_on": "2023-05-01"},
        {"starts_on": 2023},
        {"oddities": "jedna", "sources_extra": "https://example.org"},
        {"co_units": "Wydział Próbny"},
        {"unit": None},
        {"title": "Znak \x00 zerowy"},
        {"result_binding": "nie"},
    ],
)
def test_other_shapes_are_kept_without_loss_and_shown(city, changes):
    OrganizationalUnit.objects.create(name="Wydział Próbny")

    first, again = read(record(**changes)), read(record(**changes))

    assert first.losses == []
    assert (first.counts["created"], again.counts["unchanged"]) == (1, 1)
    client = Client()
    assert client.get(the_one().get_absolute_url()).status_code == 200
    for address in (
        "/konsultacje/",
        "/konsultacje/harmonogram/?rok=2023",
        "/konsultacje/?format=csv",
        "/konsultacje/?format=ics",
    ):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("broken", [None, "tekst", 7, [], {}, {"title": ""}, {"title": None, "unit": "X"}])
def test_a_broken_record_stops_nobody(city, broken):
    report = read(broken, record())

    assert report.counts["created"] == 1
    assert report.counts["skipped"] == 1
    assert report.losses


def test_words_of_the_source_stay_beside_the_numbers(city):
    OrganizationalUnit.objects.create(name="Wydział Próbny")
    read(
        record(
            participants_count="ponad 15 000",
            territory=["V (spotkanie)"],
            audience="KRDPP i mieszkańcy",
            kind="fiszki",
        )
    )
    made = the_one()

    assert (made.participants_count, made.participants_label) == (15000, "ponad 15 000")
    assert made.is_participants_count_approximate is True
    assert [district.number for district in made.districts.all()] == [5]
    assert made.territory_label == "V (spotkanie)"
    assert made.audience_label == "KRDPP i mieszkańcy"
    assert made.kind_name == "fiszki"


def test_extensions_are_kept_with_day_and_reason(city):
    OrganizationalUnit.objects.create(name="Wydział Próbny")
    rows = [
        {"from": "2023-05-01", "to": "2023-05-15", "reason": "święta"},
        "2023-05-30",
        {"note": "jeszcze raz", "when": "maj"},
    ]

    report = read(record(ends_on="2023-05-30", extended=rows))

    found = list(the_one().extensions.values_list("old_ends_on", "new_ends_on", "text", "reason"))
    assert found[0] == (date(2023, 5, 1), date(2023, 5, 15), "", "święta")
    assert found[1] == (None, date(2023, 5, 30), "", "")
    assert found[2] == (None, None, "when: maj", "jeszcze raz")
    assert len(report.losses) == 1


def test_an_unknown_unit_is_made_and_named(city):
    report = read(record(unit="Zakład Nieznany"))

    assert report.losses == []
    assert "Zakład Nieznany" in report.remarks[0]
    assert the_one().unit.name == "Zakład Nieznany"


def test_units_are_found_by_an_earlier_name(city):
    unit = OrganizationalUnit.objects.create(name="Wydział Nowy")
    UnitName.objects.create(unit=unit, name="Wydział Dawny")

    report = read(record(unit="wydział  dawny"))

    assert report.losses == []
    assert the_one().unit == unit


def test_a_record_of_the_same_id_from_another_source_is_another_record(city):
    read(record(), record(source="inne"))

    assert Consultation.objects.count() == 2
    assert len(set(Consultation.objects.values_list("slug", flat=True))) == 2


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("spotkanie z mieszkańcami", FormKind.OPEN_MEETING),
        ("warsztaty dla dzieci", FormKind.WORKSHOP),
        ("rekrutacja na warsztaty z losowaniem", FormKind.OTHER),
        ("spotkanie branżowe", FormKind.BRANCH_MEETING),
        ("spotkanie online", FormKind.ONLINE_MEETING),
        ("dyżur telefoniczny i e-mailowy", FormKind.PHONE_DUTY),
        ("dyżur eksperta", FormKind.EXPERT_DUTY),
        ("spacer badawczy", FormKind.RESEARCH_WALK),
        ("ankieta", FormKind.SURVEY),
        ("Formularz konsultacyjny", FormKind.CONSULTATION_FORM),
        ("panel ekspertów", FormKind.EXPERT_PANEL),
        ("grupa robocza", FormKind.WORKING_GROUP),
        ("mobilny punkt konsultacyjny", FormKind.FIELD_POINT),
        ("ePUAP", FormKind.WRITTEN),
        ("plakaty", FormKind.OTHER),
        ("hologram", FormKind.OTHER),
    ],
)
@pytest.mark.rule("R-CNS-05")
def test_forms_are_recognised_by_their_names(name, kind):
    assert form_kind(name) == kind


def test_regimes_are_recognised():
    assert regimes("both") == (["residents", "ngo"], "")
    assert regimes("ngo") == (["ngo"], "")
    assert regimes("organizacje pozarządowe") == (["ngo"], "organizacje pozarządowe")
    assert regimes("") == ([], "")
    assert regimes("wszyscy") == ([], "wszyscy")


# --- demands ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "has_loss"),
    [
        ({"lp": "7"}, False),
        ({"lp": None}, False),
        ({"lp": "siedem"}, True),
        ({"status": "coś_nowego"}, False),
        ({"meeting_on": "2025-06"}, False),
        ({"meeting_on": "lato"}, True),
        ({"position_unit": None}, False),
        ({"organisation": ["A", "B"]}, False),
        ({"organisation": None}, False),
        ({"nowe": 1}, True),
        ({"postulate": "p" * 5000}, False),
    ],
)
def test_demands_of_other_shapes(city, changes, has_loss):
    unit = OrganizationalUnit.objects.create(name="Wydział Próbny")
    row = {
        "lp": 1,
        "organisation": "Fundacja",
        "postulate": "Więcej sal",
        "position_unit": unit.name,
        "meeting_on": "2025-06-17",
        "source": "s",
    }

    report = facts.import_postulates([{**row, **changes}], by=None, at=now())
    again = facts.import_postulates([{**row, **changes}], by=None, at=now())

    assert bool(report.losses) is has_loss
    assert (report.counts["created"], again.counts["unchanged"]) == (1, 1)
    assert Client().get("/konsultacje/postulaty/").status_code == 200


def test_a_demand_without_words_is_skipped_and_named(city):
    report = facts.import_postulates([{"lp": 1, "postulate": ""}], by=None, at=now())

    assert report.counts == {"skipped": 1}
    assert report.losses


def test_districts_are_those_of_the_city(city):
    assert District.objects.count() == 18
