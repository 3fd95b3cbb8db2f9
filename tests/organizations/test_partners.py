"""The partner finder: who writes, who reads, how a notice ends, and that nobody's address is shown."""

from datetime import timedelta

import pytest

from core.common.clock import now, today
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from core.notifications.models import OutboxMail, Reminder
from core.notifications.tasks import run_due_reminders
from organizations import actions, law
from organizations.models import ErrorReport, Organization, PartnerNotice
from tests.factories import organizations as make

pytestmark = pytest.mark.django_db

LIST = "/organizacje/partnerzy/"


def values(**fields):
    return {
        "kind": "seeks",
        "title": "Szukamy sali",
        "text": "Sala w Nowej Hucie na warsztaty.",
        "sphere": make.sphere(),
        "target_group": "youth",
        "district": None,
        "valid_until": today() + timedelta(days=30),
        **fields,
    }


def form(**fields):
    data = values(**fields)
    return {**data, "sphere": data["sphere"].pk, "district": data["district"].pk if data["district"] else ""}


@pytest.fixture
def organization():
    return make.verified("Fundacja Sala")


@pytest.fixture
def person(organization):
    return make.member(organization)


def notice_of(organization, person, **fields) -> PartnerNotice:
    return actions.publish_notice(organization, values(**fields), by=person, at=now())


def test_a_person_of_the_organisation_publishes_changes_and_takes_down(client, organization, person):
    client.force_login(person)

    assert client.post(f"{organization.get_absolute_url()}partner/", form()).status_code == 302
    notice = PartnerNotice.objects.get()
    assert "Szukamy sali" in client.get(LIST).content.decode()
    changed = client.post(f"{notice.get_absolute_url()}zmien/", form(title="Szukamy dwóch sal"))
    assert changed.status_code == 302
    assert "dwóch" in client.get(notice.get_absolute_url()).content.decode()
    assert client.post(f"{notice.get_absolute_url()}zdejmij/").status_code == 302
    assert client.get(notice.get_absolute_url()).status_code == 404
    assert client.get(LIST).context["count"] == 0


def test_what_was_typed_stays_when_it_is_wrong(client, organization, person):
    client.force_login(person)

    page = client.post(
        f"{organization.get_absolute_url()}partner/", form(valid_until="2020-01-01", title="Zostaje")
    )

    assert page.status_code == 200
    assert 'value="Zostaje"' in page.content.decode()
    assert "jeszcze nie minął" in page.content.decode().replace("\u00a0", " ")
    assert not PartnerNotice.objects.exists()


def test_others_and_foreign_people_may_not(client, organization, person):
    notice = notice_of(organization, person)
    foreign = make.member(make.verified("Inna"))

    with pytest.raises(MoveRefused):
        actions.change_notice(notice, values(), by=foreign, at=now())
    with pytest.raises(MoveRefused):
        actions.withdraw_notice(notice, by=foreign, at=now())
    with pytest.raises(MoveRefused):
        actions.publish_notice(make.submitted("Niejawna"), values(), by=make.coordinator(), at=now())
    client.force_login(foreign)
    for end in ("zmien/", "zdejmij/"):
        assert client.post(f"{notice.get_absolute_url()}{end}", form()).status_code == 404
    assert client.get(f"{organization.get_absolute_url()}partner/").status_code == 404


@pytest.mark.parametrize(
    ("days", "is_right"),
    [(-1, False), (0, True), (law.partners.MOST_DAYS, True), (law.partners.MOST_DAYS + 1, False)],
)
def test_a_notice_lasts_half_a_year_at_most(days, is_right):
    assert (law.partner_notice_breaches(today() + timedelta(days=days), on=today()) == []) is is_right


def test_it_ends_by_itself_after_a_reminder(frozen, organization, person):
    notice = notice_of(organization, person)
    frozen.shift(timedelta(days=24))
    run_due_reminders()
    assert Reminder.objects.of(notice).get(user=person).sent_at is not None

    assert list(PartnerNotice.objects.published(today())) == [notice]
    frozen.shift(timedelta(days=7))
    assert list(PartnerNotice.objects.published(today())) == []


