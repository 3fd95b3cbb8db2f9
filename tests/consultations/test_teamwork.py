"""Answering together: groups, other units, the second person, covered words, letters to authors."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from consultations import actions, tasks
from consultations.enums import PositionCode, RedactionReason, State
from consultations.models import Assignment, Redaction, Remark, RemarkGroup, RemarkOriginal
from consultations.permissions import answering_units, city_units
from core.city.enums import UnitKind
from core.city.models import OrganizationalUnit
from core.common.clock import now, today
from core.legal.models import AuditEntry
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from core.notifications.models import OutboxMail
from tests.factories import consultations as make
from tests.factories.accounts import unit

pytestmark = pytest.mark.django_db


def with_remarks(count: int = 2, **fields):
    made = make.consultation(State.OPEN, **fields)
    for _n in range(count):
        make.submission(made)
    return made, list(made.remarks.order_by("number"))


def answer(remarks, by=None, **fields):
    values = {"code": PositionCode.ACCEPTED, "position": make.POSITION, **fields}
    return actions.answer_remarks(remarks, by=by, at=now(), **values)


def publish_report(made, frozen) -> None:
    to_analysis(made, frozen)
    actions.publish_report(made, by=None, at=now())


def to_analysis(made, frozen) -> None:
    frozen.move_to(made.ends_at + timedelta(minutes=1))
    actions.close_due(now())
    made.refresh_from_db()
    actions.start_analysis(made, by=None, at=now())
    make.write_report(made)


def letters(subject: str):
    return OutboxMail.objects.filter(subject__startswith=subject)


def test_many_are_answered_approved_and_published_in_few_queries(frozen, django_assert_max_num_queries):
    made = make.consultation(State.OPEN)
    for _n in range(2):
        make.submission(made, remarks=20)
    clerk = make.manager(made.unit)
    answer(list(made.remarks.filter(number=1)), by=clerk)  # parameters and roles are read once
    with django_assert_max_num_queries(25):
        answer(made.remarks.all(), by=clerk)
    with django_assert_max_num_queries(25):
        actions.publish_positions(made.remarks.all(), by=clerk, at=now())

    assert made.remarks.answered().count() == 40
    assert AuditEntry.objects.filter(verb="Stanowisko do uwagi").count() == 40
    assert AuditEntry.objects.filter(verb="Publikacja stanowiska").count() == 40


# --- a public position ------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-18")
def test_a_public_position_stays_whole_and_its_author_is_told_of_the_change(frozen):
    made, rows = with_remarks(2)
    answer(rows)
    actions.publish_positions(rows, by=None, at=now())

    for wrong in ({"code": ""}, {"position": "Nie."}):
        with pytest.raises(LawBreached, match="jest już publiczne"):
            answer(rows[:1], **wrong)
    answer(rows[:1], code=PositionCode.REJECTED)
    frozen.shift(timedelta(minutes=1))
    answer(rows[:1], code=PositionCode.REJECTED)  # the second click changes nothing

    remark = made.remarks.get(number=1)
    assert (remark.position_code, remark.is_answered) == (PositionCode.REJECTED, True)
    mail = letters("Zmieniliśmy odpowiedź").get()
    assert mail.to == remark.submission.email
    assert "Stanowisko teraz: nieprzyjęta" in mail.text
    assert "zbierzemy w raporcie" in mail.text


@pytest.mark.rule("R-CNS-18")
def test_a_position_in_the_report_changes_with_a_reason_that_everybody_reads(frozen):
    made, rows = with_remarks(2)
    answer(rows)
    publish_report(made, frozen)

    with pytest.raises(LawBreached, match="Powód zmiany"):
        answer(rows, code=PositionCode.REJECTED, why=" ")
    answer(rows, code=PositionCode.REJECTED, why="Pomyliliśmy kody.")

    page = Client().get(made.get_absolute_url()).content.decode().replace("\u00a0", " ")
    for text in ("Zmiana stanowisk w raporcie", "Pomyliliśmy kody.", ", ".join(row.name for row in rows)):
        assert text in page
    mail = letters("Zmieniliśmy odpowiedź").get(to=rows[0].submission.email)
    assert "Powód: Pomyliliśmy kody." in mail.text
    assert "odpowiedzi są w raporcie" in mail.text


@pytest.mark.rule("R-CNS-16")
def test_the_asked_unit_does_not_change_what_is_public(frozen):
    made, rows = with_remarks(1)
    engineer = make.manager(roads := unit("Zarząd"))
    actions.assign_remarks(rows, unit=roads, due_on=today(), by=None, at=now())
    answer(rows, by=engineer)
    actions.publish_positions(rows, by=None, at=now())

    with pytest.raises(LawBreached, match="jednostka, która prowadzi"):
        answer(rows, by=engineer, code=PositionCode.REJECTED)
    answer(rows, by=make.manager(made.unit), code=PositionCode.REJECTED)


# --- groups -----------------------------------------------------------------------------------------


def test_like_remarks_are_tied_and_keep_their_numbers(frozen):
    made, rows = with_remarks(3)

    group = actions.group_remarks(rows[:2], subject="Sale w niedziele", by=None, at=now())

    assert group.subject == "Sale w niedziele"
    assert list(group.remarks.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert AuditEntry.objects.of(made).filter(verb="Połączenie podobnych uwag").exists()


def test_tying_with_a_tied_remark_brings_its_group_along(frozen):
    _made, rows = with_remarks(3)
    actions.group_remarks(rows[:2], by=None, at=now())

    group = actions.group_remarks([rows[0], rows[2]], by=None, at=now())

    assert group.remarks.count() == 3
    assert RemarkGroup.objects.count() == 1


def test_a_group_needs_two_remarks_of_one_consultation(frozen):
    _made, rows = with_remarks(2)
    _other, foreign = with_remarks(1)

    with pytest.raises(LawBreached):
        actions.group_remarks(rows[:1], by=None, at=now())
    with pytest.raises(LawBreached):
        actions.group_remarks([rows[0], *foreign], by=None, at=now())


def test_a_group_of_one_is_no_group(frozen):
    _made, rows = with_remarks(2)
    actions.group_remarks(rows, by=None, at=now())

    assert actions.ungroup_remarks(rows[:1], by=None, at=now()) == 1

    assert not RemarkGroup.objects.exists()
    assert not Remark.objects.exclude(group=None).exists()


# --- other units --------------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-16")
def test_another_unit_is_asked_by_mail_and_answers_in_its_own_name(frozen):
    made, rows = with_remarks(2)
    roads = unit("Zarząd Dróg Próbnych")
    engineer = make.manager(roads)

    given = actions.assign_remarks(rows[:1], unit=roads, due_on=today(), note="Koszty?", by=None, at=now())
    answer(rows[:1], by=engineer, unit=None)
    actions.publish_positions(rows[:1], by=None, at=now())

    mail = letters("Prośba o stanowisko").get()
    assert mail.to == engineer.email
    assert "Koszty?" in mail.text
    assert given.get_desk_url() in mail.text
    given.refresh_from_db()
    assert given.done_at == now()
    remark = made.remarks.get(number=1)
    assert remark.public_position == f"Zarząd Dróg Próbnych: {make.POSITION}"


@pytest.mark.rule("R-CNS-16")
def test_the_asked_unit_writes_its_remarks_only_and_publishes_nothing(frozen):
    made, rows = with_remarks(2)
    engineer = make.manager(roads := unit("Zarząd"))
    actions.assign_remarks(rows[:1], unit=roads, due_on=today(), by=None, at=now())

    with pytest.raises(MoveRefused):
        answer(rows, by=engineer)
    answer(rows[:1], by=engineer, unit=made.unit)
    with pytest.raises(MoveRefused):
        actions.publish_positions(rows[:1], by=engineer, at=now())

    assert made.remarks.get(number=1).position_unit == roads
    assert made.remarks.get(number=2).position == ""


def test_a_request_that_was_called_off_opens_nothing(frozen):
    made, rows = with_remarks(1)
    engineer = make.manager(roads := unit("Zarząd"))
    given = actions.assign_remarks(rows, unit=roads, due_on=today(), by=None, at=now())

    actions.call_off_assignment(given, by=make.manager(made.unit), at=now())

    mail = letters("Stanowisko do uwag nie jest").get()
    assert mail.to == engineer.email
    assert made.get_absolute_url() in mail.text
    assert given.get_desk_url() not in mail.text
    with pytest.raises(MoveRefused):
        answer(rows, by=engineer)
    with pytest.raises(MoveRefused):
        actions.call_off_assignment(given, by=None, at=now())


def test_remarks_given_on_leave_the_first_unit(frozen):
    _made, rows = with_remarks(2)
    asked = make.manager(unit("Pierwsza"))
    actions.assign_remarks(rows, unit=unit("Pierwsza"), due_on=today(), by=None, at=now())
    first = actions.assign_remarks(rows, unit=unit("Pierwsza"), due_on=today(), by=None, at=now())
    assert not letters("Stanowisko do uwag nie jest").exists()

    actions.assign_remarks(rows, unit=make.office("Druga"), due_on=today(), by=None, at=now())

    assert letters("Stanowisko do uwag nie jest").get().to == asked.email
    first.refresh_from_db()
    assert first.called_off_at == now()
    assert Assignment.objects.under_way().count() == 1


def test_published_and_late_remarks_are_given_to_nobody(frozen):
    _made, rows = with_remarks(1)
    answer(rows)
    actions.publish_positions(rows, by=None, at=now())

    with pytest.raises(LawBreached, match="opublikowane"):
        actions.assign_remarks(rows, unit=make.office("Druga"), due_on=today(), by=None, at=now())


@pytest.mark.rule("R-CNS-16")
def test_a_unit_without_people_is_given_nothing(frozen):
    _made, rows = with_remarks(1)

    with pytest.raises(LawBreached, match="nikt z niej nie odpowiada"):
        actions.assign_remarks(rows, unit=unit("Ministerstwo"), due_on=today(), by=None, at=now())

    assert not Assignment.objects.exists()


# --- the second person ----------------------------------------------------------------------------------


@pytest.fixture
def careful(frozen):
    """A consultation whose positions a second person approves, a remark, and two officials."""
    made, rows = with_remarks(1, needs_second_person=True)
    return made, rows, make.manager(made.unit), make.manager(made.unit)


@pytest.mark.rule("R-CNS-18")
def test_the_second_person_approves_and_only_then_it_is_published(careful):
    made, rows, writer, other = careful
    answer(rows, by=writer)

    with pytest.raises(LawBreached, match="drugą osobę"):
        actions.publish_positions(rows, by=other, at=now())
    with pytest.raises(LawBreached, match="Zatwierdza je inna osoba"):
        actions.approve_positions(rows, by=writer, at=now())
    assert actions.approve_positions(rows, by=other, at=now()) == 1
    assert actions.publish_positions(rows, by=writer, at=now()) == 1

    remark = made.remarks.get()
    assert (remark.approved_by, remark.is_answered) == (other, True)


@pytest.mark.rule("R-CNS-18")
def test_a_changed_position_is_approved_and_published_anew(careful):
    made, rows, writer, other = careful
    answer(rows, by=writer)
    actions.approve_positions(rows, by=other, at=now())
    actions.publish_positions(rows, by=other, at=now())

    answer(rows, by=other, code=PositionCode.REJECTED)

    remark = made.remarks.get()
    assert (remark.approved_at, remark.answered_at) == (None, None)
    assert remark.answered_by == other


@pytest.mark.rule("R-CNS-18")
def test_the_report_waits_for_the_second_person_and_is_not_rewritten_by_one(careful, frozen):
    made, rows, writer, other = careful
    to_analysis(made, frozen)
    answer(rows, by=writer)
    with pytest.raises(LawBreached, match="na zatwierdzenie"):
        actions.publish_report(made, by=None, at=now())
    actions.approve_positions(rows, by=other, at=now())
    actions.publish_report(made, by=None, at=now())

    with pytest.raises(LawBreached, match="raport jest opublikowany"):
        answer(rows, by=other, code=PositionCode.REJECTED)


def test_other_words_of_the_author_are_approved_once_more(careful):
    made, rows, writer, other = careful
    answer(rows, by=writer)
    actions.approve_positions(rows, by=other, at=now())
    remark, sent = made.remarks.get(), made.submissions.get()

    def edit(text: str) -> None:
        sent.refresh_from_db()
        words = actions.RemarkText(text, part=remark.part, remark_id=remark.pk)
        actions.edit_submission(sent, remarks=[words], at=now(), seen_at=sent.edited_at)
        remark.refresh_from_db()

    edit(remark.proposed_wording)
    assert remark.approved_by == other
    edit("Coś zupełnie innego.")
    assert remark.approved_by is None


def test_what_has_no_position_is_not_approved(careful):
    _made, rows, _writer, other = careful

    with pytest.raises(LawBreached, match="co najmniej w 20"):
        actions.approve_positions(rows, by=other, at=now())


# --- letters to authors ---------------------------------------------------------------------------------


def test_each_author_gets_one_letter_with_the_published_positions(frozen):
    made = make.consultation(State.OPEN)
    sent, silent = make.submission(made, remarks=2), make.submission(made)
    make.entry(made, by=make.manager(made.unit))
    rows = list(made.remarks.all())
    answer(rows)

    actions.publish_positions(rows, by=None, at=now())

    mail = letters("Odpowiedź na Twoje uwagi").get(to=sent.email)
    assert mail.text.count(make.POSITION) == 2
    assert sent.token in mail.text
    assert "Stanowisko: przyjęta" in mail.text
    assert set(letters("Odpowiedź").values_list("to", flat=True)) == {sent.email, silent.email}


def test_with_the_report_comes_one_letter_and_not_two(frozen):
    made, rows = with_remarks(1)
    answer(rows)

    publish_report(made, frozen)

    to = made.submissions.get().email
    assert list(
        OutboxMail.objects.filter(to=to).exclude(kind="consultation_receipt").values_list("kind")
    ) == [("consultation_report",)]


# --- covered words ----------------------------------------------------------------------------------------


@pytest.fixture
def indiscreet(frozen):
    """A remark that names a neighbour."""
    made = make.consultation(State.OPEN)
    text = actions.RemarkText(
        "Zenon Kanarkowski z klatki obok hałasuje.", justification="To zenon kanarkowski."
    )
    actions.file_submission(made, sender=make.sender(), remarks=[text], at=now())
    return made.remarks.get()


def cover(remark, *words, reason=RedactionReason.PERSON, by=None):
    return actions.cover_words(remark, fragments=words, reason=reason, by=by, at=now())


@pytest.mark.rule("R-CNS-14")
def test_words_are_covered_logged_without_them_and_the_author_is_told(indiscreet):
    clerk = make.manager(indiscreet.consultation.unit)

    made = cover(indiscreet, "Zenon Kanarkowski", by=clerk)

    indiscreet.refresh_from_db()
    assert indiscreet.proposed_wording == "[…] z klatki obok hałasuje."
    assert indiscreet.justification == "To […]."
    assert (made.count, made.fields, made.by) == (2, ["proposed_wording", "justification"], clerk)
    assert indiscreet.original.proposed_wording == "Zenon Kanarkowski z klatki obok hałasuje."
    mail = letters("Zakryliśmy słowa").get()
    assert mail.to == indiscreet.submission.email
    assert "imię lub nazwisko osoby prywatnej" in mail.text
    assert "Kanarkowski" not in mail.text
    entries = AuditEntry.objects.of(indiscreet)
    assert not [entry for entry in entries if "Kanarkowski" in f"{entry.before}{entry.after}{entry.reason}"]


@pytest.mark.rule("R-CNS-14")
def test_covering_again_keeps_the_first_original_and_the_log_cannot_be_changed(indiscreet):
    cover(indiscreet, "Zenon")
    indiscreet.refresh_from_db()
    cover(indiscreet, "Kanarkowski", "hałasuje", reason=RedactionReason.OFFENCE)

    assert RemarkOriginal.objects.get().proposed_wording.startswith("Zenon Kanarkowski")
    assert Redaction.objects.count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        Redaction.objects.update(count=0)
    with pytest.raises(DatabaseError), transaction.atomic():
        Redaction.objects.all().delete()


@pytest.mark.rule("R-CNS-14")
def test_words_that_are_not_there_and_strangers_cover_nothing(indiscreet):
    with pytest.raises(LawBreached, match="Ewa"):
        cover(indiscreet, "Ewa")
    with pytest.raises(MoveRefused):
        cover(indiscreet, "Zenon", by=make.manager())

    assert not Redaction.objects.exists()


def test_the_author_of_a_hidden_remark_is_told_why_once(indiscreet, frozen):
    actions.hide_remark(indiscreet, reason="Same obelgi.", by=None, at=now())
    frozen.shift(timedelta(seconds=2))
    actions.hide_remark(indiscreet, reason="Drugie kliknięcie.", by=None, at=now())

    mail = letters("Nie pokazujemy na stronie").get()
    assert mail.to == indiscreet.submission.email
    assert "Same obelgi." in mail.text


def test_originals_are_forgotten_two_years_after_the_report(indiscreet, frozen):
    made = indiscreet.consultation
    cover(indiscreet, "Zenon")
    make.answer(made.remarks.get())
    publish_report(made, frozen)

    frozen.shift(timedelta(days=729))
    tasks.forget_senders()
    kept = RemarkOriginal.objects.count()
    frozen.shift(timedelta(days=3))
    tasks.forget_senders()

    assert kept == 1
    assert not RemarkOriginal.objects.exists()
    assert Redaction.objects.count() == 1


@pytest.mark.rule("R-CNS-14")
def test_a_form_opened_before_the_covering_does_not_bring_the_words_back(indiscreet):
    sent, seen_at = indiscreet.submission, indiscreet.submission.edited_at
    cover(indiscreet, "Zenon Kanarkowski")

    old = actions.RemarkText("Zenon Kanarkowski hałasuje jeszcze głośniej.", remark_id=indiscreet.pk)
    new = actions.RemarkText("Proszę o ciszę nocną.")
    actions.edit_submission(sent, remarks=[old, new], seen_at=seen_at, at=now())

    texts = list(sent.remarks.valid().order_by("number").values_list("proposed_wording", flat=True))
    assert texts == ["[…] z klatki obok hałasuje.", "Proszę o ciszę nocną."]


@pytest.mark.rule("R-CNS-15")
def test_a_remark_answered_while_the_form_was_open_is_not_sent_twice(frozen):
    made, (row,) = with_remarks(1)
    answer([row])
    actions.publish_positions([row], by=None, at=now())

    changed = actions.RemarkText("Inne słowa.", remark_id=row.pk)
    actions.edit_submission(row.submission, remarks=[changed], seen_at=None, at=now())

    assert made.remarks.count() == 1
    row.refresh_from_db()
    assert row.proposed_wording != "Inne słowa."


def test_the_log_of_an_edit_keeps_no_words(indiscreet):
    new = actions.RemarkText("Proszę o ciszę nocną.", remark_id=indiscreet.pk)
    actions.edit_submission(indiscreet.submission, remarks=[new], at=now())

    entry = AuditEntry.objects.of(indiscreet.submission).first()
    assert entry.after == {"poprawione uwagi": [indiscreet.number]}
    assert entry.before == {}


def test_bodies_known_from_imported_texts_are_no_units_to_choose(frozen):
    office, known = unit("Wydział"), make.office("Zarząd")
    named, gone = unit("Ministerstwo"), unit("Dawne Biuro")
    OrganizationalUnit.objects.filter(pk__in=[named.pk, known.pk]).update(kind=UnitKind.OTHER)
    OrganizationalUnit.objects.filter(pk=gone.pk).update(active_to="2018")

    found = set(city_units())

    assert {office, known} <= found
    assert not {named, gone} & found
    assert named in city_units(named.pk), "chosen before"
    assert known in answering_units()
    assert not {office, named, gone} & set(answering_units())
