"""The notice goes out, changes in the open, and the intake ends by the clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.common.clock import local, local_day
from core.documents import search
from core.documents.actions import record_publication
from core.documents.enums import Purpose
from core.legal import audit
from core.legal.rules import require
from core.legal.workflow import MoveRefused, advance

from .. import emails, law, permissions, reminders
from ..enums import EntryStatus, State
from ..models import Call, CallVersion
from ..models.legal_facts import publications_of
from ..queries import search_arguments
from .drafting import NOTICE_FIELDS, address_of
from .schedule import set_status

NUMBERS_LOCK = 7_204_813
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
def announce(call: Call, *, by: Any, at: datetime, reason: str = "") -> Call:
    """Publishes the notice: the page is open to all and offers may come until the deadline.

    Raises LawBreached with every reason against it (three publications, 21 full days, mandatory
    content) and MoveRefused for a person who may not.
    """
    call.refresh_from_db(from_queryset=Call.objects.select_for_update())
    facts = call.facts(at)
    advance(call, State.PUBLISHED, by=by, at=at, reason=reason)
    published = publications_of(call).get(Purpose.NOTICE, {})
    call.offers_due_at = facts.deadline
    call.announced_on = max(published.values(), default=local_day(at)).isoformat()
    call.number = call.number or _next_number(local(at).year)
    call.slug = address_of(call)
    call.sphere_label = call.sphere_label or ", ".join(str(sphere) for sphere in call.spheres.all())
    call.published_at, call.published_by, call.updated_at = at, by, at
    call.dated_on = call.reference_day()
    call.save()
    call.units.add(*filter(None, [call.unit]))
    CallVersion.objects.create(call=call, number=1, at=at, by=by, notice=notice_of(call))
    search.put(call, **search_arguments(call))
    set_status(call, EntryStatus.ANNOUNCED, by=by, at=at)
    emails.tell_announced(call)
    return call


def _next_number(year: int) -> str:
    """»14/2026«: the next of the year, one at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBERS_LOCK])
    taken = Call.objects.filter(number__regex=rf"^[0-9]{{1,6}}/{year}$").values_list("number", flat=True)
    last = max((int(number.split("/")[0]) for number in taken), default=0)
    return f"{last + 1}/{year}"


def notice_of(call: Call) -> dict[str, Any]:
    """The whole notice as plain values, for a version."""
    columns = {
        "criteria": ("name", "description", "max_points", "weight"),
        "parts": ("no", "name", "budget", "places", "max_grant"),
        "budget_years": ("year", "amount", "note"),
    }
    rows = {
        name: [_plain(row) for row in getattr(call, name).values(*wanted)] for name, wanted in columns.items()
    }
    return {**audit.snapshot(call, NOTICE_FIELDS), **rows}


def _plain(row: dict[str, Any]) -> dict[str, str]:
    """What a row says, as text; what it leaves open is left out."""
    return {name: str(value) for name, value in row.items() if value not in (None, "")}


# --- changes --------------------------------------------------------------------------------------


@transaction.atomic
def change_notice(
    call: Call,
    *,
    changes: Mapping[str, Any],
    reason: str,
    publications: Sequence[Publication],
    is_substantive: bool = False,
    by: Any,
    at: datetime,
) -> CallVersion:
    """A new version of a published notice, in force at once; followers are told.

    ``changes`` gives new values by field name. A substantive change (by its fields, or when it is marked so)
    needs 21 full days again. Raises LawBreached, MoveRefused, and ValueError for a field that never changes.
    """
    if unknown := set(changes) - CHANGEABLE:
        raise ValueError(f"not part of a notice: {sorted(unknown)}")
    locked = Call.objects.select_for_update().get(pk=call.pk)
    if by is not None and not permissions.may_run(by, locked):
        raise MoveRefused("may_run")
    before = audit.snapshot(locked, sorted(changes))
    old_deadline = locked.offers_due_at
    for name, value in changes.items():
        setattr(locked, name, value)
    old, new = audit.changes(before, audit.snapshot(locked, sorted(changes)))
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


# --- the end of the intake ------------------------------------------------------------------------


def close_call(pk: int, *, at: datetime) -> bool:
    """Closes one intake when its time is over; says whether it did. Safe to call twice, or too early."""
    call = Call.objects.due(at).filter(pk=pk).first()
    if call is None:
        return False
    try:
        advance(call, State.CLOSED, by=None, at=at)
    except MoveRefused:  # somebody else was faster
        return False
    return True


def close_due_calls(at: datetime) -> int:
    """Closes every intake that is over at a moment; gives their number."""
    return sum(close_call(pk, at=at) for pk in list(Call.objects.due(at).values_list("pk", flat=True)))


def closing_soon(at: datetime, within: timedelta) -> list[tuple[int, datetime]]:
    """Calls whose intake ends within so long, with the exact moment."""
    ahead = Call.objects.due_between(at, at + within).values_list("pk", "offers_due_at")
    return [(pk, law.closes_at(deadline)) for pk, deadline in ahead]
