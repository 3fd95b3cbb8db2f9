"""Sending: what happens to a letter whatever the mail host does."""

import signal
import smtplib
import threading
import tracemalloc
from collections import Counter
from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from core.common.clock import now
from core.notifications import delivery, outbox, postman
from core.notifications.enums import ACCOUNT_KIND, MailState
from core.notifications.letters import compose_plain
from core.notifications.message import message_id
from core.notifications.models import OutboxMail
from tests.factories.notifications import letter, letters
from tests.notifications.sending import sending_process

pytestmark = pytest.mark.django_db


def states() -> dict[str, int]:
    return dict(Counter(OutboxMail.objects.values_list("state", flat=True)))


def fresh(stored: OutboxMail) -> OutboxMail:
    return OutboxMail.objects.get(pk=stored.pk)


# --- the ordinary way -----------------------------------------------------------------------------


def test_a_letter_arrives_once(sink, frozen):
    stored = letter()

    delivery.deliver()
    delivery.deliver()

    assert sink.addresses == [stored.to]
    sent = fresh(stored)
    assert (sent.state, sent.sent_at, sent.attempts, sent.error) == (MailState.SENT, now(), 1, "")


def test_what_is_on_the_wire(sink, settings):
    composed = compose_plain("Zażółć – 5\u00a0zł", "Zażółć gęślą jaźń.\n.\nkropka na początku wiersza")
    stored = outbox.put(
        key="k",
        to="jan@ngo.example",
        composed=composed,
        kind="x",
        batch="b",
        unsubscribe_url="http://testserver/w/1/",
    )

    delivery.deliver()

    (message,) = sink.messages
    assert message["Subject"] == "Zażółć – 5\u00a0zł"
    assert message["From"] == settings.DEFAULT_FROM_EMAIL
    assert message["To"] == stored.to
    assert message["Message-ID"] == message_id("k")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Precedence"] == "bulk"
    assert message["List-Unsubscribe"] == "<http://testserver/w/1/>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Date"]
    assert message.get_body(("plain",)).get_content().splitlines() == composed.text.splitlines()
    assert "Zażółć gęślą" in message.get_body(("html",)).get_content()
    (picture,) = [part for part in message.walk() if part.get_content_type() == "image/png"]
    assert picture["Content-ID"] == "<znak>"
    assert message.get_content_type() == "multipart/related"


def test_a_letter_without_html_is_plain(sink):
    letter()

    delivery.deliver()

    assert sink.messages[0].get_content_type() == "text/plain"


def test_message_id_depends_on_the_key_alone():
    assert message_id("a") == message_id("a")
    assert message_id("a") != message_id("b")
    assert message_id("a\r\nBcc: x@y.example").endswith("@testserver>")


def test_many_letters_go_over_one_line(sink):
    addresses = letters(120)

    tally = delivery.deliver()

    assert tally.sent == 120
    assert sorted(sink.addresses) == sorted(addresses)
    assert sink.connections == 1


def test_single_letters_overtake_mass_mail(sink):
    letters(60, batch="biuletyn")
    stored = letter()

    delivery.deliver()

    assert sink.addresses[0] == stored.to
    assert len(sink.addresses) == 61


def test_a_letter_waits_for_its_time(sink, frozen):
    letter(due_at=now() + timedelta(hours=1))
    assert delivery.deliver().sent == 0

    frozen.shift(timedelta(hours=1))

    assert delivery.deliver().sent == 1


def test_letters_with_codes_lose_their_text_when_sent(sink):
    secret = letter(kind=ACCOUNT_KIND, text="Kod: 123 456")
    plain = letter(text="Zwykły list")

    delivery.deliver()

    assert "123 456" in sink.messages[0].get_content()
    assert fresh(secret).text == ""
    assert fresh(plain).text == "Zwykły list"


def test_a_run_ends_in_time_and_says_that_there_is_more(sink):
    letters(delivery.CLAIM + 1)

    tally = delivery.deliver(limit_s=0)

    assert (tally.sent, tally.has_more) == (delivery.CLAIM, True)
    assert delivery.deliver().sent == 1


def test_memory_holds_one_claim_whatever_the_queue(settings):
    settings.OUTBOX_DELIVERY_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    size = 40_000
    letters(10 * delivery.CLAIM, text="x" * size)

    tracemalloc.start()
    delivery.deliver()
    _present, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert states() == {MailState.SENT: 10 * delivery.CLAIM}
    assert most < 3 * delivery.CLAIM * size


