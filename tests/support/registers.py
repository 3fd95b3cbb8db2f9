"""The public registers for tests: a server that answers what it is told to, in the protocols of KRS and REGON."""

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

ANSWERS = Path(__file__).resolve().parent.parent / "organizations" / "answers"
SERVICE = "http://CIS/BIR/PUBL/2014/07"
KEY = "klucz-testowy"
BOUNDARY = "uuid:6c0d-1"


@dataclass
class Told:
    """One answer: its bytes, and how slowly they come."""

    status: int = 200
    content: bytes = b""
    content_type: str = "application/json; charset=utf-8"
    delay_s: float = 0
    trickle_s: float = 0
    headers: dict[str, str] = field(default_factory=dict)


def recorded(name: str) -> bytes:
    return (ANSWERS / name).read_bytes()


class Registers:
    """``krs[(number, part)]`` and ``regon[number]`` hold what is answered; ``asked`` what came in."""

    def __init__(self) -> None:
        self.krs: dict[tuple[str, str], Told] = {}
        self.regon: dict[str, str] = {}
        self.report = recorded("regon_report.xml").decode()
        self.expired_sessions = 0
        self.is_multipart = True
        self.soap_answer: Told | None = None
        self.asked: list[str] = []
        handler = type("Handler", (_Handler,), {"registers": self})
        self._web = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._web.daemon_threads = True
        self._thread = threading.Thread(target=self._web.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._web.server_address[1]}"

    def tell_krs(self, number: str, name: str = "", part: str = "S", **told) -> None:
        """From now on the number is answered by a recorded file, or by what is told."""
        content = recorded(name) if name else told.pop("content", b"")
        self.krs[(number, part)] = Told(content=content, **told)

    def switch_on(self, settings) -> Self:
        settings.KRS_API_URL = self.url
        settings.REGON_API_URL = f"{self.url}/wsBIR"
        settings.REGON_API_KEY = KEY
        return self

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._web.shutdown()
        self._web.server_close()
        self._thread.join()

    # --- REGON ------------------------------------------------------------------------------------------
    def soap(self, request: str, session: str) -> Told:
        """What the service answers to an envelope."""
        verb = re.search(r"IUslugaBIRzewnPubl/(\w+)<", request)[1]
        self.asked.append(verb)
        if self.soap_answer is not None and verb != "Zaloguj":
            return self.soap_answer
        return self._enveloped(verb, self._results()[verb](request, session))

    def _results(self) -> dict[str, Callable[[str, str], str]]:
        return {
            "Zaloguj": lambda request, _session: "sesja1" if f">{KEY}<" in request else "",
            "Wyloguj": lambda _request, _session: "true",
            "DaneSzukajPodmioty": self._found,
            "DanePobierzPelnyRaport": lambda _request, _session: self.report,
        }

    def _found(self, request: str, session: str) -> str:
        if session != "sesja1":
            return ""
        if self.expired_sessions:
            self.expired_sessions -= 1
            return ""
        wanted = re.search(r"<dat:\w+>([\d,]+)</dat:", request)[1].split(",")
        rows = "".join(self.regon[number] for number in wanted if number in self.regon)
        return f"<root>{rows}</root>" if rows else recorded("regon_nothing.xml").decode()

    def _enveloped(self, verb: str, result: str) -> Told:
        envelope = (
            '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://www.w3.org/2005/08/addressing">'
            f'<s:Header><a:Action s:mustUnderstand="1">{SERVICE}/IUslugaBIRzewnPubl/{verb}Response</a:Action></s:Header>'
            f'<s:Body><{verb}Response xmlns="{SERVICE}"><{verb}Result>{escape(result)}</{verb}Result>'
            f"</{verb}Response></s:Body></s:Envelope>"
        )
        if not self.is_multipart:
            return Told(content=envelope.encode(), content_type="application/soap+xml; charset=utf-8")
        body = (
            f"\r\n--{BOUNDARY}\r\nContent-ID: <http://tempuri.org/0>\r\nContent-Transfer-Encoding: 8bit\r\n"
            'Content-Type: application/xop+xml;charset=utf-8;type="application/soap+xml"\r\n\r\n'
            f"{envelope}\r\n--{BOUNDARY}--\r\n"
        )
        kind = f'multipart/related; type="application/xop+xml";start="<http://tempuri.org/0>";boundary="{BOUNDARY}";start-info="application/soap+xml"'
        return Told(content=body.encode(), content_type=kind)


class _Handler(BaseHTTPRequestHandler):
    registers: Registers
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        number, part = address.path.rsplit("/", 1)[-1], parse_qs(address.query)["rejestr"][0]
        self.registers.asked.append(f"{number} {part}")
        missing = Told(404, b'{"title":"Not Found","status":404}', "application/problem+json")
        self._answer(self.registers.krs.get((number, part), missing))

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        request = self.rfile.read(length).decode()
        self._answer(self.registers.soap(request, self.headers.get("sid", "")))

    def _answer(self, told: Told) -> None:
        time.sleep(told.delay_s)
        try:
            self.send_response(told.status)
            self.send_header("Content-Type", told.content_type)
            for name, value in told.headers.items():
                self.send_header(name, value)
            if told.status != 204:
                self.send_header("Content-Length", str(len(told.content)))
            self.end_headers()
            self._write(told)
        except (BrokenPipeError, ConnectionResetError):
            return

    def _write(self, told: Told) -> None:
        if not told.trickle_s:
            self.wfile.write(told.content)
            return
        for i in range(len(told.content)):
            self.wfile.write(told.content[i : i + 1])
            self.wfile.flush()
            time.sleep(told.trickle_s)

    def log_message(self, *_arguments: object) -> None:
        """Quiet."""
