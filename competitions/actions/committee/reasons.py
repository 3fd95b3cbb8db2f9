"""»Why this offer?«: anybody may ask within 30 days of the results; there is no appeal (R-CALL-39)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.common.clock import local_day
from core.legal import audit, parameters
from core.legal.days import end_of_period
from core.legal.rules import Breach, LawBreached
from core.legal.workflow import MoveRefused

from ... import law, permissions
from ...emails import committee as emails
from ...models import Award, Call, ReasonRequest, RejectedOffer


def asking_until(call: Call):
    """The last day for asking, None while there are no results."""
    result = getattr(call, "result", None)
    if result is None or result.published_on is None or not call.shows_results:
        return None
    days = parameters.days("justification_request", on=result.published_on)
    return law.justification_until(result.published_on, days=days)


@transaction.atomic
def ask_reasons(
    call: Call,
    *,
    text: str,
    email: str,
    award: Award | None = None,
    rejected: RejectedOffer | None = None,
    by: Any = None,
    at: datetime,
) -> ReasonRequest:
    """Stores a question and confirms it by mail. Raises LawBreached after the 30 days or before the results."""
    until = asking_until(call)
    if until is None or local_day(at) > until:
        message = _("Na pytania o uzasadnienie jest 30 dni od ogłoszenia wyników. Ten czas już minął.")
        raise LawBreached([Breach("R-CALL-39", message)])
    if any(row is not None and row.result.call_id != call.pk for row in (award, rejected)):
        raise LawBreached([Breach("R-CALL-39", _("wybierz ofertę z tego konkursu"), "about")])
    due_on = end_of_period(local_day(at), parameters.days("reason_answer", on=local_day(at)))
    request = ReasonRequest.objects.create(
        call=call,
        award=award,
        rejected=rejected,
        text=text,
        email=email,
        asked_by=by if by is not None and by.is_authenticated else None,
        asked_at=at,
        due_on=due_on,
    )
    audit.record(request, _("Pytanie o uzasadnienie"), by=request.asked_by, at=at)
    emails.tell_reasons_asked(request)
    return request


@transaction.atomic
def answer_reasons(
    request: ReasonRequest, *, answer: str, is_public: bool, by: Any, at: datetime
) -> ReasonRequest:
    """Answers by mail to who asked and, if it is marked so, on the page of the results.

    Raises MoveRefused for a stranger, LawBreached for an empty answer.
    """
    if by is not None and not permissions.may_run(by, request.call):
        raise MoveRefused("may_run")
    if not answer.strip():
        raise LawBreached([Breach("R-CALL-39", _("napisz odpowiedź"), "answer")])
    request.answer, request.is_public = answer.strip(), is_public
    request.answered_at, request.answered_by = at, by
    request.save(update_fields=["answer", "is_public", "answered_at", "answered_by"])
    audit.record(
        request, _("Odpowiedź na pytanie o uzasadnienie"), by=by, at=at, after={"publiczna": is_public}
    )
    emails.tell_reasons_answered(request)
    return request


def forget_askers(at: datetime) -> int:
    """Deletes the addresses of those who asked, so many years after the year of the question; gives how many."""
    years = parameters.days("committee_retention", on=local_day(at))
    old = ReasonRequest.objects.filter(asked_at__year__lt=local_day(at).year - years).exclude(email="")
    return old.update(email="", asked_by=None)
