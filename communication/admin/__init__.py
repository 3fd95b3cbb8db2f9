"""This room on the desk."""

from . import accessibility, contact, news, newsletter

__all__ = ["accessibility", "contact", "news", "newsletter"]
