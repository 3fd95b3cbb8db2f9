"""Turning a template and its facts into a letter: subject, plain text, HTML in the portal's layout.

A template ``rooms/emails/answer`` is the file ``rooms/emails/answer.pl.txt``; its first line is
»Temat: …«. Where ``answer.pl.html`` exists it extends ``notifications/mail.html``; otherwise the HTML is
laid out from the text: blank lines part paragraphs, lines that begin with »- « make a list, and the
first paragraph of the form »Zobacz wyniki: https://…« becomes the button.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import css_inline
from django.conf import settings
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from core.city.models import City
from core.common.sites import absolute

DEFAULT_LANGUAGE = "pl"
SUBJECT_LENGTH = 300
FIRST_LINE = re.compile(r"\A\s*Temat:[ \t]*(?P<subject>[^\n]*)\n?")
# Control characters and the two line separators of Unicode; a line of a header must not hold any.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
CONTROL_IN_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]+")
HREF = re.compile(r'(?P<before><[a-z][^<>]*?)\s+href="(?P<url>[^"]*)"', re.IGNORECASE)
BUTTON = re.compile(r"\A(?P<label>[^\n:]{2,60}):\s+(?P<url>https?://\S+)\Z")
# Stands in a letter composed for many people until each one's own address is put in.
UNSUBSCRIBE_PATH = "/wypisz-adresata/"

_inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)


@dataclass(frozen=True)
class Letter:
    """What a reminder or an action wants to say: a template and its facts."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    subject: str | None = None


@dataclass(frozen=True)
class Composed:
    """A letter as it goes out."""

    subject: str
    text: str
    html: str

    def for_one(self, unsubscribe_url: str | None) -> "Composed":
        """The same letter with this person's own way out; ValueError when it needs one and has none."""
        shared = absolute(UNSUBSCRIBE_PATH)
        if shared not in self.text + self.html:
            return self
        if not unsubscribe_url:
            raise ValueError("A letter for many needs each recipient's address for unsubscribing.")
        return Composed(
            self.subject,
            self.text.replace(shared, unsubscribe_url),
            self.html.replace(shared, escape(unsubscribe_url)),
        )


def one_line(value: Any) -> str:
    """The value as one line without control characters, fit for a header."""
    return re.sub(" {2,}", " ", CONTROL.sub(" ", str(value))).strip(" ")


def is_on_site(url: str) -> bool:
    """Whether an address belongs to this portal."""
    return url == settings.SITE_URL or url.startswith((f"{settings.SITE_URL}/", f"{settings.SITE_URL}?"))


def compose(
    template: str,
    context: Mapping[str, Any],
    *,
    language: str = DEFAULT_LANGUAGE,
    subject: str | None = None,
    unsubscribe_url: str | None = None,
) -> Composed:
    """Renders a letter. ``unsubscribe_url=""`` leaves a place for each recipient's own (``for_one``)."""
    source, language = _find(template, language)
    with translation.override(language):
        facts = _facts(context, unsubscribe_url)
        heading, body = _split(_render(source, facts, is_html=False))
        heading = one_line(subject or heading)[:SUBJECT_LENGTH]
        if not heading:
            raise ValueError(f"{template}: the first line of the text must be »Temat: …«")
        facts |= {"subject": heading, "preheader": facts.get("preheader") or _preheader(body)}
        return Composed(heading, _text(body, facts), _html(template, language, body, facts))


def compose_plain(subject: str, body: str) -> Composed:
    """A letter whose text is ready, as the log-in library hands it over."""
    with translation.override(translation.get_language() or DEFAULT_LANGUAGE):
        heading = one_line(subject)[:SUBJECT_LENGTH]
        body = CONTROL_IN_TEXT.sub("", body)
        facts = _facts({}, None) | {"subject": heading, "preheader": _preheader(body)}
        return Composed(heading, body, _laid_out(body, facts))


def _find(template: str, language: str):
    """The text template in the language wanted, else in Polish, and the language found."""
    try:
        return get_template(f"{template}.{language}.txt"), language
    except TemplateDoesNotExist:
        if language == DEFAULT_LANGUAGE:
            raise
        return get_template(f"{template}.{DEFAULT_LANGUAGE}.txt"), DEFAULT_LANGUAGE


def _facts(context: Mapping[str, Any], unsubscribe_url: str | None) -> dict[str, Any]:
    if unsubscribe_url and not is_on_site(unsubscribe_url):
        raise ValueError("The address for unsubscribing must be one of this portal.")
    way_out = absolute(UNSUBSCRIBE_PATH) if unsubscribe_url == "" else unsubscribe_url
    facts = {"site_url": settings.SITE_URL, "unsubscribe_url": way_out, **context}
    return (
        facts if "city" in facts else facts | {"city": City.objects.first() or City(portal_name="Portal NGO")}
    )


