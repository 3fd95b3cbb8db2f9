"""The public pages: who sees what, in how many queries, and what nonsense in the address does."""

import json
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from consultations import actions, queries
from consultations.enums import PUBLIC_STATES, PositionCode, Regime, RespondentType, State
from consultations.models import DemandMeeting, Extension
from consultations.views.detail import history_entry
from core.city.models import District
from core.common.clock import local_day, now
from core.documents.actions import record_publication
from core.documents.enums import Place, Purpose
from core.documents.search import search
from core.legal import parameters
from tests.factories import consultations as make
from tests.factories import organizations
from tests.factories.accounts import UserFactory, unit
from tests.factories.documents import AttachmentFactory, upload

pytestmark = pytest.mark.django_db

LIST, SCHEDULE, POSTULATES = "/konsultacje/", "/konsultacje/harmonogram/", "/konsultacje/postulaty/"


@pytest.fixture
def client(frozen) -> Client:
    return Client()


def text_of(response) -> str:
    """The answer with plain spaces and without joiners, where typography has others."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode().replace("\u00a0", " ").replace("\u2060", "")


def count_queries(client, address: str, django_assert_max_num_queries, most: int = 8) -> int:
    client.get(address)  # the city and the parameters come from the cache afterwards
    with django_assert_max_num_queries(most) as seen:
        assert client.get(address).status_code == 200
    return len(seen.captured_queries)


# --- pages of every state ---------------------------------------------------------------------------


@pytest.mark.parametrize("state", PUBLIC_STATES)
def test_a_published_consultation_has_its_pages(client, state):
    made = make.consultation(state)

    for name in ("detail", "remarks", "send", "calendar"):
        response = client.get(reverse(f"consultations:{name}", args=[made.slug]))
        assert response.status_code == 200, name


def test_a_draft_is_nowhere(client):
    made = make.draft(title="Tajemniczy szkic kanarka")
    shown = make.consultation(State.OPEN)

    for name in ("detail", "remarks", "send", "calendar"):
        assert client.get(reverse(f"consultations:{name}", args=[made.slug])).status_code == 404
    for address in (LIST, SCHEDULE):
        for form in ("", "csv", "json", "ics", "rss"):
            response = client.get(address, {"format": form} if form else {})
            assert response.status_code == 200
            assert "kanarka" not in text_of(response), (address, form)
    window = (now() - timedelta(days=400), now() + timedelta(days=400))
    assert "kanarka" not in str(queries.dated_things(*window))
    assert [entry["obj"] for entry in queries.search_entries()] == [shown]
    assert [entry.url for entry in queries.sitemap_entries()] == [shown.get_absolute_url()]
    assert search("kanarka").count == 0


@pytest.mark.rule("R-CNS-20")
def test_of_a_mere_plan_only_the_entry_is_public(client):
    made = make.consultation(
        State.PLANNED, title="Program wolontariatu", subject="Kanarkowy przedmiot", plain_summary="Kanarkowe streszczenie",
        description="Kanarkowy opis", what_next="Kanarkowe kroki", addressees="kanarkowi", territory_label="Kanarkowo",
        contact_email="kanarek@example.org", outcome="Kanarkowy wynik",
    )  # fmt: skip
    made.forms.update(label="kanarkowe spotkanie", place="Kanarkowa 1")
    made.points.update(text="Kanarkowy punkt")
    file = AttachmentFactory(record=made, upload=upload("kanarek.pdf"), title="Kanarkowy projekt")
    addresses = [made.get_absolute_url(), LIST, SCHEDULE, reverse("consultations:calendar", args=[made.slug])]
    addresses += [f"{a}?format={form}" for a in (LIST, SCHEDULE) for form in ("csv", "json", "ics", "rss")]

    public = "".join(text_of(client.get(address)) for address in addresses)
    found = json.loads(text_of(client.get(LIST, {"q": "kanarkow", "format": "json"})))["count"]

    assert "Program wolontariatu" in public
    assert "anark" not in public
    assert found == 0
    assert client.get(file.get_absolute_url()).status_code == 404
    assert search("kanarkowy").count == 0
    assert "anark" not in str(queries.dated_things(now() - timedelta(days=9), now() + timedelta(days=90)))
    actions.announce(made, by=None, at=now())
    assert "Kanarkowe streszczenie" in text_of(client.get(made.get_absolute_url()))
    assert client.get(file.get_absolute_url()).status_code == 200
    assert search("kanarkowy").count == 1


def test_people_of_an_ngo_hear_of_consultations_that_end_soon(client, frozen):
    organization = organizations.verified("Fundacja Zielony Skwer")
    made = make.consultation(State.OPEN, regimes=[Regime.NGO.value])
    make.consultation(State.OPEN)
    frozen.move_to(made.ends_at - timedelta(days=3))

    (matter,) = queries.matters_for(None, organization)
    make.submission(made, who=make.sender(RespondentType.NGO, organization=organization))

    assert (matter.title, matter.due_at) == (made.title, made.ends_at)
    assert queries.matters_for(None, organization) == []
    assert queries.matters_for(None, None) == []


def test_an_overdue_report_shows_on_list_page_and_schedule(client, frozen):
    made = make.consultation(State.ANALYSIS)
    due = made.report_due_with(1)
    frozen.move_to(now() + timedelta(days=(due - now().date()).days + 5))

    pages = [text_of(client.get(address)) for address in (LIST, SCHEDULE, made.get_absolute_url())]

    assert all("opóźniony o 5" in page for page in pages)


def test_a_row_of_a_list_reads_only_the_period_of_its_report(client, frozen, monkeypatch):
    made = make.consultation(State.ANALYSIS)
    asked, value = [], parameters.value
    monkeypatch.setattr(parameters, "value", lambda code, on: asked.append(code) or value(code, on=on))

    made.report_due_with(1)
    made.report_due_with(2)
    queries.waiting_for(make.manager(made.unit))

    assert asked == ["consultation_report", "consultation_report_stages", "consultation_report"]


def test_unpublished_report_and_positions_do_not_leak(client, frozen):
    made = make.consultation(State.OPEN)
    make.submission(made)
    frozen.move_to(made.ends_at)
    actions.close_due(now())
    made.refresh_from_db()
    actions.start_analysis(made, by=None, at=now())
    made.report.conclusions = "<p>Kanarkowe wnioski</p>"
    actions.save_report(made.report, by=None, at=now())
    file = AttachmentFactory(record=made.report, upload=upload("kanarek.pdf"), title="Kanarkowy raport")
    make.answer(made.remarks.get(), position="Kanarkowe stanowisko wydziału.")

    addresses = [made.get_absolute_url(), reverse("consultations:remarks", args=[made.slug])]
    before = "".join(
        text_of(client.get(a))
        for a in [*addresses, f"{addresses[1]}?format=csv", f"{addresses[1]}?format=json"]
    )
    fetched = client.get(file.get_absolute_url()).status_code
    actions.publish_report(made, by=None, at=now())
    after = "".join(text_of(client.get(address)) for address in addresses)

    assert "anarkow" not in before
    assert fetched == 404
    assert after.count("anarkow") >= 4
    assert client.get(file.get_absolute_url()).status_code == 200


def test_the_page_of_an_open_consultation_offers_three_ways(client):
    made = make.consultation(State.OPEN)

    page = text_of(client.get(made.get_absolute_url()))

    assert reverse("consultations:send", args=[made.slug]) in page
    assert "Przyjdź na spotkanie" in page
    assert "Dodaj uwagę do punktu 3.1" in page
    assert "konsultacje trwają" in page


def test_an_announced_one_says_when_it_opens(client):
    made = make.consultation(State.ANNOUNCED)

    page = text_of(client.get(made.get_absolute_url()))

    assert "Przyjdź na spotkanie" in page
    assert "Formularz otworzymy" in page
    assert reverse("consultations:send", args=[made.slug]) not in page


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.PLANNED, "Będziemy zbierać uwagi"),
        (State.ANNOUNCED, "Będziemy zbierać uwagi"),
        (State.OPEN, "Zbieramy uwagi do:"),
        (State.ANALYSIS, "Zakończone"),
    ],
)
def test_the_panel_says_collecting_only_while_remarks_are_collected(client, state, said):
    panel = text_of(client.get(make.consultation(state).get_absolute_url())).split('class="facts-l">')[1]

    assert panel.startswith(said)


def test_an_archived_meeting_leads_to_its_demands_and_to_no_calendar(client):
    made = make.consultation(State.ARCHIVED)
    words = {
        "comments_label": "tabela 2 postulatów",
        "status_label": f"{made.stages.get().name}; uwagi zebrane",
    }
    type(made).objects.filter(pk=made.pk).update(**words)
    table = DemandMeeting(subject="Program", unit=made.unit, consultation=made, held_on=date(2026, 3, 5))
    actions.save_demand_meeting(table, by=None, at=now())
    address = made.get_absolute_url()
    assert ">tabela 2 postulatów</a>" not in text_of(client.get(address)), "the table is not public yet"
    DemandMeeting.objects.update(published_at=now())

    page = text_of(client.get(address))

    assert f'<a href="{table.get_absolute_url()}">tabela 2 postulatów</a>' in page
    assert "<dd>uwagi zebrane</dd>" in page
    assert "(iCal)" not in page
    assert "Dodaj terminy do kalendarza" not in page


def test_extensions_and_the_reason_of_calling_off_are_shown(client):
    extended, cancelled = make.consultation(State.OPEN), make.consultation(State.OPEN)
    actions.extend(
        extended, new_end=extended.ends_on + timedelta(days=7), reason="Długi weekend.", by=None, at=now()
    )
    actions.cancel(cancelled, by=None, at=now(), reason="Projekt wycofano.")

    assert "Powód: Długi weekend." in text_of(client.get(extended.get_absolute_url()))
    assert "Projekt wycofano." in text_of(client.get(cancelled.get_absolute_url()))


def test_the_calendar_file_has_every_date(client):
    made = make.consultation(State.OPEN)

    calendar = text_of(client.get(reverse("consultations:calendar", args=[made.slug])))

    assert calendar.count("BEGIN:VEVENT") == 3
    assert "Spotkanie otwarte" in calendar


# --- queries ----------------------------------------------------------------------------------------


def test_the_list_takes_the_same_queries_for_1_and_30(client, django_assert_max_num_queries):
    make.consultation(State.OPEN)
    few = count_queries(client, LIST, django_assert_max_num_queries)
    for _number in range(29):
        make.consultation(State.OPEN)

    assert count_queries(client, LIST, django_assert_max_num_queries) == few


def test_the_schedule_takes_the_same_queries_for_1_and_30(client, django_assert_max_num_queries):
    make.consultation(State.OPEN)
    few = count_queries(client, SCHEDULE, django_assert_max_num_queries)
    for _number in range(29):
        make.consultation(State.OPEN)

    assert count_queries(client, SCHEDULE, django_assert_max_num_queries) == few


def test_the_page_of_one_takes_the_same_queries_bare_and_full(client, django_assert_max_num_queries):
    bare = make.consultation(State.OPEN, title="Bez niczego")
    few = count_queries(client, bare.get_absolute_url(), django_assert_max_num_queries)
    full = make.consultation(State.OPEN, title="Ze wszystkim")
    for number in range(30):
        make.submission(full, who=make.sender(RespondentType.NGO))
        full.co_units.add(unit())
        make.meeting(full, full.starts_on + timedelta(days=number % 20))
        Extension.objects.create(
            consultation=full, position=number + 1, new_ends_on=full.ends_on, reason="Prośba"
        )
    make.answer(full.remarks.first())
    actions.publish_positions(full.remarks.all()[:1], by=None, at=now())
    AttachmentFactory(record=full)
    full.districts.add(
        *[District.objects.create(number=n, name=f"D{n}", full_name=f"Dzielnica {n}") for n in range(1, 5)]
    )

    assert count_queries(client, full.get_absolute_url(), django_assert_max_num_queries) == few


def test_remarks_and_postulates_take_the_same_queries_for_1_and_30(client, django_assert_max_num_queries):
    made = make.consultation(State.OPEN)
    addresses = [reverse("consultations:remarks", args=[made.slug]), POSTULATES]
    make.submission(made)
    make.postulate()
    few = [count_queries(client, address, django_assert_max_num_queries) for address in addresses]
    for _number in range(29):
        make.submission(made)
        make.postulate()

    assert [count_queries(client, address, django_assert_max_num_queries) for address in addresses] == few


def test_logged_in_pages_stay_below_fifteen_queries(client, django_assert_max_num_queries):
    made = make.consultation(State.OPEN)
    client.force_login(UserFactory())

    for address in (LIST, SCHEDULE, made.get_absolute_url()):
        count_queries(client, address, django_assert_max_num_queries, most=15)


def test_open_consultations_for_the_start_page(client, django_assert_num_queries):
    made = make.consultation(State.OPEN)
    for state in (State.ANNOUNCED, State.CLOSED, State.PLANNED):
        make.consultation(state)

    with django_assert_num_queries(3):
        (shown,) = queries.open_consultations(3)
        lines = (shown.day_number, shown.day_count, shown.summary_line, shown.forms_line)

    assert shown == made
    assert lines == (
        6,
        26,
        "Chcemy wiedzieć, kiedy potrzebujesz sali.",
        "spotkanie otwarte 10 czerwca, formularz konsultacyjny, ankieta",
    )


# --- filters, sorts, files --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({}, ["Otwarte", "Zapowiedziane", "Planowane", "Z raportem"]),
        ({"stan": "trwaja"}, ["Otwarte"]),
        ({"stan": ["planowane", "raport"]}, ["Planowane", "Z raportem"]),
        ({"tryb": "ngo"}, ["Zapowiedziane"]),
        ({"q": "otwart"}, ["Otwarte"]),
        ({"q": "nie ma tego"}, []),
        ({"od": "2026-07-05", "do": "2026-07-30"}, ["Zapowiedziane", "Planowane"]),
        ({"dzielnica": "4"}, ["Zapowiedziane"]),
        ({"sort": "tytul"}, ["Otwarte", "Planowane", "Z raportem", "Zapowiedziane"]),
    ],
)
def test_the_list_can_be_narrowed_and_ordered(client, query, titles):
    make.consultation(State.OPEN, title="Otwarte", is_citywide=False, territory_label="Rynek")
    ahead = make.consultation(
        State.ANNOUNCED,
        title="Zapowiedziane",
        regimes=[Regime.NGO.value],
        is_citywide=False,
        territory_label="x",
    )
    ahead.districts.add(
        District.objects.create(number=4, name="Prądnik Biały", full_name="Dzielnica IV Prądnik Biały")
    )
    planned = make.consultation(State.PLANNED, title="Planowane", is_citywide=False, territory_label="Rynek")
    make.consultation(State.REPORT_PUBLISHED, title="Z raportem", is_citywide=False, territory_label="Rynek")
    planned.starts_on, planned.ends_on = date(2026, 7, 20), date(2026, 8, 20)
    actions.save_consultation(planned, by=None, at=now())

    items = json.loads(text_of(client.get(LIST, {**query, "format": "json"})))["items"]

    assert [item["title"] for item in items] == titles


def test_options_tell_how_many_results_they_would_give(client):
    make.consultation(State.OPEN)
    make.consultation(State.OPEN, regimes=[Regime.NGO.value])

    page = text_of(client.get(LIST, {"tryb": "ngo"}))

    assert 'trwają <span class="n">(1)</span>' in page
    assert 'z mieszkańcami <span class="n">(1)</span>' in page
    assert "Usuń filtr" in page


@pytest.mark.parametrize(
    "query",
    [
        "page=abc", "page=-1", "page=999999999999999999999", "sort=drop", "format=", "stan=xyz", "tryb=%27", "rodzaj=1",
        "jednostka=99999999999999999999", "jednostka=abc", "dzielnica=99999999999999999999", "dzielnica=-1", "dzielnica=0",
        "od=2026-13-45", "do=0000-00-00", "od=99999999", "q=" + "a" * 5000, "q=%25%5C%27", "q=%F0%9F%A6%86", "stan=trwaja&stan=xyz",
        "punkt=" + "9" * 500, "stanowisko=xyz", "komorka=abc", "komorka=99999999999999999999", "rok=99999999999999999999",
        "rok=abc", "rok=-1", "rok=0000", "rok=%D9%A1%D9%A2%D9%A3%D9%A4", "rok=2026&rok=2027",
    ],
)  # fmt: skip
def test_nonsense_in_the_address_is_no_fault(client, query):
    made = make.consultation(State.OPEN)
    make.submission(made)
    make.postulate()

    for address in (LIST, SCHEDULE, POSTULATES, reverse("consultations:remarks", args=[made.slug])):
        assert client.get(f"{address}?{query}").status_code == 200, address


@pytest.mark.parametrize("address", [LIST, SCHEDULE, POSTULATES])
def test_an_unknown_form_of_a_list_is_not_found(client, address):
    assert client.get(address, {"format": "exe"}).status_code == 404


@pytest.mark.parametrize("address", [LIST, SCHEDULE, POSTULATES])
def test_empty_lists_have_words(client, address):
    response = client.get(address)

    assert response.status_code == 200
    assert "<h2" in text_of(response)


def test_files_open_without_formulas(client):
    made = make.consultation(State.OPEN, title="=HYPERLINK(1)")
    make.submission(made, who=make.sender(RespondentType.NGO, organisation_name="+cmd|' /C calc'!A0"))

    listed = text_of(client.get(LIST, {"format": "csv"}))
    remarks = text_of(client.get(reverse("consultations:remarks", args=[made.slug]), {"format": "csv"}))

    assert "'=HYPERLINK" in listed
    assert "'+cmd" in remarks
    assert client.get(LIST, {"format": "xlsx"}).status_code == 200


def test_what_people_type_is_shown_as_text(client):
    made = make.consultation(State.OPEN, title="<script>alert(1)</script>", subject="<b>x</b>")
    make.submission(made, who=make.sender(RespondentType.NGO, organisation_name="<img src=x onerror=1>"))

    pages = (
        text_of(client.get(LIST))
        + text_of(client.get(made.get_absolute_url()))
        + text_of(client.get(SCHEDULE))
    )

    assert "<script>alert" not in pages
    assert "<img src=x" not in pages
    assert "<b>x</b>" not in pages


# --- schedule ---------------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-23")
def test_the_schedule_shows_entries_of_the_year_and_their_changes(client):
    made = make.consultation(
        State.PLANNED, title="Program wolontariatu", starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 30)
    )
    made.starts_on = date(2027, 3, 8)
    actions.save_consultation(made, by=None, at=now(), reason="Czekamy na badanie.")

    this_year, next_year = client.get(SCHEDULE), client.get(SCHEDULE, {"rok": "2027"})

    assert "Program wolontariatu" not in text_of(this_year)
    page = text_of(next_year)
    assert "zmieniono 10 czerwca 2026" in page
    assert "Czekamy na badanie." in page
    assert "8–30 marca 2027" in page
    assert "termin może się zmienić" in page


@pytest.mark.rule("R-CNS-23")
def test_an_entry_known_by_month_stands_in_its_year(client):
    make.consultation(
        State.PLANNED, title="Plan na jesień", is_complete=False, starts_on=None, starts_about="2026-10"
    )

    page = text_of(client.get(SCHEDULE))

    assert "Plan na jesień" in page
    assert "październik 2026" in page


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("csv", "text/csv"),
        ("json", "application/json"),
        ("ics", "text/calendar"),
        ("rss", "application/rss+xml"),
    ],
)
def test_the_schedule_is_given_as_files(client, form, kind):
    made = make.consultation(State.OPEN)

    response = client.get(SCHEDULE, {"format": form})

    assert response.headers["Content-Type"].startswith(kind)
    assert made.title in text_of(response)


# --- demands ----------------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-16")
def test_demands_are_listed_with_position_and_found_by_search(client):
    make.postulate(
        postulate="Coworking organizacji i urzędników",
        position="Możliwe tylko spotkania.",
        position_code=PositionCode.PARTLY,
    )
    make.postulate(postulate="Wizyty studyjne")

    page = text_of(client.get(POSTULATES, {"stan": PositionCode.PARTLY}))
    table = text_of(client.get(POSTULATES, {"format": "csv"}))

    assert "Coworking" in page
    assert "Wizyty studyjne" not in page
    assert "Stanowisko komórki merytorycznej" in table
    assert search("coworking").count == 1


# --- what the roof pulls ----------------------------------------------------------------------------


def test_dated_things_take_two_queries_and_know_the_scope(client, django_assert_num_queries):
    made = make.consultation(State.OPEN)
    make.consultation(State.PLANNED, title="Tylko plan")
    window = (now() - timedelta(days=60), now() + timedelta(days=60))

    with django_assert_num_queries(2):
        things = queries.dated_things(*window)

    assert {thing.label for thing in things} >= {
        "Początek konsultacji",
        "Koniec konsultacji",
        "Spotkanie otwarte",
        "Planowany początek konsultacji",
    }
    assert not [t for t in things if t.title == "Tylko plan" and t.kind == "meeting"]
    assert queries.dated_things(*window, units={made.unit_id + 1000}) == []
    assert queries.dated_things(*window, units={made.unit_id}, districts={1}, spheres={1})


def test_the_desk_hears_what_waits(client, frozen):
    made = make.consultation(State.OPEN)
    clerk = make.manager(made.unit)

    (waiting,) = queries.waiting_for(clerk)
    assert "BIP" in waiting.reason
    assert queries.waiting_for(make.manager()) == []
    assert queries.waiting_for(UserFactory()) == []

    frozen.move_to(made.ends_at)
    (waiting,) = queries.waiting_for(clerk)
    assert "Raport" in waiting.reason
    assert waiting.due_at.date() > made.ends_on


def test_the_catalogue_of_data_describes_every_column(client):
    for entry in queries.export_catalogue():
        assert client.get(entry["url"]).status_code == 200
        assert all(column.name.isidentifier() and str(column.label) for column in entry["dictionary"])


def test_pages_of_the_end_of_the_course(client, frozen):
    closing, called_off = (
        make.consultation(State.OPEN),
        make.consultation(State.PLANNED, starts_on=date(2026, 7, 1)),
    )
    actions.cancel(called_off, by=None, at=now(), reason="Projekt wycofano.")
    announced = make.consultation(State.ANNOUNCED)
    frozen.move_to(closing.ends_at - timedelta(days=2))

    listed, schedule = text_of(client.get(LIST)), text_of(client.get(SCHEDULE))

    assert "kończą się wkrótce" in listed
    assert "odwołane" in schedule
    assert announced.title in schedule


def test_remarks_without_an_answer_can_be_picked(client):
    made = make.consultation(State.OPEN)
    make.submission(made, remarks=2)
    make.answer(made.remarks.get(number=1))
    actions.publish_positions(made.remarks.filter(number=1), by=None, at=now())
    address = reverse("consultations:remarks", args=[made.slug])

    waiting = json.loads(text_of(client.get(address, {"stanowisko": "brak", "format": "json"})))["items"]
    accepted = json.loads(text_of(client.get(address, {"stanowisko": "accepted", "format": "json"})))["items"]
    point = json.loads(text_of(client.get(address, {"punkt": "9.9", "format": "json"})))["items"]

    assert [item["number"] for item in waiting] == ["1/2"]
    assert [(item["number"], item["position_code"]) for item in accepted] == [("1/1", "przyjęta")]
    assert point == []


def test_a_plan_waits_for_its_announcement_on_the_desk(client):
    made = make.consultation(State.PLANNED)

    (waiting,) = queries.waiting_for(make.manager(made.unit))

    assert waiting.action == "Ogłoś"
    assert waiting.due_at.date() < made.starts_on


def test_demands_are_in_the_index_made_anew(client):
    made = make.postulate()

    assert [entry["obj"] for entry in queries.search_entries()] == [made]


def test_the_public_history_names_everything_in_polish(client, frozen):
    made = make.consultation(State.OPEN)
    record_publication(
        made, place=Place.BIP, purpose=Purpose.NOTICE, published_on=local_day(now()), url="https://bip.example.org/1",
        by=None, at=now(),
    )  # fmt: skip
    shown = [change for entry in queries.history_of(made) for change in history_entry(entry).changes]
    assert ("publikacja", None, "ogłoszenie, Biuletyn Informacji Publicznej") in shown
    assert [
        name for name, _before, _after in shown if str(name) in {"publication", "place", "file", "version"}
    ] == []
