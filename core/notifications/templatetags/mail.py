"""Pieces of letters: ``{% load mail %}`` in templates that extend ``notifications/mail.html``."""

from datetime import datetime

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.common import formats
from core.notifications.letters import is_on_site

register = template.Library()


@register.filter
def on_site(path: str) -> str:
    """The full address of a path of this portal; what leads elsewhere gives the start page."""
    path = str(path)
    if path.startswith("/") and not path.startswith("//"):
        return settings.SITE_URL + path
    return path if is_on_site(path) else f"{settings.SITE_URL}/"


@register.simple_tag
def mail_button(label, url) -> SafeString:
    """The one button of a letter, as a table row."""
    return format_html(
        '<tr><td class="px btn"><a class="button" href="{}">{}</a></td></tr>', on_site(url), label
    )


@register.inclusion_tag("notifications/mail_item.html")
def mail_item(value, title, url, over="", text="", when="", soon=False) -> dict:
    """A table row with a date leaf, a linked title, what it is about and when it ends in words."""
    shown = formats.closing(value) if isinstance(value, datetime) else value
    return {
        "weekday": formats.weekday_short(shown),
        "day": shown.day,
        "month": formats.month_on_leaf(shown),
        "soon": soon,
        "title": title,
        "url": on_site(url),
        "over": over,
        "text": text,
        "when": when,
    }
