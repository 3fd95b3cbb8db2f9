"""Pages: what is public is there in every form, what is not is nowhere."""

import json
from datetime import date, time, timedelta

import pytest
from django.core.cache import cache

from communication import actions
from communication.enums import Category, NewsState, Topic
from communication.models import NewsItem
from communication.queries import search_entries, sitemap_entries
from core.accounts.roles import Role
from core.city.models import Branch
from core.common.clock import now, today
from core.documents.search import search
from core.notifications.models import OutboxMail
from organizations.models import Mandate, Organization
from tests.factories.accounts import UserFactory, official
from tests.factories.city import DistrictFactory
from tests.factories.communication import NewsFactory, SubscriberFactory, issue, line, sending, sent_news
from tests.factories.documents import upload

pytestmark = pytest.mark.django_db
LIST = "/aktualnosci/"
SECRET = "Tajemnica szkicu"


@pytest.fixture
def branch():
    return Branch.objects.get_or_create(code="kultura", defaults={"label": "kultura"})[0]


# --- the list ---------------------------------------------------------------------------------------


def test_the_list_shows_published_news_with_filters(client, branch):
    NewsFactory(state="published", title="Z kultury", branch=branch, category=Category.EVENT)
    NewsFactory(state="published", title="O sporcie", district=DistrictFactory(number=5))

    def titles(query: str) -> list[bool]:
        page = client.get(f"{LIST}?{query}").content.decode().replace("\u00a0", " ")
        return [title in page for title in ("Z kultury", "O sporcie")]

    assert titles("") == [True, True]
    assert titles("branza=kultura") == [True, False]
    assert titles("dzielnica=5") == [False, True]
    assert titles("kategoria=event") == [True, False]
    assert titles(f"rok={today().year}&kategoria=announcement") == [False, True]
    assert titles("q=sporcie") == [False, True]
    assert titles("rok=1999") == [True, True]


@pytest.mark.parametrize(
    "query",
    [
        "page=abc", "page=999999999999999999999", "page=-1", "sort=nie-ma", "kategoria=nie-ma", "kategoria=",
        "branza=%3Cscript%3E", "dzielnica=99999999999999999999", "dzielnica=V", "rok=abc", "rok=0", "rok=99999999",
        "q=" + "x" * 5000, "q=%25%5C_%27", "pokaz=wszystko", "kategoria=event&kategoria=call&kategoria=x",
    ],
)  # fmt: skip
def test_nasty_queries_give_a_page(client, query):
    NewsFactory(state="published")

    assert client.get(f"{LIST}?{query}").status_code == 200


def test_unknown_formats_are_not_there(client):
    assert client.get(f"{LIST}?format=exe").status_code == 404
    assert client.get(f"{LIST}?q=%00").status_code == 400


def test_the_same_rows_are_given_away_in_every_format(client):
    event = NewsFactory(
        state="published",
        title="Piknik",
        event_from=(today() + timedelta(days=3)).isoformat(),
        event_from_hour=time(17),
    )
    NewsFactory(state="published", title="=1+1")

    def body(name: str) -> str:
        response = client.get(f"{LIST}?format={name}")
        assert response.status_code == 200
        return b"".join(response).decode("utf-8", "replace")

    items = json.loads(body("json"))["items"]
    assert sorted(item["title"] for item in items) == ["=1+1", "Piknik"]
    assert "'=1+1" in body("csv")
    assert "Piknik" in body("rss")
    assert body("xlsx")
    assert body("ics").count("BEGIN:VEVENT") == 1
    assert "Piknik" in client.get(f"{event.get_absolute_url()}wydarzenie.ics").content.decode()


def test_the_feed_has_its_stable_address(client):
    NewsFactory(state="published", title="Z kanału")
    NewsItem.objects.create(title="Archiwalna", slug="a", state=NewsState.ARCHIVED)

    response = client.get("/aktualnosci/rss/")

    assert response.headers["Content-Type"].startswith("application/rss+xml")
    assert "Z kanału" in response.content.decode()
    assert "Archiwalna" not in response.content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_for_one_row_and_thirty(client, branch, rows, django_assert_max_num_queries):
    client.get(LIST)
    for _n in range(rows):
        NewsFactory(state="published", branch=branch, district=DistrictFactory(number=5))

    with django_assert_max_num_queries(8):
        client.get(LIST)


