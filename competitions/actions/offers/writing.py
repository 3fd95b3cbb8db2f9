"""Saving a step of the form: what two people changed at once is merged, and no text is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from core.legal.rules import require

from ... import permissions
from ...law import offers as law
from ...models import CallPart, Offer, OfferConflict, OfferEdit, OfferSection
from .access import check, locked_writable
from .presence import be_seen

# Tabs that are older than so many saves of one section meet the newest text as if nothing were known of theirs.
KEPT_EDITS = 100


@dataclass(frozen=True)
class Saved:
    """A section after a save; ``was_merged`` when somebody else had saved it since it was opened."""

    section: OfferSection
    conflicts: tuple[law.Conflict, ...] = ()
    was_merged: bool = False


@transaction.atomic
def save_section(
    offer: Offer,
    *,
    key: str,
    content: Mapping[str, Any],
    edit_number: int,
    by: Any,
    at: datetime,
    part: CallPart | None = None,
) -> Saved:
    """Stores a step as it was typed, merged with what others stored since ``edit_number``.

    What cannot be understood or breaks a limit is stored all the same; the checks of the offer name it. Where
    two people changed the same answer, the stored one stays and the other is kept beside it (OfferConflict).
    Raises MoveRefused for a person who may not write, LawBreached for a filed offer or for too much text.
    """
    row = locked_writable(offer, key)
    check(permissions.may_write, by, row, key=key)
    mine = law.clean_section(key, content)
    require(law.size_breaches(key, mine))
    section, _created = OfferSection.objects.select_for_update().get_or_create(
        offer=row, key=key, defaults={"saved_at": at, "content": law.clean_section(key, {})}
    )
    was_merged = edit_number != section.edit_number
    merged = law.merge(_base(section, edit_number), section.content, mine) if was_merged else law.Merged(mine)
    store(row, section, merged.content, by=by, at=at, part=part)
    _keep_conflicts(row, key, merged.conflicts, by, at)
    be_seen(row, key=key, by=by, at=at)
    return Saved(section, tuple(merged.conflicts), was_merged)


def _base(section: OfferSection, edit_number: int) -> dict[str, Any]:
    """What the person had before their eyes; nothing when it is too long ago."""
    found = (
        OfferEdit.objects.filter(section=section, number=edit_number)
        .values_list("content", flat=True)
        .first()
    )
    return found or {}


def store(
    row: Offer, section: OfferSection, content: dict, *, by: Any, at: datetime, part: CallPart | None = None
) -> None:
    """Writes a section that is locked, with its number and the edit before it."""
    changed = []
    if content != section.content:
        _keep_edit(section)
        section.content, section.saved_by, section.saved_at = content, by, at
        section.edit_number += 1
        section.save(update_fields=["content", "edit_number", "saved_by", "saved_at"])
        _keep_edit(section)
        row.updated_at = at
        changed.append("updated_at")
    if section.key == "task":
        row.title = str(content.get("title", ""))[:1000]
        changed.append("title")
        if part is not None and part.call_id == row.call_id:
            row.part = part
            changed.append("part")
    if changed:
        row.save(update_fields=changed)


def _keep_edit(section: OfferSection) -> None:
    OfferEdit.objects.bulk_create(
        [
            OfferEdit(
                section=section,
                number=section.edit_number,
                content=section.content,
                by=section.saved_by,
                at=section.saved_at,
            )
        ],
        ignore_conflicts=True,
    )
    OfferEdit.objects.filter(section=section, number__lte=section.edit_number - KEPT_EDITS).delete()


def _keep_conflicts(row: Offer, key: str, conflicts: list[law.Conflict], by: Any, at: datetime) -> None:
    for conflict in conflicts:
        OfferConflict.objects.update_or_create(
            offer=row,
            key=key,
            address=conflict.address[:120],
            by=by,
            defaults={"text": conflict.mine, "at": at},
        )


@transaction.atomic
def settle_conflict(conflict: OfferConflict, *, takes_other: bool, by: Any, at: datetime) -> None:
    """The team chooses one of two texts: the stored one stays, or the other takes its place.

    The text that was not chosen stays among the edits of the section. Raises as ``save_section`` does.
    """
    row = locked_writable(conflict.offer, conflict.key)
    check(permissions.may_write, by, row, key=conflict.key)
    section = OfferSection.objects.select_for_update().get(offer=row, key=conflict.key)
    if takes_other:
        content = law.with_answer(section.content, conflict.address, conflict.text)
        store(row, section, law.clean_section(conflict.key, content), by=by, at=at)
    conflict.delete()
