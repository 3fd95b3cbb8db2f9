"""The forms of the words in the index: for typing without diacritics, and for typing errors."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Length
from rapidfuzz import process
from rapidfuzz.distance import OSA

from core.common.polish import LONGEST_WORD, Word, fold, forms_of

from ..models import WordForm

HAS_FIGURE = re.compile(r"\d")
BATCH = 2_000
# A query with more unknown words than this is not Polish that somebody mistyped.
MOST_CORRECTIONS = 4


# --- writing ----------------------------------------------------------------------------------------


def learn(lemmas: Iterable[str]) -> None:
    """Adds the forms of base words that are not known yet. Numbers have no forms."""
    wanted = {lemma for lemma in lemmas if not HAS_FIGURE.search(lemma)}
    known = WordForm.objects.filter(lemma__in=wanted).values_list("lemma", flat=True).distinct()
    rows = {}
    for lemma in wanted - set(known):
        # of forms that differ in marks only, the base word is the one to show
        for form in sorted(forms_of(lemma), key=lambda form: (form != lemma.lower(), form)):
            if len(form) <= LONGEST_WORD and len(fold(form)) <= LONGEST_WORD:
                rows.setdefault((fold(form), lemma), form)
    # in order, so that two writers never wait for each other in a circle
    WordForm.objects.bulk_create(
        [WordForm(form=form, lemma=lemma, word=rows[form, lemma]) for form, lemma in sorted(rows)],
        ignore_conflicts=True,
        batch_size=BATCH,
    )


# --- reading ----------------------------------------------------------------------------------------


def lemmas_by_form(words: Iterable[Word]) -> dict[str, set[str]]:
    """Known forms among the words (and among their base words) with all their base words; one query."""
    wanted = {key for word in words for key in word.keys}
    found: dict[str, set[str]] = {}
    for form, lemma in WordForm.objects.filter(form__in=wanted).values_list("form", "lemma"):
        found.setdefault(form, set()).add(fold(lemma))
    return found


@dataclass(frozen=True)
class Correction:
    """What a word may have been meant to be; one that is sure is searched for at once."""

    shown: str
    keys: frozenset[str]
    is_sure: bool
    is_prefix: bool = False


def allowed_errors(word: str) -> int:
    """How many typing errors a word may have and still be taken for another."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def corrections(words: list[Word]) -> dict[str, Correction]:
    """The nearest known form of each unknown word, by its folded form; one query for all."""
    if not words or len(words) > MOST_CORRECTIONS:
        return {}
    near = Q()
    for word in words:
        near |= _near(word.folded)
    rows = list(
        WordForm.objects.annotate(size=Length("form")).filter(near).values_list("form", "word", "lemma")
    )
    found = {word.folded: _best(word, rows) for word in words}
    return {typed: correction for typed, correction in found.items() if correction}


def _near(word: str) -> Q:
    """Forms that may be the word: same first letter, one too many in front, or two swapped; or longer forms."""
    errors = allowed_errors(word) + 1
    starts = Q(form__startswith=word[0])
    if len(word) > 3:
        starts |= Q(form__startswith=word[1:3]) | Q(form__startswith=word[1] + word[0])
    similar = starts & Q(size__range=(len(word) - errors, len(word) + errors))
    return similar | Q(form__startswith=word) if len(word) >= 3 else similar


def _best(word: Word, rows: list[tuple[str, str, str]]) -> Correction | None:
    """The nearest form. A word of the dictionary is no typing error, so for it one is only offered."""
    typed, most = word.folded, allowed_errors(word.folded)
    ranked = _nearest(typed, most + 1, rows) if most else []
    is_near = bool(ranked) and ranked[0][0] <= most
    if is_near and not word.is_recognised:
        return _correction(ranked[0][-1], rows, is_sure=True)
    if len(typed) >= 3 and any(form.startswith(typed) for form, _, _ in rows):
        return Correction(
            f"{typed}…", frozenset({typed}), is_sure=True, is_prefix=True
        )  # not typed to its end
    return (
        _correction(ranked[0][-1], rows, is_sure=False) if is_near or (ranked and len(typed) >= 6) else None
    )


def _nearest(typed: str, most: int, rows: list[tuple[str, str, str]]) -> list[tuple]:
    """(errors, difference in length, is not a base word, form), the nearest first."""
    forms, bases = sorted({form for form, _, _ in rows}), {fold(lemma) for _, _, lemma in rows}
    near = process.extract(typed, forms, scorer=OSA.distance, score_cutoff=most, limit=50)
    return sorted((errors, abs(len(form) - len(typed)), form not in bases, form) for form, errors, _ in near)


def _correction(form: str, rows: list[tuple[str, str, str]], *, is_sure: bool) -> Correction:
    same = [(word, lemma) for other, word, lemma in rows if other == form]
    keys = frozenset({form, *(fold(lemma) for _, lemma in same)})
    shown = min(same, key=lambda row: (row[0] != row[1].lower(), row))[0]
    return Correction(shown, keys, is_sure)
