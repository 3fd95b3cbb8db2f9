"""The ZIP of a case: papers, files, the card and the history of each offer, with an index and checksums."""

import contextlib
import csv
import hashlib
import io
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.common.clock import local
from core.common.exports import Column, csv_lines, defused
from core.documents.models import Attachment
from core.legal.models import AuditEntry

from ..models import ApplicantLetter, Call, Dossier, FormalAnswer, Offer
from .pdf import offer_pdf

CHUNK = 1024 * 1024
SAFE = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ąćęłńóśźżĄĆĘŁŃÓŚŹŻ ._-()"


@dataclass(frozen=True)
class Entry:
    """One file of the ZIP, as the index lists it."""

    path: str
    title: str
    size: int
    sha256: str


def safe_name(name: str) -> str:
    """A name that every system can unpack, inside its folder."""
    kept = "".join(sign if sign in SAFE else "-" for sign in name).strip(" .")
    return kept[:120] or "plik"


@contextlib.contextmanager
def packed(dossier: Dossier, *, progress: Callable[[int, int], None]) -> Iterator[tuple[IO[bytes], str, int]]:
    """The whole ZIP in a temporary file, with its SHA-256 and size."""
    with tempfile.NamedTemporaryFile(suffix=".zip") as out, override("pl"):
        _write(out, dossier, progress)
        out.flush()
        size = out.tell()
        out.seek(0)
        digest = hashlib.file_digest(out, "sha256").hexdigest()
        out.seek(0)
        yield out, digest, size


def _write(out: IO[bytes], dossier: Dossier, progress: Callable[[int, int], None]) -> None:
    offers = [dossier.offer] if dossier.offer else list(_offers(dossier.call))
    progress(0, len(offers) + 1)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        packer = _Packer(package)
        if dossier.offer is None:
            packer.add_call(dossier.call)
        for number, offer in enumerate(offers, start=1):
            packer.add_offer(offer)
            progress(number, len(offers) + 1)
        packer.finish(dossier)
    progress(len(offers) + 1, len(offers) + 1)


def _offers(call: Call) -> Iterable[Offer]:
    return (
        Offer.objects.filed()
        .filter(call=call)
        .select_related("call__unit", "organization", "part")
        .order_by("number")
    )


class _Packer:
    """Adds files one by one and remembers what the index says of them."""

    def __init__(self, package: zipfile.ZipFile):
        self.zip = package
        self.entries: list[Entry] = []
        self.left_out: list[str] = []

    def add_call(self, call: Call) -> None:
        self._attachments(call, "konkurs")
        self._history(call, "konkurs")
        for letter in ApplicantLetter.objects.filter(call=call):
            words = f"{letter.subject}\n{local(letter.sent_at):%Y-%m-%d %H:%M}\n{letter.get_recipients_display()}\n\n{letter.text}\n"
            self._bytes(
                f"konkurs/listy/{local(letter.sent_at):%Y-%m-%d}-{letter.pk}.txt",
                letter.subject,
                words.encode(),
            )

    def add_offer(self, offer: Offer) -> None:
        folder = f"oferty/{safe_name(offer.number)}"
        for version in offer.versions.order_by("number"):
            name = f"{folder}/oferta-wersja-{version.number}.pdf"
            self._bytes(name, f"{offer.title}, {version.get_kind_display()}", offer_pdf(offer, version))
        self._attachments(offer, folder)
        self._card(offer, folder)
        self._history(offer, folder)

    def finish(self, dossier: Dossier) -> None:
        facts = {"dossier": dossier, "entries": self.entries, "left_out": self.left_out}
        index = render_to_string("competitions/papers/dossier_index.html", facts)
        columns = [
            Column("path", "Ścieżka", lambda e: e.path),
            Column("title", "Tytuł", lambda e: e.title),
            Column("size", "Rozmiar (bajty)", lambda e: e.size),
            Column("sha256", "SHA-256", lambda e: e.sha256),
        ]
        sums = "".join(f"{entry.sha256}  {entry.path}\n" for entry in self.entries)
        self.zip.writestr("index.html", index)
        self.zip.writestr("index.csv", "".join(csv_lines(self.entries, columns)))
        self.zip.writestr("SHA256SUMS", sums)

    def _bytes(self, path: str, title: str, content: bytes) -> None:
        self.zip.writestr(path, content)
        self.entries.append(Entry(path, title, len(content), hashlib.sha256(content).hexdigest()))

    def _attachments(self, record: Any, folder: str) -> None:
        for number, file in enumerate(Attachment.objects.of(record).current(), start=1):
            if not file.is_safe_to_fetch:
                self.left_out.append(
                    _("%(title)s: skaner antywirusowy jeszcze nie przepuścił pliku") % {"title": file.title}
                )
                continue
            self._stored(file, f"{folder}/zalaczniki/{number:02}-{safe_name(file.original_name)}")

    def _stored(self, file: Attachment, path: str) -> None:
        digest, size = hashlib.sha256(), 0
        try:
            with file.file.open("rb") as source, self.zip.open(path, "w") as target:
                while chunk := source.read(CHUNK):
                    target.write(chunk)
                    digest.update(chunk)
                    size += len(chunk)
        except FileNotFoundError:
            self.left_out.append(_("%(title)s: pliku nie ma w magazynie") % {"title": file.title})
            return
        self.entries.append(Entry(path, file.title, size, digest.hexdigest()))

    def _card(self, offer: Offer, folder: str) -> None:
        answers = FormalAnswer.objects.filter(offer=offer).select_related("item", "saved_by")
        head = ["Punkt", "Odpowiedź", "Uwaga", "Zapisał(a)", "Kiedy"]
        rows = [
            [a.item.text, a.get_mark_display(), a.note, str(a.saved_by or ""), local(a.saved_at).isoformat()]
            for a in answers
        ]
        self._bytes(f"{folder}/karta-formalna.csv", "Karta oceny formalnej", _table(head, rows))

    def _history(self, record: Any, folder: str) -> None:
        entries = AuditEntry.objects.of(record).select_related("by").order_by("at", "pk")
        rows = [[local(e.at).isoformat(), e.verb, str(e.by or "portal"), e.reason] for e in entries]
        self._bytes(
            f"{folder}/historia.csv", "Historia sprawy", _table(["Kiedy", "Czynność", "Kto", "Powód"], rows)
        )


def _table(head: list[str], rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(head)
    writer.writerows([[defused(cell) for cell in row] for row in rows])
    return ("\ufeff" + out.getvalue()).encode()
