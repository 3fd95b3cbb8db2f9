"""What people paste into a remark, made readable, and how two same remarks are known: R-CNS-13."""

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256

from django.utils.translation import gettext_lazy as _

from core.common.formats import number
from core.legal.rules import Breach, rule

LONGEST_TEXT = 5000
LABELS = {
    "proposed_wording": _("Twoja uwaga albo propozycja zmiany"),
    "current_wording": _("Obecne brzmienie"),
    "justification": _("Uzasadnienie"),
}
# Joiners and tags that emoji and some scripts are made of; all other invisible characters go.
JOINERS = frozenset("\u200c\u200d") | {chr(code) for code in range(0xE0020, 0xE0080)}
MOST_MARKS = 4
_BLANK_LINES = re.compile(r"\n{3,}")
_WORDS = re.compile(r"[^\W_]+")


def clean_text(text: str) -> str:
    """The text without what cannot be stored or turns lines round; rows of a pasted table keep their columns."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n"))
    lines = (_row(line) if "\t" in line else line.rstrip() for line in plain.split("\n"))
    kept = "".join(char for char in "\n".join(lines) if char == "\n" or _is_kept(char))
    return _BLANK_LINES.sub("\n\n", _few_marks(kept)).strip()


def _is_kept(char: str) -> bool:
    category = unicodedata.category(char)
    return category not in ("Cc", "Cs", "Co", "Cn", "Cf", "Zl", "Zp") or char in JOINERS


def _row(line: str) -> str:
    """A row of a spreadsheet as »name | 2026 | 5000 zł«."""
    return " | ".join(cell.strip() for cell in line.split("\t")).strip(" |")


def _few_marks(text: str) -> str:
    """Letters with at most a few marks over them: no human script piles up more."""
    found, marks = [], 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= MOST_MARKS:
            found.append(char)
    return "".join(found)


def text_hash(text: str) -> str:
    """The same for the same words, whatever the case, spaces and marks between them; empty without words."""
    words = " ".join(_WORDS.findall(clean_text(text).casefold()))
    return sha256(words.encode()).hexdigest() if words else ""


@rule(
    "R-CNS-13",
    source="tabela postulatów S003 i formularze konsultacyjne",
    statement="Formularz ma: rodzaj uczestnika, nazwę lub imię i nazwisko, e-mail, dzielnicę, wiersze "
    "uwag (część dokumentu, "
    "obecne i proponowane brzmienie, uzasadnienie) albo uwagę ogólną, zgodę i życzenie otrzymania raportu.",
)
def length_breaches(rows: Iterable[dict[str, str]]) -> list[Breach]:
    """A text that nobody could answer point by point belongs in a file."""
    return [
        Breach("R-CNS-13", too_long_message(LABELS[name], len(row[name])), name)
        for row in rows
        for name in LABELS
        if len(row.get(name, "")) > LONGEST_TEXT
    ]


def too_long_message(label, length: int) -> str:
    return _(
        "%(label)s: ma %(length)s znaków, a może mieć %(limit)s. Skróć tekst, podziel go na kilka uwag "
        "albo dołącz jako plik."
    ) % {"label": label, "length": number(length), "limit": number(LONGEST_TEXT)}
