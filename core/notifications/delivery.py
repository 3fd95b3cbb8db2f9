"""Sending what lies in the outbox: no letter lost, none sent twice, also when the worker is killed.

A letter goes QUEUED → CLAIMED → ATTEMPTING → SENT, each step committed. A worker that dies leaves claims,
which were certainly not sent and go back to the queue (``recover``), and at most one ATTEMPTING letter,
which may or may not have left: it becomes UNCERTAIN and waits for a person, because SMTP cannot be asked.
"""

import hashlib
import logging
import re
import signal
import smtplib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.mime.image import MIMEImage
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_noop

from core.common.clock import now

from .enums import ACCOUNT_KIND, MailState
from .models import OutboxMail
from .smtp import Unconfirmed

logger = logging.getLogger(__name__)

CLAIM = 50
# A task ends after so long and asks for another, so that a deployment never waits for a whole newsletter.
RUN_S = 25
# An untouched claim is given back after so long; well above 50 letters to a slow host.
HELD = timedelta(minutes=10)
WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60))
# 1 + 5 + 15 + 23 × 60 minutes: the last attempt is made 23 hours and 21 minutes after the first.
ATTEMPTS = 27

BROKEN_OFF = gettext_noop("przerwano w trakcie wysyłania")
UNCONFIRMED = gettext_noop("serwer poczty nie potwierdził przyjęcia")
UNSENDABLE = gettext_noop("listu nie da się złożyć")
UNKNOWN = gettext_noop("nieznany błąd w trakcie wysyłania")
HOST_AWAY = gettext_noop("serwer poczty nie odpowiada")


@dataclass
class Tally:
    """What a run did; ``has_more`` when it stopped before the outbox was empty."""

    sent: int = 0
    failed: int = 0
    put_off: int = 0
    uncertain: int = 0
    has_more: bool = False

    def count(self, state: str) -> None:
        name = {MailState.SENT: "sent", MailState.FAILED: "failed", MailState.UNCERTAIN: "uncertain"}.get(
            state, "put_off"
        )
        setattr(self, name, getattr(self, name) + 1)


@dataclass(frozen=True)
class Outcome:
    """How an attempt ended. ``error`` never holds an address."""

    state: str
    error: str = ""
    is_line_broken: bool = False


# --- the run --------------------------------------------------------------------------------------


def deliver(*, limit_s: float | None = None) -> Tally:
    """Sends what is due, single letters before mass mail, until nothing waits or the time is up.

    A SIGTERM ends the run after the present letter and gives the other claims back.
    """
    tally, ends_at = Tally(), time.monotonic() + limit_s if limit_s is not None else None
    with told_to_stop() as stop, Postman() as postman:
        while mails := claim():
            left = _deliver_claimed(mails, postman, tally, stop)
            if left:
                give_back(left)
            is_time_up = ends_at is not None and time.monotonic() >= ends_at
            if left or stop.is_set() or is_time_up or not postman.is_host_up:
                tally.has_more = is_time_up and postman.is_host_up
                break
    return tally


def _deliver_claimed(
    mails: list[OutboxMail], postman: "Postman", tally: Tally, stop: threading.Event
) -> list[OutboxMail]:
    """Sends the claimed letters one by one; gives those that were not touched."""
    for i, mail in enumerate(mails):
        if stop.is_set():
            return mails[i:]
        if not postman.open():
            tally.put_off += put_off(mails[i:], HOST_AWAY)
            return []
        if begin(mail):
            outcome = postman.send(mail)
            settle(mail, outcome)
            tally.count(outcome.state)
    return []


