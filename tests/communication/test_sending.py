"""An issue from the draft into the mailboxes: to the right people, once each, whatever is killed meanwhile."""

import time
from collections import Counter
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.db import transaction

from communication import actions
from communication.emails.issue import EVERYTHING, Press, list_id
from communication.enums import IssueState, Section, Topic
from communication.models import NewsletterIssue, Subscriber
from communication.queries.newsletter import progress_of, recipients
from core.accounts.roles import Role
from core.common.clock import now
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from core.notifications import delivery
from core.notifications.enums import MailState
from core.notifications.models import OutboxMail
from portal.celery import app
from tests.factories.accounts import UserFactory, official
from tests.factories.communication import SubscriberFactory, issue, line, sending
from tests.support import worker

pytestmark = pytest.mark.django_db
MANY, KILLS = 2000, 5
# The worker has two processes; each may have one letter on the line when it is killed.
PROCESSES = 2


def letters_of(made: NewsletterIssue):
    return OutboxMail.objects.filter(batch=made.batch)


def fill(made: NewsletterIssue) -> list[OutboxMail]:
    actions.fill_outbox(made, at=now())
    return list(letters_of(made).order_by("pk"))


# --- who gets what ----------------------------------------------------------------------------------


@pytest.mark.rule("R-COM-02")
def test_a_letter_has_text_and_layout_and_the_ways_out(frozen):
    subscriber = SubscriberFactory(email="anna+test@ngo.example")
    made = sending(intro="Dzień dobry.")

    (letter,) = fill(made)

    assert letter.key == f"newsletter:{made.pk}:{subscriber.pk}"
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert subscriber.unsubscribe_token in letter.headers["List-Unsubscribe"]
    assert letter.headers["List-Id"] == list_id()
    assert letter.headers["Precedence"] == "bulk"
    for part in (letter.text, letter.html):
        assert "Pozycja 0" in part
        assert made.get_absolute_url() in part
        assert subscriber.settings_token in part
        assert subscriber.unsubscribe_token in part
        assert "anna+test@ngo.example" in part
        assert "11 maja 2026" in part
        assert "adresata" not in part
        assert "@@" not in part


@pytest.mark.rule("R-COM-02")
def test_everybody_gets_only_their_topics_branches_and_districts():
    culture = SubscriberFactory(branches=["kultura"])
    district = SubscriberFactory(districts=[5])
    calls = SubscriberFactory(topics=[Topic.CALLS])
    nothing = SubscriberFactory(topics=[Topic.DIALOGUE])
    everything = SubscriberFactory()
    made = issue(items=0)
    line(made, topic=Topic.CALLS, title="Konkurs kultury", url="/a/", branches=["kultura"])
    line(made, topic=Topic.NEWS, title="Sport w Krowodrzy", url="/b/", branches=["sport"], districts=[5])
    line(made, topic=Topic.EVENTS, title="Dla wszystkich", url="/c/")
    made = go(made)

    texts = {letter.to: letter.text for letter in fill(made)}

    def read(who: Subscriber) -> list[bool]:
        return [
            title in texts[who.email] for title in ("Konkurs kultury", "Sport w Krowodrzy", "Dla wszystkich")
        ]

    assert read(culture) == [True, False, True]
    assert read(district) == [True, True, True]
    assert read(calls) == [True, False, False]
    assert read(everything) == [True, True, True]
    assert nothing.email not in texts


def go(made: NewsletterIssue) -> NewsletterIssue:
    actions.mark_ready(made, by=None, at=now())
    return actions.send_issue(made, by=None, at=now())


def test_who_wants_plain_text_gets_no_layout():
    SubscriberFactory(wants_html=False)

    (letter,) = fill(sending())

    assert letter.html == ""
    assert "Pozycja 0" in letter.text


def test_a_letter_is_printed_once_for_each_combination(monkeypatch):
    SubscriberFactory.create_batch(12)
    SubscriberFactory.create_batch(8, topics=[Topic.CALLS])
    made = sending()
    printed = []
    original = Press._print
    monkeypatch.setattr(
        Press, "_print", lambda self, wishes: printed.append(wishes) or original(self, wishes)
    )

    letters = fill(made)

    assert (len(letters), len(printed)) == (20, 2)


