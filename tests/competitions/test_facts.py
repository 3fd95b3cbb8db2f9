"""Collected calls are read whole, again and again, and nothing is lost without a word."""

import copy
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from competitions.enums import Form, Intake, Mode, State
from competitions.facts import import_calls
from competitions.models import Call
from core.common.clock import at_local, now
from core.documents.models import SearchEntry
from core.legal.models import Transition
from portal.facts import import_facts, load

pytestmark = pytest.mark.django_db

DATA = Path(__file__).resolve().parents[2] / "demo/data"

RECORD = {
    "id": "call-900",
    "title": "Prowadzenie klubu seniora (2024)",
    "announcing_authority": "Prezydent Miasta",
    "announcing_unit": "Wydział Prób",
    "units": ["Wydział Prób"],
    "mode": "open_call",
    "form": "wspieranie",
    "budget_total": "100000.00",
    "offers_due_at": "2023-12-07T15:00",
    "task_from": "2024-01-01",
    "task_to": "2024-12-31",
    "cancelled": False,
    "source": "https://bip.example/1",
    "year_hint": 2024,
}


def read(**changes):
    """Imports the record with some values changed; gives the call (or None) and the losses."""
    report = import_calls([{**copy.deepcopy(RECORD), **changes}], by=None, at=now())
    return Call.objects.filter(fact_id="call-900").first(), report.losses


@pytest.fixture
def city(unit):
    import_facts("spheres", load(DATA / "spheres.json"))


# --- our own data ---------------------------------------------------------------------------------


def test_all_collected_calls_are_read_without_loss_and_once(frozen):
    for kind in ("units", "spheres"):
        import_facts(kind, load(DATA / f"{kind}.json"))
    records = load(DATA / "calls.json")

    first = import_facts("calls", records)
    second = import_facts("calls", records)

    assert (first.counts["created"], first.counts["skipped"]) == (61, 0)
    assert first.losses == []
    assert all("nieznana jednostka, dodana" in remark for remark in first.remarks)
    assert second.counts == {"unchanged": 61}
    assert second.losses == []
    assert Call.objects.published().count() == SearchEntry.objects.filter(kind="call").count() == 61


def test_the_values_arrive(frozen):
    for kind in ("units", "spheres"):
        import_facts(kind, load(DATA / f"{kind}.json"))
    import_facts("calls", load(DATA / "calls.json"))

    clubs = Call.objects.get(fact_id="call-014")
    assert next((y.year, y.amount) for y in clubs.budget_years.all()) == (2021, Decimal("1183100.00"))
    assert "158 100 zł" in clubs.budget_years.first().note
    legal_aid = Call.objects.get(fact_id="call-002")
    assert [(p.unit_rate, p.unit_rate_per) for p in legal_aid.parts.all()] == [
        (Decimal("64023.96"), "punkt"),
        (Decimal("4221.36"), "punkt"),
    ]
    sport = Call.objects.get(fact_id="call-054").result
    assert (sport.funded, sport.formally_rejected, sport.late_offers) == (123, 8, 3)
    assert sport.awards.count() == 5
    assert {r.reason for r in sport.rejected.all()} == {"po terminie", "braki formalne"}
    windows = Call.objects.get(fact_id="call-047").intake_windows.get()
    assert (windows.opens, windows.closes) == ("2021-08-09", "2021-08-17")
    shelter = Call.objects.get(fact_id="call-082")
    assert [(p.task_from, p.task_to, p.places) for p in shelter.parts.all()][1] == (
        "2017-09-01",
        "2020-02-29",
        5,
    )


def test_unknown_stays_unknown(frozen, unit):
    call, losses = read(
        budget_total=None, offers_due_at=None, form=None, task_to=None, commission_call_included=None
    )

    assert losses == []
    assert (call.budget_total, call.offers_due_at, call.task_to) == (None, None, "")
    assert (call.form, call.intake, call.includes_committee_call) == (Form.UNKNOWN, Intake.UNKNOWN, None)
    assert call.max_grant is None


def test_a_unit_nobody_knows_is_made_and_named(frozen, unit):
    report = import_calls([RECORD | {"announcing_unit": "Biuro Nowe"}], by=None, at=now())

    call = Call.objects.get()
    assert report.losses == []
    assert [remark.split(":")[1].strip() for remark in report.remarks] == ["announcing_unit"]
    assert call.unit.name == "Biuro Nowe"
    assert {u.name for u in call.units.all()} == {"Biuro Nowe", "Wydział Prób"}


def test_a_section_is_found_by_its_older_name(frozen):
    import_facts("units", load(DATA / "units.json"))

    call, _losses = read(announcing_unit="Dział Pomocy Bezdomnym MOPS", units=[])

    assert call.unit.name == "MOPS – Dział Pomocy Bezdomnym"


