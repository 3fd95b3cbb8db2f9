"""Reads of the newsletter: the archive, the recipients, the progress of sending."""

from django.db.models import Count, Q, QuerySet

from core.notifications.enums import MailState
from core.notifications.models import OutboxMail

from ..enums import Topic
from ..models import NewsletterIssue, Subscriber

# What the progress of an issue shows: (name, states of the outbox).
SENT, WAITING, FAILED, UNCERTAIN, DROPPED = "sent", "waiting", "failed", "uncertain", "dropped"
PROGRESS = {
    SENT: [MailState.SENT],
    WAITING: [MailState.QUEUED, MailState.CLAIMED, MailState.ATTEMPTING],
    UNCERTAIN: [MailState.UNCERTAIN],
    FAILED: [MailState.FAILED],
    DROPPED: [MailState.DROPPED],
}


def archive() -> QuerySet[NewsletterIssue]:
    """Issues everybody may read, the newest first."""
    return NewsletterIssue.objects.published().order_by("-started_at", "-pk")


def recipients() -> dict[str, int]:
    """How many confirmed subscribers there are, in all (»all«) and for each topic; one query."""
    counts = {topic: Count("pk", filter=Q(topics__contains=[topic])) for topic in Topic.values}
    return Subscriber.objects.active().aggregate(all=Count("pk"), **counts)


def progress_of(issue: NewsletterIssue) -> dict[str, int]:
    """How many letters of an issue are sent, waiting, uncertain, failed, dropped; one query."""
    counts = {
        name: Count("pk", filter=Q(state__in=[str(s) for s in states])) for name, states in PROGRESS.items()
    }
    return OutboxMail.objects.filter(batch=issue.batch).aggregate(**counts)


def is_settled(issue: NewsletterIssue) -> bool:
    """Whether every letter of the issue has met its fate."""
    waiting = [str(state) for state in PROGRESS[WAITING]]
    return not OutboxMail.objects.filter(batch=issue.batch, state__in=waiting).exists()
