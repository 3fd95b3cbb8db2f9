"""Signing up, the waiting list, talks at a duty, moved and cancelled dates, the door, forgetting."""

import threading
from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from consultations import actions
from consultations.enums import State
from consultations.models import FormDate, SignUp
from consultations.models.date_lines import DateLine
from core.common.clock import now, today
from core.legal.models import AuditEntry
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from core.notifications.models import OutboxMail
from tests.factories import consultations as make
from tests.factories import meetings as meet

pytestmark = pytest.mark.django_db
KIND = "consultation_sign_up"


@pytest.fixture
def open_one(frozen):
    return make.consultation(State.OPEN)


@pytest.fixture
def talk(open_one) -> FormDate:
    return meet.date_of(open_one, seat_limit=2)


def letters(to: str) -> list[str]:
    return list(OutboxMail.objects.filter(kind=KIND, to=to).order_by("pk").values_list("subject", flat=True))


# --- seats and the list -----------------------------------------------------------------------------


def test_who_waits_gets_a_letter_without_a_date_for_the_calendar(talk):
    for _n in range(3):
        last = meet.signed_up(talk)

    letter = OutboxMail.objects.get(to=last.email).text

    assert "sprawdzisz swoje miejsce na liście" in letter
    assert "termin.ics" not in letter
    assert "potwierdzisz" not in letter


def test_who_comes_third_waits_and_gets_the_seat_that_is_given_back(talk):
    first, second, third = (meet.signed_up(talk) for _n in range(3))
    fourth = meet.signed_up(talk)
    assert [p.is_waiting for p in (first, second, third, fourth)] == [False, False, True, True]

    actions.cancel_sign_up(first, at=now())

    third.refresh_from_db()
    fourth.refresh_from_db()
    assert not third.is_waiting
    assert third.promoted_at == now()
    assert fourth.is_waiting
    assert letters(third.email)[-1].startswith("Zwolniło się miejsce")
    assert letters(fourth.email) == [letters(fourth.email)[0]]


def test_giving_back_a_place_on_the_list_lets_nobody_in(talk):
    _one, _two, third, fourth = (meet.signed_up(talk) for _n in range(4))

    actions.cancel_sign_up(third, at=now())

    fourth.refresh_from_db()
    assert fourth.is_waiting


def test_a_seat_goes_past_whoever_erased_the_account_to_the_next_one(talk):
    first, _second, erased, caller = (meet.signed_up(talk) for _n in range(4))
    clerk = make.manager(talk.form.consultation.unit)
    SignUp.objects.filter(pk=erased.pk).update(email="", name="usunięty użytkownik")
    SignUp.objects.filter(pk=caller.pk).update(email="", entered_by=clerk)

    actions.cancel_sign_up(first, at=now())

    assert SignUp.objects.get(pk=erased.pk).is_waiting
    assert not SignUp.objects.get(pk=caller.pk).is_waiting


def test_a_bigger_room_lets_the_list_in(talk):
    people = [meet.signed_up(talk) for _n in range(4)]
    talk.form.seat_limit = 3
    talk.form.save()

    assert actions.promote_waiting(talk, at=now()) == 1
    assert SignUp.objects.get(pk=people[2].pk).is_waiting is False
    assert actions.promote_waiting(talk, at=now()) == 0


def test_the_same_address_has_one_place_and_gets_its_letter_again(talk):
    first = meet.signed_up(talk, email="ja@prywatny.example")

    again = meet.signed_up(talk, email="JA@prywatny.example", name="Ktoś Inny")

    assert again == first
    assert talk.sign_ups.count() == 1
    assert len(letters("ja@prywatny.example")) == 2
    again.refresh_from_db()
    assert again.name != "Ktoś Inny"


def test_the_same_form_sent_twice_is_one_sign_up(talk):
    key = uuid4()
    who = meet.attendee()

    assert actions.sign_up(talk, who=who, at=now(), form_key=key) == actions.sign_up(
        talk, who=who, at=now(), form_key=key
    )
    assert len(letters(who.email)) == 1


@pytest.mark.parametrize("case", ["past", "called off", "no sign-ups", "consultation cancelled"])
def test_when_nobody_can_sign_up(talk, case, frozen):
    if case == "past":
        frozen.shift(timedelta(days=8))
    elif case == "called off":
        actions.cancel_date(talk, reason="Choroba.", by=None, at=now())
    elif case == "no sign-ups":
        talk.form.takes_sign_ups = False
        talk.form.save()
    else:
        actions.cancel(talk.form.consultation, by=None, at=now(), reason=make.REASON)

    with pytest.raises(LawBreached):
        meet.signed_up(talk)
    assert not talk.sign_ups.exists()


