"""Kept pages: quick for strangers, and never a word of one reader before another's eyes."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from core.common import public_version
from core.common.clock import now
from organizations import actions
from portal import page_cache
from tests.factories import organizations as make

pytestmark = pytest.mark.django_db

LIST = "/organizacje/"


@pytest.fixture(autouse=True)
def kept(settings, frozen):
    """The clock stands still, so the minute does not end by chance."""
    settings.KEEP_PUBLIC_PAGES = True
    public_version.renew()


@pytest.fixture
def organization():
    return make.with_offer(make.verified("Fundacja Jawna"))


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize("address", ["/", LIST, "/organizacje/informator/", "/konkursy/", "/aktualnosci/", "/kalendarz/", "/dialog/", "/konsultacje/", "/okolica/"])  # fmt: skip
def test_the_second_stranger_costs_no_query(organization, address, django_assert_num_queries):
    first = Client().get(address)
    with django_assert_num_queries(0):
        second = Client().get(address)
    assert second.content == first.content
    assert dict(second.headers) == dict(first.headers)


def test_who_has_the_page_already_gets_not_modified(organization, django_assert_num_queries):
    first = Client().get(LIST)
    with django_assert_num_queries(0):
        again = Client().get(LIST, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    # also when nobody has drawn the page since
    cache.clear()
    public_version.renew()
    assert Client().get(LIST, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert Client().get(LIST).status_code == 200


def test_a_person_never_gets_a_kept_page_nor_leaves_one(organization):
    person = make.member(organization)
    stranger_page = text(Client().get(organization.get_absolute_url()))
    client = Client()
    client.force_login(person)

    own_page = text(client.get(organization.get_absolute_url()))
    assert "Twoja organizacja" in own_page
    assert client.get(organization.get_absolute_url())["Cache-Control"] == "private, no-store"
    again = text(Client().get(organization.get_absolute_url()))
    assert again == stranger_page
    assert person.email not in again
    assert "csrfmiddlewaretoken" not in again


def test_who_logs_in_after_reading_as_a_stranger_sees_the_own_page(organization):
    person = make.member(organization)
    client = Client()
    client.get(organization.get_absolute_url())
    client.force_login(person)

    assert "Twoja organizacja" in text(client.get(organization.get_absolute_url()))
    client.logout()
    assert "Twoja organizacja" not in text(client.get(organization.get_absolute_url()))


def test_a_withdrawn_profile_is_gone_at_once_from_every_kept_page(organization):
    addresses = [
        LIST,
        "/organizacje/informator/",
        organization.get_absolute_url(),
        "/szukaj/?q=jawna",
        "/sitemap.xml",
    ]
    for address in addresses:
        assert "jawna" in text(Client().get(address)).lower()

    actions.suspend(organization, by=make.coordinator(), at=now() + timedelta(seconds=1), reason="Skarga.")

    assert Client().get(organization.get_absolute_url()).status_code == 404
    for address in (LIST, "/organizacje/informator/", "/sitemap.xml"):
        assert "fundacja-jawna" not in text(Client().get(address)).lower()


def test_a_changed_profile_is_seen_at_once(organization):
    assert "Fundacja Jawna" in text(Client().get(LIST))

    actions.update_profile(
        organization, actions.Changes({"mission": "Nowy opis zadań."}), by=make.member(organization), at=now()
    )

    assert "Nowy opis" in text(Client().get(LIST))
    assert "Nowy opis" in text(Client().get(organization.get_absolute_url()))


def test_whatever_is_sent_successfully_ends_what_is_kept(organization):
    before = cache.get(public_version.KEY)
    client = Client()
    client.force_login(make.member(organization))
    client.post(f"{organization.get_absolute_url()}potwierdz/")
    after = cache.get(public_version.KEY)
    assert after != before
    Client().post("/organizacje/nie-ma-takiej/potwierdz/")
    assert Client().post("/nie-ma/").status_code == 404


def test_languages_and_appearances_do_not_mix(organization):
    polish = Client().get(LIST)
    english, dark = Client(), Client()
    english.cookies[page_cache.KEY_COOKIES[0]] = "en"
    dark.cookies["wyglad"] = "dark"

    for _round in range(2):
        assert english.get(LIST)["Content-Language"] == "en"
        assert 'data-bs-theme="dark"' in text(dark.get(LIST))
        assert Client().get(LIST).content == polish.content
    assert 'data-bs-theme="dark"' not in polish.content.decode()


def test_unknown_cookies_sessions_and_credentials_pass_by(organization):
    Client().get(LIST)
    for prepare in ({"sessionid": "abc"}, {"messages": "x"}, {"cokolwiek": "1"}):
        client = Client()
        for name, value in prepare.items():
            client.cookies[name] = value
        assert client.get(LIST).context is not None  # drawn, not kept
    assert Client().get(LIST, headers={"authorization": "Basic eDp4"}).context is not None
    assert Client().get(LIST).context is None


def test_pages_with_a_token_or_a_secret_are_not_kept(organization):
    for address in (f"{organization.get_absolute_url()}zglos-blad/", "/konto/logowanie/", "/kontakt/"):
        first = Client().get(address)
        second = Client().get(address)
        if first.status_code == 200:
            assert second.context is not None, address
    assert "consultations:submission" not in page_cache.PAGES
    assert "private_calendar" not in page_cache.PAGES


def test_a_list_of_a_person_shares_its_rows_with_everybody_and_nothing_else(organization):
    person = make.member(organization)
    client = Client()
    client.force_login(person)
    Client().get(LIST)

    own = client.get(LIST)
    assert own.context is not None  # the page itself is drawn for the person
    assert "Fundacja Jawna" in text(own)
    assert "csrfmiddlewaretoken" in text(own)
    assert own["Cache-Control"] == "private, no-store"
    other = Client()
    other.force_login(make.person())
    assert str(organization) in text(other.get(LIST))
    assert person.email not in text(other.get(LIST))

    actions.suspend(organization, by=make.coordinator(), at=now() + timedelta(seconds=1), reason="Skarga.")
    assert "fundacja-jawna" not in text(client.get(LIST))
    assert "fundacja-jawna" not in text(Client().get(LIST))


def test_kept_rows_follow_language_and_address(organization):
    client = Client()
    client.force_login(make.person())
    polish = text(client.get(LIST))
    client.cookies[page_cache.KEY_COOKIES[0]] = "en"
    english = text(client.get(LIST))
    assert "Pokaż wyniki" in polish
    assert "Pokaż wyniki" not in english
    assert "Fundacja Jawna" not in text(client.get(f"{LIST}?forma=kgw"))


def test_errors_and_files_are_not_kept(organization):
    assert Client().get("/organizacje/nie-ma/").status_code == 404
    make.verified("Nie ma", krs="0000067177")
    assert Client().get("/organizacje/nie-ma/").status_code == 200
    body = b"".join(Client().get(f"{LIST}?format=csv"))
    assert body == b"".join(Client().get(f"{LIST}?format=csv"))


def test_the_minute_ends_what_is_kept(organization, frozen):
    Client().get(LIST)
    assert Client().get(LIST).context is None
    frozen.shift(timedelta(seconds=60))
    assert Client().get(LIST).context is not None


def test_every_address_is_a_page_of_its_own(organization):
    make.verified("Klub Inny", legal_form="assoc_registered")
    assert "Klub Inny" in text(Client().get(LIST))
    assert "Klub Inny" not in text(Client().get(f"{LIST}?forma=foundation"))
    assert "Klub Inny" in text(Client().get(LIST))
    assert Client().get(f"{LIST}?x={'a' * 500}").context is not None
    assert Client().get(f"{LIST}?x={'a' * 500}").context is not None


def test_packed_and_plain_readers_get_their_own(organization):
    packed = Client().get(LIST, headers={"accept-encoding": "gzip"})
    plain = Client().get(LIST)
    assert packed["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert Client().get(LIST, headers={"accept-encoding": "gzip"})["Content-Encoding"] == "gzip"


def test_without_the_cache_the_site_goes_on(organization, monkeypatch):
    monkeypatch.setattr(cache, "get_many", lambda keys: {})
    assert Client().get(LIST).context is not None
    assert Client().get(LIST).context is not None


def test_all_named_pages_exist():
    from tests.site.access_table import EVERYBODY, OTHERS

    open_to_all = {
        name.partition("@")[0] for name, (_method, _spec, answers) in OTHERS.items() if answers == EVERYBODY
    }
    assert open_to_all >= page_cache.PAGES
