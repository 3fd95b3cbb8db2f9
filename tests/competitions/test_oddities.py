"""Every oddity of real notices that a call must be able to express: typed at the desk, read by everybody."""

from datetime import datetime

import pytest

from competitions import actions, law
from competitions.models import Call
from core.common.clock import WARSAW, now
from tests.factories import competitions as make
from tests.factories.city import DistrictFactory, UnitFactory

from .entering import CALLS, posted, seen, text, type_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, manager):
    client.force_login(manager)
    return client


@pytest.fixture
def draft(unit, frozen):
    return make.draft(unit=unit)


def announced(call: Call) -> Call:
    return actions.announce(make.publish(call), by=None, at=now())


# number of the oddity in the collected facts, step, fields, rows, what everybody reads
ODDITIES = [
    (
        "1 years to the grosz",
        "pieniadze",
        {"budget_total": "430 279,28 zł"},
        {
            "budget_years": [
                {"year": 2026, "amount": "58 486,69"},
                {"year": 2027, "amount": "206639,10"},
                {"year": 2028, "amount": "165153.49"},
            ]
        },
        [
            "58 486,69 zł (słownie: pięćdziesiąt osiem tysięcy czterysta osiemdziesiąt sześć złotych",
            "206 639,10 zł",
            "165 153,49 zł",
            "czterysta trzydzieści tysięcy dwieście siedemdziesiąt dziewięć złotych dwadzieścia osiem groszy",
        ],
    ),
    (
        "2 part, place and year; parts without money of their own",
        "pieniadze",
        {"budget_total": "108000"},
        {
            "parts": [{"no": "1", "name": "Schronisko", "places": 35, "place": "Dzielnica I"}, {"no": "2", "name": "Klub"}],
            "budget_items": [
                {"year": 2026, "part": "Schronisko", "place": "Dzielnica I", "amount": "63000"},
                {"year": 2026, "part": "Schronisko", "place": "Dzielnica III", "amount": "45000"},
            ],
        },
        ["35 miejsc", "Dzielnica III", "63 000 zł", "45 000 zł", "Klub"],
    ),
    (
        "3 sources",
        "pieniadze",
        {"budget_total": "300000"},
        {"budget_sources": [{"source": "Fundusz Solidarnościowy", "amount": "250000"}, {"source": "budżet miasta", "amount": "50000"}]},
        ["Fundusz Solidarnościowy", "250 000 zł", "budżet miasta"],
    ),
    (
        "4 about, contingent, unit rates",
        "pieniadze",
        {"budget_total": "1028000", "is_budget_approximate": "on"},
        {
            "budget_years": [
                {"year": 2026, "amount": "378000", "is_approximate": "on"},
                {"year": 2027, "amount": "650000", "is_approximate": "on"},
            ],
            "budget_items": [{"part": "noclegi ponad limit", "amount": "20000", "is_contingent": "on"}],
            "parts": [{"name": "Punkt porad", "unit_rate": "64023,96", "unit_rate_per": "punkt"}],
        },
        ["około 1 028 000 zł", "około 378 000 zł", "rezerwa, poza pulą", "64 023,96 zł za punkt"],
    ),
    (
        "5 limits of many kinds",
        "warunki",
        {
            "min_grant": "5000",
            "must_exceed_min_grant": "on",
            "max_grant": "60000",
            "max_grant_per_year": "30000",
            "max_grant_per_applicant": "90000",
            "max_grant_per_place": "12000",
            "equipment_limit": "10000",
            "equipment_percent": "12,5",
            "admin_cost_percent": "10",
        },
        {},
        [
            "więcej niż 5 000 zł",
            "najwyżej 60 000 zł",
            "najwyżej 30 000 zł",
            "najwyżej 90 000 zł",
            "najwyżej 12 000 zł",
            "najwyżej 12,5% dotacji",
            "do 10% kosztów",
        ],
    ),
    (
        "6 another currency, words that differ",
        "pieniadze",
        {"budget_note": "Równowartość 5000 USD. Kwota słownie w źródle: pięćdziesiąt tysięcy."},
        {},
        ["5000 USD", "pięćdziesiąt tysięcy"],
    ),
    (
        "7 own contribution in money and in kind",
        "warunki",
        {
            "min_own_contribution_percent": "10",
            "min_financial_contribution_percent": "5",
            "max_in_kind_percent": "5",
            "max_cofinancing_percent": "90",
            "own_contribution_note": "wolontariat wyceniony po 30 zł za godzinę",
        },
        {},
        ["co najmniej 10% kosztów", "co najmniej 5% kosztów", "najwyżej 5% kosztów", "wolontariat wyceniony"],
    ),
    (
        "8 prior money: two years as one, unknown, nothing, more than the pool",
        "pieniadze",
        {"prior_funding_current_year": "0", "prior_funding_previous_year": "", "prior_funding_note": "Nie przekazano środków."},
        {
            "prior_funding": [
                {"year_from": 2024, "year_to": 2025, "task": "Świetlice", "amount": "1890000"},
                {"year_from": 2023, "task": "Kluby", "note": "kwota nieznana"},
                {"task": "wszystkie poprzednie konkursy", "amount": "10"},
            ]
        },
        [
            "0 zł (słownie: zero złotych)",
            "2024–2025",
            "1 890 000 zł",
            "kwota nieznana",
            "Nie przekazano środków.",
            "wszystkie poprzednie konkursy",
        ],
    ),
    (
        "9 support without a grant",
        "pieniadze",
        {"support_without_grant": "Miasto kupi materiały i wypożyczy namioty."},
        {},
        ["Miasto kupi materiały i wypożyczy namioty."],
    ),
    ("10 later increase, refund", "warunki", {"may_grow": "on", "payout": "refund"}, {}, ["można później zwiększyć", "refundacja"]),
    (
        "11 premises with area and rates",
        "czas-i-miejsce",
        {},
        {
            "premises": [
                {
                    "address": "Nowa Huta, lokal 3",
                    "area": "121,21",
                    "cellar_area": "24,63",
                    "common_share_percent": "50",
                    "rent": "8,10",
                    "rent_per": "m² miesięcznie",
                    "utilities": "woda 5,95 zł/m³",
                }
            ]
        },
        ["121,21 m²", "24,63 m²", "50%", "8,10 zł za m² miesięcznie", "woda 5,95 zł/m³"],
    ),
    (
        "12 an account before the deadline; no hour",
        "nabor",
        {
            "offers_due_at": "2026-07-10T23:59",
            "has_due_hour": "",
            "submission_system": "Konto w generatorze załóż co najmniej 24 godziny wcześniej, w dzień roboczy.",
        },
        {},
        ["piątek 10 lipca 2026", "24 godziny wcześniej"],
    ),
    (
        "12 relative deadline",
        "nabor",
        {"intake": "relative", "relative_days": "30", "offers_due_at": ""},
        {},
        ["30 dni od ostatniego ogłoszenia", "10 lipca 2026, godz. 23:59"],
    ),
    (
        "13 opens at an exact hour, several cut-offs",
        "nabor",
        {"intake": "continuous", "opens_at": "2026-06-20T09:00", "offers_due_at": ""},
        {
            "intake_windows": [
                {"opens": "2026-06-20T09:00", "closes": "2026-07-06T15:00", "note": "pierwsza tura"},
                {"opens": "2026-07-06T15:01", "closes": "2026-08-20T15:00"},
            ]
        },
        ["20 czerwca 2026, godz. 9:00", "6 lipca 2026, godz. 15:00", "20 sierpnia 2026, godz. 15:00", "pierwsza tura", "nabór ciągły"],
    ),
    (
        "13 until the money is spent",
        "nabor",
        {"intake": "funds", "offers_due_at": "2026-10-30T15:00"},
        {},
        ["do wyczerpania środków", "Zostało <strong>100 000 zł</strong> z 100 000 zł"],
    ),
    (
        "15 a length, a half-year, two phases",
        "czas-i-miejsce",
        {"task_from": "", "task_to": "", "task_months_min": "1", "task_months_max": "6", "task_period_note": "II półrocze 2026"},
        {"phases": [{"name": "Adaptacja lokalu", "task_from": "2026-09", "task_to": "2026-10"}, {"name": "Prowadzenie klubu", "task_from": "2026-11"}]},
        ["od 1 do 6 miesięcy", "II półrocze 2026", "Adaptacja lokalu", "wrzesień 2026", "Prowadzenie klubu"],
    ),
    ("19 another authority", "zadanie", {"authority": "Dyrektor Miejskiego Ośrodka Pomocy Społecznej"}, {}, ["DYREKTOR MIEJSKIEGO OŚRODKA POMOCY SPOŁECZNEJ OGŁASZA"]),
    (
        "21 recruitment of the committee in the same notice",
        "ocena",
        {"includes_committee_call": "true", "committee_call": "<p>Załącz formularz i oświadczenie.</p>", "committee_call_until": "2026-06-30T12:00"},
        {},
        ["ORAZ NABÓR NA CZŁONKÓW KOMISJI KONKURSOWEJ", "Załącz formularz", "30 czerwca 2026, godz. 12:00"],
    ),
    (
        "23 only some legal forms",
        "warunki",
        {"eligible_forms": ["social_coop", "sports_union"], "requires_opp": "on"},
        {},
        ["organizacji pożytku publicznego", "spółdzielnia socjalna, związek sportowy"],
    ),
    (
        "27 two contacts",
        "nabor",
        {"contact": "oferty: tel. 12 616 00 01", "contact_system": "generator: tel. 12 616 00 02"},
        {},
        ["tel. 12 616 00 01", "tel. 12 616 00 02"],
    ),
    (
        "28 an offer for each part",
        "warunki",
        {"offers_per_applicant": "1", "is_offer_per_part": "on"},
        {},
        ["1 w każdej części"],
    ),
    (
        "29 more than one legal basis",
        "zadanie",
        {"legal_bases": "art. 27 ustawy o sporcie\nart. 14 ustawy o zdrowiu publicznym"},
        {},
        ["art. 27 ustawy o sporcie", "art. 14 ustawy o zdrowiu publicznym", "art. 11 ust. 2"],
    ),
    ("30 a range of points in the words of the notice", "zadanie", {"sphere_label": "zadania z art. 4 ust. 1 pkt 1–34"}, {}, ["pkt 1–34"]),
    (
        "31 preferred places",
        "czas-i-miejsce",
        {"place": "plener", "are_districts_preferred": "on", "preferred_places": "podobszar Kazimierz–Stradom"},
        {},
        ["plener", "podobszar Kazimierz–Stradom"],
    ),
    ("33 a supplementary call with a planned number of grants", "zadanie", {"is_supplementary": "on"}, {}, ["nabór uzupełniający"]),
    (
        "34 weights, points, a threshold",
        "ocena",
        {"minimum_score": "60"},
        {"criteria": [{}, {}, {"name": "Budżet", "weight": "45", "position": "3"}, {"name": "Wolontariat", "max_points": "10,5", "position": "4"}]},
        ["45%", "Wolontariat", "10,50", "Próg punktowy"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("step", "fields", "rows", "words"), [case[1:] for case in ODDITIES], ids=[case[0] for case in ODDITIES]
)
@pytest.mark.rule("R-CALL-12")
@pytest.mark.rule("R-CALL-14")
def test_an_oddity_is_typed_at_the_desk_and_read_by_everybody(step, fields, rows, words, desk, draft, client):
    type_in(desk, draft, step, rows, **fields)
    call = announced(draft)

    shown = seen(client, call)

    assert [word for word in words if word not in shown] == []


def test_several_units_and_preferred_districts(desk, draft, client, unit):
    other, district = UnitFactory(name="Zarząd Budynków"), DistrictFactory()
    type_in(desk, draft, "zadanie", units=[unit.pk, other.pk])
    type_in(desk, draft, "czas-i-miejsce", districts=[district.pk], are_districts_preferred="on")

    shown = seen(client, announced(draft))

    assert "Wydział Prób; Zarząd Budynków" in shown or "Zarząd Budynków; Wydział Prób" in shown
    assert "Dzielnice preferowane, nie wyłączne" in shown


def test_last_years_edition_is_linked(desk, draft, client, unit):
    old = make.settled_call(unit=unit, title="Poprzednia edycja zadania")
    type_in(desk, draft, "zadanie", previous_edition=old.pk)

    assert old.get_absolute_url() in seen(client, announced(draft))


@pytest.mark.rule("R-CALL-10")
def test_the_first_cut_off_must_leave_twenty_one_days(desk, draft):
    rows = {"intake_windows": [{"closes": "2026-06-30T15:00"}, {"closes": "2026-08-20T15:00"}]}
    type_in(desk, draft, "nabor", rows, intake="continuous", offers_due_at="")
    make.publish(draft)

    found = [breach.field for breach in law.deadline_breaches(draft.facts(now()))]

    assert found == ["offers_due_at"]
    assert draft.facts(now()).deadline == datetime(2026, 8, 20, 15, tzinfo=WARSAW)


@pytest.mark.rule("R-CALL-10")
def test_the_step_of_the_intake_explains_the_earliest_deadline(desk, draft):
    address = f"{CALLS}{draft.pk}/change/?krok=nabor"
    before = text(desk.get(address))
    assert "Liczymy tak, jakby brakujące ogłoszenia ukazały się dziś." in before
    make.publish(draft)
    after = text(desk.get(address))
    assert "Ostatnie z trzech ogłoszeń: 10 czerwca 2026. Od następnego dnia biegnie 21 pełnych dni" in after
    assert "ostatnim jest 1 lipca 2026 do 23:59" in after
    assert "czwartek 2 lipca 2026, godz. 0:00" in after


@pytest.mark.parametrize(
    "typed", ["2026-10-25T02:30", "2027-03-28T02:30", "2026-02-30T12:00", "2026-07-10T24:00"]
)
def test_an_hour_that_comes_twice_or_never_is_refused_in_words(typed, desk, draft):
    address = f"{CALLS}{draft.pk}/change/?krok=nabor"
    page = desk.post(address, posted(desk.get(address), offers_due_at=typed))
    assert page.status_code == 200
    assert page.context["adminform"].form.errors["offers_due_at"]
    assert typed in text(page)


def test_steps_say_what_they_lack_and_which_law_wants_it(desk, unit, frozen):
    call = actions.draft_call(unit=unit, title="Pusty szkic", by=None, at=now())
    call.checks.create(text="Radca", is_done=True)
    call.checks.create(text="Skarbnik")
    page = text(desk.get(f"{CALLS}{call.pk}/change/?krok=pieniadze"))
    assert "W tej części brakuje:" in page
    assert "Pula środków: wpisz kwotę na realizację zadania." in page
    assert "art. 13 ust. 2 ustawy (R-CALL-12)" in page
    assert "Własna lista: 1 z 2" in page
    saved = desk.post(
        f"{CALLS}{call.pk}/change/?krok=pieniadze",
        posted(
            desk.get(f"{CALLS}{call.pk}/change/?krok=pieniadze"),
            budget_total="5 000",
            next_step="czas-i-miejsce",
        ),
    )
    assert saved.headers["Location"].endswith("?krok=czas-i-miejsce")
    call.refresh_from_db()
    assert call.budget_total == 5000
    assert desk.get(f"{CALLS}{call.pk}/change/?krok=nieznany").status_code == 200
