"""The course of a consultation: plan, notice, clock, extension, report, outcome (R-CNS-11)."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.common.clock import local_day
from core.common.locks import hold
from core.common.sites import absolute
from core.documents.actions import record_publication
from core.documents.enums import Place, Purpose
from core.legal import audit
from core.legal.rules import Breach, LawBreached
from core.legal.workflow import MoveRefused, advance

from .. import emails, law
from ..enums import State
from ..models import Consultation, Extension, Report
from ..permissions import may_run
from .answers import publish_all_positions
from .dates import cancel_dates_of
from .document import publish_document
from .drafting import publish_change, save_consultation
from .reach import tell_competent_bodies
from .schedule import entry_of, log_changes
from .surveys import ask_participants

NUMBERING_LOCK = 2_904_018


@transaction.atomic
def plan(consultation: Consultation, *, by: Any, at: datetime, reason: str = "") -> Consultation:
    """Enters a draft into the published yearly schedule."""
    advance(consultation, State.PLANNED, by=by, at=at, reason=reason)
    _mark_published(consultation, by=by, at=at)
    _note(consultation, _("Wpisano do harmonogramu"), by=by, at=at)
    publish_change(consultation, at=at)
    return consultation


@transaction.atomic
def announce(consultation: Consultation, *, by: Any, at: datetime, reason: str = "") -> Consultation:
    """Publishes the notice and begins the information campaign.

    Raises LawBreached (R-CNS-03, 04, 06, 07, 09) with everything that is missing.
    """
    entry = entry_of(consultation)
    advance(consultation, State.ANNOUNCED, by=by, at=at, reason=reason)
    today = local_day(at)
    consultation.campaign_from = max(consultation.campaign_from or today, today)
    _give_number(consultation, today.year)
    consultation.save(update_fields=["campaign_from", "number", "number_year"])
    publish_document(consultation, at=at)
    _mark_published(consultation, by=by, at=at)
    _note(consultation, _("Ogłoszono konsultacje"), by=by, at=at, reason=reason)
    _record_on_portal(consultation, Purpose.NOTICE, by=by, at=at)
    log_changes(consultation, entry, by=by, at=at)
    publish_change(consultation, at=at)
    emails.tell_announced(consultation)
    tell_competent_bodies(consultation, at=at)
    return consultation


def _give_number(consultation: Consultation, year: int) -> None:
    """The next number of the year; a lock of the transaction keeps two notices from taking the same one."""
    hold(NUMBERING_LOCK)
    last = Consultation.objects.filter(number_year=year).aggregate(last=Max("number"))["last"]
    consultation.number, consultation.number_year = (last or 0) + 1, year


def _mark_published(consultation: Consultation, *, by: Any, at: datetime) -> None:
    consultation.published_by, consultation.published_at = by, consultation.published_at or at
    consultation.updated_at = at
    consultation.author_name = consultation.author_name or consultation.unit_name
    consultation.save(update_fields=["published_by", "published_at", "updated_at", "author_name"])


def _record_on_portal(consultation: Consultation, purpose: Purpose, *, by: Any, at: datetime) -> None:
    """The proof of publication in the portal itself (R-CNS-10)."""
    about = consultation.report if purpose == Purpose.REPORT else consultation
    url = absolute(about.get_absolute_url())
    record_publication(
        consultation, place=Place.WEBSITE, purpose=purpose, published_on=local_day(at), url=url, by=by, at=at
    )


def _note(
    consultation: Consultation, verb: str, *, by: Any, at: datetime, reason: str = "", **values: Any
) -> None:
    """A line of the public history."""
    audit.record(consultation, verb, by=by, at=at, reason=reason, is_public=True, **values)


# --- the clock --------------------------------------------------------------------------------------


def open_due(at: datetime) -> int:
    """Writes down the opening of every announced consultation whose first day has come; gives their number."""
    rows = Consultation.objects.filter(state=State.ANNOUNCED, starts_on__lte=local_day(at))
    return sum(move_by_clock(pk, State.OPEN, at) for pk in rows.values_list("pk", flat=True))


def close_due(at: datetime) -> int:
    """Writes down the end of every open consultation that is over; gives their number."""
    rows = Consultation.objects.filter(state=State.OPEN).over(at)
    return sum(move_by_clock(pk, State.CLOSED, at) for pk in rows.values_list("pk", flat=True))


def move_by_clock(pk: int, to: State, at: datetime) -> bool:
    """Moves one consultation; False when another worker was faster or the end has been moved meanwhile."""
    with transaction.atomic():
        consultation = Consultation.objects.select_for_update().get(pk=pk)
        due = consultation.starts_at if to == State.OPEN else consultation.ends_at
        if due is None or due > at or consultation.state_table.move(consultation.state, to) is None:
            return False
        advance(consultation, to, by=None, at=at)
    return True


# --- extension --------------------------------------------------------------------------------------


@transaction.atomic
def extend(
    consultation: Consultation, *, new_end: date | None, reason: str, by: Any, at: datetime
) -> Extension:
    """Moves the end later: re-published, reminders moved, followers told (R-CNS-11).

    Raises LawBreached for an earlier day, a missing reason or a consultation that is over.
    """
    locked = (
        Consultation.objects.select_for_update(of=("self",)).select_related("unit").get(pk=consultation.pk)
    )
    if by is not None and not may_run(by, locked):
        raise MoveRefused("may_run")
    _check_extension(locked, new_end, reason, at)
    entry, old_end = entry_of(locked), locked.ends_on
    consultation.ends_on = locked.ends_on = new_end
    consultation.updated_at = locked.updated_at = at
    locked.save(update_fields=["ends_on", "updated_at"])
    if old_end:  # a stage that was to end with the consultation still does
        locked.stages.filter(ends_on=old_end).update(ends_on=new_end)
    extension = Extension.objects.create(
        consultation=locked, position=locked.extensions.count() + 1, old_ends_on=old_end, new_ends_on=new_end,
        reason=reason, extended_at=at, by=by,
    )  # fmt: skip
    _note(
        locked,
        _("Przedłużono konsultacje"),
        by=by,
        at=at,
        reason=reason,
        before={_("koniec"): old_end},
        after={_("koniec"): new_end},
    )
    _record_on_portal(locked, Purpose.CHANGE, by=by, at=at)
    log_changes(locked, entry, by=by, at=at, reason=reason)
    publish_change(locked, at=at)
    emails.tell_extended(locked, extension)
    return extension


def _check_extension(locked: Consultation, new_end: date | None, reason: str, at: datetime) -> None:
    found = (
        law.extension_breaches(old_end=locked.ends_on, new_end=new_end, state=locked.state_at(at))
        if locked.ends_on
        else []
    )
    if not locked.ends_on:
        found = [Breach("R-CNS-11", _("Te konsultacje nie mają daty końca, którą można przesunąć."))]
    if not reason.strip():
        found.append(Breach("R-CNS-11", _("Powód: napisz, dlaczego przedłużasz konsultacje."), "reason"))
    if found:
        raise LawBreached(found)


# --- after the end ----------------------------------------------------------------------------------


@transaction.atomic
def start_analysis(consultation: Consultation, *, by: Any, at: datetime, reason: str = "") -> Consultation:
    """Begins the analysis; the empty report is made, ready to be written."""
    close_if_over(consultation, at)
    advance(consultation, State.ANALYSIS, by=by, at=at, reason=reason)
    Report.objects.get_or_create(consultation=consultation)
    _note(consultation, _("Rozpoczęto analizę uwag"), by=by, at=at)
    return consultation


def close_if_over(consultation: Consultation, at: datetime) -> None:
    """What the clock has done already is written down first, so nobody waits for the next round."""
    if consultation.state == State.ANNOUNCED and consultation.state_at(at) != State.ANNOUNCED:
        advance(consultation, State.OPEN, by=None, at=at)
    if consultation.state == State.OPEN and consultation.state_at(at) == State.CLOSED:
        advance(consultation, State.CLOSED, by=None, at=at)


@transaction.atomic
def publish_report(consultation: Consultation, *, by: Any, at: datetime, reason: str = "") -> Consultation:
    """Publishes report and positions, and tells everybody who wrote (R-CNS-18 to 20).

    Raises LawBreached naming each remark without a reasoned position.
    """
    # nobody writes a position between the look of the law and the publication
    list(consultation.remarks.to_answer().select_for_update(of=("self",)).values_list("pk", flat=True))
    advance(consultation, State.REPORT_PUBLISHED, by=by, at=at, reason=reason)
    publish_all_positions(consultation, by=by, at=at)
    consultation.report_published_on = local_day(at)
    consultation.updated_at = at
    consultation.save(update_fields=["report_published_on", "updated_at"])
    _note(consultation, _("Opublikowano raport"), by=by, at=at, reason=reason)
    _record_on_portal(consultation, Purpose.REPORT, by=by, at=at)
    publish_change(consultation, at=at)
    emails.tell_report(consultation)
    ask_participants(consultation, by=by, at=at)
    return consultation


@transaction.atomic
def publish_outcome(
    consultation: Consultation,
    *,
    by: Any,
    at: datetime,
    reason: str = "",
    outcome: str | None = None,
    outcome_url: str | None = None,
) -> Consultation:
    """Says what was decided and which remarks were used (R-CNS-22): as given here, or as it is written already."""
    if outcome is not None:
        consultation.outcome, consultation.outcome_url = outcome, outcome_url or ""
        save_consultation(consultation, by=by, at=at, reason=reason or _("Ogłoszenie wyniku"))
    advance(consultation, State.OUTCOME_PUBLISHED, by=by, at=at, reason=reason)
    consultation.outcome_published_on = local_day(at)
    consultation.updated_at = at
    consultation.save(update_fields=["outcome_published_on", "updated_at"])
    _note(consultation, _("Ogłoszono wynik"), by=by, at=at, reason=reason)
    publish_change(consultation, at=at)
    emails.tell_outcome(consultation)
    return consultation


@transaction.atomic
def archive(consultation: Consultation, *, by: Any, at: datetime, reason: str = "") -> Consultation:
    advance(consultation, State.ARCHIVED, by=by, at=at, reason=reason)
    _note(consultation, _("Przeniesiono do archiwum"), by=by, at=at, reason=reason)
    return consultation


@transaction.atomic
def cancel(consultation: Consultation, *, by: Any, at: datetime, reason: str = "") -> Consultation:
    """Calls the consultation off; the reason is public. Raises LawBreached without one."""
    entry = entry_of(consultation)
    advance(consultation, State.CANCELLED, by=by, at=at, reason=reason)
    consultation.cancellation_reason, consultation.updated_at = reason, at
    consultation.save(update_fields=["cancellation_reason", "updated_at"])
    _note(consultation, _("Odwołano konsultacje"), by=by, at=at, reason=reason)
    if consultation.number:
        _record_on_portal(consultation, Purpose.CANCELLATION, by=by, at=at)
    log_changes(consultation, entry, by=by, at=at, reason=reason)
    publish_change(consultation, at=at)
    emails.tell_cancelled(consultation)
    cancel_dates_of(consultation, reason=reason, at=at)
    return consultation
