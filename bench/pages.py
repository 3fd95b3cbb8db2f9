"""Requests per second of pages, as a share of the floor served by the same process."""

import http.client
import re
import statistics
import threading
import time

from .report import Line

SECONDS = 3.0
CONNECTIONS = 4
WARM_UP = 6
FLOOR = "/bench-podloga/"
BUDGET = 0.7
KEPT_BUDGET = 5
# A cookie that the kept pages do not know: the page is drawn anew, as for a person.
DRAWN = {"Cookie": "bench=1"}
KEPT: dict[str, str] = {}
PAGES = [
    ("start page", "/"),
    ("calls, list", "/konkursy/"),
    ("consultations, list", "/konsultacje/"),
    ("organisations, list", "/organizacje/"),
    ("dialogue bodies, list", "/dialog/"),
    ("news, list", "/aktualnosci/"),
    ("calendar", "/kalendarz/"),
    ("search", "/szukaj/?q=fundacja"),
]


def measure(port: int) -> list[Line]:
    """Each page for three seconds over four kept connections, drawn anew and kept; the floor before and after."""
    pages = PAGES + [(f"one {name}", path) for name, path in details(port)]
    before = rate(port, FLOOR, DRAWN)
    drawn = [(name, rate(port, path, DRAWN)) for name, path in pages]
    kept = [(name, rate(port, path, KEPT)) for name, path in pages]
    floor = statistics.mean([before, rate(port, FLOOR, DRAWN)])
    return [_line(f"{name}, drawn anew", r, floor, BUDGET) for name, r in drawn] + [
        _line(f"{name}, for strangers", r, floor, KEPT_BUDGET) for name, r in kept
    ]


def _line(name: str, speed: float, floor: float, budget: float) -> Line:
    return Line(name, speed / floor, budget, "× floor", note=f"{speed:.0f}/s, floor {floor:.0f}/s")


def details(port: int) -> list[tuple[str, str]]:
    """One public record of each kind, from the map of the portal."""
    status, body = get(http.client.HTTPConnection("127.0.0.1", port), "/sitemap.xml")
    paths = re.findall(rb"<loc>https?://[^/]+(/[^<]+)</loc>", body) if status == 200 else []
    kinds = [("call", b"/konkursy/"), ("consultation", b"/konsultacje/"), ("organisation", b"/organizacje/")]
    standing = (b"harmonogram", b"informator", b"postulaty", b"branze", b"zarejestruj")
    found = []
    for name, start in kinds:
        own = [
            p
            for p in paths
            if p.startswith(start) and len(p) > len(start) and not any(s in p for s in standing)
        ]
        found += [(name, own[0].decode())] if own else []
    return found


def get(connection: http.client.HTTPConnection, path: str, headers: dict | None = None) -> tuple[int, bytes]:
    connection.request("GET", path, headers={"Accept-Encoding": "identity", **(headers or {})})
    response = connection.getresponse()
    return response.status, response.read()


def rate(port: int, path: str, headers: dict[str, str]) -> float:
    """Answers per second. Raises RuntimeError when the page is not a 200."""
    counts = [0] * CONNECTIONS
    connections = [http.client.HTTPConnection("127.0.0.1", port) for _ in range(CONNECTIONS)]
    for connection in connections * (WARM_UP // CONNECTIONS + 1):
        status, _body = get(connection, path, headers)
        if status != 200:
            raise RuntimeError(f"{path}: {status}")
    began = time.perf_counter()
    stop = began + SECONDS

    def ask(number: int) -> None:
        while time.perf_counter() < stop:
            get(connections[number], path, headers)
            counts[number] += 1

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - began)
