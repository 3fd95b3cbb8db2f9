"""Asking for a consultation: writing, submitting, settling, the clock."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.city.models import District
from core.common.clock import local_day
from core.common.locks import hold
from core.legal import audit, workflow
from core.legal.models import Transition
from core.legal.parameters import days
from core.legal.rules import Breach, LawBreached

from .. import law
from ..emails import requests as letters
from ..enums import SETTLED_REQUESTS, Initiator, Regime, RequestState
from ..models import Consultation, ConsultationRequest, RequestSupport
from .drafting import save_consultation

MOST_UNDER_WAY = 3
NUMBERING_LOCK = 2_904_019
WRITING_LOCK = 2_904_021
# The same request from the same person within this time is a second click.
SECOND_CLICK = timedelta(minutes=1)


def request_parameters(at: datetime) -> law.RequestParameters:
    """Thresholds and periods in force at a moment."""
    day = local_day(at)
    return law.RequestParameters(
        residents=days("consultation_request_residents", on=day),
        residents_of_district=days("consultation_request_district", on=day),
        organisations=days("consultation_request_ngos", on=day),
        collect_days=days("consultation_request_collect", on=day),
        answer_days=days("consultation_request_answer", on=day),
    )


# --- writing ----------------------------------------------------------------------------------------


@transaction.atomic
def save_request(
    request: ConsultationRequest, *, districts: Iterable[District], by: Any, at: datetime
) -> ConsultationRequest:
    """Keeps a draft of the person who writes it; the same new one again within a minute is the one that is there.

    Raises LawBreached when it is no draft any more, or one too many.
    """
    is_new = request.pk is None
    if is_new:
        hold(WRITING_LOCK, by.pk)
        if known := _just_written(request, by, at):
            return known
        under_way = ConsultationRequest.objects.of_person(by).exclude(state__in=SETTLED_REQUESTS)
        if under_way.count() >= MOST_UNDER_WAY:
            text = _("Masz już %(n)d wnioski w toku. Dokończ albo wycofaj któryś z nich.")
            raise LawBreached([Breach("R-CNS-02", text % {"n": MOST_UNDER_WAY})])
        request.user = by
    elif not _is_draft(request):
        raise LawBreached([Breach("R-CNS-02", _("Tego wniosku nie można już zmienić: jest w urzędzie."))])
    request.save()
    request.districts.set([] if request.is_citywide else districts)
    if is_new:
        workflow.start(request, by=by, at=at)
    return request


def _just_written(request: ConsultationRequest, by: Any, at: datetime) -> ConsultationRequest | None:
    words = {name: getattr(request, name) for name in ("title", "subject", "reason", "initiator")}
    open_ones = ConsultationRequest.objects.of_person(by).filter(
        **words, state__in=[RequestState.DRAFT, RequestState.CHECK]
    )
    begun = Transition.objects.filter(at__gte=at - SECOND_CLICK)
    return next((one for one in open_ones if begun.of(one).exists()), None)


@transaction.atomic
def save_and_send(
    request: ConsultationRequest, *, districts: Iterable[District], by: Any, at: datetime
) -> ConsultationRequest:
    """Writes it and sends it to the office, both or neither. Raises LawBreached, MoveRefused."""
    saved = save_request(request, districts=districts, by=by, at=at)
    is_sent = request.pk is None and saved.state == RequestState.CHECK  # by the first of two clicks
    return saved if is_sent else send_request(saved, by=by, at=at)


def _is_draft(request: ConsultationRequest) -> bool:
    stored = ConsultationRequest.objects.select_for_update().get(pk=request.pk)
    return stored.state == RequestState.DRAFT


@transaction.atomic
def send_request(
    request: ConsultationRequest, *, by: Any, at: datetime, reason: str = ""
) -> ConsultationRequest:
    """To the office, which looks whether it may be shown. Raises LawBreached, MoveRefused."""
    moved = workflow.advance(request, RequestState.CHECK, by=by, at=at, reason=reason)
    letters.tell_request_received(moved, at=at)
    return moved


@transaction.atomic
def withdraw_request(
    request: ConsultationRequest, *, by: Any, at: datetime, reason: str = ""
) -> ConsultationRequest:
    """The author wants it no more; supporters who asked for an answer learn that there will be none."""
    moved = workflow.advance(request, RequestState.WITHDRAWN, by=by, at=at, reason=reason)
    letters.tell_request_withdrawn(moved)
    return moved


def submit_when_full(request: ConsultationRequest, *, at: datetime) -> None:
    """Submits a locked request whose threshold is filled; the clock of the answer begins."""
    if request.confirmed_count() < (request.threshold or 0):
        return
    request.submitted_on = local_day(at)
    request.answer_due = law.answer_due(request.submitted_on, answer_days=request_parameters(at).answer_days)
    request.save(update_fields=["submitted_on", "answer_due"])
    workflow.advance(request, RequestState.SUBMITTED, by=None, at=at)
    letters.tell_request_submitted(request)


# --- the desk ---------------------------------------------------------------------------------------


@transaction.atomic
def return_request(
    request: ConsultationRequest, *, by: Any, at: datetime, reason: str = ""
) -> ConsultationRequest:
    moved = workflow.advance(request, RequestState.DRAFT, by=by, at=at, reason=reason)
    letters.tell_request_returned(moved, reason, at=at)
    return moved


@transaction.atomic
def admit_request(
    request: ConsultationRequest, *, by: Any, at: datetime, reason: str = ""
) -> ConsultationRequest:
    """Shows it to everybody with its number, threshold and last day; one that needs no support is submitted at once."""
    moved = workflow.advance(request, RequestState.COLLECTING, by=by, at=at, reason=reason)
    parameters, day = request_parameters(at), local_day(at)
    moved.number_year = day.year
    hold(NUMBERING_LOCK)
    last = ConsultationRequest.objects.filter(number_year=day.year).aggregate(last=Max("number"))["last"]
    moved.number = (last or 0) + 1
    moved.threshold = law.threshold(moved.initiator, is_citywide=moved.is_citywide, parameters=parameters)
    moved.collect_until = law.last_day_of_support(day, collect_days=parameters.collect_days)
    moved.save(update_fields=["number", "number_year", "threshold", "collect_until"])
    if moved.initiator == Initiator.NGO and moved.organization:
        # who asks supports
        RequestSupport.objects.get_or_create(
            request=moved, organization=moved.organization, defaults={"asked_at": at, "confirmed_at": at}
        )
    letters.tell_request_collecting(moved)
    submit_when_full(moved, at=at)
    return moved


@transaction.atomic
def start_review(
    request: ConsultationRequest, *, by: Any, at: datetime, reason: str = "", unit: Any = None
) -> ConsultationRequest:
    """The unit begins to settle it: the one named here, or the one it was given to before."""
    if unit is not None:
        save_answer(request, answer=request.answer, unit=unit, by=by, at=at)
    return workflow.advance(request, RequestState.REVIEW, by=by, at=at, reason=reason)


@transaction.atomic
def save_answer(
    request: ConsultationRequest, *, answer: str, unit: Any, by: Any, at: datetime
) -> ConsultationRequest:
    """Which unit settles it, and the draft of its answer; nothing is public before the decision."""
    locked = ConsultationRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if locked.state in SETTLED_REQUESTS:
        raise LawBreached([Breach("R-CNS-02", _("Wniosek jest już rozpatrzony, odpowiedź zostaje."))])
    before = audit.snapshot(locked, ["answer", "unit_id"])
    locked.answer, locked.unit = answer, unit
    locked.save(update_fields=["answer", "unit"])
    old, new = audit.changes(before, audit.snapshot(locked, ["answer", "unit_id"]))
    if new:
        audit.record(locked, _("Zmiana odpowiedzi na wniosek"), by=by, at=at, before=old, after=new)
    return locked


@transaction.atomic
def accept_request(
    request: ConsultationRequest, *, by: Any, at: datetime, reason: str = "", answer: str | None = None
) -> ConsultationRequest:
    return _settle(request, RequestState.ACCEPTED, by=by, at=at, reason=reason, answer=answer)


@transaction.atomic
def refuse_request(
    request: ConsultationRequest, *, by: Any, at: datetime, reason: str = "", answer: str | None = None
) -> ConsultationRequest:
    return _settle(request, RequestState.REFUSED, by=by, at=at, reason=reason, answer=answer)


def _settle(
    request: ConsultationRequest, to: str, *, by: Any, at: datetime, reason: str, answer: str | None
) -> ConsultationRequest:
    """The answer goes out: the one given here, or the draft that is kept."""
    if answer is not None:
        save_answer(request, answer=answer, unit=request.unit, by=by, at=at)
    moved = workflow.advance(request, to, by=by, at=at, reason=reason)
    moved.answered_on = local_day(at)
    moved.save(update_fields=["answered_on"])
    letters.tell_request_settled(moved)
    return moved


@transaction.atomic
def open_consultation(
    request: ConsultationRequest, *, by: Any, at: datetime, reason: str = ""
) -> ConsultationRequest:
    """Makes the draft of the consultation that was asked for, in the unit that accepted it."""
    moved = workflow.advance(request, RequestState.OPENED, by=by, at=at, reason=reason)
    regime = Regime.NGO if moved.initiator == Initiator.NGO else Regime.RESIDENTS
    made = save_consultation(
        Consultation(
            title=moved.title,
            regimes=[regime.value],
            subject=moved.subject,
            unit=moved.unit,
            is_citywide=moved.is_citywide,
        ),
        by=by,
        at=at,
    )
    made.districts.set(moved.districts.all())
    moved.consultation = made
    moved.save(update_fields=["consultation"])
    return moved


# --- the clock --------------------------------------------------------------------------------------


def close_unsupported(at: datetime) -> int:
    """Ends the collecting of requests whose last day is over; gives how many."""
    due = ConsultationRequest.objects.filter(state=RequestState.COLLECTING, collect_until__lt=local_day(at))
    count = 0
    for pk in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            locked = ConsultationRequest.objects.select_for_update(of=("self",)).get(pk=pk)
            if locked.state == RequestState.COLLECTING:
                workflow.advance(locked, RequestState.EXPIRED, by=None, at=at)
                letters.tell_request_settled(locked)
                count += 1
    return count
