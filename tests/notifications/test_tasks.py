"""The tasks of the timetable: they do their work, and a second run does no harm."""

from datetime import timedelta

import pytest

from core.common.clock import now
from core.notifications import delivery, retention, tasks
from core.notifications.enums import MailState
from core.notifications.models import Heartbeat, OutboxMail, Reminder
from core.notifications.reminders import set_reminders
from portal.celery import app
from portal.schedule import TIMETABLE
from tests.factories.notifications import letter, letters

pytestmark = pytest.mark.django_db


def test_every_line_of_the_timetable_names_a_task_that_is_there():
    names = {line["task"] for line in TIMETABLE.values() if line["task"].startswith("core.notifications.")}

    assert names >= {
        f"core.notifications.tasks.{task}"
        for task in ("deliver_outbox", "recover_outbox", "run_due_reminders")
    }
    assert names <= set(app.tasks)


def test_delivery_twice_sends_once(sink):
    letter()

    tasks.deliver_outbox.delay()
    tasks.deliver_outbox.delay()

    assert len(sink.messages) == 1


def test_a_delivery_that_ran_out_of_time_asks_for_another(sink, queue, monkeypatch):
    monkeypatch.setattr(delivery, "RUN_S", 0)
    letters(delivery.CLAIM + 1)

    tasks.deliver_outbox()

    assert queue.tasks == [tasks.deliver_outbox.name]
    tasks.deliver_outbox()
    assert len(queue.tasks) == 2
    tasks.deliver_outbox()
    assert len(queue.tasks) == 2
    assert len(sink.messages) == delivery.CLAIM + 1


def test_recovery(frozen):
    letter()
    delivery.claim()
    frozen.shift(delivery.HELD)

    tasks.recover_outbox()
    tasks.recover_outbox()

    assert OutboxMail.objects.get().state == MailState.QUEUED


@pytest.mark.usefixtures("kinds", "templates")
def test_reminders(unit, anna):
    set_reminders(unit, kind="deadline", user=anna, due_at=now(), expires_at=now() + timedelta(days=1))

    tasks.run_due_reminders()
    tasks.run_due_reminders()

    assert OutboxMail.objects.count() == 1
    assert not Reminder.objects.waiting().exists()


def test_a_sign_of_life(frozen):
    tasks.beat_tick()
    frozen.shift(timedelta(minutes=1))
    tasks.beat_tick()

    assert Heartbeat.objects.get().at == now()


def test_texts_are_forgotten_after_thirty_days_but_not_the_sending(sink, frozen):
    refused, waiting = letter(), letter(due_at=now() + timedelta(days=60))
    sink.answers[refused.to] = "550 no"
    old = letter(headers={"X-Sprawa": "7"})
    delivery.deliver()
    frozen.shift(timedelta(days=20))
    young = letter()
    delivery.deliver()
    frozen.shift(timedelta(days=11))

    tasks.forget_old_mail()
    tasks.forget_old_mail()

    kept = {mail.pk: (mail.text, mail.headers) for mail in OutboxMail.objects.all()}
    assert kept[old.pk] == kept[refused.pk] == ("", {})
    assert kept[young.pk][0] == kept[waiting.pk][0] == "Dzień dobry"
    assert OutboxMail.objects.get(pk=old.pk).state == MailState.SENT


def test_forgetting_says_how_many(sink, frozen):
    letter()
    delivery.deliver()

    assert retention.forget_texts(now() + retention.KEPT) == 0
    assert retention.forget_texts(now() + retention.KEPT + timedelta(seconds=1)) == 1
    assert retention.forget_texts(now() + retention.KEPT + timedelta(days=1)) == 0
