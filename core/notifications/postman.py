"""The line to the mail host, and what its answers mean for a letter."""

import logging
import re
import smtplib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import DatabaseError
from django.utils.translation import gettext_noop

from .enums import MailState
from .message import as_message
from .models import OutboxMail
from .smtp import TellingBackend, Unconfirmed

logger = logging.getLogger(__name__)

UNCONFIRMED = gettext_noop("serwer poczty nie potwierdził przyjęcia")
UNSENDABLE = gettext_noop("listu nie da się złożyć")
UNKNOWN = gettext_noop("nieznany błąd w trakcie wysyłania")
HOST_AWAY = gettext_noop("serwer poczty nie odpowiada")


@dataclass(frozen=True)
class Outcome:
    """How an attempt ended. ``error`` never holds an address."""

    state: str
    error: str = ""
    is_line_broken: bool = False


class NotOurs(Exception):
    """The claim on a letter was lost while the line was being opened."""


class Postman:
    """One connection to the mail host, reused for every letter and opened again when it breaks."""

    def __init__(self) -> None:
        self._line = None
        self.is_host_up = True

    def __enter__(self) -> "Postman":
        return self

    def __exit__(self, *_error: object) -> None:
        self._hang_up()

    def open(self) -> bool:
        """Whether there is a line; False when the host is away or refuses us."""
        if self._line is None:
            line = get_connection(settings.OUTBOX_DELIVERY_BACKEND)
            try:
                line.open()
            except (smtplib.SMTPException, OSError) as error:
                logger.warning("mail host unavailable: %s", type(error).__name__)
                self.is_host_up = False
                return False
            self._line = line
        return True

    def send(self, mail: OutboxMail, begin: Callable[[], bool]) -> Outcome | None:
        """Sends a letter, calling ``begin`` before any of it leaves; None when ``begin`` said no."""

        def check() -> None:
            if not begin():
                raise NotOurs

        try:
            self._send(as_message(mail), check)
        except NotOurs:
            self._hang_up()
            return None
        except DatabaseError:
            self._hang_up()
            raise
        except Exception as error:
            outcome = outcome_of(error)
            logger.warning("mail %s: %s, %s", mail.pk, outcome.state, outcome.error)
            if outcome.is_line_broken:
                self._hang_up()
            return outcome
        return Outcome(MailState.SENT)

    def _send(self, message: EmailMultiAlternatives, check: Callable[[], None]) -> None:
        if isinstance(self._line, TellingBackend):
            self._line.send_meanwhile(message, check)
        else:
            check()
            self._line.send_messages([message])

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            with suppress(smtplib.SMTPException, OSError):
                line.close()


def outcome_of(error: Exception) -> Outcome:
    """What an error of the sending means for the letter."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _refused(*next(iter(error.recipients.values())))
    if isinstance(error, smtplib.SMTPSenderRefused):
        # our sender is refused: a matter of the host, not of this letter, unless it is too big
        return _refused(error.smtp_code, error.smtp_error, is_final=error.smtp_code == 552)
    if isinstance(error, smtplib.SMTPDataError) and 400 <= error.smtp_code < 600:
        return _refused(error.smtp_code, error.smtp_error)
    if isinstance(error, Unconfirmed | smtplib.SMTPDataError):
        return Outcome(MailState.UNCERTAIN, UNCONFIRMED, is_line_broken=True)
    if isinstance(error, ValueError | smtplib.SMTPNotSupportedError):
        return Outcome(MailState.FAILED, UNSENDABLE)
    if isinstance(error, OSError):
        return Outcome(MailState.QUEUED, HOST_AWAY, is_line_broken=True)
    logger.error("unknown error of sending", exc_info=error)
    return Outcome(MailState.UNCERTAIN, UNKNOWN, is_line_broken=True)


def _refused(code: int, reply: bytes | str, *, is_final: bool | None = None) -> Outcome:
    """A refusal by its code: 5xx for good, 4xx for now. Only the codes are kept, the reply may hold an address."""
    text = reply.decode("ascii", "replace") if isinstance(reply, bytes) else str(reply)
    detail = re.match(r"[245]\.\d{1,3}\.\d{1,3}", text)
    is_final = 500 <= code < 600 if is_final is None else is_final
    state = MailState.FAILED if is_final else MailState.QUEUED
    return Outcome(state, f"{code} {detail[0]}" if detail else str(code), is_line_broken=code == 421)
