"""Absolute addresses, always from configuration."""

from django.conf import settings


def absolute(path: str) -> str:
    """The full address of a path of this portal, for mails, feeds and calendars."""
    return settings.SITE_URL + path