def test_a_page_of_news_costs_few_queries(client, branch, django_assert_max_num_queries):
    item = NewsFactory(state="published", branch=branch, by=official(Role.COORDINATOR))
    actions.add_picture(item, upload("zdjecie.jpg"), by=None, at=now())
    client.get(LIST)

    with django_assert_max_num_queries(8):
        page = client.get(item.get_absolute_url()).content.decode()

    assert "<img" in page


# --- drafts are nowhere -----------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "rejected"])
def test_what_is_not_published_is_nowhere(client, state):
    author, coordinator = UserFactory(), official(Role.COORDINATOR)
    soon = (today() + timedelta(days=2)).isoformat()
    if state == "draft":
        item = NewsFactory(title=SECRET, event_from=soon)
    else:
        item = sent_news(author, title=SECRET, event_from=soon)
    if state == "returned":
        actions.return_news(item, by=coordinator, at=now(), reason="Popraw")
    if state == "rejected":
        actions.reject_news(item, by=coordinator, at=now(), reason="Nie")

    for address in (LIST, f"{LIST}?format=csv", f"{LIST}?format=json", f"{LIST}?format=ics", f"{LIST}?format=rss",
                    "/aktualnosci/rss/", "/", "/kalendarz/", "/sitemap.xml"):  # fmt: skip
        cache.clear()
        assert SECRET not in b"".join(client.get(address)).decode(), address
    assert client.get(item.get_absolute_url()).status_code == 404
    assert client.get(f"{item.get_absolute_url()}wydarzenie.ics").status_code == 404
    assert not search(SECRET).count
    assert SECRET not in str([e["title"] for e in search_entries()])


def test_a_picture_of_news_that_wait_is_for_nobody(client):
    item = sent_news(UserFactory())
    actions.add_picture(item, upload("zdjecie.jpg"), by=None, at=now())
    from communication.queries.news import picture_of

    address = picture_of(item).get_absolute_url()

    assert client.get(address).status_code == 404


def test_public_news_are_in_search_and_on_the_map(client):
    item = NewsFactory(state="published", title="Łączymy sąsiadów")

    assert search("laczymy").count == 1
    assert item.get_absolute_url() in [entry.url for entry in sitemap_entries()]


# --- sending in -------------------------------------------------------------------------------------


@pytest.fixture
def author(client):
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def organization(author):
    made = Organization.objects.create(
        name="Stowarzyszenie Próbne", slug="probne", state="verified", legal_form="association"
    )
    Mandate.objects.create(
        user=author,
        organization=made,
        role="ngo_editor",
        valid_from=date(2020, 1, 1),
        requested_at=now(),
        verified_at=now(),
    )
    return made


def form(**changes) -> dict:
    return {
        "organization": "osoba",
        "category": "event",
        "title": "Spacer",
        "lead": "Spacer po parku.",
        "text": "Pierwszy akapit.\n\n<b>Drugi</b> akapit.",
        **changes,
    }


def test_strangers_are_asked_to_log_in(client):
    assert client.get("/aktualnosci/zglos/").status_code == 302


@pytest.mark.rule("R-COM-01")
def test_a_resident_sends_in_and_sees_the_clock(client, frozen, author):
    response = client.post("/aktualnosci/zglos/", form(event_from="2026-06-20", event_from_hour="17:30"))

    item = NewsItem.objects.get()
    page = client.get(response.url).content.decode().replace("\u00a0", " ")
    assert (item.state, item.submitted_by, item.organization) == (NewsState.SUBMITTED, author, None)
    assert (item.event_on, item.event_from_hour) == (date(2026, 6, 20), time(17, 30))
    assert item.body == "<p>Pierwszy akapit.</p><p>&lt;b&gt;Drugi&lt;/b&gt; akapit.</p>"
    assert "piątek 12 czerwca 2026" in page


def test_an_editor_of_an_organization_writes_in_its_name(client, organization):
    client.post("/aktualnosci/zglos/", form(organization=str(organization.pk)))

    assert NewsItem.objects.get().organization == organization


def test_nobody_writes_in_the_name_of_a_foreign_organization(client, author):
    foreign = Organization.objects.create(
        name="Cudza", slug="cudza", state="verified", legal_form="association"
    )

    response = client.post("/aktualnosci/zglos/", form(organization=str(foreign.pk), state="published"))

    assert response.status_code == 200
    assert not NewsItem.objects.exists()


