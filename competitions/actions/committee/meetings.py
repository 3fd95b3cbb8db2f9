"""Meetings: called, attended, and what was talked about a second time (R-CALL-27, 32)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.legal import audit
from core.legal.rules import Breach, LawBreached
from core.legal.workflow import MoveRefused

from ...emails import committee as emails
from ...enums import State
from ...models import Committee, CommitteeMeeting, Offer, SecondLook
from ...queries import committee as queries
from .appointing import check


@transaction.atomic
def plan_meeting(
    committee: Committee, *, starts_at: datetime, place: str, agenda: str = "", by: Any, at: datetime
) -> CommitteeMeeting:
    """Calls a meeting and tells every member. Raises LawBreached before the committee is appointed."""
    check(committee, by)
    if committee.appointed_at is None:
        raise LawBreached([Breach("R-CALL-25", _("Najpierw powołaj komisję."))])
    meeting = CommitteeMeeting.objects.create(
        committee=committee, starts_at=starts_at, place=place, agenda=agenda
    )
    audit.record(committee, _("Zwołanie posiedzenia komisji"), by=by, at=at, after={"kiedy": starts_at})
    for member in queries.sitting(committee):
        emails.tell_meeting(member, meeting)
    return meeting


@transaction.atomic
def record_meeting(
    meeting: CommitteeMeeting, *, present: Iterable[int], notes: str, by: Any, at: datetime
) -> CommitteeMeeting:
    """Writes down who came and what was said. Raises LawBreached for a meeting that has not begun yet."""
    check(meeting.committee, by)
    if meeting.committee.call.state not in (
        State.MERIT_EVALUATION,
        State.FORMAL_EVALUATION,
        State.CORRECTIONS,
    ):
        raise MoveRefused("record_meeting")
    if meeting.starts_at > at:
        raise LawBreached([Breach("R-CALL-32", _("To posiedzenie jeszcze się nie zaczęło."), "present")])
    members = [member for member in queries.sitting(meeting.committee) if member.pk in set(present)]
    meeting.notes, meeting.held_at = notes, at
    meeting.save(update_fields=["notes", "held_at"])
    meeting.present.set(members)
    after = {"posiedzenie": meeting.pk, "obecne": sorted(member.pk for member in members)}
    audit.record(meeting.committee, _("Obecność na posiedzeniu komisji"), by=by, at=at, after=after)
    return meeting


@transaction.atomic
def record_second_look(
    meeting: CommitteeMeeting, offer: Offer, *, note: str, by: Any, at: datetime
) -> SecondLook:
    """What the committee agreed on about an offer whose cards differ much (R-CALL-32)."""
    check(meeting.committee, by)
    if offer.call_id != meeting.committee.call_id or meeting.committee.call.state != State.MERIT_EVALUATION:
        raise MoveRefused("record_second_look")
    found = []
    if meeting.held_at is None:
        found.append(Breach("R-CALL-32", _("Najpierw zapisz obecność na tym posiedzeniu."), "meeting"))
    if not note.strip():
        found.append(Breach("R-CALL-32", _("napisz, co ustaliła komisja"), "note"))
    if found:
        raise LawBreached(found)
    look = SecondLook.objects.create(offer=offer, meeting=meeting, note=note.strip(), at=at)
    audit.record(meeting.committee, _("Ponowna rozmowa o ofercie"), by=by, at=at, after={"oferta": offer.pk})
    return look
