"""Mail catcher of the demo: takes every mail over SMTP, keeps it as a file, shows it in the browser."""

import email
import email.policy
import itertools
import re
import threading
from datetime import UTC, datetime
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

from local import mail_pages
from local.smtp import LOOPBACK, FreePortController

SUFFIX = ".eml"
NAME = re.compile(r"[0-9TZ-]+\.eml")


class MailFolder:
    """Messages as files, named by the moment of arrival, so that they sort by themselves."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._numbers = itertools.count()
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)

    def add(self, content: bytes) -> None:
        moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
        name = f"{moment}-{next(self._numbers):06d}{SUFFIX}"
        unfinished = self.directory / f"{name}.part"
        unfinished.write_bytes(content)
        unfinished.rename(self.directory / name)

    def names(self) -> list[str]:
        """Newest first."""
        return sorted((path.name for path in self.directory.glob(f"*{SUFFIX}")), reverse=True)

    def names_for(self, wanted: str) -> list[str]:
        """Newest first, only those whose addressee or subject contains the text."""
        if not wanted.strip():
            return self.names()
        return [name for name in self.names() if _is_to(self.read(name), wanted)]

    def read(self, name: str) -> EmailMessage | None:
        """The message, or nothing for a name that is not one of ours."""
        path = self.directory / name
        if not NAME.fullmatch(name) or not path.is_file():
            return None
        return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)

    # aiosmtpd calls this for every message
    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 - the name is the library's
        self.add(envelope.content)
        return "250 OK"


class MailCatcher:
    """SMTP on a free port and web pages on `web_port`, or on a free one when that is taken."""

    def __init__(self, directory: Path, web_port: int = 0) -> None:
        self.folder = MailFolder(directory)
        self._smtp = FreePortController(self.folder)
        self._web = _web_server(self.folder, web_port)
        self._thread = threading.Thread(target=self._web.serve_forever, args=(0.05,), daemon=True)

    @property
    def smtp_url(self) -> str:
        """Value for `EMAIL_URL`."""
        return self._smtp.url

    @property
    def web_url(self) -> str:
        return f"http://{LOOPBACK}:{self._web.server_address[1]}/"

    def start(self) -> None:
        self._smtp.start()
        self._thread.start()

    def stop(self) -> None:
        self._smtp.stop()
        self._web.shutdown()
        self._web.server_close()
        self._thread.join()


def _web_server(folder: MailFolder, port: int) -> ThreadingHTTPServer:
    handler = type("Handler", (_Handler,), {"folder": folder})
    try:
        return ThreadingHTTPServer((LOOPBACK, port), handler)
    except OSError:
        return ThreadingHTTPServer((LOOPBACK, 0), handler)


class _Handler(BaseHTTPRequestHandler):
    """`/` lists, `/wiadomosc/<name>` shows, with `/tresc` the HTML part and `/zalacznik/<n>` an attachment."""

    folder: MailFolder
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        parts = [part for part in address.path.split("/") if part]
        if not self._is_for_this_machine():
            self._answer(421, mail_pages.not_found())
        elif not parts:
            query = parse_qs(address.query)
            self._list(query.get("adres", [""])[0], _page_number(query))
        elif parts[0] == "wiadomosc" and len(parts) >= 2:
            self._message(parts[1], parts[2:])
        else:
            self._answer(404, mail_pages.not_found())

    def _is_for_this_machine(self) -> bool:
        """A foreign page must not read mails through a host name that points here."""
        host = self.headers.get("Host", "").rsplit(":", 1)[0]
        return host in (LOOPBACK, "localhost", "[::1]")

    def _list(self, wanted: str, page: int) -> None:
        names = self.folder.names_for(wanted)
        size = mail_pages.PAGE_SIZE
        messages = [(name, self.folder.read(name)) for name in names[(page - 1) * size : page * size]]
        shown = [(name, message) for name, message in messages if message]
        self._answer(200, mail_pages.listing(shown, total=len(names), wanted=wanted, page=page))

    def _message(self, name: str, rest: list[str]) -> None:
        message = self.folder.read(name)
        if message is None:
            self._answer(404, mail_pages.not_found())
        elif not rest:
            self._answer(200, mail_pages.message_page(name, message))
        elif rest == ["tresc"]:
            self._answer(200, mail_pages.html_part(message), policy=mail_pages.POLICY_OF_MAIL)
        elif len(rest) == 2 and rest[0] == "zalacznik" and rest[1].isdecimal():
            self._attachment(message, int(rest[1]))
        else:
            self._answer(404, mail_pages.not_found())

    def _attachment(self, message: EmailMessage, number: int) -> None:
        attachments = mail_pages.attachments(message)
        if number >= len(attachments):
            self._answer(404, mail_pages.not_found())
            return
        chosen = attachments[number]
        content = mail_pages.content_of(chosen)
        file_name = quote(chosen.get_filename() or f"zalacznik-{number + 1}")
        disposition = {"Content-Disposition": f"attachment; filename*=UTF-8''{file_name}"}
        self._send(200, content, {"Content-Type": "application/octet-stream", **disposition})

    def _answer(self, status: int, page: str, policy: str = mail_pages.POLICY) -> None:
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy}
        self._send(status, page.encode("utf-8", "replace"), headers)

    def _send(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        always = {
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
        }
        for name, value in {**headers, **always, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *_values: object) -> None:
        """Stay silent: the terminal belongs to the portal."""


def _page_number(query: dict[str, list[str]]) -> int:
    text = query.get("strona", ["1"])[0]
    return max(1, int(text)) if text.isdecimal() and len(text) < 7 else 1


def _is_to(message: EmailMessage | None, wanted: str) -> bool:
    return (
        message is not None
        and wanted.strip().casefold() in f"{message['to']} {message['subject']}".casefold()
    )
