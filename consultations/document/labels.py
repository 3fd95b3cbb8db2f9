"""The label in front of a text (»§ 3.«, »Rozdział 2«, »1.«, »a)«, »–«), told from the text itself."""

import re
from dataclasses import dataclass

CHAPTER, SECTION, DECIMAL, PARAGRAPH, POINT, LETTER, BULLET, NONE = (
    "chapter", "section", "decimal", "paragraph", "point", "letter", "bullet", "",
)  # fmt: skip
SEPARATOR = r"[.:]?\s*[–—-]?\s*"
FORMS = (
    (CHAPTER, re.compile(rf"^(?P<word>załącznik)\s*(?:nr|numer)?\s*(?P<n>\d{{1,3}}|[IVXLC]+)?\b{SEPARATOR}(?P<rest>.*)$", re.I)),
    (CHAPTER, re.compile(rf"^(?P<word>rozdział|dział|część|oddział|tytuł)\s+(?P<n>\d{{1,3}}|[IVXLC]+)\b{SEPARATOR}(?P<rest>.*)$", re.I)),
    (SECTION, re.compile(r"^§\s*(?P<n>\d{1,4}[a-z]{0,2})\b\.?\s*(?P<rest>.*)$")),
    (DECIMAL, re.compile(r"^(?P<n>\d{1,3}(?:\.\d{1,3}){1,5})\.?\s+(?P<rest>\S.*)$")),
    (PARAGRAPH, re.compile(r"^(?P<n>\d{1,3}[a-z]?)\.\s+(?P<rest>\S.*)$")),
    (POINT, re.compile(r"^(?P<n>\d{1,3}[a-z]?)\)\s*(?P<rest>\S.*)$")),
    (LETTER, re.compile(r"^(?P<n>[a-z]{1,2})\)\s*(?P<rest>\S.*)$")),
    (BULLET, re.compile(r"^(?P<n>[–—•▪●○·*-])\s+(?P<rest>\S.*)$")),
)  # fmt: skip
ROMAN = re.compile(r"^(?P<n>[IVXLC]{1,6})\.\s+(?P<rest>\S.*)$")
# A date or a sum at the beginning of a line is no number of a point.
NO_LABEL = re.compile(
    r"^\d{1,2}\.\d{1,2}\.\d{4}\b|^\d+\.\s?(stycznia|lutego|marca|kwietnia|maja|czerwca|lipca)"
)


@dataclass(frozen=True)
class Label:
    """``number`` as it is shown (»§3«, »II«, »Z1«, »1«, »a«), ``rest`` the text without it."""

    kind: str
    number: str
    rest: str

    @property
    def is_annex(self) -> bool:
        return self.kind == CHAPTER and self.number.startswith("Z")


def label_of(text: str, *, is_heading: bool = False) -> Label:
    """The label of a line; a roman number counts only in a heading (»I« is also a word)."""
    roman = ROMAN.match(text) if is_heading else None
    if roman:
        return Label(CHAPTER, roman["n"], roman["rest"])
    if NO_LABEL.match(text):
        return Label(NONE, "", text)
    for kind, form in FORMS:
        if found := form.match(text):
            return _label(kind, found, text)
    return Label(NONE, "", text)


def _label(kind: str, found: re.Match[str], text: str) -> Label:
    number, rest = found["n"] or "", found["rest"].strip()
    if kind == SECTION:
        return Label(kind, f"§{number}", rest)
    if kind == CHAPTER and found["word"].lower() == "załącznik":
        # »Załącznik do uchwały …« opens the annex, »załącznik zawiera wzór« is a sentence
        is_title = found["word"][0].isupper() and len(text) < 200
        return Label(kind, f"Z{number or 1}", text) if is_title else Label(NONE, "", text)
    return Label(kind, number, rest)
