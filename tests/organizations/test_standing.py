"""One click a year, and the end of an organisation."""

from datetime import timedelta

import pytest
from django.core import mail, signing
from django.urls import reverse

from competitions.models import Award
from core.common.clock import at_local, local_day, now, today
from core.legal.rules import LawBreached
from core.notifications.follows import follow
from core.notifications.models import Follow, OutboxMail, Reminder
from core.notifications.reminders import run_due
from dialogue_bodies.models import BodyMembership
from grants.models import SmallGrant
from organizations import actions
from organizations.enums import State
from organizations.models import Mandate
from organizations.reminders import CONFIRMATION_SALT, confirmation_url
from tests.factories import competitions, dialogue_bodies
from tests.factories import organizations as make
from tests.factories.accounts import unit

pytestmark = pytest.mark.django_db


def path_of(organization, user) -> str:
    return "/" + confirmation_url(organization, user).split("/", 3)[3]


# --- the yearly confirmation --------------------------------------------------------------------------------


@pytest.mark.rule("R-ORG-18")
def test_a_year_of_a_profile(client, frozen):
    """T26: reminded at 11 months, unconfirmed at 12, one click makes it good again for a year."""
    profile = make.verified()
    person = make.member(profile)
    frozen.move_to(at_local(local_day(now()).replace(year=2027, month=5), now().time()))
    run_due()
    letter = OutboxMail.objects.get(kind="profile_confirmation", to=person.email)
    link = next(word for word in letter.text.split() if "/potwierdzenie/" in word)
    assert letter.subject.startswith("Potwierdź dane do 9 czerwca 2027"), "the last day before it is stale"
    assert actions.mark_stale(at=now()) == 0

    frozen.shift(timedelta(days=60))
    assert actions.mark_stale(at=now()) == 1
    assert actions.mark_stale(at=now()) == 0
    assert "/potwierdzenie/" in OutboxMail.objects.get(kind="organization_stale", to=person.email).text
    assert "dane niepotwierdzone" in client.get(profile.get_absolute_url()).content.decode()

    client.force_login(person)
    page = client.get("/" + link.split("/", 3)[3])
    assert page.content.decode().count("Potwierdzam aktualność danych") == 1
    profile.refresh_from_db()
    assert profile.state == State.STALE, "looking changes nothing"

    client.post(reverse("organizations:confirm", args=[profile.slug]), {"next": "/moje/"})
    profile.refresh_from_db()
    assert (profile.state, profile.confirmed_on) == (State.VERIFIED, today())
    assert Reminder.objects.waiting().get(user=person).due_at > now() + timedelta(days=300)


@pytest.mark.rule("R-ORG-18")
def test_the_link_is_of_one_person_and_asks_to_log_in(client):
    profile = make.verified()
    person, colleague = make.member(profile), make.member(profile)
    path = path_of(profile, person)

    assert client.get(path).status_code == 302
    client.force_login(colleague)
    assert client.get(path).status_code == 404
    client.force_login(person)
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 405
    actions.revoke_mandate(
        Mandate.objects.get(user=person), by=make.coordinator(), at=now(), reason="koniec kadencji"
    )
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "token",
    [
        "x", "MQ:1wXyZa:forged", signing.dumps([1, 1], salt="notifications.unsubscribe"), "a" * 3000,
        signing.dumps("x", salt=CONFIRMATION_SALT), signing.dumps([1], salt=CONFIRMATION_SALT),
        signing.dumps({"a": 1}, salt=CONFIRMATION_SALT),
    ],
    ids=["nonsense", "forged", "other salt", "long", "text", "too short", "mapping"],  # the same in every process
)  # fmt: skip
def test_forged_links_lead_nowhere(client, token):
    client.force_login(make.person())

    assert client.get(reverse("organizations:confirm_page", args=[token])).status_code == 404


# --- the end ------------------------------------------------------------------------------------------------


def test_rights_and_follows_end_and_people_are_told():
    profile = make.verified()
    person, stranger = make.member(profile), make.person()
    follow(stranger, profile)
    body = dialogue_bodies.body(unit(), by=make.coordinator())
    BodyMembership.objects.create(body=body, side="ngo", organization=profile)

    make.dissolved(profile)

    mandate = Mandate.objects.get(user=person)
    assert not mandate.is_in_force
    assert mandate.end_reason
    assert not Follow.objects.exists()
    assert not Reminder.objects.waiting().exists()
    letter = OutboxMail.objects.get(kind="organization_dissolved", to=person.email)
    assert str(body) in letter.text
    assert not mail.outbox


def test_its_address_tells_so_and_keeps_the_record_of_grants(client):
    profile = make.verified("Stowarzyszenie Dawne")
    SmallGrant.objects.create(title="Festyn nad Rudawą", organization=profile, granted_amount=5000)
    call = competitions.decided_call()
    Award.objects.create(
        result=call.result, organization=profile, organization_name="x", title="Warsztaty", amount=9000
    )
    make.dissolved(profile)

    page = client.get(profile.get_absolute_url())

    text = page.content.decode().replace("\u00a0", " ")
    assert page.status_code == 200
    assert "zakończyła działalność" in text
    assert "Festyn nad Rudawą" in text
    assert "5 000 zł" in text
    assert 'action="/organizacje/' not in text
    assert profile.name not in client.get("/organizacje/").content.decode()
    for name in ("report_error", "claim", "edit", "people", "offers"):
        client.force_login(make.person())
        assert client.get(reverse(f"organizations:{name}", args=[profile.slug])).status_code == 404


@pytest.mark.rule("R-ORG-17")
def test_the_end_wants_a_day_and_a_source():
    profile = make.verified()
    tomorrow = today() + timedelta(days=1)

    for wrong in ({"dissolved_on": None, "source": " "}, {"dissolved_on": tomorrow, "source": "odpis"}):
        with pytest.raises(LawBreached) as refused:
            actions.dissolve(profile, by=make.coordinator(), at=now(), reason="Koniec.", **wrong)
        assert {b.field for b in refused.value.breaches} <= {"dissolved_on", "source"}
    profile.refresh_from_db()
    assert profile.is_public


def test_the_desk_asks_for_day_and_source(client):
    profile = make.verified()
    client.force_login(make.coordinator())
    address = reverse("admin:organizations_organization_move", args=[profile.pk, State.DISSOLVED])

    wrong = client.post(address, {"reason": "Koniec.", "dissolved_on": "2999-01-01", "source": "KRS"})
    assert "ten dzień jeszcze nie nadszedł" in wrong.content.decode()

    client.post(address, {"reason": "Koniec.", "dissolved_on": today().isoformat(), "source": "KRS"})
    profile.refresh_from_db()
    assert profile.state == State.DISSOLVED
