"""Which remarks ask for the same thing: suggestions for the desk, which decides."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from rapidfuzz import fuzz

from core.common.polish import words_of

# Words that stand in many remarks say nothing about which ones are alike.
COMMON_SHARE = 0.15
FEWEST_COMMON = 12
MOST_NEIGHBOURS = 200
SHARED_WORDS = 0.5
LIKENESS = 72
LONGEST_COMPARED = 1_500


def alike(texts: Mapping[int, str]) -> list[list[int]]:
    """Groups of two and more like texts, by their keys; the largest first. Bounded, whatever people paste.

    Texts that share half of their telling words are compared letter by letter; groups grow by neighbours.
    """
    read = {number: _keys(text) for number, text in texts.items()}
    first_of: dict[frozenset[str], int] = {}
    # The same words again join the first who wrote them and are not compared once more.
    parent = {
        number: first_of.setdefault(words, number) if words else number for number, words in read.items()
    }
    keys = {number: words for number, words in read.items() if parent[number] == number}
    telling = _telling(keys)
    written = {number: " ".join(sorted(words)) for number, words in keys.items()}
    for number, words in keys.items():
        for other in _neighbours(number, words, telling, keys):
            if fuzz.token_sort_ratio(written[number], written[other]) >= LIKENESS:
                parent[_root(parent, other)] = _root(parent, number)
    groups: dict[int, list[int]] = defaultdict(list)
    for number in sorted(texts):
        groups[_root(parent, number)].append(number)
    found = [group for group in groups.values() if len(group) > 1]
    return sorted(found, key=lambda group: (-len(group), group[0]))


def _keys(text: str) -> frozenset[str]:
    """The base words of a text, one for each word."""
    return frozenset(
        min(word.lemmas) for word in words_of(text[:LONGEST_COMPARED]) if not word.is_empty and word.lemmas
    )


def _telling(keys: Mapping[int, frozenset[str]]) -> dict[str, list[int]]:
    """Word → texts with it, for words that are not everywhere."""
    places: dict[str, list[int]] = defaultdict(list)
    for number, words in keys.items():
        for word in words:
            places[word].append(number)
    most = max(FEWEST_COMMON, int(len(keys) * COMMON_SHARE))
    return {word: found[:MOST_NEIGHBOURS] for word, found in places.items() if len(found) <= most} or places


def _neighbours(
    number: int, words: frozenset[str], telling: Mapping[str, list[int]], keys: Mapping[int, frozenset[str]]
) -> list[int]:
    shared = Counter(other for word in words for other in telling.get(word, ())[:MOST_NEIGHBOURS])
    return [
        other
        for other, _n in shared.most_common(MOST_NEIGHBOURS)
        if other > number and len(words & keys[other]) >= SHARED_WORDS * max(len(words), len(keys[other]))
    ]


def _root(parent: dict[int, int], number: int) -> int:
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number
