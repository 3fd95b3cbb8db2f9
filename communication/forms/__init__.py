"""Forms that people outside the office send."""

from .contact import ContactForm
from .news import SentNewsForm
from .newsletter import SignUpForm, WishesForm

__all__ = ["ContactForm", "SentNewsForm", "SignUpForm", "WishesForm"]
