"""What the outbox forgets, and when."""

from datetime import datetime, timedelta

from django.db.models import Q

from core.common.clock import now

from .enums import MailState
from .models import Notice, OutboxMail

KEPT = timedelta(days=30)
NOTICES_KEPT = timedelta(days=365)
SETTLED = (MailState.SENT, MailState.FAILED, MailState.UNCERTAIN, MailState.DROPPED)


def forget_texts(at: datetime | None = None) -> int:
    """Blanks texts and headers of letters settled more than 30 days ago; that a letter was sent stays known."""
    before = (at or now()) - KEPT
    is_old = Q(sent_at__lt=before) | Q(sent_at=None, state__in=SETTLED, due_at__lt=before)
    rows = OutboxMail.objects.filter(is_old).exclude(text="", html="", headers={})
    return rows.update(text="", html="", headers={})


def forget_notices(at: datetime | None = None) -> int:
    """Deletes notifications of the portal a year old; says how many."""
    return Notice.objects.filter(created_at__lt=(at or now()) - NOTICES_KEPT).delete()[0]
