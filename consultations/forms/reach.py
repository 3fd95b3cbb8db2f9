"""Whom to invite, and which dialogue bodies to tell."""

from typing import Any

from django import forms
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from core.city.models import District, TaskSphere
from core.notifications.audiences import options

from ..actions import Choice
from ..actions.reach import BODIES
from ..models import Consultation

SALT = "consultations.invitations.seen"


class InviteForm(forms.Form):
    """Organisations by sphere and district; nothing is sent before the list of recipients was seen."""

    consultation = forms.ModelChoiceField(
        Consultation.objects.none(), label=_("Konsultacje"), empty_label=_("wybierz")
    )
    is_everybody = forms.BooleanField(
        label=_("Wszystkie organizacje z bazy"),
        required=False,
        help_text=_("Wtedy sfery i dzielnice nie mają znaczenia."),
    )
    spheres = forms.ModelMultipleChoiceField(
        TaskSphere.objects.exclude(label=""),  # a bare number of a point tells nobody what it is
        label=_("Sfery zadań"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Puste: każda sfera."),
    )
    districts = forms.ModelMultipleChoiceField(
        District.objects.all(),
        label=_("Dzielnice siedziby"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Puste: każda dzielnica."),
    )
    message = forms.CharField(
        label=_("Słowo od jednostki"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Dwa–trzy zdania: dlaczego zdanie tych organizacji jest ważne."),
    )

    def __init__(self, *args, consultations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["consultation"].queryset = consultations

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not (data.get("is_everybody") or data.get("spheres") or data.get("districts")):
            self.add_error("spheres", _("wybierz sfery albo dzielnice, albo zaznacz wszystkie organizacje"))
        return data

    @property
    def choice(self) -> Choice:
        data = self.cleaned_data
        return Choice(tuple(data["spheres"]), tuple(data["districts"]), data["is_everybody"])

    @property
    def digest(self) -> str:
        """Signs what the list of recipients and the letter were made of: only what was seen is sent."""
        choice, data = self.choice, self.cleaned_data
        rows = [sorted(row.pk for row in part) for part in (choice.spheres, choice.districts)]
        return salted_hmac(
            SALT, repr([data["consultation"].pk, rows, choice.is_everybody, data["message"]])
        ).hexdigest()


class TellBodiesForm(forms.Form):
    """Further dialogue bodies to be told of a consultation."""

    bodies = forms.MultipleChoiceField(label=_("Ciała dialogu"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bodies"].choices = options(BODIES)
