"""Reminders: one letter each, whatever the clock and the worker do."""

import threading
from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.db import connection

from core.accounts.models import User
from core.city.models import OrganizationalUnit
from core.common.clock import WARSAW, now
from core.notifications import preferences, reminders
from core.notifications.letters import Letter
from core.notifications.models import OutboxMail, Reminder
from core.notifications.reminders import drop_reminders, run_due, set_countdown, set_reminders
from tests.notifications.conftest import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates", "kinds")]
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def only() -> Reminder:
    return Reminder.objects.get()


def set_one(unit, user, *, due_in=DAY, lasts=2 * DAY, kind="deadline") -> Reminder:
    set_reminders(unit, kind=kind, user=user, due_at=now() + due_in, expires_at=now() + due_in + lasts)
    return Reminder.objects.get(kind=kind, user=user)


# --- setting --------------------------------------------------------------------------------------


def test_a_reminder_is_a_row_about_a_record(frozen, unit, anna):
    reminder = set_one(unit, anna)

    assert reminder.subject == ("city.organizationalunit", unit.pk)
    assert reminder.due_at == now() + DAY


def test_a_moved_date_moves_what_was_not_sent(frozen, unit, anna):
    set_one(unit, anna)

    set_one(unit, anna, due_in=5 * DAY)

    assert only().due_at == now() + 5 * DAY


def test_an_unknown_kind_is_an_error(unit, anna):
    with pytest.raises(KeyError):
        set_reminders(unit, kind="unknown", user=anna, due_at=now(), expires_at=now())


def test_what_was_sent_is_not_sent_again_for_the_same_date(frozen, unit, anna):
    reminder = set_one(unit, anna)
    frozen.shift(DAY)
    run_due()

    set_reminders(unit, kind="deadline", user=anna, due_at=reminder.due_at, expires_at=reminder.expires_at)
    run_due()

    assert OutboxMail.objects.count() == 1


def test_a_date_moved_earlier_does_not_send_again(frozen, unit, anna):
    set_one(unit, anna)
    frozen.shift(DAY)
    run_due()

    set_one(unit, anna, due_in=-timedelta(hours=1))
    run_due()

    assert OutboxMail.objects.count() == 1
    assert only().sent_at == now()


def test_a_date_moved_later_than_the_sending_reminds_once_more(frozen, unit, anna):
    set_one(unit, anna)
    frozen.shift(DAY)
    run_due()

    set_one(unit, anna, due_in=WEEK)
    assert run_due() == 0
    frozen.shift(WEEK)
    run_due()
    run_due()

    assert OutboxMail.objects.count() == 2


def test_a_skipped_one_revives_when_the_date_moves_ahead(frozen, unit, anna):
    set_one(unit, anna, lasts=timedelta(hours=1))
    frozen.shift(WEEK)
    run_due()
    assert only().skipped_because == reminders.LATE

    set_one(unit, anna)
    frozen.shift(DAY)
    run_due()

    assert OutboxMail.objects.count() == 1
    assert (only().skipped_at, only().skipped_because) == (None, "")


def test_many_people_take_as_many_queries_as_one(frozen, unit, django_assert_num_queries):
    people = [person(f"o{n}@ngo.example") for n in range(20)]

    with django_assert_num_queries(5):  # savepoint, insert, move, revive, release
        set_reminders(unit, kind="deadline", user=people, due_at=now() + DAY, expires_at=now() + WEEK)

    assert Reminder.objects.count() == 20


def test_dropping_takes_back_only_what_waits(frozen, unit, anna, piotr):
    set_one(unit, anna, due_in=timedelta(0))
    run_due()
    set_one(unit, piotr)

    assert drop_reminders(unit) == 1

    assert only().user == anna


def test_dropping_can_be_told_whose_and_which(frozen, unit, anna, piotr):
    for user in (anna, piotr):
        set_one(unit, user)
        set_one(unit, user, kind="meeting")

    drop_reminders(unit, kind="deadline", user=anna)

    assert set(Reminder.objects.values_list("user__email", "kind")) == {
        ("anna@ngo.example", "meeting"),
        ("piotr@ngo.example", "deadline"),
        ("piotr@ngo.example", "meeting"),
    }


