"""How fast one worker empties the outbox, against what the mail host takes over one kept connection."""

import resource
import time
from email.message import EmailMessage
from smtplib import SMTP

from django.test.utils import override_settings
from django.utils import timezone

from core.notifications.delivery import deliver
from core.notifications.enums import MailState
from core.notifications.models import OutboxMail

from .report import Line

LETTERS = 1_000
MANY = 5_000
TEXT = "Nowe konkursy i konsultacje w tym tygodniu.\n" * 40


def measure(host: str, port: int) -> list[Line]:
    floor = straight(host, port)
    with override_settings(EMAIL_HOST=host, EMAIL_PORT=port):
        fast = through_outbox(LETTERS)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        through_outbox(MANY)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return [
        Line(
            "newsletter through the outbox",
            fast / floor,
            0.8,
            "× sink",
            note=f"{fast:.0f}/s, sink {floor:.0f}/s",
        ),
        Line("memory grown by 5,000 letters", grown, 20, "MB", at_least=False),
    ]


def straight(host: str, port: int) -> float:
    """Letters a second straight over one connection."""
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = "List", "portal@example.org", "ktos@example.org"
    letter.set_content(TEXT)
    began = time.perf_counter()
    with SMTP(host, port) as smtp:
        for _ in range(LETTERS):
            smtp.send_message(letter)
    return LETTERS / (time.perf_counter() - began)


def through_outbox(count: int) -> float:
    """Letters a second through claim, mark, send, mark."""
    OutboxMail.objects.all().delete()
    OutboxMail.objects.bulk_create(
        OutboxMail(
            key=f"bench:{n}",
            kind="newsletter",
            batch="bench",
            to=f"osoba{n}@example.org",
            subject="List",
            text=TEXT,
            due_at=timezone.now(),
        )
        for n in range(count)
    )
    began = time.perf_counter()
    deliver()
    took = time.perf_counter() - began
    if OutboxMail.objects.filter(state=MailState.SENT).count() != count:
        raise RuntimeError("not every letter was sent")
    return count / took
