"""Two texts side by side, with what changed between them marked for eyes and for screen readers."""

import re
from difflib import SequenceMatcher

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

# Less alike than this, two texts are shown as replaced: letters in common would only be noise.
ALIKE = 0.7
# Fewer letters than this between two changes do not part them.
SHORTEST_IN_COMMON = 3
# By words, texts have less in common than by letters.
ALIKE_BY_WORDS = 0.4
WORDS = re.compile(r"\w+|\s+|[^\w\s]+")
WORD = re.compile(r"\w")
# Longer texts are compared as a whole; letter by letter the time grows with the square.
LONGEST = 2000


def marked(old: str, new: str) -> tuple[SafeString, SafeString]:
    """The old text with what is gone in ``<del>``, the new one with what came in ``<ins>``."""
    if old == new:
        return format_html("{}", old), format_html("{}", new)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if max(len(old), len(new)) > LONGEST or matcher.ratio() < ALIKE:
        return _gone(old), _come(new)
    before, after = [], []
    for is_same, i, j, k, m in _pieces(matcher):
        before.append(format_html("{}", old[i:j]) if is_same else _gone(old[i:j]))
        after.append(format_html("{}", new[k:m]) if is_same else _come(new[k:m]))
    return mark_safe("".join(before)), mark_safe("".join(after))  # noqa: S308 - every part was escaped above


def marked_by_words(old: str, new: str) -> tuple[SafeString, SafeString]:
    """The same by whole words: what a listener hears is never a piece of a word."""
    if old == new:
        return format_html("{}", old), format_html("{}", new)
    before, after = WORDS.findall(old), WORDS.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if max(len(before), len(after)) > LONGEST or matcher.ratio() < ALIKE_BY_WORDS:
        return _gone(old), _come(new)
    gone, come = [], []
    for is_same, i, j, k, m in _word_pieces(matcher):
        left, right = "".join(before[i:j]), "".join(after[k:m])
        gone.append(format_html("{}", left) if is_same else _gone(left))
        come.append(format_html("{}", right) if is_same else _come(right))
    return mark_safe("".join(gone)), mark_safe("".join(come))  # noqa: S308 - every part was escaped above


def _word_pieces(matcher: SequenceMatcher) -> list[list]:
    """(the same?, from, to, from, to) in turn; mere spaces and marks between two changes are part of them."""
    pieces: list[list] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        has_words = any(WORD.match(part) for part in matcher.a[i:j])
        is_same = tag == "equal" and (has_words or not pieces or j == len(matcher.a))
        if pieces and pieces[-1][0] == is_same:
            pieces[-1][2], pieces[-1][4] = j, m
        else:
            pieces.append([is_same, i, j, k, m])
    return pieces


def _pieces(matcher: SequenceMatcher) -> list[list]:
    """(the same?, from, to, from, to) in turn; a few letters in common between two changes are part of them."""
    pieces: list[list] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        is_same = tag == "equal" and (j - i >= SHORTEST_IN_COMMON or not pieces or j == len(matcher.a))
        if pieces and pieces[-1][0] == is_same:
            pieces[-1][2], pieces[-1][4] = j, m
        else:
            pieces.append([is_same, i, j, k, m])
    return pieces


def _gone(text: str) -> SafeString:
    return _mark("del", text, _("usunięto:"), _("koniec usuniętego"))


def _come(text: str) -> SafeString:
    return _mark("ins", text, _("dodano:"), _("koniec dodanego"))


def _mark(tag: str, text: str, begins: str, ends: str) -> SafeString:
    if not text:
        return SafeString("")
    hidden = '<span class="visually-hidden"> [{}] </span>'
    return format_html(f"<{{}}>{hidden}{{}}{hidden}</{{}}>", tag, begins, text, ends, tag)
