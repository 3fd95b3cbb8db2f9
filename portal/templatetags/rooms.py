"""What pages of a lower room show of the rooms above: the roof pulls it when the page is drawn."""

from django import template
from django.core.cache import cache
from django.utils import translation

from .. import rooms

register = template.Library()
CACHE_SECONDS = 60


@register.simple_tag
def cooperation_of(organization) -> dict:
    """``{% cooperation_of organization as cooperation %}``: sections of lines, read at most once a minute."""
    key = f"cooperation:{organization.pk}:{translation.get_language()}"
    found = cache.get(key)
    if found is None:
        found = rooms.cooperation_with(organization)
        cache.set(key, found, CACHE_SECONDS)
    return found
