"""What ties the rows of a room to a record or to a person, declared beside the models in the room's ``ties.py``.

The roof gathers the declarations; a test walks every relation and fails when one is not declared.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from .subjects import subject_of

SUBJECT = "subject_id"
Mover = Callable[[Any, Any, datetime], list[int]]


def from_roof(name: str, *args: Any, **kwargs: Any) -> Any:
    """Asks the roof, which looks across all rooms; nobody below imports it (see ``settings.ROOF``)."""
    return getattr(import_module(settings.ROOF), name)(*args, **kwargs)


@dataclass(frozen=True)
class Tie:
    """A column that points to a record which may be merged into another one.

    Without ``move`` the rows are pointed to the other record; ``stays`` says why they are left alone;
    ``label`` names them where the name of their table would not do.
    A column ``subject_id`` is that of a row that may speak of any record.
    """

    model: str
    field: str
    move: Mover | None = None
    stays: Any = ""
    label: Any = ""

    @property
    def name(self) -> str:
        return f"{self.model}.{self.field}"

    def rows(self, record: models.Model):
        """The rows that point to a record."""
        manager = apps.get_model(self.model)._base_manager
        if self.field == SUBJECT:
            kind, pk = subject_of(record)
            return manager.filter(subject_kind=kind, subject_id=pk)
        return manager.filter(**{self.field: record})

    def carry(self, old: models.Model, new: models.Model, at: datetime) -> list[int]:
        """Points the rows of ``old`` to ``new``; gives the keys of those moved."""
        if self.stays:
            return []
        if self.move is not None:
            return self.move(old, new, at)
        rows = self.rows(old)
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        rows.update(**{self.field: new.pk if self.field == SUBJECT else new})
        return keys


class Ending(Enum):
    """What becomes of rows about a person whose account is erased."""

    DELETED = "deleted"
    CLEARED = "cleared"
    KEPT = "kept"


@dataclass(frozen=True)
class PersonalData:
    """Columns that hold data of people: why, on what basis, how long, who reads them, what erasure does.

    ``owner`` is the path from a row to the account (empty: people without an account, such as those named
    in a register); ``fields`` are the columns; ``cleared`` the values that erasure writes.
    """

    model: str
    fields: tuple[str, ...]
    purpose: Any
    basis: str
    kept: Any
    readers: Any
    owner: str = ""
    ending: Ending = Ending.KEPT
    cleared: dict[str, Any] = field(default_factory=dict)
    reason: Any = ""
    hidden: tuple[str, ...] = ()
    called: Any = ""

    @property
    def label(self) -> str:
        """In words of people; tables of packages have English names and get their own with ``called``."""
        return str(self.called or apps.get_model(self.model)._meta.verbose_name_plural)

    def rows(self, user):
        """The rows about a person; by the address where a row knows no account."""
        if not self.owner:
            return apps.get_model(self.model)._base_manager.none()
        value = user.email if self.owner.endswith("__iexact") else user.pk
        return apps.get_model(self.model)._base_manager.filter(**{self.owner: value})


OFFICIAL = gettext_lazy(
    "czynność urzędowa: musi być wiadomo, że została wykonana; osoba staje się „usuniętym użytkownikiem”"
)


def traces(model: str, *columns: str, shown: tuple[str, ...]) -> tuple[PersonalData, ...]:
    """Columns that say which official or person did something: official records, so they stay."""
    return tuple(
        PersonalData(
            model,
            (column, *shown),
            purpose=gettext_lazy("wiadomo, kto wykonał czynność"),
            basis="art. 6 ust. 1 lit. c RODO",
            kept=gettext_lazy("tak długo jak dokument, którego dotyczy"),
            readers=gettext_lazy("urząd"),
            owner=column,
            reason=OFFICIAL,
        )
        for column in columns
    )


def modules_of(name: str, rooms: Iterable[str]) -> Iterator[Any]:
    """The module of a name in each room that has one."""
    for room in rooms:
        try:
            yield import_module(f"{room}.{name}")
        except ModuleNotFoundError as missing:
            if missing.name != f"{room}.{name}":
                raise
