"""Shapes of input of everybody: a question, a remark on a draft, the fit check, a saved search."""

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.city.models import District
from core.common.antispam import AntiSpamMixin
from core.common.form_fields import MoneyField
from organizations.enums import LegalForm

from .. import law
from ..enums import Alert
from ..filters import sphere_choices
from ..models import CallQuestion, DraftReview

BOXES = forms.CheckboxSelectMultiple


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


class DraftRemarkForm(AntiSpamMixin, forms.Form):
    """A remark of anybody on a draft; the address is only for the receipt and the answer."""

    paragraph = forms.ModelChoiceField(
        None,
        label=_("Czego dotyczy uwaga"),
        required=False,
        empty_label=_("uwaga ogólna, do całości"),
        to_field_name="number",
    )
    text = forms.CharField(
        label=_("Uwaga"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Napisz, co zmienić i dlaczego. Uwaga będzie publiczna, więc nie podawaj danych osób."),
        error_messages={"required": _("napisz, co zmienić i dlaczego")},
    )
    organization_name = forms.CharField(
        label=_("Organizacja"),
        required=False,
        max_length=300,
        help_text=_("Jeśli piszesz w imieniu organizacji. Nazwę opublikujemy przy uwadze."),
    )
    email = forms.EmailField(
        label=_("Adres e-mail"),
        required=False,
        max_length=254,
        help_text=_("Jeśli chcesz dostać numer uwagi i odpowiedź. Adresu nie publikujemy."),
    )
    form_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, review: DraftReview, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paragraph"].queryset = review.paragraphs.all()
        self.fields["paragraph"].label_from_instance = lambda p: f"{p.number}. {p.section}: {p.text[:60]}"
        self.fields["form_key"].initial = uuid.uuid4


YES_NO = [("", _("nie wiem")), ("tak", _("tak")), ("nie", _("nie"))]


class FitForm(forms.Form):
    """A few questions; each may be left open. The answers stand in the address, nothing is stored."""

    forma = forms.ChoiceField(
        label=_("Forma prawna"), required=False, choices=[("", _("nie podaję")), *LegalForm.choices]
    )
    sfera = forms.MultipleChoiceField(label=_("W jakich sferach działacie"), required=False, widget=BOXES)
    opp = forms.ChoiceField(
        label=_("Macie status organizacji pożytku publicznego (OPP)?"),
        required=False,
        choices=YES_NO,
        widget=forms.RadioSelect,
    )
    dzielnica = forms.MultipleChoiceField(
        label=_("W których dzielnicach możecie działać"),
        required=False,
        widget=BOXES,
        help_text=_("Nie zaznaczaj niczego, jeśli w całym mieście."),
    )
    kwota = MoneyField(label=_("Ilu złotych dotacji potrzebujecie"), required=False)
    wklad = forms.DecimalField(
        label=_("Ile kosztów pokryjecie sami (%)"),
        required=False,
        min_value=0,
        max_value=100,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "w-m"}),
        help_text=_("Pieniądze, praca wolontariuszek i wolontariuszy, rzeczy i lokal."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sfera"].choices = sphere_choices()
        self.fields["dzielnica"].choices = [
            (str(number), name) for number, name in District.objects.values_list("number", "full_name")
        ]

    def applicant(self) -> law.Applicant:
        data = self.cleaned_data
        return law.Applicant(
            legal_form=data["forma"],
            has_opp={"tak": True, "nie": False}.get(data["opp"]),
            spheres=frozenset(data["sfera"]),
            districts=frozenset(int(number) for number in data["dzielnica"]),
            wanted=data["kwota"],
            own_percent=None if data["wklad"] is None else Decimal(data["wklad"]),
        )


class SearchForm(forms.Form):
    """The name of a saved search, how often it writes, and whether the organisation sees it."""

    name = forms.CharField(label=_("Nazwa"), max_length=120)
    alert = forms.ChoiceField(
        label=_("Kiedy mamy pisać"), choices=Alert.choices, initial=Alert.NOW, widget=forms.RadioSelect
    )
    is_shared = forms.BooleanField(label=_("Pokaż osobom z mojej organizacji"), required=False)
    is_active = forms.BooleanField(label=_("Wysyłaj wiadomości"), required=False)

    def __init__(self, *args, organization: Any = None, is_known: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.organization = organization
        if not organization:
            del self.fields["is_shared"]
        if not is_known:
            del self.fields["is_active"]

    def words(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "name": data["name"],
            "alert": data["alert"],
            "organization": self.organization if data.get("is_shared") else None,
        }
