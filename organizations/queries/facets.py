"""How many profiles each option of each filter would give; one query for all facets."""

from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db.models import CharField, Count, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.crypto import get_random_string

from ..models import Organization

CACHE_SECONDS = 60
VERSION = "organizations:counts"
Counts = dict[str, dict[str, int]]

# The facets whose options are values of a column (or of rows behind it), by the path to them.
PATHS = {
    "branza": "spheres__branches__code",
    "sfera": "spheres__code",
    "forma": "legal_form",
    "dzielnica": "district__number",
}
# The facets whose options are conditions.
FLAGS = {
    "opp": {"on": Q(has_opp_status=True)},
    "szuka": {
        "wolontariuszy": Q(wants_volunteers=True),
        "partnera": Q(wants_partner=True),
        "lokalu": Q(wants_premises=True),
    },
    "dzielnica": {"poza": Q(is_outside_city=True)},
}
ALL = "wszystkie"
FOUND = "znalezione"


def facets_of(conditions: dict[str, Q], *, key: str) -> Counts:
    """Counts by facet and option, each facet with all *other* conditions in force.

    ``conditions`` are those now in force, by facet; ``key`` names them in the cache. The facet
    »wszystkie« has the number of all public profiles, »znalezione« of those that meet all conditions.
    """
    cache_key = f"{VERSION}:{_version()}:{sha256(key.encode()).hexdigest()}"
    found = cache.get(cache_key)
    if found is None:
        found = _counted(conditions)
        cache.set(cache_key, found, CACHE_SECONDS)
    return found


def forget_counts() -> None:
    """Called by whatever changes public profiles: the next page counts anew."""
    cache.set(VERSION, get_random_string(8))


def _version() -> str:
    return cache.get(VERSION) or "0"


def _counted(conditions: dict[str, Q]) -> Counts:
    parts = [_by_path(facet, path, conditions) for facet, path in PATHS.items()]
    parts += [
        _by_flag(facet, option, flag, conditions)
        for facet, flags in FLAGS.items()
        for option, flag in flags.items()
    ]
    parts.append(_row(Organization.objects.published(), ALL, ALL))
    parts.append(_row(_others(FOUND, conditions), FOUND, FOUND))
    counts: Counts = {}
    for facet, option, number in parts[0].union(*parts[1:], all=True):
        counts.setdefault(facet, {})[option] = number
    return counts


def _others(facet: str, conditions: dict[str, Q]) -> QuerySet:
    rows = Organization.objects.published().order_by()
    for name, condition in conditions.items():
        rows = rows.filter(condition) if name != facet else rows
    return rows


def _by_path(facet: str, path: str, conditions: dict[str, Q]) -> QuerySet:
    rows = _others(facet, conditions).filter(**{f"{path}__isnull": False})
    counted = rows.values(facet=_text(facet), option=Cast(path, CharField()))
    return counted.annotate(number=Count("pk", distinct=facet == "branza")).values_list(
        "facet", "option", "number"
    )


def _by_flag(facet: str, option: str, flag: Q, conditions: dict[str, Q]) -> QuerySet:
    return _row(_others(facet, conditions).filter(flag), facet, option)


def _row(rows: QuerySet, facet: str, option: str) -> QuerySet:
    counted = rows.order_by().values(facet=_text(facet), option=_text(option)).annotate(number=Count("pk"))
    return counted.values_list("facet", "option", "number")


def _text(value: Any) -> Value:
    return Value(value, output_field=CharField())
