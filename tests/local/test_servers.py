"""PostgreSQL and Redis from packages: they start, keep or forget, and leave nothing behind."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from redis import Redis as Client

from local import postgres as postgres_module
from local.postgres import Postgres, PostgresFailed, home_for
from local.redis import Redis, RedisFailed


@pytest.fixture
def short_path() -> Iterator[Path]:
    """Sockets need a shorter path than pytest's own folders have."""
    with tempfile.TemporaryDirectory(prefix="portal-") as name:
        yield Path(name)


def start(folder: Path, **options: bool) -> Postgres:
    server = Postgres(folder / "data", socket_directory=folder / "socket", **options)
    server.start()
    return server


def test_data_survive_a_restart_of_postgres(short_path):
    server = start(short_path)
    with psycopg.connect(server.url()) as connection:
        connection.execute("CREATE TABLE note (text text)")
        connection.execute("INSERT INTO note VALUES ('Zażółć')")
    server.stop()

    server = start(short_path)
    with psycopg.connect(server.url()) as connection:
        assert connection.execute("SELECT text FROM note").fetchone() == ("Zażółć",)
    server.stop()


def test_the_demo_waits_for_the_disk_and_the_tests_do_not(short_path):
    for fast, expected in ((False, "on"), (True, "off")):
        server = start(short_path / str(fast), fast=fast)
        with psycopg.connect(server.url()) as connection:
            assert connection.execute("SHOW fsync").fetchone() == (expected,)
        server.stop()


def test_postgres_knows_polish_letters_whatever_the_machine_speaks(short_path, monkeypatch):
    monkeypatch.setenv("LANG", "C")
    monkeypatch.setenv("LC_ALL", "C")
    server = start(short_path, fast=True)
    with psycopg.connect(server.url()) as connection:
        found = connection.execute("SELECT lower('ŁÓDŹ'), 'ŁÓDŹ' ILIKE '%łódź%'").fetchone()
    server.stop()
    assert found == ("łódź", True)


def test_postgres_listens_on_no_port(short_path):
    server = start(short_path, fast=True)
    with psycopg.connect(server.url()) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    server.stop()


def test_a_killed_postgres_starts_again_on_its_data(short_path):
    server = start(short_path)
    with psycopg.connect(server.url()) as connection:
        connection.execute("CREATE TABLE note AS SELECT 1 AS number")
    server.process.kill()
    server.process.wait()

    server = start(short_path)
    with psycopg.connect(server.url()) as connection:
        assert connection.execute("SELECT number FROM note").fetchone() == (1,)
    server.stop()


def test_a_postgres_that_outlived_its_launcher_is_replaced(short_path):
    left_over = start(short_path)
    server = start(short_path)
    assert left_over.process.wait(10) == 0
    with psycopg.connect(server.url()) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    server.stop()


def test_data_of_another_version_are_refused_and_kept(short_path):
    server = start(short_path, fast=True)
    server.stop()
    (server.data / "PG_VERSION").write_text("15\n")
    with pytest.raises(PostgresFailed, match="PostgreSQL 15"):
        start(short_path, fast=True)


def test_a_postgres_that_cannot_start_says_why(short_path):
    server = start(short_path, fast=True)
    server.stop()
    (server.data / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(PostgresFailed, match="no_such_setting"):
        start(short_path, fast=True)


def test_too_long_a_socket_path_is_refused_before_anything_starts(tmp_path):
    with pytest.raises(PostgresFailed, match="too long"):
        Postgres(tmp_path, socket_directory=tmp_path / ("x" * 100))


@pytest.mark.skipif(not postgres_module._is_root(), reason="only root has to step down to another user")
def test_root_without_user_namespaces_runs_postgres_as_nobody(short_path, monkeypatch):
    short_path.chmod(0o755)
    monkeypatch.setattr(postgres_module, "_namespace", lambda: ())
    postgres_module.binaries.cache_clear()
    server = start(short_path, fast=True)
    with psycopg.connect(server.url()) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    server.stop()
    postgres_module.binaries.cache_clear()
    assert server.data.owner() == "nobody"


def test_data_stay_where_they_were_wanted_when_everybody_can_reach_them(tmp_path):
    assert home_for(tmp_path / "postgres") == tmp_path / "postgres"


def test_redis_answers_on_its_socket_and_ends(short_path):
    server = Redis(short_path)
    server.start()
    with Client(unix_socket_path=str(server.socket)) as client:
        client.set("key", "wartość")
        assert client.get("key").decode() == "wartość"
    server.stop()
    assert server.process is None
    assert not server.socket.exists()


def test_packaged_redis_serves_a_machine_without_one(short_path, monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    server = Redis(short_path)
    server.start()
    with Client(unix_socket_path=str(server.socket)) as client:
        assert client.ping()
    server.stop()


def test_redis_that_cannot_start_says_why(short_path):
    (short_path / "redis.sock").mkdir()
    with pytest.raises(RedisFailed, match=r"[Oo]pening Unix socket"):
        Redis(short_path).start()
