"""Shapes of input: a public question, a change of a notice."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.common.fields import RichTextField
from core.common.form_fields import DayField, MomentField, MoneyField
from core.common.sanitize import text_of
from core.documents.enums import Place

from .actions.announcing import Publication
from .enums import Form
from .models import Call, CallQuestion

HREF = re.compile(r'href="([^"]*)"')
PLACES = (Place.BIP, Place.NOTICE_BOARD, Place.WEBSITE)


class QuestionForm(forms.ModelForm):
    """A question of an offeror; nobody is named when it is published."""

    class Meta:
        model = CallQuestion
        fields = ["text"]
        labels = {"text": _("Twoje pytanie")}
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "text": _(
                "Najwyżej 1500 znaków. Nie wpisuj nazwisk ani nazwy organizacji: pytanie będzie publiczne."
            )
        }


class AnswerForm(forms.ModelForm):
    class Meta:
        model = CallQuestion
        fields = ["answer"]
        widgets = {"answer": forms.Textarea(attrs={"rows": 8})}


class ChangeForm(forms.ModelForm):
    """A change of a published notice: what is new, why, and where the change was published."""

    offers_due_at = MomentField(label=_("Termin składania ofert"), required=False)
    questions_until = MomentField(label=_("Pytania do"), required=False)
    budget_total = MoneyField(label=_("Pula środków"), required=False)
    min_grant = MoneyField(label=_("Najniższa dotacja"), required=False)
    max_grant = MoneyField(label=_("Najwyższa dotacja"), required=False)
    results_planned_on = DayField(label=_("Planowany dzień wyników"), required=False)
    formal_review_until = DayField(label=_("Ocena formalna do"), required=False)
    merit_review_until = DayField(label=_("Ocena merytoryczna do"), required=False)
    form = forms.ChoiceField(label=_("Forma"), choices=Form.choices)
    reason = forms.CharField(
        label=_("Powód zmiany"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Będzie widoczny publicznie i w wiadomości do osób, które obserwują konkurs."),
    )
    is_substantive = forms.BooleanField(
        label=_("To zmiana istotna: czas na oferty biegnie od nowa"),
        required=False,
        help_text=_(
            "Zmianę kwot, warunków, formy, miejsca lub czasu zadania uznajemy za istotną bez zaznaczania."
        ),
    )

    class Meta:
        model = Call
        fields = [
            "title",
            "form",
            "offers_due_at",
            "questions_until",
            "budget_total",
            "budget_note",
            "min_grant",
            "max_grant",
            "offers_per_applicant",
            "task_from",
            "task_to",
            "place",
            "plain_summary",
            "goal",
            "eligibility",
            "conditions",
            "accessibility",
            "selection_procedure",
            "minimum_score",
            "submission_system",
            "submission_url",
            "contact",
            "formal_review_until",
            "merit_review_until",
            "results_planned_on",
            "information_clause",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if type(field.widget) is forms.Textarea:
                field.widget.attrs["rows"] = 3
        for place in PLACES:
            self.fields[f"{place}_on"] = DayField(
                label=_("%(place)s: dnia") % {"place": place.label}, required=False
            )
            self.fields[f"{place}_where"] = forms.CharField(
                label=_("%(place)s: adres strony albo miejsce") % {"place": place.label},
                required=False,
                max_length=500,
            )

    def changes(self) -> dict[str, Any]:
        """New values of the fields that were changed on the page, not of those a browser only wrote its own way."""
        new = {name: self.cleaned_data[name] for name in self.changed_data if name in self.Meta.fields}
        return {
            name: _with_plain_lines(value) for name, value in new.items() if not self._is_same(name, value)
        }

    def _is_same(self, name: str, value: Any) -> bool:
        old = self.initial.get(name)
        if isinstance(Call._meta.get_field(name), RichTextField):
            return _words(old or "") == _words(value)
        return _with_plain_lines(value) == old

    def publications(self) -> list[Publication]:
        """The places that have a day."""
        return [self._publication(place) for place in PLACES if self.cleaned_data.get(f"{place}_on")]

    def _publication(self, place: Place) -> Publication:
        where = self.cleaned_data[f"{place}_where"]
        is_address = place != Place.NOTICE_BOARD
        return Publication(
            place=place,
            published_on=self.cleaned_data[f"{place}_on"],
            url=where if is_address else "",
            location="" if is_address else where,
        )


def _with_plain_lines(value: Any) -> Any:
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _words(html: str) -> tuple[list[str], list[str]]:
    """What rich text says and where its links lead, whatever elements an editor wraps it in."""
    return text_of(html).split(), HREF.findall(html)
