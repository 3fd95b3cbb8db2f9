"""Messages to the office: received with a number, answered within their clock (R-WEB-05)."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.common.clock import local_day
from core.common.locks import hold
from core.legal import parameters
from core.legal.rules import Breach, LawBreached
from core.legal.workflow import advance, start

from .. import emails, law
from ..enums import MessageKind, MessageState
from ..models import ContactMessage

NUMBERING = 7_041_309  # the advisory lock under which numbers of messages are given


@transaction.atomic
def receive_message(
    *, kind: str, text: str, at: datetime, page: str = "", email: str = "", by: Any = None
) -> ContactMessage:
    """Takes a message in, numbers it in its year, starts the clock of a demand, confirms it by mail."""
    received_on = local_day(at)
    message = ContactMessage.objects.create(
        number=_next_number(received_on.year),
        year=received_on.year,
        kind=kind,
        text=text,
        page=page,
        email=email,
        received_at=at,
        state_since=at,
        due_on=_due_on(kind, received_on),
    )
    start(message, by=by, at=at)
    emails.tell_received(message)
    return message


def _next_number(year: int) -> int:
    hold(NUMBERING)
    return (ContactMessage.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0) + 1


def _due_on(kind: str, received_on: date) -> date | None:
    if kind != MessageKind.ACCESSIBILITY:
        return None
    return law.answer_due_on(received_on, days=parameters.days("accessibility_answer", on=received_on))


@transaction.atomic
def extend_answer(
    message: ContactMessage, *, by: Any, at: datetime, reason: str, until: date | None = None
) -> ContactMessage:
    """Puts the answer off with a reason, to ``until`` or the day already typed. Raises LawBreached (R-WEB-05)."""
    if until is not None:
        message.extended_until = until
        message.save(update_fields=["extended_until"])
    advance(message, MessageState.EXTENDED, by=by, at=at, reason=reason)
    emails.tell_extended(message, reason)
    return message


@transaction.atomic
def answer_message(
    message: ContactMessage, *, by: Any, at: datetime, reason: str = "", answer: str | None = None
) -> ContactMessage:
    """Sends the answer (or the one already typed) and closes the matter. Raises LawBreached without an answer."""
    text = message.answer if answer is None else answer
    if not text.strip():
        raise LawBreached(
            [Breach("R-WEB-05", _("Odpowiedź: napisz ją i zapisz, zanim ją wyślesz."), "answer")]
        )
    advance(message, MessageState.ANSWERED, by=by, at=at, reason=reason)
    message.answer, message.answered_at = text, at
    message.save(update_fields=["answer", "answered_at"])
    emails.tell_answer(message)
    return message


def close_message(message: ContactMessage, *, by: Any, at: datetime, reason: str) -> ContactMessage:
    """Closes a matter that needs no answer. Needs a reason."""
    advance(message, MessageState.CLOSED, by=by, at=at, reason=reason)
    return message
