"""How many profiles each option of each filter would give: one query, three passes whatever the filters."""

from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, Q, QuerySet, When
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

# Equal profiles become one row with their number; {met} are columns that say which conditions a profile meets.
_PASSES = """
profiles AS MATERIALIZED (
    SELECT legal_form, district_id, is_outside_city, has_opp_status, wants_volunteers, wants_partner, wants_premises,
        state, confirmed_at IS NULL AS from_sources, seat_features @> ARRAY['step_free']::varchar[] AS is_accessible,
        {met} count(*) AS n
    FROM public GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 {grouped}
),
audiences AS MATERIALIZED (SELECT target_groups, {met} count(*) AS n FROM public GROUP BY target_groups {grouped}),
fields AS MATERIALIZED (
    SELECT spheres, {met} count(*) AS n FROM (
        SELECT array_agg(tasksphere_id ORDER BY tasksphere_id) AS spheres, {met} organization_id
        FROM organizations_organization_spheres JOIN public ON public.id = organization_id
        GROUP BY organization_id {grouped}
    ) AS sets GROUP BY spheres {grouped}
)"""

# What each facet reads of the passes; {others} says that all *other* conditions are met.
_PARTS = {
    "forma": "SELECT 'forma', legal_form::text, sum(n) FROM profiles WHERE {others} GROUP BY legal_form",
    "dzielnica": (
        "SELECT 'dzielnica', CASE WHEN is_outside_city THEN 'poza' ELSE d.number::text END, sum(n) "
        "FROM profiles LEFT JOIN city_district d ON d.id = district_id "
        "WHERE (is_outside_city OR d.number IS NOT NULL) AND {others} GROUP BY 2"
    ),
    "dane": (
        "SELECT 'dane', CASE WHEN state = 'stale' THEN 'niepotwierdzone' WHEN from_sources "
        "THEN 'ze-zrodel' ELSE 'potwierdzone' END, sum(n) FROM profiles WHERE {others} GROUP BY 2"
    ),
    "opp": "SELECT 'opp', 'on', sum(n) FROM profiles WHERE has_opp_status AND {others}",
    "dostepna": "SELECT 'dostepna', 'on', sum(n) FROM profiles WHERE is_accessible AND {others}",
    "szuka": (
        "SELECT 'szuka', option, sum(n) FROM profiles CROSS JOIN LATERAL (VALUES ('wolontariuszy', wants_volunteers), "
        "('partnera', wants_partner), ('lokalu', wants_premises)) AS v(option, wants) "
        "WHERE wants AND {others} GROUP BY option"
    ),
    "dla": "SELECT 'dla', g, sum(n) FROM audiences, unnest(target_groups) g WHERE {others} GROUP BY g",
    "sfera": (
        "SELECT 'sfera', s.code::text, sum(n) FROM fields JOIN city_tasksphere s ON s.id = ANY(spheres) "
        "WHERE {others} GROUP BY s.code"
    ),
    # a profile with two spheres of one branch is one profile of that branch
    "branza": (
        "SELECT 'branza', b.code::text, sum(n) FROM fields JOIN (SELECT code, array_agg(tasksphere_id::bigint) gathered "
        "FROM city_branch JOIN city_branch_spheres ON branch_id = city_branch.id GROUP BY code) b ON spheres && gathered "
        "WHERE {others} GROUP BY b.code"
    ),
    "znalezione": "SELECT 'znalezione', 'znalezione', sum(n) FROM profiles WHERE {others}",
}


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
    """The same without the cache: equal profiles are gathered, and every facet is read from the few kinds of them."""
    facets = [name for name in conditions if name in _PARTS]
    sql, params = _public_rows(conditions, facets)
    met = "".join(f"meets_{name}, " for name in facets)
    passes = _PASSES.format(met=met, grouped="".join(f", meets_{name}" for name in facets))
    parts = [
        part.format(others=" AND ".join(f"meets_{name}" for name in facets if name != facet) or "true")
        for facet, part in _PARTS.items()
    ]
    everybody, more = Organization.objects.published().order_by().values("pk").query.sql_with_params()
    parts.append(f"SELECT 'wszystkie', 'wszystkie', count(*) FROM ({everybody}) AS everybody")  # noqa: S608 - ours
    counts: Counts = {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH public AS NOT MATERIALIZED ({sql}), {passes} {' UNION ALL '.join(parts)}", [*params, *more]
        )
        for facet, option, number in cursor.fetchall():
            counts.setdefault(facet, {})[option] = int(number or 0)
    return counts


def _public_rows(conditions: dict[str, Q], facets: list[str]) -> tuple[str, list[Any]]:
    """Public profiles that miss the condition of one facet at most, each with what it meets.

    Those that miss two are counted nowhere. Conditions that are no facet (words) hold for all.
    """
    rows = Organization.objects.published().order_by()
    for name, condition in conditions.items():
        if name not in facets:
            rows = rows.filter(condition)
    meets = {f"meets_{name}": Case(When(conditions[name], then=True), default=False) for name in facets}
    try:
        sql, params = _as_sql(rows, meets)
    except EmptyResultSet:  # words that no row can hold
        sql, params = _as_sql(Organization.objects.filter(pk__lt=0), meets)
    missed = " + ".join(f"(NOT {name})::int" for name in meets)
    if meets:
        sql = f"SELECT * FROM ({sql}) AS rows WHERE {missed} <= 1"  # noqa: S608 - our own SQL
    return sql, list(params)


def _as_sql(rows: QuerySet, meets: dict[str, Case]) -> tuple[str, tuple[Any, ...]]:
    return rows.annotate(**meets).values_list(*COLUMNS, *meets).query.sql_with_params()
