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
# The cleaner takes time with the square of the nesting: within this length and number of tags about a second at most.
LONGEST = 100_000
MOST_TAGS = 10_000
TAG = re.compile(r"<[/!?a-zA-Z][^<>]*>")


def clean_html(html: str) -> str:
    """HTML with only the allowed elements, attributes and link schemes; of a text that is too much only the words.

    Forms refuse such a text before; this is for what programs write.
    """
    html = strip_controls(html)
    if is_too_much(html):
        return entities.escape(_words_of(html), quote=False)
    return nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes=ALLOWED_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )


def is_too_much(html: str) -> bool:
    """Whether a text is longer, or has more tags, than people write."""
    return len(html) > LONGEST or html.count("<") > MOST_TAGS


def strip_controls(text: str) -> str:
    """Text without the control characters that PostgreSQL, XML or a mail header cannot carry."""
    return CONTROLS.sub("", text)


def text_of(html: str) -> str:
    """The plain text of rich text, for search, mails and descriptions."""
    if is_too_much(html):
        return _words_of(html)
    spaced = html.replace("</p>", "</p>\n").replace("<br>", "\n").replace("</li>", "</li>\n")
    return entities.unescape(nh3.clean(spaced, tags=set())).strip()


def _words_of(html: str) -> str:
    """The words of a text of any length, in time that grows with its length only."""
    return entities.unescape(TAG.sub(" ", html)).strip()
