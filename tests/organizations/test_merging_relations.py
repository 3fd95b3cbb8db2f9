"""Whatever in any room points to one of two records that become one: declared, and moved or left with a reason."""

from datetime import date

import pytest
from django.apps import apps
from django.core.files.base import ContentFile

from competitions.models import Award, CommitteeMember, Offer, OfferPartner, SavedSearch
from consultations.actions import refuse_invitations
from consultations.models import ConsultationRequest, InvitationBatch, Postulate, RequestSupport
from core.common.clock import now, today
from core.common.ties import SUBJECT, Tie
from core.documents.models import Attachment, PublicationProof
from core.notifications.follows import follow
from core.notifications.models import Follow, OutboxMail
from dialogue_bodies.models import BodyMembership
from grants.models import SmallGrant
from organizations import actions
from organizations.actions import Changes
from organizations.enums import (
    ActState,
    InvitedRole,
    LegalForm,
    MandateState,
    RegisterOutcome,
    RevisionState,
    RowKind,
)
from organizations.models import (
    BulkRow,
    BulkUpdate,
    DuplicateDecision,
    IdentityRevision,
    Invitation,
    Logo,
    Mandate,
    MatterAccess,
    Organization,
    PartnerNotice,
    RegisterComparison,
    RegistrationDraft,
    RepresentationAct,
)
from portal.rooms import organization_ties
from tests.factories import committee, communication, competitions, consultations, dialogue_bodies
from tests.factories import organizations as make
from tests.factories.accounts import unit

pytestmark = pytest.mark.django_db
REASON = "Dwa wpisy tej samej fundacji."


def merge(own, other):
    return actions.merge(own, other, taken=(), by=make.coordinator(), at=now(), reason=REASON)


# --- every relation is declared ---------------------------------------------------------------------------


