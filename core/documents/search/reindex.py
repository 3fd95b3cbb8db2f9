"""Making the whole search index anew from what every room says is public."""

import importlib
import importlib.util
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import models, transaction

from core.common.clock import now
from core.common.polish import analyser_version

from ..models import SearchEntry
from ..permissions import is_public
from .index import put_many

BATCH = 500


def is_needed() -> bool:
    """Whether entries stand in the index that another analysis made."""
    return SearchEntry.objects.exclude(analyser=analyser_version()).exists()


def reindex(*, say: Callable[[str], Any] = lambda _text: None) -> int:
    """Writes the entry of every public record and drops all others. Gives their number.

    Batches are transactions of their own, so the index answers all the time and a run that was
    broken off is simply begun again.
    """
    began = now()
    written = 0
    for app, source in sources():
        count = sum(_write(batch) for batch in _batches(source()))
        say(f"{app}: {count}")
        written += count
    SearchEntry.objects.filter(indexed_at__lt=began).delete()
    return written


def sources() -> Iterator[tuple[str, Callable[[], Iterable[dict]]]]:
    """``search_entries`` of the ``queries`` of every app that has one."""
    for config in apps.get_app_configs():
        if importlib.util.find_spec(f"{config.name}.queries") is None:
            continue
        source = getattr(importlib.import_module(f"{config.name}.queries"), "search_entries", None)
        if source is not None:
            yield config.label, source


def _batches(entries: Iterable[dict]) -> Iterator[list[dict]]:
    entries = iter(entries)
    while batch := list(islice(entries, BATCH)):
        yield batch


@transaction.atomic
def _write(batch: list[dict]) -> int:
    """Only what is public at this moment: a record may have been withdrawn since the reading began."""
    public = _still_public(batch)
    return put_many([entry for entry in batch if _key(entry["obj"]) in public])


def _still_public(batch: list[dict]) -> set[tuple]:
    """Keys of the records that are public now; they stay locked until the batch is written."""
    by_model: dict[type[models.Model], list[int]] = {}
    for entry in batch:
        by_model.setdefault(type(entry["obj"]), []).append(entry["obj"].pk)
    return {
        _key(row)
        for model, keys in by_model.items()
        for row in model._base_manager.filter(pk__in=keys).select_for_update(of=("self",)).order_by("pk")
        if not hasattr(row, "is_public") or is_public(row)
    }


def _key(record: models.Model) -> tuple:
    return type(record), record.pk
