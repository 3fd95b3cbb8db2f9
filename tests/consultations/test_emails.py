"""Letters: what they say, to whom, once; and the reminders before the end."""

from datetime import timedelta

import pytest

from consultations import actions
from consultations.enums import State
from core.common.clock import now
from core.notifications.follows import follow
from core.notifications.models import OutboxMail, Reminder
from core.notifications.preferences import mute
from core.notifications.reminders import run_due
from tests.factories import consultations as make
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def letter(subject: str, to: str = "") -> OutboxMail:
    found = OutboxMail.objects.filter(subject__startswith=subject)
    return found.get(to=to) if to else found.get()


def to_report(made, frozen) -> None:
    frozen.move_to(made.ends_at)
    actions.close_due(now())
    made.refresh_from_db()
    actions.start_analysis(made, by=None, at=now())
    make.write_report(made)
    for remark in made.remarks.to_answer():
        make.answer(remark)
    actions.publish_report(made, by=None, at=now())


@pytest.mark.rule("R-CNS-15")
def test_the_receipt_says_number_remarks_and_until_when_one_may_change_them(frozen):
    made = make.consultation(State.OPEN, title="Zasady sal")
    sent = make.submission(made, remarks=2, who=make.sender(wants_report=True))

    mail = letter("Przyjęliśmy Twoje uwagi")

    assert mail.to == sent.email
    assert f"Numer zgłoszenia: {sent.number}" in mail.text
    assert "- Uwaga 1/2, do: 3.1" in mail.text
    assert "wtorku 30 czerwca 2026, godz.\u00a023:59" in mail.text
    assert f"Zobacz swoje zgłoszenie: http://testserver{sent.get_private_url()}" in mail.text
    assert "Gdy opublikujemy raport" in mail.text
    assert "Zenobia" not in mail.text


def test_what_people_type_puts_no_address_of_others_into_a_letter(frozen):
    made = make.consultation(State.OPEN)
    texts = [actions.RemarkText(proposed_wording="Wejdź na https://spam.example", part="3.1")]

    actions.file_submission(made, sender=make.sender(), remarks=texts, at=now())

    mail = letter("Przyjęliśmy Twoje uwagi")
    assert "spam.example" not in mail.text + mail.html


@pytest.mark.parametrize(("days_before", "word"), [(7, "Za 7 dni"), (1, "Jutro")])
def test_followers_are_reminded_before_the_end(frozen, days_before, word):
    made, person = make.consultation(State.OPEN, title="Zasady sal"), UserFactory()
    follow(person, made)

    frozen.move_to(made.ends_at - timedelta(days=days_before, hours=15, minutes=59))
    run_due()

    mail = letter(f"{word} kończą się konsultacje: Zasady sal")
    assert made.get_absolute_url() in mail.text
    assert "bo obserwujesz te konsultacje" in mail.text
    run_due()
    assert OutboxMail.objects.count() == 1


def test_nobody_is_reminded_of_what_was_called_off_or_muted(frozen):
    made, person, quiet = make.consultation(State.OPEN), UserFactory(), UserFactory()
    follow(person, made)
    follow(quiet, made)
    mute(quiet, "consultation_end")
    frozen.move_to(made.ends_at - timedelta(days=6))
    run_due()
    first = OutboxMail.objects.count()
    actions.cancel(made, by=None, at=now(), reason=make.REASON)
    OutboxMail.objects.all().delete()
    frozen.move_to(made.ends_at)

    run_due()

    assert first == 1
    assert not OutboxMail.objects.exists()


def test_who_follows_a_plan_hears_of_the_notice_and_gets_the_reminders(frozen):
    made, person = make.consultation(State.PLANNED, title="Zasady sal"), UserFactory()
    follow(person, made)

    actions.announce(made, by=None, at=now())

    mail = letter("Zapowiedź konsultacji: Zasady sal")
    assert mail.to == person.email
    assert "List-Unsubscribe" in mail.headers
    assert Reminder.objects.filter(user=person).count() == 2


def test_news_can_be_switched_off(frozen):
    made, person = make.consultation(State.PLANNED), UserFactory()
    follow(person, made)
    mute(person, "consultation_news")

    actions.announce(made, by=None, at=now())

    assert not OutboxMail.objects.exists()


@pytest.mark.rule("R-CNS-20")
def test_the_report_reaches_all_who_wrote_and_the_outcome_those_who_asked(frozen):
    made = make.consultation(State.OPEN, title="Zasady sal")
    asked = make.submission(made, who=make.sender(wants_report=True))
    silent = make.submission(made, who=make.sender(wants_report=False))
    follower = UserFactory()
    follow(follower, made)
    to_report(made, frozen)
    made.outcome = "Uchwała przyjęta."
    actions.save_consultation(made, by=None, at=now(), reason=make.REASON)

    actions.publish_outcome(made, by=None, at=now())

    for subject in ("Raport z konsultacji: Zasady sal", "Co wynikło z konsultacji: Zasady sal"):
        assert asked.number in letter(subject, asked.email).text
        assert "obserwujesz" in letter(subject, follower.email).text
    assert silent.number in letter("Raport z konsultacji: Zasady sal", silent.email).text
    assert not OutboxMail.objects.filter(subject__startswith="Co wynikło", to=silent.email).exists()
    assert "Uchwała przyjęta." in letter("Co wynikło", asked.email).text


def test_who_wrote_and_follows_gets_one_letter(frozen):
    made, person = make.consultation(State.OPEN), UserFactory()
    make.submission(made, who=make.sender(email=person.email, wants_report=True))
    follow(person, made)

    to_report(made, frozen)

    assert OutboxMail.objects.filter(subject__startswith="Raport", to=person.email).count() == 1


def test_withdrawn_senders_hear_nothing_more(frozen):
    made = make.consultation(State.OPEN)
    gone = make.submission(made, who=make.sender(wants_report=True))
    actions.withdraw_submission(gone, at=now())
    to_report(made, frozen)

    assert not OutboxMail.objects.filter(subject__startswith="Raport").exists()


def test_a_title_cannot_break_the_subject(frozen):
    made = make.consultation(State.OPEN, title="Sale\r\nBcc: obcy@example.org")
    make.submission(made)
    follow(UserFactory(), made)

    actions.cancel(made, by=None, at=now(), reason=make.REASON)

    assert all("\n" not in mail.subject for mail in OutboxMail.objects.all())
