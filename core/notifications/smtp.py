"""SMTP that can tell »not accepted« from »perhaps accepted« when the line breaks."""

import smtplib

from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from .message import as_bytes

END_OF_MESSAGE = b"\r\n.\r\n"


class Unconfirmed(Exception):
    """The whole letter was handed over, but the host's answer never came."""


class _Telling:
    """Before the last dot nothing can have been accepted; between the dot and the answer nobody knows."""

    _is_handed_over = False

    def send(self, s):
        super().send(s)
        self._is_handed_over = isinstance(s, bytes) and s.endswith(END_OF_MESSAGE)

    def getreply(self):
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

    def _send(self, message) -> bool:
        (to,) = (sanitize_address(address, "utf-8") for address in message.to)
        sender = sanitize_address(message.from_email, "utf-8")
        self.connection.sendmail(sender, [to], as_bytes(message, to))
        return True