# --- refusals -------------------------------------------------------------------------------------


def test_one_bad_address_marks_only_that_letter(sink, caplog):
    bad, good = letter(), letter()
    sink.answers[bad.to] = f"550 5.1.1 <{bad.to}>: no such person"

    tally = delivery.deliver()

    assert (tally.sent, tally.failed) == (1, 1)
    assert (fresh(bad).state, fresh(bad).error) == (MailState.FAILED, "550 5.1.1")
    assert fresh(good).state == MailState.SENT
    assert sink.connections == 1
    assert bad.to not in caplog.text


def test_a_letter_refused_for_its_content_is_not_tried_again(sink):
    stored = letter()
    sink.verdicts[stored.to] = "554 5.7.1 spam"

    delivery.deliver()

    assert (fresh(stored).state, fresh(stored).error) == (MailState.FAILED, "554 5.7.1")


@pytest.mark.parametrize("reply", ["451 4.2.0 later", "421 4.3.2 closing", "452 full"])
@pytest.mark.parametrize("moment", ["answers", "verdicts"])
def test_a_refusal_for_now_is_tried_again(sink, frozen, reply, moment):
    busy, good = letter(), letter()
    getattr(sink, moment)[busy.to] = reply

    delivery.deliver()
    waiting = fresh(busy)
    getattr(sink, moment).clear()
    frozen.shift(timedelta(minutes=1))
    delivery.deliver()

    assert (waiting.state, waiting.due_at) == (MailState.QUEUED, now())
    assert waiting.error.startswith(reply[:3])
    assert fresh(busy).state == MailState.SENT
    assert (fresh(busy).attempts, fresh(busy).error) == (2, "")
    assert sorted(sink.addresses) == sorted([busy.to, good.to])


def test_a_line_cut_before_the_letter_was_handed_over_is_tried_again(sink, frozen):
    unlucky, good = letter(), letter()
    sink.answers[unlucky.to] = "cut"

    delivery.deliver()
    assert fresh(unlucky).state == MailState.QUEUED
    assert fresh(good).state == MailState.SENT
    sink.answers.clear()
    frozen.shift(timedelta(minutes=1))
    delivery.deliver()

    assert sorted(sink.addresses) == sorted([unlucky.to, good.to])


def test_a_line_cut_between_two_letters_settles_the_first_and_tries_the_second_again(sink, frozen):
    first, *others = [letter() for _ in range(4)]
    sink.verdicts[first.to] = "last"

    delivery.deliver()
    frozen.shift(timedelta(minutes=1))
    delivery.deliver()

    assert states() == {MailState.SENT: 4}
    assert sorted(sink.addresses) == sorted(mail.to for mail in (first, *others))


def test_a_letter_taken_without_an_answer_is_uncertain_and_not_sent_again(sink, frozen):
    doubtful, good = letter(), letter()
    sink.verdicts[doubtful.to] = "drop"

    tally = delivery.deliver()
    sink.verdicts.clear()
    frozen.shift(timedelta(days=1))
    delivery.recover()
    delivery.deliver()

    assert (tally.uncertain, tally.sent) == (1, 1)
    assert (fresh(doubtful).state, fresh(doubtful).error) == (MailState.UNCERTAIN, postman.UNCONFIRMED)
    assert Counter(sink.addresses) == {doubtful.to: 1, good.to: 1}


def test_a_host_away_for_an_hour_costs_patience_not_letters(sink, frozen, settings):
    stored = letter()
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    waits = []
    for _ in range(5):
        tally = delivery.deliver()
        waits.append(fresh(stored).due_at - now())
        frozen.move_to(fresh(stored).due_at)
        assert (tally.put_off, tally.has_more) == (1, False)
    settings.EMAIL_PORT = port

    delivery.deliver()

    assert waits == [timedelta(minutes=m) for m in (1, 5, 15, 60, 60)]
    assert sink.addresses == [stored.to]
    assert fresh(stored).attempts == 6


@pytest.mark.usefixtures("no_host")
def test_after_a_day_without_a_host_it_gives_up(frozen):
    stored, started = letter(), now()
    while fresh(stored).state == MailState.QUEUED:
        frozen.move_to(fresh(stored).due_at)
        delivery.deliver()

    assert fresh(stored).state == MailState.FAILED
    assert fresh(stored).error == postman.HOST_AWAY
    assert timedelta(hours=23) < now() - started <= timedelta(hours=24)


