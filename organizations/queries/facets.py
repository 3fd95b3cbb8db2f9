"""How many profiles each option of each filter would give: one query that passes over the profiles three times."""

from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.crypto import get_random_string

from core.common import public_version

from ..enums import Freshness, SeatFeature, State
from ..models import Organization

CACHE_SECONDS = 600
VERSION = "organizations:counts"
Counts = dict[str, dict[str, int]]
ALL = "wszystkie"
FOUND = "znalezione"

# Somebody in a wheelchair can get in.
ACCESSIBLE = Q(seat_features__contains=[SeatFeature.STEP_FREE])
FRESHNESS = {
    Freshness.CONFIRMED: Q(state=State.VERIFIED, confirmed_at__isnull=False),
    Freshness.STALE: Q(state=State.STALE),
    Freshness.SOURCES: Q(state=State.VERIFIED, confirmed_at=None),
}
# The facets whose options are conditions.
FLAGS = {
    "opp": {"on": Q(has_opp_status=True)},
    "dostepna": {"on": ACCESSIBLE},
    "szuka": {
        "wolontariuszy": Q(wants_volunteers=True),
        "partnera": Q(wants_partner=True),
        "lokalu": Q(wants_premises=True),
    },
}
# What the passes read of a profile: all of it is in the covering index of the facets.
COLUMNS = [
    "id",
    "legal_form",
    "district_id",
    "is_outside_city",
    "has_opp_status",
    "wants_volunteers",
    "wants_partner",
    "wants_premises",
    "state",
    "confirmed_at",
    "target_groups",
    "seat_features",
]

# A pass gathers equal profiles into one row with their number ``n``; the facets read its few rows, not the profiles.
_PASSES = {
    "profiles": (
        "SELECT legal_form, district_id, is_outside_city, has_opp_status, wants_volunteers, wants_partner, "
        "wants_premises, state, confirmed_at IS NULL AS from_sources, "
        "seat_features @> ARRAY['step_free']::varchar[] AS is_accessible, count(*) AS n "
        "FROM {rows} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10"
    ),
    "audiences": "SELECT target_groups, count(*) AS n FROM {rows} GROUP BY target_groups",
    "fields": (
        "SELECT spheres, count(*) AS n FROM (SELECT array_agg(tasksphere_id ORDER BY tasksphere_id) AS spheres "
        "FROM organizations_organization_spheres JOIN {rows} r ON r.id = organization_id GROUP BY organization_id) sets "
        "GROUP BY spheres"
    ),
}

# The pass that a facet reads, and what it reads there.
_PARTS = {
    "forma": ("profiles", "SELECT 'forma', legal_form::text, sum(n) FROM {kinds} GROUP BY legal_form"),
    "dzielnica": (
        "profiles",
        (
            "SELECT 'dzielnica', CASE WHEN is_outside_city THEN 'poza' ELSE d.number::text END, sum(n) "
            "FROM {kinds} LEFT JOIN city_district d ON d.id = district_id "
            "WHERE is_outside_city OR d.number IS NOT NULL GROUP BY 2"
        ),
    ),
    "dane": (
        "profiles",
        (
            "SELECT 'dane', CASE WHEN state = 'stale' THEN 'niepotwierdzone' WHEN from_sources "
            "THEN 'ze-zrodel' ELSE 'potwierdzone' END, sum(n) FROM {kinds} GROUP BY 2"
        ),
    ),
    "opp": ("profiles", "SELECT 'opp', 'on', sum(n) FROM {kinds} WHERE has_opp_status"),
    "dostepna": ("profiles", "SELECT 'dostepna', 'on', sum(n) FROM {kinds} WHERE is_accessible"),
    "szuka": (
        "profiles",
        (
            "SELECT 'szuka', option, sum(n) FROM {kinds} CROSS JOIN LATERAL (VALUES ('wolontariuszy', wants_volunteers), "
            "('partnera', wants_partner), ('lokalu', wants_premises)) AS v(option, wants) WHERE wants GROUP BY option"
        ),
    ),
    "dla": ("audiences", "SELECT 'dla', g, sum(n) FROM {kinds}, unnest(target_groups) g GROUP BY g"),
    "sfera": (
        "fields",
        (
            "SELECT 'sfera', s.code::text, sum(n) FROM {kinds}, unnest(spheres) own JOIN city_tasksphere s ON s.id = own "
            "GROUP BY s.code"
        ),
    ),
    # a profile with two spheres of one branch is one profile of that branch
    "branza": (
        "fields",
        (
            "SELECT 'branza', b.code::text, sum(n) FROM {kinds} JOIN (SELECT code, array_agg(tasksphere_id) AS gathered "
            "FROM city_branch JOIN city_branch_spheres ON branch_id = city_branch.id GROUP BY code) b ON spheres && gathered "
            "GROUP BY b.code"
        ),
    ),
    FOUND: ("profiles", "SELECT 'znalezione', 'znalezione', sum(n) FROM {kinds}"),
}
# Profiles that hold the words; found once, however many sets of conditions they belong to.
_WORDS = "q"
_HAVING_WORDS = Q(pk__in=RawSQL("SELECT id FROM words", ()))


