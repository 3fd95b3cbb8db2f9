"""Django's ``EMAIL_BACKEND``: whatever is sent by ``send_mail`` or the log-in library lands in the outbox."""

import uuid

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from . import outbox
from .enums import ACCOUNT_KIND
from .letters import Composed, compose_plain


class OutboxBackend(BaseEmailBackend):
    """One row per recipient. The sender is always the portal's own address."""

    def send_messages(self, email_messages) -> int:
        return sum(self._put(message) for message in email_messages)

    def _put(self, message: EmailMessage) -> bool:
        if message.attachments:
            raise ValueError("Letters of the outbox carry no attachments: link to the file in the portal.")
        composed, headers = _composed(message), _headers(message)
        key = uuid.uuid4()
        for i, to in enumerate(message.recipients()):
            outbox.put(key=f"django:{key}:{i}", to=to, composed=composed, kind=ACCOUNT_KIND, headers=headers)
        return bool(message.recipients())


def _composed(message: EmailMessage) -> Composed:
    composed = compose_plain(message.subject, message.body)
    html = [part.content for part in getattr(message, "alternatives", []) if part.mimetype == "text/html"]
    return Composed(composed.subject, composed.text, html[0]) if html else composed


def _headers(message: EmailMessage) -> dict[str, str]:
    """Of the message's own headers those the outbox allows."""
    headers = {name: value for name, value in message.extra_headers.items() if name in outbox.ALLOWED_HEADERS}
    return headers | ({"Reply-To": ", ".join(message.reply_to)} if message.reply_to else {})