# --- again ----------------------------------------------------------------------------------------


def test_a_changed_record_updates_the_same_call(frozen, unit):
    first, _losses = read(parts=[{"name": "A", "budget": "10.00"}])
    second, _losses = read(title="Nowy tytuł", parts=[{"name": "B"}, {"name": "C"}], results={"funded": 2})

    assert second.pk == first.pk
    assert (second.title, second.slug) == ("Nowy tytuł", first.slug)
    assert [p.name for p in second.parts.all()] == ["B", "C"]
    assert second.result.funded == 2


def test_moves_are_not_faked(frozen, unit):
    call, _losses = read()

    moves = list(Transition.objects.of(call).values_list("source", "target", "reason"))
    assert moves == [("", State.ARCHIVED, "import")]


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, State.ARCHIVED),
        ({"offers_due_at": "2026-07-01T12:00"}, State.PUBLISHED),
        ({"offers_due_at": "2026-06-10"}, State.PUBLISHED),
        ({"offers_due_at": "2026-06-09"}, State.ARCHIVED),
        ({"cancelled": True}, State.CANCELLED),
        ({"results": {"funded": 3}}, State.ARCHIVED),
        ({"results": {"funded": 3}, "task_to": "2026-12-31"}, State.RESULTS_PUBLISHED),
    ],
)
def test_the_state_is_what_the_record_tells(changes, state, frozen, unit):
    call, _losses = read(**changes)

    assert call.state == state


# --- what nobody has seen yet ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "moment", "has_hour"),
    [
        ("2023-12-07T15:00", at_local(date(2023, 12, 7)).replace(hour=15), True),
        ("2023-12-07T15:00:00", at_local(date(2023, 12, 7)).replace(hour=15), True),
        ("2023-12-07 9:30", at_local(date(2023, 12, 7)).replace(hour=9, minute=30), True),
        ("2023-12-07", at_local(date(2023, 12, 7)).replace(hour=23, minute=59), False),
        ("2023-12-07T00:00", at_local(date(2023, 12, 7)).replace(hour=23, minute=59), False),
    ],
)
def test_deadlines_with_and_without_an_hour(written, moment, has_hour, frozen, unit):
    call, losses = read(offers_due_at=written)

    assert losses == []
    assert (call.offers_due_at, call.has_due_hour) == (moment, has_hour)


@pytest.mark.parametrize("written", ["2023-12", "30 dni od ogłoszenia", "2023-13-45T99:99"])
def test_other_deadlines_keep_their_words(written, frozen, unit):
    call, losses = read(offers_due_at=written)

    assert losses == []
    assert (call.offers_due_at, call.deadline_note) == (None, written)


