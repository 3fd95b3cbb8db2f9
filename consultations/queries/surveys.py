"""What the answers to a survey add up to. Nothing here knows a person: there is none in the rows."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Func, IntegerField, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _

from core.common import formats
from core.common.exports import Column

from ..enums import QuestionKind
from ..law.surveys import Tally
from ..models import Survey, SurveyAnswer, SurveyQuestion

TEXTS_SHOWN = 200


@dataclass(frozen=True)
class Line:
    """One row of a table of results: a possible answer, how many gave it, which share."""

    label: str
    count: int
    percent: int


@dataclass(frozen=True)
class Result:
    """What one question got."""

    question: SurveyQuestion
    answered: int
    lines: tuple[Line, ...] = ()
    figures: tuple[tuple[Any, str], ...] = ()
    texts: tuple[str, ...] = ()
    texts_total: int = 0


def results_of(
    survey: Survey, *, with_unread: bool = False, most_texts: int | None = TEXTS_SHOWN
) -> list[Result]:
    """Every question with its figures: five queries, however many have answered.

    ``with_unread`` is for the desk; everybody else reads only the words that were let through. Of words each
    question shows the newest ``most_texts``; a file takes all of them (None).
    """
    questions = list(survey.questions.all())
    answers = SurveyAnswer.objects.filter(response__survey=survey).order_by()
    answered = dict(answers.values_list("question").annotate(n=Count("pk")))
    by_option = _counted(
        answers.annotate(option=Func(F("chosen"), function="unnest", output_field=IntegerField()))
        .values_list("question", "option")
        .annotate(n=Count("pk"))
    )
    by_number = _counted(
        answers.exclude(number=None).values_list("question", "number").annotate(n=Count("pk"))
    )
    texts = _texts(answers if with_unread else answers.filter(is_shown=True), most_texts)
    return [
        _result(question, answered.get(question.pk, 0), by_option, by_number, texts) for question in questions
    ]


def _counted(rows) -> dict[int, dict[Any, int]]:
    found: dict[int, dict[Any, int]] = defaultdict(dict)
    for question, value, n in rows:
        found[question][value] = n
    return found


def _texts(answers, most: int | None) -> dict[int, list[tuple[str, int]]]:
    """The newest words of each question, each with the number of all of them."""
    of_question = {"partition_by": F("question")}
    rows = answers.exclude(text="").annotate(
        place=Window(RowNumber(), order_by=F("pk").desc(), **of_question),
        total=Window(Count("pk"), **of_question),
    )
    if most is not None:
        rows = rows.filter(place__lte=most)
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for question, text, total in rows.order_by("-pk").values_list("question", "text", "total"):
        found[question].append((text, total))
    return found


def _result(question: SurveyQuestion, answered: int, by_option, by_number, texts) -> Result:
    if question.kind in (QuestionKind.ONE, QuestionKind.MANY):
        tally = Tally(answered, by_option.get(question.pk, {}))
        return Result(question, answered, lines=_lines(tally, enumerate(question.options)))
    if question.kind == QuestionKind.SCALE:
        tally = Tally(answered, {int(value): n for value, n in by_number.get(question.pk, {}).items()})
        steps = ((step, str(step)) for step in question.steps)
        return Result(question, answered, lines=_lines(tally, steps), figures=_mean(tally.mean))
    if question.kind == QuestionKind.NUMBER:
        return Result(question, answered, figures=_figures(by_number.get(question.pk, {})))
    found = texts.get(question.pk, [])
    return Result(
        question,
        answered,
        texts=tuple(text for text, _total in found),
        texts_total=found[0][1] if found else 0,
    )


def _lines(tally: Tally, options) -> tuple[Line, ...]:
    return tuple(Line(label, tally.by_option.get(value, 0), tally.percent(value)) for value, label in options)


def _mean(mean) -> tuple[tuple[Any, str], ...]:
    return () if mean is None else ((_("średnia"), formats.number(mean, 1)),)


def _figures(counts: dict[Any, int]) -> tuple[tuple[Any, str], ...]:
    if not counts:
        return ()
    values = sorted(value for value, n in counts.items() for _time in range(n))
    middle = values[(len(values) - 1) // 2]
    mean = Tally(len(values), dict(counts)).mean
    named = [(_("najmniej"), values[0]), (_("wartość środkowa"), middle), (_("największa"), values[-1])]
    return tuple((label, _figure(value)) for label, value in named) + _mean(mean)


def _figure(value: Decimal) -> str:
    return formats.number(value, 0 if value == value.to_integral_value() else 2)


@dataclass(frozen=True)
class ResultRow:
    """One line of the file of results."""

    question: str
    answer: str
    count: int | None
    percent: int | None


RESULT_COLUMNS = [
    Column("question", _("Pytanie"), lambda r: r.question, "Treść pytania"),
    Column("answer", _("Odpowiedź"), lambda r: r.answer, "Odpowiedź do wyboru, miara albo własne słowa"),
    Column("count", _("Liczba"), lambda r: r.count, "Ile osób tak odpowiedziało"),
    Column(
        "percent", _("Procent"), lambda r: r.percent, "Udział wśród tych, którzy odpowiedzieli na pytanie"
    ),
]


def result_rows(results: list[Result]) -> Iterator[ResultRow]:
    """The results as a flat table; of words only those that everybody may read."""
    for result in results:
        text = result.question.text
        for line in result.lines:
            yield ResultRow(text, line.label, line.count, line.percent)
        for label, value in result.figures:
            yield ResultRow(text, f"{label}: {value}", None, None)
        for said in result.texts:
            yield ResultRow(text, said, None, None)
