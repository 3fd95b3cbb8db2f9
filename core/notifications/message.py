"""The letter as it goes over the wire.

``as_message`` gives what any mail backend of Django takes. ``as_bytes`` writes the same message down by hand:
the library's generator takes longer than the mail host needs to accept the letter, and a mailing has thousands.
"""

import base64
import hashlib
from email.header import Header
from email.mime.image import MIMEImage
from email.utils import format_datetime, formataddr, parseaddr
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMultiAlternatives

from core.common.clock import local, now

from .models import OutboxMail

MARK = "cid:znak"
# Neither character occurs in base64, so the line cannot occur in a part.
BOUNDARY = "=_{}"


def as_message(mail: OutboxMail) -> EmailMultiAlternatives:
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


@cache
def _mark() -> MIMEImage:
    """The portal's mark, carried by the letter itself: nothing is fetched when it is read."""
    image = MIMEImage((Path(__file__).parent / "mark.png").read_bytes(), "png")
    image.add_header("Content-ID", "<znak>")
    image.add_header("Content-Disposition", "inline", filename="znak.png")
    return image


# --- on the wire ----------------------------------------------------------------------------------


def as_bytes(message: EmailMultiAlternatives, to: str) -> bytes:
    """A message of ``as_message`` to one address, with the line ends of SMTP.

    Raises BadHeaderError for a header with a line break in it.
    """
    headers = {
        "From": _sender(message.from_email),
        "To": to,
        "Subject": message.subject,
        "Date": format_datetime(local(now())),
        **message.extra_headers,
        "MIME-Version": "1.0",
    }
    lines = [_header(name, str(value)) for name, value in headers.items()]
    return "\r\n".join(lines).encode("ascii") + b"\r\n" + _body(message)


@cache
def _sender(address: str) -> str:
    return formataddr(parseaddr(address))


def _header(name: str, value: str) -> str:
    if "\n" in value or "\r" in value:
        raise BadHeaderError(f"Line break in the header {name}")
    if value.isascii():
        return f"{name}: {value}"
    written = Header(value, "utf-8", header_name=name).encode(linesep="\r\n")
    return f"{name}: {written}"


def _body(message: EmailMultiAlternatives) -> bytes:
    """The part or parts, from the header ``Content-Type`` on."""
    text = _part("text/plain", message.body)
    if not message.alternatives:
        return text
    both = _parts("alternative", [text, _part("text/html", message.alternatives[0].content)])
    return _parts("related", [both, _mark_part()]) if message.attachments else both


def _part(kind: str, content: str) -> bytes:
    head = f"Content-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head.encode("ascii") + _base64(content.encode())


def _base64(content: bytes) -> bytes:
    return base64.encodebytes(content).replace(b"\n", b"\r\n")


@cache
def _mark_part() -> bytes:
    return _mark().as_bytes().replace(b"\n", b"\r\n")


def _parts(kind: str, parts: list[bytes]) -> bytes:
    line = BOUNDARY.format(kind)
    head = f'Content-Type: multipart/{kind}; boundary="{line}"\r\n\r\n'.encode("ascii")
    between = f"--{line}\r\n".encode("ascii")
    return head + b"".join(between + part + b"\r\n" for part in parts) + f"--{line}--\r\n".encode("ascii")