def test_a_picture_comes_with_its_words(client, author):
    without = client.post("/aktualnosci/zglos/", form(picture=upload("plakat.png")))
    assert "Opis obrazu" in without.content.decode()
    assert not NewsItem.objects.exists()

    client.post("/aktualnosci/zglos/", form(picture=upload("plakat.png"), picture_alt="Plakat spaceru"))
    item = NewsItem.objects.get()
    actions.publish_news(item, by=None, at=now())

    assert 'alt="Plakat spaceru"' in client.get(item.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"title": "x" * 301},
        {"text": " "},
        {"category": "call"},
        {"event_from": "2026-13-45"},
        {"event_from": "31.02.2026"},
        {"event_from_hour": "25:00", "event_from": "2026-06-20"},
        {"event_from_hour": "12:00"},
        {"event_from": "2026-06-20", "event_to": "2026-06-19"},
        {"link": "javascript:alert(1)"},
        {"branch": "999999999999999999999"},
        {"district": "abc"},
        {"is_cofinanced": "on"},
        {"organization": "999999999999999999999"},
        {"lead": "nul \x00"},
    ],
)
def test_bad_news_come_back_with_what_was_typed(client, author, changes):
    response = client.post("/aktualnosci/zglos/", form(**changes))

    page = response.content.decode()
    assert response.status_code == 200
    assert "Popraw" in page
    assert "Pierwszy akapit." in page or "text" in changes
    assert not NewsItem.objects.exists()


def test_a_file_that_is_no_picture_is_refused(client, author):
    response = client.post("/aktualnosci/zglos/", form(picture=upload("plakat.pdf"), picture_alt="Plakat"))

    assert "JPG, PNG lub WEBP" in response.content.decode()
    assert not NewsItem.objects.exists()


def test_returned_news_are_corrected_by_their_author_only(client, author):
    item = sent_news(author, title="Pierwotny")
    actions.return_news(item, by=official(Role.COORDINATOR), at=now(), reason="Dopisz miejsce")
    address = f"/aktualnosci/zglos/{item.pk}/"
    page = client.get(address).content.decode()
    assert "Dopisz miejsce" in page.replace("\u00a0", " ")
    assert "Pierwotny" in page

    response = client.post(address, form(title="Poprawiony"))

    item.refresh_from_db()
    assert response.status_code == 302
    assert (item.state, item.title) == (NewsState.SUBMITTED, "Poprawiony")
    assert client.get(address).status_code == 404
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404


@pytest.mark.rule("R-WEB-10")
def test_the_form_of_news_carries_its_clause(client, author):
    page = client.get("/aktualnosci/zglos/").content.decode().replace("\u00a0", " ")

    assert "art. 6 ust. 1 lit. e RODO" in page


# --- the web archive --------------------------------------------------------------------------------


def test_an_issue_is_public_once_it_goes(client):
    SubscriberFactory()
    draft = issue(items=2)
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert str(draft) not in client.get("/newsletter/").content.decode()

    actions.mark_ready(draft, by=None, at=now())
    assert client.get(draft.get_absolute_url()).status_code == 404
    actions.send_issue(draft, by=None, at=now())

    page = client.get(draft.get_absolute_url()).content.decode()
    assert "Pozycja 0" in page
    assert "Pozycja 1" in page
    assert draft.get_absolute_url() in client.get("/newsletter/").content.decode()
    assert draft.get_absolute_url() in [entry.url for entry in sitemap_entries()]


@pytest.mark.parametrize("count", [1, 30])
def test_the_archive_costs_the_same_for_one_issue_and_thirty(client, count, django_assert_max_num_queries):
    client.get("/newsletter/")
    for _n in range(count):
        sending()

    with django_assert_max_num_queries(8):
        assert client.get("/newsletter/?page=x").status_code == 200


def test_addresses_of_readers_are_on_no_page(client):
    subscriber = SubscriberFactory(email="ukryty.adres@ngo.example")
    made = issue(items=0)
    line(made, topic=Topic.NEWS)
    actions.mark_ready(made, by=None, at=now())
    actions.send_issue(made, by=None, at=now())
    actions.fill_outbox(made, at=now())
    assert OutboxMail.objects.filter(to=subscriber.email).exists()

    for address in ("/newsletter/", made.get_absolute_url(), LIST, "/sitemap.xml"):
        page = b"".join(client.get(address)).decode()
        assert "ukryty.adres" not in page
        assert subscriber.settings_token not in page
