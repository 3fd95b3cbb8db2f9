"""Reading the search index: what people type, what they get."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.common.formats import counted
from core.common.polish import Word, analyse, fold
from core.common.sanitize import strip_controls

from ..models import SearchEntry
from .highlight import marked
from .index import quoted
from .ranking import CANDIDATES, SUGGESTED, LexemeQuery, entries_in_order, ranked
from .words import HAS_FIGURE, Correction, corrections, lemmas_by_form

LONGEST_QUERY = 1_000  # characters
MOST_WORDS = 60
COUNTED_TO = 1_000
LARGEST_PAGE = 100


@dataclass(frozen=True)
class SearchResult:
    """One page of answers, and what has to be said about them.

    ``count`` is at most 1000, and ``is_capped`` when there are more; ``kinds`` counts every kind,
    whatever kinds were asked for. Entries have ``title_html`` and ``lead_html`` with the words marked.
    """

    query: str = ""
    entries: list[SearchEntry] = field(default_factory=list)
    count: int = 0
    is_capped: bool = False
    kinds: dict[str, int] = field(default_factory=dict)
    shown_for: str = ""
    corrections: list[str] = field(default_factory=list)

    @property
    def count_label(self) -> str:
        """»12 wyników« or »ponad 1000 wyników«."""
        forms = _("wynik|wyniki|wyników")
        if self.is_capped:
            return _("ponad %(count)s") % {"count": counted(self.count, forms)}
        return counted(self.count, forms)

    @property
    def notice(self) -> str:
        """That these are answers to other words than those typed, or an empty text."""
        return _("Pokazujemy wyniki dla „%(query)s”") % {"query": self.shown_for} if self.shown_for else ""

    @property
    def questions(self) -> list[tuple[str, str]]:
        """(query, »Czy chodziło o …?«) for corrections that are offered, not made."""
        return [(query, _("Czy chodziło o „%(query)s”?") % {"query": query}) for query in self.corrections]


@dataclass(frozen=True)
class Group:
    """One word of a query: any of its keys will do; ``typed`` is the word it came from."""

    typed: Word
    keys: frozenset[str]
    is_known: bool
    is_prefix: bool = False
    shown: str = ""

    def as_text(self, label: str = "") -> str:
        """``('fundacja' | 'fundacji')`` of tsquery; ``label`` narrows to weights."""
        suffix = ("*" if self.is_prefix else "") + label
        return (
            "("
            + " | ".join(quoted(key) + (f":{suffix}" if suffix else "") for key in sorted(self.keys))
            + ")"
        )


def search(
    query: str, *, kinds: Iterable[str] | None = None, limit: int = 20, offset: int = 0
) -> SearchResult:
    """Public records that hold every word of the query in any form, the best first.

    Typing errors are repaired when the query as typed finds nothing, and the result says so. An
    empty, endless or senseless query gives an empty result. At most four database queries.
    """
    groups = read(query)
    kinds = None if kinds is None else frozenset(kinds)
    if not groups:
        return SearchResult(query=query)
    fixes = corrections([group.typed for group in groups if not group.is_known])
    groups = [_corrected(group, fixes.get(group.typed.folded)) for group in groups]
    if not all(group.is_known for group in groups):
        return SearchResult(query=query, corrections=_offers(query, groups))
    best = ranked(_wanted(groups), kinds, by=" | ".join(group.as_text() for group in groups))
    start = _clamped(offset, 0, CANDIDATES)
    entries = entries_in_order(best.keys[start : start + _clamped(limit, 1, LARGEST_PAGE)])
    return SearchResult(
        query=query,
        entries=_shown(entries, groups),
        count=min(len(best.keys), COUNTED_TO),
        is_capped=len(best.keys) > COUNTED_TO,
        kinds=best.kinds,
        shown_for=_replaced(query, groups) if fixes else "",
    )


def suggest(query: str, *, limit: int = 8) -> list[SearchEntry]:
    """Records whose titles hold the words, the last of which may be unfinished. Three database queries."""
    groups = read(query)
    if not groups:
        return []
    *others, last = [group.as_text("A") for group in groups]
    unfinished = Group(groups[-1].typed, frozenset({groups[-1].typed.folded}), is_known=True, is_prefix=True)
    literal = " & ".join([*others, f"({last} | {unfinished.as_text('A')})"])
    return entries_in_order(ranked(literal, None, most=SUGGESTED).keys[: _clamped(limit, 1, 20)])


def matching(query: str, kind: str) -> QuerySet | None:
    """Primary keys of all public records of a kind that hold every word, for ``pk__in`` in a list.

    Typing errors are repaired as in ``search``. None for an empty or senseless query. At most two
    database queries, and the one given back is not run yet.
    """
    groups = read(query)
    if not groups:
        return None
    fixes = corrections([group.typed for group in groups if not group.is_known])
    groups = [_corrected(group, fixes.get(group.typed.folded)) for group in groups]
    found = SearchEntry.objects.filter(kind=kind, vector=LexemeQuery(_wanted(groups)))
    return (
        found.values("subject_id")
        if all(group.is_known for group in groups)
        else found.none().values("subject_id")
    )


# --- the words of a query -----------------------------------------------------------------------------


def read(query: str) -> list[Group]:
    """The words of a query with everything each may stand for; one database query."""
    text = _clean(query)
    words = analyse(text) if len(text) <= LONGEST_QUERY else []
    if not words or len(words) > MOST_WORDS:
        return []
    known = lemmas_by_form(words)
    return [_group(word, known) for word in words]


def _clean(query: str) -> str:
    return strip_controls(str(query or ""))


def _group(word: Word, known: dict[str, set[str]]) -> Group:
    is_known = bool(HAS_FIGURE.search(word.text)) or any(key in known for key in word.keys)
    return Group(word, word.keys | known.get(word.folded, set()), is_known or word.is_empty)


def _corrected(group: Group, fix: Correction | None) -> Group:
    if group.is_known or fix is None:
        return group
    return Group(group.typed, fix.keys, fix.is_sure, fix.is_prefix, fix.shown)


def _replaced(query: str, groups: list[Group]) -> str:
    """The query with every corrected word in place of the one that was typed."""
    text, end = _clean(query), 0
    pieces = []
    for group in groups:
        pieces += [text[end : group.typed.start], group.shown or group.typed.text]
        end = group.typed.end
    return "".join([*pieces, text[end:]]).strip()


def _offers(query: str, groups: list[Group]) -> list[str]:
    """The corrected query, when there is something to offer for every unknown word."""
    return [_replaced(query, groups)] if all(group.is_known or group.shown for group in groups) else []


def _wanted(groups: list[Group]) -> str:
    """All words must be there; prepositions and the like only when there is nothing else."""
    full = [group for group in groups if not group.typed.is_empty] or groups
    return " & ".join(group.as_text() for group in full)


# --- what is shown ------------------------------------------------------------------------------------


def _shown(entries: list[SearchEntry], groups: list[Group]) -> list[SearchEntry]:
    keys = frozenset().union(*(group.keys for group in groups if not group.is_prefix))
    starts = tuple(fold(key) for group in groups if group.is_prefix for key in group.keys)
    for entry in entries:
        entry.title_html = marked(entry.title, keys, starts)
        entry.lead_html = marked(entry.lead, keys, starts)
    return entries


def _clamped(value: int, least: int, most: int) -> int:
    return max(least, min(int(value), most))