def relations() -> set[str]:
    """Every column of the portal that points to an organisation, found by walking the models."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            is_column = getattr(field, "concrete", False) and field.is_relation and not field.many_to_many
            if is_column and field.related_model is Organization:
                found.add(f"{model._meta.label}.{field.name}")
        if {"subject_kind", "subject_id"} <= {f.name for f in model._meta.get_fields()}:
            found.add(f"{model._meta.label}.{SUBJECT}")
    return found


def test_every_relation_to_an_organisation_says_what_a_merging_does_with_it():
    """A new relation that no room declares in its ``ties.py`` fails here."""
    declared = [tie.name for tie in organization_ties()]

    assert sorted(declared) == sorted(relations())
    assert len(declared) > 35


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


def of_asking(organization):
    case = consultations.consultation()
    batch = InvitationBatch.objects.create(consultation=case, sent_at=now())
    return batch.invitations.create(consultation=case, organization=organization)


def of_refusal(organization):
    refuse_invitations(organization, at=now())
    return organization.consultation_refusal


def of_request(organization) -> ConsultationRequest:
    return ConsultationRequest.objects.create(
        initiator="ngo", organization=organization, title="Sale", subject="Jakie?", reason="Brakuje."
    )


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


def of_act(organization) -> RepresentationAct:
    person = make.member(make.jointly(organization, 2))
    make.member(organization)
    return actions.ask_to_dissolve(organization, by=person, at=now(), reason="uchwała")


def of_invitation(organization) -> Invitation:
    values = {"email": "nowa@example.org", "role": InvitedRole.NGO_EDITOR}
    return actions.invite(organization, values, by=make.member(organization), at=now())


def of_help(organization) -> MatterAccess:
    news = of_news(organization)
    return actions.grant_access(
        news,
        organization=organization,
        user=make.person(),
        may_edit=True,
        until=today(),
        by=make.member(organization),
        at=now(),
    )


def of_notice(organization) -> PartnerNotice:
    values = {
        "kind": "seeks",
        "title": "Szukamy sali",
        "text": "Na warsztaty.",
        "sphere": make.sphere(),
        "target_group": "",
        "district": None,
        "valid_until": today(),
    }
    return actions.publish_notice(organization, values, by=make.member(organization), at=now())


def of_logo(organization) -> Logo:
    return Logo.objects.create(
        organization=organization,
        file="logos/1/x.png",
        alt="Znak",
        width=1,
        height=1,
        sha256="a" * 64,
        changed_at=now(),
    )


def of_draft(organization) -> RegistrationDraft:
    return RegistrationDraft.objects.create(
        person=make.person(), has_krs=True, organization=organization, started_at=now(), saved_at=now()
    )


def of_decision(organization, other) -> DuplicateDecision:
    return DuplicateDecision.objects.create(organization=organization, other=other, decided_at=now())


def of_offer(organization) -> Offer:
    call = competitions.open_call()
    return Offer.objects.create(call=call, organization=organization, started_at=now(), updated_at=now())


def of_partner(organization) -> OfferPartner:
    offer = of_offer(make.verified())
    return OfferPartner.objects.create(offer=offer, organization=organization, invited_at=now())


def of_search(organization) -> SavedSearch:
    moment = now()
    return SavedSearch.objects.create(
        user=make.person(),
        organization=organization,
        name="Sport",
        created_at=moment,
        told_until=moment,
        next_run_at=moment,
    )


def of_seat(organization) -> CommitteeMember:
    made = committee.committee(competitions.closed_call(), ngo=organization)
    return made.members.get(naming_organization=organization)


def of_link(row, organization, owner: str):
    """The row that says that a candidate or a member acts for an organisation."""
    row.organizations.add(organization)
    return type(row).organizations.through.objects.get(organization=organization, **{owner: row})


BUILDERS = {
    "organizations.Mandate.organization": lambda o: Mandate.objects.get(user=make.member(o)),
    "organizations.RepresentationAct.organization": of_act,
    "organizations.RepresentationAct.subject_id": of_act,
    "organizations.Invitation.organization": of_invitation,
    "organizations.MatterAccess.organization": of_help,
    "organizations.AccessEntry.organization": lambda o: actions.note_opening(
        o, "Otwarcie", by=make.person(), at=now()
    ),
    "organizations.PartnerNotice.organization": of_notice,
    "organizations.Logo.organization": of_logo,
    "organizations.RegistrationDraft.organization": of_draft,
    "organizations.DuplicateDecision.organization": lambda o: of_decision(o, make.verified()),
    "organizations.DuplicateDecision.other": lambda o: of_decision(make.verified(), o),
    "competitions.Offer.organization": of_offer,
    "competitions.OfferPartner.organization": of_partner,
    "competitions.SavedSearch.organization": of_search,
    "competitions.CommitteeCandidate.naming_organization": lambda o: committee.candidate(organization=o),
    "competitions.CommitteeCandidate_organizations.organization": lambda o: of_link(
        committee.candidate(), o, "committeecandidate"
    ),
    "competitions.CommitteeMember.naming_organization": of_seat,
    "competitions.CommitteeMember_organizations.organization": lambda o: of_link(
        of_seat(make.verified()), o, "committeemember"
    ),
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
    "consultations.ConsultationRequest.organization": of_request,
    "consultations.RequestSupport.organization": lambda o: RequestSupport.objects.create(
        request=of_request(make.verified()), organization=o, asked_at=now(), confirmed_at=now()
    ),
    "consultations.Submission.organization": of_submission,
    "consultations.Invitation.organization": of_asking,
    "consultations.InvitationRefusal.organization": of_refusal,
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
    key = own.pk if tie.name == "organizations.Logo.organization" else row.pk
    assert tie.rows(own).filter(pk=key).exists()
    assert key in trace.moved[tie.name]


# --- two of the same kind ---------------------------------------------------------------------------------


def test_an_act_that_waits_is_closed_and_those_who_represent_are_told():
    """Consents were given under the manner of representation of another record."""
    own, other = make.verified(), make.verified()
    act = of_act(other)

    merge(own, other)

    act.refresh_from_db()
    assert (act.state, act.organization) == (ActState.WITHDRAWN, own)
    assert OutboxMail.objects.filter(kind="organization_act_closed").count() == 2


def test_a_renewal_asked_for_moves_with_what_it_renews():
    own, other = make.verified(), make.verified()
    person = make.member(other)
    held = Mandate.objects.get(user=person)
    asked = Mandate.objects.create(
        user=person, organization=other, role=held.role, renews=held, requested_at=now(), evidence="KRS"
    )
    twin = make.requested(own, held.role, user=person)

    merge(own, other)

    for mandate in (held, asked, twin):
        mandate.refresh_from_db()
    assert [m.state for m in (held, asked, twin)] == ["granted", "requested", "withdrawn"]
    assert set(Mandate.objects.filter(user=person).values_list("organization", flat=True)) == {own.pk}


def test_of_two_mandates_in_force_the_survivors_stays():
    own, other = make.verified(), make.verified()
    person = make.member(own)
    make.member(other, user=person)

    merge(own, other)

    states = list(Mandate.objects.filter(user=person).order_by("pk").values_list("state", flat=True))
    assert states == [MandateState.GRANTED, MandateState.ENDED]


def test_of_two_waiting_changes_the_survivors_stays():
    own, other = make.verified(), make.verified()
    first, second = of_revision(own), of_revision(other)

    merge(own, other)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (RevisionState.WAITING, RevisionState.REJECTED)
    assert (second.organization, second.is_approved) == (own, False)


def test_the_survivor_keeps_its_own_logo():
    own, other = make.verified(), make.verified()
    of_logo(own)
    of_logo(other)

    merge(own, other)

    assert set(Logo.objects.values_list("organization", flat=True)) == {own.pk, other.pk}


def test_the_two_are_no_more_called_different_and_a_third_one_is_so_once():
    own, other, third = make.verified(), make.verified(), make.verified()
    for one, two in ((own, other), (other, own), (own, third), (other, third), (third, own), (third, other)):
        of_decision(one, two)

    merge(own, other)

    now_said = DuplicateDecision.objects.exclude(organization=other).exclude(other=other)
    assert set(now_said.values_list("organization", "other")) == {(own.pk, third.pk), (third.pk, own.pk)}


def test_what_a_register_said_of_the_other_number_is_not_said_of_the_survivor():
    own, other = make.verified(), make.verified()
    RegisterComparison.objects.create(
        organization=other, register="krs", outcome=RegisterOutcome.DELETED, compared_at=now()
    )

    merge(own, other)

    assert not own.comparisons.exists()
    assert other.comparisons.exists()


def test_a_partner_of_a_joint_offer_stands_in_it_once():
    own, other = make.verified(), make.verified()
    row = of_partner(other)
    OfferPartner.objects.create(offer=row.offer, organization=own, invited_at=now())
    lead = of_offer(own)
    OfferPartner.objects.create(offer=lead, organization=other, invited_at=now())

    merge(own, other)

    assert OfferPartner.objects.filter(organization=own).count() == 1
