"""Two records become one: nothing is lost, whatever room it is in."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse

from core.accounts.roles import Role
from core.common.clock import now
from core.documents.models import SearchEntry
from core.legal.models import AuditEntry
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from core.notifications.follows import follow
from core.notifications.models import Follow, Reminder
from organizations import actions, law
from organizations.actions import Changes
from organizations.enums import LegalForm, MandateRole, State
from organizations.models import (
    ErrorReport,
    IdentityRevision,
    Mandate,
    Merge,
    ResidentOffer,
)
from organizations.queries.duplicates import likely_twins, twin_groups
from portal.rooms import organization_ties
from tests.factories import organizations as make
from tests.factories.accounts import official

pytestmark = pytest.mark.django_db
REASON = "Dwa wpisy tej samej fundacji."


def merge(own, other, *taken: str, by=None):
    return actions.merge(own, other, taken=taken, by=by or make.coordinator(), at=now(), reason=REASON)


def of_revision(organization) -> IdentityRevision:
    actions.update_profile(
        organization, Changes({"short_name": "FP"}), by=make.coordinator(), at=now(), reason="uchwała"
    )
    return organization.revisions.get()


# --- the records themselves -------------------------------------------------------------------------------


def test_the_values_chosen_come_over_and_the_numbers_with_them():
    own = make.verified("Fundacja Most", krs="", phone="", register_number="", legal_form=LegalForm.OTHER)
    other = make.verified("Fundacja Mosty", phone="12 000 00 01")
    number, former_slug = other.krs, other.slug

    trace = merge(own, other, "krs", "phone", "legal_form")

    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.name, own.krs, own.phone) == ("Fundacja Most", number, "12 000 00 01")
    assert (other.krs, other.state, other.merged_into) == ("", State.MERGED, own)
    assert trace.former["absorbed"] == {"slug": former_slug, "name": "Fundacja Mosty", "krs": number}
    assert SearchEntry.objects.filter(subject_kind="organizations.organization").count() == 1


def test_spheres_and_groups_are_put_together():
    own = make.verified(spheres=None, target_groups=["youth"])
    other = make.verified(spheres=[make.sphere("sport", "17")], target_groups=["youth", "seniors"])

    merge(own, other)

    own.refresh_from_db()
    assert set(own.spheres.values_list("code", flat=True)) == {"culture", "sport"}
    assert own.target_groups == ["youth", "seniors"]


def test_restricted_data_come_over_when_chosen():
    own, other = make.verified(), make.verified()
    other.dossier.bank_account = "61109010140000071219812874"
    other.dossier.save()

    merge(own, other, "bank_account")

    own.dossier.refresh_from_db()
    assert own.dossier.bank_account == "61109010140000071219812874"
    assert "61109010140000071219812874" not in str([e.after for e in AuditEntry.objects.all()])


def test_the_former_address_leads_to_the_survivor_for_good(client):
    own, other, third = make.verified(), make.verified(), make.verified()
    merge(own, other)
    merge(third, own)

    for former in (other, own):
        answer = client.get(former.get_absolute_url())
        assert (answer.status_code, answer.url) == (301, third.get_absolute_url())


def test_a_person_with_the_role_in_both_keeps_it_once():
    own, other = make.verified(), make.verified()
    person = make.member(other)
    asked = make.requested(own, MandateRole.NGO_REPRESENTATIVE, user=person)

    merge(own, other)

    asked.refresh_from_db()
    assert asked.ended_at is not None
    assert Mandate.objects.filter(user=person, organization=own, ended_at=None).get().is_in_force


def test_two_waiting_changes_become_one():
    own, other = make.verified(), make.verified()
    first, second = of_revision(own), of_revision(other)

    merge(own, other)

    second.refresh_from_db()
    assert (first.organization_id, second.organization_id) == (own.pk, own.pk)
    assert second.is_approved is False


def test_who_follows_both_follows_once_and_is_reminded_of_the_survivor():
    own, other = make.verified(), make.verified()
    person = make.member(other)
    follow(person, own)
    follow(person, other)

    merge(own, other)

    assert list(Follow.objects.values_list("subject_id", flat=True)) == [own.pk]
    assert set(Reminder.objects.values_list("subject_id", flat=True)) == {own.pk}


def test_the_history_of_both_is_read_together(client):
    own, other = make.verified(), make.verified()
    person = make.member(other)
    actions.confirm_data(other, by=person, at=now() - timedelta(days=2))

    merge(own, other)

    page = client.get(own.get_absolute_url()).content.decode()
    assert "Potwierdzenie aktualności danych" in page
    assert "Połączenie wpisów" in page


@pytest.mark.rule("R-ORG-10")
def test_what_cannot_be_merged():
    own = make.verified()

    with pytest.raises(LawBreached):
        merge(own, own)
    with pytest.raises(LawBreached):
        merge(make.submitted(), own)
    with pytest.raises(LawBreached):
        merge(own, make.dissolved())
    with pytest.raises(LawBreached):
        merge(own, make.verified(), "slug")
    with pytest.raises(MoveRefused):
        merge(own, make.verified(), by=make.person())
    assert not Merge.objects.exists()


@pytest.mark.rule("R-ORG-10")
def test_two_different_numbers_are_pointed_out():
    assert law.differing_numbers({"krs": "1", "nip": "2"}, {"krs": "3", "nip": "2", "regon": "4"}) == ["krs"]


# --- the desk ---------------------------------------------------------------------------------------------


def test_likely_twins_are_offered_and_merged_field_by_field(client):
    own = make.verified("Fundacja Most na Podgórze", phone="")
    other = make.verified("FUNDACJA „MOST NA PODGÓRZE”", phone="12 000 00 01", email="inny@example.org")
    client.force_login(make.coordinator())

    assert likely_twins(own) == [other]
    assert [set(group) for group in twin_groups()] == [{own, other}]
    assert "powtorzone" in client.get(reverse("admin:organizations_organization_changelist")).content.decode()
    chosen = client.get(reverse("admin:organizations_organization_choose_twin", args=[own.pk]))
    address = reverse("admin:organizations_organization_merge", args=[own.pk, other.pk])
    assert address in chosen.content.decode()
    form = client.get(address).context["form"]
    assert form.fields["f_phone"].initial == "other"
    data = {name: field.initial for name, field in form.fields.items()} | {
        "reason": REASON,
        "f_email": "other",
    }

    answer = client.post(address, data)

    assert answer.status_code == 302
    own.refresh_from_db()
    assert (own.phone, own.email) == ("12 000 00 01", "inny@example.org")
    trace = Merge.objects.get()
    assert client.get(reverse("admin:organizations_merge_change", args=[trace.pk])).status_code == 200
    history = client.get(reverse("admin:organizations_organization_history", args=[own.pk]))
    assert "Połącz z innym wpisem" in history.content.decode()


def test_without_a_reason_nothing_is_merged(client):
    own, other = make.verified(), make.verified()
    client.force_login(make.coordinator())

    answer = client.post(reverse("admin:organizations_organization_merge", args=[own.pk, other.pk]), {})

    assert answer.status_code == 200
    assert not Merge.objects.exists()


def test_a_clerk_without_the_right_does_not_get_there(client):
    own, other = make.verified(), make.verified()
    client.force_login(official(Role.CALL_MANAGER, password=None))

    for name, keys in (("twins", []), ("choose_twin", [own.pk]), ("merge", [own.pk, other.pk])):
        assert client.get(reverse(f"admin:organizations_organization_{name}", args=keys)).status_code == 403
    client.post(reverse("admin:organizations_organization_merge", args=[own.pk, other.pk]), {"reason": "x"})
    assert not Merge.objects.exists()


def test_nothing_of_these_is_left_out_of_the_walk():
    """The models this test builds by hand are those of the registry."""
    assert {ErrorReport, ResidentOffer, IdentityRevision} <= {
        apps.get_model(t.model) for t in organization_ties()
    }
