"""What the scheduler and the actions hand to a worker."""

from celery import shared_task

from core.common.clock import now

from . import actions
from .models import NewsletterIssue


@shared_task
def fill_issue(issue_id: int) -> None:
    """Fills the outbox with the letters of an issue that has just been let go."""
    for issue in NewsletterIssue.objects.filter(pk=issue_id):
        actions.fill_outbox(issue, at=now())


@shared_task
def sweep_newsletter() -> None:
    actions.sweep_issues(at=now())


@shared_task
def forget_newsletter_addresses() -> None:
    actions.forget_addresses(at=now())
