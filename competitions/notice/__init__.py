"""A notice as a paper: fourteen items in the city's order (R-CALL-13), for the page, the PDF and the remarks.

It is built from the plain values a version keeps, so that the paper of an old version never changes. The statutory
wording stays Polish in every language of the portal.
"""

from .blocks import (
    Block,
    Section,
)
from .layout import (
    heading_of,
    paragraphs_of,
    sections_of,
)

__all__ = [
    "Block",
    "Section",
    "heading_of",
    "paragraphs_of",
    "sections_of",
]
