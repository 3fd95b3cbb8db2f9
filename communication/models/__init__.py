"""News, the newsletter, messages to the office, the declaration of accessibility."""

from .accessibility import AccessibilityDeclaration
from .contact import ContactMessage
from .news import NewsItem
from .newsletter import IssueItem, NewsletterIssue, Subscriber

__all__ = [
    "AccessibilityDeclaration",
    "ContactMessage",
    "IssueItem",
    "NewsItem",
    "NewsletterIssue",
    "Subscriber",
]
