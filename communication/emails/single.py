"""Letters about news sent in, messages to the office, and sign-ups. No words of strangers go into their subjects."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.common.sites import absolute
from core.notifications import outbox

from ..models import ContactMessage, NewsItem, Subscriber

NEWS, SIGN_UP, CONTACT = "news_decision", "newsletter_sign_up", "contact_answer"
CONFIRM_KEY = "newsletter:confirm:{}"


# --- news sent in -----------------------------------------------------------------------------------


def tell_published(item: NewsItem) -> None:
    """To the sender: your news is on the page."""
    _tell_sender(item, "published")


def tell_returned(item: NewsItem) -> None:
    """To the sender: what to correct."""
    _tell_sender(item, "returned")


def tell_rejected(item: NewsItem) -> None:
    """To the sender: why not."""
    _tell_sender(item, "rejected")


def _tell_sender(item: NewsItem, outcome: str) -> None:
    sender = item.submitted_by
    if sender is None or not sender.is_active:
        return
    outbox.enqueue(
        key=f"news:{item.pk}:{outcome}:{item.state_since:%Y%m%d%H%M%S%f}",
        to=sender.email,
        kind=NEWS,
        template=f"communication/emails/news_{outcome}",
        context={
            "item": item,
            "reason": item.decision_reason,
            "why": _("aktualność przyszła z Twojego konta"),
        },
    )


# --- sign-up ----------------------------------------------------------------------------------------


def ask_to_confirm(subscriber: Subscriber, token: str, *, until: datetime) -> None:
    """To an address somebody has typed: confirm, or do nothing. ``token`` is not kept in the open anywhere else."""
    outbox.enqueue(
        key=f"{CONFIRM_KEY.format(subscriber.pk)}:{subscriber.confirm_digest[:24]}",
        to=subscriber.email,
        kind=SIGN_UP,
        template="communication/emails/confirm",
        context={
            "confirm_url": absolute(reverse("communication:confirm", args=[token])),
            "until": until,
            "why": _("ktoś wpisał ten adres w formularzu newslettera"),
        },
    )


def remind_of_settings(subscriber: Subscriber, *, at: datetime) -> None:
    """To an address that gets the newsletter already, at most once a day."""
    outbox.enqueue(
        key=f"{CONFIRM_KEY.format(subscriber.pk)}:known:{at:%Y%m%d}",
        to=subscriber.email,
        kind=SIGN_UP,
        template="communication/emails/known",
        context={
            "settings_url": absolute(subscriber.get_settings_url()),
            "why": _("ktoś wpisał ten adres w formularzu newslettera"),
        },
        unsubscribe_url=absolute(subscriber.get_unsubscribe_url()),
    )


# --- messages to the office -------------------------------------------------------------------------


def tell_received(message: ContactMessage) -> None:
    """To the sender: the number and until when we answer. Their own words are not sent back."""
    _tell_writer(message, "received")


def tell_answer(message: ContactMessage) -> None:
    _tell_writer(message, "answer")


def tell_extended(message: ContactMessage, reason: str = "") -> None:
    _tell_writer(message, "extended", reason=reason)


def _tell_writer(message: ContactMessage, what: str, **context: Any) -> None:
    if not message.email:
        return
    outbox.enqueue(
        key=f"contact:{message.pk}:{what}",
        to=message.email,
        kind=CONTACT,
        template=f"communication/emails/contact_{what}",
        context={
            "message": message,
            "why": _("ktoś podał ten adres w formularzu kontaktowym"),
            **context,
        },
    )
