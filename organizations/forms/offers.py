"""What an organisation offers residents."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import OfferKind
from ..models import ResidentOffer
from .fields import NO_YES


class OfferForm(forms.ModelForm):
    """One offer for residents."""

    kind = forms.ChoiceField(label=_("Rodzaj"), choices=[("", _("wybierz")), *OfferKind.choices])
    is_free = forms.TypedChoiceField(
        label=_("Bezpłatnie"), choices=NO_YES, coerce=lambda v: v == "True", empty_value=None, required=False
    )
    requires_booking = forms.TypedChoiceField(
        label=_("Trzeba się zapisać"),
        choices=NO_YES,
        coerce=lambda v: v == "True",
        empty_value=None,
        required=False,
    )

    class Meta:
        model = ResidentOffer
        fields = ["title", "kind", "description", "when", "place", "is_free", "requires_booking", "url"]
        labels = {
            "title": _("Co oferujecie"),
            "description": _("Opis"),
            "when": _("Kiedy"),
            "place": _("Gdzie"),
            "url": _("Strona z opisem"),
        }
        widgets = {"description": forms.Textarea({"rows": 3})}


class _OfferFormSet(forms.BaseModelFormSet):
    def rows(self) -> list[dict[str, Any]]:
        """What was typed, in order, without what is to be deleted."""
        kept = [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        return [{name: form.cleaned_data[name] for name in OfferForm._meta.fields} for form in kept]


OfferFormSet = forms.modelformset_factory(
    ResidentOffer, OfferForm, formset=_OfferFormSet, extra=1, max_num=20, validate_max=True, can_delete=True
)
