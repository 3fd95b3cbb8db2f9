"""One migrated database per run; every worker and every test that commits gets a fresh copy of it.

Copying files takes a fraction of a second. It keeps the rows that migrations put in and needs no TRUNCATE,
which append-only tables refuse.
"""

import contextlib
import io
import os
from collections.abc import Iterator

import psycopg
from django.core.management import call_command
from django.db import connection, connections
from django.test.utils import override_settings
from psycopg import sql

# Set by the first process of the run and inherited by the workers of pytest-xdist.
RUN = "PORTAL_TEST_RUN"
LOCK_NUMBER = 20260610


def template_name() -> str:
    return f"portal_template_{os.environ[RUN]}"


def worker_name() -> str:
    return f"portal_test_{os.environ[RUN]}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


def address(database: str) -> dict:
    """Connection parameters of another database on the server of the tests."""
    parameters = connection.get_connection_params()
    kept = {key: value for key, value in parameters.items() if key in ("host", "port", "user", "password")}
    return {**kept, "dbname": database}


@contextlib.contextmanager
def _server() -> Iterator[psycopg.Connection]:
    with psycopg.connect(**address("postgres"), autocommit=True) as server:
        yield server


def prepare() -> None:
    """Migrate the template unless another worker has; point Django at this worker's own copy."""
    with _server() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK_NUMBER])
        is_there = server.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [template_name()]
        ).fetchone()
        if not is_there:
            _migrate_template()
        server.execute("SELECT pg_advisory_unlock(%s)", [LOCK_NUMBER])
    renew()


def _migrate_template() -> None:
    connection.settings_dict["TEST"]["NAME"] = template_name()
    with override_settings(CACHES={"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}):
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()


def demo_name() -> str:
    return f"portal_demo_{os.environ[RUN]}"


def use_demo() -> None:
    """Point Django at a copy of a portal filled with the demo, which is filled once per run."""
    with _server() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK_NUMBER])
        is_there = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [demo_name()]).fetchone()
        if not is_there:
            _fill_demo(server)
        server.execute("SELECT pg_advisory_unlock(%s)", [LOCK_NUMBER])
    renew(demo_name())


def _fill_demo(server: psycopg.Connection) -> None:
    copy = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
    server.execute(copy.format(sql.Identifier(demo_name()), sql.Identifier(template_name())))
    connections.close_all()
    connection.settings_dict["NAME"] = demo_name()
    try:
        call_command("fill_demo", verbosity=0, stdout=io.StringIO())
    except BaseException:
        connections.close_all()
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(demo_name())))
        raise
    connections.close_all()


def renew(source: str = "") -> None:
    """Replace this worker's database by a fresh copy of the template (or of another database)."""
    connections.close_all()
    name, template = sql.Identifier(worker_name()), sql.Identifier(source or template_name())
    with _server() as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(name, template))
    connection.settings_dict["NAME"] = worker_name()


def drop_all() -> None:
    """Leave a server that is not ours as it was."""
    connections.close_all()
    with _server() as server:
        found = server.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"portal\\_%\\_{os.environ[RUN]}%"]
        ).fetchall()
        for (name,) in found:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
