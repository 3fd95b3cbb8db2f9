"""Forms of the desk of remarks: another unit, a group, covered words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.city.models import OrganizationalUnit
from core.common.form_fields import DayField

from .. import law
from ..enums import RedactionReason
from ..models import Remark
from ..permissions import answering_units

TEXTS = ("part", "current_wording", "proposed_wording", "justification")


class AssignmentForm(forms.Form):
    """Which unit answers, by when, and what it is asked."""

    unit = forms.ModelChoiceField(label=_("Komórka"), queryset=OrganizationalUnit.objects.none())
    due_on = DayField(label=_("Odpowiedź do"))
    note = forms.CharField(
        label=_("O co prosimy"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dopiszemy to do wiadomości."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = answering_units()


class GroupForm(forms.Form):
    """What the chosen remarks have in common."""

    subject = forms.CharField(
        label=_("O co proszą"),
        max_length=200,
        required=False,
        help_text=_("Widzi to tylko urząd. Puste: początek pierwszej uwagi."),
    )


class CoverForm(forms.Form):
    """Which words of a remark are covered, and why. What looks like data of a person is offered to be ticked."""

    suggested = forms.MultipleChoiceField(
        label=_("Portal podpowiada"), required=False, widget=forms.CheckboxSelectMultiple
    )
    fragments = forms.CharField(
        label=_("Inne słowa"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Przepisz je z uwagi, każdy fragment w osobnym wierszu, np. Jan Kowalski."),
    )
    reason = forms.ChoiceField(label=_("Powód"), choices=[("", _("wybierz")), *RedactionReason.choices])

    def __init__(self, *args, remark: Remark, **kwargs):
        super().__init__(*args, **kwargs)
        found = [one for name in TEXTS for one in law.suspicious(getattr(remark, name))]
        choices = {one.fragment: f"{one.fragment} ({RedactionReason(one.reason).label})" for one in found}
        self.fields["suggested"].choices = list(choices.items())
        if not choices:
            del self.fields["suggested"]

    @property
    def chosen(self) -> list[str]:
        data = self.cleaned_data
        return [*data.get("suggested", []), *filter(None, map(str.strip, data["fragments"].splitlines()))]