def test_confirming_is_for_those_with_a_seat(talk):
    seated, _other, waiting = (meet.signed_up(talk) for _n in range(3))

    actions.confirm_sign_up(seated, at=now())

    assert SignUp.objects.get(pk=seated.pk).confirmed_at == now()
    with pytest.raises(LawBreached):
        actions.confirm_sign_up(waiting, at=now())


def test_a_place_is_given_back_once_and_only_before_the_beginning(talk, frozen):
    one, two = meet.signed_up(talk), meet.signed_up(talk)
    actions.cancel_sign_up(one, at=now())
    with pytest.raises(LawBreached):
        actions.cancel_sign_up(one, at=now())
    frozen.shift(timedelta(days=8))
    with pytest.raises(LawBreached):
        actions.cancel_sign_up(two, at=now())


def test_the_log_knows_of_a_sign_up_but_not_whose(talk):
    person = meet.signed_up(talk)

    entries = AuditEntry.objects.of(person)

    assert entries.count() == 1
    assert "Sekretna" not in f"{entries[0].label}{entries[0].after}"


def test_an_official_writes_down_who_called(talk):
    clerk = make.manager(talk.form.consultation.unit)

    made = actions.sign_up(talk, who=meet.attendee(email=""), entered_by=clerk, at=now())

    assert made.entered_by == clerk
    assert not OutboxMail.objects.filter(kind=KIND).exists()
    with pytest.raises(MoveRefused):
        actions.sign_up(talk, who=meet.attendee(), entered_by=make.manager(), at=now())


# --- talks ------------------------------------------------------------------------------------------


def test_a_talk_belongs_to_one_person(open_one):
    duty = meet.duty_of(open_one)
    booked = meet.signed_up(duty, slot=2)

    assert booked.starts_at.astimezone().strftime("%M") == "20"
    assert booked.ends_at - booked.starts_at == timedelta(minutes=20)
    for slot in (2, 0, 4, None):
        with pytest.raises(LawBreached) as refused:
            meet.signed_up(duty, slot=slot)
        assert refused.value.breaches[0].field == "slot"
    assert duty.sign_ups.count() == 1


def test_one_address_books_one_talk_and_gets_its_letter_again(open_one):
    duty = meet.duty_of(open_one)
    booked = meet.signed_up(duty, slot=1, email="ja@prywatny.example")

    for slot in (2, 1):
        assert meet.signed_up(duty, slot=slot, email="JA@prywatny.example") == booked

    assert duty.sign_ups.get().slot == 1
    assert letters("ja@prywatny.example")[1:]


