"""Addresses that last: which point of a new version is still the same as one of the version before."""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from .points import PointText

# A point under the same number stays the same one unless it was written anew; under another number it must be
# nearly the same words.
SAME_NUMBER, OTHER_NUMBER = 45, 82
# How far from its old place a point is looked for when neither number nor words are the same.
REACH = 60
LONGEST_COMPARED = 2000
LONGEST_KEY = 48
NOT_IN_KEY = re.compile(r"[^0-9a-z.]+")


def key_of(number: str) -> str:
    """»3.1« → »3.1«, »§ 3« → »par3«, »IV« → »iv«."""
    return NOT_IN_KEY.sub("-", number.lower().replace("§", "par").replace(" ", ""))[:LONGEST_KEY].strip("-")


def keys_for(
    new: Sequence[PointText],
    old: Sequence[tuple[str, PointText]] = (),
    *,
    version: int = 1,
    taken: Iterable[str] = (),
) -> list[str]:
    """A key for each new point: that of the old point it continues, else one never used in this document.

    ``old`` is (key, point) of the version before, ``taken`` the keys of all earlier versions.
    """
    kept = same_points(new, [point for _key, point in old])
    used = {*taken, *(key for key, _point in old)}
    keys = []
    for place, point in enumerate(new):
        if place in kept:
            keys.append(old[kept[place]][0])
            continue
        key = _free(key_of(point.number) or "p", used, version)
        used.add(key)
        keys.append(key)
    return keys


def _free(key: str, used: set[str], version: int) -> str:
    names = [key, f"{key}-v{version}"]
    found = next((name for name in names if name not in used), "")
    serial = 2
    while not found:
        name = f"{key}-v{version}-{serial}"
        found, serial = ("" if name in used else name), serial + 1
    return found


def same_points(new: Sequence[PointText], old: Sequence[PointText]) -> dict[int, int]:
    """Place in the new version → place in the old one, each old point at most once.

    First the same number and words, then the same words, then the same number with similar words, then very
    similar words nearby.
    """
    pairs = _Pairs(new, old)
    pairs.by(lambda point: (point.number, point.text))
    pairs.by(lambda point: (point.is_heading, point.text))
    pairs.by(lambda point: (point.is_heading, point.number), at_least=SAME_NUMBER)
    pairs.nearby(at_least=OTHER_NUMBER)
    return pairs.found


class _Pairs:
    def __init__(self, new: Sequence[PointText], old: Sequence[PointText]):
        self.new, self.old = new, old
        self.found: dict[int, int] = {}
        self.free_old = dict.fromkeys(range(len(old)))

    def by(self, name, *, at_least: float = 0) -> None:
        """Pairs points of the same name, in their order."""
        places: dict[object, list[int]] = {}
        for place in reversed(self.free_old):
            places.setdefault(name(self.old[place]), []).append(place)
        for place in self._free_new():
            waiting = places.get(name(self.new[place]))
            if waiting and (not at_least or self._likeness(place, waiting[-1], at_least) >= at_least):
                self._pair(place, waiting.pop())

    def nearby(self, *, at_least: float) -> None:
        for place in self._free_new():
            near = [one for one in self.free_old if abs(one - place) <= REACH]
            scored = [(self._likeness(place, one, at_least), -abs(one - place), one) for one in near]
            best = max(scored, default=(0, 0, 0))
            if best[0] >= at_least:
                self._pair(place, best[2])

    def _free_new(self) -> list[int]:
        return [place for place in range(len(self.new)) if place not in self.found]

    def _pair(self, place: int, old: int) -> None:
        self.found[place] = old
        del self.free_old[old]

    def _likeness(self, place: int, old: int, at_least: float) -> float:
        """0 to 100."""
        one, other = self.new[place], self.old[old]
        if one.is_heading != other.is_heading:
            return 0
        return fuzz.ratio(one.text[:LONGEST_COMPARED], other.text[:LONGEST_COMPARED], score_cutoff=at_least)
