"""Forms that start a draft, and hints beside the fields of the notice."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.city.models import OrganizationalUnit
from core.city.scope import own_units
from core.common import formats
from core.common.clock import today
from core.common.form_fields import DayField

from .. import law
from ..enums import FormKind, Regime, StageKind
from ..models import Consultation, ConsultationTemplate, parameters_on
from ..permissions import EDITORS
from .notice import LinesField


class StartForm(forms.Form):
    """The title and the unit of a new draft."""

    title = forms.CharField(label=gettext_lazy("Tytuł"), max_length=500)
    unit = forms.ModelChoiceField(
        OrganizationalUnit.objects.none(),
        label=gettext_lazy("Jednostka odpowiedzialna"),
        empty_label=gettext_lazy("wybierz"),
    )

    def __init__(self, *args, user: Any, **kwargs):
        super().__init__(*args, **kwargs)
        units = own_units(user, *EDITORS).filter(active_to="", successor=None)
        self.fields["unit"].queryset = units
        if len(units[:2]) == 1:
            self.initial.setdefault("unit", units[0].pk)


class FromTemplateForm(StartForm):
    """Which template, and the first day; the other days follow from the law."""

    template = forms.ModelChoiceField(
        ConsultationTemplate.objects.filter(is_active=True), label=gettext_lazy("Szablon"), widget=forms.RadioSelect,
        empty_label=None,
    )  # fmt: skip
    starts_on = DayField(
        label=gettext_lazy("Początek"),
        required=False,
        help_text=gettext_lazy(
            "Policzymy z niego kampanię i najwcześniejszy koniec. Możesz go podać później."
        ),
    )
    field_order = ["template", "title", "unit", "starts_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["template"].label_from_instance = lambda row: (
            f"{row.name}. {row.hint}" if row.hint else row.name
        )


class TemplateForm(forms.ModelForm):
    """A template on the desk. Its fields are those that the admin names."""

    regimes = forms.MultipleChoiceField(
        label=gettext_lazy("Z kim"), choices=Regime.choices, widget=forms.CheckboxSelectMultiple
    )
    stages = forms.MultipleChoiceField(
        label=gettext_lazy("Etapy"),
        choices=StageKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    form_kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Formy"),
        choices=FormKind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Co najmniej trzy, w tym spotkanie otwarte albo warsztat."),
    )
    legal_bases = LinesField(
        label=gettext_lazy("Podstawy prawne"),
        required=False,
        help_text=gettext_lazy("Każda w osobnym wierszu."),
    )

    def clean_form_kinds(self) -> list[str]:
        """A template that could not be announced would teach the wrong standard."""
        kinds = self.cleaned_data["form_kinds"]
        found = law.kind_breaches(kinds, wanted=parameters_on(today()).forms)
        if found:
            raise forms.ValidationError([breach.message for breach in found])
        return kinds


def explain_dates(fields: dict[str, forms.Field], consultation: Consultation) -> None:
    """Writes beside the days what the law makes of them (R-CNS-03, 20)."""
    if "starts_on" not in fields:
        return
    starts_on = consultation.starts_on
    parameters = parameters_on(starts_on or today())
    campaign = _("Co najmniej %(n)s przed początkiem.") % {
        "n": formats.counted(parameters.campaign_days, _("dzień|dni|dni"))
    }
    shortest = law.shortest_period(consultation.regimes or [Regime.RESIDENTS.value], parameters)
    end = _("Konsultacje trwają co najmniej %(n)s.") % {"n": formats.counted(shortest, _("dzień|dni|dni"))}
    if starts_on:
        latest = law.latest_campaign_start(starts_on, campaign_days=parameters.campaign_days)
        campaign += " " + _("Przy tym początku najpóźniej: %(day)s.") % {
            "day": formats.day_with_weekday(latest)
        }
        first_end = law.earliest_end(starts_on, consultation.regimes or [Regime.RESIDENTS.value], parameters)
        end += " " + _("Przy tym początku najwcześniej: %(day)s.") % {
            "day": formats.day_with_weekday(first_end)
        }
    for name, text in (("campaign_from", campaign), ("ends_on", end)):
        if name in fields:
            fields[name].help_text = text
