"""Filling the outbox with the letters of an issue: resumable, safe to run twice and in parallel."""

from datetime import datetime

from django.db import transaction

from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused, advance
from core.notifications import outbox

from ..emails.issue import Press
from ..enums import IssueState
from ..models import NewsletterIssue, Subscriber
from ..queries.newsletter import is_settled
from .issues import send_issue

# Letters put into the outbox in one transaction; a kill loses at most the work of one.
CHUNK = 100


def fill_outbox(issue: NewsletterIssue, *, at: datetime) -> int:
    """Puts a letter for every recipient into the outbox, chunk by chunk; gives how many were offered.

    Each chunk commits together with the place reached, so whoever comes next goes on from there.
    """
    press = Press(issue, at=issue.started_at or at)
    offered = 0
    while (count := _fill_chunk(issue.pk, press, at)) is not None:
        offered += count
    return offered


@transaction.atomic
def _fill_chunk(issue_id: int, press: Press, at: datetime) -> int | None:
    """One chunk under the lock of the issue; None when there is nothing left to do."""
    issue = NewsletterIssue.objects.select_for_update().get(pk=issue_id)
    if issue.state != IssueState.SENDING or issue.filled_at:
        return None
    # locked, so that who leaves meanwhile either gets no letter or takes it back
    rows = Subscriber.objects.due_for(issue).filter(pk__gt=issue.filled_up_to)
    chunk = list(rows.select_for_update()[:CHUNK])
    letters = [letter for letter in map(press.row_for, chunk) if letter is not None]
    offered = outbox.enqueue_many(letters)
    if chunk:
        issue.filled_up_to = chunk[-1].pk
    else:
        issue.filled_at = at
    issue.save(update_fields=["filled_up_to", "filled_at"])
    return offered if chunk else None


@transaction.atomic
def finish_issue(issue: NewsletterIssue, *, at: datetime) -> bool:
    """Marks an issue as sent once every letter is in the outbox and none waits there; says whether it did."""
    locked = NewsletterIssue.objects.select_for_update().get(pk=issue.pk)
    if locked.state != IssueState.SENDING or locked.filled_at is None or not is_settled(locked):
        return False
    advance(locked, IssueState.SENT, by=None, at=at)
    locked.sent_at = at
    locked.save(update_fields=["sent_at"])
    return True


def sweep_issues(*, at: datetime) -> None:
    """Sends what is due, goes on with what was broken off, finishes what is done. Run every minute."""
    due = NewsletterIssue.objects.filter(state=IssueState.READY, scheduled_at__lte=at)
    for issue in due.order_by("scheduled_at"):
        _send_due(issue, at)
    for issue in NewsletterIssue.objects.filter(state=IssueState.SENDING):
        if issue.filled_at is None:
            fill_outbox(issue, at=at)
        finish_issue(issue, at=at)


def _send_due(issue: NewsletterIssue, at: datetime) -> None:
    """One that another sweep was faster with, or that became empty, is left as it is."""
    try:
        send_issue(issue, by=None, at=at)
    except (MoveRefused, LawBreached):
        return
