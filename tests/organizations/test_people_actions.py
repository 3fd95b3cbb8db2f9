"""Mandates with turns, acts together, invitations, help in one matter: what the actions do and refuse."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from communication.models import NewsItem
from core.common.clock import at_local, now, today
from core.documents.checks import Refused
from core.documents.models import Attachment
from core.legal.models import AuditEntry, Transition
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from core.notifications.models import OutboxMail, Reminder
from core.notifications.reminders import run_due
from organizations import actions, permissions, queries, tasks
from organizations.actions import Changes
from organizations.actions.invitations import hashed
from organizations.actions.representation import ACT_KINDS, ActKind
from organizations.enums import ActState, InvitationState, InvitedRole, MandateRole, MandateState, State
from organizations.models import (
    AccessEntry,
    Consent,
    IdentityRevision,
    Invitation,
    Mandate,
    MatterAccess,
    Organization,
    RepresentationAct,
)
from tests.factories import communication as news
from tests.factories import documents as papers
from tests.factories import organizations as make

pytestmark = pytest.mark.django_db

REPRESENTATIVE, EDITOR = MandateRole.NGO_REPRESENTATIVE, MandateRole.NGO_EDITOR


def kinds() -> list[str]:
    return list(OutboxMail.objects.order_by("pk").values_list("kind", flat=True))


def token_sent_to(email: str) -> str:
    letter = OutboxMail.objects.filter(to=email, kind="organization_invitation").latest("pk")
    return re.search(r"/zaproszenie/([\w-]+)/", letter.text)[1]


# --- claims: asked, returned, completed, decided ----------------------------------------------------------


@pytest.mark.rule("R-ORG-19")
def test_a_claim_goes_back_and_comes_again_with_a_file():
    profile, person, office = make.verified(), make.person(), make.coordinator()
    asked = actions.request_mandate(
        profile, user=person, role=REPRESENTATIVE, evidence="", upload=papers.upload("odpis.pdf"), at=now()
    )
    assert asked.whose_turn == "komórka koordynująca"
    file = Attachment.objects.of(asked).get()
    assert file.audience == "officials"

    returned = actions.return_mandate(asked, by=office, at=now(), reason="Odpis jest nieaktualny.")
    assert returned.whose_turn == "osoba, która prosi"
    with pytest.raises(MoveRefused):
        actions.grant_mandate(asked, by=office, at=now())
    with pytest.raises(MoveRefused):
        actions.complete_request(asked, by=make.person(), at=now(), evidence="nie moja")
    with pytest.raises(LawBreached):
        actions.complete_request(asked, by=person, at=now())
    actions.complete_request(asked, by=person, at=now(), evidence="odpis z dziś")
    granted = actions.grant_mandate(asked, by=office, at=now())

    assert granted.is_in_force
    assert list(Transition.objects.of(asked).values_list("target", flat=True)) == [
        "requested", "returned", "requested", "granted",
    ]  # fmt: skip
    assert {"organization_asked", "organization_mandate_returned", "organization_granted"} <= set(kinds())


def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_kept():
    profile = make.verified()

    with pytest.raises(Refused):
        actions.request_mandate(
            profile,
            user=make.person(),
            role=EDITOR,
            evidence="",
            upload=papers.upload("odpis.pdf", b"MZ program"),
            at=now(),
        )

    assert not Mandate.objects.asked().filter(organization=profile).exists()


def test_a_request_is_withdrawn_by_its_own_person_only():
    asked = make.requested(make.verified())

    with pytest.raises(MoveRefused):
        actions.withdraw_request(asked, by=make.coordinator(), at=now())
    withdrawn = actions.withdraw_request(asked, by=asked.user, at=now())

    assert withdrawn.state == MandateState.WITHDRAWN
    assert make.requested(asked.organization, user=asked.user).is_requested


def test_giving_up_a_role_that_was_only_asked_for_withdraws_the_request():
    asked = make.requested(make.verified())

    actions.revoke_mandate(asked, by=asked.user, at=now(), reason="Rezygnuję.")

    assert Mandate.objects.get(pk=asked.pk).state == MandateState.WITHDRAWN


def test_a_person_who_has_the_role_already_cannot_accept_it_again():
    profile = make.verified()
    person = make.member(profile, EDITOR, user=make.person(email="nowa@example.org"))
    sent = actions.invite(profile, values(), by=make.member(profile), at=now())

    with pytest.raises(LawBreached):
        actions.accept_invitation(sent, by=person, at=now())

    assert Invitation.objects.get().state == InvitationState.SENT


@pytest.mark.rule("R-WEB-14")
def test_a_mandate_runs_out_by_itself_with_letters_before_and_after(frozen):
    profile, person = make.verified(), make.person()
    until = today() + timedelta(days=100)
    actions.assign_mandate(
        profile, user=person, role=EDITOR, evidence="x", valid_until=until, by=make.coordinator(), at=now()
    )
    assert permissions.holds_mandate(person, profile)

    frozen.move_to(at_local(until - timedelta(days=29)))
    run_due(now())
    frozen.move_to(at_local(until + timedelta(days=2)))
    assert not permissions.holds_mandate(person, profile)
    run_due(now())

    assert [k for k in kinds() if k.startswith("mandate_")] == ["mandate_ends", "mandate_over"]


@pytest.mark.rule("R-WEB-14")
def test_renewal_takes_the_place_of_the_former_mandate(frozen):
    profile, person, office = make.verified(), make.person(), make.coordinator()
    until = today() + timedelta(days=90)
    held = actions.assign_mandate(
        profile, user=person, role=EDITOR, evidence="x", valid_until=until, by=office, at=now()
    )
    with pytest.raises(LawBreached):
        make.requested(profile, EDITOR, user=person)

    frozen.shift(timedelta(days=40))
    asked = make.requested(profile, EDITOR, user=person)
    assert asked.renews == held
    assert permissions.holds_mandate(person, profile)
    actions.grant_mandate(asked, by=office, at=now())

    held.refresh_from_db()
    assert held.state == MandateState.ENDED
    assert Mandate.objects.in_force(today()).filter(user=person).count() == 1
    assert not Reminder.objects.of(held).waiting().exists()


@pytest.mark.rule("R-WEB-14")
def test_the_last_representative_does_not_go_without_a_word():
    profile = make.verified()
    person = make.member(profile)
    mandate = Mandate.objects.get(user=person)

    with pytest.raises(LawBreached) as refused:
        actions.revoke_mandate(mandate, by=person, at=now(), reason="Koniec kadencji.")
    assert refused.value.breaches[0].field == "word"
    actions.revoke_mandate(
        mandate, by=person, at=now(), reason="Koniec kadencji.", word="Nowy zarząd w lipcu."
    )

    item = next(i for i in queries.registry_queue() if i.kind == "pozegnanie")
    assert item.what == "Nowy zarząd w lipcu."
    with pytest.raises(MoveRefused):
        actions.read_word(item.row, by=person, at=now())
    actions.read_word(item.row, by=make.coordinator(), at=now())
    assert "pozegnanie" not in [i.kind for i in queries.registry_queue()]
    with pytest.raises(MoveRefused):
        actions.read_word(item.row, by=make.coordinator(), at=now())


# --- several who represent ----------------------------------------------------------------------------------


@pytest.fixture
def together():
    """An organisation for which two act together, and its three representatives."""
    profile = make.verified()
    make.jointly(profile, 2)
    return profile, [make.member(profile) for _ in range(3)]


@pytest.mark.rule("R-WEB-14")
def test_the_organisation_dissolves_itself_when_two_agree(together):
    profile, (first, second, _third) = together

    act = actions.ask_to_dissolve(profile, by=first, at=now(), reason="Uchwała z 3 maja.")

    assert Organization.objects.get(pk=profile.pk).state == State.VERIFIED
    assert kinds().count("organization_act_started") == 2
    with pytest.raises(LawBreached):
        actions.consent(act, by=first, at=now())
    with pytest.raises(LawBreached):
        actions.ask_to_dissolve(profile, by=second, at=now(), reason="Jeszcze raz.")
    done = actions.consent(act, by=second, at=now())

    assert done.state == ActState.AGREED
    assert Organization.objects.get(pk=profile.pk).state == State.DISSOLVED
    assert kinds().count("organization_act_agreed") == 3


def test_nobody_dissolves_alone_what_two_represent(together):
    profile, (first, *_rest) = together

    with pytest.raises(MoveRefused):
        actions.dissolve(profile, by=first, at=now(), reason="Sam.", dissolved_on=today(), source="uchwała")
    with pytest.raises(LawBreached):
        actions.ask_to_dissolve(profile, by=first, at=now(), reason=" ")
    for stranger in (make.person(), make.member(profile, EDITOR), make.member(make.verified())):
        with pytest.raises(MoveRefused):
            actions.ask_to_dissolve(profile, by=stranger, at=now(), reason="Uchwała.")


def test_one_no_ends_an_act_and_says_why(together):
    profile, (first, second, third) = together
    act = actions.ask_to_dissolve(profile, by=first, at=now(), reason="Uchwała.")

    with pytest.raises(LawBreached):
        actions.refuse_act(act, by=second, at=now(), reason="")
    actions.refuse_act(act, by=second, at=now(), reason="Nie było uchwały.")

    act.refresh_from_db()
    assert (act.state, act.close_reason) == (ActState.REFUSED, "Nie było uchwały.")
    with pytest.raises(MoveRefused):
        actions.consent(act, by=third, at=now())
    assert "organization_act_closed" in kinds()


def test_who_began_withdraws_and_time_ends_the_rest(frozen, together):
    profile, (first, second, _third) = together
    act = actions.ask_to_dissolve(profile, by=first, at=now(), reason="Uchwała.")
    with pytest.raises(MoveRefused):
        actions.withdraw_act(act, by=second, at=now())
    actions.withdraw_act(act, by=first, at=now())
    again = actions.ask_to_dissolve(profile, by=first, at=now(), reason="Uchwała.")

    frozen.shift(timedelta(days=15))
    with pytest.raises(LawBreached):
        actions.consent(again, by=second, at=now())
    assert (actions.expire_acts(at=now()), actions.expire_acts(at=now())) == (1, 0)

    again.refresh_from_db()
    assert again.state == ActState.EXPIRED


@pytest.mark.rule("R-WEB-14")
def test_consent_of_one_who_represents_no_more_does_not_count(together):
    profile, (first, second, third) = together
    act = actions.ask_to_dissolve(profile, by=first, at=now(), reason="Uchwała.")
    mandate = Mandate.objects.get(user=first)
    actions.revoke_mandate(mandate, by=make.coordinator(), at=now(), reason="Odwołany.")

    assert actions.consent(act, by=second, at=now()).state == ActState.WAITING
    with pytest.raises(MoveRefused):
        actions.withdraw_act(act, by=first, at=now())
    assert actions.consent(act, by=third, at=now()).state == ActState.AGREED


def test_when_the_act_cannot_be_carried_out_the_last_yes_is_not_written(together, monkeypatch):
    profile, (first, second, _third) = together

    def fail(_act, *, by, at):
        raise LawBreached([])

    monkeypatch.setitem(ACT_KINDS, "proba", ActKind("proba", "Próba", fail))
    act = actions.start_act(profile, kind="proba", organization=profile, summary="x", by=first, at=now())

    with pytest.raises(LawBreached):
        actions.consent(act, by=second, at=now())

    assert Consent.objects.filter(act=act).count() == 1
    assert RepresentationAct.objects.get(pk=act.pk).state == ActState.WAITING


def test_acts_of_an_unknown_kind_or_with_too_few_people_are_not_begun():
    profile = make.verified()
    make.jointly(profile, 2)
    person = make.member(profile)

    with pytest.raises(MoveRefused):
        actions.start_act(profile, kind="nieznana", organization=profile, summary="x", by=person, at=now())
    with pytest.raises(LawBreached):
        actions.ask_to_dissolve(profile, by=person, at=now(), reason="Uchwała.")


# --- invitations --------------------------------------------------------------------------------------------


def values(**fields) -> dict:
    return {"email": "nowa@example.org", "role": InvitedRole.NGO_EDITOR, "note": "Zapraszamy", **fields}


@pytest.mark.rule("R-WEB-14")
def test_an_invited_editor_acts_at_once():
    profile = make.verified()
    inviter = make.member(profile)

    sent = actions.invite(profile, values(), by=inviter, at=now())
    token = token_sent_to("nowa@example.org")
    assert (sent.state, sent.token_hash) == (InvitationState.SENT, hashed(token))
    assert token not in str(Invitation.objects.values().get())
    person = make.person(email="nowa@example.org")
    actions.accept_invitation(sent, by=person, at=now())

    mandate = Mandate.objects.get(user=person)
    assert (mandate.is_in_force, mandate.role, mandate.verified_by) == (True, EDITOR, inviter)
    assert Invitation.objects.get().token_hash == ""
    assert {"organization_invitation_answered", "organization_granted"} <= set(kinds())
    with pytest.raises(LawBreached):
        actions.accept_invitation(sent, by=person, at=now())


@pytest.mark.rule("R-WEB-14")
def test_an_invited_representative_waits_for_the_office():
    profile = make.verified()
    sent = actions.invite(
        profile, values(role=InvitedRole.NGO_REPRESENTATIVE), by=make.member(profile), at=now()
    )
    person = make.person(email="nowa@example.org")

    actions.accept_invitation(sent, by=person, at=now())

    mandate = Mandate.objects.get(user=person)
    assert mandate.is_requested
    assert not permissions.is_representative(person, profile)
    assert ("upowaznienie", mandate.pk) in [item.key for item in queries.registry_queue()]


@pytest.mark.rule("R-WEB-14")
def test_naming_a_representative_needs_two_where_two_act_together(together):
    profile, (first, second, _third) = together

    sent = actions.invite(profile, values(role=InvitedRole.NGO_REPRESENTATIVE), by=first, at=now())
    assert sent.state == InvitationState.AWAITING_CONSENT
    assert "organization_invitation" not in kinds()
    act = RepresentationAct.objects.waiting().of(sent).get()
    actions.consent(act, by=second, at=now())

    sent.refresh_from_db()
    assert sent.state == InvitationState.SENT
    assert token_sent_to("nowa@example.org")


def test_a_refused_naming_and_a_revoked_one_send_nothing(together):
    profile, (first, second, _third) = together
    sent = actions.invite(profile, values(role=InvitedRole.NGO_REPRESENTATIVE), by=first, at=now())
    actions.refuse_act(RepresentationAct.objects.waiting().of(sent).get(), by=second, at=now(), reason="Nie.")
    other = actions.invite(profile, values(role=InvitedRole.NGO_REPRESENTATIVE), by=first, at=now())
    actions.revoke_invitation(other, by=second, at=now())

    assert set(Invitation.objects.values_list("state", flat=True)) == {InvitationState.REVOKED}
    assert not RepresentationAct.objects.waiting().exists()
    assert "organization_invitation" not in kinds()


def test_the_invited_address_must_be_the_accounts_confirmed_one():
    profile = make.verified()
    sent = actions.invite(profile, values(), by=make.member(profile), at=now())

    for person in (make.person(), make.person(email="nowa@example.org", is_verified=False)):
        with pytest.raises(MoveRefused):
            actions.accept_invitation(sent, by=person, at=now())
        with pytest.raises(MoveRefused):
            actions.decline_invitation(sent, by=person, at=now())


def test_sending_again_makes_the_old_link_worthless_and_time_ends_it(frozen):
    profile = make.verified()
    inviter, colleague = make.member(profile), make.member(profile)
    sent = actions.invite(profile, values(), by=inviter, at=now())
    first = token_sent_to("nowa@example.org")
    with pytest.raises(LawBreached):
        actions.invite(profile, values(), by=colleague, at=now())

    frozen.shift(timedelta(days=15))
    assert (actions.expire_invitations(at=now()), actions.expire_invitations(at=now())) == (1, 0)
    again = actions.resend_invitation(sent, by=colleague, at=now())

    assert again.token_hash == hashed(token_sent_to("nowa@example.org")) != hashed(first)
    assert again.invited_by == colleague
    with pytest.raises(MoveRefused):
        actions.resend_invitation(sent, by=make.member(profile, EDITOR), at=now())
    actions.decline_invitation(again, by=make.person(email="nowa@example.org"), at=now())
    with pytest.raises(MoveRefused):
        actions.revoke_invitation(again, by=inviter, at=now())


def test_an_invitation_of_one_who_represents_no_more_is_worth_nothing():
    profile = make.verified()
    inviter = make.member(profile)
    sent = actions.invite(profile, values(), by=inviter, at=now())
    actions.revoke_mandate(
        Mandate.objects.get(user=inviter), by=make.coordinator(), at=now(), reason="Odwołanie."
    )

    with pytest.raises(LawBreached):
        actions.accept_invitation(sent, by=make.person(email="nowa@example.org"), at=now())

    assert not Mandate.objects.filter(user__email="nowa@example.org").exists()
    assert Invitation.objects.get().state == InvitationState.SENT


def test_editors_and_strangers_invite_nobody():
    profile = make.verified()
    for stranger in (make.member(profile, EDITOR), make.person(), make.member(make.verified())):
        with pytest.raises(MoveRefused):
            actions.invite(profile, values(), by=stranger, at=now())


# --- help in one matter ---------------------------------------------------------------------------------------


def matter(profile):
    """News of the organisation that came back for correction."""
    return news.returned(organization=profile, by=make.member(profile, EDITOR))


@pytest.mark.rule("R-WEB-14")
def test_a_helper_is_let_into_one_matter_and_nothing_else():
    profile = make.verified()
    boss, helper = make.member(profile), make.person(email="nowa@example.org")
    item, other = matter(profile), matter(profile)
    until = today() + timedelta(days=10)
    facts = values(role=InvitedRole.HELPER, may_edit=True, valid_until=until)

    sent = actions.invite(profile, facts, matter=item, by=boss, at=now())
    actions.accept_invitation(sent, by=helper, at=now())

    assert permissions.helps_with(helper, item, to_edit=True)
    assert not permissions.helps_with(helper, item, to_file=True)
    assert not permissions.helps_with(helper, other)
    assert not permissions.holds_mandate(helper, profile)
    assert not permissions.may_see_people(helper, profile)
    assert list(NewsItem.objects.workable_by(helper)) == [item]
    assert any(item.title in thing.title for thing in queries.matters_for(helper, None))


def test_help_ends_with_its_day_and_when_it_is_taken_back(frozen):
    profile = make.verified()
    boss, helper = make.member(profile), make.person()
    item = matter(profile)
    until = today() + timedelta(days=10)
    facts = {"organization": profile, "user": helper, "may_edit": True, "until": until, "by": boss}

    access = actions.grant_access(item, at=now(), **facts)
    again = actions.grant_access(item, at=now(), **facts)
    access.refresh_from_db()
    assert access.revoked_at is not None
    frozen.shift(timedelta(days=11))
    assert not permissions.helps_with(helper, item)
    frozen.shift(timedelta(days=-11))
    assert permissions.helps_with(helper, item)
    with pytest.raises(MoveRefused):
        actions.revoke_access(again, by=make.person(), at=now())
    actions.revoke_access(again, by=boss, at=now(), reason="Gotowe.")

    assert not permissions.helps_with(helper, item)
    assert not NewsItem.objects.workable_by(helper).exists()
    with pytest.raises(MoveRefused):
        actions.revoke_access(again, by=boss, at=now())
    assert "organization_access_revoked" in kinds()


def test_matters_of_others_and_of_no_known_sort_are_not_shared():
    profile, other = make.verified(), make.verified()
    boss, helper = make.member(profile), make.person()
    facts = {"organization": profile, "user": helper, "may_edit": True, "until": today(), "by": boss}

    for foreign in (matter(other), other):
        with pytest.raises(LawBreached):
            actions.grant_access(foreign, at=now(), **facts)
    with pytest.raises(LawBreached):
        actions.invite(
            profile,
            values(role=InvitedRole.HELPER, valid_until=today()),
            matter=matter(other),
            by=boss,
            at=now(),
        )
    with pytest.raises(MoveRefused):
        actions.grant_access(matter(profile), at=now(), **(facts | {"by": helper}))
    assert not MatterAccess.objects.exists()


def test_help_with_the_right_to_file_needs_as_many_as_act_together(together):
    profile, (first, second, _third) = together
    item = matter(profile)
    facts = values(role=InvitedRole.HELPER, may_file=True, valid_until=today() + timedelta(days=5))

    sent = actions.invite(profile, facts, matter=item, by=first, at=now())
    assert sent.state == InvitationState.AWAITING_CONSENT
    actions.consent(RepresentationAct.objects.waiting().of(sent).get(), by=second, at=now())
    sent.refresh_from_db()
    helper = make.person(email="nowa@example.org")
    actions.accept_invitation(sent, by=helper, at=now())

    assert permissions.helps_with(helper, item, to_file=True)


def test_a_matter_that_is_gone_cannot_be_accepted():
    profile = make.verified()
    item = matter(profile)
    facts = values(role=InvitedRole.HELPER, may_edit=True, valid_until=today())
    sent = actions.invite(profile, facts, matter=item, by=make.member(profile), at=now())
    NewsItem.objects.filter(pk=item.pk).delete()

    with pytest.raises(LawBreached):
        actions.accept_invitation(sent, by=make.person(email="nowa@example.org"), at=now())


# --- changes of identity ------------------------------------------------------------------------------------


@pytest.mark.rule("R-ORG-17")
def test_the_organisation_takes_back_what_waits():
    profile = make.verified("Fundacja Most")
    person = make.member(profile, EDITOR)
    revision = actions.update_profile(profile, Changes({"name": "Inna"}), by=person, at=now())
    with pytest.raises(MoveRefused):
        actions.withdraw_revision(revision, by=make.person(), at=now())

    actions.withdraw_revision(revision, by=person, at=now())

    assert Organization.objects.get(pk=profile.pk).name == "Fundacja Most"
    assert IdentityRevision.objects.get().is_approved is None
    with pytest.raises(MoveRefused):
        actions.approve_revision(revision, by=make.coordinator(), at=now())


@pytest.mark.rule("R-ORG-17")
def test_what_was_added_meanwhile_is_not_approved_unseen(frozen):
    profile = make.verified("Fundacja Most")
    person = make.member(profile)
    seen = actions.update_profile(profile, Changes({"name": "Inna"}), by=person, at=now())
    frozen.shift(timedelta(minutes=5))
    actions.update_profile(profile, Changes({"nip": "1234567854"}), by=person, at=now())

    with pytest.raises(LawBreached):
        actions.approve_revision(seen, by=make.coordinator(), at=now(), seen_at=seen.changed_at)
    fresh = IdentityRevision.objects.get()
    actions.approve_revision(fresh, by=make.coordinator(), at=now(), seen_at=fresh.changed_at)

    assert Organization.objects.get(pk=profile.pk).nip == "1234567854"


@pytest.mark.rule("R-ORG-16")
def test_changes_that_concern_contracts_are_told_since_a_moment(frozen):
    profile = make.verified("Fundacja Most")
    person, before = make.member(profile), now()
    frozen.shift(timedelta(days=1))
    changes = Changes(
        {"name": "Fundacja Kładka", "address": "ul. Nowa 1", "mission": "x"},
        {"manner": "jointly", "manner_count": 2},
    )
    revision = actions.update_profile(profile, changes, by=person, at=now())
    frozen.shift(timedelta(days=1))
    actions.approve_revision(revision, by=make.coordinator(), at=now())

    found = queries.identity_changes_since(profile, before)

    assert [change.field for change in found] == ["address", "manner", "manner_count", "name"]
    assert (found[3].before, found[3].after) == ("Fundacja Most", "Fundacja Kładka")
    assert queries.identity_changes_since(profile, now()) == []


# --- the organisation's own log ---------------------------------------------------------------------------------


def test_openings_are_append_only_and_forgotten_in_time(frozen):
    profile = make.verified()
    actions.note_opening(profile, "Osoby", by=make.member(profile), at=now())
    entry = AccessEntry.objects.get()

    with pytest.raises(DatabaseError), transaction.atomic():
        entry.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        AccessEntry.objects.update(verb="Nic")
    assert actions.forget_openings(at=now()) == 0
    frozen.shift(timedelta(days=731))
    assert actions.forget_openings(at=now()) == 1


def test_every_act_on_people_stands_in_the_audit_log(together):
    profile, (first, second, _third) = together
    act = actions.ask_to_dissolve(profile, by=first, at=now(), reason="Uchwała.")
    actions.refuse_act(act, by=second, at=now(), reason="Nie.")
    actions.invite(profile, values(), by=first, at=now())

    verbs = set(AuditEntry.objects.of(profile).values_list("verb", flat=True))

    assert {"Rozpoczęcie czynności", "brak zgody", "Zaproszenie osoby", "Nadanie upoważnienia"} <= verbs


def test_the_nightly_round_closes_what_nobody_answered_and_forgets_old_openings(frozen, together):
    profile, (first, _second, _third) = together
    actions.invite(profile, values(), by=first, at=now())
    actions.ask_to_dissolve(profile, by=first, at=now(), reason="Uchwała.")
    actions.note_opening(profile, "Osoby", by=first, at=now())

    assert (tasks.close_unanswered(), tasks.forget_openings()) == (0, 0)
    frozen.shift(timedelta(days=800))

    assert (tasks.close_unanswered(), tasks.forget_openings()) == (2, 1)
