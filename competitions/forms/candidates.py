"""Shapes of input of the pool: applying, naming somebody, agreeing (R-CALL-30)."""

import re
from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.city.models import TaskSphere
from organizations.models import Organization

from ..actions.committee import Profile
from ..models import Call

KRS = re.compile(r"\d{1,10}")


class KrsListField(forms.CharField):
    """Organisations by their KRS numbers, one in each line."""

    widget = forms.Textarea

    def clean(self, value):
        numbers = re.split(r"[\s,;]+", super().clean(value).strip())
        return [self._found(number) for number in numbers if number]

    def _found(self, number: str) -> Organization:
        known = (
            KRS.fullmatch(number) and Organization.objects.published().filter(krs=number.zfill(10)).first()
        )
        if not known:
            message = _now("nie ma w bazie organizacji o numerze KRS %(number)s, popraw go albo usuń")
            raise forms.ValidationError(message % {"number": number[:20]})
        return known


class ProfileForm(forms.Form):
    full_name = forms.CharField(label=_("Imię i nazwisko"), max_length=200)
    phone = forms.CharField(label=_("Telefon"), max_length=60, required=False)
    spheres = forms.ModelMultipleChoiceField(
        TaskSphere.objects.none(),
        label=_("Sfery, w których możesz oceniać"),
        widget=forms.CheckboxSelectMultiple,
    )
    experience = forms.CharField(
        label=_("Doświadczenie"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args, call: Call | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["spheres"].queryset = TaskSphere.objects.order_by("pk")
        if call is not None:
            del self.fields["spheres"]

    def profile(self) -> Profile:
        data = self.cleaned_data
        return Profile(
            full_name=data["full_name"],
            phone=data["phone"],
            experience=data["experience"],
            spheres=data.get("spheres") or [],
            organizations=data.get("memberships") or [],
            has_full_rights=data.get("has_full_rights", False),
            has_consented=data.get("has_consented", False),
        )


class Statements(forms.Form):
    """What the person itself declares."""

    memberships = KrsListField(
        label=_("Inne organizacje, w których działasz (numery KRS)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Każdy numer w nowej linii. Nie pokażemy Ci ofert tych organizacji."),
    )
    has_full_rights = forms.BooleanField(
        label=_("Oświadczam, że mam obywatelstwo polskie i korzystam z pełni praw publicznych"),
        required=False,
    )
    has_consented = forms.BooleanField(
        label=_("Zgadzam się na przetwarzanie moich danych, aby miasto mogło powołać mnie do komisji"),
        required=False,
    )


class ApplyForm(Statements, ProfileForm):
    naming_organization = forms.ModelChoiceField(
        Organization.objects.none(),
        label=_("Organizacja, która Cię wskazuje"),
        required=False,
        empty_label=_("żadna, zgłaszam się sama lub sam"),
    )
    field_order = [
        "full_name",
        "phone",
        "naming_organization",
        "spheres",
        "experience",
        "memberships",
        "has_full_rights",
        "has_consented",
    ]

    def __init__(self, *args, organizations: Iterable[Organization] = (), **kwargs):
        super().__init__(*args, **kwargs)
        own = [one.pk for one in organizations]
        self.fields["naming_organization"].queryset = Organization.objects.filter(pk__in=own)
        if not own:
            del self.fields["naming_organization"]


class NameForm(ProfileForm):
    """An NGO names a person, who agrees later."""

    email = forms.EmailField(
        label=_("Adres e-mail tej osoby"),
        help_text=_("Wyślemy na niego prośbę o zgodę. Bez zgody nic się nie stanie."),
    )
    field_order = ["full_name", "email", "phone", "spheres", "experience"]
