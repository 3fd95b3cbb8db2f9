"""Notices of the partner finder and answers to them."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from core.city.models import District, TaskSphere
from core.common.clock import today
from core.common.form_fields import DayField

from .. import law
from ..enums import PartnerKind, TargetGroup
from ..models import PartnerNotice

USUAL_DAYS = 60


class PartnerNoticeForm(forms.ModelForm):
    """What an organisation seeks or offers for joint offers."""

    kind = forms.ChoiceField(label=_("Rodzaj"), choices=PartnerKind.choices, widget=forms.RadioSelect)
    sphere = forms.ModelChoiceField(
        label=_("Sfera zadań publicznych"),
        queryset=TaskSphere.objects.defer("note", "range_quotes"),
        empty_label=_("wybierz"),
    )
    target_group = forms.ChoiceField(
        label=_("Dla kogo zadanie"), choices=[("", _("nie określamy")), *TargetGroup.choices], required=False
    )
    district = forms.ModelChoiceField(
        label=_("Dzielnica"),
        queryset=District.objects.defer("outline", "localities"),
        empty_label=_("całe miasto"),
        required=False,
    )
    valid_until = DayField(
        label=_("Ważne do"), help_text=_("Najwyżej pół roku. Tydzień przed końcem przypomnimy.")
    )

    class Meta:
        model = PartnerNotice
        fields = ["kind", "title", "text", "sphere", "target_group", "district", "valid_until"]
        labels = {"title": _("Tytuł"), "text": _("Opis")}
        help_texts = {
            "title": _("Na przykład: szukamy organizacji z salą w Nowej Hucie."),
            "text": _(
                "Jakie zadanie, co wnosicie, czego potrzebujecie. Nie podawaj adresów ani telefonów: odpowiedzi przychodzą przez portal."
            ),
        }
        widgets = {"text": forms.Textarea({"rows": 5})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial.setdefault("valid_until", today() + timedelta(days=USUAL_DAYS))

    def clean_valid_until(self):
        day = self.cleaned_data["valid_until"]
        for breach in law.partner_notice_breaches(day, on=today()):
            raise forms.ValidationError(breach.message)
        return day

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in self._meta.fields}

    def _post_clean(self) -> None:
        """The rules of the columns are checked on a copy: a form that fails leaves nothing in the instance."""
        kept = self.instance
        self.instance = PartnerNotice()
        super()._post_clean()
        self.instance = kept


class AnswerForm(forms.Form):
    """A letter to who wrote the notice."""

    text = forms.CharField(
        label=_("Wiadomość"),
        max_length=2000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_(
            "Wyślemy ją osobom, które działają w tej organizacji, z nazwą Twojej organizacji i jej publicznym adresem e-mail. Twojego adresu nie pokażemy."
        ),
    )
