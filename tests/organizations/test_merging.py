"""Two records become one: nothing is lost, whatever room it is in."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.urls import reverse

from competitions.models import Award
from consultations.models import Postulate
from core.accounts.roles import Role
from core.common.clock import now
from core.common.subjects import AboutSubject
from core.common.ties import SUBJECT, Tie
from core.documents.models import Attachment, PublicationProof, SearchEntry
from core.legal.models import AuditEntry
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from core.notifications.follows import follow
from core.notifications.models import Follow, Reminder
from dialogue_bodies.models import BodyMembership
from grants.models import SmallGrant
from organizations import actions, law
from organizations.actions import Changes
from organizations.enums import LegalForm, MandateRole, RowKind, State
from organizations.models import (
    BulkRow,
    BulkUpdate,
    ErrorReport,
    IdentityRevision,
    Mandate,
    Merge,
    Organization,
    ResidentOffer,
)
from organizations.queries.duplicates import likely_twins, twin_groups
from portal.rooms import organization_ties
from tests.factories import communication, competitions, consultations, dialogue_bodies
from tests.factories import organizations as make
from tests.factories.accounts import official, unit

pytestmark = pytest.mark.django_db
REASON = "Dwa wpisy tej samej fundacji."


def merge(own, other, *taken: str, by=None):
    return actions.merge(own, other, taken=taken, by=by or make.coordinator(), at=now(), reason=REASON)


# --- every relation is declared ---------------------------------------------------------------------------


def relations() -> set[str]:
    """Every column of the portal that points to an organisation, found by walking the models."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            is_column = getattr(field, "concrete", False) and field.is_relation and not field.many_to_many
            if is_column and field.related_model is Organization:
                found.add(f"{model._meta.label}.{field.name}")
        if issubclass(model, AboutSubject):
            found.add(f"{model._meta.label}.{SUBJECT}")
    return found


def test_every_relation_to_an_organisation_says_what_a_merging_does_with_it():
    """A new relation that no room declares in its ``ties.py`` fails here."""
    declared = [tie.name for tie in organization_ties()]

    assert sorted(declared) == sorted(relations())
    assert len(declared) > 20


def test_what_stays_says_why():
    assert all(tie.stays or tie.name in BUILDERS for tie in organization_ties())


def of_award(organization) -> Award:
    result = competitions.decided_call().result
    return Award.objects.create(result=result, organization=organization, organization_name="x")


def of_submission(organization):
    case = consultations.consultation()
    row = consultations.submission(case)
    row.organization = organization
    row.save()
    return row


def of_news(organization):
    news = communication.sent_news(make.person())
    news.organization = organization
    news.save()
    return news


def of_bulk(organization) -> BulkRow:
    update = BulkUpdate.objects.create(original_name="x.csv", uploaded_at=now())
    return BulkRow.objects.create(update=update, number=1, kind=RowKind.CHANGED, organization=organization)


def of_merged(organization) -> Organization:
    third = make.verified()
    merge(organization, third)
    third.refresh_from_db()
    return third


def of_revision(organization) -> IdentityRevision:
    actions.update_profile(
        organization, Changes({"short_name": "FP"}), by=make.coordinator(), at=now(), reason="uchwała"
    )
    return organization.revisions.get()


def of_file(organization) -> Attachment:
    return Attachment.objects.create(
        file=ContentFile(b"x", "statut.pdf"),
        title="Statut",
        original_name="statut.pdf",
        subject_kind="organizations.organization",
        subject_id=organization.pk,
        uploaded_at=now(),
    )


def of_proof(organization) -> PublicationProof:
    return PublicationProof.objects.create(
        subject_kind="organizations.organization",
        subject_id=organization.pk,
        place="bip",
        published_on=date(2026, 6, 1),
        recorded_at=now(),
    )


def of_follow(organization) -> Follow:
    person = make.person()
    follow(person, organization)
    return Follow.objects.get(user=person)


def of_branch(organization) -> Organization:
    return make.verified(legal_form=LegalForm.ASSOC_BRANCH, parent=organization, krs="")


BUILDERS = {
    "organizations.Mandate.organization": lambda o: Mandate.objects.get(user=make.member(o)),
    "organizations.ResidentOffer.organization": lambda o: make.with_offer(o).offers.get(),
    "organizations.ErrorReport.organization": lambda o: actions.report_error(o, text="Zły adres.", at=now()),
    "organizations.IdentityRevision.organization": of_revision,
    "organizations.BulkRow.organization": of_bulk,
    "organizations.Organization.parent": of_branch,
    "organizations.Organization.merged_into": of_merged,
    "documents.Attachment.subject_id": of_file,
    "documents.PublicationProof.subject_id": of_proof,
    "notifications.Follow.subject_id": of_follow,
    "grants.SmallGrant.organization": lambda o: SmallGrant.objects.create(title="Festyn", organization=o),
    "competitions.Award.organization": of_award,
    "dialogue_bodies.BodyMembership.organization": lambda o: BodyMembership.objects.create(
        body=dialogue_bodies.body(unit(), by=make.coordinator()), side="ngo", organization=o
    ),
    "consultations.Submission.organization": of_submission,
    "consultations.Postulate.organization": lambda o: _with(consultations.postulate(), o),
    "communication.NewsItem.organization": of_news,
}


def _with(row: Postulate, organization) -> Postulate:
    row.organization = organization
    row.save()
    return row


@pytest.mark.parametrize("tie", [t for t in organization_ties() if not t.stays], ids=lambda tie: tie.name)
def test_whatever_hangs_on_the_other_record_moves(tie: Tie):
    """One row in each relation: after the merging it is the survivor's, and the trace names it."""
    own, other = make.verified(), make.verified()
    row = BUILDERS[tie.name](other)
    before = tie.rows(other).count()
    assert before

    trace = merge(own, other)

    assert not tie.rows(other).exclude(pk=own.pk).exists()
    assert tie.rows(own).filter(pk=row.pk).exists()
    assert row.pk in trace.moved[tie.name]


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
