"""The map of districts with the number of profiles in each, and the same for the table beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.utils.translation import gettext as _

from core.city.outlines import Shape, picture_of_districts

from .facets import Counts
from .registry import districts

TIERS = 4
OUTSIDE = "poza"


@dataclass(frozen=True)
class DistrictGate:
    """One district on the map and in its table."""

    number: int
    name: str
    count: int
    tier: int
    url: str
    shape: Shape | None = None


def district_map(counts: Counts, address: Callable[[int], str]) -> dict[str, Any]:
    """What ``components/district_map.html`` shows; ``address`` is where a district leads."""
    by_number, step = counts.get("dzielnica", {}), tier_step(counts)
    picture = picture_of_districts()
    shapes = {shape.number: shape for shape in picture.shapes}
    gates = []
    for d in districts():
        count = by_number.get(str(d.number), 0)
        tier = min(TIERS, max(1, ceil(count / step)))
        gates.append(DistrictGate(d.number, d.name, count, tier, address(d.number), shapes.get(d.number)))
    return {"districts": gates, "picture": picture, "tiers": tier_words(counts)}


def tier_step(counts: Counts) -> int:
    """How many organisations make one shade of the map."""
    numbers = [n for option, n in counts.get("dzielnica", {}).items() if option != OUTSIDE]
    return max(1, ceil(max(numbers, default=0) / TIERS))


def tier_words(counts: Counts) -> list[str]:
    """The key of the map: »do 5«, »6–10«, »11–15«, »ponad 15«."""
    step = tier_step(counts)
    between = [f"{step * n + 1}–{step * (n + 1)}" if step > 1 else str(n + 1) for n in range(1, TIERS - 1)]
    last = _("ponad %(number)s") % {"number": step * (TIERS - 1)}
    return [_("do %(number)s") % {"number": step}, *between, last]
