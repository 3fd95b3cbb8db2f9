"""SMTP that can tell »not accepted« from »perhaps accepted« when the line breaks."""

import smtplib
from collections.abc import Callable
from email.utils import parseaddr
from functools import cache

from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from .message import as_bytes

END_OF_MESSAGE = b"\r\n.\r\n"


class Unconfirmed(Exception):
    """The whole letter was handed over, but the host's answer never came."""


class _Telling:
    """Before the last dot nothing can have been accepted; between the dot and the answer nobody knows.

    ``meanwhile`` is called once, while the host thinks about its next answer; nothing of the letter has
    been handed over by then.
    """

    meanwhile: Callable[[], None] | None = None
    _is_handed_over = False

    def send(self, s):
        super().send(s)
        self._is_handed_over = isinstance(s, bytes) and s.endswith(END_OF_MESSAGE)

    def getreply(self):
        task, self.meanwhile = self.meanwhile, None
        if task is not None:
            task()
        try:
            return super().getreply()
        except smtplib.SMTPServerDisconnected as lost:
            if self._is_handed_over:
                raise Unconfirmed from lost
            raise


class TellingSMTP(_Telling, smtplib.SMTP):
    pass


class TellingSMTPOverTLS(_Telling, smtplib.SMTP_SSL):
    pass


class TellingBackend(EmailBackend):
    """Django's SMTP backend over a connection that raises ``Unconfirmed``; sends messages of ``as_message``."""

    @property
    def connection_class(self):
        return TellingSMTPOverTLS if self.use_ssl else TellingSMTP

    def send_meanwhile(self, message, task: Callable[[], None]) -> None:
        """Sends one message over the open line, doing ``task`` before any of it is handed over."""
        self.connection.meanwhile = task
        self._send(message)

    def _send(self, message) -> bool:
        to = _envelope(message.to[0]) if not message.to[0].isascii() else message.to[0]
        self.connection.sendmail(_sender(message.from_email), [to], as_bytes(message, to))
        return True


def _envelope(address: str) -> str:
    """The bare address, its domain in ASCII."""
    return sanitize_address(address, "utf-8")


@cache
def _sender(address: str) -> str:
    return parseaddr(_envelope(address))[1]
