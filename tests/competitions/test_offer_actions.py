"""Writing and filing an offer, through the real actions (R-CALL-18…22, T1–T6)."""

import hashlib
import json
from datetime import timedelta
from decimal import Decimal

import pytest

from competitions.actions import offers as actions
from competitions.enums import OfferState, State
from competitions.law import offers as law
from competitions.models import Offer, OfferConflict, OfferEdit, OfferVersion
from core.common.clock import now
from core.documents.models import Attachment
from core.legal.models import AuditEntry, Transition
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from core.notifications.models import OutboxMail, Reminder
from organizations.enums import Exclusion, MandateRole
from organizations.models import Dossier
from tests.factories import competitions as calls
from tests.factories import documents
from tests.factories import offers as made
from tests.factories import organizations as registry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def call():
    return calls.open_call()


@pytest.fixture
def organization():
    return registry.verified("Fundacja Ruch")


@pytest.fixture
def representative(organization):
    return registry.member(organization)


def content_of(offer, key):
    return offer.sections.get(key=key).content


def number_of(offer, key):
    return offer.sections.get(key=key).edit_number


def save(offer, key, edit_number, by=None, **content):
    before = content_of(offer, key)
    return actions.save_section(
        offer, key=key, content={**before, **content}, edit_number=edit_number, by=by, at=now()
    )


def reasons(refused) -> str:
    return " | ".join(str(breach.message) for breach in refused.value.breaches)


# --- starting -------------------------------------------------------------------------------------


def test_a_draft_knows_what_profile_and_call_know(call, organization, representative):
    Dossier.objects.update_or_create(
        organization=organization, defaults={"contact_person": "Jan Kos", "contact_phone": "600 000 000"}
    )
    organization.refresh_from_db()
    offer = actions.start_offer(call, organization=organization, by=representative, at=now())
    assert offer.state == OfferState.DRAFT
    assert content_of(offer, "applicant") == {
        "contact_name": "Jan Kos",
        "contact_phone": "600 000 000",
        "contact_email": "biuro@example.org",
    }
    assert content_of(offer, "task")["starts_on"] == "2026-09-01"
    assert content_of(offer, "task")["ends_on"] == "2026-12-31"
    assert content_of(offer, "task")["place"] == "teren miasta"


def test_a_double_click_begins_one_offer(call, organization, representative):
    first = actions.start_offer(call, organization=organization, by=representative, at=now())
    assert actions.start_offer(call, organization=organization, by=representative, at=now()) == first
    save(first, "task", 0, title="Pisany")
    assert actions.start_offer(call, organization=organization, by=representative, at=now()) == first
    Offer.objects.filter(pk=first.pk).update(updated_at=now() + timedelta(seconds=5))
    assert actions.start_offer(call, organization=organization, by=representative, at=now()) != first


def test_nobody_begins_for_a_foreign_organisation(call, organization):
    with pytest.raises(MoveRefused):
        actions.start_offer(call, organization=organization, by=registry.person(), at=now())


@pytest.mark.rule("R-ORG-04")
def test_an_excluded_body_is_told_why(call):
    party = registry.verified(exclusion=Exclusion.TRADE_UNION)
    with pytest.raises(LawBreached) as refused:
        actions.start_offer(call, organization=party, by=None, at=now())
    assert "związek zawodowy nie może realizować zadań zleconych" in reasons(refused)


@pytest.mark.rule("R-CALL-22")
def test_no_offer_is_begun_after_the_intake(call, organization):
    with pytest.raises(LawBreached):
        actions.start_offer(call, organization=organization, by=None, at=call.closes_at)


def test_drafts_are_reminded_of(call, organization, representative):
    editor = registry.member(organization, MandateRole.NGO_EDITOR)
    offer = actions.start_offer(call, organization=organization, by=editor, at=now())
    rows = Reminder.objects.of(offer).filter(user__in=[editor, representative])
    assert set(rows.values_list("kind", "user")) == {
        (f"offer_draft:{days}", person.pk) for days in (14, 7, 3, 1) for person in (editor, representative)
    }


# --- writing --------------------------------------------------------------------------------------


def test_what_is_typed_is_stored_even_when_it_is_wrong(call, organization):
    offer = made.blank_offer(call, organization)
    save(offer, "sources", 0, grant="dużo", fees="1 250,5 zł")
    assert content_of(offer, "sources")["grant"] == "dużo"
    assert content_of(offer, "sources")["fees"] == "1250.50"


