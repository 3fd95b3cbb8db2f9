"""Which records of which rooms are matters that an outside helper may be let into (R-WEB-14).

A room tells it once, where its actions are::

    register_matter(NewsItem, label=_("Aktualność"), of_organization=NewsItem.objects.open_of,
                    author="submitted_by", address=…)

and asks ``permissions.helps_with(user, item)`` where it asks for the mandate, and
``MatterAccess.objects.ids_for(user, NewsItem, today())`` in its querysets.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models

from .models import Organization


@dataclass(frozen=True)
class MatterKind:
    """A sort of records that helpers can be let into; ``author`` is the field of who began one."""

    model: type[models.Model]
    label: Any
    of_organization: Callable[[Organization], models.QuerySet]
    author: str = ""
    address: Callable[[Any], str] | None = None


MATTER_KINDS: dict[str, MatterKind] = {}


def register_matter(
    model: type[models.Model],
    *,
    label: Any,
    of_organization: Callable[[Organization], models.QuerySet],
    author: str = "",
    address: Callable[[Any], str] | None = None,
) -> None:
    """Makes a sort of records known. ``of_organization`` gives those that are still worked on;
    a record says in ``organization`` whose it is, ``address`` where the helper works on it."""
    MATTER_KINDS[model._meta.label_lower] = MatterKind(model, label, of_organization, author, address)


def organization_of_matter(matter: models.Model) -> Organization | None:
    """Whose the record is; None when it is of no registered sort."""
    return getattr(matter, "organization", None) if matter._meta.label_lower in MATTER_KINDS else None
