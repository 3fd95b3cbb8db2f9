"""The formal check as the office does it: the card, two clerks in it, requests, supplements, rejections."""

from datetime import datetime, timedelta

import pytest

from competitions import actions
from competitions.actions import formal
from competitions.enums import OfferState, State, VersionKind
from competitions.models import (
    CallFormalItem,
    CorrectionRequest,
    FormalAnswer,
    FormalItemTemplate,
    OfferVersion,
    RejectionReason,
)
from competitions.queries.desk import rejected_offers
from competitions.reminders import people_of
from core.accounts.roles import Role
from core.common.clock import WARSAW, now
from core.documents.enums import Purpose
from core.legal.models import AuditEntry, Transition
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from core.notifications.models import OutboxMail, Reminder
from tests.factories import competitions as calls
from tests.factories import formal as make
from tests.factories import organizations
from tests.factories.accounts import official

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(unit):
    return official(Role.CALL_MANAGER, unit)


@pytest.fixture
def offer(unit, frozen):
    return make.filed(make.call_in_check(unit=unit))


# --- the card -------------------------------------------------------------------------------------


def test_the_card_is_copied_from_the_list_of_the_office(frozen):
    FormalItemTemplate.objects.filter(code="annexes").update(is_active=False)
    FormalItemTemplate.objects.create(code="stamp", text="Jest pieczęć", is_correctable=True, position=99)
    call = make.call_in_check()
    texts = list(call.formal_items.values_list("text", flat=True))
    assert len(texts) == 12
    assert texts[-1] == "Jest pieczęć"
    assert not any("załączniki" in text for text in texts)


def test_the_card_of_a_call_changes_until_marks_stand_on_it(offer, clerk):
    items = list(offer.call.formal_items.all())
    first, second = items[:2]
    first.text = "Oferta wpłynęła na czas"
    new = CallFormalItem(text="Jest plan sali", is_correctable=True, position=90)
    formal.save_card(offer.call, [first, new], removed=[second], correction_days=7, by=clerk, at=now())
    assert offer.call.formal_items.count() == 12
    assert offer.call.formal_terms.correction_days == 7
    assert AuditEntry.objects.of(offer.call).filter(verb__startswith="Zmiana karty").exists()

    formal.save_answer(offer, first, mark="yes", by=clerk, at=now())
    first.text = "Coś innego"
    with pytest.raises(LawBreached, match="ma już odpowiedzi"):
        formal.save_card(offer.call, [first], by=clerk, at=now())
    first.refresh_from_db()
    with pytest.raises(LawBreached, match="ma już odpowiedzi"):
        formal.save_card(offer.call, [], removed=[first], by=clerk, at=now())
    first.position = 50
    formal.save_card(offer.call, [first], by=clerk, at=now())


def test_two_clerks_in_one_card_lose_nothing(offer, clerk, unit):
    other = official(Role.UNIT_EDITOR, unit)
    item = make.item_of(offer, "kompletna")
    another = make.item_of(offer, "oświadczenia")
    formal.save_answer(offer, item, mark="yes", read_number=0, by=clerk, at=now())
    formal.save_answer(offer, another, mark="no", note="brak VII.3", read_number=0, by=other, at=now())

    with pytest.raises(formal.AnswerConflict) as conflict:
        formal.save_answer(offer, item, mark="no", note="pusty cel", read_number=0, by=other, at=now())
    assert conflict.value.stored.mark == "yes"
    assert FormalAnswer.objects.get(offer=offer, item=item).saved_by == clerk

    same = formal.save_answer(offer, item, mark="yes", read_number=0, by=other, at=now())
    assert same.edit_number == 1
    formal.save_answer(offer, item, mark="no", note="pusty cel", read_number=1, by=other, at=now())
    assert FormalAnswer.objects.get(offer=offer, item=item).note == "pusty cel"


def test_marks_are_made_by_clerks_of_the_unit_on_an_open_card(offer, clerk, stranger):
    item = make.item_of(offer, "kompletna")
    for who in (stranger, offer.filed_by):
        with pytest.raises(MoveRefused):
            formal.save_answer(offer, item, mark="yes", by=who, at=now())
    with pytest.raises(ValueError, match="mark"):
        formal.save_answer(offer, item, mark="maybe", by=clerk, at=now())
    foreign = make.item_of(make.filed(), "kompletna")
    with pytest.raises(ValueError, match="item"):
        formal.save_answer(offer, foreign, mark="yes", by=clerk, at=now())
    make.accepted(offer)
    with pytest.raises(MoveRefused):
        formal.save_answer(offer, item, mark="no", read_number=1, by=clerk, at=now())


