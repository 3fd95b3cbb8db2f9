"""»Rejestr próbny«: a register for the demo that speaks the protocol of the open KRS API about invented bodies.

The portal asks it exactly as it would ask the Ministry of Justice. Numbers begin with 00099991, which the
real register has not given to anybody. People's names are hidden as the real register hides them.
"""

import json
import threading
import time
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from local.smtp import LOOPBACK

WARSAW = ZoneInfo("Europe/Warsaw")
PREFIX = "/api/krs/OdpisAktualny/"
SLOW_S = 8.0

BODIES: dict[str, dict[str, Any]] = {
    "0009999101": {
        "part": "S",
        "form": "FUNDACJA",
        "name": "FUNDACJA PROMYK NAD RUDAWĄ",
        "nip": "6770090002",
        "regon": "12009101800000",
        "street": "UL. PIASTOWSKA",
        "house": "7",
        "flat": "2",
        "code": "30-211",
        "since": "14.03.2016",
        "opp": True,
        "how": "DO SKŁADANIA OŚWIADCZEŃ WOLI UPRAWNIENI SĄ DWAJ CZŁONKOWIE ZARZĄDU DZIAŁAJĄCY ŁĄCZNIE",
        "posts": ["PREZES ZARZĄDU", "WICEPREZES ZARZĄDU"],
    },
    "0009999102": {
        "part": "S",
        "form": "STOWARZYSZENIE",
        "name": "STOWARZYSZENIE ROWEROWE CZYŻYNY",
        "nip": "6780090009",
        "regon": "12009202900000",
        "street": "UL. CENTRALNA",
        "house": "41",
        "flat": "",
        "code": "31-586",
        "since": "02.09.2019",
        "opp": False,
        "how": "PREZES ZARZĄDU SAMODZIELNIE",
        "posts": ["PREZES ZARZĄDU", "SEKRETARZ", "SKARBNIK"],
    },
    "0009999103": {
        "part": "P",
        "form": "SPÓŁDZIELNIA",
        "name": "SPÓŁDZIELNIA SOCJALNA SMACZNY ZAKĄTEK",
        "nip": "6790090005",
        "regon": "12009303000000",
        "street": "UL. LIMANOWSKIEGO",
        "house": "12",
        "flat": "",
        "code": "30-551",
        "since": "11.05.2021",
        "opp": False,
        "how": "DWÓCH CZŁONKÓW ZARZĄDU ŁĄCZNIE",
        "posts": ["PREZES ZARZĄDU", "ZASTĘPCA PREZESA ZARZĄDU"],
    },
}
# Waits for the coordinator of the demo already; its street differs from what was sent in.
BODIES_OF_THE_DEMO: dict[str, dict[str, Any]] = {
    "0009999010": {
        "part": "S",
        "form": "FUNDACJA",
        "name": "FUNDACJA NOWE NUTY",
        "nip": "6760090101",
        "regon": "12009404000000",
        "street": "UL. GRODZKA",
        "house": "40",
        "flat": "",
        "code": "31-044",
        "since": "20.01.2025",
        "opp": False,
        "how": "PREZES ZARZĄDU SAMODZIELNIE",
        "posts": ["PREZES ZARZĄDU"],
    },
}
STRUCK_OFF = frozenset({"0009999104"})
# In the base of the demo still: its coordinator is asked whether it is dissolved.
STRUCK_OFF_IN_THE_DEMO = frozenset({"0009999007"})
SLOW = frozenset({"0009999105"})
NUMBERS = (*BODIES, *sorted(STRUCK_OFF), *sorted(SLOW))


def extract(krs: str, body: dict[str, Any], on: datetime) -> dict[str, Any]:
    """A current extract in the shape of the real one."""
    organ = {
        "nazwaOrganu": "ZARZĄD",
        "sposobReprezentacji": body["how"],
        "sklad": [
            {
                "nazwisko": {"nazwiskoICzlon": "K*******"},
                "imiona": {"imie": "A***"},
                "identyfikator": {"pesel": "8**********"},
                "funkcjaWOrganie": post,
                "czyZawieszona": False,
            }
            for post in body["posts"]
        ],
    }
    city = "KRAKÓW"
    address = {
        "ulica": body["street"],
        "nrDomu": body["house"],
        "nrLokalu": body["flat"],
        "miejscowosc": city,
        "kodPocztowy": body["code"],
        "poczta": city,
        "kraj": "POLSKA",
    }
    seat = {
        "siedziba": {"kraj": "POLSKA", "wojewodztwo": "MAŁOPOLSKIE", "powiat": city, "gmina": city, "miejscowosc": city},
        "adres": {name: value for name, value in address.items() if value},
    }  # fmt: skip
    about = {
        "formaPrawna": body["form"],
        "identyfikatory": {"regon": body["regon"], "nip": body["nip"]},
        "nazwa": body["name"],
        "czyPosiadaStatusOPP": body["opp"],
    }
    head = {
        "rejestr": f"Rej{body['part']}",
        "numerKRS": krs,
        "dataCzasOdpisu": on.strftime("%d.%m.%Y %H:%M:%S"),
        "stanZDnia": on.strftime("%d.%m.%Y"),
        "dataRejestracjiWKRS": body["since"],
        "numerOstatniegoWpisu": 3,
        "stanPozycji": 1,
    }
    data = {
        "dzial1": {"danePodmiotu": about, "siedzibaIAdres": seat},
        # associations have a list of organs, businesses a single one
        "dzial2": {"reprezentacja": [organ] if body["part"] == "S" else organ},
        "dzial6": {},
    }
    return {"odpis": {"rodzaj": "Aktualny", "naglowekA": head, "dane": data}}


class TrialRegister:
    """The server on a free port of this machine."""

    def __init__(self) -> None:
        self._web = ThreadingHTTPServer((LOOPBACK, 0), _Handler)
        self._web.daemon_threads = True
        self._thread = threading.Thread(target=self._web.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        """Value for `KRS_API_URL`."""
        return f"http://{LOOPBACK}:{self._web.server_address[1]}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._web.shutdown()
        self._web.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        krs = address.path.removeprefix(PREFIX)
        part = parse_qs(address.query).get("rejestr", [""])[0].upper()
        body = (BODIES | BODIES_OF_THE_DEMO).get(krs)
        if krs in SLOW:
            time.sleep(SLOW_S)
        if krs in STRUCK_OFF | STRUCK_OFF_IN_THE_DEMO and part == "S":
            self._answer(204, None)
        elif body is not None and body["part"] == part:
            self._answer(200, extract(krs, body, datetime.now(WARSAW)))
        else:
            self._answer(404, {"title": "Not Found", "status": 404})

    def _answer(self, status: int, answer: dict[str, Any] | None) -> None:
        content = b"" if answer is None else json.dumps(answer, ensure_ascii=False).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            if status != 204:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        except (BrokenPipeError, ConnectionResetError):
            return  # whoever asked did not wait

    def log_message(self, *_arguments: object) -> None:
        """Quiet: the log of the demo is the portal's."""
