"""Polish words: base forms by Morfeusz 2, and text without diacritics.

Morfeusz gives every base word (lemma) a form may belong to. Where the package has no wheel, each
word stands for itself: the search still works, but only for the forms that were written.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

try:
    import morfeusz2
except ImportError:  # no wheel for Linux on ARM
    morfeusz2 = None

LONGEST_WORD = 60
# Raise it when the analysis changes, so that the search index is made anew.
REVISION = "2"

WORD = re.compile(r"[^\W_]+")
CHUNK = re.compile(r"\S{1,120}")
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
LETTERS_WITHOUT_MARKS = str.maketrans("łđøħ", "ldoh")
# Prepositions, conjunctions and particles; the tag of a reading says so, hence no list of words.
EMPTY_TAGS = frozenset({"prep", "conj", "comp", "part"})
# Without Morfeusz nobody says what a preposition is: these are the commonest.
EMPTY_WORDS = frozenset(
    (
        "a",
        "aby",
        "ale",
        "bez",
        "dla",
        "do",
        "i",
        "jak",
        "lub",
        "na",
        "nad",
        "nie",
        "o",
        "od",
        "po",
        "przy",
        "u",
        "w",
        "z",
        "za",
    )
)


class Word(NamedTuple):
    """One word of a text: as written, without marks, its base words, and where it stands.

    ``keys`` is what the search index holds for it: base words and the form itself, without marks.
    ``is_recognised`` tells a word of the dictionary from a name, a foreign word or a typing error.
    """

    text: str
    folded: str
    lemmas: frozenset[str]
    keys: frozenset[str]
    is_empty: bool
    is_recognised: bool
    start: int = 0

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def fold(text: str) -> str:
    """Lower case, without diacritics: »Łódź« → »lodz«."""
    plain = text.casefold().translate(LETTERS_WITHOUT_MARKS)
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


def analyse(text: str) -> list[Word]:
    """The words of a text in order. Whatever the text holds, the answer is a list, never an error."""
    return [
        Word(*word[:-1], start=chunk.start() + word.start)
        for chunk in CHUNK.finditer(LONE_SURROGATE.sub(" ", text))
        for word in _words_of(chunk.group())
    ]


def words_of(text: str) -> list[Word]:
    """The same words without their places (``start`` means nothing): for writing many texts quickly."""
    found: list[Word] = []
    for chunk in CHUNK.findall(LONE_SURROGATE.sub(" ", text)):
        found += _words_of(chunk)
    return found


def forms_of(lemma: str) -> set[str]:
    """Every inflected form of a base word, in lower case with diacritics; the word itself included."""
    with _lock:
        engine = _morfeusz()
        generated = engine.generate(lemma) if engine and WORD.fullmatch(lemma) else []
    return {lemma.lower(), *(reading[0].lower() for reading in generated if WORD.fullmatch(reading[0]))}


@cache
def analyser_version() -> str:
    """Names the analysis, so that an index made by another one can be told apart."""
    with _lock:
        engine = _morfeusz()
        return f"{engine.dict_id()}/{REVISION}"[:40] if engine else f"plain/{REVISION}"


# --- Morfeusz ---------------------------------------------------------------------------------------

# One engine for all threads: it keeps state between calls, and its work is shorter than a switch.
_lock = threading.RLock()


@cache
def _morfeusz():
    return morfeusz2.Morfeusz(case_handling=morfeusz2.IGNORE_CASE) if morfeusz2 else None


def _words_of(chunk: str) -> tuple[Word, ...]:
    """Words of a piece of text without spaces. Numbers, of which there is no end, ask no dictionary."""
    if chunk.isdecimal() and chunk.isascii():
        number = chunk[:LONGEST_WORD]
        return (Word(number, number, *[frozenset({number})] * 2, is_empty=False, is_recognised=True),)
    return _looked_up(chunk)


@lru_cache(maxsize=50_000)
def _looked_up(chunk: str) -> tuple[Word, ...]:
    """The same from the dictionary; Morfeusz never looks beyond spaces, so this can be kept."""
    readings = list(_readings(chunk))
    return tuple(_word(found, readings) for found in WORD.finditer(chunk))


def _word(found: re.Match, readings: list[tuple[int, str, str]]) -> Word:
    text = found.group()[:LONGEST_WORD]
    own = [(lemma, tag) for start, lemma, tag in readings if found.start() <= start < found.end()]
    folded = fold(text)[:LONGEST_WORD]
    lemmas = frozenset(lemma for lemma, _ in own) or frozenset({text.lower()})
    return Word(
        text=text,
        folded=folded,
        lemmas=lemmas,
        keys=frozenset({folded, *map(fold, lemmas)}),
        is_empty=any(tag in EMPTY_TAGS for _, tag in own) if morfeusz2 else folded in EMPTY_WORDS,
        is_recognised=bool(own),
        start=found.start(),
    )


def _readings(chunk: str) -> Iterator[tuple[int, str, str]]:
    """(place in the chunk, base word, part of speech) of every reading of every known word."""
    arcs = _arcs(chunk)
    if WORD.fullmatch(chunk) and all(arc[2][2] == "ign" for arc in arcs):
        arcs = _arcs(f"{chunk}.")  # »św« is known only as »św.«
    places = {0: 0}
    for start, end, (form, lemma, tag, *_) in arcs:
        place = chunk.find(form, places.get(start, 0))
        places.setdefault(end, place + len(form))
        base, part = lemma.split(":")[0], tag.split(":")[0]
        if part not in ("ign", "aglt", "interp") and place >= 0 and WORD.fullmatch(base):
            yield place, base[:LONGEST_WORD], part


def _arcs(chunk: str) -> list:
    with _lock:
        engine = _morfeusz()
        return engine.analyse(chunk) if engine else []
