"""The button »Obserwuj«: ``{% load notifications %}{% follow_button call %}``."""

from django import template
from django.db import models
from django.urls import reverse
from django.utils.http import urlencode

from core.common.subjects import subject_of
from core.notifications.follows import is_following
from core.notifications.notices import unread_count

register = template.Library()


@register.inclusion_tag("notifications/follow_button.html", takes_context=True)
def follow_button(context, obj: models.Model, label: str = "") -> dict:
    """A small form that starts or ends following; ``label`` replaces »Obserwuj« (»Obserwuj konkurs«).

    Costs one query for a person who is logged in.
    """
    return _button(context, obj, label, is_following(context["request"].user, obj))


@register.inclusion_tag("notifications/follow_button.html", takes_context=True)
def unfollow_button(context, obj: models.Model) -> dict:
    """The same form for a record known to be followed, without a query."""
    return _button(context, obj, "", is_followed=True)


def _button(context, obj: models.Model, label: str, is_followed: bool) -> dict:
    """Strangers get a link to logging in and no token, so that their page can be kept for all of them."""
    kind, pk = subject_of(obj)
    request = context["request"]
    if not request.user.is_authenticated:
        login = f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"
        return {"login_url": login, "label": label}
    return {
        "kind": kind,
        "id": pk,
        "name": str(obj),
        "label": label,
        "is_following": is_followed,
        "next": request.get_full_path(),
        "csrf_token": context.get("csrf_token", ""),
    }


@register.simple_tag
def unread_notices(user) -> int:
    """How many notifications the person has not read."""
    return unread_count(user) if user.is_authenticated else 0
