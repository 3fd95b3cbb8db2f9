"""What happens when the registry grows from 5,000 to 200,000 organisations."""

import random
import statistics
import time
from collections.abc import Callable, Iterator

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from core.documents import search
from organizations.enums import LegalForm, State
from organizations.models import Organization

from .report import Line

SMALL, LARGE = 5_000, 200_000
CHUNK = 5_000
RUNS = 12
WORDS = [
    "pomoc",
    "wsparcie",
    "edukacja",
    "kultura",
    "sport",
    "młodzież",
    "seniorzy",
    "rodzina",
    "zdrowie",
    "ekologia",
    "zwierzęta",
    "muzyka",
    "taniec",
    "teatr",
    "szkolenie",
    "wolontariat",
    "integracja",
    "niepełnosprawność",
    "hipoterapia",
    "rehabilitacja",
    "turystyka",
    "dzielnica",
    "sąsiedzi",
    "ogród",
]
QUERIES = {
    "a word in nearly every row": "fundacja",
    "two common words": "pomoc edukacja",
    "a rare name": "nr 4321",
}


def measure() -> list[Line]:
    """p95 at 200,000 rows against p95 at 5,000, and the speed of filling the index."""
    grow(SMALL)
    small = times()
    began = time.perf_counter()
    made = grow(LARGE)
    speed = made / (time.perf_counter() - began)
    large = times()
    lines = [Line("import with search index", speed, 2000, "rows/s")]
    for name, before in small.items():
        limit = 4 if name.startswith("search") else 2
        ratio = large[name] / before
        note = f"{before * 1000:.0f} → {large[name] * 1000:.0f} ms"
        lines.append(Line(f"{name}: 200,000 against 5,000", ratio, limit, "×", at_least=False, note=note))
        if name.startswith("search"):
            lines.append(Line(f"{name}: p95 at 200,000", large[name], 0.2, "s", at_least=False))
    return lines


def grow(total: int) -> int:
    """Fills the registry up to ``total`` rows; the number of rows made."""
    start = Organization.objects.count()
    for first in range(start, total, CHUNK):
        rows = Organization.objects.bulk_create(organizations(first, min(first + CHUNK, total)))
        search.put_many(entries(rows))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    cache.clear()
    return total - start


def organizations(first: int, end: int) -> Iterator[Organization]:
    dice = random.Random(first)
    forms = list(LegalForm.values)
    for n in range(first, end):
        name = f"Fundacja {' '.join(dice.sample(WORDS, 3)).title()} nr {n}"
        yield Organization(
            name=name,
            slug=f"bench-{n}",
            legal_form=dice.choice(forms),
            state=State.VERIFIED,
            state_since=timezone.now(),
        )


def entries(rows: list[Organization]) -> Iterator[dict]:
    for row in rows:
        text = " ".join(random.Random(row.pk).choices(WORDS, k=40))
        yield {
            "obj": row,
            "kind": "organization",
            "title": row.name,
            "text": text,
            "url": f"/organizacje/{row.slug}/",
        }


def times() -> dict[str, float]:
    """p95 in seconds of the list, the list with filters, and of searches."""
    client = Client()
    form = LegalForm.values[0]
    asked: dict[str, Callable[[], object]] = {
        "registry list": lambda: client.get("/organizacje/"),
        "registry list with a filter": lambda: client.get(f"/organizacje/?forma={form}"),
    }
    for name, query in QUERIES.items():
        asked[f"search, {name}"] = lambda query=query: search.search(query)
    return {name: p95(ask) for name, ask in asked.items()}


def p95(ask: Callable[[], object]) -> float:
    ask()
    found = []
    for _ in range(RUNS):
        began = time.perf_counter()
        ask()
        found.append(time.perf_counter() - began)
    return statistics.quantiles(found, n=20)[-1]