# --- countdowns -----------------------------------------------------------------------------------

MIDNIGHT = datetime(2026, 7, 1, tzinfo=WARSAW)  # »do 30 czerwca«


def test_a_countdown_has_a_morning_for_every_step(frozen, unit, anna):
    set_countdown(unit, kind="deadline", user=anna, deadline=MIDNIGHT)

    mornings = {r.kind: r.due_at.astimezone(WARSAW) for r in Reminder.objects.all()}
    assert mornings == {f"deadline:{n}": datetime(2026, 6, 30 - n, 8, tzinfo=WARSAW) for n in (14, 7, 3, 1)}


def test_a_step_makes_sense_until_the_next_and_the_last_until_the_deadline(frozen, unit, anna):
    set_countdown(unit, kind="deadline", user=anna, deadline=MIDNIGHT, days=(3, 1))

    first, last = Reminder.objects.order_by("due_at")
    assert first.expires_at == last.due_at
    assert last.expires_at == MIDNIGHT


def test_mornings_stay_at_eight_over_a_change_of_the_clock(frozen, unit, anna):
    frozen.move_to(datetime(2026, 10, 1, 12, tzinfo=WARSAW))

    set_countdown(
        unit, kind="deadline", user=anna, deadline=datetime(2026, 10, 26, 12, tzinfo=WARSAW), days=(7, 1)
    )

    hours = [r.due_at.astimezone(WARSAW).hour for r in Reminder.objects.all()]
    assert hours == [8, 8]


def test_who_comes_late_gets_no_letter_of_the_past(frozen, unit, anna):
    set_countdown(unit, kind="deadline", user=anna, deadline=now() + 5 * DAY)

    assert {r.step for r in Reminder.objects.all()} == {3, 1}
    assert run_due() == 0


def test_a_deadline_moved_nearer_drops_the_steps_that_are_past(frozen, unit, anna):
    set_countdown(unit, kind="deadline", user=anna, deadline=MIDNIGHT)

    set_countdown(unit, kind="deadline", user=anna, deadline=now() + 2 * DAY)

    assert [r.step for r in Reminder.objects.all()] == [1]


def test_saving_again_keeps_a_step_that_is_due_this_very_moment(frozen, unit, anna):
    set_countdown(unit, kind="deadline", user=anna, deadline=MIDNIGHT)
    frozen.move_to(datetime(2026, 6, 16, 8, 2, tzinfo=WARSAW))

    set_countdown(unit, kind="deadline", user=anna, deadline=MIDNIGHT)
    run_due()

    assert [r.step for r in Reminder.objects.exclude(sent_at=None)] == [14]


def test_dropping_a_kind_drops_its_steps(frozen, unit, anna):
    set_countdown(unit, kind="deadline", user=anna, deadline=MIDNIGHT)
    set_one(unit, anna, kind="meeting")

    drop_reminders(unit, kind="deadline")

    assert only().kind == "meeting"


# --- sending --------------------------------------------------------------------------------------


def test_a_due_reminder_is_one_letter(frozen, unit, anna):
    reminder = set_one(unit, anna)
    assert run_due() == 0
    frozen.shift(DAY)

    assert run_due() == 1
    assert run_due() == 0

    letter = OutboxMail.objects.get()
    assert letter.key == f"reminder:{reminder.pk}:{reminder.due_at:%Y%m%dT%H%M%SZ}"
    assert (letter.to, letter.kind) == ("anna@ngo.example", "deadline")
    assert unit.name in letter.text
    assert "bo obserwujesz tę sprawę" in letter.text
    assert only().sent_at == now()


