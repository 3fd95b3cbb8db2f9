"""Rich text: one allow-list, applied on every write, whoever writes."""

import html as entities
import re

import nh3

ALLOWED_TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "ul",
    "ol",
    "li",
    "a",
    "h3",
    "h4",
    "blockquote",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
ALLOWED_ATTRIBUTES = {"a": {"href"}, "th": {"scope", "colspan", "rowspan"}, "td": {"colspan", "rowspan"}}
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
ALLOWED_SCHEMES = {"http", "https", "mailto", "tel"}


def clean_html(html: str) -> str:
    """HTML with only the allowed elements, attributes and link schemes."""
    return nh3.clean(
        strip_controls(html),
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes=ALLOWED_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )


def strip_controls(text: str) -> str:
    """Text without the control characters that PostgreSQL, XML or a mail header cannot carry."""
    return CONTROLS.sub("", text)


def text_of(html: str) -> str:
    """The plain text of rich text, for search, mails and descriptions."""
    spaced = html.replace("</p>", "</p>\n").replace("<br>", "\n").replace("</li>", "</li>\n")
    return entities.unescape(nh3.clean(spaced, tags=set())).strip()
