"""Signing up in two steps, choosing, leaving, being forgotten (R-COM-02, R-WEB-11)."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from core.common.clock import local_day
from core.legal import parameters
from core.notifications.enums import MailState
from core.notifications.models import OutboxMail

from .. import emails, law
from ..enums import SubscriberState, Topic
from ..models import NewsletterIssue, Subscriber
from ..models.newsletter import letter_key, random_token

# A letter asking for confirmation goes to one address at most once in this time.
QUIET = timedelta(hours=1)
CONFIRMATION, RETENTION = "newsletter_confirmation", "newsletter_retention_months"
CHUNK = 200


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def ask_subscription(*, email: str, at: datetime, topics: Iterable[str] = Topic.values) -> None:
    """Somebody has typed an address: a letter asks its owner to confirm.

    Nothing is answered that would tell whether the address is known; what an active subscriber has
    chosen is not changed by strangers.
    """
    subscriber = _locked(email, at)
    if subscriber.state == SubscriberState.ACTIVE:
        emails.remind_of_settings(subscriber, at=at)
        return
    if subscriber.confirm_digest and subscriber.asked_at > at - QUIET:
        return
    token = random_token()
    subscriber.state, subscriber.asked_at, subscriber.ended_at = SubscriberState.PENDING, at, None
    subscriber.topics, subscriber.confirm_digest = _known(topics), digest(token)
    subscriber.save()
    emails.ask_to_confirm(subscriber, token, until=_confirm_until(subscriber))


def _locked(email: str, at: datetime) -> Subscriber:
    """The row of an address, locked; a new one when there is none. Two at once get the same row."""
    try:
        with transaction.atomic():
            if not Subscriber.objects.with_address(email).exists():
                Subscriber.objects.create(email=email, asked_at=at)
    except IntegrityError:  # somebody was faster
        pass
    return Subscriber.objects.select_for_update().with_address(email).get()


def _known(topics: Iterable[str]) -> list[str]:
    """The topics in their own order; none at all means all."""
    wanted = set(topics)
    return [topic for topic in Topic.values if topic in wanted] or list(Topic.values)


def _confirm_until(subscriber: Subscriber) -> datetime:
    days = parameters.days(CONFIRMATION, on=local_day(subscriber.asked_at))
    return law.confirmation_ends_at(subscriber.asked_at, days=days)


def find_by_confirmation(token: str, *, at: datetime) -> Subscriber | None:
    """The pending address of a link that is still good; looking does not use it up."""
    row = Subscriber.objects.filter(confirm_digest=digest(token), state=SubscriberState.PENDING).first()
    return row if row is not None and at < _confirm_until(row) else None


@transaction.atomic
def confirm_subscription(token: str, *, at: datetime) -> Subscriber | None:
    """Makes the address an active one; None when the link is unknown, used up or too old."""
    found = find_by_confirmation(token, at=at)
    if found is None:
        return None
    row = Subscriber.objects.select_for_update().get(pk=found.pk)
    if row.confirm_digest != digest(token):
        return None
    row.state, row.confirmed_at, row.confirm_digest = SubscriberState.ACTIVE, at, ""
    row.save(update_fields=["state", "confirmed_at", "confirm_digest"])
    return row


def choose_wishes(
    subscriber: Subscriber,
    *,
    topics: Iterable[str],
    branches: Iterable[str],
    districts: Iterable[int],
    wants_html: bool,
) -> Subscriber:
    """Keeps what an active subscriber wants; empty branches and districts mean all."""
    subscriber.topics = _known(topics)
    subscriber.branches, subscriber.districts = sorted(set(branches)), sorted(set(districts))
    subscriber.wants_html = wants_html
    subscriber.save(update_fields=["topics", "branches", "districts", "wants_html"])
    return subscriber


def end_subscription(token: str, *, at: datetime) -> bool:
    """Ends the subscription of an unsubscribe token, at once and as often as asked; False for an unknown one.

    Letters of running issues that still wait for this address are taken out of the queue.
    """
    with transaction.atomic():
        row = Subscriber.objects.select_for_update().filter(unsubscribe_token=token).first()
        if row is None:
            return False
        if row.state != SubscriberState.ENDED:
            row.state, row.ended_at, row.confirm_digest = SubscriberState.ENDED, at, ""
            row.save(update_fields=["state", "ended_at", "confirm_digest"])
            _take_back_letters(row)
    return True


def _take_back_letters(subscriber: Subscriber) -> None:
    running = NewsletterIssue.objects.filter(started_at__isnull=False, sent_at=None)
    keys = [letter_key(issue_id, subscriber.pk) for issue_id in running.values_list("pk", flat=True)]
    OutboxMail.objects.filter(key__in=keys, state=MailState.QUEUED).update(state=MailState.DROPPED)


# --- forgetting -------------------------------------------------------------------------------------


def forget_addresses(*, at: datetime) -> int:
    """Deletes addresses that left a month ago or never confirmed, and takes them off the letters sent to them."""
    doomed = [row.pk for row in _perhaps_forgotten(at).iterator(chunk_size=500) if _is_to_forget(row, at)]
    for first in range(0, len(doomed), CHUNK):
        chunk = doomed[first : first + CHUNK]
        with transaction.atomic():
            _blank_letters(chunk)
            Subscriber.objects.filter(pk__in=chunk).exclude(state=SubscriberState.ACTIVE).delete()
    return len(doomed)


def _perhaps_forgotten(at: datetime) -> QuerySet[Subscriber]:
    """Everybody but the active; those who have just left or asked are not even looked at."""
    waiting = Q(state=SubscriberState.ENDED, ended_at__lt=at - timedelta(days=27))
    return Subscriber.objects.filter(waiting | Q(state=SubscriberState.PENDING)).order_by("pk")


def _is_to_forget(row: Subscriber, at: datetime) -> bool:
    if row.state == SubscriberState.PENDING:
        return at >= _confirm_until(row)
    ended_on = local_day(row.ended_at or row.asked_at)
    months = parameters.days(RETENTION, on=ended_on)
    return local_day(at) >= law.forget_from(ended_on, months=months)


def _blank_letters(ids: list[int]) -> None:
    """The rows of letters stay, for the counts of their issues; address and text go."""
    issues = NewsletterIssue.objects.exclude(started_at=None).values_list("pk", flat=True)
    keys = [letter_key(issue, pk) for issue in issues for pk in ids]
    letters = Q(key__in=keys)
    for pk in ids:
        letters |= Q(key__startswith=f"{emails.CONFIRM_KEY.format(pk)}:")
    rows = OutboxMail.objects.filter(letters)
    rows.filter(state=MailState.QUEUED).update(state=MailState.DROPPED)
    rows.update(to="", text="", html="", headers={})