@pytest.mark.usefixtures("no_host")
def test_when_the_host_is_away_other_claims_go_back_too():
    letters(60)

    delivery.deliver()

    assert states() == {MailState.QUEUED: 60}


def test_a_letter_that_cannot_be_composed_stops_nobody(sink):
    broken, good = letter(), letter()
    OutboxMail.objects.filter(pk=broken.pk).update(
        headers={"Reply-To": "a@b.example\r\nBcc: ofiara@ngo.example"}
    )

    delivery.deliver()

    assert (fresh(broken).state, fresh(broken).error) == (MailState.FAILED, postman.UNSENDABLE)
    assert sink.addresses == [good.to]


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (smtplib.SMTPSenderRefused(530, b"5.7.0 log in first", "portal@ngo.example"), MailState.QUEUED),
        (smtplib.SMTPSenderRefused(552, b"5.3.4 too big", "portal@ngo.example"), MailState.FAILED),
        (smtplib.SMTPServerDisconnected("gone"), MailState.QUEUED),
        (smtplib.SMTPHeloError(501, b"who?"), MailState.QUEUED),
        (smtplib.SMTPNotSupportedError("SMTPUTF8"), MailState.FAILED),
        (smtplib.SMTPDataError(-1, b"garbage"), MailState.UNCERTAIN),
        (TimeoutError(), MailState.QUEUED),
        (KeyError("unknown"), MailState.UNCERTAIN),
    ],
)
def test_what_an_error_means(error, state):
    assert postman.outcome_of(error).state == state


# --- the line itself ------------------------------------------------------------------------------


def test_a_claim_lost_at_the_last_moment_is_not_sent(sink):
    lost, ours = letter(), letter()

    with postman.Postman() as line:
        assert line.open()
        assert line.send(lost, lambda: False) is None
        assert line.open()
        assert line.send(ours, lambda: True) == postman.Outcome(MailState.SENT)

    assert sink.addresses == [ours.to]


def test_a_database_away_at_the_last_moment_sends_nothing_and_is_told(sink):
    def away():
        raise OperationalError

    with postman.Postman() as line:
        assert line.open()
        with pytest.raises(OperationalError):
            line.send(letter(), away)

    assert sink.addresses == []


# --- several workers, workers that die ------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("queue")
def test_three_workers_at_once_send_everything_once(sink):
    addresses = letters(300)

    def work():
        try:
            delivery.deliver()
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()

    assert sorted(sink.addresses) == sorted(addresses)
    assert states() == {MailState.SENT: 300}


def test_claims_of_a_dead_worker_return_after_ten_minutes(sink, frozen):
    stored = letter()
    delivery.claim()
    frozen.shift(timedelta(minutes=9))
    assert delivery.recover() == (0, 0)
    frozen.shift(timedelta(minutes=1))

    assert delivery.recover() == (1, 0)
    delivery.deliver()

    assert sink.addresses == [stored.to]


def test_a_letter_on_the_line_of_a_dead_worker_becomes_uncertain(sink, frozen):
    stored = letter()
    (mail_claimed,) = delivery.claim()
    delivery.begin(mail_claimed)
    frozen.shift(timedelta(minutes=10))

    assert delivery.recover() == (0, 1)
    delivery.deliver()

    assert sink.addresses == []
    assert (fresh(stored).state, fresh(stored).error) == (MailState.UNCERTAIN, delivery.BROKEN_OFF)


def test_a_slow_worker_whose_claim_was_given_away_does_not_send(sink, frozen):
    letter()
    (slow,) = delivery.claim()
    frozen.shift(timedelta(minutes=10))
    delivery.recover()
    delivery.deliver()

    assert delivery.begin(slow) is False
    assert len(sink.addresses) == 1


def test_a_slow_worker_that_was_right_after_all_settles_the_doubt(frozen):
    stored = letter()
    (slow,) = delivery.claim()
    delivery.begin(slow)
    frozen.shift(timedelta(minutes=10))
    delivery.recover()

    delivery.settle(slow, postman.Outcome(MailState.SENT))

    assert (fresh(stored).state, fresh(stored).error) == (MailState.SENT, "")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("queue")
def test_a_polite_end_loses_nothing_and_leaves_no_doubt(sink, tmp_path):
    letters(600)
    process = sending_process(tmp_path, sink)
    sink.wait_for(100, limit_s=60)

    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=20) == -signal.SIGTERM
    sent = len(sink.messages)
    assert 100 <= sent < 600
    assert states() == {MailState.SENT: sent, MailState.QUEUED: 600 - sent}
