"""Asking in public, answering in public (R-CALL-17)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.common.sanitize import strip_controls
from core.legal import audit
from core.legal.rules import Breach, LawBreached, require
from core.legal.workflow import MoveRefused

from .. import emails, law, permissions
from ..models import Call, CallQuestion

WAITING_LIMIT = 5


@transaction.atomic
def ask_question(call: Call, *, text: str, by: Any, at: datetime) -> CallQuestion:
    """Keeps a question for the unit. Raises LawBreached when it is too late, or five of the person wait."""
    require(
        law.question_breaches(
            is_published=call.is_public,
            deadline=call.offers_due_at,
            questions_until=call.questions_until,
            at=at,
        )
    )
    if CallQuestion.objects.waiting().filter(call=call, asked_by=by).count() >= WAITING_LIMIT:
        raise LawBreached(
            [Breach("R-CALL-17", _("Pytanie: poczekaj na odpowiedzi na poprzednie pytania."), "text")]
        )
    return CallQuestion.objects.create(call=call, text=strip_controls(text).strip(), asked_by=by, asked_at=at)


@transaction.atomic
def answer_question(question: CallQuestion, *, answer: str, by: Any, at: datetime) -> CallQuestion:
    """Publishes the answer with the question, without the asker, who is told by mail."""
    _check(question, by)
    if not answer.strip():
        raise LawBreached([Breach("R-CALL-17", _("Odpowiedź: napisz ją przed publikacją."), "answer")])
    before = question.answer
    is_first = question.answered_at is None
    question.answer, question.answered_by, question.answered_at = strip_controls(answer).strip(), by, at
    question.is_hidden = False
    question.save()
    audit.record(
        question.call,
        _("Odpowiedź na pytanie") if is_first else _("Poprawiona odpowiedź na pytanie"),
        by=by,
        at=at,
        before={"answer": before} if before else {},
        after={"question": question.text, "answer": question.answer},
        is_public=not is_first and question.call.is_public,
    )
    emails.tell_answered(question)
    return question


@transaction.atomic
def hide_question(question: CallQuestion, *, reason: str, by: Any, at: datetime) -> CallQuestion:
    """Leaves a question unpublished (it names people, or has nothing to do with the call), with a reason."""
    _check(question, by)
    if not reason.strip():
        raise LawBreached(
            [Breach("R-CALL-17", _("Powód: napisz, dlaczego nie publikujesz pytania."), "hidden_reason")]
        )
    question.is_hidden, question.hidden_reason = True, reason.strip()[:300]
    question.save(update_fields=["is_hidden", "hidden_reason"])
    audit.record(
        question.call,
        _("Pytanie bez publikacji"),
        by=by,
        at=at,
        after={"question": question.pk},
        reason=reason,
    )
    return question


def _check(question: CallQuestion, by: Any) -> None:
    if by is not None and not permissions.may_prepare(by, question.call):
        raise MoveRefused(str(question.call))
