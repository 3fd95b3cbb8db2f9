"""An issue of the newsletter as a letter: printed once for each combination of wishes, addressed for each person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.common import formats
from core.common.clock import today
from core.common.sites import absolute
from core.notifications import letters
from core.notifications.letters import Composed

from ..enums import Section
from ..models import IssueItem, NewsletterIssue, Subscriber
from ..models.newsletter import letter_key

KIND = "newsletter"
TEMPLATE = "communication/emails/issue"
EVERYTHING: tuple = ((), (), (), True)
# Stand in the printed letter where each person's own words come.
SETTINGS = "/newsletter/ustawienia-adresata/"
EXAMPLE = "osoba@example.org"
ADDRESS, CONFIRMED_ON = "@@adres@@", "@@dzien@@"
# Combinations of wishes kept printed at a time; memory stays flat however many there are.
KEPT = 200

COUNTS = {
    Section.CLOSING: gettext_lazy(
        "nabór kończy się wkrótce|nabory kończą się wkrótce|naborów kończy się wkrótce"
    ),
    Section.CALLS: gettext_lazy("nowy konkurs|nowe konkursy|nowych konkursów"),
    Section.CONSULTATIONS: gettext_lazy("konsultacje|konsultacje|konsultacji"),
    Section.MEETINGS: gettext_lazy("spotkanie|spotkania|spotkań"),
    Section.NEWS: gettext_lazy("wiadomość|wiadomości|wiadomości"),
}


class Press:
    """Prints one issue. ``at`` is the moment its words about time are true for."""

    def __init__(self, issue: NewsletterIssue, *, at: datetime):
        self.issue = issue
        self.at = at
        self.items = list(issue.items.all())
        self._printed: dict[tuple, Composed | None] = {}

    def print_for(self, wishes: tuple) -> Composed | None:
        """The letter for a combination of wishes; None when nothing of the issue is wanted."""
        if wishes not in self._printed:
            if len(self._printed) >= KEPT:
                self._printed.clear()
            self._printed[wishes] = self._print(wishes)
        return self._printed[wishes]

    def _print(self, wishes: tuple) -> Composed | None:
        items = [item for item in self.items if item.is_for(wishes)]
        if not items:
            return None
        subject = self.issue.subject or urgent_fact(items, self.at)
        composed = letters.compose(TEMPLATE, self._facts(items), subject=subject, unsubscribe_url="")
        return composed if wishes[3] else replace(composed, html="")

    def _facts(self, items: list[IssueItem]) -> dict[str, Any]:
        return {
            "issue": self.issue,
            **body(items, self.at),
            "browser_url": absolute(self.issue.get_absolute_url()),
            "settings_url": absolute(SETTINGS),
            "why": _("%(day)s potwierdzono zapis adresu %(address)s")
            % {"day": CONFIRMED_ON, "address": ADDRESS},
        }

    def row_for(self, subscriber: Subscriber) -> Mapping[str, Any] | None:
        """The letter of one person for ``outbox.enqueue_many``; None when there is nothing for them."""
        composed = self.print_for(subscriber.wishes)
        if composed is None:
            return None
        return {
            "key": letter_key(self.issue.pk, subscriber.pk),
            "to": subscriber.email,
            "kind": KIND,
            "batch": self.issue.batch,
            "composed": addressed(composed, subscriber),
            "headers": {
                "List-Id": list_id(),
                "List-Archive": f"<{absolute(reverse('communication:newsletter'))}>",
            },
            "unsubscribe_url": absolute(subscriber.get_unsubscribe_url()),
        }


def shown_to_the_desk(composed: Composed) -> Composed:
    """The letter with an example in place of a person's own words; its private links lead to the sign-up."""
    public = absolute(reverse("communication:newsletter"))
    example = _filled(composed, settings_url=public, address=EXAMPLE, confirmed_on=formats.day(today()))
    return example.for_one(public)


def addressed(composed: Composed, subscriber: Subscriber) -> Composed:
    """The printed letter with this person's settings, address and day of confirmation."""
    return _filled(
        composed,
        settings_url=absolute(subscriber.get_settings_url()),
        address=subscriber.email,
        confirmed_on=formats.day(subscriber.confirmed_at),
    )


def _filled(composed: Composed, *, settings_url: str, address: str, confirmed_on: str) -> Composed:
    own = {absolute(SETTINGS): settings_url, ADDRESS: address, CONFIRMED_ON: confirmed_on}
    text, html = composed.text, composed.html
    for place, words in own.items():
        text, html = text.replace(place, words), html.replace(place, escape(words))
    return replace(composed, text=text, html=html)


def list_id() -> str:
    return f"<newsletter.{urlsplit(settings.SITE_URL).hostname}>"


@dataclass(frozen=True)
class Part:
    """A section as it is shown: all its items; those with a leaf; those in a plain list."""

    label: Any
    items: list[IssueItem]

    @property
    def dated(self) -> list[IssueItem]:
        return [item for item in self.items if item.happens_at]

    @property
    def plain(self) -> list[IssueItem]:
        return [item for item in self.items if not item.happens_at]


# --- the words --------------------------------------------------------------------------------------


def body(items: Iterable[IssueItem], at: datetime) -> dict[str, Any]:
    """What letter and web page show: sections with their items, and the line of counts."""
    items = list(items)
    for item in items:
        item.when_now, item.soon_now = item.when(at), item.is_soon(at)
    parts = (Part(section.label, [item for item in items if item.section == section]) for section in Section)
    sections = [part for part in parts if part.items]
    return {"sections": sections, "summary": summary(items), "shown_at": at}


def summary(items: list[IssueItem]) -> str:
    """»1 nabór kończy się wkrótce, 2 nowe konkursy«."""
    counts = [(sum(item.section == section for item in items), forms) for section, forms in COUNTS.items()]
    return ", ".join(formats.counted(n, str(forms)) for n, forms in counts if n)


def urgent_fact(items: list[IssueItem], at: datetime) -> str:
    """The subject: what ends first, else the first line of the letter."""
    ends = [item for item in items if item.is_deadline and item.happens_at and item.happens_at > at]
    if ends:
        first = min(ends, key=lambda item: item.happens_at)
        left = (formats.closing(first.happens_at).date() - formats.closing(at).date()).days
        day = {0: _("Dziś"), 1: _("Jutro")}.get(left)
        facts = {"title": first.title, "day": day or formats.day(first.leaf_on, year=False)}
        return _("%(day)s ostatni dzień: %(title)s") % facts if day else _("Do %(day)s: %(title)s") % facts
    first = items[0]
    if first.happens_at:
        when = formats.day(first.leaf_on, year=False)
        return _("%(day)s: %(title)s") % {"day": when, "title": first.title}
    return first.title
