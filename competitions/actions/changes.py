"""A notice that is out changes in the open: a new version with a reason, in the same three places (R-CALL-16)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.documents import search
from core.documents.actions import record_publication
from core.documents.enums import Purpose
from core.legal import audit
from core.legal.rules import require
from core.legal.workflow import MoveRefused

from .. import emails, law, permissions, reminders
from ..enums import State
from ..models import Call, CallVersion
from ..queries import search_arguments
from .drafting import NOTICE_FIELDS
from .versions import NOTICE_ROWS, RowChange, apply_rows, notice_of, rows_of

# Names of fields that a change of notice may touch.
CHANGEABLE = frozenset(NOTICE_FIELDS) - {"announced_on", "dated_on", "mode", "mode_label", "intake"}


@dataclass(frozen=True)
class Publication:
    """Where and when something was published, as it is written down."""

    place: str
    published_on: date
    url: str = ""
    location: str = ""


@transaction.atomic
def change_notice(
    call: Call,
    *,
    changes: Mapping[str, Any],
    rows: Mapping[str, Sequence[RowChange]] | None = None,
    reason: str,
    publications: Sequence[Publication],
    is_substantive: bool = False,
    by: Any,
    at: datetime,
) -> CallVersion:
    """A new version of a published notice, in force at once; followers are told.

    ``changes`` gives new values by field name, ``rows`` the changed rows by kind (criteria, parts, money …). A substantive change (by its fields, or when it is marked so)
    needs 21 full days again. Raises LawBreached, MoveRefused, and ValueError for a field that never changes.
    """
    rows = rows or {}
    if unknown := (set(changes) - CHANGEABLE) | (set(rows) - set(NOTICE_ROWS)):
        raise ValueError(f"not part of a notice: {sorted(unknown)}")
    locked = Call.objects.select_for_update().get(pk=call.pk)
    if by is not None and not permissions.may_run(by, locked):
        raise MoveRefused("may_run")
    before = audit.snapshot(locked, sorted(changes))
    old_deadline = locked.offers_due_at
    for name, value in changes.items():
        setattr(locked, name, value)
    old, new = audit.changes(before, audit.snapshot(locked, sorted(changes)))
    for name in rows:
        shown = rows_of(locked, name)
        apply_rows(locked, name, rows[name])
        if (after := rows_of(locked, name)) != shown:
            old[name], new[name] = shown, after
    facts = _change_facts(locked, old_deadline, frozenset(new), reason, publications, is_substantive, at)
    require([*law.change_breaches(facts), *_notice_breaches(locked, at)])
    _save_change(locked, at)
    version = _write_version(locked, old, new, reason, facts, by, at)
    for publication in publications:
        record_publication(locked, purpose=Purpose.CHANGE, by=by, at=at, **vars(publication))
    audit.record(
        locked, _("Zmiana ogłoszenia"), by=by, at=at, before=old, after=new, reason=reason, is_public=True
    )
    search.put(locked, **search_arguments(locked))
    reminders.set_deadline(locked)
    emails.tell_changed(locked, version)
    call.refresh_from_db()
    return version


def _change_facts(call, old_deadline, changed, reason, publications, is_substantive, at) -> law.ChangeFacts:
    stated = call.facts(at)
    return law.ChangeFacts(
        at=at,
        offer_days=stated.offer_days,
        is_strict=stated.is_strict,
        mode=call.mode,
        deadline=old_deadline,
        new_deadline=call.offers_due_at,
        changed=changed,
        reason=reason,
        is_marked_substantive=is_substantive,
        published={p.place: p.published_on for p in publications},
        is_state_published=call.state == State.PUBLISHED,
    )


def _notice_breaches(call: Call, at: datetime) -> list:
    """The changed notice is still complete and consistent."""
    facts = call.facts(at)
    rules = (law.completeness_breaches, law.layout_breaches, law.form_breaches, law.money_breaches)
    return [breach for rule in rules for breach in rule(facts)]


def _save_change(call: Call, at: datetime) -> None:
    call.updated_at = at
    call.edit_number += 1
    call.dated_on = call.reference_day()
    call.save()


def _write_version(call, old, new, reason, facts, by, at) -> CallVersion:
    last = call.versions.aggregate(last=Max("number"))["last"] or 1
    return CallVersion.objects.create(
        call=call,
        number=last + 1,
        at=at,
        by=by,
        reason=reason,
        is_substantive=facts.is_marked_substantive
        or law.is_substantive(facts.changed, deadline=facts.deadline, new_deadline=facts.new_deadline),
        changes={name: [old[name], new[name]] for name in new},
        notice=notice_of(call),
    )
