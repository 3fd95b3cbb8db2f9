"""Putting letters into the outbox. A letter is a row first; a worker sends it after the commit."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.common.clock import now

from . import notices
from .broker import kick
from .enums import MailState
from .letters import DEFAULT_LANGUAGE, Composed, compose, is_on_site, one_line
from .models import OutboxMail

__all__ = ("enqueue", "enqueue_many", "kick", "put")

CHUNK = 500
ADDRESS_LENGTH = 254
ALLOWED_HEADERS = frozenset(
    {"Reply-To", "List-Id", "List-Help", "List-Archive", "Precedence", "In-Reply-To", "References"}
)
OWN_HEADER = re.compile(r"\AX-[A-Za-z0-9-]{1,60}\Z")


def enqueue(
    *,
    key: str,
    to: str,
    template: str,
    context: Mapping[str, Any],
    kind: str,
    subject: str | None = None,
    headers: Mapping[str, str] | None = None,
    batch: str = "",
    due_at: datetime | None = None,
    language: str = DEFAULT_LANGUAGE,
    unsubscribe_url: str | None = None,
) -> OutboxMail | None:
    """Puts one letter into the outbox; None when a letter with this key is there already.

    Call it inside the transaction of the act it reports: the letter is sent only if that commits.
    ``key`` says which letter it is (»consultation:7:answer:31«), ``kind`` which sort; ``batch`` marks mass
    mail, which lets single letters go first. An address that is none gives a row »nie do wysłania«.
    Raises ValueError for a header that is not allowed and an unsubscribe address outside the portal.
    """
    if OutboxMail.objects.filter(key=key).exists() or notices.is_kept(key):
        return None
    composed = compose(template, context, language=language, subject=subject, unsubscribe_url=unsubscribe_url)
    if not notices.keep([{"key": key, "to": to, "kind": kind, "composed": composed}]):
        return None
    return put(
        key=key,
        to=to,
        composed=composed,
        kind=kind,
        headers=headers,
        batch=batch,
        due_at=due_at,
        unsubscribe_url=unsubscribe_url,
    )


def put(*, key: str, **letter: Any) -> OutboxMail | None:
    """Stores a letter that is composed already (see ``enqueue`` for the words); None when the key is taken."""
    mail = _row(key=key, **letter)
    try:
        with transaction.atomic():
            mail.save(force_insert=True)
    except IntegrityError:
        return None
    if mail.state == MailState.QUEUED and mail.due_at <= now():
        kick()
    return mail


def enqueue_many(rows: Iterable[Mapping[str, Any]]) -> int:
    """Puts many letters into the outbox, 500 at a time, so memory stays flat; gives how many were offered.

    A row has the words of ``enqueue``, or ``composed`` (from ``letters.compose`` with
    ``unsubscribe_url=""``) instead of template, context, subject and language: then the letter is
    rendered once for all. Keys that are there already are passed over.
    """
    offered, source = 0, iter(rows)
    while chunk := list(islice(source, CHUNK)):
        ready = [row if "composed" in row else _composed(row) for row in chunk]
        OutboxMail.objects.bulk_create([_row(**row) for row in notices.keep(ready)], ignore_conflicts=True)
        offered += len(chunk)
    if offered:
        kick()
    return offered


def _composed(row: Mapping[str, Any]) -> dict[str, Any]:
    words = {name: row[name] for name in ("language", "subject", "unsubscribe_url") if name in row}
    rest = {
        name: value
        for name, value in row.items()
        if name not in ("template", "context", "language", "subject")
    }
    return {**rest, "composed": compose(row["template"], row["context"], **words)}


def _row(
    *,
    key: str,
    to: str,
    composed: Composed,
    kind: str,
    headers: Mapping[str, str] | None = None,
    batch: str = "",
    due_at: datetime | None = None,
    unsubscribe_url: str | None = None,
) -> OutboxMail:
    letter = composed.for_one(unsubscribe_url)
    is_address = _is_address(to)
    return OutboxMail(
        key=key,
        kind=kind,
        batch=batch,
        to=to if is_address else one_line(to)[:ADDRESS_LENGTH],
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        headers=_headers(headers or {}, unsubscribe_url, is_mass=bool(batch)),
        state=MailState.QUEUED if is_address else MailState.DROPPED,
        error="" if is_address else _("adres jest niepoprawny"),
        due_at=due_at or now(),
    )


def _is_address(to: str) -> bool:
    try:
        validate_email(to)
    except ValidationError:
        return False
    return len(to) <= ADDRESS_LENGTH


def _headers(given: Mapping[str, str], unsubscribe_url: str | None, *, is_mass: bool) -> dict[str, str]:
    """The further headers of a letter: known names, values of one line."""
    refused = [name for name in given if name not in ALLOWED_HEADERS and not OWN_HEADER.match(name)]
    if refused:
        raise ValueError(f"Headers not allowed in a letter: {refused}")
    headers = {name: one_line(value) for name, value in given.items()}
    if is_mass:
        headers.setdefault("Precedence", "bulk")
    return headers | (_way_out(unsubscribe_url) if unsubscribe_url else {})


def _way_out(url: str) -> dict[str, str]:
    """One-click unsubscribing (RFC 8058)."""
    if not is_on_site(url):
        raise ValueError("The address for unsubscribing must be one of this portal.")
    return {"List-Unsubscribe": f"<{one_line(url)}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
