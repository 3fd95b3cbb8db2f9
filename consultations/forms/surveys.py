"""A survey as a form, and the desk's own form of a question."""

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.common.antispam import AntiSpamMixin

from ..enums import QuestionKind
from ..law.surveys import LONGEST_ANSWER, AnswerFacts
from ..models import Survey, SurveyQuestion
from .fields import PlainTextField
from .notice import LinesField

LARGEST = Decimal(10) ** 11


class AnswersForm(AntiSpamMixin, forms.Form):
    """The questions of a survey, each a field; ``form_key`` makes a second click harmless."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    link = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)

    def __init__(self, *args, questions: list[SurveyQuestion], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form_key"].initial = uuid.uuid4
        self.questions = questions
        for question in questions:
            self.fields[field_name(question)] = FIELDS[QuestionKind(question.kind)](question)

    @property
    def answers(self) -> dict[int, AnswerFacts]:
        return {
            question.pk: _answer(question, self.cleaned_data.get(field_name(question)))
            for question in self.questions
        }


def field_name(question: SurveyQuestion) -> str:
    return f"q{question.pk}"


def _common(question: SurveyQuestion) -> dict[str, Any]:
    return {"label": question.text, "help_text": question.hint, "required": question.is_required}


def _options(question: SurveyQuestion) -> list[tuple[str, str]]:
    return [(str(number), option) for number, option in enumerate(question.options)]


def _one(question: SurveyQuestion) -> forms.Field:
    return forms.ChoiceField(choices=_options(question), widget=forms.RadioSelect, **_common(question))


def _many(question: SurveyQuestion) -> forms.Field:
    return forms.MultipleChoiceField(
        choices=_options(question), widget=forms.CheckboxSelectMultiple, **_common(question)
    )


def _scale(question: SurveyQuestion) -> forms.Field:
    choices = [(str(step), str(step)) for step in question.steps]
    field = forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **_common(question))
    ends = _("%(low)d: najgorzej, %(high)d: najlepiej") % {
        "low": question.steps[0],
        "high": question.steps[-1],
    }
    field.help_text = question.hint or ends
    return field


def _number(question: SurveyQuestion) -> forms.Field:
    return forms.DecimalField(
        min_value=question.lowest if question.lowest is not None else -LARGEST,
        max_value=question.highest if question.highest is not None else LARGEST,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        **_common(question),
    )


def _text(question: SurveyQuestion) -> forms.Field:
    return PlainTextField(rows=4, longest=LONGEST_ANSWER, **_common(question))


FIELDS = {
    QuestionKind.ONE: _one,
    QuestionKind.MANY: _many,
    QuestionKind.SCALE: _scale,
    QuestionKind.NUMBER: _number,
    QuestionKind.TEXT: _text,
}


def _answer(question: SurveyQuestion, value: Any) -> AnswerFacts:
    if value in (None, "", []):
        return AnswerFacts()
    if question.kind == QuestionKind.ONE:
        return AnswerFacts(chosen=(int(value),))
    if question.kind == QuestionKind.MANY:
        return AnswerFacts(chosen=tuple(int(choice) for choice in value))
    if question.kind == QuestionKind.TEXT:
        return AnswerFacts(text=value)
    return AnswerFacts(number=Decimal(value))


class SurveyDeskForm(forms.ModelForm):
    """The desk's survey during a consultation; the one of participants is made with the report."""

    class Meta:
        model = Survey
        fields = ["consultation", "title", "lead"]


class QuestionDeskForm(forms.ModelForm):
    """A question; its possible answers one per line."""

    options = LinesField(
        label=_("Odpowiedzi do wyboru"),
        required=False,
        help_text=_("Każda w osobnym wierszu. Tylko dla pytań z wyborem."),
    )

    class Meta:
        model = SurveyQuestion
        fields = ["position", "kind", "text", "hint", "options", "lowest", "highest", "is_required"]