def test_pasted_control_characters_are_dropped(call, organization):
    offer = made.blank_offer(call, organization)
    save(offer, "task", 0, title="Ruch\x00 to\x07 zdrowie", needs="pierwsza\r\ndruga\x0b")
    assert content_of(offer, "task")["title"] == "Ruch to zdrowie"
    assert content_of(offer, "task")["needs"] == "pierwsza\ndruga"


def test_a_novel_is_refused_in_words(call, organization):
    offer = made.blank_offer(call, organization)
    with pytest.raises(LawBreached) as refused:
        save(offer, "task", 0, needs="x" * 100_001)
    assert "Skróć ją albo dołącz jako plik" in reasons(refused)


def test_two_tabs_change_different_answers_and_lose_nothing(call, organization):
    offer = made.blank_offer(call, organization)
    save(offer, "task", 0, title="Tytuł z pierwszej karty")
    saved = save_on_base(offer, "task", 0, needs="Potrzeby z drugiej karty")
    assert saved.was_merged
    assert not saved.conflicts
    assert content_of(offer, "task")["title"] == "Tytuł z pierwszej karty"
    assert content_of(offer, "task")["needs"] == "Potrzeby z drugiej karty"


def save_on_base(offer, key, edit_number, by=None, **content):
    """A save from a tab that was opened at ``edit_number``."""
    base = OfferEdit.objects.get(section__offer=offer, section__key=key, number=edit_number).content
    return actions.save_section(
        offer, key=key, content={**base, **content}, edit_number=edit_number, by=by, at=now()
    )


def test_the_same_answer_changed_twice_keeps_both_texts(call, organization, representative):
    offer = made.blank_offer(call, organization)
    save(offer, "task", 0, title="Pierwszy")
    saved = save_on_base(offer, "task", 0, by=representative, title="Drugi")
    assert [(c.address, c.stored, c.mine) for c in saved.conflicts] == [("title", "Pierwszy", "Drugi")]
    conflict = OfferConflict.objects.get(offer=offer)
    assert (conflict.text, conflict.by) == ("Drugi", representative)
    actions.settle_conflict(conflict, takes_other=True, by=representative, at=now())
    assert content_of(offer, "task")["title"] == "Drugi"
    assert not OfferConflict.objects.exists()
    assert made.fresh(offer).title == "Drugi"


def test_rows_of_two_people_stand_beside_each_other(call, organization):
    offer = made.draft_offer(call, organization)
    number = number_of(offer, "costs")
    rows = content_of(offer, "costs")["rows"]
    mine = [*rows, {"id": "moj", "group": "admin", "name": "Biuro"}]
    theirs = [{**rows[0], "quantity": "61"}, {"id": "ich", "name": "Plakaty"}, *rows[1:]]
    save(offer, "costs", number, rows=theirs)
    saved = save_on_base(offer, "costs", number, rows=mine)
    assert not saved.conflicts
    stored = {row["id"]: row for row in content_of(offer, "costs")["rows"]}
    assert list(stored) == ["k1", "ich", "k2", "moj"]
    assert stored["k1"]["quantity"] == "61"


def test_a_filed_offer_is_not_written_any_more(call, organization):
    offer = made.filed_offer(call, organization)
    with pytest.raises(LawBreached):
        save(offer, "task", 0, title="Później")


def test_strangers_do_not_write(call, organization):
    offer = made.blank_offer(call, organization)
    rival = registry.member(registry.verified())
    with pytest.raises(MoveRefused):
        save(offer, "task", 0, by=rival, title="Cudzy")