def test_the_subject_is_the_most_urgent_fact(frozen):
    made = issue(items=0)
    line(made, section=Section.CALLS, topic=Topic.CALLS, title="Nowy", url="/n/")
    line(
        made,
        section=Section.CLOSING,
        topic=Topic.CALLS,
        title="Senior",
        url="/s/",
        is_deadline=True,
        happens_at=now() + timedelta(days=1),
    )
    line(
        made,
        section=Section.CONSULTATIONS,
        topic=Topic.CONSULTATIONS,
        title="Zieleń",
        url="/z/",
        is_deadline=True,
        happens_at=now() + timedelta(days=5),
    )

    def subject(topics: tuple) -> str:
        return Press(made, at=now()).print_for((topics, (), (), True)).subject

    assert subject(()) == "Jutro ostatni dzień: Senior"
    assert subject((Topic.CONSULTATIONS,)) == "Do 15 czerwca: Zieleń"
    made.subject = "Własny temat"
    assert subject(()) == "Własny temat"


def test_words_about_time_are_true_when_the_letter_goes(frozen):
    made = issue(items=0)
    item = line(made, is_deadline=True, happens_at=now() + timedelta(days=1))

    assert item.when(now()) == "jutro, do godz. 12:00"
    assert item.when(now() + timedelta(days=1)) == "dziś, do godz. 12:00"
    assert item.when(now() - timedelta(days=2)).startswith("czwartek 11 czerwca 2026")


def test_a_title_with_markup_stays_text():
    made = issue(items=0)
    line(made, title="<script>alert(1)</script> & Spółka", url="/x/")

    printed = Press(made, at=now()).print_for(EVERYTHING)

    assert "&lt;script&gt;alert(1)" in printed.html
    assert tags_of(printed.html).isdisjoint({"script"})
    assert "<script>alert(1)</script> & Spółka" in printed.text


def tags_of(html: str) -> set[str]:
    """The elements that a browser would make of it."""
    found: set[str] = set()
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, _attributes: found.add(tag)
    parser.feed(html)
    return found


# --- filling ----------------------------------------------------------------------------------------


@pytest.mark.rule("R-COM-02")
def test_a_second_filling_adds_nothing():
    SubscriberFactory.create_batch(5)
    made = sending()

    fill(made)
    fill(made)
    NewsletterIssue.objects.update(filled_up_to=0, filled_at=None)
    fill(made)

    assert letters_of(made).count() == 5


def test_filling_goes_on_where_it_was_broken_off(monkeypatch):
    SubscriberFactory.create_batch(7)
    made = sending()
    monkeypatch.setattr("communication.actions.sending.CHUNK", 3)
    original, calls = Press.row_for, []

    def breaks(self, subscriber):
        calls.append(subscriber)
        if len(calls) == 5:
            raise KeyboardInterrupt
        return original(self, subscriber)

    monkeypatch.setattr(Press, "row_for", breaks)
    with pytest.raises(KeyboardInterrupt):
        actions.fill_outbox(made, at=now())
    assert letters_of(made).count() == 3

    actions.sweep_issues(at=now())

    made.refresh_from_db()
    assert letters_of(made).count() == 7
    assert made.filled_at is not None


def test_who_confirms_after_the_start_waits_for_the_next_issue(frozen):
    SubscriberFactory()
    made = sending()
    frozen.shift(60)
    SubscriberFactory(confirmed_at=now())

    assert len(fill(made)) == 1


def test_who_leaves_before_their_turn_gets_nothing():
    stays, leaves = SubscriberFactory.create_batch(2)
    made = sending()
    actions.end_subscription(leaves.unsubscribe_token, at=now())

    assert [letter.to for letter in fill(made)] == [stays.email]


def test_memory_of_printed_letters_is_bounded(monkeypatch):
    monkeypatch.setattr("communication.emails.issue.KEPT", 2)
    press = Press(issue(items=5), at=now())

    for topic in Topic.values:
        press.print_for(((topic,), (), (), False))

    assert len(press._printed) <= 2


# --- states -----------------------------------------------------------------------------------------


def test_an_empty_issue_does_not_leave_the_draft():
    with pytest.raises(LawBreached):
        actions.mark_ready(issue(items=0), by=None, at=now())


def test_only_the_coordinator_sends():
    made = issue()
    for person in (UserFactory(), official(Role.UNIT_EDITOR), official(Role.AUDITOR)):
        with pytest.raises(MoveRefused):
            actions.mark_ready(made, by=person, at=now())

    actions.mark_ready(made, by=official(Role.COORDINATOR), at=now())


