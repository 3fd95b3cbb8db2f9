"""What happens when the registry grows from 5,000 to 200,000 organisations."""

import json
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from io import StringIO

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.models import Q
from django.test import Client

from core.documents import search
from organizations.enums import LegalForm
from organizations.facts import known
from organizations.models import Organization
from organizations.queries.facets import counted

from .report import Line

SMALL, LARGE = 5_000, 200_000
CHUNK = 1_000
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
    memory_before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    made = grow(LARGE)
    speed = made / (time.perf_counter() - began)
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory_before) / 1024
    large = times()
    lines = [
        Line("import with search index", speed, 2000, "rows/s"),
        Line("memory grown by the import", memory, 100, "MB", at_least=False),
        Line("counts of all filters, nothing cached", counts_anew({}), 1, "s", at_least=False),
        Line("counts with two filters, nothing cached", counts_anew(FILTERS), 1, "s", at_least=False),
    ]
    for name, before in small.items():
        limit = 4 if name.startswith("search") else 2
        ratio = large[name] / before
        note = f"{before * 1000:.0f} → {large[name] * 1000:.0f} ms"
        lines.append(Line(f"{name}: 200,000 against 5,000", ratio, limit, "×", at_least=False, note=note))
        if name.startswith("search"):
            lines.append(Line(f"{name}: p95 at 200,000", large[name], 0.2, "s", at_least=False))
    return lines


def grow(total: int) -> int:
    """Imports a file as an office would, until the registry has ``total`` rows; the number of rows made."""
    start = Organization.objects.count()
    codes = sorted(known().spheres)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for first in range(start, total, CHUNK):
            for record in organizations(first, min(first + CHUNK, total), codes):
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
        file.flush()
        call_command("import_organizations", file.name, stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    cache.clear()
    return total - start


def organizations(first: int, end: int, codes: list[str]) -> Iterator[dict]:
    """Records as a register gives them, with as many words as a real profile has."""
    dice = random.Random(first)
    forms = list(LegalForm.values)
    for n in range(first, end):
        yield {
            "id": f"bench-{n}",
            "name": f"Fundacja {' '.join(dice.sample(WORDS, 3)).title()} nr {n}",
            "legal_form": dice.choice(forms),
            "fields": dice.sample(codes, dice.randint(1, 3)),
            "district": str(dice.randint(1, 18)),
            "city": "Kraków",
            "address": f"ul. Przykładowa {n % 200}",
            "opp": dice.random() < 0.1,
            "note": " ".join(dice.choices(WORDS, k=30)),
        }


def times() -> dict[str, float]:
    """p95 in seconds of the list, the list with filters, its counts without a cache, and of searches."""
    client = Client()
    client.cookies["bench"] = "1"  # drawn anew each time
    form = LegalForm.values[0]
    asked: dict[str, Callable[[], object]] = {
        "registry list": lambda: client.get("/organizacje/"),
        "registry list with a filter": lambda: client.get(f"/organizacje/?forma={form}"),
        "registry list with three filters": lambda: client.get(
            f"/organizacje/?forma={form}&dzielnica=4&opp=on"
        ),
        "page 40 of the registry list": lambda: client.get("/organizacje/?page=40"),
    }
    for name, query in QUERIES.items():
        asked[f"search, {name}"] = lambda query=query: search.search(query)
    return {name: p95(ask) for name, ask in asked.items()}


FILTERS = {"forma": Q(legal_form=LegalForm.FOUNDATION), "opp": Q(has_opp_status=True)}


def counts_anew(conditions: dict[str, Q]) -> float:
    return p95(lambda: counted(conditions))


def p95(ask: Callable[[], object]) -> float:
    ask()
    found = []
    for _ in range(RUNS):
        began = time.perf_counter()
        ask()
        found.append(time.perf_counter() - began)
    return statistics.quantiles(found, n=20)[-1]
