"""»Obserwuj«, the settings, and the way out of a letter."""

import re

import pytest
from django.core import signing
from django.template import engines
from django.test import Client, RequestFactory

from core.notifications import preferences
from core.notifications.follows import follow, is_following
from core.notifications.models import Follow, Mute

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]
KIND = "city.organizationalunit"


def press(client, unit, **changes):
    return client.post(
        "/obserwuj/",
        {"kind": KIND, "id": unit.pk, "next": "/kalendarz/?dzien=1", "is_wanted": "1", **changes},
    )


# --- following ------------------------------------------------------------------------------------


def test_pressing_follows_and_returns_to_the_page(client, anna, unit):
    client.force_login(anna)

    answer = press(client, unit)

    assert (answer.status_code, answer.url) == (302, "/kalendarz/?dzien=1")
    assert is_following(anna, unit)


def test_pressing_again_ends_it(client, anna, unit):
    client.force_login(anna)
    press(client, unit)

    press(client, unit, is_wanted="")

    assert not is_following(anna, unit)


def test_strangers_log_in_and_come_back_to_the_page(client, unit):
    answer = press(client, unit)

    assert answer.status_code == 302
    assert answer.url.startswith("/konto/")
    assert answer.url.endswith("next=/kalendarz/%3Fdzien%3D1")
    assert not Follow.objects.exists()


def test_looking_changes_nothing(client, anna, unit):
    client.force_login(anna)

    answer = client.get("/obserwuj/", {"kind": KIND, "id": unit.pk, "is_wanted": "1"})

    assert answer.status_code == 405
    assert not Follow.objects.exists()


def test_a_forged_post_is_refused(anna, unit):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(anna)

    assert press(strict, unit).status_code == 403
    assert not Follow.objects.exists()


@pytest.mark.parametrize(
    "foreign",
    [
        "https://zly.example/", "//zly.example/", "///zly.example", "\\\\zly.example", "/\\zly.example", "javascript:alert(1)",
        "http:zly.example", "zly", "", "/%0d%0aSet-Cookie:a=b\r\nX: y",
    ],
)  # fmt: skip
def test_it_never_sends_people_elsewhere(client, anna, unit, foreign):
    client.force_login(anna)

    url = press(client, unit, next=foreign).url

    assert url.startswith("/")
    assert not url.startswith(("//", "/\\"))
    assert "\n" not in url


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "0"}, {"id": "-1"}, {"id": "x"}, {"id": str(2**63)}, {"id": "9" * 5000}, {"id": "999999"}, {"id": ""}, {"id": "1.5"},
        {"kind": "accounts.user"}, {"kind": ""}, {"kind": "x" * 500}, {"kind": "city.city"},
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client, anna, unit, changes):
    client.force_login(anna)

    assert press(client, unit, **changes).status_code == 404
    assert not Follow.objects.exists()


def test_hidden_records_are_not_found(client, anna, unit):
    unit.active_to = "2026"
    unit.save()
    client.force_login(anna)

    assert press(client, unit).status_code == 404


def test_button_of_a_page(anna, unit, django_assert_num_queries):
    request = RequestFactory().get("/strona/?a=1&b=2")
    request.user = anna
    template = engines["django"].from_string(
        "{% load notifications %}{% follow_button unit 'Obserwuj wydział' %}"
    )

    html = template.render({"unit": unit}, request)
    with django_assert_num_queries(1):
        template.render({"unit": unit}, request)
    follow(anna, unit)
    html_followed = template.render({"unit": unit}, request)

    assert "Obserwuj wydział" in html
    assert 'name="is_wanted" value="1"' in html
    assert 'name="next" value="/strona/?a=1&amp;b=2"' in html
    assert re.search(r'name="csrfmiddlewaretoken" value="\w{20,}"', html)
    assert "Przestań obserwować" in html_followed
    assert "is_wanted" not in html_followed


# --- settings -------------------------------------------------------------------------------------


