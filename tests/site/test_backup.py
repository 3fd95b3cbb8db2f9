"""A backup really comes back: dumped and restored by the scripts of production."""

import hashlib
import os
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from core.notifications.enums import MailState
from core.notifications.models import OutboxMail
from local.postgres import binaries
from tests.support import database

DEPLOY = Path(__file__).resolve().parent.parent.parent / "deploy"
pytestmark = pytest.mark.django_db(transaction=True)


def url_of(name: str) -> str:
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


@pytest.fixture
def empty_database() -> Iterator[str]:
    """Address of a new database, as on a new machine."""
    name = f"{database.worker_name()}_restored"
    with psycopg.connect(url_of("postgres"), autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f"CREATE DATABASE {name}")
        yield url_of(name)
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    """Rows and files that must come back; gives the folder of the files."""
    Group.objects.create(name="Zażółć gęślą jaźń")
    for state in (MailState.QUEUED, MailState.ATTEMPTING, MailState.SENT, MailState.FAILED):
        OutboxMail.objects.create(
            key=f"mail-{state}",
            kind="test",
            to="anna@ngo.example",
            subject="Temat",
            state=state,
            due_at=timezone.now(),
        )
    media = tmp_path / "media"
    (media / "offers").mkdir(parents=True)
    (media / "offers" / "statut ż.pdf").write_bytes(b"%PDF-1.7" * 1000)
    return media


@pytest.fixture
def script(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess]:
    def run(name: str, *arguments: str, database_url: str, media: Path) -> subprocess.CompletedProcess:
        variables = {"DATABASE_URL": database_url, "MEDIA_ROOT": str(media), "PG_BIN": str(binaries())}
        return subprocess.run(
            ["/bin/sh", str(DEPLOY / name), *arguments],
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
        )

    return run


@pytest.fixture
def archive(portal: Path, script: Callable, tmp_path: Path) -> str:
    done = script(
        "backup.sh", str(tmp_path / "backups"), database_url=url_of(database.worker_name()), media=portal
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def contents(database_url: str) -> dict[str, str]:
    """Every table of the portal with the checksum of its rows."""
    with psycopg.connect(database_url) as connection:
        names = [
            row[0]
            for row in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        ]
        query = "SELECT coalesce(md5(string_agg(t::text, '' ORDER BY t::text)), '') FROM public.\"{}\" AS t"
        return {name: connection.execute(query.format(name)).fetchone()[0] for name in names}


def files(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_everything_comes_back_on_an_empty_machine(archive, portal, script, empty_database, tmp_path):
    before = contents(url_of(database.worker_name()))
    done = script("restore.sh", archive, database_url=empty_database, media=tmp_path / "new")
    assert done.returncode == 0, done.stderr
    after = contents(empty_database)
    changed = {name for name in before if before[name] != after.get(name)}
    assert set(after) == set(before)
    assert changed == {"notifications_outboxmail"}
    assert files(tmp_path / "new") == files(portal)


def test_no_mail_leaves_a_restored_portal(archive, script, empty_database, tmp_path):
    script("restore.sh", archive, database_url=empty_database, media=tmp_path / "new")
    with psycopg.connect(empty_database) as connection:
        rows = connection.execute("SELECT key, state FROM notifications_outboxmail").fetchall()
    assert dict(rows) == {
        "mail-queued": "uncertain",
        "mail-attempting": "uncertain",
        "mail-sent": "sent",
        "mail-failed": "failed",
    }


def test_existing_data_are_replaced_only_on_demand(archive, portal, script):
    here = url_of(database.worker_name())
    Group.objects.create(name="Powstała po kopii")
    (portal / "po-kopii.txt").write_text("nowe")

    refused = script("restore.sh", archive, database_url=here, media=portal)
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    assert Group.objects.filter(name="Powstała po kopii").exists()
    assert (portal / "po-kopii.txt").exists()

    replaced = script("restore.sh", archive, "--replace", database_url=here, media=portal)
    assert replaced.returncode == 0, replaced.stderr
    assert not Group.objects.filter(name="Powstała po kopii").exists()
    assert Group.objects.filter(name="Zażółć gęślą jaźń").exists()
    assert list(files(portal)) == ["offers/statut ż.pdf"]


def test_a_restored_portal_can_be_written_to(archive, portal, script):
    here = url_of(database.worker_name())
    assert script("restore.sh", archive, "--replace", database_url=here, media=portal).returncode == 0
    assert Group.objects.create(name="Nowa").pk > Group.objects.get(name="Zażółć gęślą jaźń").pk


def test_a_damaged_archive_changes_nothing(archive, portal, script, tmp_path):
    damaged = tmp_path / "damaged"
    damaged.mkdir()
    subprocess.run(["tar", "-xf", archive, "-C", str(damaged)], check=True)
    dump = damaged / "database.dump"
    dump.write_bytes(dump.read_bytes()[:-100])
    with tarfile.open(tmp_path / "damaged.tar", "w") as broken:
        for path in damaged.iterdir():
            broken.add(path, path.name)

    before = contents(url_of(database.worker_name()))
    done = script(
        "restore.sh",
        str(tmp_path / "damaged.tar"),
        "--replace",
        database_url=url_of(database.worker_name()),
        media=portal,
    )
    assert done.returncode != 0
    assert contents(url_of(database.worker_name())) == before
    assert list(files(portal)) == ["offers/statut ż.pdf"]


def test_archive_is_readable_for_its_owner_only(archive):
    assert Path(archive).stat().st_mode & 0o077 == 0


def test_backup_that_fails_leaves_no_archive(portal, script, tmp_path):
    done = script(
        "backup.sh", str(tmp_path / "backups"), database_url=url_of("no_such_database"), media=portal
    )
    assert done.returncode != 0
    assert list((tmp_path / "backups").iterdir()) == []
