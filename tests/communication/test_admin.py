"""The desk: own unit only, states by buttons only, breaches in Polish, progress of an issue visible."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from communication import actions
from communication.enums import IssueState, MessageKind, MessageState, NewsState, SubscriberState
from communication.models import AccessibilityDeclaration, NewsItem, NewsletterIssue
from core.accounts.roles import Role
from core.common.clock import now
from core.notifications.enums import MailState
from core.notifications.models import OutboxMail
from tests.communication.test_contact import declaration
from tests.factories.accounts import UserFactory, official, unit
from tests.factories.communication import (
    NewsFactory,
    SubscriberFactory,
    issue,
    line,
    message,
    sending,
    sent_news,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_factor(settings):
    settings.REQUIRE_SECOND_FACTOR = False


def url(model: str, view: str, *args) -> str:
    return reverse(f"admin:communication_{model}_{view}", args=args)


def as_role(client, role: Role, where=None):
    person = official(role, where)
    client.force_login(person)
    return person


def page_of(response) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


# --- news -------------------------------------------------------------------------------------------


def news_form(**changes) -> dict:
    return {
        "title": "Nowe godziny",
        "category": "service",
        "lead": "Doradzamy dłużej.",
        "body": "<p>We wtorki do 18:00.</p>",
        "link": "",
        "event_from": "",
        "event_from_hour": "",
        "event_to": "",
        "event_to_hour": "",
        "place": "",
        "unit": "",
        "branch": "",
        "district": "",
        "organization": "",
        "contract_number": "",
        "picture_alt": "",
        "author_name": "",
        **changes,
    }


def test_an_editor_writes_and_publishes_in_the_own_unit(client):
    here = unit()
    editor = as_role(client, Role.UNIT_EDITOR, here)

    client.post(url("newsitem", "add"), news_form(unit=here.pk))
    item = NewsItem.objects.get()
    assert (item.state, item.submitted_by) == (NewsState.DRAFT, editor)
    client.post(url("newsitem", "move", item.pk, "published"), {"reason": ""})

    item.refresh_from_db()
    assert item.state == NewsState.PUBLISHED


@pytest.mark.parametrize("state", ["published", "archived"])
def test_a_state_cannot_be_typed(client, state):
    here = unit()
    as_role(client, Role.UNIT_EDITOR, here)

    client.post(url("newsitem", "add"), news_form(unit=here.pk, state=state, published_at_0="2026-01-01"))

    assert NewsItem.objects.get().state == NewsState.DRAFT


def test_a_foreign_unit_is_out_of_reach(client):
    as_role(client, Role.UNIT_EDITOR)
    foreign = unit()
    item = NewsFactory(unit=foreign)

    refused = client.post(url("newsitem", "add"), news_form(unit=foreign.pk))
    client.post(url("newsitem", "change", item.pk), news_form(title="Podmieniony"))

    assert "komórka" in page_of(refused).lower()
    assert NewsItem.objects.get().title == item.title
    assert client.get(url("newsitem", "move", item.pk, "published")).status_code == 404
    assert item.title not in page_of(client.get(url("newsitem", "changelist")))


def test_an_editor_names_the_unit(client):
    as_role(client, Role.UNIT_EDITOR)

    client.post(url("newsitem", "add"), news_form())

    assert not NewsItem.objects.exists()


def test_the_coordinator_sees_the_clock_and_returns_news(client, frozen):
    item = sent_news(UserFactory(), title="Nadesłana")
    as_role(client, Role.COORDINATOR)

    page = page_of(client.get(url("newsitem", "change", item.pk)))
    assert "piątek 12 czerwca 2026" in page
    assert "Zwróć do poprawy" in page
    assert item.get_absolute_url() not in page
    without = client.post(url("newsitem", "move", item.pk, "returned"), {"reason": ""})
    assert without.status_code == 200
    client.post(url("newsitem", "move", item.pk, "returned"), {"reason": "Dopisz miejsce"})

    item.refresh_from_db()
    assert (item.state, item.decision_reason) == (NewsState.RETURNED, "Dopisz miejsce")


def test_public_news_stay_whole_when_they_are_changed(client):
    here = unit()
    as_role(client, Role.UNIT_EDITOR, here)
    item = NewsFactory(unit=here, state="published")

    response = client.post(url("newsitem", "change", item.pk), news_form(unit=here.pk, lead=""))

    item.refresh_from_db()
    assert "Zapowiedź: napisz" in page_of(response)
    assert item.lead == "Zapowiedź próbna."


def test_breaches_stand_beside_the_button(client):
    here = unit()
    as_role(client, Role.UNIT_EDITOR, here)
    item = NewsFactory(unit=here, body="")

    assert "Treść: napisz przynajmniej jeden akapit" in page_of(
        client.get(url("newsitem", "change", item.pk))
    )


@pytest.mark.parametrize("role", [Role.CALL_MANAGER, Role.DIALOGUE_SECRETARY])
def test_other_officials_do_not_edit_news(client, role):
    as_role(client, role)

    assert client.get(url("newsitem", "changelist")).status_code == 403


# --- the newsletter ---------------------------------------------------------------------------------


def issue_form(made: NewsletterIssue | None = None, **changes) -> dict:
    rows = list(made.items.all()) if made else []
    values = {
        "subject": "",
        "intro": "",
        "scheduled_at_0": "",
        "scheduled_at_1": "",
        "items-TOTAL_FORMS": len(rows),
        "items-INITIAL_FORMS": len(rows),
    }
    for n, row in enumerate(rows):
        names = ("id", "section", "position", "topic", "over", "title", "text", "url")
        values |= {f"items-{n}-{name}": getattr(row, name) for name in names}
        values |= {f"items-{n}-issue": made.pk, f"items-{n}-has_hour": "on"}
    return {**values, **changes}


def test_a_new_issue_gathers_what_the_portal_has(client):
    NewsFactory(state="published", title="Świeża wiadomość")
    as_role(client, Role.COORDINATOR)

    client.post(url("newsletterissue", "add"), issue_form())

    made = NewsletterIssue.objects.get()
    assert [item.title for item in made.items.all()] == ["Świeża wiadomość"]
    assert made.slug


def test_lines_are_edited_removed_and_reordered(client):
    as_role(client, Role.COORDINATOR)
    made = issue(items=3)
    changes = {"items-0-title": "Zmieniona", "items-1-DELETE": "on", "items-2-position": "5"}

    client.post(url("newsletterissue", "change", made.pk), issue_form(made, **changes))

    assert sorted(made.items.values_list("title", "position")) == [("Pozycja 2", 5), ("Zmieniona", 0)]


def test_letters_lead_into_the_portal_only(client):
    as_role(client, Role.COORDINATOR)
    made = issue()

    response = client.post(
        url("newsletterissue", "change", made.pk), issue_form(made, **{"items-0-url": "https://zly.example/"})
    )

    assert "ścieżkę, która zaczyna się od /" in page_of(response)


def test_the_page_shows_recipients_and_progress(client):
    as_role(client, Role.COORDINATOR)
    SubscriberFactory.create_batch(4)
    made = sending()
    actions.fill_outbox(made, at=now())
    OutboxMail.objects.filter(batch=made.batch).update(state=MailState.SENT)
    doubtful = OutboxMail.objects.filter(batch=made.batch).first()
    OutboxMail.objects.filter(pk=doubtful.pk).update(state=MailState.UNCERTAIN)

    page = page_of(client.get(url("newsletterissue", "change", made.pk)))

    assert "4 potwierdzone adresy" in page
    assert "do sprawdzenia" in page
    assert f"?batch={made.batch}" in page
    letters = client.get(
        reverse("admin:notifications_outboxmail_changelist"), {"batch": made.batch, "state": "uncertain"}
    )
    assert "niepewna" in page_of(letters)


def test_what_has_gone_is_not_edited(client):
    as_role(client, Role.COORDINATOR)
    SubscriberFactory()
    made = sending()

    client.post(url("newsletterissue", "change", made.pk), issue_form(made, **{"items-0-title": "Po fakcie"}))
    client.post(url("newsletterissue", "assemble", made.pk))

    assert not made.items.filter(title="Po fakcie").exists()


def test_gathering_again_adds_only_what_is_missing(client, frozen):
    as_role(client, Role.COORDINATOR)
    made = issue(items=1)
    frozen.shift(60)
    NewsFactory(state="published", title="Dodana")

    for _n in range(2):
        client.post(url("newsletterissue", "assemble", made.pk))

    assert sorted(made.items.values_list("title", flat=True)) == ["Dodana", "Pozycja 0"]


def test_the_preview_is_the_letter_of_a_reader(client):
    as_role(client, Role.COORDINATOR)
    made = issue(items=0)
    line(made, topic="konkursy", title="O konkursie", url="/k/")
    line(made, topic="dialog", title="O komisji", url="/d/")
    address = url("newsletterissue", "preview", made.pk)

    whole, calls, text, empty = (
        client.get(address),
        client.get(address, {"temat": "konkursy"}),
        client.get(address, {"postac": "tekst"}),
        client.get(address, {"temat": "wydarzenia"}),
    )

    assert "O komisji" in page_of(whole)
    assert "@@" not in page_of(whole) + page_of(text)
    assert "unsafe-inline" in whole.headers["Content-Security-Policy"]
    assert "O komisji" not in page_of(calls)
    assert text.headers["Content-Type"].startswith("text/plain")
    assert "Nie ma takiego listu" in page_of(empty)
    assert client.get(address, {"temat": "x" * 500}).status_code == 200


def test_a_planned_moment_lies_ahead(client, frozen):
    as_role(client, Role.COORDINATOR)
    made = issue()

    response = client.post(
        url("newsletterissue", "change", made.pk),
        issue_form(
            made, scheduled_at="2020-01-01T08:00", scheduled_at_0="2020-01-01", scheduled_at_1="08:00"
        ),
    )

    assert "podaj moment w przyszłości" in page_of(response)


def test_the_buttons_lead_to_the_end(client):
    as_role(client, Role.COORDINATOR)
    SubscriberFactory()
    made = issue()

    for state in ("ready", "draft", "ready", "sending"):
        client.post(url("newsletterissue", "move", made.pk, state), {"reason": ""})

    made.refresh_from_db()
    assert made.state == IssueState.SENDING


@pytest.mark.parametrize("role", [Role.UNIT_EDITOR, Role.CALL_MANAGER])
def test_others_do_not_touch_the_newsletter(client, role):
    made = issue()
    as_role(client, role)

    for address in (
        url("newsletterissue", "changelist"),
        url("newsletterissue", "preview", made.pk),
        url("newsletterissue", "assemble", made.pk),
        url("subscriber", "changelist"),
        url("contactmessage", "changelist"),
        url("accessibilitydeclaration", "changelist"),
    ):
        assert client.get(address).status_code == 403, address


def test_addresses_are_shown_to_nobody_and_found_by_who_asks(client):
    as_role(client, Role.COORDINATOR)
    wanted, _other = SubscriberFactory(email="anna@szukana.example"), SubscriberFactory()
    everyone = page_of(client.get(url("subscriber", "changelist")))
    assert "anna@" not in everyone

    found = page_of(client.get(url("subscriber", "changelist"), {"q": "ANNA@szukana.example"}))
    client.post(url("subscriber", "changelist"), {"action": "end", "_selected_action": [wanted.pk]})

    wanted.refresh_from_db()
    assert "…@szukana.example" in found
    assert "…@ngo.example" not in found
    assert wanted.state == SubscriberState.ENDED


def test_an_auditor_looks_and_does_not_touch(client):
    as_role(client, Role.AUDITOR)
    subscriber = SubscriberFactory()

    assert client.get(url("subscriber", "changelist")).status_code == 200
    client.post(url("subscriber", "changelist"), {"action": "end", "_selected_action": [subscriber.pk]})

    subscriber.refresh_from_db()
    assert subscriber.state == SubscriberState.ACTIVE


# --- messages and the declaration -------------------------------------------------------------------


def test_an_answer_is_typed_saved_and_sent(client):
    as_role(client, Role.COORDINATOR)
    found = message(MessageKind.ACCESSIBILITY, email="anna@ngo.example")

    client.post(
        url("contactmessage", "change", found.pk), {"answer": "Oto wersja tekstowa.", "extended_until": ""}
    )
    client.post(url("contactmessage", "move", found.pk, "answered"), {"reason": ""})

    found.refresh_from_db()
    assert found.state == MessageState.ANSWERED
    assert "Oto wersja tekstowa." in OutboxMail.objects.get(key__endswith=":answer").text


def test_too_long_an_extension_is_refused_beside_the_field(client, frozen):
    as_role(client, Role.COORDINATOR)
    found = message(MessageKind.ACCESSIBILITY)

    late = client.post(
        url("contactmessage", "change", found.pk), {"answer": "", "extended_until": "2026-09-30"}
    )
    client.post(url("contactmessage", "change", found.pk), {"answer": "", "extended_until": "2026-07-30"})
    client.post(url("contactmessage", "move", found.pk, "extended"), {"reason": "Tłumaczymy"})

    found.refresh_from_db()
    assert "najwyżej 2 miesiące" in page_of(late)
    assert (found.state, found.extended_until) == (MessageState.EXTENDED, date(2026, 7, 30))


def test_what_the_sender_wrote_is_not_changed(client):
    as_role(client, Role.COORDINATOR)
    found = message(text="Słowa nadawcy")

    client.post(
        url("contactmessage", "change", found.pk), {"text": "Podmienione", "answer": "", "extended_until": ""}
    )

    found.refresh_from_db()
    assert found.text == "Słowa nadawcy"


def test_an_unfinished_declaration_names_its_holes(client):
    as_role(client, Role.COORDINATOR)
    kept = actions.keep_declaration(declaration(), by=None, at=now())

    response = client.post(
        url("accessibilitydeclaration", "change", kept.pk), {"status": "partial", "method": "self"}
    )

    page = page_of(response)
    assert "Dostępność architektoniczna: opisz" in page
    assert "Osoba do kontaktu: wpisz" in page
    assert AccessibilityDeclaration.objects.get().contact_person == kept.contact_person


def test_there_is_one_declaration(client):
    as_role(client, Role.COORDINATOR)
    assert client.get(url("accessibilitydeclaration", "add")).status_code == 200
    actions.keep_declaration(declaration(reviewed_on=now().date() - timedelta(days=1)), by=None, at=now())

    assert client.get(url("accessibilitydeclaration", "add")).status_code == 403