def test_a_talk_given_back_can_be_booked_again(open_one):
    duty = meet.duty_of(open_one)
    actions.cancel_sign_up(meet.signed_up(duty, slot=1), at=now())

    assert meet.signed_up(duty, slot=1).slot == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_never_book_one_talk_at_once(transactional_db):
    duty = meet.duty_of(make.consultation(State.OPEN))
    barrier, results = threading.Barrier(6), []

    def book():
        try:
            barrier.wait()
            results.append(bool(meet.signed_up(duty, slot=1)))
        except LawBreached:
            results.append(False)
        finally:
            connection.close()

    threads = [threading.Thread(target=book) for _n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == [False] * 5 + [True]
    assert duty.sign_ups.valid().count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_full_room_stays_full_when_many_come_at_once(transactional_db):
    date = meet.date_of(make.consultation(State.OPEN), seat_limit=3)
    barrier = threading.Barrier(8)

    def come():
        try:
            barrier.wait()
            meet.signed_up(date)
        finally:
            connection.close()

    threads = [threading.Thread(target=come) for _n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert date.sign_ups.seated().count() == 3
    assert date.sign_ups.waiting().count() == 5


# --- dates that change ------------------------------------------------------------------------------


def line(days: int, hour: int = 17, to: int = 19) -> DateLine:
    return DateLine(starts_on=today() + timedelta(days=days), from_hour=time(hour), to_hour=time(to))


def test_a_moved_date_keeps_its_people_and_tells_them(talk, frozen):
    person = meet.signed_up(talk)
    actions.confirm_sign_up(person, at=now())
    frozen.shift(timedelta(hours=1))

    actions.set_dates(talk.form, [line(9)], at=now())

    moved = talk.form.dates.get()
    assert moved.pk == talk.pk
    assert moved.starts_on == today() + timedelta(days=9)
    person.refresh_from_db()
    assert person.confirmed_at is None
    assert letters(person.email)[-1].startswith("Zmiana terminu")


def test_who_waits_keeps_waiting_when_the_date_moves(talk):
    for _n in range(3):
        last = meet.signed_up(talk)

    actions.set_dates(talk.form, [line(9)], at=now())

    letter = OutboxMail.objects.filter(to=last.email).latest("pk").text
    assert "Zostajesz na liście rezerwowej" in letter
    assert "termin.ics" not in letter


@pytest.mark.rule("R-CNS-06")
@pytest.mark.parametrize("days", [-3, 200])
def test_a_date_is_not_moved_into_the_past_or_out_of_the_consultation(talk, days):
    person = meet.signed_up(talk)

    with pytest.raises(LawBreached) as refused:
        actions.set_dates(talk.form, [line(days)], at=now())

    assert [breach.field for breach in refused.value.breaches] == ["dates_text"]
    assert talk.form.dates.get().starts_on == today() + timedelta(days=7)
    assert len(letters(person.email)) == 1


def test_another_date_beside_it_moves_nobody(talk):
    person = meet.signed_up(talk)

    actions.set_dates(talk.form, [line(3), line(7), line(11)], at=now())

    assert [d.starts_on.day for d in talk.form.dates.all()] == [13, 17, 21]
    person.refresh_from_db()
    assert person.date.starts_on.day == 17
    assert len(letters(person.email)) == 1


def test_a_date_left_out_is_called_off_and_stays_to_be_seen(talk):
    person = meet.signed_up(talk)
    actions.set_dates(talk.form, [line(7), line(11)], at=now())

    actions.set_dates(talk.form, [line(11)], at=now(), reason="Sala jest zajęta.")

    talk.refresh_from_db()
    assert talk.cancellation_reason == "Sala jest zajęta."
    assert letters(person.email)[-1].startswith("Odwołane")
    assert talk.form.dates.filter(cancelled_at=None).count() == 1
    actions.set_dates(talk.form, [line(11)], at=now())
    assert talk.form.dates.count() == 2


def test_a_meeting_that_was_held_stays_as_it_was_and_nobody_is_told(talk, frozen):
    person, held = meet.signed_up(talk), talk.line
    frozen.move_to(talk.starts_at + timedelta(hours=3))

    for lines in ([line(7)], [], [DateLine("", held.starts_on, None, time(17), time(20)), line(7)]):
        actions.set_dates(talk.form, lines, at=now())
        talk.refresh_from_db()
        assert (talk.starts_on, talk.cancelled_at) == (held.starts_on, None)
    with pytest.raises(LawBreached, match="minął"):
        actions.cancel_date(talk, reason="Pomyłka.", by=None, at=now())

    assert talk.to_hour == time(20)
    assert talk.form.dates.count() == 2
    assert len(letters(person.email)) == 1


def test_dates_nobody_waits_for_go_without_a_trace(talk):
    actions.set_dates(talk.form, [line(20)], at=now())
    actions.set_dates(talk.form, [], at=now())

    assert not talk.form.dates.exists()


def test_a_shorter_duty_calls_off_the_talks_that_no_longer_fit(open_one):
    duty = meet.duty_of(open_one)
    first, last = meet.signed_up(duty, slot=1), meet.signed_up(duty, slot=3)

    actions.set_dates(duty.form, [DateLine("", duty.starts_on, None, time(14), time(14, 40))], at=now())

    first.refresh_from_db()
    last.refresh_from_db()
    assert first.cancelled_at is None
    assert last.cancelled_at == now()
    assert letters(last.email)[-1].startswith("Odwołane")


def test_calling_off_a_date_tells_everybody_and_is_written_down(talk):
    people = [meet.signed_up(talk) for _n in range(3)]

    actions.cancel_date(talk, reason="Awaria ogrzewania.", by=None, at=now())

    assert all(letters(person.email)[-1].startswith("Odwołane") for person in people)
    entry = AuditEntry.objects.of(talk.form.consultation).filter(is_public=True).first()
    assert entry.reason == "Awaria ogrzewania."
    with pytest.raises(LawBreached):
        actions.cancel_date(talk, reason="Jeszcze raz.", by=None, at=now())


def test_calling_off_wants_a_reason_and_the_right_person(talk):
    with pytest.raises(LawBreached):
        actions.cancel_date(talk, reason="  ", by=None, at=now())
    with pytest.raises(MoveRefused):
        actions.cancel_date(talk, reason="Tak.", by=make.manager(), at=now())


def test_a_cancelled_consultation_calls_off_its_coming_dates(talk):
    person = meet.signed_up(talk)

    actions.cancel(talk.form.consultation, by=None, at=now(), reason="Projekt wycofano.")

    talk.refresh_from_db()
    assert talk.cancellation_reason == "Projekt wycofano."
    assert letters(person.email)[-1].startswith("Odwołane")


def test_a_new_place_is_told_to_those_who_come(talk):
    person = meet.signed_up(talk)
    talk.form.place = "ul. Inna 2"
    talk.form.save()

    assert actions.tell_new_place(talk.form, at=now()) == 1
    assert letters(person.email)[-1].startswith("Zmiana miejsca")


# --- the day before, the door, afterwards -----------------------------------------------------------


def test_the_reminder_is_sent_once_and_again_after_a_move(talk, frozen):
    person, late = meet.signed_up(talk), None
    frozen.move_to(talk.starts_at - timedelta(hours=23))
    late = meet.signed_up(talk)

    assert actions.remind_of_meetings(at=now()) == 1
    assert actions.remind_of_meetings(at=now()) == 0
    assert letters(person.email)[-1].startswith("Przypomnienie")
    assert len(letters(late.email)) == 1

    actions.set_dates(talk.form, [line(5)], at=now())
    assert actions.remind_of_meetings(at=now()) == 0
    frozen.shift(timedelta(days=4, hours=2))
    assert actions.remind_of_meetings(at=now()) == 2


def test_nobody_is_reminded_of_a_date_called_off_or_a_place_not_theirs(talk, frozen):
    people = [meet.signed_up(talk) for _n in range(3)]
    actions.cancel_sign_up(people[0], at=now())
    waiting = meet.signed_up(talk)
    frozen.move_to(talk.starts_at - timedelta(hours=20))

    assert actions.remind_of_meetings(at=now()) == 2
    assert len(letters(waiting.email)) == 1
    SignUp.objects.update(reminded_at=None)
    actions.cancel_date(talk, reason="Choroba.", by=None, at=now())
    assert actions.remind_of_meetings(at=now()) == 0


@pytest.mark.rule("R-CNS-19")
def test_the_door_counts_the_participants(talk, frozen):
    came, missing = meet.signed_up(talk), meet.signed_up(talk)
    foreign = meet.signed_up(meet.date_of(talk.form.consultation))
    clerk = make.manager(talk.form.consultation.unit)
    with pytest.raises(LawBreached):
        actions.check_in(talk, present=[came.pk], walk_ins=4, by=clerk, at=now())
    frozen.move_to(talk.starts_at)

    actions.check_in(talk, present=[came.pk, missing.pk], walk_ins=4, by=clerk, at=now())
    actions.check_in(talk, present=[came.pk, foreign.pk], walk_ins=4, by=clerk, at=now())

    talk.form.refresh_from_db()
    assert talk.form.participants_count == 5
    assert SignUp.objects.get(pk=missing.pk).attended_at is None
    assert SignUp.objects.get(pk=foreign.pk).attended_at is None
    with pytest.raises(MoveRefused):
        actions.check_in(talk, present=[], walk_ins=0, by=make.manager(), at=now())


@pytest.mark.rule("R-WEB-11")
def test_a_month_later_only_counts_are_left(talk, frozen):
    person = meet.signed_up(talk, needs=("sign_language",), needs_note="ulotka dużym drukiem")
    token, limit = person.token, talk.starts_on + timedelta(days=30)
    frozen.move_to(talk.starts_at + timedelta(days=30))
    assert today() == limit
    assert actions.forget_sign_ups(at=now()) == 0

    frozen.shift(timedelta(days=1))
    assert actions.forget_sign_ups(at=now()) == 1
    assert actions.forget_sign_ups(at=now()) == 0

    person.refresh_from_db()
    assert (person.name, person.email, person.needs, person.needs_note) == ("", "", [], "")
    assert talk.sign_ups.count() == 1
    assert not SignUp.objects.by_token(token).exists()
