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
# The cleaner takes time with the square of the nesting: what no editor writes is kept as its words only.
DEEPEST = 100
TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)[^<>]*>")
# They have no inside, or end by themselves where the next one begins.
FLAT = frozenset(
    [
        "br",
        "hr",
        "img",
        "input",
        "meta",
        "link",
        "wbr",
        "col",
        "p",
        "li",
        "td",
        "th",
        "tr",
        "thead",
        "tbody",
        "dt",
        "dd",
        "option",
    ]
)


def clean_html(html: str) -> str:
    """HTML with only the allowed elements, attributes and link schemes; of endless nesting only the words."""
    html = strip_controls(html)
    if is_too_deep(html):
        return entities.escape(TAG.sub("", html), quote=False)
    return nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes=ALLOWED_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )


def is_too_deep(html: str) -> bool:
    """Whether elements stand in one another deeper than any editor writes them; in one pass."""
    depth = 0
    for found in TAG.finditer(html):
        if found[2].lower() not in FLAT:
            depth = max(0, depth - 1) if found[1] else depth + 1
            if depth > DEEPEST:
                return True
    return False


def strip_controls(text: str) -> str:
    """Text without the control characters that PostgreSQL, XML or a mail header cannot carry."""
    return CONTROLS.sub("", text)


def text_of(html: str) -> str:
    """The plain text of rich text, for search, mails and descriptions."""
    if is_too_deep(html):
        return entities.unescape(TAG.sub(" ", html)).strip()
    spaced = html.replace("</p>", "</p>\n").replace("<br>", "\n").replace("</li>", "</li>\n")
    return entities.unescape(nh3.clean(spaced, tags=set())).strip()
