"""What happens when the registry grows from 5,000 to 200,000 organisations."""

import json
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from io import StringIO

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.models import Q
from django.test import Client

from core.documents import search
from organizations.enums import LegalForm
from organizations.facts import known
from organizations.filters import branch_condition
from organizations.models import Organization
from organizations.queries.facets import counted

from .report import Line

SMALL, LARGE = 5_000, 200_000
CHUNK = 1_000
WARM_UPS = 3
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
    lines = [*growing(LARGE), Line("import again, every row changed", again(10_000), 500, "rows/s")]
    for name, conditions in FILTERS.items():
        counting = counts_anew(conditions)
        lines.append(Line(f"all counts, chosen: {name}", counting, 1, "s", at_least=False))
    large = times()
    for name, before in small.items():
        limit = 4 if name.startswith("search") else 2
        ratio = large[name] / before
        note = f"{before * 1000:.0f} → {large[name] * 1000:.0f} ms"
        lines.append(Line(f"{name}: 200,000 against 5,000", ratio, limit, "×", at_least=False, note=note))
        if name.startswith("search"):
            lines.append(Line(f"{name}: p95 at 200,000", large[name], 0.2, "s", at_least=False))
    return lines


def growing(total: int) -> list[Line]:
    """The import itself: by the clock, by the processor time of its own process, and in memory."""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rate, work = grow(total)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) / 1024
    return [
        Line(
            "import with search index", rate, 2000, "rows/s", note=f"{work:.0f} a CPU second of its process"
        ),
        Line("memory grown by the import", grown, 100, "MB", at_least=False),
    ]


def grow(total: int) -> tuple[float, float]:
    """Imports until the registry has ``total`` rows; the rows a second, and a second of processor time."""
    start = Organization.objects.count()
    codes = sorted(known().spheres)
    speed = imported(
        record
        for first in range(start, total, CHUNK)
        for record in organizations(first, min(first + CHUNK, total), codes)
    )
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("RESET statement_timeout")
    cache.clear()
    return speed


def imported(records: Iterable[dict]) -> tuple[float, float]:
    """Imports a file as an office would; the rows a second, and a second of processor time."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        count = sum(file.write(json.dumps(record, ensure_ascii=False) + "\n") > 0 for record in records)
        file.flush()
        began, spent = time.perf_counter(), time.process_time()
        call_command("import_organizations", file.name, stdout=StringIO())
        return count / (time.perf_counter() - began), count / (time.process_time() - spent)


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
    """p95 in seconds of the list, the list with filters, of searches and of suggestions."""
    client = Client(SERVER_NAME="localhost")
    client.cookies["bench"] = "1"  # drawn anew each time
    form = LegalForm.values[0]
    pages = {
        "registry list": "/organizacje/",
        "registry list with a filter": f"/organizacje/?forma={form}",
        "registry list with three filters": f"/organizacje/?forma={form}&dzielnica=4&opp=on",
        "registry list with a word": "/organizacje/?q=pomoc",
        "registry list by name": "/organizacje/?sort=nazwa",
        "page 40 of the registry list": "/organizacje/?page=40",
    }
    asked: dict[str, Callable[[], object]] = {
        name: lambda path=path: page(client, path) for name, path in pages.items()
    }
    for name, query in QUERIES.items():
        asked[f"search, {name}"] = lambda query=query: search.search(query)
    asked["search as one types"] = lambda: search.suggest("pomoc eduk")
    return {name: p95(ask) for name, ask in asked.items()}


def page(client: Client, path: str) -> None:
    """An error page would be quick, and no measure of anything."""
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")


FILTERS = {
    "nothing": {},
    "two columns": {"forma": Q(legal_form=LegalForm.FOUNDATION), "opp": Q(has_opp_status=True)},
    "a branch": {"branza": branch_condition(["kultura"])},
}


def counts_anew(conditions: dict[str, Q]) -> float:
    return p95(lambda: counted(conditions))


def again(count: int) -> float:
    """Rows a second when a file comes a second time and every row has another address."""
    codes = sorted(known().spheres)
    rows = organizations(SMALL, SMALL + count, codes)
    rate, _work = imported({**row, "address": f"ul. Nowa {n}"} for n, row in enumerate(rows))
    return rate


def p95(ask: Callable[[], object]) -> float:
    for _ in range(WARM_UPS):
        ask()
    found = []
    for _ in range(RUNS):
        began = time.perf_counter()
        ask()
        found.append(time.perf_counter() - began)
    return statistics.quantiles(found, n=20)[-1]
