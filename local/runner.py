"""`make run`: the whole portal on this machine, from an empty folder to a page in the browser."""

import contextlib
import fcntl
import hashlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from local import environment_file, registers
from local.commands import ROOT, command, manage
from local.keeper import Keeper
from local.mail import MailCatcher
from local.postgres import Postgres, PostgresFailed, home_for
from local.process import Process
from local.redis import Redis, RedisFailed

# Everything a running portal leaves behind; the tests of the runner have a folder of their own.
VAR = Path(os.environ.get("PORTAL_VAR") or ROOT / "var")
LOG_INS = VAR / "demo-log-ins.txt"
PACKAGES = ROOT / "requirements" / "dev.txt"
MAIL_PAGES_PORT = 8025
WEB_READY_LIMIT_S = 90


class CannotStart(Exception):
    """Nothing was broken; the text tells the person what to change."""


class Stopped(Exception):
    """Somebody pressed Ctrl-C or sent SIGTERM."""


def run() -> int:
    """Start everything, wait, end everything; returns the exit status."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    host, port = os.environ.get("HOST", "127.0.0.1"), _port()
    try:
        with _only_one():
            _refuse_taken_port(host, port)
            return Runner(host=host, port=port).run()
    except Stopped:
        return 0
    except CannotStart as error:
        say(str(error))
        return 1


class Runner:
    """Holds what was started, in the order in which it was started."""

    def __init__(self, *, host: str, port: int) -> None:
        self.host = host
        self.port = port
        self.environment = dict(os.environ)
        self.sockets: Path | None = None
        self.keeper = Keeper()
        self.postgres: Postgres | None = None
        self.redis: Redis | None = None
        self.mail: MailCatcher | None = None
        self.register: registers.TrialRegister | None = None
        self.processes: list[Process] = []

    def run(self) -> int:
        try:
            self.start()
            return self.watch()
        except (CannotStart, PostgresFailed, RedisFailed) as error:
            say(f"\n{error}")
            return 1
        finally:
            # A second Ctrl-C must not leave half of the processes behind.
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            self.stop()

    def start(self) -> None:
        for folder in ("log", "run"):
            (VAR / folder).mkdir(parents=True, exist_ok=True, mode=0o700)
        self._prepare_environment()
        self._start_servers()
        environment_file.write(VAR, self.environment)
        self._prepare_portal()
        self._start_processes()
        self._wait_for_web()
        self._tell_addresses()

    def watch(self) -> int:
        """Look after the processes until the database is gone or somebody ends the portal."""
        while True:
            time.sleep(0.5)
            if self.postgres and self.postgres.process and self.postgres.process.poll() is not None:
                say(f"PostgreSQL ended; the portal cannot go on. Log: {self.postgres.log}")
                return 1
            self._watch_redis()
            for process in self.processes:
                if line := process.watch():
                    say(line)

    def stop(self) -> None:
        say("\nStopping")
        for process in self.processes:
            process.ask_to_end()
        for process in self.processes:
            process.end(limit_s=10)
        for server in (self.register, self.mail, self.redis, self.postgres):
            if server is not None:
                server.stop()
        environment_file.remove(VAR)
        self.keeper.dismiss()
        if self.sockets:
            shutil.rmtree(self.sockets, ignore_errors=True)
        say("Stopped. The data stay in var/.")

    def _prepare_environment(self) -> None:
        address = f"http://{self.host}:{self.port}"
        self.environment.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
        self.environment.setdefault("SECRET_KEY", _secret_key())
        self.environment.setdefault("SITE_URL", address)
        self.environment["BIND"] = f"{self.host}:{self.port}"
        self.environment["PYTHONUNBUFFERED"] = "1"

    def _start_servers(self) -> None:
        self.sockets = Path(tempfile.mkdtemp(prefix="portal-"))
        self.keeper.remove(self.sockets)
        if not self.environment.get("DATABASE_URL"):
            self._start_postgres(self.sockets)
        if not self.environment.get("REDIS_URL"):
            self._start_redis(self.sockets)
        if not self.environment.get("EMAIL_URL"):
            self.mail = MailCatcher(VAR / "mail", web_port=MAIL_PAGES_PORT)
            self.mail.start()
            self.environment["EMAIL_URL"] = self.mail.smtp_url
        if not self.environment.get("KRS_API_URL") and self.environment.get("DEMO") != "0":
            self._start_trial_register()

    def _start_trial_register(self) -> None:
        """The demo asks invented entries instead of the register of the Ministry."""
        self.register = registers.TrialRegister()
        self.register.start()
        self.environment["KRS_API_URL"] = self.register.url
        self.environment["DEMO_KRS_NUMBERS"] = ",".join(registers.NUMBERS)

    def _start_postgres(self, sockets: Path) -> None:
        self.postgres = Postgres(home_for(VAR / "postgres"), socket_directory=sockets / "postgres")
        with step("PostgreSQL"):
            self.postgres.start()
        self._keep(self.postgres)
        self.environment["DATABASE_URL"] = self.postgres.url()

    def _start_redis(self, sockets: Path) -> None:
        self.redis = Redis(sockets / "redis")
        with step("Redis"):
            self.redis.start()
        self._keep(self.redis)
        self.environment["REDIS_URL"] = self.redis.url

    def _watch_redis(self) -> None:
        if self.redis and self.redis.process and self.redis.process.poll() is not None:
            say("Redis ended; starting again.")
            self.redis.start()
            self._keep(self.redis)

    def _prepare_portal(self) -> None:
        database = _short_hash(self._database_identity())
        with _only_when_changed(VAR / f"migrated-{database}", _migrations()) as is_changed:
            if is_changed:
                with step("Tables (migrate)"):
                    self._call(command("migrate", "--verbosity", "0"))
        self._fill_demo(VAR / f"demo-filled-{database}")
        if self.environment.get("DEBUG") != "1":
            self._collect_static()

    def _fill_demo(self, marker: Path) -> None:
        if marker.exists() or self.environment.get("DEMO") == "0":
            return
        say("Demo data (the first time only; a few minutes)")
        self._call(manage("fill_demo"), is_shown=True, LOG_LEVEL="WARNING")
        marker.touch()

    def _database_identity(self) -> str:
        """What tells one database from another; the embedded one has a new socket at every start."""
        if self.postgres is None:
            return self.environment["DATABASE_URL"]
        return str((self.postgres.data / "PG_VERSION").stat().st_mtime_ns)

    def _collect_static(self) -> None:
        with _only_when_changed(VAR / "static-collected", _static_files()) as is_changed:
            if is_changed or not (VAR / "static").is_dir():
                with step("Static files (collectstatic)"):
                    self._call(command("static"))

    def _call(self, arguments: list[str], *, is_shown: bool = False, **environment: str) -> None:
        output = None if is_shown else subprocess.PIPE
        # A group of its own, like every process: Ctrl-C ends it through the runner.
        with subprocess.Popen(
            arguments,
            cwd=ROOT,
            env={**self.environment, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            text=True,
            start_new_session=True,
        ) as process:
            try:
                printed, _ = process.communicate()
            except Stopped:
                os.killpg(process.pid, signal.SIGTERM)
                raise
        if process.returncode:
            raise CannotStart(f"{printed or ''}\nFailed: {' '.join(arguments)}")

    def _start_processes(self) -> None:
        for name in ("web", "worker", "beat"):
            process = Process(
                name,
                [_below_var(argument) for argument in command(name)],
                environment=self.environment,
                log=VAR / "log" / f"{name}.log",
                keeper=self.keeper,
            )
            self.processes.append(process)
            process.start()

    def _keep(self, server: Postgres | Redis) -> None:
        assert server.process is not None
        self.keeper.end(server.process.pid)

    def _wait_for_web(self) -> None:
        web = self.processes[0]
        with step("Web"):
            give_up_at = time.monotonic() + WEB_READY_LIMIT_S
            while not _answers(f"http://{self.host}:{self.port}/zdrowie/zyje/"):
                if web.watch() or time.monotonic() > give_up_at:
                    raise CannotStart(f"The web server did not start:\n{_last_lines(web.log)}")
                time.sleep(0.2)

    def _tell_addresses(self) -> None:
        say(f"\nPortal    http://{self.host}:{self.port}/")
        if self.mail:
            say(f"E-mail    {self.mail.web_url}   (every mail the portal sends is caught here)")
        if self.register:
            say(
                f"Register  {self.register.url}   (»rejestr próbny«, invented entries: {', '.join(registers.BODIES)})"
            )
        say(f"Logs      {VAR / 'log'}")
        if LOG_INS.exists():
            say(f"\nLog-ins   (also in {LOG_INS})")
            say(LOG_INS.read_text(encoding="utf-8").rstrip())
        say("\nCtrl-C ends everything.")


def say(line: str) -> None:
    print(line, flush=True)


@contextlib.contextmanager
def step(name: str) -> Iterator[None]:
    """Names the step while it lasts, and then the seconds it took."""
    print(f"{name:<30}", end="", flush=True)
    begun_at = time.monotonic()
    try:
        yield
    except BaseException:
        say("")
        raise
    say(f"{time.monotonic() - begun_at:6.1f} s")


def _stop(_number: int, _frame: object) -> None:
    raise Stopped


@contextlib.contextmanager
def _only_one() -> Iterator[None]:
    VAR.mkdir(exist_ok=True, mode=0o700)
    with (VAR / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart("The portal is already running from this folder; end that one first.") from None
        yield


def _port() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isdecimal() or not 0 < int(text) < 65536:
        say(f"PORT must be a number from 1 to 65535, not {text!r}.")
        sys.exit(2)
    return int(text)


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            other = port + 1 if port < 65535 else 8000
            raise CannotStart(
                f"Port {port} cannot be used ({error.strerror}). Choose another: make run PORT={other}"
            ) from None


def _below_var(argument: str) -> str:
    """Command lines name files below `var/` of the working folder."""
    return str(VAR / argument.removeprefix("var/")) if argument.startswith("var/") else argument


def _secret_key() -> str:
    """One for this folder, so that sessions survive a restart."""
    path = VAR / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text()


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _migrations() -> list[Path]:
    return [PACKAGES, *ROOT.glob("*/migrations/*.py"), *ROOT.glob("*/*/migrations/*.py")]


def _static_files() -> list[Path]:
    folders = [ROOT / "static", *(path for path in ROOT.glob("*/static") if path.parent != VAR)]
    return [PACKAGES, *(path for folder in folders for path in folder.rglob("*") if path.is_file())]


@contextlib.contextmanager
def _only_when_changed(marker: Path, files: list[Path]) -> Iterator[bool]:
    """Whether the files differ from those of the last time that went well."""
    facts = sorted(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)
    fingerprint = _short_hash("\n".join(facts))
    yield not marker.exists() or marker.read_text() != fingerprint
    marker.write_text(fingerprint)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own address
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _last_lines(log: Path, count: int = 30) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:])
