"""News from the draft to the page, and the clock of what is sent in."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core import mail

from communication import actions
from communication.enums import Category, NewsState
from communication.models import NewsItem
from communication.queries import dated_things, latest_news, matters_for, waiting_for
from core.accounts.roles import Role
from core.common.clock import at_local, now
from core.documents.models import SearchEntry
from core.legal.models import AuditEntry, Transition
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from core.notifications.models import OutboxMail
from tests.factories.accounts import UserFactory, official, unit
from tests.factories.communication import NewsFactory, sent_news

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return UserFactory()


@pytest.fixture
def coordinator():
    return official(Role.COORDINATOR)


# --- own news ---------------------------------------------------------------------------------------


def test_an_editor_publishes_news_of_the_own_unit():
    here = unit()
    editor = official(Role.UNIT_EDITOR, here)
    item = NewsFactory(unit=here, by=editor)
    assert not item.is_public
    assert not SearchEntry.objects.exists()

    actions.publish_news(item, by=editor, at=now())

    assert NewsItem.objects.published().get() == item
    assert (item.published_by, item.author_name) == (editor, str(here))
    assert SearchEntry.objects.get().title == item.title
    assert [t.target for t in Transition.objects.of(item)] == ["draft", "published"]


def test_an_editor_does_not_publish_news_of_another_unit():
    item = NewsFactory()

    with pytest.raises(MoveRefused):
        actions.publish_news(item, by=official(Role.UNIT_EDITOR), at=now())


def test_unfinished_news_are_not_published():
    item = NewsFactory(body="")

    with pytest.raises(LawBreached):
        actions.publish_news(item, by=None, at=now())

    item.refresh_from_db()
    assert item.state == NewsState.DRAFT


def test_a_change_of_public_news_stands_in_its_history():
    item = NewsFactory(state="published")

    item.title = "Nowy tytuł"
    actions.keep_news(item, by=None, at=now())

    public = AuditEntry.objects.of(item).filter(is_public=True)
    assert [entry.after for entry in public] == [{"title": "Nowy tytuł"}]
    assert SearchEntry.objects.get().title == "Nowy tytuł"


def test_addresses_are_unique_and_none_is_a_page_of_ours():
    slugs = [NewsFactory(title=title).slug for title in ("Zgłoś", "RSS", "Piknik", "Piknik")]

    assert slugs == ["zglos-aktualnosc", "rss-aktualnosc", "piknik", "piknik-2"]


def test_archived_news_stay_public_with_their_badge(client):
    item = NewsFactory(state="archived")

    page = client.get(item.get_absolute_url()).content.decode()

    assert "komunikat archiwalny" in page


# --- events -----------------------------------------------------------------------------------------


def event(**fields) -> NewsItem:
    return NewsFactory(state="published", category=Category.EVENT, **fields)


def test_an_event_with_an_hour_is_a_moment_and_without_one_a_day(frozen):
    event(event_from="2026-06-12", event_from_hour=time(17), event_to_hour=time(19))
    event(event_from="2026-06-13", event_to="2026-06-14")
    event(event_to="2026-06-15")

    timed, whole, last_day = dated_things(now(), now() + timedelta(days=10))

    assert (timed.starts, timed.ends) == (
        at_local(date(2026, 6, 12), time(17)),
        at_local(date(2026, 6, 12), time(19)),
    )
    assert (whole.starts, whole.ends) == (date(2026, 6, 13), date(2026, 6, 14))
    assert (last_day.starts, last_day.label) == (date(2026, 6, 15), "Ostatni dzień")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"event_from": "2026-06-12"}, "piątek 12 czerwca 2026"),
        (
            {"event_from": "2026-06-12", "event_from_hour": time(9, 5), "event_to_hour": time(17)},
            "piątek 12 czerwca 2026, godz. 9:05–17:00",
        ),
        ({"event_from": "2026-06-12", "event_to": "2026-06-14"}, "12–14 czerwca 2026"),
        ({"event_from": "2026-06", "event_to": "2026-07"}, "czerwiec 2026 – lipiec 2026"),
        (
            {"event_from": "2026-06-12", "event_from_hour": time(9), "event_to": "2026-06-13"},
            "12 czerwca 2026, godz. 9:00 – 13 czerwca 2026",
        ),
        ({"event_to": "2026-06-12", "event_to_hour": time(14)}, "do 12 czerwca 2026, godz. 14:00"),
        ({"event_from": "2025"}, "2025"),
    ],
)
def test_when_an_event_is_in_words(fields, words):
    said = NewsItem(**fields).event_when

    assert said.replace("\u00a0", " ").replace("\u2060", "") == words


def test_only_published_events_within_the_window_are_dated_things(frozen, django_assert_num_queries):
    event(event_from="2026-06-09")
    event(event_from="2026-06-20")
    event(event_from="2026-06")
    NewsFactory(event_from="2026-06-12")
    wanted = event(event_from="2026-06-12")

    with django_assert_num_queries(1):
        found = dated_things(now(), now() + timedelta(days=5))

    assert [thing.url for thing in found] == [wanted.get_absolute_url()]


def test_scope_narrows_to_unit_and_district(frozen):
    item = event(event_from="2026-06-12")

    assert dated_things(now(), now() + timedelta(days=5), units={item.unit_id})
    assert not dated_things(now(), now() + timedelta(days=5), units={0})
    assert not dated_things(now(), now() + timedelta(days=5), districts={1})


def test_the_latest_news_come_first_and_undated_ones_last(frozen):
    undated = NewsItem.objects.create(title="Bez daty", slug="bez-daty", state=NewsState.ARCHIVED)
    older = NewsFactory(state="published", at=now() - timedelta(days=3))
    newer = NewsFactory(state="published")
    NewsFactory()

    assert list(latest_news(5)) == [newer, older, undated]


# --- sent in ----------------------------------------------------------------------------------------


@pytest.mark.rule("R-COM-01")
def test_the_clock_runs_from_the_sending(frozen, author, coordinator):
    item = sent_news(author)

    waiting = [w for w in waiting_for(coordinator) if w.kind == "news"]

    assert item.decision_due_on == date(2026, 6, 12)
    assert [w.due_at for w in waiting] == [at_local(date(2026, 6, 13))]
    assert item.title in waiting[0].title
    assert [m.title for m in matters_for(author, None)] == [item.title]


def test_editors_see_what_was_passed_to_their_unit_only(author):
    here = unit()
    passed = sent_news(author, unit=here)
    sent_news(author)

    assert [passed.title in w.title for w in waiting_for(official(Role.UNIT_EDITOR, here))] == [True]
    assert waiting_for(official(Role.UNIT_EDITOR)) == []
    assert waiting_for(author) == []


@pytest.mark.parametrize(
    ("decide", "state", "words"),
    [
        (actions.publish_news, NewsState.PUBLISHED, "opublikował"),
        (actions.return_news, NewsState.RETURNED, "Dopisz godzinę"),
        (actions.reject_news, NewsState.REJECTED, "Dopisz godzinę"),
    ],
)
def test_the_sender_learns_of_every_decision(author, coordinator, decide, state, words):
    item = sent_news(author)

    decide(item, by=coordinator, at=now(), reason="Dopisz godzinę")

    letter = OutboxMail.objects.get(kind="news_decision")
    assert item.state == state
    assert letter.to == author.email
    assert words in letter.text
    assert item.title not in letter.subject


@pytest.mark.parametrize("decide", [actions.return_news, actions.reject_news])
def test_a_refusal_needs_its_reason(author, coordinator, decide):
    item = sent_news(author)

    with pytest.raises(LawBreached):
        decide(item, by=coordinator, at=now(), reason="  ")

    assert not OutboxMail.objects.filter(kind="news_decision").exists()
    assert mail.outbox == []


def test_nobody_decides_on_their_own_news(coordinator):
    item = sent_news(coordinator)

    with pytest.raises(MoveRefused):
        actions.publish_news(item, by=coordinator, at=now())


def test_corrected_news_wait_anew(frozen, author, coordinator):
    item = sent_news(author)
    actions.return_news(item, by=coordinator, at=now(), reason="Popraw tytuł")
    assert [m.reason for m in matters_for(author, None)] == ["Popraw tytuł"]
    frozen.move_to(datetime(2026, 6, 22, 10, tzinfo=now().tzinfo))

    actions.send_in(item, values={"title": "Poprawiony"}, by=author, at=now())

    assert (item.state, item.decision_reason, item.decision_due_on) == (
        NewsState.SUBMITTED,
        "",
        date(2026, 6, 24),
    )


def test_only_the_author_sends_again(author, coordinator):
    item = sent_news(author)
    actions.return_news(item, by=coordinator, at=now(), reason="Popraw")

    with pytest.raises(MoveRefused):
        actions.submit_news(item, by=UserFactory(), at=now())


def test_an_author_without_an_account_gets_no_letter(author, coordinator):
    item = sent_news(author)
    author.is_active = False
    author.save()
    item.refresh_from_db()

    actions.publish_news(item, by=coordinator, at=now())

    assert not OutboxMail.objects.filter(kind="news_decision").exists()