@contextmanager
def told_to_stop() -> Iterator[threading.Event]:
    """An event that a SIGTERM sets; the signal takes its usual effect when the block has ended."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    previous = signal.signal(signal.SIGTERM, lambda *_: stop.set())
    try:
        yield stop
    finally:
        signal.signal(signal.SIGTERM, previous)
        if stop.is_set():
            signal.raise_signal(signal.SIGTERM)


# --- states, each change committed ----------------------------------------------------------------


def claim(size: int = CLAIM) -> list[OutboxMail]:
    """Takes due letters that no other worker holds, the oldest first; commits."""
    waiting = OutboxMail.objects.waiting(now()).select_for_update(skip_locked=True)
    with transaction.atomic():
        mails = list(waiting.single()[:size]) or list(waiting.mass()[:size])
        _of(mails).update(state=MailState.CLAIMED, claimed_at=now())
    return mails


def _of(mails: list[OutboxMail]):
    return OutboxMail.objects.filter(pk__in=[mail.pk for mail in mails])


def begin(mail: OutboxMail) -> bool:
    """Marks a letter as being sent; False when the claim was lost meanwhile and it must not be sent here."""
    rows = OutboxMail.objects.filter(pk=mail.pk, state=MailState.CLAIMED)
    return bool(rows.update(state=MailState.ATTEMPTING, claimed_at=now(), attempts=F("attempts") + 1))


def settle(mail: OutboxMail, outcome: Outcome) -> None:
    """Writes down how the attempt ended."""
    rows = OutboxMail.objects.filter(pk=mail.pk, state__in=(MailState.ATTEMPTING, MailState.UNCERTAIN))
    if outcome.state == MailState.SENT:
        # codes and links to set a password are not kept a moment longer than needed
        secrets = {"text": "", "html": ""} if mail.kind == ACCOUNT_KIND else {}
        rows.update(state=MailState.SENT, sent_at=now(), error="", **secrets)
    elif outcome.state == MailState.QUEUED:
        rows.update(**_later(mail.attempts + 1, outcome.error))
    else:
        rows.update(state=outcome.state, error=outcome.error)


def put_off(mails: list[OutboxMail], error: str) -> int:
    """Gives claims back for a later attempt, because the host cannot be reached."""
    for mail in mails:
        rows = OutboxMail.objects.filter(pk=mail.pk, state=MailState.CLAIMED)
        rows.update(attempts=F("attempts") + 1, **_later(mail.attempts + 1, error))
    return len(mails)


def _later(attempts: int, error: str) -> dict:
    """The columns of a letter after its nth attempt failed for a while: a later moment, or the end."""
    if attempts >= ATTEMPTS:
        return {"state": MailState.FAILED, "error": error}
    wait = WAITS[min(attempts, len(WAITS)) - 1]
    return {"state": MailState.QUEUED, "error": error, "claimed_at": None, "due_at": now() + wait}


def give_back(mails: list[OutboxMail]) -> None:
    """Returns claims that were not touched; they do not count as attempts."""
    _of(mails).filter(state=MailState.CLAIMED).update(state=MailState.QUEUED, claimed_at=None)


def recover(at: datetime | None = None) -> tuple[int, int]:
    """Cleans up after workers that died: how many claims went back, how many letters became uncertain."""
    held = OutboxMail.objects.filter(claimed_at__lte=(at or now()) - HELD)
    returned = held.filter(state=MailState.CLAIMED).update(state=MailState.QUEUED, claimed_at=None)
    uncertain = held.filter(state=MailState.ATTEMPTING).update(state=MailState.UNCERTAIN, error=BROKEN_OFF)
    return returned, uncertain


# --- the line to the mail host --------------------------------------------------------------------


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

    def send(self, mail: OutboxMail) -> Outcome:
        try:
            self._line.send_messages([as_message(mail)])
        except Exception as error:
            outcome = outcome_of(error)
            logger.warning("mail %s: %s, %s", mail.pk, outcome.state, outcome.error)
            if outcome.is_line_broken:
                self._hang_up()
            return outcome
        return Outcome(MailState.SENT)

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


# --- the message ----------------------------------------------------------------------------------

MARK = "cid:znak"


def as_message(mail: OutboxMail) -> EmailMultiAlternatives:
    """The letter as it goes over the wire."""
    headers = {"Auto-Submitted": "auto-generated", **mail.headers, "Message-ID": message_id(mail.key)}
    message = EmailMultiAlternatives(
        mail.subject, mail.text, settings.DEFAULT_FROM_EMAIL, [mail.to], headers=headers
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
        if MARK in mail.html:
            message.mixed_subtype = "related"
            message.attach(_mark())
    return message


def message_id(key: str) -> str:
    """The same for every attempt at a letter, so that a mail host can drop a repeat."""
    digest = hashlib.sha256(key.encode()).hexdigest()[:40]
    return f"<{digest}@{urlsplit(settings.SITE_URL).hostname}>"


def _mark() -> MIMEImage:
    """The portal's mark, carried by the letter itself: nothing is fetched when it is read."""
    image = MIMEImage(_mark_bytes(), "png")
    image.add_header("Content-ID", "<znak>")
    image.add_header("Content-Disposition", "inline", filename="znak.png")
    return image


@cache
def _mark_bytes() -> bytes:
    return (Path(__file__).parent / "mark.png").read_bytes()