def facets_of(conditions: dict[str, Q], *, key: str) -> Counts:
    """Counts by facet and option, each facet with all *other* conditions in force.

    ``conditions`` are those now in force, by facet; ``key`` names them in the cache. The facet
    »wszystkie« has the number of all public profiles, »znalezione« of those that meet all conditions.
    """
    cache_key = f"{VERSION}:{_version()}:{sha256(key.encode()).hexdigest()}"
    found = cache.get(cache_key)
    if found is None:
        found = counted(conditions)
        cache.set(cache_key, found, CACHE_SECONDS)
    return found


def forget_counts() -> None:
    """Called by whatever changes public profiles: the next page counts anew."""
    cache.set(VERSION, get_random_string(8), None)
    public_version.bump()


def _version() -> str:
    return cache.get(VERSION) or "0"


def counted(conditions: dict[str, Q]) -> Counts:
    """The same without the cache: a set of rows for all conditions, and one for each facet that has to do without its own."""
    tables: dict[str, str] = {}
    params: list[Any] = []

    def name_table(name: str, sql: str, *own: Any, kind: str = "NOT MATERIALIZED") -> str:
        if name not in tables:
            tables[name] = f"{name} AS {kind} ({sql})"
            params.extend(own)
        return name

    if _WORDS in conditions:
        sql, own = _narrow({_WORDS: conditions[_WORDS]}, columns=["id"])
        name_table("words", sql, *own, kind="MATERIALIZED")
        conditions = {**conditions, _WORDS: _HAVING_WORDS}
    parts = []
    for facet, (gathering, part) in _PARTS.items():
        others = {name: condition for name, condition in conditions.items() if name != facet}
        rows = f"but_{facet}" if facet in conditions else "found"
        sql, own = _narrow(others)
        name_table(rows, sql, *own)
        kinds = name_table(f"{gathering}_{rows}", _PASSES[gathering].format(rows=rows), kind="MATERIALIZED")
        parts.append(part.format(kinds=kinds))
    sql, own = _narrow({}, columns=["id"])
    parts.append(f"SELECT 'wszystkie', 'wszystkie', count(*) FROM {name_table('everybody', sql, *own)}")  # noqa: S608
    counts: Counts = {}
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(tables.values())} {' UNION ALL '.join(parts)}", params)
        for facet, option, number in cursor.fetchall():
            counts.setdefault(facet, {})[option] = int(number or 0)
    return counts


def _narrow(conditions: dict[str, Q], columns: list[str] = COLUMNS) -> tuple[str, tuple[Any, ...]]:
    """The public profiles that meet all conditions, with the columns that the index of facets holds."""
    rows = Organization.objects.published().order_by()
    for condition in conditions.values():
        rows = rows.filter(condition)
    try:
        return rows.values_list(*columns).query.sql_with_params()
    except EmptyResultSet:  # conditions that no row can meet
        return Organization.objects.filter(pk__lt=0).values_list(*columns).query.sql_with_params()
