"""``manage.py import_organizations FILE``: a whole register, row by row, however large the file is."""

import csv
import gc
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError

from core.common.clock import now
from core.common.facts import ImportReport
from core.common.progress import Progress
from organizations.facts import import_batch, known

OUTCOMES = {"created": "dodano", "updated": "zmieniono", "unchanged": "bez zmian", "skipped": "pominięto"}
BATCH = 2_000
SHOWN_LOSSES = 50
LISTS = ("fields", "sources_extra", "oddities")  # columns of CSV that hold several values


class Command(BaseCommand):
    help = (
        "Wczytuje organizacje z pliku .jsonl (rekord w każdym wierszu) albo .csv (nagłówek z nazwami pól). "
        "Przerwane wczytywanie uruchom ponownie: to, co już jest w bazie, zostanie bez zmian."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--losses", type=Path, help="plik, do którego trafi lista wszystkiego, czego nie wczytano"
        )

    def handle(self, *, file: Path, losses: Path | None, **options):
        try:
            with file.open(encoding="utf-8-sig", newline="") as source:
                report = self.read(source, file)
        except OSError as fault:
            raise CommandError(f"Nie można otworzyć pliku {file}: {fault.strerror}.") from fault
        except UnicodeDecodeError as fault:
            raise CommandError(f"Plik {file} nie jest zapisany w UTF-8.") from fault
        self.tell(report, losses)

    def read(self, source: TextIO, file: Path) -> ImportReport:
        """Batch after batch, each committed by itself; memory does not grow with the file."""
        gc.freeze()  # what the portal itself holds is not looked through again and again for what may go
        try:
            return self.read_on(source, file)
        finally:
            gc.unfreeze()

    def read_on(self, source: TextIO, file: Path) -> ImportReport:
        books, whole = known(), ImportReport()
        progress = Progress(self.stderr._out, file.stat().st_size)
        rows = csv_records(source) if file.suffix == ".csv" else json_records(source)
        while batch := list(islice(rows, BATCH)):
            found = import_batch([record for _place, record in batch], books=books, at=now())
            whole.counts.update(found.counts)
            whole.losses += found.losses
            progress.show(batch[-1][0], work=whole.counts.total())
        progress.end()
        return whole

    def tell(self, report: ImportReport, losses: Path | None) -> None:
        self.stdout.write(", ".join(f"{label}: {report.counts[key]}" for key, label in OUTCOMES.items()))
        if losses is not None:
            losses.write_text("".join(f"{loss}\n" for loss in report.losses), encoding="utf-8")
        if not report.losses:
            self.stdout.write("Wszystko zostało wyrażone.")
            return
        self.stdout.write(f"Nie dało się wyrazić ({len(report.losses)}):")
        for loss in report.losses[:SHOWN_LOSSES]:
            self.stdout.write(f"  - {loss}")
        if len(report.losses) > SHOWN_LOSSES:
            self.stdout.write("  … resztę zapisze opcja --losses")


def json_records(source: TextIO) -> Iterator[tuple[int, Any]]:
    """(bytes read so far, record) of a file with one JSON object per line; a broken line is a record of its own."""
    place = 0
    for line in source:
        place += len(line.encode())
        if not line.strip():
            continue
        try:
            yield place, json.loads(line)
        except ValueError:
            yield place, line.strip()[:200]


def csv_records(source: TextIO) -> Iterator[tuple[int, dict[str, Any]]]:
    """The same of a CSV; its separator is read from the header, several values are parted by »;« or »|«."""
    counted = _Counted(source)
    header = next(counted, "")
    delimiter = max(";,\t", key=header.count)
    names = [name.strip() for name in next(csv.reader([header], delimiter=delimiter), [])]
    for values in csv.reader(counted, delimiter=delimiter):
        record: dict[str, Any] = {n: v.strip() for n, v in zip(names, values, strict=False) if v.strip()}
        for name in LISTS:
            if name in record:
                parts = record[name].replace(";", "|").split("|")
                record[name] = [part.strip() for part in parts if part.strip()]
        if record:
            yield counted.place, record


class _Counted:
    """Lines of a file, with the bytes read so far."""

    def __init__(self, source: TextIO):
        self.source, self.place = source, 0

    def __iter__(self):
        return self

    def __next__(self) -> str:
        line = next(self.source)
        self.place += len(line.encode())
        return line
