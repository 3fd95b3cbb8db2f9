"""The demo of this room fills a city that has nothing but itself."""

import pytest

from communication.enums import IssueState, NewsState, SubscriberState
from communication.models import (
    AccessibilityDeclaration,
    ContactMessage,
    NewsItem,
    NewsletterIssue,
    Subscriber,
)
from communication.queries import waiting_for
from core.common.clock import now
from core.notifications.models import OutboxMail
from demo import city, communication, people
from demo.context import DemoContext


@pytest.mark.django_db
def test_the_demo_has_something_in_every_state(client):
    ctx = DemoContext(now=now(), say=lambda _text: None)
    city.fill(ctx)
    people.fill(ctx)

    communication.fill(ctx)

    states = set(NewsItem.objects.values_list("state", flat=True))
    assert {NewsState.ARCHIVED, NewsState.PUBLISHED, NewsState.SUBMITTED, NewsState.RETURNED} <= states
    assert Subscriber.objects.count() == 40
    assert set(Subscriber.objects.values_list("state", flat=True)) == set(SubscriberState)
    sent = NewsletterIssue.objects.get(state=IssueState.SENDING)
    assert 20 < OutboxMail.objects.filter(batch=sent.batch).count() <= 38
    assert client.get(sent.get_absolute_url()).status_code == 200
    draft = NewsletterIssue.objects.get(state=IssueState.DRAFT)
    assert draft.items.exists()
    assert ContactMessage.objects.open().count() == 1
    assert AccessibilityDeclaration.objects.count() == 1
    assert waiting_for(ctx.people["coordinator"])
