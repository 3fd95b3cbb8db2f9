"""Words for calls in templates: ``{% load competitions %}``."""

from django import template
from django.utils.safestring import SafeString

from core.common.clock import now
from core.common.templatetags.portal import state_tag

from ..views import shown

register = template.Library()


@register.simple_tag
def call_tag(call) -> SafeString:
    """The state of a call as a tag, by the clock."""
    return state_tag(*shown.shown_state(call, now()))


@register.filter
def call_time_left(call) -> str:
    return shown.time_left(call, now())


@register.filter
def call_deadline(call) -> str:
    return shown.deadline_words(call)


@register.filter
def call_pool(call) -> str:
    return shown.pool_words(call)


@register.filter
def is_call_soon(call) -> bool:
    return shown.shown_state(call, now())[0] == "soon"


@register.filter
def partial_moment(value: str) -> str:
    return shown.partial_moment(value)


@register.simple_tag
def partial_range(first: str, last: str) -> str:
    return shown.period_words(first or "", last or "")


@register.simple_tag
def cell_name(head, place: int) -> str:
    """The name of the column of a cell."""
    return head[place]
