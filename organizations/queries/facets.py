"""How many profiles each option of each filter would give: one pass per set of conditions, one query for all."""

from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q
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

# What each facet reads of the pass; ``{rows}`` are the profiles with all *other* conditions in force.
_PARTS = {
    "forma": "SELECT 'forma', f.legal_form::text, count(*) FROM {rows} f GROUP BY f.legal_form",
    "dzielnica": (
        "SELECT 'dzielnica', CASE WHEN f.is_outside_city THEN 'poza' ELSE d.number::text END, count(*) "
        "FROM {rows} f LEFT JOIN city_district d ON d.id = f.district_id "
        "WHERE f.is_outside_city OR d.number IS NOT NULL GROUP BY 2"
    ),
    "dane": (
        "SELECT 'dane', CASE WHEN f.state = 'stale' THEN 'niepotwierdzone' WHEN f.confirmed_at IS NULL "
        "THEN 'ze-zrodel' ELSE 'potwierdzone' END, count(*) FROM {rows} f GROUP BY 2"
    ),
    "opp": "SELECT 'opp', 'on', count(*) FROM {rows} f WHERE f.has_opp_status",
    "dostepna": "SELECT 'dostepna', 'on', count(*) FROM {rows} f WHERE f.seat_features @> ARRAY['step_free']::varchar[]",
    "szuka": (
        "SELECT 'szuka', v.option, v.number FROM (SELECT count(*) FILTER (WHERE wants_volunteers) a, "
        "count(*) FILTER (WHERE wants_partner) b, count(*) FILTER (WHERE wants_premises) c FROM {rows} f) n "
        "CROSS JOIN LATERAL (VALUES ('wolontariuszy', n.a), ('partnera', n.b), ('lokalu', n.c)) v(option, number)"
    ),
    "dla": "SELECT 'dla', g, count(*) FROM {rows} f, unnest(f.target_groups) g GROUP BY g",
    "sfera": (
        "SELECT 'sfera', s.code::text, n.number FROM (SELECT os.tasksphere_id, count(*) number FROM {rows} f "
        "JOIN organizations_organization_spheres os ON os.organization_id = f.id GROUP BY 1) n "
        "JOIN city_tasksphere s ON s.id = n.tasksphere_id"
    ),
    # a profile with two spheres of one branch is one profile of that branch
    "branza": (
        "SELECT 'branza', b.code::text, n.number FROM (SELECT branch_id, count(*) number FROM (SELECT DISTINCT f.id, "
        "bs.branch_id FROM {rows} f JOIN organizations_organization_spheres os ON os.organization_id = f.id "
        "JOIN city_branch_spheres bs ON bs.tasksphere_id = os.tasksphere_id) pairs GROUP BY 1) n "
        "JOIN city_branch b ON b.id = n.branch_id"
    ),
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
    """The same without the cache: narrow rows once per set of conditions, and every facet from them."""
    sources = {"found": _narrow(conditions)}
    parts = []
    for facet, part in _PARTS.items():
        source = "found"
        if facet in conditions:
            source = f"but_{facet}"
            sources[source] = _narrow({name: c for name, c in conditions.items() if name != facet})
        parts.append(part.format(rows=source))
    sources["everybody"] = _narrow({}, columns=["id"])
    parts += ["SELECT 'znalezione', 'znalezione', count(*) FROM found"]
    parts += ["SELECT 'wszystkie', 'wszystkie', count(*) FROM everybody"]
    named = ", ".join(f"{name} AS NOT MATERIALIZED ({sql})" for name, (sql, _params) in sources.items())
    params = [param for _sql, own in sources.values() for param in own]
    counts: Counts = {}
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {named} {' UNION ALL '.join(parts)}", params)
        for facet, option, number in cursor.fetchall():
            counts.setdefault(facet, {})[option] = number
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
