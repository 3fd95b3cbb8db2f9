"""Invitations by sphere and district, the link and the way out, dialogue bodies and their opinions."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from consultations import actions
from consultations.actions import Choice
from consultations.enums import RespondentType, State
from consultations.models import BodyNotice, BodyOpinion, Invitation, InvitationRefusal
from consultations.ties import move_invitations, move_refusals
from core.accounts.roles import Role
from core.common.clock import now, today
from core.common.slugs import slug_for
from core.legal.models import AuditEntry
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from core.notifications.models import OutboxMail
from dialogue_bodies.actions import COUNCIL_PREFIX, publish_document
from dialogue_bodies.enums import BodyKind, BodyState, DocumentKind
from dialogue_bodies.models import BodyDocument, DialogueBody
from tests.factories import consultations as make
from tests.factories import organizations as org
from tests.factories.accounts import official, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(frozen):
    return unit("Wydział Własny")


@pytest.fixture
def open_one(own):
    return make.consultation(State.OPEN, unit=own)


@pytest.fixture
def desk(own) -> Client:
    client = Client()
    client.force_login(make.manager(own))
    return client


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def names(choice: Choice, consultation=None) -> list[str]:
    rows = (
        actions.chosen_organizations(choice)
        if consultation is None
        else actions.invitable(consultation, choice)
    )
    return [one.name for one in rows]


# --- whom -------------------------------------------------------------------------------------------


def test_spheres_and_districts_choose_together(frozen):
    culture, sport = org.sphere("culture", "16"), org.sphere("sport", "17")
    podgorze, huta = org.district(13, "Podgórze"), org.district(18, "Nowa Huta")
    org.verified("Fundacja A", main_sphere=culture, district=podgorze)
    org.verified("Fundacja B", main_sphere=culture, district=huta)
    org.verified("Fundacja C", main_sphere=sport, spheres=[culture, sport], district=huta)
    org.verified("Fundacja D", main_sphere=sport, spheres=[sport], district=huta)
    org.submitted("Fundacja Niejawna", main_sphere=culture, district=huta)

    assert names(Choice(spheres=(culture,))) == ["Fundacja A", "Fundacja B", "Fundacja C"]
    assert names(Choice(spheres=(culture,), districts=(huta,))) == ["Fundacja B", "Fundacja C"]
    assert names(Choice(districts=(podgorze,))) == ["Fundacja A"]
    assert names(Choice()) == []
    assert len(names(Choice(is_everybody=True))) == 4


def test_each_organisation_is_invited_once_and_only_if_it_can_be(open_one):
    first = org.verified("Fundacja A", email="a@example.org")
    org.verified("Fundacja Bez Adresu", email="")
    refusing = org.verified("Fundacja Dość", email="dosc@example.org")
    actions.refuse_invitations(refusing, at=now())
    everybody = Choice(is_everybody=True)

    batch = actions.invite(open_one, everybody, message="Wasze zdanie się liczy.", by=None, at=now())

    assert [row.organization for row in batch.invitations.all()] == [first]
    letter = OutboxMail.objects.get(kind="consultation_invitation")
    assert letter.to == "a@example.org"
    assert "Wasze zdanie się liczy." in letter.text
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    with pytest.raises(LawBreached):
        actions.invite(open_one, everybody, by=None, at=now())
    org.verified("Fundacja Nowa", email="nowa@example.org")
    assert actions.invite(open_one, everybody, by=None, at=now()).invitations.count() == 1


@pytest.mark.parametrize("state", [State.PLANNED, State.CLOSED, State.CANCELLED])
def test_nobody_is_invited_to_what_takes_no_remarks(frozen, state):
    org.verified(email="a@example.org")

    with pytest.raises(LawBreached):
        actions.invite(make.consultation(state), Choice(is_everybody=True), by=None, at=now())
    assert not OutboxMail.objects.filter(kind="consultation_invitation").exists()


def test_only_the_unit_that_asks_invites(open_one):
    org.verified(email="a@example.org")

    with pytest.raises(MoveRefused):
        actions.invite(open_one, Choice(is_everybody=True), by=make.manager(), at=now())


# --- the link ---------------------------------------------------------------------------------------


@pytest.fixture
def invited(open_one) -> Invitation:
    org.verified("Fundacja A", email="a@example.org")
    return actions.invite(open_one, Choice(is_everybody=True), by=None, at=now()).invitations.get()


@pytest.mark.rule("R-CNS-25")
def test_following_the_link_counts_the_day_once(client, invited, frozen):
    url = invited.get_private_url()
    client.head(url)
    invited.refresh_from_db()
    assert invited.opened_on is None

    answer = client.get(url)
    frozen.shift(timedelta(days=2))
    client.get(url)

    invited.refresh_from_db()
    assert answer.url == invited.consultation.get_absolute_url()
    assert invited.opened_on == today() - timedelta(days=2)
    for forged in ("MQ:1wXyZa:forged", "x"):
        assert client.get(f"/konsultacje/zaproszenie/{forged}/").status_code == 404
        assert client.post(f"/konsultacje/zaproszenie/{forged}/rezygnacja/").status_code == 404


def test_one_click_stops_invitations_and_a_button_brings_them_back(invited):
    client = Client(enforce_csrf_checks=True)
    url = f"{invited.get_private_url()}rezygnacja/"
    assert "Nie wysyłajcie nam zaproszeń" in text(client.get(url))

    done = client.post(url, {"List-Unsubscribe": "One-Click"})
    client.post(url)

    assert "nie będzie już dostawać" in text(done)
    assert InvitationRefusal.objects.count() == 1
    client.post(url, {"verb": "accept"})
    client.post(url, {"verb": "accept"})
    assert not InvitationRefusal.objects.exists()
    assert AuditEntry.objects.of(invited.organization).filter(verb__contains="zaproszeń").count() == 2


# --- the desk ---------------------------------------------------------------------------------------


def test_recipients_are_seen_before_anything_is_sent(desk, open_one):
    org.verified("Fundacja A", email="a@example.org")
    org.verified("Fundacja Bez", email="")
    sent = {"consultation": open_one.pk, "is_everybody": "on"}
    add = reverse("admin:consultations_invitationbatch_add")
    assert "Pokaż odbiorców" in text(desk.get(f"{add}?consultation={open_one.pk}"))

    page = text(desk.post(add, {**sent, "preview": "1"}))

    assert "Fundacja A" in page
    assert "Bez adresu e-mail w bazie: 1" in page
    assert f"Zapraszamy do konsultacji: {open_one.title}" in page
    assert "zapraszamy organizację Fundacja A do konsultacji" in page
    assert page.index("Treść listu") < page.index('name="spheres"')
    assert not Invitation.objects.exists()
    other = desk.post(add, {"consultation": open_one.pk, "districts": [org.district(13, "Podgórze").pk]})
    for seen in ({}, {"seen": other.context["seen"]}):
        assert "różni się od podglądu" in text(desk.post(add, {**sent, **seen, "send": "1"}))
    assert not Invitation.objects.exists()
    sent["seen"] = desk.post(add, {**sent, "send": "1"}).context["seen"]
    unseen = desk.post(add, {**sent, "message": "Słowo, którego nikt nie widział.", "send": "1"})
    assert "różni się od podglądu" in text(unseen)
    answer = desk.post(add, {**sent, "send": "1"}, follow=True)
    assert "zaraz wyjdą" in text(answer)
    assert Invitation.objects.count() == 1
    again = desk.post(add, {**sent, "send": "1"})
    assert "ie ma kogo zaprosić" in text(again)


def test_a_choice_of_nothing_is_refused(desk, open_one):
    page = text(
        desk.post(
            reverse("admin:consultations_invitationbatch_add"), {"consultation": open_one.pk, "send": "1"}
        )
    )

    assert "wybierz sfery albo dzielnice" in page


def test_foreign_consultations_cannot_be_chosen(desk):
    foreign = make.consultation(State.OPEN)
    data = {"consultation": foreign.pk, "is_everybody": "on", "send": "1"}

    assert "has-err" in text(desk.post(reverse("admin:consultations_invitationbatch_add"), data))


def test_the_round_shows_who_opened_and_who_answered(desk, open_one, client):
    quiet = org.verified("Fundacja Cicha", email="c@example.org")
    loud = org.verified("Fundacja Głośna", email="g@example.org")
    batch = actions.invite(open_one, Choice(is_everybody=True), by=None, at=now())
    client.get(batch.invitations.get(organization=loud).get_private_url())
    who = make.sender(RespondentType.NGO, organization=loud, organisation_name=loud.name)
    make.submission(open_one, who=who)

    page = text(desk.get(reverse("admin:consultations_invitationbatch_change", args=[batch.pk])))

    assert quiet.name in page
    assert "50%" in page
    assert "22%" in page
    assert page.count("wysłała") == 1
    foreign = Client()
    foreign.force_login(make.manager())
    assert (
        foreign.get(reverse("admin:consultations_invitationbatch_change", args=[batch.pk])).status_code == 302
    )
    reader = Client()
    reader.force_login(official(Role.AUDITOR))
    assert reader.get("/admin/consultations/invitationbatch/").status_code == 200
    assert reader.get(reverse("admin:consultations_invitationbatch_add")).status_code == 403


def test_those_who_are_silent_are_reminded_once(desk, open_one):
    org.verified("Fundacja Cicha", email="c@example.org")
    loud = org.verified("Fundacja Głośna", email="g@example.org")
    actions.refuse_invitations(org.verified("Fundacja Dość", email="d@example.org"), at=now())
    batch = actions.invite(open_one, Choice(is_everybody=True), by=None, at=now())
    make.submission(
        open_one, who=make.sender(RespondentType.NGO, organization=loud, organisation_name=loud.name)
    )
    url = reverse("admin:consultations_invitationbatch_change", args=[batch.pk])
    assert "Przypomnij tym, którzy nie odpowiedzieli" in text(desk.get(url))

    done = desk.post(url, follow=True)
    again = desk.post(url, follow=True)

    assert "Przypomnienie wysłano do organizacji: 1." in text(done)
    assert "Przypomnieć można raz" in text(again)
    reminder = OutboxMail.objects.get(subject__startswith="Przypominamy o konsultacjach")
    assert reminder.to == "c@example.org"
    with pytest.raises(MoveRefused):
        actions.remind_invited(batch, by=make.manager(), at=now())


def test_nobody_is_left_to_remind(open_one):
    one = org.verified("Fundacja A", email="a@example.org")
    batch = actions.invite(open_one, Choice(is_everybody=True), by=None, at=now())
    actions.refuse_invitations(one, at=now())

    with pytest.raises(LawBreached):
        actions.remind_invited(batch, by=None, at=now())


# --- merging ----------------------------------------------------------------------------------------


def test_merging_two_records_keeps_one_invitation_and_one_refusal(invited):
    other = org.verified("Fundacja Ta Sama", email="b@example.org")
    batch = actions.invite(invited.consultation, Choice(is_everybody=True), by=None, at=now())
    second = make.consultation(State.OPEN)
    actions.invite(second, Choice(is_everybody=True), by=None, at=now())
    Invitation.objects.filter(consultation=second, organization=invited.organization).delete()
    actions.refuse_invitations(other, at=now())

    moved = move_invitations(other, invited.organization, now())
    refused = move_refusals(other, invited.organization, now())

    assert batch.invitations.count() == 0
    assert len(moved) == 1
    assert len(refused) == 1
    assert Invitation.objects.filter(organization=invited.organization).count() == 2
    actions.refuse_invitations(other, at=now())
    assert move_refusals(other, invited.organization, now()) == []
    assert InvitationRefusal.objects.get().organization == invited.organization


# --- dialogue bodies --------------------------------------------------------------------------------


def body(name: str, of=None, **fields) -> DialogueBody:
    made = DialogueBody.objects.create(
        name=name, slug=slug_for(DialogueBody, name), kind=BodyKind.KDO, unit=of, state=BodyState.ACTIVE,
        state_since=now(), **fields
    )  # fmt: skip
    if of is not None:
        official(Role.DIALOGUE_SECRETARY, of)
    return made


@pytest.mark.rule("R-CNS-08")
def test_the_council_and_the_commissions_of_the_unit_are_told_at_the_announcement(own, client):
    body(f"{COUNCIL_PREFIX} Publicznego", unit("Wydział Rady"))
    body("Komisja Własna", own)
    body("Komisja Obca", unit("Wydział Obcy"))

    made = make.consultation(State.ANNOUNCED, unit=own)

    told = BodyNotice.objects.get(consultation=made)
    assert told.bodies == ["Komisja Własna", f"{COUNCIL_PREFIX} Publicznego"]
    assert OutboxMail.objects.filter(kind="consultation_bodies").count() == 2
    page = text(client.get(made.get_absolute_url()))
    assert "Komisja Własna" in page
    assert "Komisja Obca" not in page


def test_further_bodies_are_told_from_the_desk(desk, own, open_one):
    other = body("Komisja Obca", unit("Wydział Obcy"))
    silent = body("Komisja Bez Adresów")
    url = reverse("admin:consultations_consultation_bodies", args=[open_one.pk])
    assert "has-err" in text(desk.post(url, {"bodies": "nieznane"}))
    assert silent.name not in text(desk.get(url)), "nobody can be written to through it"
    with pytest.raises(LawBreached, match="nie mają adresów"):
        actions.tell_bodies(open_one, [str(silent.pk)], by=None, at=now())

    answer = desk.post(url, {"bodies": [other.pk]}, follow=True)

    assert "Zawiadomiono ciała dialogu" in text(answer)
    assert "Zawiadomione: Komisja Obca" in text(desk.get(url))
    assert "już zawiadomiono" in text(desk.post(url, {"bodies": [other.pk]}))
    assert BodyNotice.objects.get(consultation=open_one).letters == 1
    with pytest.raises(MoveRefused):
        actions.tell_bodies(open_one, [str(other.pk)], by=make.manager(), at=now())
    with pytest.raises(LawBreached):
        actions.tell_bodies(make.draft(), [str(other.pk)], by=None, at=now())


def test_the_longest_address_is_told_too(open_one):
    long = official(Role.DIALOGUE_SECRETARY, unit("Wydział Obcy"))
    long.email = f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 50}.example"
    long.save()
    other = body("Komisja Obca", long.role_grants.get().unit)
    long.refresh_from_db()

    told = actions.tell_bodies(open_one, [str(other.pk)], by=None, at=now())

    assert told.letters == OutboxMail.objects.filter(kind="consultation_bodies").count() == 2


@pytest.mark.rule("R-CNS-08")
def test_the_opinion_of_a_commission_stands_on_the_page(client, own, open_one):
    commission = body("Komisja Własna", own)
    opinion = BodyDocument(
        body=commission,
        kind=DocumentKind.OPINION,
        title="Opinia o zasadach",
        adopted_on=today(),
        text="Popieramy projekt.",
        consultation=open_one,
    )

    publish_document(opinion, by=None, at=now())

    page = text(client.get(open_one.get_absolute_url()))
    assert "Opinia o zasadach" in page
    assert "Popieramy projekt." in page
    assert opinion.get_absolute_url() in page
    opinion.title = "Opinia poprawiona"
    publish_document(opinion, by=None, at=now())
    assert BodyOpinion.objects.get().title == "Opinia poprawiona"
    assert AuditEntry.objects.of(open_one).filter(verb__startswith="Dołączono opinię").count() == 1
    opinion.consultation = None
    publish_document(opinion, by=None, at=now())
    assert not BodyOpinion.objects.exists()
    assert "Opinia poprawiona" not in text(client.get(open_one.get_absolute_url()))


@pytest.mark.rule("R-CNS-08")
def test_no_opinion_is_attached_where_nothing_is_announced_or_all_is_called_off(open_one):
    words = {"reference": "x:1", "body_name": "Komisja", "title": "Opinia", "url": "/dialog/", "at": now()}
    with pytest.raises(LawBreached):
        actions.attach_opinion(make.consultation(State.PLANNED), **words)
    actions.attach_opinion(open_one, **words)
    open_one.state = State.CANCELLED
    assert actions.attach_opinion(open_one, **{**words, "title": "Poprawiona"}).title == "Poprawiona"
    with pytest.raises(LawBreached):
        actions.attach_opinion(open_one, **{**words, "reference": "x:2"})


@pytest.mark.parametrize("rows", [0, 5])
def test_the_page_of_a_consultation_asks_as_few_queries_with_opinions(
    client, own, open_one, rows, django_assert_max_num_queries
):
    for n in range(rows):
        actions.attach_opinion(
            open_one,
            reference=f"x:{n}",
            body_name=f"Komisja {n}",
            title=f"Opinia {n}",
            url="/dialog/",
            at=now(),
        )
        BodyNotice.objects.create(consultation=open_one, bodies=[f"Rada {n}"], sent_at=now())
    client.get(open_one.get_absolute_url())

    with django_assert_max_num_queries(8):
        client.get(open_one.get_absolute_url())
