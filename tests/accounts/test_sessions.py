"""The list of sessions, ending them, and officials' sessions that end by themselves."""

from datetime import timedelta

import pytest
from django.test import Client

from core.accounts import queries
from core.accounts.roles import Role
from tests.accounts.test_pages import enter
from tests.factories.accounts import UserFactory, official, with_second_factor

LIST = "/konto/sesje/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
KEPT = "/konto/zachowany-formularz/"

pytestmark = pytest.mark.django_db


def shown(client: Client) -> list:
    return client.get(LIST).context["sessions"]


def test_the_list_shows_where_the_person_is_logged_in(log_in):
    user = UserFactory()
    log_in(user, client=Client(HTTP_USER_AGENT=FIREFOX))
    log_in(UserFactory())
    client = log_in(user)

    mine, other = shown(client)

    assert mine.is_current
    assert not other.is_current
    assert other.browser == "Firefox, Windows"
    assert "Firefox, Windows" in client.get(LIST).content.decode()


def test_one_session_is_ended(log_in):
    user = UserFactory()
    here, there = log_in(user), log_in(user)
    other = shown(here)[1]

    here.post(f"{LIST}{other.pk}/zakoncz/")

    assert there.get("/konto/").status_code == 302
    assert here.get("/konto/").status_code == 200
    assert len(shown(here)) == 1


def test_all_others_are_ended(log_in):
    user = UserFactory()
    here, others = log_in(user), [log_in(user), log_in(user)]

    here.post(LIST)

    assert [browser.get("/konto/").status_code for browser in others] == [302, 302]
    assert here.get("/konto/").status_code == 200


def test_sessions_of_others_are_out_of_reach(log_in):
    victim = UserFactory()
    browser = log_in(victim)
    theirs = shown(browser)[0]
    attacker = log_in(UserFactory())

    attacker.post(f"{LIST}{theirs.pk}/zakoncz/")

    assert browser.get("/konto/").status_code == 200


def test_reading_the_list_changes_nothing_and_costs_two_queries(log_in, django_assert_num_queries):
    user = UserFactory()
    client = log_in(user)
    for _ in range(5):
        log_in(user)
    key = client.session.session_key

    with django_assert_num_queries(2):
        assert len(queries.sessions_of(user, key)) == 6
    assert client.get(f"{LIST}{shown(client)[1].pk}/zakoncz/").status_code == 405
    assert len(shown(client)) == 6


def test_dead_sessions_are_not_shown(log_in):
    user = UserFactory()
    client, other = log_in(user), log_in(user)

    other.post("/konto/wyloguj/")

    assert len(shown(client)) == 1


# --- officials ------------------------------------------------------------------------------------


@pytest.fixture
def clerk(log_in, settings, frozen):
    """An official's browser at noon, second factor done."""
    settings.REQUIRE_SECOND_FACTOR = True
    client = log_in(with_second_factor(official(Role.CALL_MANAGER)))
    assert client.get("/moje/").status_code == 200
    return client


def test_half_an_hour_without_a_click_ends_the_session(clerk, frozen):
    frozen.shift(timedelta(minutes=30, seconds=1))

    answer = clerk.get("/moje/?a=b")

    assert answer["Location"] == "/konto/logowanie/?next=%2Fmoje%2F%3Fa%3Db"
    page = clerk.get(answer["Location"]).content.decode()
    assert "Przez 30 minut nic się nie działo" in page.replace("\xa0", " ")
    assert "_auth_user_id" not in clerk.session


def test_whoever_works_stays(clerk, frozen):
    for _ in range(5):
        frozen.shift(timedelta(minutes=29))
        assert clerk.get("/moje/").status_code == 200


