"""Surveys: what a question needs, what an answer may be, when results are shown: R-CNS-05, 26."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.common.clock import end_of_day, local_day
from core.legal.rules import Breach, rule

from ..enums import QuestionKind

LONGEST_ANSWER = 2000
MOST_QUESTIONS, MOST_OPTIONS = 30, 20
WITH_OPTIONS = frozenset({QuestionKind.ONE, QuestionKind.MANY})
WIDEST_SCALE = 10


@dataclass(frozen=True)
class QuestionFacts:
    """One question as the desk writes it, or as an answer is judged by."""

    kind: str
    text: str
    options: tuple[str, ...] = ()
    lowest: int | None = None
    highest: int | None = None
    is_required: bool = False


@dataclass(frozen=True)
class AnswerFacts:
    chosen: tuple[int, ...] = ()
    number: Decimal | None = None
    text: str = ""

    @property
    def is_given(self) -> bool:
        return bool(self.chosen) or self.number is not None or bool(self.text.strip())


@rule(
    "R-CNS-05",
    source="formy znane z krakowskich ogłoszeń",
    statement="Formy konsultacji: spotkanie otwarte, warsztat, dyżur, formularz, uwagi pisemne, ankieta, panel, "
    "grupa robocza, spotkanie branżowe, spacer badawczy, punkt w terenie, spotkanie online.",
)
def survey_breaches(questions: Iterable[QuestionFacts]) -> list[Breach]:
    """What keeps a survey from being sent out."""
    rows = list(questions)
    if not rows:
        return [Breach("R-CNS-05", _("Pytania: dodaj co najmniej jedno."), "questions")]
    found = []
    if len(rows) > MOST_QUESTIONS:
        text = _("Pytania: ankieta może mieć najwyżej %(most)d. Krótszą wypełni więcej osób.")
        found.append(Breach("R-CNS-05", text % {"most": MOST_QUESTIONS}, "questions"))
    for number, question in enumerate(rows, start=1):
        found += [
            Breach("R-CNS-05", _("Pytanie %(n)d: %(what)s") % {"n": number, "what": what}, "questions")
            for what in question_problems(question)
        ]
    return found


def question_problems(question: QuestionFacts) -> list[Any]:
    """What is wrong with one question, in words that follow »Pytanie 3:«."""
    found: list[Any] = []
    if not question.text.strip():
        found.append(_("wpisz treść pytania."))
    if question.kind in WITH_OPTIONS:
        known = {option.strip().casefold() for option in question.options}
        if len(question.options) < 2:
            found.append(_("wpisz co najmniej dwie odpowiedzi do wyboru, każdą w osobnym wierszu."))
        elif len(question.options) > MOST_OPTIONS:
            found.append(_("zostaw najwyżej %(most)d odpowiedzi.") % {"most": MOST_OPTIONS})
        elif len(known) < len(question.options):
            found.append(_("odpowiedzi do wyboru nie mogą się powtarzać."))
    low, high = question.lowest, question.highest
    if low is not None and high is not None and low >= high:
        found.append(_("„najmniej” musi być mniejsze niż „najwięcej”."))
    elif question.kind == QuestionKind.SCALE and scale_of(question)[1] - scale_of(question)[0] > WIDEST_SCALE:
        found.append(_("skala może mieć najwyżej %(most)d stopni.") % {"most": WIDEST_SCALE + 1})
    return found


def scale_of(question: QuestionFacts) -> tuple[int, int]:
    """From what to what a scale goes; from 1 to 5 when nothing is said."""
    low = 1 if question.lowest is None else question.lowest
    return low, low + 4 if question.highest is None else question.highest


@rule(
    "R-CNS-05",
    source="formy znane z krakowskich ogłoszeń",
    statement="Formy konsultacji: spotkanie otwarte, warsztat, dyżur, formularz, uwagi pisemne, ankieta, panel, "
    "grupa robocza, spotkanie branżowe, spacer badawczy, punkt w terenie, spotkanie online.",
)
def answer_problem(question: QuestionFacts, answer: AnswerFacts):
    """Why an answer is not taken, and how to mend it; None when it is."""
    if not answer.is_given:
        return _("odpowiedz na to pytanie") if question.is_required else None
    if question.kind in WITH_OPTIONS:
        return _chosen_problem(question, answer)
    if question.kind in (QuestionKind.SCALE, QuestionKind.NUMBER):
        return _number_problem(question, answer)
    if len(answer.text) > LONGEST_ANSWER:
        return _("ma %(length)d znaków, a może mieć %(limit)d. Skróć odpowiedź.") % {
            "length": len(answer.text),
            "limit": LONGEST_ANSWER,
        }
    return None


def _chosen_problem(question: QuestionFacts, answer: AnswerFacts):
    known = range(len(question.options))
    is_one = question.kind == QuestionKind.ONE
    if any(choice not in known for choice in answer.chosen) or (is_one and len(answer.chosen) > 1):
        return _("wybierz odpowiedź z listy")
    return None


def _number_problem(question: QuestionFacts, answer: AnswerFacts):
    if answer.number is None:
        return _("wpisz liczbę, na przykład 12")
    low, high = (
        scale_of(question) if question.kind == QuestionKind.SCALE else (question.lowest, question.highest)
    )
    if low is not None and answer.number < low:
        return _("wpisz liczbę nie mniejszą niż %(low)d") % {"low": low}
    if high is not None and answer.number > high:
        return _("wpisz liczbę nie większą niż %(high)d") % {"high": high}
    return None


_AFTER_RULE = {
    "source": "S000 §1.2.2d, §2.2a",
    "statement": "Po każdych konsultacjach uczestnicy dostają krótką ankietę o nich. Wyniki są publiczne.",
}


@rule("R-CNS-26", **_AFTER_RULE)
def survey_ends_at(published_at: datetime, *, days: int) -> datetime:
    """When the survey of participants closes: whole days after the one of the report."""
    last_day: date = local_day(published_at) + timedelta(days=days)
    return end_of_day(last_day)


@rule("R-CNS-26", **_AFTER_RULE)
def participants_questions() -> list[QuestionFacts]:
    """The same short questions after every consultation, so that units and years can be compared."""
    return [
        _one_to_five(_("Jak oceniasz te konsultacje w całości?"), is_required=True),
        _one_to_five(_("Czy było jasne, o co pytamy i co można zmienić?")),
        _one_to_five(_("Czy odpowiedź na Twoje uwagi była zrozumiała?")),
        QuestionFacts(
            kind=QuestionKind.MANY,
            text=str(_("Jak wzięłaś lub wziąłeś udział?")),
            options=tuple(
                str(option)
                for option in (
                    _("formularz w portalu"),
                    _("spotkanie lub warsztat"),
                    _("dyżur"),
                    _("papier, e-mail albo telefon"),
                )
            ),
        ),
        QuestionFacts(
            kind=QuestionKind.ONE,
            text=str(_("Czy weźmiesz udział w kolejnych konsultacjach?")),
            options=(str(_("tak")), str(_("nie")), str(_("nie wiem"))),
        ),
        QuestionFacts(kind=QuestionKind.TEXT, text=str(_("Co powinniśmy zrobić inaczej następnym razem?"))),
    ]


def _one_to_five(text: Any, *, is_required: bool = False) -> QuestionFacts:
    return QuestionFacts(QuestionKind.SCALE, str(text), lowest=1, highest=5, is_required=is_required)


@dataclass(frozen=True)
class Tally:
    """What a question got: how many answered, how often each option, and the figures of numbers."""

    answered: int = 0
    by_option: dict[int, int] = field(default_factory=dict)

    def percent(self, option: int) -> int:
        return round(100 * self.by_option.get(option, 0) / self.answered) if self.answered else 0

    @property
    def mean(self) -> Decimal | None:
        total = sum(self.by_option.values())
        if not total:
            return None
        mean = Decimal(sum(value * n for value, n in self.by_option.items())) / total
        return mean.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