def _render(template, facts: Mapping[str, Any], *, is_html: bool) -> str:
    return template.template.render(Context(dict(facts), autoescape=is_html))


def nested_quotes(text: str) -> str:
    """»„Zasady „Domu”” « → »„Zasady «Domu»” «: a title with quotation marks stands in those of the letter."""
    depth, signs = 0, []
    for sign in text:
        if sign == "\n":
            depth = 0
        elif sign == "„":
            depth += 1
            sign = "«" if depth > 1 else sign
        elif sign == "”":
            sign = "»" if depth > 1 else sign
            depth = max(depth - 1, 0)
        signs.append(sign)
    return "".join(signs)


def _split(rendered: str) -> tuple[str, str]:
    """Subject and body of a rendered text."""
    found = FIRST_LINE.match(rendered)
    body = rendered[found.end() :] if found else rendered
    body = nested_quotes(CONTROL_IN_TEXT.sub("", body.replace("\r\n", "\n")))
    return (found["subject"] if found else ""), re.sub(r"\n{3,}", "\n\n", body).strip("\n")


def _preheader(body: str) -> str:
    """The first sentences, shown by mail programs beside the subject; addresses say nothing there."""
    lines = (line for line in body.split("\n") if "://" not in line)
    return Truncator(" ".join(" ".join(lines).split())).chars(140)


def _text(body: str, facts: Mapping[str, Any]) -> str:
    footer = _render(get_template("notifications/footer.txt"), facts, is_html=False)
    lines = filter(None, (line.strip() for line in footer.split("\n")))
    return f"{body}\n\n-- \n" + "\n".join(lines) + "\n"


def _html(template: str, language: str, body: str, facts: Mapping[str, Any]) -> str:
    try:
        own = get_template(f"{template}.{language}.html")
    except TemplateDoesNotExist:
        return _laid_out(body, facts)
    return _finished(_render(own, facts, is_html=True))


def _laid_out(body: str, facts: Mapping[str, Any]) -> str:
    layout = get_template("notifications/from_text.html")
    return _finished(_render(layout, {**facts, "pieces": pieces_of(body)}, is_html=True))


def _finished(html: str) -> str:
    """Styles inlined, paths made full addresses of this portal, links to elsewhere taken out."""
    return HREF.sub(_own_link, _inliner.inline(CONTROL_IN_TEXT.sub("", html)))


def _own_link(found: re.Match[str]) -> str:
    url = found["url"]
    if url.startswith("/") and not url.startswith("//"):
        url = settings.SITE_URL + url
    if is_on_site(url) or url.startswith(("mailto:", "tel:")):
        return f'{found["before"]} href="{url}"'
    return found["before"]


# --- HTML from plain text -------------------------------------------------------------------------


@dataclass(frozen=True)
class Piece:
    """A part of a letter: a paragraph, a list, or the one button."""

    kind: str
    lines: list[SafeString] = field(default_factory=list)
    label: str = ""
    url: str = ""


def pieces_of(body: str) -> list[Piece]:
    """The paragraphs of a plain text as parts of a letter; the first labelled address is the button."""
    pieces: list[Piece] = []
    for paragraph in filter(None, (part.strip() for part in re.split(r"\n\s*\n", body))):
        has_button = any(piece.kind == "button" for piece in pieces)
        pieces.append((None if has_button else _button(paragraph)) or _paragraph(paragraph))
    return pieces


def _button(paragraph: str) -> Piece | None:
    found = BUTTON.match(paragraph)
    if found and is_on_site(found["url"]):
        return Piece("button", label=found["label"].strip(), url=found["url"])
    return None


def _paragraph(paragraph: str) -> Piece:
    lines = paragraph.split("\n")
    if all(line.startswith("- ") for line in lines):
        return Piece("list", [_with_links(line[2:]) for line in lines])
    return Piece("text", [_with_links(line) for line in lines])


def _with_links(line: str) -> SafeString:
    """The line escaped, with the portal's own addresses as links; a full stop after one is no part of it."""
    own = re.compile(rf"({re.escape(settings.SITE_URL)}(?:/\S*?)?)(?=[.,;:!?)]*(?:\s|\Z))")
    parts = map(escape, own.split(line))
    html = "".join(f'<a href="{part}">{part}</a>' if i % 2 else part for i, part in enumerate(parts))
    return mark_safe(html)  # noqa: S308 - every part was escaped two lines above