def test_twelve_hours_end_it_in_any_case(clerk, frozen):
    for _ in range(12 * 60 // 29):
        frozen.shift(timedelta(minutes=29))
        assert clerk.get("/moje/").status_code == 200

    frozen.shift(timedelta(minutes=29))

    assert clerk.get("/moje/")["Location"].startswith("/konto/logowanie/")


def test_others_are_not_hurried(log_in, settings, frozen):
    settings.REQUIRE_SECOND_FACTOR = True
    client = log_in(UserFactory())
    client.get("/moje/")
    frozen.shift(timedelta(hours=13))

    assert client.get("/moje/").status_code == 200


def test_the_session_is_written_once_a_minute(clerk, frozen, django_assert_max_num_queries):
    frozen.shift(timedelta(seconds=59))
    before = clerk.session["official_seen"]
    clerk.get("/moje/")
    assert clerk.session["official_seen"] == before

    frozen.shift(timedelta(seconds=2))
    clerk.get("/moje/")
    assert clerk.session["official_seen"] == before + 61


def test_a_click_on_the_warning_prolongs_the_session(clerk, frozen):
    frozen.shift(timedelta(minutes=25))
    assert clerk.post(f"{LIST}przedluz/").json() == {"seconds": 30 * 60}
    frozen.shift(timedelta(minutes=25))

    assert clerk.get("/moje/").status_code == 200


def test_the_last_half_hour_of_twelve_cannot_be_prolonged(clerk, frozen):
    for _ in range(24):
        frozen.shift(timedelta(minutes=29))
        clerk.get("/moje/")
    frozen.shift(timedelta(minutes=9))

    assert clerk.post(f"{LIST}przedluz/").json() == {"seconds": 15 * 60}
    assert "najwyżej dwanaście godzin" in clerk.get("/konto/").content.decode()


def test_the_warning_stands_on_pages_of_officials_only(clerk, client):
    assert 'data-session-end="1800"' in clerk.get("/konto/").content.decode()

    client.force_login(UserFactory())
    assert "data-session-end" not in client.get("/konto/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_browser_warns_five_minutes_before(page, axe, settings):
    """WCAG 2.2.1: told in time, put off with one key."""
    person = official(Role.CALL_MANAGER)
    enter(page, person)
    with_second_factor(person)
    settings.REQUIRE_SECOND_FACTOR, settings.OFFICIAL_SESSION_IDLE_SECONDS = True, 302
    page.goto("/konto/")
    dialog = page.get_by_role("dialog", name="Za 5 minut wylogujemy Cię")

    dialog.wait_for(state="visible")
    axe(page)
    settings.OFFICIAL_SESSION_IDLE_SECONDS = 600
    page.keyboard.press("Enter")

    dialog.wait_for(state="hidden")
    assert page.url.endswith("/konto/")


# --- an hour of writing survives ------------------------------------------------------------------

TEXT = "Sprawozdanie, pisane przez godzinę.\nDrugi wiersz <b>z</b> „cudzysłowem” & ampersandem"


def sent_too_late(clerk: Client, frozen) -> str:
    """Sends a long text after the session has ended; gives the address of the log-in."""
    frozen.shift(timedelta(hours=1))
    form = {"text": TEXT, "box": ["1", "2"], "csrfmiddlewaretoken": "x"}
    return clerk.post("/moje/?etap=3", form)["Location"]


def again(clerk: Client, log_in, user=None) -> None:
    from core.accounts.models import User

    log_in(user or User.objects.get(is_staff=True), client=clerk)


def test_the_form_waits_for_the_next_log_in(clerk, frozen, log_in):
    assert sent_too_late(clerk, frozen) == "/konto/logowanie/?next=%2Fkonto%2Fzachowany-formularz%2F"
    again(clerk, log_in)

    page = clerk.get(KEPT)

    kept = page.context["kept"]
    assert kept.path == "/moje/?etap=3"
    assert kept.pairs == [
        ("text", TEXT.replace("\n", "\r\n") if "\r" in kept.pairs[0][1] else TEXT),
        ("box", "1"),
        ("box", "2"),
    ]
    html = page.content.decode()
    assert 'action="/moje/?etap=3"' in html
    assert "&lt;b&gt;z&lt;/b&gt;" in html


def test_another_person_does_not_get_it(clerk, frozen, log_in):
    sent_too_late(clerk, frozen)
    again(clerk, log_in, with_second_factor(official(Role.AUDITOR)))

    assert clerk.get(KEPT)["Location"] == "/konto/"
    assert "kept_form" not in clerk.session


def test_it_can_be_thrown_away(clerk, frozen, log_in):
    sent_too_late(clerk, frozen)
    again(clerk, log_in)

    clerk.post(KEPT)

    assert clerk.get(KEPT)["Location"] == "/konto/"


def test_passwords_are_never_kept(clerk, frozen):
    frozen.shift(timedelta(hours=1))

    clerk.post("/konto/haslo/zmiana/", {"oldpassword": "tajne", "password1": "tajne2", "password2": "tajne2"})

    assert "kept_form" not in clerk.session


def test_endless_texts_are_not_kept(clerk, frozen):
    frozen.shift(timedelta(hours=1))

    assert clerk.post("/moje/", {"text": "x" * 400_000})["Location"] == "/konto/logowanie/"
    assert "kept_form" not in clerk.session


def test_names_of_lost_files_are_told(clerk, frozen, log_in):
    import io

    frozen.shift(timedelta(hours=1))
    file = io.BytesIO(b"x")
    file.name = "budzet.pdf"
    clerk.post("/moje/", {"text": "a", "file": file})
    again(clerk, log_in)

    assert "budzet.pdf" in clerk.get(KEPT).content.decode()