def test_a_reminder_letter_has_a_way_out(frozen, unit, anna):
    set_one(unit, anna, due_in=timedelta(0))
    run_due()

    letter = OutboxMail.objects.get()
    address = letter.headers["List-Unsubscribe"].strip("<>")
    assert preferences.read_unsubscribe_token(address.split("/")[-2]) == (
        anna.pk,
        preferences.KINDS["deadline"],
    )
    assert address in letter.text
    assert preferences.settings_url() in letter.html


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda unit, anna: preferences.mute(anna, "deadline"), reminders.MUTED),
        (lambda unit, anna: User.objects.filter(pk=anna.pk).update(is_active=False), reminders.CLOSED),
        (lambda unit, anna: unit.delete(), reminders.GONE),
        (
            lambda unit, anna: OrganizationalUnit.objects.filter(pk=unit.pk).update(active_to="2026"),
            reminders.POINTLESS,
        ),
    ],
)
def test_why_a_reminder_is_skipped(frozen, unit, anna, spoil, reason):
    set_one(unit, anna, due_in=timedelta(0))
    spoil(unit, anna)

    run_due()

    assert not OutboxMail.objects.exists()
    assert (only().skipped_at, only().skipped_because, only().sent_at) == (now(), reason, None)


def test_muting_a_kind_mutes_its_steps(frozen, unit, anna):
    set_countdown(unit, kind="deadline", user=anna, deadline=now() + 2 * DAY)
    preferences.mute(anna, "deadline")
    frozen.shift(DAY)

    run_due()

    assert only().skipped_because == reminders.MUTED


def test_a_scheduler_away_for_a_week_sends_what_still_makes_sense_once(frozen, unit, anna, piotr):
    set_countdown(unit, kind="deadline", user=anna, deadline=now() + 8 * DAY)
    set_one(unit, piotr, due_in=DAY, lasts=DAY)
    set_one(unit, piotr, due_in=DAY, lasts=10 * DAY, kind="meeting")
    frozen.shift(WEEK)

    run_due()
    run_due()

    assert Counter(OutboxMail.objects.values_list("to", "kind")) == {
        ("anna@ngo.example", "deadline"): 1,
        ("piotr@ngo.example", "meeting"): 1,
    }
    assert [r.step for r in Reminder.objects.filter(user=anna).exclude(sent_at=None)] == [1]
    assert set(Reminder.objects.exclude(skipped_at=None).values_list("skipped_because", flat=True)) == {
        reminders.LATE
    }
    assert not Reminder.objects.waiting().exists()


def test_a_fault_of_one_room_stops_no_other(frozen, unit, anna, piotr, caplog):
    reminders.register("broken", lambda _reminder: 1 / 0, label="Zepsute", why="tak")
    set_one(unit, anna, due_in=timedelta(0), kind="broken")
    set_one(unit, piotr, due_in=timedelta(0))

    run_due()

    assert OutboxMail.objects.get().to == "piotr@ngo.example"
    assert Reminder.objects.waiting().get().kind == "broken"
    assert "anna@ngo.example" not in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_a_letter_of_the_room_may_bring_its_own_subject_and_reason(frozen, unit, anna):
    context = {"unit": unit, "why": "prowadzisz tę sprawę"}
    reminders.register(
        "special", lambda _r: Letter("letters/reminder", context, "Pilne"), label="Inne", why="tak"
    )
    set_one(unit, anna, due_in=timedelta(0), kind="special")

    run_due()

    assert OutboxMail.objects.get().subject == "Pilne"
    assert "bo prowadzisz tę sprawę" in OutboxMail.objects.get().text


def test_hundreds_of_due_reminders_run_in_chunks(frozen, unit):
    people = [person(f"o{n}@ngo.example") for n in range(reminders.CHUNK + 20)]
    set_reminders(unit, kind="deadline", user=people, due_at=now(), expires_at=now() + DAY)

    assert run_due() == reminders.CHUNK + 20
    assert OutboxMail.objects.count() == reminders.CHUNK + 20


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("queue")
def test_two_runs_at_once_send_one_letter_each(unit):
    people = [person(f"o{n}@ngo.example") for n in range(150)]
    set_reminders(unit, kind="deadline", user=people, due_at=now() - DAY, expires_at=now() + DAY)

    def work():
        try:
            run_due()
        finally:
            connection.close()

    runs = [threading.Thread(target=work) for _ in range(3)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()

    assert Counter(OutboxMail.objects.values_list("to", flat=True)) == {p.email: 1 for p in people}
    assert not Reminder.objects.waiting().exists()