def test_settings_want_a_log_in(client):
    assert client.get("/konto/powiadomienia/").url.startswith("/konto/")


def test_settings_show_every_kind_switched_on(client, anna):
    client.force_login(anna)

    page = client.get("/konto/powiadomienia/").content.decode()

    assert "Terminy spraw" in page
    assert "Posiedzenia" in page
    assert "14, 7, 3" in page
    assert len(re.findall(r'value="at_once"[^>]*checked', page)) == len(preferences.KINDS)


def test_each_kind_has_its_own_channel(client, anna, piotr):
    client.force_login(anna)

    answer = client.post("/konto/powiadomienia/", {"deadline": "portal", "meeting": "weekly"})
    assert answer.url == "/konto/powiadomienia/"
    assert preferences.muted_kinds(anna) == {"deadline"}
    chosen = preferences.chosen_channels(anna)
    assert (chosen["deadline"], chosen["meeting"]) == ("portal", "weekly")
    assert set(preferences.chosen_channels(piotr).values()) == {"at_once"}

    client.post("/konto/powiadomienia/", {"deadline": "at_once", "meeting": "daily"})
    chosen = preferences.chosen_channels(anna)
    assert (chosen["deadline"], chosen["meeting"]) == ("at_once", "daily")


def test_an_unknown_channel_is_told_beside_the_field(client, anna):
    client.force_login(anna)

    answer = client.post("/konto/powiadomienia/", {"deadline": "nonsense\x01"})

    assert answer.status_code == 200
    assert not Mute.objects.exists()
    assert "Błąd:" in answer.content.decode()


def test_what_comes_in_any_case_is_said_and_has_no_switch(client, anna):
    client.force_login(anna)

    page = client.get("/konto/powiadomienia/").content.decode()
    client.post("/konto/powiadomienia/", {"organization_": "portal", "organization_verified": "portal"})

    assert "Sprawy Twojej organizacji" in page
    assert 'name="organization_' not in page
    assert not Mute.objects.exists()


def test_settings_list_what_is_followed_with_a_way_to_stop(client, anna, unit, django_assert_max_num_queries):
    follow(anna, unit)
    client.force_login(anna)

    with django_assert_max_num_queries(15):
        page = client.get("/konto/powiadomienia/").content.decode()

    assert "Wydział Próbny" in page
    assert "Przestań obserwować" in page


# --- out of a letter ------------------------------------------------------------------------------


@pytest.fixture
def way_out(anna) -> str:
    return preferences.unsubscribe_url(anna, "deadline:7").removeprefix("http://testserver")


def test_looking_at_the_way_out_changes_nothing(client, way_out):
    page = client.get(way_out)

    assert page.status_code == 200
    assert "Terminy spraw" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert not Mute.objects.exists()


def test_one_click_without_log_in_or_token_of_a_form(anna, way_out):
    mail_program = Client(enforce_csrf_checks=True)

    answer = mail_program.post(way_out, {"List-Unsubscribe": "One-Click"})
    mail_program.post(way_out)

    assert answer.status_code == 200
    assert preferences.muted_kinds(anna) == {"deadline"}


def test_the_way_out_says_neither_who_nor_where(way_out):
    assert "anna" not in way_out
    assert "@" not in way_out


@pytest.mark.parametrize(
    "spoiled",
    [
        "x",
        "abc:def:ghi",
        pytest.param(signing.dumps([1, "deadline"], salt="other"), id="signed for another use"),
        "%00",
        "ą" * 50,
    ],
)
def test_a_forged_way_out_is_not_found(client, spoiled):
    assert client.post(f"/powiadomienia/wypisz/{spoiled}/").status_code in (400, 404)
    assert not Mute.objects.exists()


def test_the_way_out_of_a_person_who_is_gone_is_harmless(client, anna, way_out):
    anna.delete()

    assert client.post(way_out).status_code == 200
    assert not Mute.objects.exists()
