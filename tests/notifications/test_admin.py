"""The outbox on the officials' desk."""

import pytest

from core.accounts.roles import Role
from core.common.clock import now
from core.legal.models import AuditEntry
from core.notifications import actions, delivery, postman
from core.notifications.enums import ACCOUNT_KIND, MailState
from core.notifications.message import message_id
from core.notifications.models import OutboxMail, Reminder
from core.notifications.reminders import set_reminders
from tests.factories.accounts import official
from tests.factories.notifications import letter

pytestmark = pytest.mark.django_db
LIST = "/admin/notifications/outboxmail/"


@pytest.fixture
def coordinator(client):
    user = official(Role.COORDINATOR)
    client.force_login(user)
    return user


@pytest.fixture
def auditor(client):
    user = official(Role.AUDITOR)
    client.force_login(user)
    return user


def in_state(state: MailState, **words) -> OutboxMail:
    """A letter walked to a state by what really leads there."""
    mail = letter(**words)
    if state == MailState.QUEUED:
        return mail
    (claimed,) = delivery.claim()
    delivery.begin(claimed)
    delivery.settle(claimed, postman.Outcome(state, "550 5.1.1" if state == MailState.FAILED else ""))
    return OutboxMail.objects.get(pk=mail.pk)


def choose(client, action: str, *mails: OutboxMail):
    return client.post(LIST, {"action": action, "_selected_action": [mail.pk for mail in mails]}, follow=True)


def state_of(mail: OutboxMail) -> str:
    return OutboxMail.objects.get(pk=mail.pk).state


# --- reading --------------------------------------------------------------------------------------


def test_a_coordinator_sees_letters_with_their_text(client, coordinator):
    mail = letter("jan@ngo.example", text="Treść listu")

    page = client.get(f"{LIST}{mail.pk}/change/").content.decode()

    assert "jan@ngo.example" in page
    assert "Treść listu" in page


def test_nobody_reads_letters_with_codes(client, coordinator):
    mail = letter(kind=ACCOUNT_KIND, text="Twój kod: 123 456")

    assert "123 456" not in client.get(f"{LIST}{mail.pk}/change/").content.decode()


def test_an_auditor_sees_that_letters_went_but_not_to_whom(client, auditor):
    mail = letter("jan@ngo.example", text="Treść listu")

    for url in (LIST, f"{LIST}{mail.pk}/change/"):
        page = client.get(url).content.decode()
        assert mail.subject in page
        assert "jan@" not in page
        assert "Treść listu" not in page


def test_only_coordinators_search_by_address(client, auditor):
    mail = letter("jan@ngo.example")

    assert mail.subject not in client.get(LIST, {"q": "jan@ngo.example"}).content.decode()
    assert mail.subject in client.get(LIST, {"q": mail.key}).content.decode()

    client.force_login(official(Role.COORDINATOR))
    assert mail.subject in client.get(LIST, {"q": "jan@ngo.example"}).content.decode()


@pytest.mark.parametrize("role", [Role.UNIT_EDITOR, Role.CALL_MANAGER, Role.DIALOGUE_SECRETARY])
def test_other_officials_do_not_see_the_outbox(client, role):
    client.force_login(official(role))

    assert client.get(LIST).status_code == 403


@pytest.mark.parametrize(
    "query",
    ["?state=uncertain", "?batch=biuletyn", "?kind=test", "?state=x", "?batch=%00", "?q=%27", "?p=99999"],
)
def test_filters(client, coordinator, query):
    in_state(MailState.UNCERTAIN)
    letter(batch="biuletyn")

    assert client.get(LIST + query, follow=True).status_code in (200, 400)


def test_uncertain_letters_stand_out(client, coordinator):
    in_state(MailState.UNCERTAIN)

    assert "tag-soon" in client.get(LIST).content.decode()


def test_the_list_takes_the_same_queries_for_many(client, coordinator, django_assert_max_num_queries):
    for _ in range(30):
        letter()

    with django_assert_max_num_queries(15):
        client.get(LIST)


def test_nothing_is_typed_or_deleted(client, coordinator):
    mail = letter()

    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{LIST}{mail.pk}/change/", {"state": "sent"}).status_code == 403
    assert client.post(f"{LIST}{mail.pk}/delete/", {"post": "yes"}).status_code == 403
    choose(client, "delete_selected", mail)
    assert state_of(mail) == MailState.QUEUED


# --- the two ways out of doubt --------------------------------------------------------------------


def test_an_uncertain_letter_can_go_again(client, coordinator, sink):
    mail = in_state(MailState.UNCERTAIN)

    page = choose(client, "send_again", mail).content.decode()

    assert "Do ponownego wysłania: 1\u00a0list." in page
    assert state_of(mail) == MailState.QUEUED
    entry = AuditEntry.objects.of(mail).get()
    assert (entry.by, entry.before, entry.after) == (coordinator, {"state": "uncertain"}, {"state": "queued"})
    delivery.deliver()
    assert sink.addresses == [mail.to]
    assert sink.messages[0]["Message-ID"] == message_id(mail.key)


def test_a_refused_letter_can_go_again_from_the_first_attempt(client, coordinator):
    mail = in_state(MailState.FAILED)

    choose(client, "send_again", mail)

    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.error) == (MailState.QUEUED, 0, "")


def test_an_uncertain_letter_can_be_taken_as_sent(client, coordinator):
    mail = in_state(MailState.UNCERTAIN)

    page = choose(client, "take_as_sent", mail).content.decode()

    assert "Uznano za wysłane: 1\u00a0list." in page
    assert state_of(mail) == MailState.SENT
    assert AuditEntry.objects.of(mail).get().after == {"state": "sent"}


@pytest.mark.parametrize("action", ["send_again", "take_as_sent"])
@pytest.mark.parametrize("state", [MailState.QUEUED, MailState.SENT])
def test_other_letters_stay_as_they_are(client, coordinator, action, state):
    mail = in_state(state)

    page = choose(client, action, mail).content.decode()

    assert "Pominięto 1\u00a0list" in page
    assert state_of(mail) == state
    assert not AuditEntry.objects.exists()


def test_a_letter_without_text_cannot_go_again(coordinator):
    mail = in_state(MailState.UNCERTAIN)
    OutboxMail.objects.filter(pk=mail.pk).update(text="")

    assert actions.send_again(mail, by=coordinator, at=now()) is False
    assert state_of(mail) == MailState.UNCERTAIN


@pytest.mark.parametrize("action", ["send_again", "take_as_sent"])
def test_an_auditor_decides_nothing(client, auditor, action):
    mail = in_state(MailState.UNCERTAIN)

    choose(client, action, mail)

    assert state_of(mail) == MailState.UNCERTAIN


# --- reminders ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("kinds")
@pytest.mark.parametrize(
    "query", ["", "?stan=waiting", "?stan=sent", "?stan=skipped", "?stan=x", "?q=deadline"]
)
def test_reminders_are_read_only(client, coordinator, unit, anna, query):
    set_reminders(unit, kind="deadline:7", user=anna, due_at=now(), expires_at=now())
    reminder = Reminder.objects.get()

    page = client.get(f"/admin/notifications/reminder/{query}").content.decode()

    assert ("Terminy spraw (7)" in page) == (query not in ("?stan=sent", "?stan=skipped"))
    assert client.get(f"/admin/notifications/reminder/{reminder.pk}/change/").status_code == 200
    assert client.post(f"/admin/notifications/reminder/{reminder.pk}/change/", {}).status_code == 403