# --- deciding -------------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-23")
def test_nothing_is_correct_with_a_no_or_a_gap(offer, clerk):
    with pytest.raises(LawBreached, match="bez odpowiedzi pozostaje 12 z 12"):
        formal.accept_offer(offer, by=clerk, at=now())
    make.marked(offer, "kompletna")
    with pytest.raises(LawBreached, match="ma odpowiedź NIE"):
        formal.accept_offer(offer, by=clerk, at=now())
    offer.refresh_from_db()
    assert offer.state == OfferState.SUBMITTED
    make.marked(offer)
    formal.accept_offer(offer, by=clerk, at=now())
    assert offer.state == OfferState.FORMALLY_OK


@pytest.mark.rule("R-CALL-24")
def test_a_lack_that_cannot_be_supplemented_leads_only_to_rejection(offer, clerk):
    make.marked(offer, "uprawniony podmiot", "kompletna")
    items = {make.item_of(offer, "kompletna"): "Dopisz."}
    with pytest.raises(LawBreached, match="nie da się uzupełnić"):
        formal.request_correction(offer, items=items, sections=["task"], by=clerk, at=now())
    assert not CorrectionRequest.objects.exists()
    code = RejectionReason.objects.get(code="F02")
    formal.reject_offer(offer, code=code, explanation="Partia polityczna.", by=clerk, at=now())
    assert [(row.offer, row.reason.code) for row in rejected_offers(offer.call)] == [(offer, "F02")]
    mail = OutboxMail.objects.get(to=offer.filed_by.email, key__startswith=f"offer:{offer.pk}:rejected")
    assert "Powód F02: oferent nie jest uprawnionym podmiotem." in mail.text
    assert "Partia polityczna." in mail.text


def test_a_rejection_says_why(offer, clerk):
    make.marked(offer, "uprawniony podmiot")
    code = RejectionReason.objects.get(code="F02")
    with pytest.raises(LawBreached, match="napisz, dlaczego"):
        formal.reject_offer(offer, code=code, explanation=" ", by=clerk, at=now())
    assert not rejected_offers(offer.call)


def test_an_official_of_another_unit_and_the_applicant_decide_nothing(offer, stranger):
    make.marked(offer)
    for who in (stranger, offer.filed_by):
        with pytest.raises(MoveRefused):
            formal.accept_offer(offer, by=who, at=now())


# --- supplements ----------------------------------------------------------------------------------


def written(offer, key, **values):
    row = offer.sections.get(key=key)
    row.content = {**row.content, **values}
    row.save()


@pytest.mark.rule("R-CALL-24")
def test_a_supplement_changes_only_what_was_opened(offer, clerk):
    make.asked(offer)
    request = offer.correction
    assert request.due_at.astimezone(WARSAW) == datetime(2026, 6, 17, 23, 59, tzinfo=WARSAW)
    mail = OutboxMail.objects.get(to=offer.filed_by.email, subject__startswith="Uzupełnij ofertę")
    assert "Uzupełnij ofertę do środy 17 czerwca 2026" in mail.subject.replace("\u00a0", " ")
    assert "Opisz zasoby rzeczowe." in mail.text
    due = {row.kind for row in Reminder.objects.of(request)}
    assert due == {"offer_correction:3", "offer_correction:1"}

    written(offer, "capacity", material="sala gimnastyczna 200 m²")
    written(offer, "task", title="Zupełnie inne zadanie")
    version = formal.file_supplement(offer, by=offer.filed_by, at=now())
    assert (version.number, version.kind) == (2, VersionKind.CORRECTED)
    assert version.content["sections"]["capacity"]["material"] == "sala gimnastyczna 200 m²"
    assert version.content["sections"]["task"]["title"] == "Ruch to zdrowie"
    assert len(version.checksum) == 64
    assert offer.state == OfferState.CORRECTED
    assert not Reminder.objects.of(request).waiting().exists()
    assert set(
        OutboxMail.objects.filter(subject__startswith="Przyjęliśmy uzupełnienie").values_list("to", flat=True)
    ) == {person.email for person in people_of(offer)}


