"""Reads of this room that have two or more callers."""

from .news import latest_news

__all__ = ["latest_news"]
