"""Making an issue of the newsletter and letting it go (R-COM-02)."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from celery import signature
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.common.clock import local_day
from core.legal import audit
from core.legal.rules import Breach, LawBreached
from core.legal.workflow import advance, start

from ..enums import IssueState
from ..models import NewsletterIssue
from ..queries.sources import candidates

FILL = "communication.tasks.fill_issue"
FIRST_WINDOW = timedelta(days=7)


@transaction.atomic
def plan_issue(
    *, by: Any, at: datetime, scheduled_at: datetime | None = None, **fields: Any
) -> NewsletterIssue:
    """A draft that covers what has come since the last issue."""
    issue = NewsletterIssue(scheduled_at=scheduled_at, **fields)
    issue.covers_from = _covered_until() or at - FIRST_WINDOW
    issue.slug, issue.state_since = _slug(scheduled_at or at), at
    issue.save()
    start(issue, by=by, at=at)
    audit.record(issue, _("Utworzenie"), by=by, at=at, after={"wyślij o": scheduled_at})
    return issue


def _covered_until() -> datetime | None:
    """The moment up to which the last issue that went out had gathered news."""
    sent = NewsletterIssue.objects.exclude(started_at=None)
    return sent.aggregate(last=Max("assembled_at"))["last"]


def _slug(moment: datetime) -> str:
    base = f"{local_day(moment):%Y-%m-%d}"
    taken = set(NewsletterIssue.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


@transaction.atomic
def assemble_issue(issue: NewsletterIssue, *, by: Any, at: datetime) -> int:
    """Adds what the portal has and the draft lacks; gives how many lines. What is there stays as it was edited.

    Raises LawBreached when the issue is no draft any more.
    """
    _must_be_draft(issue)
    present = set(issue.items.values_list("section", "url"))
    new = [item for item in candidates(issue.covers_from, at) if (item.section, item.url) not in present]
    for position, item in enumerate(new, start=1):
        item.issue, item.position = issue, position * 10
    issue.items.bulk_create(new)
    issue.assembled_at = at
    issue.save(update_fields=["assembled_at"])
    audit.record(issue, _("Zebranie treści"), by=by, at=at, after={"dodano": len(new)})
    return len(new)


def _must_be_draft(issue: NewsletterIssue) -> None:
    locked = NewsletterIssue.objects.select_for_update().get(pk=issue.pk)
    if locked.state != IssueState.DRAFT:
        raise LawBreached([Breach("R-COM-02", _("Treści można zmieniać tylko w szkicu wydania."))])


@transaction.atomic
def keep_items(issue: NewsletterIssue, save: Any, *, by: Any, at: datetime) -> None:
    """Runs ``save`` (of the desk's form) on the lines of a draft and writes that they changed."""
    _must_be_draft(issue)
    before = list(issue.items.values_list("title", flat=True))
    save()
    after = list(issue.items.values_list("title", flat=True))
    if before != after:
        audit.record(
            issue, _("Zmiana treści"), by=by, at=at, before={"pozycje": before}, after={"pozycje": after}
        )


# --- its way ----------------------------------------------------------------------------------------


def mark_ready(issue: NewsletterIssue, *, by: Any, at: datetime, reason: str = "") -> NewsletterIssue:
    """Closes the content; with a moment of sending the portal sends it then. Raises LawBreached."""
    advance(issue, IssueState.READY, by=by, at=at, reason=reason)
    return issue


def reopen_issue(issue: NewsletterIssue, *, by: Any, at: datetime, reason: str = "") -> NewsletterIssue:
    advance(issue, IssueState.DRAFT, by=by, at=at, reason=reason)
    return issue


def cancel_issue(issue: NewsletterIssue, *, by: Any, at: datetime, reason: str) -> NewsletterIssue:
    """Gives an issue up; needs a reason."""
    advance(issue, IssueState.CANCELLED, by=by, at=at, reason=reason)
    return issue


@transaction.atomic
def send_issue(issue: NewsletterIssue, *, by: Any, at: datetime, reason: str = "") -> NewsletterIssue:
    """Lets a ready issue go: it is in the web archive at once, a task fills the outbox after the commit.

    A task that is lost with its worker is made up for by the timetable. Raises LawBreached, MoveRefused.
    """
    advance(issue, IssueState.SENDING, by=by, at=at, reason=reason)
    issue.started_at = at
    issue.save(update_fields=["started_at"])
    fill = signature(FILL, args=[issue.pk])
    transaction.on_commit(partial(fill.apply_async, retry=False, ignore_result=True), robust=True)
    return issue
