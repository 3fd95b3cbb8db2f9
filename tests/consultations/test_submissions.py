"""Sending, changing and withdrawing remarks; what the office enters; answers."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections

from consultations import actions, tasks
from consultations.actions import RemarkText
from consultations.enums import Channel, PositionCode, Regime, RespondentType, State
from consultations.models import Remark, Submission
from core.accounts.roles import Role
from core.common.clock import now
from core.legal.models import AuditEntry
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from core.notifications.models import OutboxMail
from portal.schedule import TIMETABLE
from tests.factories import consultations as make
from tests.factories.accounts import official, unit

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def texts(*words: str) -> list[RemarkText]:
    return [RemarkText(proposed_wording=word) for word in words]


def fields_of(refused: pytest.ExceptionInfo) -> list[str]:
    return [breach.field for breach in refused.value.breaches]


# --- sending ----------------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-15")
def test_remarks_get_a_number_and_a_receipt(frozen):
    made = make.consultation(State.OPEN)

    first, second = make.submission(made, remarks=2), make.submission(made)

    assert (first.number, second.number) == ("K/1/2026/0001", "K/1/2026/0002")
    assert list(made.remarks.values_list("number", flat=True)) == [1, 2, 3]
    mail = OutboxMail.objects.get(to=first.email)
    assert first.number in mail.subject
    assert first.get_private_url() in mail.text
    assert not first.is_late


@pytest.mark.rule("R-CNS-15")
@pytest.mark.parametrize(
    ("after_end", "is_late"), [(-SECOND, False), (timedelta(0), True), (timedelta(days=3), True)]
)
def test_the_second_of_the_end_decides_what_is_late(frozen, after_end, is_late):
    made = make.consultation(State.OPEN)
    frozen.move_to(made.ends_at + after_end)

    sent = make.submission(made)

    assert sent.is_late is is_late
    assert ("po końcu konsultacji" in OutboxMail.objects.get(to=sent.email).text) is is_late


@pytest.mark.rule("R-CNS-15")
@pytest.mark.parametrize(
    "state", [State.PLANNED, State.ANNOUNCED, State.REPORT_PUBLISHED, State.ARCHIVED, State.CANCELLED]
)
def test_remarks_are_not_taken_before_the_start_after_the_report_and_when_called_off(frozen, state):
    made = make.consultation(state)

    with pytest.raises(LawBreached):
        make.submission(made)

    assert not Submission.objects.exists()


def test_a_consultation_without_the_form_takes_no_remarks(frozen):
    made = make.consultation(State.OPEN, accepts_remarks=False)

    with pytest.raises(LawBreached):
        make.submission(made)


@pytest.mark.rule("R-CNS-14")
def test_residents_do_not_write_in_consultations_of_organisations(frozen):
    made = make.consultation(State.OPEN, regimes=[Regime.NGO.value])

    with pytest.raises(LawBreached) as refused:
        make.submission(made)
    make.submission(made, who=make.sender(RespondentType.NGO))

    assert fields_of(refused) == ["respondent_type"]
    assert made.submissions.count() == 1


@pytest.mark.rule("R-CNS-14")
@pytest.mark.parametrize(("field", "who"), [("name", {"name": ""}), ("email", {"email": ""})])
def test_nobody_writes_without_a_name_and_an_address(frozen, field, who):
    made = make.consultation(State.OPEN)

    with pytest.raises(LawBreached) as refused:
        make.submission(made, who=make.sender(**who))

    assert fields_of(refused) == [field]


@pytest.mark.rule("R-CNS-13")
def test_remarks_without_words_and_too_many_are_refused(frozen):
    made = make.consultation(State.OPEN)

    for words in ([], [" "], ["x"] * 51):
        with pytest.raises(LawBreached):
            actions.file_submission(made, sender=make.sender(), remarks=texts(*words), at=now())

    assert not Remark.objects.exists()


def test_the_same_form_sent_twice_is_one_submission(frozen):
    made, key = make.consultation(State.OPEN), uuid4()

    first, again = [
        actions.file_submission(made, sender=make.sender(), remarks=texts("Sale"), at=now(), form_key=key)
        for _ in range(2)
    ]

    assert first == again
    assert made.remarks.count() == 1


def test_a_resident_leaves_no_organisation(frozen):
    made = make.consultation(State.OPEN)

    sent = make.submission(made, who=make.sender(organisation_name="Firma sąsiada"))

    assert sent.organisation_name == ""


def test_the_log_holds_no_personal_data(frozen):
    made = make.consultation(State.OPEN)
    sent = make.submission(made)
    actions.edit_submission(sent, remarks=texts("Inaczej"), at=now())
    actions.withdraw_submission(sent, at=now())

    logged = str(list(AuditEntry.objects.values_list("label", "before", "after", "reason")))

    assert "Zenobia" not in logged
    assert sent.email not in logged


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_get_different_numbers():
    made = make.consultation(State.OPEN)
    failures = []

    def send() -> None:
        try:
            make.submission(made, remarks=2)
        except Exception as fault:
            failures.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert sorted(made.submissions.values_list("serial", flat=True)) == [1, 2, 3, 4]
    assert sorted(made.remarks.values_list("number", flat=True)) == list(range(1, 9))


# --- by the private link ----------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-15")
def test_one_changes_adds_and_takes_back_remarks_until_the_end(frozen):
    made = make.consultation(State.OPEN)
    sent = make.submission(made, remarks=2)
    first = sent.remarks.earliest("number")
    frozen.move_to(made.ends_at - SECOND)

    wanted = [RemarkText("Sale w soboty.", remark_id=first.pk), RemarkText("Więcej światła.")]
    actions.edit_submission(sent, remarks=wanted, at=now())

    remarks = {r.number: r for r in made.remarks.all()}
    assert remarks[1].proposed_wording == "Sale w soboty."
    assert remarks[2].withdrawn_at == now()
    assert remarks[3].proposed_wording == "Więcej światła."
    sent.refresh_from_db()
    assert sent.edited_at == now()


@pytest.mark.rule("R-CNS-15")
def test_after_the_end_nothing_is_changed_or_withdrawn(frozen):
    made = make.consultation(State.OPEN)
    sent = make.submission(made)
    frozen.move_to(made.ends_at)

    with pytest.raises(LawBreached):
        actions.edit_submission(sent, remarks=texts("Za późno"), at=now())
    with pytest.raises(LawBreached):
        actions.withdraw_submission(sent, at=now())

    assert not sent.may_be_edited
    assert made.remarks.get().withdrawn_at is None


def test_an_answered_remark_stays_as_it_was(frozen):
    made = make.consultation(State.OPEN)
    sent = make.submission(made, remarks=2)
    first, second = sent.remarks.order_by("number")
    make.answer(first)
    actions.publish_positions([first], by=None, at=now())

    actions.edit_submission(sent, remarks=[RemarkText("Sale w soboty.", remark_id=second.pk)], at=now())
    sent.refresh_from_db()
    with pytest.raises(LawBreached):
        actions.withdraw_submission(sent, at=now())

    first.refresh_from_db()
    assert first.proposed_wording == "Sale także w niedziele, uwaga 1."
    assert first.withdrawn_at is None


def test_a_change_made_in_another_window_is_not_overwritten(frozen):
    made = make.consultation(State.OPEN)
    sent = make.submission(made)
    actions.edit_submission(sent, remarks=texts("Z pierwszego okna"), at=now())

    with pytest.raises(LawBreached):
        actions.edit_submission(sent, remarks=texts("Z drugiego okna"), at=now(), seen_at=None)

    assert made.remarks.valid().get().proposed_wording == "Z pierwszego okna"


def test_a_remark_of_somebody_else_cannot_be_changed(frozen):
    made = make.consultation(State.OPEN)
    mine, other = make.submission(made), make.submission(made)
    foreign = other.remarks.get()

    actions.edit_submission(mine, remarks=[RemarkText("Przejęte", remark_id=foreign.pk)], at=now())

    foreign.refresh_from_db()
    assert foreign.proposed_wording != "Przejęte"
    assert foreign.withdrawn_at is None


def test_withdrawn_remarks_disappear_and_their_link_dies(frozen):
    made = make.consultation(State.OPEN)
    sent = make.submission(made)
    token = sent.token

    actions.withdraw_submission(sent, at=now())

    assert not Remark.objects.published().exists()
    assert not Submission.objects.by_token(token).exists()


@pytest.mark.parametrize("token", ["", "abc", "MQ:1:x", "x" * 500])
def test_a_forged_link_opens_nothing(frozen, token):
    make.submission(make.consultation(State.OPEN))

    assert not Submission.objects.by_token(token).exists()


# --- what the office enters -------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-12")
def test_paper_is_registered_with_its_channel_and_by_whom(frozen):
    made = make.consultation(State.OPEN)
    clerk = make.manager(made.unit)

    sent = make.entry(made, by=clerk)

    assert (sent.channel, sent.entered_by, sent.email) == (Channel.PAPER, clerk, "")
    assert not OutboxMail.objects.exists()


@pytest.mark.rule("R-CNS-12")
def test_paper_is_late_by_the_day_it_came_not_by_the_day_it_was_typed(frozen):
    made = make.consultation(State.OPEN)
    clerk = make.manager(made.unit)
    came_at = made.ends_at - timedelta(hours=2)
    frozen.move_to(made.ends_at + timedelta(days=2))

    fields = {"sender": make.sender(), "channel": Channel.PAPER, "by": clerk, "at": now()}
    in_time = actions.enter_submission(made, remarks=texts("a"), received_at=came_at, **fields)
    late = actions.enter_submission(made, remarks=texts("b"), received_at=made.ends_at, **fields)

    assert (in_time.is_late, late.is_late) == (False, True)


@pytest.mark.rule("R-CNS-12")
def test_epuap_and_the_future_are_refused(frozen):
    made = make.consultation(State.OPEN)
    clerk = make.manager(made.unit)
    fields = {"sender": make.sender(), "remarks": texts("a"), "by": clerk, "at": now()}

    with pytest.raises(LawBreached) as epuap:
        actions.enter_submission(made, channel=Channel.EPUAP, received_at=now(), **fields)
    with pytest.raises(LawBreached) as future:
        actions.enter_submission(made, channel=Channel.PAPER, received_at=now() + SECOND, **fields)

    assert fields_of(epuap) == ["channel"]
    assert fields_of(future) == ["received_at"]


def test_only_the_units_concerned_enter_remarks(frozen):
    made = make.consultation(State.OPEN)
    helping = unit()
    made.co_units.add(helping)

    make.entry(made, by=make.manager(helping))
    for stranger in (make.manager(), official(Role.UNIT_EDITOR, made.unit)):
        with pytest.raises(MoveRefused):
            make.entry(made, by=stranger)


# --- answers ----------------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-17")
def test_one_answer_goes_to_many_remarks_and_stays_a_draft(frozen):
    made = make.consultation(State.OPEN)
    make.submission(made, remarks=3)
    clerk = make.manager(made.unit)

    count = actions.answer_remarks(
        made.remarks.all(),
        code=PositionCode.OTHER_MODE,
        position="Wpiszcie to do oferty.",
        by=clerk,
        at=now(),
    )

    assert count == 3
    assert {r.public_position for r in made.remarks.all()} == {""}
    assert not made.remarks.answered().exists()


@pytest.mark.rule("R-CNS-18")
def test_incomplete_positions_are_not_published(frozen):
    made = make.consultation(State.OPEN)
    make.submission(made, remarks=2)
    make.answer(made.remarks.get(number=1))
    make.answer(made.remarks.get(number=2), position="Nie.")

    with pytest.raises(LawBreached) as refused:
        actions.publish_positions(made.remarks.all(), by=None, at=now())
    published = actions.publish_positions(made.remarks.filter(number=1), by=None, at=now())

    assert "1/2" in str(refused.value)
    assert "1/1" not in str(refused.value)
    assert published == 1
    assert made.remarks.get(number=1).public_position == make.POSITION


@pytest.mark.rule("R-CNS-16")
def test_a_published_position_of_another_unit_names_it(frozen):
    made = make.consultation(State.OPEN)
    make.submission(made)
    other = unit("Zarząd Próbny")
    make.answer(made.remarks.get(), unit=other)

    actions.publish_positions(made.remarks.all(), by=None, at=now())

    assert made.remarks.with_author().get().public_position == f"Zarząd Próbny: {make.POSITION}"


@pytest.mark.rule("R-CNS-15")
def test_late_remarks_are_not_answered(frozen):
    made = make.consultation(State.OPEN)
    frozen.move_to(made.ends_at)
    make.submission(made)

    with pytest.raises(LawBreached):
        make.answer(made.remarks.get())


def test_another_unit_does_not_answer(frozen):
    made = make.consultation(State.OPEN)
    make.submission(made)

    with pytest.raises(MoveRefused):
        actions.answer_remarks(
            made.remarks.all(),
            code=PositionCode.ACCEPTED,
            position=make.POSITION,
            by=make.manager(),
            at=now(),
        )
    with pytest.raises(MoveRefused):
        actions.hide_remark(made.remarks.get(), reason="x", by=make.manager(), at=now())


def test_a_remark_is_hidden_with_a_reason_and_can_come_back(frozen):
    made = make.consultation(State.OPEN)
    make.submission(made)
    remark = made.remarks.get()

    with pytest.raises(LawBreached):
        actions.hide_remark(remark, reason=" ", by=None, at=now())
    actions.hide_remark(remark, reason="Dane osobowe sąsiada.", by=None, at=now())
    hidden = list(Remark.objects.published())
    actions.show_remark(remark, by=None, at=now())

    assert hidden == []
    assert list(Remark.objects.published()) == [remark]


# --- retention --------------------------------------------------------------------------------------


def test_names_and_addresses_go_two_years_after_the_report(frozen):
    old, called_off, running = (
        make.consultation(State.OPEN),
        make.consultation(State.OPEN),
        make.consultation(State.OPEN),
    )
    for made in (old, called_off, running):
        make.submission(made)
    kept = make.submission(old, who=make.sender(RespondentType.NGO))
    actions.cancel(called_off, by=None, at=now(), reason=make.REASON)
    frozen.move_to(old.ends_at)
    actions.close_due(now())
    old.refresh_from_db()
    actions.start_analysis(old, by=None, at=now())
    make.write_report(old)
    for remark in old.remarks.all():
        make.answer(remark)
    actions.publish_report(old, by=None, at=now())

    early = actions.forget_senders(at=now() + timedelta(days=365))
    due = actions.forget_senders(at=now() + timedelta(days=2 * 366))

    assert (early, due) == (0, 3)
    assert set(Submission.objects.exclude(email="").values_list("consultation", flat=True)) == {running.pk}
    kept.refresh_from_db()
    assert str(kept.public_author) == "Fundacja Próbna"
    assert old.remarks.count() == 2


def test_the_tasks_do_what_the_actions_do(frozen):
    made = make.consultation(State.ANNOUNCED)
    frozen.move_to(made.ends_at)

    assert tasks.follow_the_clock() == 2
    assert tasks.follow_the_clock() == 0
    assert tasks.forget_senders() == 0
    assert {"consultations.tasks.follow_the_clock", "consultations.tasks.forget_senders"} <= {
        line["task"] for line in TIMETABLE.values()
    }