@pytest.mark.rule("R-COM-02")
def test_a_planned_issue_goes_by_itself_and_ends(frozen):
    SubscriberFactory.create_batch(3)
    made = issue(scheduled_at=now() + timedelta(hours=1))
    actions.mark_ready(made, by=None, at=now())
    actions.sweep_issues(at=now())
    made.refresh_from_db()
    assert made.state == IssueState.READY

    frozen.shift(timedelta(hours=1))
    actions.sweep_issues(at=now())
    made.refresh_from_db()
    assert (made.state, letters_of(made).count()) == (IssueState.SENDING, 3)

    letters_of(made).update(state=MailState.SENT)
    actions.sweep_issues(at=now())

    made.refresh_from_db()
    assert (made.state, made.sent_at) == (IssueState.SENT, now())


@pytest.mark.parametrize("state", [MailState.QUEUED, MailState.CLAIMED, MailState.ATTEMPTING])
def test_an_issue_does_not_end_while_a_letter_waits(state):
    SubscriberFactory()
    made = sending()
    fill(made)
    letters_of(made).update(state=state)

    assert not actions.finish_issue(made, at=now())


def test_doubtful_and_refused_letters_end_an_issue_and_are_counted():
    SubscriberFactory.create_batch(3)
    made = sending()
    first, second, third = fill(made)
    for letter, state in ((first, MailState.SENT), (second, MailState.UNCERTAIN), (third, MailState.FAILED)):
        OutboxMail.objects.filter(pk=letter.pk).update(state=state)

    assert actions.finish_issue(made, at=now())
    assert progress_of(made) == {"sent": 1, "waiting": 0, "uncertain": 1, "failed": 1, "dropped": 0}


def test_recipients_are_counted_by_topic(django_assert_num_queries):
    SubscriberFactory.create_batch(2)
    SubscriberFactory(topics=[Topic.CALLS])

    with django_assert_num_queries(1):
        counts = recipients()

    assert (counts["all"], counts[Topic.CALLS], counts[Topic.NEWS]) == (3, 3, 2)


# --- the real worker --------------------------------------------------------------------------------


def kill(process) -> None:
    """kill -9 of the worker and both its processes."""
    process.end(limit_s=0)


def start_again(process) -> None:
    """As the keeper of the processes and the timetable would."""
    process.start()
    worker._wait_until_it_answers(process)


def tick() -> None:
    """What the timetable does every minute; here every few seconds."""
    app.send_task("communication.tasks.sweep_newsletter")
    app.send_task("core.notifications.tasks.deliver_outbox")


def wait_until(condition, limit_s: float = 120) -> None:
    give_up_at, next_tick_at = time.monotonic() + limit_s, time.monotonic()
    while not condition():
        assert time.monotonic() < give_up_at, "waited in vain"
        if time.monotonic() >= next_tick_at:
            tick()
            next_tick_at += 5
        time.sleep(0.05)


@pytest.mark.rule("R-COM-02")
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_again_and_again_loses_no_letter_and_sends_none_twice(live_worker, mailbox):
    Subscriber.objects.bulk_create(SubscriberFactory.build(wants_html=n % 3 > 0) for n in range(MANY))
    addresses = set(Subscriber.objects.values_list("email", flat=True))
    made = issue(items=3)
    actions.mark_ready(made, by=None, at=now())
    with transaction.atomic():
        actions.send_issue(made, by=None, at=now())

    # the first kill meets the filling of the outbox, the others the sending
    wait_until(lambda: letters_of(made).count() >= MANY // 10)
    for n in range(KILLS):
        kill(live_worker)
        start_again(live_worker)
        arrived = len(mailbox.messages)
        wait_until(lambda goal=arrived + 40 + 23 * n: len(mailbox.messages) >= goal)
    kill(live_worker)
    delivery.recover(now() + delivery.HELD + timedelta(minutes=1))
    start_again(live_worker)
    wait_until(lambda: not actions.sweep_issues(at=now()) and state_of(made) == IssueState.SENT)

    arrived = Counter(str(message["To"]) for message in mailbox.messages)
    sent = set(letters_of(made).filter(state=MailState.SENT).values_list("to", flat=True))
    uncertain = set(letters_of(made).filter(state=MailState.UNCERTAIN).values_list("to", flat=True))
    assert letters_of(made).count() == MANY
    assert sent | uncertain == addresses
    assert max(arrived.values()) == 1
    assert sent <= set(arrived)
    assert addresses - set(arrived) <= uncertain
    assert len(uncertain) <= (KILLS + 1) * PROCESSES
    assert progress_of(made)["uncertain"] == len(uncertain)


def state_of(made: NewsletterIssue) -> str:
    return NewsletterIssue.objects.values_list("state", flat=True).get(pk=made.pk)