@pytest.mark.rule("R-CALL-24")
def test_the_last_minute_is_in_time_and_the_next_is_not(offer, frozen):
    make.asked(offer)
    late = offer.correction.due_at + timedelta(seconds=60)
    with pytest.raises(LawBreached, match="termin minął"):
        formal.file_supplement(offer, by=offer.filed_by, at=late)
    assert OfferVersion.objects.filter(offer=offer).count() == 1
    formal.file_supplement(offer, by=offer.filed_by, at=late - timedelta(seconds=1))
    assert OfferVersion.objects.filter(offer=offer).count() == 2


@pytest.mark.rule("R-CALL-24")
def test_nobody_is_rejected_silently_or_too_early(offer, clerk, frozen):
    make.asked(offer)
    code = RejectionReason.objects.get(code="F13")
    with pytest.raises(LawBreached, match="może uzupełnić ofertę do"):
        formal.reject_offer(offer, code=code, explanation="Nie uzupełniono.", by=clerk, at=now())
    frozen.move_to(offer.correction.due_at + timedelta(minutes=1))
    offer.refresh_from_db()
    assert offer.state == OfferState.CORRECTION_REQUESTED
    formal.reject_offer(offer, code=code, explanation="Nie uzupełniono.", by=clerk, at=now())
    assert offer.state == OfferState.FORMALLY_REJECTED


@pytest.mark.rule("R-CALL-24")
def test_a_late_organisation_gets_more_time_only_with_a_reason(offer, clerk, frozen):
    make.asked(offer)
    request = offer.correction
    frozen.move_to(request.due_at + timedelta(hours=3))
    later = request.due_at + timedelta(days=3)
    with pytest.raises(LawBreached, match="napisz, dlaczego"):
        formal.extend_correction(request, due_at=later, reason="", by=clerk, at=now())
    with pytest.raises(MoveRefused):
        formal.extend_correction(request, due_at=later, reason="awaria", by=offer.filed_by, at=now())
    request.refresh_from_db()
    formal.extend_correction(request, due_at=later, reason="awaria portalu", by=clerk, at=now())
    assert (
        "awaria portalu"
        in OutboxMail.objects.get(to=offer.filed_by.email, subject__startswith="Nowy termin").text
    )
    formal.file_supplement(offer, by=offer.filed_by, at=now())
    assert offer.state == OfferState.CORRECTED


def test_a_call_may_give_another_period(offer, clerk):
    items = list(offer.call.formal_items.all())
    formal.save_card(offer.call, items, correction_days=7, by=clerk, at=now())
    make.asked(offer)
    assert offer.correction.due_at.astimezone(WARSAW).date().isoformat() == "2026-06-19"


def test_only_a_representative_supplements(offer):
    make.asked(offer)
    editor = organizations.member(offer.organization, "ngo_editor")
    with pytest.raises(MoveRefused):
        formal.file_supplement(offer, by=editor, at=now())


def test_after_a_supplement_the_clerk_decides_again(offer, clerk):
    make.asked(offer)
    formal.file_supplement(offer, by=offer.filed_by, at=now())
    with pytest.raises(LawBreached):
        formal.accept_offer(offer, by=clerk, at=now())
    make.marked(offer)
    formal.accept_offer(offer, by=clerk, at=now())
    assert [t.target for t in Transition.objects.of(offer)] == [
        "draft",
        "submitted",
        "correction_requested",
        "corrected",
        "formally_ok",
    ]


# --- the call -------------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-23")
def test_the_committee_waits_for_the_last_offer(offer, clerk):
    make.accepted(make.filed(offer.call))
    with pytest.raises(LawBreached, match="pozostaje 1 z 2"):
        actions.begin_merit_evaluation(offer.call, by=clerk, at=now())
    make.rejected(offer)
    actions.begin_merit_evaluation(offer.call, by=clerk, at=now())
    assert offer.call.state == State.MERIT_EVALUATION


@pytest.mark.rule("R-CALL-40")
def test_when_no_offer_is_left_the_call_is_cancelled(unit, clerk, frozen):
    """T21: three offers, all formally rejected."""
    call = make.call_in_check(unit=unit, cancellation_reservation="")
    for _number in range(3):
        make.rejected(make.filed(call))
    with pytest.raises(LawBreached, match="trzeba unieważnić"):
        actions.begin_merit_evaluation(call, by=clerk, at=now())
    calls.publish(call, Purpose.CANCELLATION)
    actions.cancel(call, by=clerk, at=now(), reason="żadna oferta nie spełniła wymogów")
    assert call.state == State.CANCELLED
