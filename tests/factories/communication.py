"""News, subscribers, issues and messages, each in its state through the real actions."""

import itertools
from datetime import timedelta

import factory

from communication import actions
from communication.enums import Category, MessageKind, Section, SubscriberState, Topic
from communication.models import ContactMessage, IssueItem, NewsItem, NewsletterIssue, Subscriber
from core.common.clock import now
from tests.factories.city import UnitFactory

_numbers = itertools.count(1)


class NewsFactory(factory.Factory):
    """A draft of a unit; ``NewsFactory(state="published")`` goes on to the page."""

    class Meta:
        model = NewsItem

    title = factory.Sequence(lambda n: f"Aktualność próbna {n}")
    lead = "Zapowiedź próbna."
    body = "<p>Treść próbna.</p>"
    category = Category.ANNOUNCEMENT
    unit = factory.LazyFunction(UnitFactory)
    by = None
    at = factory.LazyFunction(now)
    state = "draft"

    @classmethod
    def _create(cls, model_class, *args, state, by, at, **fields):
        item = actions.write_news(by=by, at=at, **fields)
        if state in ("published", "archived"):
            actions.publish_news(item, by=None, at=at)
        if state == "archived":
            actions.archive_news(item, by=None, at=at)
        return item


def sent_news(author, *, at=None, **values) -> NewsItem:
    """News that a person outside the office has sent in."""
    n = next(_numbers)
    fields = {"title": f"Zgłoszona {n}", "lead": "Zapowiedź.", "body": "<p>Treść.</p>", **values}
    return actions.send_in(None, values=fields, by=author, at=at or now())


def returned(*, by, organization=None, **values) -> NewsItem:
    """News sent in that the office has given back for correction."""
    item = sent_news(by, organization=organization, **values)
    return actions.return_news(item, by=None, at=now(), reason="Dopisz godzinę.")


class SubscriberFactory(factory.django.DjangoModelFactory):
    """An active subscriber of everything."""

    class Meta:
        model = Subscriber

    email = factory.Sequence(lambda n: f"czytelnik{n}@ngo.example")
    state = SubscriberState.ACTIVE
    asked_at = factory.LazyFunction(lambda: now() - timedelta(days=30))
    confirmed_at = factory.LazyFunction(lambda: now() - timedelta(days=30))


def issue(*, by=None, items: int = 1, **fields) -> NewsletterIssue:
    """A draft with lines of every topic in turn."""
    made = actions.plan_issue(by=by, at=now(), **fields)
    for n in range(items):
        line(made, topic=Topic.values[n % len(Topic.values)], title=f"Pozycja {n}", url=f"/pozycja-{n}/")
    return made


def line(made: NewsletterIssue, **fields) -> IssueItem:
    values = {"section": Section.NEWS, "topic": Topic.NEWS, "title": "Pozycja", "url": "/pozycja/", **fields}
    return IssueItem.objects.create(issue=made, **values)


def sending(**fields) -> NewsletterIssue:
    """An issue that has just been let go; in tests its outbox is filled at the commit."""
    made = issue(**fields)
    actions.mark_ready(made, by=None, at=now())
    return actions.send_issue(made, by=None, at=now())


def message(kind: str = MessageKind.QUESTION, **fields) -> ContactMessage:
    return actions.receive_message(**{"kind": kind, "text": "Pytanie próbne.", "at": now(), **fields})