@pytest.mark.parametrize(
    ("written", "amount", "note"),
    [
        ("100000.00", Decimal(100000), ""),
        (100000, Decimal(100000), ""),
        (1234.5, Decimal("1234.50"), ""),
        ("1 440 000 zł", Decimal(1440000), ""),
        ("58486,69", Decimal("58486.69"), ""),
        ("5000 USD", None, "5000 USD"),
        ("od 100 000 do 200 000 zł", None, "od 100 000 do 200 000 zł"),
        ("NaN", None, "NaN"),
        ("-5", None, "-5"),
        ("9" * 30, None, "9" * 30),
    ],
)
def test_amounts_as_people_write_them(written, amount, note, frozen, unit):
    call, losses = read(budget_total=written)

    assert losses == []
    assert (call.budget_total, call.budget_note) == (amount, note)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"nowe_pole": "wartość"}, "nowe_pole: nieznane pole"),
        ({"parts": [{"name": "A", "kolor": "zielony"}]}, "parts[0].kolor: nieznane pole"),
        ({"results": {"funded": 1, "beneficiaries": 40}}, "results.beneficiaries: nieznane pole"),
        (
            {"results": {"awards": [{"organisation": "F", "ocena": "A"}]}},
            "results.awards[0].ocena: nieznane pole",
        ),
        ({"task_from": "jesień"}, "task_from: nie jest datą"),
        ({"task_from": "2024-02-31"}, "task_from: nie jest datą"),
        ({"task_from": "2025-01-01"}, "task_to: koniec zadania przed początkiem"),
        ({"public_task_areas": ["99z"]}, "public_task_areas: nieznana sfera"),
        ({"min_own_contribution_percent": "dużo"}, "min_own_contribution_percent: nie jest procentem"),
        ({"min_own_contribution_percent": 250}, "min_own_contribution_percent: nie jest procentem"),
        ({"offers_per_applicant": "kilka"}, "offers_per_applicant: nie jest liczbą"),
        ({"offers_per_applicant": 99999999}, "offers_per_applicant: nie jest liczbą"),
        ({"max_grant": "do uzgodnienia"}, "max_grant: nie jest kwotą"),
        ({"cancelled": "może"}, "cancelled: nie jest odpowiedzią"),
        ({"minimum_score": "próg"}, "minimum_score: nie jest liczbą punktów"),
        ({"results": {"offers_submitted": "ponad 100"}}, "results.offers_submitted: nie jest liczbą"),
        ({"title": "T" * 1500}, "title: dłuższe niż 1000 znaków"),
    ],
)
def test_what_cannot_be_expressed_is_named_and_the_rest_is_kept(changes, words, frozen, city):
    call, losses = read(**changes)

    assert call is not None
    assert len(losses) == 1, losses
    assert losses[0].startswith(f"call-900: {words}")


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"mode": "partner_selection"}, "mode", Mode.PARTNER_SELECTION),
        ({"mode": "art12_initiative"}, "mode_label", "art12_initiative"),
        ({"form": "powierzanie lub wspieranie"}, "form_label", "powierzanie lub wspieranie"),
        ({"form": "Powierzenie"}, "form", Form.ENTRUST),
        ({"target_groups": "seniorzy"}, "target_groups", ["seniorzy"]),
        ({"attachments_required": None}, "attachments_required", []),
        (
            {"contact_unit": ["tel. 1", {"e-mail": "a@example.org"}]},
            "contact",
            "tel. 1; e-mail: a@example.org",
        ),
        (
            {"paper_confirmation_deadline": "3 dni po złożeniu"},
            "paper_confirmation_deadline",
            "3 dni po złożeniu",
        ),
        ({"min_own_contribution_percent": "12,5%"}, "min_own_contribution_percent", Decimal("12.50")),
        ({"year_hint": "2024"}, "year_hint", 2024),
        ({"commission_call_included": "tak"}, "includes_committee_call", True),
        ({"description": "Ż" * 5000}, "description", "Ż" * 5000),
        ({"description": "a\x00b"}, "description", "ab"),
        ({"announced_on": "2023-11"}, "announced_on", "2023-11"),
        ({"minimum_score": 60}, "minimum_score", Decimal(60)),
    ],
)
def test_values_nobody_has_seen_yet_find_their_place(changes, field, value, frozen, unit):
    call, losses = read(**changes)

    assert losses == []
    assert getattr(call, field) == value


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ([{"name": "Jakość", "max_points": 35}], [("Jakość", Decimal(35), None)]),
        ([{"criterion": "Koszt", "weight": 45}], [("Koszt", None, Decimal(45))]),
        ([{"name": "Wkład", "points": "10 pkt"}], [("Wkład", Decimal(10), None)]),
        (["Jakość 60%", "Koszt 40%"], [("Jakość 60%", None, None), ("Koszt 40%", None, None)]),
        ("tylko cena", [("tylko cena", None, None)]),
    ],
)
def test_criteria_as_points_as_weights_and_as_words(written, expected, frozen, unit):
    call, losses = read(evaluation_criteria=written)

    assert losses == []
    assert [(c.name, c.max_points, c.weight) for c in call.criteria.all()] == expected


def test_results_may_be_a_sentence_and_scores_may_be_words(frozen, unit):
    call, losses = read(results="Wyniki podano na stronie dla rodziców.")
    assert (call.result.note, losses) == ("Wyniki podano na stronie dla rodziców.", [])

    awards = [
        {"organisation": "F", "score": "97 % możliwych punktów"},
        {"organisation": "S", "score": 88.5},
        "Klub",
    ]
    call, losses = read(results={"awards": awards})

    assert losses == []
    assert [(a.organization_name, a.score, a.score_label) for a in call.result.awards.order_by("pk")] == [
        ("F", None, "97 % możliwych punktów"),
        ("S", Decimal("88.50"), ""),
        ("Klub", None, ""),
    ]


def test_a_record_without_title_or_shape_stops_nobody(frozen, unit):
    report = import_calls(
        [{"id": "x"}, "tekst", None, {**RECORD, "parts": 7}, RECORD | {"id": "call-901"}], by=None, at=now()
    )

    assert (report.counts["created"], report.counts["skipped"]) == (2, 3)
    assert len(report.losses) >= 3


def test_a_record_without_an_id_is_known_again(frozen, unit):
    anonymous = {key: value for key, value in RECORD.items() if key != "id"}

    assert import_calls([anonymous], by=None, at=now()).counts == {"created": 1}
    assert import_calls([anonymous], by=None, at=now()).counts == {"unchanged": 1}


def test_an_imported_call_has_a_page_with_its_source(client, frozen, unit):
    call, _losses = read(oddities=["termin bez godziny"])

    page = client.get(call.get_absolute_url()).content.decode()

    assert "wpis archiwalny" in page
    assert "https://bip.example/1" in page
    assert "termin bez godziny" in page
    assert 'class="stages' not in page
