"""What Django itself mails lands in the outbox."""

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives, mail_admins, send_mail

from core.notifications import delivery
from core.notifications.enums import ACCOUNT_KIND, MailState
from core.notifications.models import OutboxMail
from portal.settings import base

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _outbox_backend(settings):
    settings.EMAIL_BACKEND = "core.notifications.backend.OutboxBackend"


def test_the_portal_is_set_up_so():
    assert base.EMAIL_BACKEND == "core.notifications.backend.OutboxBackend"
    assert base.OUTBOX_DELIVERY_BACKEND == "core.notifications.smtp.TellingBackend"


def test_send_mail_is_a_row_and_nothing_else():
    assert send_mail("Kod", "Twój kod: 123 456", None, ["anna@ngo.example"]) == 1

    row = OutboxMail.objects.get()
    assert (row.to, row.subject, row.kind, row.state) == (
        "anna@ngo.example",
        "Kod",
        ACCOUNT_KIND,
        MailState.QUEUED,
    )
    assert "123 456" in row.text
    assert "123 456" in row.html
    assert mail.outbox == []


def test_everybody_gets_an_own_letter_and_sees_nobody_else(sink):
    EmailMessage("Temat", "Treść", to=["a@ngo.example"], cc=["b@ngo.example"], bcc=["c@ngo.example"]).send()

    delivery.deliver()

    assert sorted(sink.addresses) == ["a@ngo.example", "b@ngo.example", "c@ngo.example"]
    assert not [message for message in sink.messages if message["Cc"] or message["Bcc"]]


def test_html_and_the_address_for_answers_are_kept():
    message = EmailMultiAlternatives("Temat", "Treść", to=["a@ngo.example"], reply_to=["biuro@ngo.example"])
    message.attach_alternative("<p>Treść</p>", "text/html")
    message.send()

    row = OutboxMail.objects.get()
    assert row.html == "<p>Treść</p>"
    assert row.headers == {"Reply-To": "biuro@ngo.example"}


def test_the_sender_is_always_the_portal(sink, settings):
    send_mail("Temat", "Treść", "obcy@zly.example", ["a@ngo.example"])

    delivery.deliver()

    assert sink.messages[0]["From"] == settings.DEFAULT_FROM_EMAIL


def test_attachments_are_refused():
    message = EmailMessage("Temat", "Treść", to=["a@ngo.example"])
    message.attach("plik.txt", "abc", "text/plain")

    with pytest.raises(ValueError, match="attachments"):
        message.send()


def test_no_recipient_is_no_letter(settings):
    settings.ADMINS = []

    mail_admins("Temat", "Treść")

    assert not OutboxMail.objects.exists()


def test_a_subject_cannot_carry_headers(sink):
    send_mail("Temat\r\nBcc: ofiara@ngo.example", "Treść", None, ["a@ngo.example"])

    delivery.deliver()

    assert sink.messages[0]["Subject"] == "Temat Bcc: ofiara@ngo.example"
    assert sink.messages[0]["Bcc"] is None
