"""The letter before the end of an intake, and the tasks of the timetable."""

from datetime import timedelta

import pytest

from competitions import actions, tasks
from competitions.enums import State
from core.common.clock import now
from core.notifications.follows import follow
from core.notifications.models import OutboxMail, Reminder
from core.notifications.reminders import run_due
from portal.schedule import TIMETABLE
from tests.factories import competitions as make

pytestmark = pytest.mark.django_db


def test_the_letter_says_how_long_and_where(frozen, follower):
    call = make.open_call(title="Ruch dla seniorów")
    follow(follower, call)
    frozen.move_to(Reminder.objects.get(kind="call_deadline:7").due_at)

    run_due(now())

    letter = OutboxMail.objects.get()
    words = letter.text.replace("\u00a0", " ")
    assert (
        letter.subject.replace("\u00a0", " ")
        == "Koniec naboru: piątek 10 lipca 2026, godz. 12:00. Ruch dla seniorów"
    )
    assert "Zostało 7 dni" in words
    assert call.get_absolute_url() in words


def test_a_closed_call_sends_nothing(frozen, follower):
    call = make.open_call()
    follow(follower, call)
    make.publish(call, "cancellation")
    reminder = Reminder.objects.get(kind="call_deadline:1")
    call.state = State.CANCELLED
    call.save()
    frozen.move_to(reminder.due_at)

    run_due(now())

    assert not OutboxMail.objects.exists()


def test_the_sweep_is_in_the_timetable_every_minute():
    entry = next(e for e in TIMETABLE.values() if e["task"] == "competitions.tasks.close_due_calls")

    assert entry["schedule"].run_every == timedelta(seconds=60)


def test_the_sweep_closes_what_is_over(frozen):
    call = make.open_call()
    frozen.move_to(call.offers_due_at + timedelta(minutes=1))

    tasks.close_due_calls()

    call.refresh_from_db()
    assert call.state == State.CLOSED


def test_the_sweep_orders_the_closing_of_what_ends_before_the_next(frozen, monkeypatch):
    ordered = []
    monkeypatch.setattr(tasks.close_call, "apply_async", lambda **options: ordered.append(options))
    call = make.open_call()
    frozen.move_to(call.offers_due_at + timedelta(seconds=10))

    tasks.close_due_calls()

    assert [(o["args"], o["eta"]) for o in ordered] == [
        ([call.pk], call.offers_due_at + timedelta(minutes=1))
    ]


def test_without_a_broker_the_sweep_goes_on(frozen, monkeypatch):
    def away(**_options):
        raise OSError

    monkeypatch.setattr(tasks.close_call, "apply_async", away)
    call = make.open_call()
    frozen.move_to(call.offers_due_at + timedelta(seconds=10))

    tasks.close_due_calls()
    frozen.shift(timedelta(seconds=50))
    tasks.close_call(call.pk)

    call.refresh_from_db()
    assert call.state == State.CLOSED
    assert actions.close_due_calls(now()) == 0
