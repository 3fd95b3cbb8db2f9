"""Making, publishing, answering and moderating surveys (R-CNS-05, 26)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.common.clock import local_day
from core.legal import audit
from core.legal.parameters import days
from core.legal.rules import Breach, LawBreached, require
from core.legal.workflow import MoveRefused

from ..emails import surveys as letters
from ..enums import QuestionKind, SurveyPurpose
from ..law import surveys as law
from ..models import Consultation, Survey, SurveyAnswer, SurveyQuestion, SurveyResponse
from ..models.surveys import LINK_SALT
from ..permissions import may_answer

Answers = Mapping[int, law.AnswerFacts]


@transaction.atomic
def save_survey(survey: Survey, *, by: Any, at: datetime) -> Survey:
    """Creates or changes a survey that is not published yet. Raises MoveRefused and LawBreached."""
    _need_desk(by, survey.consultation)
    stored = Survey.objects.select_for_update().filter(pk=survey.pk).first()
    if stored is not None:
        _need_draft(stored)
    before = audit.snapshot(stored) if stored else {}
    survey.save()
    old, new = audit.changes(before, audit.snapshot(survey))
    if new:
        verb = _("Zmiana ankiety") if stored else _("Utworzenie ankiety")
        audit.record(survey, verb, by=by, at=at, before=old, after=new)
    return survey


@transaction.atomic
def publish_survey(survey: Survey, *, by: Any, at: datetime) -> Survey:
    """Lets people answer; from now on nothing of it changes. Raises MoveRefused and LawBreached."""
    locked = Survey.objects.select_for_update().get(pk=survey.pk)
    _need_desk(by, locked.consultation)
    _need_draft(locked)
    if locked.purpose == SurveyPurpose.AFTER:
        text = _("Tę ankietę otwiera i rozsyła portal, gdy opublikujesz raport.")
        raise LawBreached([Breach("R-CNS-26", text)])
    require(law.survey_breaches(question_facts(question) for question in locked.questions.all()))
    if not locked.consultation.has_notice:
        text = _("Ankieta: opublikujesz ją, gdy konsultacje będą ogłoszone.")
        raise LawBreached([Breach("R-CNS-05", text)])
    _open(locked, by=by, at=at)
    return locked


@transaction.atomic
def close_survey(survey: Survey, *, by: Any, at: datetime) -> Survey:
    """Takes no more answers; the results are shown. Raises MoveRefused and LawBreached."""
    locked = Survey.objects.select_for_update().get(pk=survey.pk)
    _need_desk(by, locked.consultation)
    if not locked.is_open_at(at):
        raise LawBreached([Breach("R-CNS-05", _("Ta ankieta nie jest teraz otwarta."))])
    locked.closes_at = at
    locked.save(update_fields=["closes_at"])
    audit.record(locked, _("Zamknięcie ankiety"), by=by, at=at)
    return locked


@transaction.atomic
def ask_participants(consultation: Consultation, *, by: Any, at: datetime) -> Survey:
    """The short survey after the report: made from the template, opened, sent to those who agreed (R-CNS-26)."""
    with override("pl"):  # whatever language the official reads the desk in
        survey = _survey_of_participants(consultation)
    if not survey.is_published:
        _open(survey, by=by, at=at)
    letters.tell_participants(survey)
    return survey


def _survey_of_participants(consultation: Consultation) -> Survey:
    survey, _made = Survey.objects.get_or_create(
        consultation=consultation,
        purpose=SurveyPurpose.AFTER,
        defaults={
            "title": _("Jak oceniasz te konsultacje?"),
            "lead": _("Sześć pytań, około dwóch minut. Odpowiedzi są anonimowe, a wyniki publiczne."),
        },
    )
    if not survey.questions.exists():
        SurveyQuestion.objects.bulk_create(
            SurveyQuestion(
                survey=survey,
                position=position,
                kind=question.kind,
                text=question.text,
                options=list(question.options),
                lowest=question.lowest,
                highest=question.highest,
                is_required=question.is_required,
            )
            for position, question in enumerate(law.participants_questions(), start=1)
        )
    return survey


def _open(survey: Survey, *, by: Any, at: datetime) -> None:
    survey.published_at = at
    if survey.purpose == SurveyPurpose.AFTER:
        survey.closes_at = law.survey_ends_at(at, days=days("consultation_survey", on=local_day(at)))
    survey.save(update_fields=["published_at", "closes_at"])
    audit.record(survey, _("Publikacja ankiety"), by=by, at=at, after={"closes_at": survey.closes_at})


# --- answering --------------------------------------------------------------------------------------


@transaction.atomic
def answer_survey(
    survey: Survey, answers: Answers, *, form_key: UUID, at: datetime, link: str = ""
) -> SurveyResponse:
    """Takes one filled-in survey, without a trace of who filled it in. The same form twice is one.

    Raises LawBreached when the survey is closed, an answer is wrong, or the link of the letter was used already.
    """
    survey = Survey.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=survey.pk)
    known = SurveyResponse.objects.filter(form_key=form_key, survey=survey).first()
    if known is not None:
        return known
    if not survey.is_open_at(at):
        raise LawBreached([Breach("R-CNS-05", _("Ta ankieta nie przyjmuje już odpowiedzi."))])
    link_key = salted_hmac(LINK_SALT, link).hexdigest() if link else ""
    if link_key and SurveyResponse.objects.filter(survey=survey, link_key=link_key).exists():
        raise LawBreached(
            [Breach("R-CNS-26", _("Na tę ankietę odpowiedziano już z tego linku. Dziękujemy."))]
        )
    questions = list(survey.questions.all())
    require(answer_breaches(questions, answers))
    response = SurveyResponse.objects.create(
        survey=survey, form_key=form_key, link_key=link_key, received_at=at
    )
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(
            response=response,
            question=question,
            chosen=sorted(set(answers[question.pk].chosen)),
            number=answers[question.pk].number,
            text=answers[question.pk].text.strip(),
        )
        for question in questions
        if question.pk in answers and answers[question.pk].is_given
    )
    return response


def answer_breaches(questions: list[SurveyQuestion], answers: Answers) -> list[Breach]:
    """What is wrong with the answers; each names its field of the form."""
    found = []
    for question in questions:
        problem = law.answer_problem(question_facts(question), answers.get(question.pk, law.AnswerFacts()))
        if problem:
            found.append(Breach("R-CNS-05", problem, f"q{question.pk}"))
    return found


def question_facts(question: SurveyQuestion) -> law.QuestionFacts:
    return law.QuestionFacts(
        kind=question.kind,
        text=question.text,
        options=tuple(question.options),
        lowest=question.lowest,
        highest=question.highest,
        is_required=question.is_required,
    )


@transaction.atomic
def moderate_answers(answers: Any, *, is_shown: bool, by: Any, at: datetime) -> int:
    """Lets words of people onto the page of results, or keeps them off; gives how many. Raises MoveRefused."""
    rows = list(
        SurveyAnswer.objects.select_for_update(of=("self",))
        .filter(pk__in=[answer.pk for answer in answers], question__kind=QuestionKind.TEXT)
        .select_related("question__survey__consultation")
    )
    for consultation in {row.question.survey.consultation for row in rows}:
        _need_desk(by, consultation)
    for row in rows:
        row.is_shown, row.moderated_by, row.moderated_at = is_shown, by, at
    SurveyAnswer.objects.bulk_update(rows, ["is_shown", "moderated_by", "moderated_at"])
    for survey in {row.question.survey for row in rows}:
        count = sum(row.question.survey_id == survey.pk for row in rows)
        verb = _("Pokazanie odpowiedzi na stronie") if is_shown else _("Ukrycie odpowiedzi")
        audit.record(survey, verb, by=by, at=at, after={"count": count})
    return len(rows)


def _need_desk(by: Any, consultation: Consultation) -> None:
    if by is not None and not may_answer(by, consultation):
        raise MoveRefused("may_answer")


def _need_draft(survey: Survey) -> None:
    if survey.is_published:
        text = _(
            "Ankieta jest już opublikowana: pytania się nie zmieniają, żeby wszyscy odpowiadali na te same."
        )
        raise LawBreached([Breach("R-CNS-05", text)])
