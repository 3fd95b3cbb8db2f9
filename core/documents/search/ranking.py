"""Which entries match, and in what order: two database queries whatever their number."""

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, QuerySet, Value

from ..models import SearchEntry

CANDIDATES = 2_000  # so many matches are ranked, those entered last; to the rest nobody pages
SUGGESTED = 200  # while one types, an answer at once is worth more than the best of thousands
WEIGHTS = [0.05, 0.1, 0.3, 1.0]  # D, C text, B lead, A title


class LexemeQuery(SearchQuery):
    """A tsquery of finished lexemes: PostgreSQL takes it as it stands and parses no words."""

    template = "%(expressions)s::tsquery"

    def __init__(self, literal: str, **kwargs):
        super().__init__(literal, search_type="raw", **kwargs)


class Match(NamedTuple):
    """A candidate with what its place depends on. ``is_chosen``: of the kinds that were asked for."""

    pk: int
    kind: str
    dated_on: date | None
    rank: float
    is_chosen: bool


@dataclass(frozen=True)
class Ranked:
    """Primary keys of the chosen kinds in order, and how many of each kind match."""

    keys: list[int]
    kinds: dict[str, int]


def ranked(literal: str, kinds: Set[str] | None, *, by: str = "", most: int = CANDIDATES) -> Ranked:
    """The entries that match a tsquery, the best first, of equals the newest, undated ones last.

    ``by`` is the tsquery that ranks them, when it is another; ``most`` is how many matches are ranked. The order is the
    same on every call.
    """
    matches = [Match(*row) for row in _candidates(literal, kinds, by or literal, most)]
    chosen = [match for match in matches if match.is_chosen]
    chosen.sort(key=attrgetter("pk"), reverse=True)
    chosen.sort(key=lambda match: match.dated_on or date.min, reverse=True)
    chosen.sort(key=attrgetter("rank"), reverse=True)
    counted = matches if kinds is None else [match for match in matches if not match.is_chosen]
    return Ranked([match.pk for match in chosen], dict(Counter(match.kind for match in counted)))


def entries_in_order(keys: list[int]) -> list[SearchEntry]:
    """The entries themselves, in the order of their keys."""
    found = SearchEntry.objects.select_related("unit").defer("vector").in_bulk(keys)
    return [found[pk] for pk in keys if pk in found]


def _candidates(literal: str, kinds: Set[str] | None, by: str, most: int) -> QuerySet:
    """Rows of ``Match``; when kinds are chosen, all candidates for counting and then the chosen ones."""
    if kinds is None:
        return _matching(literal, by, most, is_chosen=True)
    counted = _matching(literal, by, most, is_chosen=False)
    if not kinds:
        return counted
    return counted.union(_matching(literal, by, most, is_chosen=True, kind__in=sorted(kinds)), all=True)


def _matching(literal: str, by: str, most: int, *, is_chosen: bool, **conditions) -> QuerySet:
    rank = SearchRank(F("vector"), LexemeQuery(by), weights=WEIGHTS)
    rows = SearchEntry.objects.filter(vector=LexemeQuery(literal), **conditions).order_by("-pk")
    return rows.annotate(rank=rank, is_chosen=Value(is_chosen)).values_list(
        "pk", "kind", "dated_on", "rank", "is_chosen"
    )[:most]
