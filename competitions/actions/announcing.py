"""The notice goes out, changes in the open, and the intake ends by the clock."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from core.common.clock import local, local_day
from core.common.locks import hold
from core.documents import search
from core.documents.enums import Purpose
from core.legal.workflow import MoveRefused, advance

from .. import emails, law
from ..enums import EntryStatus, State
from ..models import Call, CallVersion
from ..models.legal_facts import publications_of
from ..queries import search_arguments
from .drafting import address_of
from .schedule import set_status
from .versions import notice_of

NUMBERS_LOCK = 7_204_813


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
    hold(NUMBERS_LOCK)
    taken = Call.objects.filter(number__regex=rf"^[0-9]{{1,6}}/{year}$").values_list("number", flat=True)
    last = max((int(number.split("/")[0]) for number in taken), default=0)
    return f"{last + 1}/{year}"


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
