"""What changes the registry, and what may not."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.common.clock import now
from core.documents.models import SearchEntry
from core.legal.models import AuditEntry, Transition
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from core.notifications.models import OutboxMail, Reminder
from organizations import actions
from organizations.actions.profile import Changes
from organizations.enums import LegalForm, MandateRole, Origin, State
from organizations.models import ErrorReport, Mandate, Organization, ResidentOffer
from tests.factories import organizations as make
from tests.factories.accounts import official

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def letters(*kinds: str) -> list[tuple[str, str]]:
    found = OutboxMail.objects.order_by("pk").values_list("kind", "to")
    return [(k.removeprefix("organization_"), to) for k, to in found if not kinds or k in kinds]


def fields(refused) -> list[str]:
    return [breach.field for breach in refused.value.breaches]


# --- registering ------------------------------------------------------------------------------------------


def test_a_person_registers_and_asks_to_act():
    person = make.person()

    profile = actions.register_organization(
        make.draft("Fundacja Most"),
        spheres=[make.sphere()],
        dossier={"representatives": "Anna Mazur, prezeska"},
        role=MandateRole.NGO_REPRESENTATIVE,
        evidence="wpis w KRS",
        by=person,
        at=now(),
    )

    assert (profile.state, profile.origin, profile.slug) == (
        State.SUBMITTED,
        Origin.REGISTERED,
        "fundacja-most",
    )
    assert profile.dossier.representatives == "Anna Mazur, prezeska"
    assert profile.main_sphere.code == "culture"
    assert list(Mandate.objects.requested().values_list("user", "role")) == [
        (person.pk, "ngo_representative")
    ]
    assert list(profile.transitions.values_list("source", "target")) == [
        ("", "draft"),
        ("draft", "submitted"),
    ]
    assert letters() == [("received", person.email)]
    assert not SearchEntry.objects.exists()


@pytest.mark.rule("R-ORG-06")
def test_a_registration_without_the_number_of_its_register_is_not_saved():
    with pytest.raises(LawBreached) as refused:
        make.submitted(krs="")

    assert fields(refused) == ["krs"]
    assert not Organization.objects.exists()


@pytest.mark.rule("R-ORG-10")
def test_a_number_that_is_in_the_base_is_refused():
    make.verified(krs="0000000390")

    with pytest.raises(LawBreached) as refused:
        make.submitted(krs="0000000390")

    assert fields(refused) == ["krs"]
    assert Organization.objects.count() == 1


@pytest.mark.rule("R-ORG-10")
@pytest.mark.parametrize(
    ("numbers", "others"),
    [
        ({"krs": "0000000390"}, {"krs": "0000000390"}),
        ({"nip": "1234567854"}, {"nip": "1234567854"}),
        ({"regon": "123456785"}, {"regon": "12345678500010"}),
    ],
)
def test_the_database_itself_keeps_numbers_apart(numbers, others):
    make.verified(**numbers)
    second = make.draft(**others)
    second.slug = "druga"

    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


@pytest.mark.rule("R-ORG-10")
def test_a_branch_shares_the_numbers_of_its_parent():
    parent = make.verified(nip="1234567854")

    branch = make.verified(
        "Oddział", legal_form=LegalForm.ASSOC_BRANCH, parent=parent, krs="", nip="1234567854"
    )

    assert branch.is_public


def test_the_same_button_twice_gives_one_registration():
    person = make.person()
    make.submitted("Fundacja Most", by=person)

    with pytest.raises(LawBreached):
        make.submitted("Fundacja „Most”", by=person)

    assert Organization.objects.count() == 1


def test_a_name_like_a_page_of_the_room_gets_another_address():
    assert make.submitted("Informator").slug == "informator-organizacja"
    assert make.submitted("Informator").slug == "informator-organizacja-2"


def test_a_returned_registration_is_corrected_and_sent_again():
    person = make.person()
    profile = make.submitted(by=person)
    actions.return_for_correction(profile, by=make.coordinator(), at=now(), reason="Brak statutu.")

    sent = actions.submit(profile, by=person, at=now() + timedelta(hours=1))

    assert sent.state == State.SUBMITTED
    assert [kind for kind, _to in letters()] == ["received", "returned", "received"]


def test_returning_wants_a_reason():
    with pytest.raises(LawBreached):
        actions.return_for_correction(make.submitted(), by=make.coordinator(), at=now(), reason=" ")


@pytest.mark.rule("R-ORG-17")
def test_a_verified_profile_is_public_and_its_registrant_edits_it():
    person = make.person()

    profile = make.verified(by=person)

    assert profile.is_public
    assert (profile.confirmed_at, profile.published_by) == (now(), make.coordinator())
    assert SearchEntry.objects.get().url == profile.get_absolute_url()
    assert Mandate.objects.in_force(now().date()).get().role == MandateRole.NGO_EDITOR
    assert ("verified", person.email) in letters()


def test_only_the_office_verifies():
    profile = make.submitted()

    for user in (make.person(), profile.registered_by, official("unit_editor", password=None)):
        with pytest.raises(MoveRefused):
            actions.verify(profile, by=user, at=now())


def test_an_entry_of_the_office_gives_nobody_a_mandate():
    profile = actions.register_organization(
        make.draft(), spheres=[make.sphere()], by=make.coordinator(), at=now()
    )

    actions.verify(profile, by=make.coordinator(), at=now())

    assert profile.origin == Origin.OFFICIAL
    assert not Mandate.objects.exists()


# --- changing ---------------------------------------------------------------------------------------------


@pytest.mark.rule("R-ORG-17")
def test_other_data_change_at_once_and_stand_in_the_public_history():
    profile = make.verified(phone="12 000 00 00")
    person = make.member(profile)

    revision = actions.update_profile(profile, Changes({"phone": "12 111 11 11"}), by=person, at=now())

    entry = AuditEntry.objects.of(profile).filter(is_public=True).first()
    assert revision is None
    assert Organization.objects.get(pk=profile.pk).phone == "12 111 11 11"
    assert (entry.before, entry.after) == ({"phone": "12 000 00 00"}, {"phone": "12 111 11 11"})


@pytest.mark.rule("R-ORG-17")
def test_identity_waits_for_the_office_and_the_rest_does_not():
    profile = make.verified("Fundacja Most", phone="1")
    person = make.member(profile)

    revision = actions.update_profile(
        profile,
        Changes({"name": "Fundacja Mosty", "phone": "2"}, {"representation": "prezes"}),
        by=person,
        at=now(),
    )

    kept = Organization.objects.get(pk=profile.pk)
    assert (kept.name, kept.phone) == ("Fundacja Most", "2")
    assert revision.values == {"name": "Fundacja Mosty", "representation": "prezes"}
    assert revision.previous == {"name": "Fundacja Most", "representation": ""}


def test_an_approved_change_is_written_and_found_by_search():
    profile = make.verified("Fundacja Most")
    person = make.member(profile)
    changes = Changes({"name": "Fundacja Kładka"}, {"representatives": "Jan Lis, prezes"})
    revision = actions.update_profile(profile, changes, by=person, at=now())

    actions.approve_revision(revision, by=make.coordinator(), at=now())

    kept = Organization.objects.get(pk=profile.pk)
    assert (kept.name, kept.slug) == ("Fundacja Kładka", "fundacja-most")
    assert kept.dossier.representatives == "Jan Lis, prezes"
    assert SearchEntry.objects.get().title == "Fundacja Kładka"
    public = AuditEntry.objects.of(profile).filter(is_public=True)
    assert not any("Jan Lis" in str((entry.before, entry.after)) for entry in public)
    assert ("revision", person.email) in letters()


def test_a_rejected_change_leaves_the_profile_and_says_why():
    profile = make.verified("Fundacja Most")
    revision = actions.update_profile(profile, Changes({"name": "Inna"}), by=make.member(profile), at=now())

    with pytest.raises(LawBreached):
        actions.reject_revision(revision, by=make.coordinator(), at=now(), reason="")
    actions.reject_revision(revision, by=make.coordinator(), at=now(), reason="W KRS jest inna nazwa.")

    assert Organization.objects.get(pk=profile.pk).name == "Fundacja Most"
    with pytest.raises(MoveRefused):
        actions.approve_revision(revision, by=make.coordinator(), at=now())


@pytest.mark.rule("R-ORG-17")
def test_further_changes_of_identity_are_added_to_the_one_that_waits():
    profile = make.verified("Fundacja Most")
    person = make.member(profile)
    first = actions.update_profile(profile, Changes({"name": "Pierwsza"}), by=person, at=now(), reason="A")
    changes = Changes({"name": "Druga"}, {"representation": "dwoje łącznie"})

    second = actions.update_profile(profile, changes, by=person, at=now(), reason="B")

    assert second.pk == first.pk
    assert second.values == {"name": "Druga", "representation": "dwoje łącznie"}
    assert second.previous == {"name": "Fundacja Most", "representation": ""}
    assert second.reason == "A\nB"


@pytest.mark.rule("R-ORG-10")
def test_a_number_taken_while_the_change_waited_stops_the_approval():
    profile = make.verified()
    revision = actions.update_profile(
        profile, Changes({"nip": "1234567854"}), by=make.member(profile), at=now()
    )
    make.verified(nip="1234567854")

    with pytest.raises(LawBreached) as refused:
        actions.approve_revision(revision, by=make.coordinator(), at=now())

    assert fields(refused) == ["nip"]


def test_a_wrong_number_is_not_even_proposed():
    profile = make.verified()

    with pytest.raises(LawBreached):
        actions.update_profile(profile, Changes({"nip": "1234567890"}), by=make.member(profile), at=now())

    assert not profile.revisions.exists()


def test_nobody_overwrites_what_a_colleague_has_saved_meanwhile():
    profile = make.verified()
    person, seen_at = make.member(profile), profile.updated_at
    actions.update_profile(
        profile, Changes({"phone": "1"}), by=person, at=now() + timedelta(minutes=1), seen_at=seen_at
    )

    with pytest.raises(LawBreached):
        actions.update_profile(profile, Changes({"phone": "2"}), by=person, at=now(), seen_at=seen_at)

    assert Organization.objects.get(pk=profile.pk).phone == "1"


def test_strangers_change_nothing():
    profile = make.verified()

    for act in (
        lambda user: actions.update_profile(profile, Changes({"phone": "1"}), by=user, at=now()),
        lambda user: actions.save_offers(profile, [], by=user, at=now()),
        lambda user: actions.confirm_data(profile, by=user, at=now()),
    ):
        with pytest.raises(MoveRefused):
            act(make.person())


def test_restricted_data_never_enter_the_log():
    profile = make.verified()

    actions.update_profile(
        profile, Changes({}, {"contact_person": "Zofia Tajna"}), by=make.member(profile), at=now()
    )

    assert profile.dossier.contact_person == "Zofia Tajna"
    assert not AuditEntry.objects.filter(after__icontains="Zofia").exists()


def test_offers_are_replaced_in_order_and_searched():
    profile = make.with_offer(make.verified(), title="Stary klub")

    actions.save_offers(
        profile,
        [make.OFFER | {"title": "Szachy"}, make.OFFER | {"title": "Brydż"}],
        by=make.member(profile),
        at=now(),
    )

    assert list(ResidentOffer.objects.values_list("title", flat=True)) == ["Szachy", "Brydż"]


# --- confirming -------------------------------------------------------------------------------------------


@pytest.mark.rule("R-ORG-18")
def test_a_year_without_confirmation_marks_the_profile_and_one_click_restores_it(frozen):
    profile = make.verified()
    person = make.member(profile)
    frozen.shift(timedelta(days=364))
    assert actions.mark_stale(at=now()) == 0
    frozen.shift(timedelta(days=1))

    assert actions.mark_stale(at=now()) == 1
    assert actions.mark_stale(at=now()) == 0

    stale = Organization.objects.get(pk=profile.pk)
    assert (stale.state, stale.is_public) == (State.STALE, True)
    assert ("stale", person.email) in letters()

    confirmed = actions.confirm_data(stale, by=person, at=now())

    assert (confirmed.state, confirmed.confirmed_at) == (State.VERIFIED, now())


@pytest.mark.rule("R-ORG-18")
def test_people_are_reminded_after_eleven_months_and_the_reminder_moves(frozen):
    profile = make.verified()
    person = make.member(profile)
    reminder = Reminder.objects.get(user=person)
    assert reminder.due_at.date().isoformat() == "2027-05-10"

    frozen.shift(timedelta(days=30))
    actions.confirm_data(profile, by=person, at=now())

    reminder.refresh_from_db()
    assert reminder.due_at.date().isoformat() == "2027-06-10"


def test_who_acts_no_more_is_not_reminded():
    profile = make.verified()
    person = make.member(profile)

    actions.revoke_mandate(
        Mandate.objects.get(user=person), by=make.coordinator(), at=now(), reason="Koniec kadencji."
    )

    assert not Reminder.objects.filter(user=person).exists()


def test_imported_profiles_are_never_marked_because_they_were_never_confirmed(frozen):
    actions.import_profile(
        "org-1", {"name": "Fundacja", "legal_form": LegalForm.FOUNDATION}, spheres=[], by=None, at=now()
    )
    frozen.shift(timedelta(days=900))

    assert actions.mark_stale(at=now()) == 0


def test_suspending_hides_and_restoring_shows():
    profile = make.verified()

    hidden = actions.suspend(profile, by=make.coordinator(), at=now(), reason="Skarga.")
    assert not hidden.is_public
    assert not SearchEntry.objects.exists()

    shown = actions.restore(hidden, by=make.coordinator(), at=now(), reason="Wyjaśnione.")
    assert shown.is_public
    assert SearchEntry.objects.count() == 1


def test_a_dissolved_organisation_is_hidden_for_good():
    gone = make.dissolved()

    assert not gone.is_public
    with pytest.raises(MoveRefused):
        actions.restore(gone, by=make.coordinator(), at=now(), reason="Pomyłka.")


# --- mandates ---------------------------------------------------------------------------------------------


@pytest.mark.rule("R-WEB-14")
def test_a_mandate_is_nothing_until_the_office_has_checked_it():
    profile = make.verified()
    asked = make.requested(profile, MandateRole.NGO_REPRESENTATIVE)
    assert not asked.is_in_force

    granted = actions.grant_mandate(asked, by=make.coordinator(), at=now())

    assert granted.is_in_force
    assert (granted.verified_by, granted.valid_from) == (make.coordinator(), now().date())
    assert ("granted", asked.user.email) in letters()


@pytest.mark.rule("R-ORG-19")
def test_the_same_role_is_asked_for_once():
    profile = make.verified()
    asked = make.requested(profile)

    with pytest.raises(LawBreached):
        make.requested(profile, user=asked.user)


@pytest.mark.rule("R-ORG-19")
def test_a_hidden_profile_cannot_be_claimed():
    hidden = actions.suspend(make.verified(), by=make.coordinator(), at=now(), reason="Skarga.")

    with pytest.raises(LawBreached):
        make.requested(hidden)


def test_a_representative_decides_on_editors_of_the_own_organisation_only():
    profile, other = make.verified(), make.verified()
    representative = make.member(profile)
    editor, second = make.requested(profile), make.requested(profile, MandateRole.NGO_REPRESENTATIVE)

    actions.grant_mandate(editor, by=representative, at=now())

    for foreign in (second, make.requested(other)):
        with pytest.raises(MoveRefused):
            actions.grant_mandate(foreign, by=representative, at=now())


def test_an_editor_decides_on_nobody():
    profile = make.verified()
    editor = make.member(profile, MandateRole.NGO_EDITOR)

    with pytest.raises(MoveRefused):
        actions.grant_mandate(make.requested(profile), by=editor, at=now())


def test_nobody_grants_the_own_request():
    profile = make.verified()
    representative = make.member(profile)
    own = make.requested(profile, MandateRole.NGO_EDITOR, user=representative)

    with pytest.raises(MoveRefused):
        actions.grant_mandate(own, by=representative, at=now())


def test_refusing_says_why_and_lets_ask_again():
    profile = make.verified()
    asked = make.requested(profile)

    actions.refuse_mandate(asked, by=make.coordinator(), at=now(), reason="Brak uchwały.")

    assert ("refused", asked.user.email) in letters()
    assert make.requested(profile, user=asked.user).is_requested


def test_people_give_up_their_own_mandate_without_a_letter():
    profile = make.verified()
    make.member(profile)
    person = make.member(profile)

    actions.revoke_mandate(Mandate.objects.get(user=person), by=person, at=now(), reason="Odchodzę.")

    assert not Mandate.objects.get(user=person).is_in_force
    assert "revoked" not in [kind for kind, _to in letters()]


def test_the_office_assigns_a_mandate_with_its_period():
    profile, person = make.verified(), make.person()
    until = now().date() + timedelta(days=10)
    facts = {
        "user": person,
        "role": MandateRole.NGO_EDITOR,
        "evidence": "pełnomocnictwo",
        "valid_until": until,
    }

    made = actions.assign_mandate(profile, by=make.coordinator(), at=now(), **facts)

    assert (made.is_in_force, made.valid_until) == (True, until)
    with pytest.raises(MoveRefused):
        actions.assign_mandate(profile, by=make.person(), at=now(), **facts)


def test_a_mandate_does_not_end_before_it_begins():
    asked = make.requested(make.verified())

    with pytest.raises(LawBreached) as refused:
        actions.grant_mandate(
            asked, by=make.coordinator(), at=now(), valid_until=now().date() - timedelta(days=1)
        )

    assert fields(refused) == ["valid_until"]


# --- reported errors --------------------------------------------------------------------------------------


@pytest.mark.rule("R-ORG-20")
def test_a_reported_error_is_settled_with_a_sentence():
    report = actions.report_error(make.verified(), text="Zły telefon\x00.", email="", at=now())

    with pytest.raises(LawBreached):
        actions.close_error_report(report, outcome=" ", by=make.coordinator(), at=now())
    actions.close_error_report(report, outcome="Poprawiono telefon.", by=make.coordinator(), at=now())

    assert ErrorReport.objects.get().text == "Zły telefon."
    with pytest.raises(MoveRefused):
        actions.close_error_report(report, outcome="Znowu.", by=make.coordinator(), at=now())


def test_nothing_is_reported_in_a_profile_nobody_sees():
    with pytest.raises(MoveRefused):
        actions.report_error(make.submitted(), text="x", at=now())


def test_reports_settled_two_years_ago_are_deleted(frozen):
    profile = make.verified()
    old = actions.report_error(profile, text="a", email="kto@example.org", at=now())
    actions.report_error(profile, text="b", at=now())
    actions.close_error_report(old, outcome="Poprawiono.", by=make.coordinator(), at=now())
    frozen.shift(timedelta(days=731))

    assert actions.forget_reporters(at=now()) == 1
    assert ErrorReport.objects.get().text == "b"


def test_every_move_leaves_a_transition_that_cannot_be_deleted():
    profile = make.verified()

    assert Transition.objects.of(profile).count() == 3
    with pytest.raises(Exception, match="append_only"), transaction.atomic():
        Transition.objects.of(profile).delete()
