"""Writing the search index."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import models, transaction
from django.utils.text import Truncator

from core.common import public_version
from core.common.bulk import insert_rows, upsert_rows
from core.common.clock import local_day, now
from core.common.polish import Word, analyser_version, words_of
from core.common.sanitize import strip_controls
from core.common.subjects import subject_of

from ..models import SearchEntry
from .words import learn

LONGEST_TEXT = 100_000  # characters; PostgreSQL takes at most 1 MB of words per row
LAST_PLACE = 16_383  # tsvector knows no later positions
PLACES_PER_WORD = 8  # more say nothing new to the ranking
SUBJECT = ["subject_kind", "subject_id"]
UPDATED = ["kind", "title", "lead", "url", "dated_on", "unit", "vector", "analyser", "indexed_at"]


def put(
    obj: models.Model,
    *,
    kind: str,
    title: str,
    lead: str = "",
    text: str = "",
    url: str,
    dated_on: date | None = None,
    unit: models.Model | None = None,
) -> None:
    """Inserts or updates the entry of a public record, in the transaction that is open.

    ``lead`` is what the list of results shows, ``text`` is only searched; both are plain text.
    """
    put_many(
        [
            {
                "obj": obj,
                "kind": kind,
                "title": title,
                "lead": lead,
                "text": text,
                "url": url,
                "dated_on": dated_on,
                "unit": unit,
            }
        ]
    )


def put_many(entries: Iterable[dict[str, Any]], *, are_new: bool = False) -> int:
    """The same for a batch of some hundreds: dicts of ``put``'s arguments, with ``obj``. Gives their number.

    ``are_new``: the records were made in this transaction, so none of them can have an entry yet.
    """
    rows: dict[tuple, SearchEntry] = {}
    lemmas: set[str] = set()
    for entry in entries:
        row = _row(lemmas, **entry)
        rows[row.subject] = row
    with transaction.atomic():
        learn(lemmas)
        if are_new:
            insert_rows(list(rows.values()), gives_keys=False)
        else:
            upsert_rows(list(rows.values()), [*SUBJECT, *UPDATED], unique=SUBJECT, update=UPDATED)
    public_version.bump()
    return len(rows)


def remove(obj: models.Model) -> None:
    """Takes a record out of the index (before its row is deleted, while it still has a key)."""
    SearchEntry.objects.of(obj).delete()
    public_version.bump()


def _row(
    lemmas: set[str], *, obj, kind, title, url, lead="", text="", dated_on=None, unit=None
) -> SearchEntry:
    """The row of an entry; its base words are added to ``lemmas``."""
    subject = subject_of(obj)
    title, lead = _line(title, 500), _line(lead, 600)
    parts = {
        "A": words_of(title),
        "B": words_of(lead),
        "C": words_of(str(text)[:LONGEST_TEXT]),
    }
    for words in parts.values():
        lemmas.update(*(word.lemmas for word in words))
    return SearchEntry(
        subject_kind=subject.kind,
        subject_id=subject.id,
        kind=kind,
        title=title,
        lead=lead,
        url=url,
        dated_on=local_day(dated_on) if isinstance(dated_on, datetime) else dated_on,
        unit=unit,
        vector=vector_literal(parts),
        analyser=analyser_version(),
        indexed_at=now(),
    )


def _line(text: Any, longest: int) -> str:
    line = " ".join(strip_controls(str(text)).split())
    return line if len(line) <= longest else Truncator(line).chars(longest)


def vector_literal(parts: dict[str, list[Word]]) -> str:
    """``'fundacja':1A 'fundacji':1A …``: every key of a word at the place of the word, by weight."""
    places: dict[str, list[str]] = {}
    place = 0
    for weight, words in parts.items():
        for word in words:
            place = min(place + 1, LAST_PLACE)
            here = f"{place}{weight}"
            for key in word.keys:
                found = places.get(key)
                if found is None:
                    places[key] = [here]
                elif len(found) < PLACES_PER_WORD:
                    found.append(here)
    return " ".join(f"{quoted(key)}:{','.join(found)}" for key, found in places.items())


@lru_cache(maxsize=50_000)
def quoted(lexeme: str) -> str:
    """A lexeme as literals of tsvector and tsquery write it."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
