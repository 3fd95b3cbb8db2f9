"""Reading collected facts so that nothing is lost without a word.

A reader hands out the values of a JSON record and remembers which were taken. Whatever was not
taken at the end, a key nobody knows or a value no field can hold, is named in the report.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction


class FactReader:
    """One JSON object, read key by key."""

    def __init__(self, record: dict[str, Any], path: str = ""):
        self.record = record
        self.path = path
        self._taken: set[str] = set()
        self._children: list[FactReader] = []
        self.problems: list[str] = []
        self.remarks: list[str] = []

    def take(self, key: str, default: Any = None) -> Any:
        """The value, counted as expressed; ``null`` and a missing key give the default."""
        self._taken.add(key)
        value = self.record.get(key)
        return default if value is None else value

    def text(self, key: str) -> str:
        return str(self.take(key, ""))

    def texts(self, key: str) -> list[str]:
        value = self.take(key, [])
        return [str(v) for v in value] if isinstance(value, list) else [str(value)]

    def money(self, key: str) -> Decimal | None:
        value = self.take(key)
        if value is None:
            return None
        try:
            return Decimal(str(value)).quantize(Decimal("0.01"))
        except InvalidOperation:
            self.cannot(key, "nie jest kwotą")
            return None

    def child(self, key: str) -> "FactReader | None":
        """The object under a key, read in its turn."""
        value = self.take(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.cannot(key, "nie jest obiektem")
            return None
        return self._adopt(value, f"{self.path}{key}.")

    def children(self, key: str) -> "Iterator[FactReader]":
        """The objects of a list under a key, each read in its turn."""
        for number, value in enumerate(self.take(key, [])):
            if isinstance(value, dict):
                yield self._adopt(value, f"{self.path}{key}[{number}].")
            else:
                self.cannot(f"{key}[{number}]", "nie jest obiektem", value)

    def parts(self, key: str) -> "Iterator[FactReader | str]":
        """The parts of a list that may hold objects and bare texts; a single one counts as a list of one."""
        value = self.take(key, [])
        for number, part in enumerate(value if isinstance(value, list) else [value]):
            is_object = isinstance(part, dict)
            yield self._adopt(part, f"{self.path}{key}[{number}].") if is_object else str(part)

    def _adopt(self, value: dict, path: str) -> "FactReader":
        reader = FactReader(value, path)
        self._children.append(reader)
        return reader

    def cannot(self, key: str, why: str, value: Any = None) -> None:
        """Names a value that the models cannot express, and why."""
        shown = self.record.get(key) if value is None else value
        self.problems.append(f"{self.path}{key}: {why} ({shown!r})")

    def remark(self, key: str, what: str, value: Any = None) -> None:
        """Says what the import did on its own so that nothing was lost, for somebody to look at."""
        shown = self.record.get(key) if value is None else value
        self.remarks.append(f"{self.path}{key}: {what} ({shown!r})")

    def all_remarks(self) -> list[str]:
        return self.remarks + [remark for child in self._children for remark in child.all_remarks()]

    def losses(self) -> list[str]:
        """Every value that was not taken or could not be expressed, below this object."""
        untouched = [
            f"{self.path}{key}: nieznane pole ({value!r})"
            for key, value in self.record.items()
            if key not in self._taken and value not in (None, [], {}, "")
        ]
        return untouched + self.problems + [loss for child in self._children for loss in child.losses()]


@dataclass
class ImportReport:
    """What an import did: counts, and every loss with the record it belongs to."""

    counts: Counter = field(default_factory=Counter)
    losses: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def add(self, outcome: str) -> None:
        """Counts one record as »created«, »updated«, »unchanged« or »skipped«."""
        self.counts[outcome] += 1

    def note(self, record_id: str, losses: list[str]) -> None:
        self.losses.extend(f"{record_id}: {loss}" for loss in losses)


def import_records(
    records: list[dict], read_one: Callable[[FactReader], str], *, is_saving: bool = True
) -> ImportReport:
    """Reads each record with ``read_one`` (which answers the outcome) and collects what was lost.

    Without ``is_saving`` the reading writes nothing yet, and needs no savepoint per record.
    """
    report = ImportReport()
    for number, record in enumerate(records, start=1):
        name = (
            str(record.get("id") or record.get("lp") or f"nr {number}")
            if isinstance(record, dict)
            else f"nr {number}"
        )
        if not isinstance(record, dict):
            report.note(name, [f"rekord nie jest obiektem ({record!r})"])
            report.add("skipped")
            continue
        reader = FactReader(record)
        report.add(_read_safely(reader, read_one, is_saving=is_saving))
        report.note(name, reader.losses())
        report.remarks += [f"{name}: {remark}" for remark in reader.all_remarks()]
    return report


def _read_safely(reader: FactReader, read_one: Callable[[FactReader], str], *, is_saving: bool) -> str:
    """One record in a savepoint: a broken one is named and skipped, and the others go on."""
    try:
        with transaction.atomic() if is_saving else nullcontext():
            return read_one(reader)
    except (DatabaseError, ValidationError, ValueError, TypeError, ArithmeticError, AttributeError) as fault:
        reader.problems.append(f"rekord nie dał się zapisać ({type(fault).__name__}: {fault})")
        return "skipped"