# --- filing ---------------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-18", "R-CALL-20", "R-CALL-21")
def test_a_filed_offer_has_number_version_checksum_and_letters(call, organization, representative):
    offer = made.draft_offer(call, organization, by=representative)
    version = actions.file_offer(offer, by=representative, at=now(), statements=made.STATEMENTS)
    offer = made.fresh(offer)
    assert offer.state == OfferState.SUBMITTED
    assert offer.number == f"{call.number}/0001"
    assert (offer.filed_at, offer.filed_by) == (now(), representative)
    assert (offer.total_cost, offer.requested_amount) == (Decimal(10000), Decimal(8000))
    assert (version.number, version.received_at) == (1, now())
    stored = OfferVersion.objects.get(pk=version.pk)
    written = json.dumps(stored.content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(written.encode()).hexdigest() == stored.checksum
    assert [a["role"] for a in stored.content["applicants"]] == ["leader"]
    assert stored.content["call"]["number"] == call.number
    assert stored.content["sections"]["declarations"]["statements"]["truth"] is True
    letter = OutboxMail.objects.get(to=representative.email, kind="offer")
    assert offer.number in letter.subject
    assert version.checksum in letter.text
    assert not Reminder.objects.of(offer).exists()
    assert Transition.objects.of(offer).filter(target=OfferState.SUBMITTED, by=representative).count() == 1
    receipt = AuditEntry.objects.of(offer).get(verb="Wydanie potwierdzenia")
    assert receipt.after["checksum"] == version.checksum


@pytest.mark.rule("R-CALL-22")
def test_a_second_click_gives_the_same_receipt(call, organization):
    offer = made.draft_offer(call, organization)
    first = actions.file_offer(offer, by=None, at=now(), statements=made.STATEMENTS)
    again = actions.file_offer(offer, by=None, at=call.closes_at + timedelta(hours=1))
    assert again == first
    assert OfferVersion.objects.count() == 1


@pytest.mark.rule("R-CALL-22")
@pytest.mark.parametrize(("microseconds", "is_in_time"), [(-1, True), (0, False)])
@pytest.mark.parametrize("is_closed", [False, True])
def test_the_stamp_decides_not_the_moment_of_the_work(
    call, organization, microseconds, is_in_time, is_closed
):
    offer = made.draft_offer(call, organization)
    at = call.closes_at + timedelta(microseconds=microseconds)
    if is_closed:
        calls.actions.close_due_calls(call.closes_at)
    if is_in_time:
        actions.file_offer(offer, by=None, at=at, statements=made.STATEMENTS)
    else:
        with pytest.raises(LawBreached):
            actions.file_offer(offer, by=None, at=at, statements=made.STATEMENTS)
    assert made.fresh(offer).is_filed is is_in_time


@pytest.mark.rule("R-CALL-22")
def test_a_deadline_moved_later_does_not_reach_back(call, organization, frozen):
    """T4: each is judged by the deadline valid at its stamp."""
    offer = made.draft_offer(call, organization)
    frozen.move_to(call.offers_due_at - timedelta(hours=1))
    before = now()
    frozen.shift(60)
    earlier = call.offers_due_at + timedelta(days=30)
    calls.actions.change_notice(
        call,
        changes={"offers_due_at": earlier},
        reason="więcej czasu",
        publications=calls.publications(),
        by=None,
        at=now(),
    )
    facts = made.fresh(offer).facts(before)
    assert facts.deadline == earlier - timedelta(days=30)
    assert made.fresh(offer).facts(now()).deadline == earlier


def test_what_is_missing_keeps_the_offer_a_draft(call, organization):
    offer = made.draft_offer(call, organization, task={"needs": ""})
    with pytest.raises(LawBreached) as refused:
        actions.file_offer(offer, by=None, at=now(), statements=["truth"])
    assert "Jak zadanie odpowie na potrzeby tej grupy: uzupełnij." in reasons(refused)
    assert "Potwierdź oświadczenie" in reasons(refused)
    offer = made.fresh(offer)
    assert (offer.state, offer.number, offer.filed_at) == (OfferState.DRAFT, "", None)
    assert not OfferVersion.objects.exists()
    assert not any(content_of(offer, "declarations")["statements"].values())


def test_what_a_colleague_changed_meanwhile_is_looked_at_first(call, organization):
    offer = made.draft_offer(call, organization)
    seen = actions.draft_checksum(offer)
    save(offer, "task", number_of(offer, "task"), title="Inny tytuł")
    with pytest.raises(LawBreached) as refused:
        actions.file_offer(made.fresh(offer), by=None, at=now(), statements=made.STATEMENTS, seen=seen)
    assert "Ktoś zmienił ofertę" in reasons(refused)
    offer = made.fresh(offer)
    seen = actions.draft_checksum(offer)
    assert actions.file_offer(offer, by=None, at=now(), statements=made.STATEMENTS, seen=seen)


def test_only_a_representative_files(call, organization):
    editor = registry.member(organization, MandateRole.NGO_EDITOR)
    offer = made.draft_offer(call, organization, by=editor)
    with pytest.raises(MoveRefused):
        actions.file_offer(offer, by=editor, at=now(), statements=made.STATEMENTS)


@pytest.mark.rule("R-CALL-14")
def test_more_offers_than_the_call_allows_are_refused(organization):
    call = calls.open_call(offers_per_applicant=1)
    made.filed_offer(call, organization)
    second = made.draft_offer(call, organization)
    with pytest.raises(LawBreached) as refused:
        made.file(second)
    assert "może złożyć 1" in reasons(refused).replace("\u00a0", " ")


@pytest.mark.rule("R-CALL-14")
def test_offers_as_a_partner_count_too(organization):
    call = calls.open_call(offers_per_applicant=1)
    made.file(made.joint_offer(call, partner=organization))
    with pytest.raises(LawBreached):
        made.file(made.draft_offer(call, organization))


@pytest.mark.rule("R-CALL-22")
def test_withdrawn_and_filed_anew_before_the_deadline(call, organization, representative):
    offer = made.filed_offer(call, organization)
    actions.withdraw_offer(offer, by=representative, at=now())
    offer = made.fresh(offer)
    assert offer.state == OfferState.WITHDRAWN
    assert Reminder.objects.of(offer).exists()
    save(offer, "task", number_of(offer, "task"), title="Lepszy tytuł")
    again = made.file(offer)
    assert again.number == offer.number
    assert again.title == "Lepszy tytuł"
    assert [v.number for v in again.versions.all()] == [1, 2]


@pytest.mark.rule("R-CALL-22")
def test_after_the_deadline_nothing_is_withdrawn(call, organization):
    offer = made.filed_offer(call, organization)
    with pytest.raises(LawBreached):
        actions.withdraw_offer(offer, by=None, at=call.closes_at)
    assert made.fresh(offer).state == OfferState.SUBMITTED


@pytest.mark.rule("R-CALL-21")
def test_the_office_writes_down_a_signed_confirmation(unit, manager, stranger, organization):
    call = calls.open_call(unit=unit, requires_signed_confirmation=True)
    offer = made.filed_offer(call, organization)
    assert offer.awaits_confirmation
    with pytest.raises(MoveRefused):
        actions.record_confirmation(offer, way="papier", on=now(), by=stranger, at=now())
    actions.record_confirmation(offer, way="papier", on=now(), by=manager, at=now())
    assert not made.fresh(offer).awaits_confirmation


def test_a_cancelled_call_takes_no_offer(call, organization):
    offer = made.draft_offer(call, organization)
    calls.publish(call, calls.Purpose.CANCELLATION)
    calls.actions.cancel(call, by=None, at=now(), reason="brak środków")
    with pytest.raises(LawBreached):
        made.file(made.fresh(offer))
    assert call.state == State.CANCELLED


# --- joint offers ---------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-19")
def test_a_joint_offer_waits_for_every_partner(call, organization):
    offer = made.draft_offer(call, organization)
    made.with_partner(offer, accepts=None)
    with pytest.raises(LawBreached) as refused:
        made.file(made.fresh(offer))
    assert "nie potwierdził jeszcze udziału" in reasons(refused)


@pytest.mark.rule("R-CALL-19")
def test_a_joint_offer_names_all_offerors(call, organization):
    offer = made.file(made.joint_offer(call, organization))
    roles = [a["role"] for a in offer.versions.get().content["applicants"]]
    assert roles == ["leader", "partner"]


@pytest.mark.rule("R-CALL-19")
def test_a_partner_that_left_has_the_costs_divided_anew(call, organization):
    offer = made.joint_offer(call, organization)
    partner = offer.partners.get()
    leaver = registry.member(partner.organization)
    actions.leave_offer(partner, reason="brak czasu", by=leaver, at=now())
    other = made.with_partner(offer)
    with pytest.raises(LawBreached) as refused:
        made.file(made.fresh(offer))
    assert f"{other.organization.name}: wpisz, jaką część kosztów ponosi." in reasons(refused)


@pytest.mark.rule("R-CALL-19")
def test_only_a_representative_of_the_partner_answers(call, organization):
    offer = made.draft_offer(call, organization)
    partner = made.with_partner(offer, accepts=None)
    editor = registry.member(partner.organization, MandateRole.NGO_EDITOR)
    for person in (editor, registry.member(organization)):
        with pytest.raises(MoveRefused):
            actions.answer_invitation(partner, accepts=True, by=person, at=now())
    boss = registry.member(partner.organization)
    assert actions.answer_invitation(partner, accepts=True, by=boss, at=now()).accepted_by == boss


@pytest.mark.rule("R-CALL-19")
@pytest.mark.parametrize(
    ("may_edit", "accepts", "is_allowed"), [(True, True, True), (False, True, False), (True, None, False)]
)
def test_a_partner_writes_once_it_has_accepted_and_if_it_may(
    call, organization, may_edit, accepts, is_allowed
):
    offer = made.blank_offer(call, organization)
    partner = made.with_partner(offer, accepts=accepts, may_edit=may_edit)
    person = registry.member(partner.organization)
    if is_allowed:
        assert save(made.fresh(offer), "task", 0, by=person, title="Wspólny").section.edit_number == 1
    else:
        with pytest.raises(MoveRefused):
            save(made.fresh(offer), "task", 0, by=person, title="Wspólny")


def test_the_leader_is_no_partner_and_nobody_is_asked_twice(call, organization):
    offer = made.blank_offer(call, organization)
    partner = made.with_partner(offer, accepts=None)
    for asked in (organization, partner.organization):
        with pytest.raises(LawBreached):
            actions.invite_partner(made.fresh(offer), organization=asked, by=None, at=now())


# --- annexes, comments, copies --------------------------------------------------------------------


@pytest.mark.rule("R-CALL-14")
def test_required_annexes_are_there_or_do_not_apply(organization):
    call = calls.open_call(attachments_required=["statut", "pełnomocnictwo (gdy dotyczy)"])
    offer = made.draft_offer(call, organization)
    with pytest.raises(LawBreached) as refused:
        made.file(offer)
    assert "Dołącz wymagany załącznik: statut" in reasons(refused)
    actions.add_annex(offer, documents.upload("statut.pdf"), title="statut", by=None, at=now())
    actions.waive_annex(offer, name="pełnomocnictwo (gdy dotyczy)", does_not_apply=True, by=None, at=now())
    filed = made.file(offer)
    stored = filed.versions.get().content["attachments"]
    file = Attachment.objects.of(filed).get()
    assert stored == [{"name": "statut.pdf", "title": "statut", "size": file.size, "sha256": file.sha256}]


def test_annexes_of_a_draft_are_the_teams_and_of_a_filed_offer_the_units(
    unit, manager, stranger, organization, representative
):
    call = calls.open_call(unit=unit)
    offer = made.draft_offer(call, organization)
    rival = registry.member(registry.verified())
    assert offer.may_read_files(representative)
    assert not any(offer.may_read_files(person) for person in (manager, stranger, rival))
    filed = made.file(offer)
    assert filed.may_read_files(manager)
    assert not any(filed.may_read_files(person) for person in (stranger, rival))


def test_comments_are_written_and_resolved_by_the_team(call, organization, representative):
    offer = made.blank_offer(call, organization)
    comment = actions.add_comment(offer, key="task", text=" Dopisz cel ", by=representative, at=now())
    assert comment.text == "Dopisz cel"
    actions.resolve_comment(comment, by=representative, at=now())
    comment.refresh_from_db()
    assert comment.resolved_by == representative
    with pytest.raises(MoveRefused):
        actions.add_comment(offer, key="task", text="Obcy", by=registry.person(), at=now())


@pytest.mark.rule("R-OFF-06")
def test_an_earlier_offer_begins_a_new_one_and_says_what_does_not_fit(call, organization, representative):
    old = made.filed_offer(call, organization)
    new_call = calls.open_call(task_from="2027-09-01", task_to="2027-12-31", max_grant=Decimal("7000.00"))
    new, notes = actions.duplicate_offer(old, call=new_call, by=representative, at=now())
    assert new.title == old.title
    action = content_of(new, "plan")["actions"][0]
    assert (action["starts_on"], action["ends_on"]) == ("2027-09-01", "2027-12-31")
    shown = " | ".join(notes).replace("\u00a0", " ")
    assert "Dotacja przekracza limit konkursu o 1 000,00 zł" in shown
    assert "Załączników i oświadczeń nie kopiujemy" in shown
    assert not law.plan_breaches(new.facts(now()).content)