def test_a_suspended_organisation_has_no_notices(client, organization, person):
    notice = notice_of(organization, person)

    actions.suspend(organization, by=make.coordinator(), at=now() + timedelta(minutes=1), reason="Skarga.")

    assert client.get(LIST).context["count"] == 0
    assert client.get(notice.get_absolute_url()).status_code == 404


def test_an_answer_goes_through_the_portal_without_addresses(client, organization, person):
    notice = notice_of(organization, person)
    asking = make.verified("Fundacja Pytająca", email="pytajaca@example.org")
    sender = make.member(asking)
    client.force_login(sender)

    page = client.get(f"{notice.get_absolute_url()}odpowiedz/").content.decode()
    assert person.email not in page
    assert client.post(f"{notice.get_absolute_url()}odpowiedz/", {"text": "Mamy salę."}).status_code == 302
    letters = OutboxMail.objects.filter(to=person.email, kind="organization_partner")
    assert len(letters) == 1
    assert "Mamy salę." in letters[0].text
    assert "Fundacja Pytająca" in letters[0].text
    assert "pytajaca@example.org" in letters[0].text
    assert sender.email not in letters[0].text


def test_one_does_not_answer_oneself_or_without_an_organisation(client, organization, person):
    notice = notice_of(organization, person)
    with pytest.raises(LawBreached):
        actions.write_to_partner(notice, text="x", organization=organization, by=person, at=now())
    stranger = make.person()
    with pytest.raises(MoveRefused):
        actions.write_to_partner(notice, text="x", organization=organization, by=stranger, at=now())
    assert client.get(f"{notice.get_absolute_url()}odpowiedz/").status_code == 302
    client.force_login(stranger)
    page = client.get(f"{notice.get_absolute_url()}odpowiedz/").content.decode()
    assert "Odpowiadają organizacje z bazy" in page.replace("\u00a0", " ")


def test_anybody_reports_and_the_office_takes_down_with_a_reason(client, organization, person):
    notice = notice_of(organization, person)
    page = client.get(f"{notice.get_absolute_url()}zglos/")
    assert page.status_code == 200
    actions.report_notice(notice, text="To reklama.", at=now())
    assert ErrorReport.objects.get().notice == notice

    with pytest.raises(LawBreached):
        actions.withdraw_notice(notice, by=make.coordinator(), at=now())
    actions.withdraw_notice(notice, reason="To jest reklama.", by=make.coordinator(), at=now())
    assert (
        "To jest reklama."
        in OutboxMail.objects.get(kind="organization_notice_withdrawn", to=person.email).text
    )
    with pytest.raises(MoveRefused):
        actions.report_notice(PartnerNotice.objects.get(), text="x", at=now())


def test_facets_count_and_the_city_is_in_every_district(client, organization, person):
    sport = make.sphere("physical_culture", "17")
    place = make.district(13)
    notice_of(organization, person)
    notice_of(organization, person, kind="offers", title="Oferujemy księgową", sphere=sport, district=place)

    page = client.get(LIST, {"dzielnica": "13"})
    assert page.context["count"] == 2
    assert dict(page.context["form"].fields["rodzaj"].choices)["offers"] == "oferuje (1)"
    assert client.get(LIST, {"sfera": "physical_culture"}).context["count"] == 1
    assert client.get(LIST, {"q": "księgową"}).context["count"] == 1
    assert client.get(LIST, {"dzielnica": "x", "rodzaj": "?"}).status_code == 200


def test_the_list_asks_the_same_number_of_queries_at_thirty_rows(
    client, organization, person, django_assert_max_num_queries
):
    for n in range(25):
        notice_of(organization, person, title=f"Ogłoszenie {n}")
    with django_assert_max_num_queries(8):
        assert client.get(LIST).status_code == 200
    assert Organization.objects.count() == 1
