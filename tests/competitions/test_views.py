"""The public pages of calls: what they show, what they never show, how much they cost."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from competitions import actions
from competitions.enums import State
from competitions.models import CallQuestion
from core.common.clock import at_local, now
from core.notifications.follows import follow
from tests.factories import competitions as make
from tests.factories.city import SphereFactory

pytestmark = pytest.mark.django_db

LIST = "/konkursy/"
FORMATS = ("csv", "json", "xlsx", "ics", "rss")


def text(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8", "replace").replace("\u00a0", " ").replace("\u2060", "")


def shown(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return text(response)


# --- drafts leak nowhere --------------------------------------------------------------------------


@pytest.fixture
def hidden(frozen):
    """A draft, a planned call and one given up, all with the same telling title."""
    draft = make.draft(title="Tajny konkurs")
    actions.plan_call(make.entry(title="Tajny konkurs", is_published=False), by=None, at=now())
    given_up = make.draft(title="Tajny konkurs")
    actions.cancel(given_up, by=None, at=now(), reason="bez")
    return draft


@pytest.mark.parametrize("query", ["", *(f"?format={kind}" for kind in FORMATS), "?q=Tajny", "?status=trwa"])
def test_a_draft_is_in_no_list_and_no_file(query, client, hidden):
    body = shown(client, LIST + query)

    assert hidden.slug not in body
    assert "Tajny konkurs" not in body


@pytest.mark.parametrize("name", ["detail", "calendar", "results", "ask"])
def test_a_draft_has_no_page(name, client, hidden, follower):
    client.force_login(follower)

    assert client.get(reverse(f"competitions:{name}", args=[hidden.slug])).status_code == 404


@pytest.mark.parametrize(
    "address", ["/kalendarz/?format=ics", "/sitemap.xml", "/szukaj/?q=Tajny", "/", "/konkursy/harmonogram/"]
)
def test_a_draft_is_nowhere_else(address, client, hidden):
    assert "Tajny konkurs" not in shown(client, address)


def test_unpublished_results_leak_nowhere(client, frozen):
    call = make.decided_call()

    page = shown(client, call.get_absolute_url())

    assert "Fundacja Próbna" not in page
    assert client.get(reverse("competitions:results", args=[call.slug])).status_code == 404
    for kind in ("csv", "json"):
        assert "25000" not in shown(client, f"{LIST}?format={kind}")
    data = json.loads(shown(client, f"{LIST}?format=json"))
    assert data["items"][0]["offers_submitted"] is None


# --- the list -------------------------------------------------------------------------------------


def test_a_row_says_what_until_when_and_how_much(client, frozen, unit):
    make.open_call(
        unit=unit, title="Ruch dla seniorów", budget_total=Decimal("1440000"), max_grant=Decimal("120000")
    )

    page = shown(client, LIST)

    for words in (
        "Ruch dla seniorów",
        "nabór trwa",
        "Otwarty konkurs ofert nr 1/2026",
        "1 440 000 zł",
        "120 000 zł",
    ):
        assert words in page
    assert "piątek 10 lipca 2026, godz. 12:00" in page
    assert "zostało 30 dni" in page
    assert "Wydział Prób" in page


def test_filters_counts_and_chips(client, frozen, unit):
    sphere = SphereFactory(statutory_no="10", label="Seniorzy")
    make.open_call(unit=unit, title="Pierwszy", spheres=[sphere], max_grant=Decimal(50000))
    make.open_call(title="Drugi", max_grant=Decimal(10000))
    make.closed_call(title="Trzeci")

    found = {
        "?status=trwa": {"Pierwszy", "Drugi"},
        "?status=ocena": {"Trzeci"},
        "?sfera=10": {"Pierwszy"},
        f"?jednostka={unit.pk}": {"Pierwszy"},
        "?kwota_od=30+000": {"Pierwszy", "Trzeci"},
        "?kwota_do=10000": {"Drugi"},
        "?termin_od=2026-07-10&termin_do=2026-07-10": {"Pierwszy", "Drugi"},
        "?q=pierw": {"Pierwszy"},
        "?forma=support&status=trwa&status=ocena": {"Pierwszy", "Drugi", "Trzeci"},
        "?tryb=regranting": set(),
    }
    for query, titles in found.items():
        page = shown(client, LIST + query)
        assert {t for t in ("Pierwszy", "Drugi", "Trzeci") if f">{t}</a></h3>" in page} == titles, query
    page = shown(client, LIST + "?kwota_od=30000&status=trwa")
    assert "Dotacja od 30 000 zł" in page
    assert "1 konkurs" in page
    assert 'Seniorzy <span class="n">(1)</span>' in page


def test_nothing_found_offers_a_way_on(client, frozen):
    make.open_call()

    page = shown(client, LIST + "?q=nicniema")

    assert "Żaden konkurs nie pasuje do wszystkich filtrów" in page
    assert "Usuń „nicniema”" in page


NASTY = [
    "?page=abc", "?page=-1", "?page=99999999999999999999", "?status=nie&status=trwa", "?sort=zly", "?kwota_od=duzo",
    "?kwota_od=-5", "?kwota_od=999999999999999999999999", "?kwota_do=1e309", "?termin_od=2026-02-31", "?termin_do=31.12.9999",
    "?termin_od=0001-01-01&termin_do=9999-12-31", "?jednostka=99999999999999999999", "?jednostka=abc", "?sfera='--",
    "?forma[]=1", "?q=" + "a" * 5000, "?q=%F0%9F%98%80%25_\\", "?tryb=" + "x" * 300,
]  # fmt: skip


@pytest.mark.parametrize("query", NASTY)
def test_no_address_breaks_the_list(query, client, frozen):
    make.open_call()

    assert client.get(LIST + query).status_code == 200


@pytest.mark.parametrize("query", ["?format=exe", "?format=pdf"])
def test_an_unknown_form_is_not_found(query, client, frozen):
    assert client.get(LIST + query).status_code == 404


@pytest.mark.parametrize("query", ["?rok=abc", "?rok=99999", "?rok=0000", "?rok=²²²²", "?rok=1999"])
def test_no_year_breaks_the_schedule(query, client, frozen):
    assert client.get("/konkursy/harmonogram/" + query).status_code == 200


def test_the_list_costs_the_same_at_one_row_and_at_thirty(client, frozen, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make.open_call()
    with CaptureQueriesContext(connection) as one:
        shown(client, LIST)
    for _number in range(29):
        make.open_call()

    with CaptureQueriesContext(connection) as thirty:
        shown(client, LIST)
    assert len(thirty) <= len(one) <= 8
    with django_assert_max_num_queries(8):
        shown(client, LIST + "?status=trwa&sfera=91&q=konkurs&kwota_od=1&sort=dotacja")


def test_files_have_the_columns_of_the_dictionary(client, frozen, unit):
    make.open_call(unit=unit, title="=HYPERLINK(1)")

    data = json.loads(shown(client, LIST + "?format=json"))
    assert data["licence"] == "CC BY 4.0"
    assert data["items"][0]["title"] == "=HYPERLINK(1)"
    assert data["items"][0]["offers_due_at"] == "2026-07-10T12:00+02:00"
    assert "'=HYPERLINK(1)" in shown(client, LIST + "?format=csv")


def test_feeds_and_calendars_carry_the_filters(client, frozen):
    make.open_call(title="Pierwszy")
    make.open_call(title="Drugi")

    assert "Drugi" not in shown(client, LIST + "?q=pierwszy&format=rss")
    calendar = shown(client, LIST + "?q=pierwszy&format=ics")
    assert "Koniec naboru: Pierwszy" in calendar
    assert "Drugi" not in calendar


# --- one call -------------------------------------------------------------------------------------


def test_a_page_shows_the_whole_notice(client, frozen, unit):
    call = make.open_call(unit=unit, title="Ruch dla seniorów", is_based_on_draft_budget=True)

    page = shown(client, call.get_absolute_url())

    for words in (
        "Dajemy dotacje na zajęcia dla seniorów.", "Więcej ruchu.", "Organizacje pozarządowe.", "Sale bez barier.",
        "od 5 000 do 30 000 zł", "co najmniej 10% kosztów", "1 września – 31 grudnia 2026", "60 ze 100 punktów",
        "Kwota może się zmienić", "tablica ogłoszeń w siedzibie urzędu", "Biuletyn Informacji Publicznej",
        "Ogłoszenie konkursu", "Metka dokumentu", "art. 11 ust. 2 i art. 13", "Obserwuj konkurs",
    ):  # fmt: skip
        assert words in page, words
    assert 'aria-current="step"' in page


@pytest.mark.rule("R-CALL-22")
def test_the_page_is_closed_by_the_clock_though_the_worker_sleeps(client, frozen):
    call = make.open_call()
    frozen.move_to(call.offers_due_at + timedelta(seconds=59))
    assert "nabór zamknięty" not in shown(client, call.get_absolute_url())
    frozen.move_to(call.offers_due_at + timedelta(minutes=1))

    page = shown(client, call.get_absolute_url())

    call.refresh_from_db()
    assert call.state == State.PUBLISHED
    assert "nabór zamknięty" in page
    assert "Zadaj pytanie" not in page
    assert f">{call.title}</a></h3>" not in shown(client, LIST + "?status=trwa")


@pytest.mark.rule("R-CALL-39")
def test_results_show_places_sums_and_until_when_to_ask(client, frozen):
    frozen.move_to(at_local(date(2027, 1, 15)).replace(hour=10))
    call = make.settled_call()

    page = shown(client, call.get_absolute_url())

    for words in (
        "Fundacja Próbna",
        "25 000 zł",
        "lista rezerwowa",
        "z 3 ofert",
        "do 15 lutego 2027",
        "nie ma odwołania",
    ):
        assert words in page, words
    csv = shown(client, reverse("competitions:results", args=[call.slug]))
    assert "Fundacja Próbna" in csv


def test_a_cancelled_call_keeps_its_page_with_the_reason(client, frozen):
    call = make.cancelled_call()

    page = shown(client, call.get_absolute_url())

    assert "unieważniony" in page
    assert "zabrakło środków" in page


def test_a_change_is_in_the_history_with_before_and_after(client, frozen):
    call = make.open_call()
    actions.change_notice(
        call,
        changes={"contact": "tel. 12 111"},
        reason="pomyłka",
        publications=make.publications(),
        by=None,
        at=now(),
    )

    page = shown(client, call.get_absolute_url())

    assert "<del>tel. 12 000 00 00</del>" in page
    assert "<ins>tel. 12 111</ins>" in page
    assert "pomyłka" in page


def test_a_page_costs_at_most_eight_queries(client, frozen, django_assert_max_num_queries):
    call = make.settled_call()
    for number in range(30):
        call.parts.create(name=f"Część {number}")
        CallQuestion.objects.create(call=call, text="?", answer="!", asked_at=now(), answered_at=now())

    with django_assert_max_num_queries(8):
        shown(client, call.get_absolute_url())


def test_a_page_of_who_is_logged_in_costs_at_most_fifteen(
    client, frozen, follower, django_assert_max_num_queries
):
    call = make.open_call()
    follow(follower, call)
    client.force_login(follower)

    with django_assert_max_num_queries(15):
        assert "Przestań obserwować" in shown(client, call.get_absolute_url())


def test_the_calendar_of_a_call_has_its_dates(client, frozen):
    call = make.open_call(title="Ruch", questions_until=now() + timedelta(days=5))

    calendar = shown(client, reverse("competitions:calendar", args=[call.slug]))

    for words in ("Koniec naboru: Ruch", "Pytania do: Ruch", "Planowane wyniki: Ruch"):
        assert words in calendar


# --- questions ------------------------------------------------------------------------------------


def test_asking_needs_an_account_and_an_open_intake(client, frozen, follower):
    call = make.open_call()
    address = reverse("competitions:ask", args=[call.slug])
    assert client.get(address).status_code == 302
    client.force_login(follower)

    response = client.post(address, {"text": "Czy można wspólnie?"}, follow=True)

    assert "Wysłano pytanie" in text(response)
    assert CallQuestion.objects.get().asked_by == follower
    assert "Czy można wspólnie?" not in shown(client, call.get_absolute_url())


def test_a_question_that_is_too_late_keeps_what_was_typed(client, frozen, follower):
    call = make.open_call(questions_until=now() + timedelta(days=1))
    frozen.shift(timedelta(days=2))
    client.force_login(follower)

    page = text(client.post(reverse("competitions:ask", args=[call.slug]), {"text": "Zdążę?"}))

    assert "Zdążę?" in page
    assert "przyjmowaliśmy je do" in page
    assert "<title>Błąd:" in page


# --- the schedule ---------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-06")
def test_the_schedule_shows_plans_changes_and_announced_calls(client, frozen, unit):
    entry = make.entry(title="Zima w mieście", month="2026-11", unit=unit, planned_amount=Decimal(200000))
    entry.planned_month = "2026-12"
    actions.save_entry(entry, by=None, at=now())
    make.entry(title="Innego roku", month="2027-01")
    make.entry(title="Niejawny", is_published=False)

    page = shown(client, "/konkursy/harmonogram/?rok=2026")

    for words in (
        "Zima w mieście",
        "grudzień 2026",
        "200 000 zł",
        "Wydział Prób",
        "Zmiana wpisu harmonogramu",
    ):
        assert words in page, words
    assert "<del>listopad 2026</del>" in page
    assert "Innego roku" not in page
    assert "Niejawny" not in page
    assert "Zima w mieście" in shown(client, "/konkursy/harmonogram/?rok=2026&format=csv")
    assert "Planowane ogłoszenie konkursu: Zima w mieście" in shown(
        client, "/konkursy/harmonogram/?rok=2026&format=ics"
    )


def test_an_announced_call_is_linked_from_its_entry(client, frozen, unit):
    entry = make.entry(unit=unit)
    call = make.draft(unit=unit)
    entry.call = call
    entry.save()
    assert call.get_absolute_url() not in shown(client, "/konkursy/harmonogram/")

    actions.announce(make.publish(call), by=None, at=now())

    assert call.get_absolute_url() in shown(client, "/konkursy/harmonogram/")


def test_the_schedule_costs_the_same_at_one_row_and_at_thirty(client, frozen, django_assert_max_num_queries):
    for _number in range(30):
        make.entry()

    with django_assert_max_num_queries(8):
        shown(client, "/konkursy/harmonogram/")


def test_an_entry_can_be_followed_from_the_table(client, frozen, follower):
    entry = make.entry()
    client.force_login(follower)
    data = {
        "kind": "competitions.callscheduleentry",
        "id": entry.pk,
        "is_wanted": "1",
        "next": "/konkursy/harmonogram/",
    }

    client.post(reverse("notifications:follow"), data)

    assert "Przestań obserwować" in shown(client, "/konkursy/harmonogram/")


def test_an_open_call_leads_to_the_partner_finder_of_its_sphere(client, frozen):
    call = make.open_call()
    sphere = call.spheres.get()
    address = f"{reverse('organizations:partners')}?sfera={sphere.code}"
    assert f'href="{address}"' in shown(client, call.get_absolute_url())
    assert client.get(address).status_code == 200

    closed = make.closed_call()
    assert reverse("organizations:partners") not in shown(client, closed.get_absolute_url())
