"""``make bench``: all benchmarks in a database of their own; ends with an error when a budget is missed.

``python -m bench pages mail`` runs some of the parts: pages, mail, growth, filing.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiosmtpd.handlers import Sink

from local.postgres import Postgres
from local.redis import Redis
from local.smtp import FreePortController

ROOT = Path(__file__).parent.parent
START_LIMIT_S = 60


def main() -> int:
    with (
        tempfile.TemporaryDirectory(prefix="bench-", dir="/var/tmp") as folder,
        servers(Path(folder)) as postgres,
    ):
        import django

        django.setup()
        from django.core.management import call_command

        from bench import filing, newsletter, pages, report, scale

        call_command("migrate", verbosity=0)
        call_command("fill_demo", verbosity=0, stdout=open(os.devnull, "w"))  # noqa: SIM115, PTH123 - thrown away
        call_command("collectstatic", verbosity=0, interactive=False)
        wanted = sys.argv[1:] or ["pages", "mail", "growth"]
        missed = 0
        if "pages" in wanted:
            with web_server() as (port, _web):
                missed += report.show("Pages against the floor", pages.measure(port))
        if "mail" in wanted:
            with mail_host() as sink:
                missed += report.show("Mail", newsletter.measure(sink.hostname, sink.port))
        if "filing" in wanted:
            with web_server(workers=2) as (port, web):
                missed += report.show("The last ten seconds", filing.measure(port, web, postgres))
        if "growth" in wanted:
            missed += report.show("Growth", scale.measure())
    print(f"\n{missed} budgets missed, {os.cpu_count()} cores")
    return 1 if missed else 0


@contextmanager
def servers(folder: Path) -> Iterator[Postgres]:
    """PostgreSQL with safe settings and Redis, both on unix sockets; the environment leads to them."""
    postgres, redis = Postgres(folder / "pg", socket_directory=folder / "s"), Redis(folder / "r")
    postgres.start()
    redis.start()
    os.environ.update(
        DATABASE_URL=postgres.url(),
        REDIS_URL=redis.url,
        DJANGO_SETTINGS_MODULE="bench.settings",
        MEDIA_ROOT=str(folder / "media"),
        STATIC_ROOT=str(folder / "static"),
    )
    try:
        yield postgres
    finally:
        redis.stop()
        postgres.stop()


@contextmanager
def web_server(workers: int = 1) -> Iterator[tuple[int, subprocess.Popen]]:
    """The web server of production on a free port, and its process; it believes the stamps of its proxy."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        "deploy/gunicorn.conf.py",
        "--workers",
        str(workers),
        "portal.wsgi:application",
    ]
    environment = {**os.environ, "BIND": f"127.0.0.1:{port}", "TRUSTED_PROXY_COUNT": "1"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        wait_for(port)
        yield port, process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def wait_for(port: int) -> None:
    until = time.monotonic() + START_LIMIT_S
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/zdrowie/zyje/", timeout=5).read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the web server did not start")


@contextmanager
def mail_host() -> Iterator[FreePortController]:
    sink = FreePortController(Sink())
    sink.start()
    try:
        yield sink
    finally:
        sink.stop()


if __name__ == "__main__":
    sys.exit(main())
