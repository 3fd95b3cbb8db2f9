"""The words that were looked for, marked in a line of text."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.common.polish import Word, analyse


def marked(text: str, keys: frozenset[str], starts: tuple[str, ...] = ()) -> SafeString:
    """The text as HTML, with ``<mark>`` around words that have one of the keys or begin with one of ``starts``."""
    pieces: list[tuple[str, str]] = []
    end = 0
    for word in analyse(text):
        if not word.is_empty and _is_meant(word, keys, starts):
            pieces.append((text[end : word.start], text[word.start : word.end]))
            end = word.end
    body = format_html_join("", "{}<mark>{}</mark>", pieces)
    return format_html("{}{}", body, text[end:])


def _is_meant(word: Word, keys: frozenset[str], starts: tuple[str, ...]) -> bool:
    return bool(word.keys & keys) or (bool(starts) and word.folded.startswith(starts))
