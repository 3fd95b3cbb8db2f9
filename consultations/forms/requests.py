"""Forms of requests for a consultation: writing one, supporting one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.accounts.models import validate_person_name
from core.city.models import District, OrganizationalUnit
from core.common.antispam import AntiSpamMixin
from core.common.sanitize import strip_controls

from ..enums import Initiator
from ..models import ConsultationRequest

# »W czyim imieniu« asks for the genitive.
IN_WHOSE_NAME = [
    (Initiator.RESIDENTS.value, _("mieszkanek i mieszkańców")),
    (Initiator.NGO.value, _("organizacji pozarządowej")),
    (Initiator.DISTRICT_COUNCIL.value, _("rady dzielnicy")),
]


class RequestForm(forms.ModelForm):
    """What to consult, why, where, and in whose name."""

    class Meta:
        model = ConsultationRequest
        fields = (
            "title", "subject", "reason", "wanted_forms", "is_citywide", "districts", "initiator", "district_council",
        )  # fmt: skip
        widgets = {
            "subject": forms.Textarea(attrs={"rows": 4}),
            "reason": forms.Textarea(attrs={"rows": 4}),
            "wanted_forms": forms.Textarea(attrs={"rows": 2}),
            "districts": forms.CheckboxSelectMultiple,
            "initiator": forms.RadioSelect,
        }
        help_texts = {
            "title": _("Jedno zdanie, np. „Przebudowa skweru przy ulicy Próbnej”."),
            "subject": _("Pytania, na które mają odpowiedzieć mieszkańcy albo organizacje."),
            "reason": _("Bez danych innych osób: wniosek będzie publiczny."),
            "wanted_forms": _("np. spotkanie na miejscu, spacer badawczy, ankieta"),
            "is_citywide": _("Zostaw puste, gdy sprawa dotyczy wybranych dzielnic."),
        }

    def __init__(self, *args, organization=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.organization = organization
        for name in ("subject", "reason", "wanted_forms"):
            self.fields[name].max_length = 5000
            self.fields[name].validators.append(forms.CharField(max_length=5000).validators[0])
        self.fields["initiator"].choices = IN_WHOSE_NAME
        self.fields["district_council"].required = False
        self.fields["district_council"].empty_label = _("nie dotyczy")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name in ("title", "subject", "reason", "wanted_forms"):
            data[name] = strip_controls(data.get(name) or "")
        if not data.get("is_citywide") and not data.get("districts"):
            self.add_error("districts", _("zaznacz całe miasto albo wybierz co najmniej jedną dzielnicę"))
        who = data.get("initiator")
        if who == Initiator.NGO and not self.organization:
            self.add_error(
                "initiator", _("żeby pisać w imieniu organizacji, wybierz ją najpierw w menu konta")
            )
        if who == Initiator.DISTRICT_COUNCIL and not data.get("district_council"):
            self.add_error("district_council", _("wybierz dzielnicę, której rada składa wniosek"))
        return data

    def save(self, commit=True):
        made = super().save(commit=False)
        is_ngo = made.initiator == Initiator.NGO
        made.organization = self.organization if is_ngo else None
        if made.initiator != Initiator.DISTRICT_COUNCIL:
            made.district_council = None
        return made


class SupportForm(AntiSpamMixin, forms.Form):
    """A person who supports: confirmed by mail, seen by the office only."""

    name = forms.CharField(
        label=_("Imię i nazwisko"),
        max_length=120,
        validators=[validate_person_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Adres e-mail"),
        max_length=254,
        help_text=_("Wyślemy na niego link. Głos liczy się, gdy go potwierdzisz."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    district = forms.ModelChoiceField(
        District.objects.none(),
        label=_("Dzielnica, w której mieszkasz"),
        to_field_name="number",
        empty_label=_("wybierz"),
    )
    wants_answer = forms.BooleanField(label=_("Wyślij mi odpowiedź miasta."), required=False, initial=True)
    field_order = ["name", "email", "district", "wants_answer"]

    def __init__(self, *args, consultation_request: ConsultationRequest, **kwargs):
        super().__init__(*args, **kwargs)
        districts = District.objects.all()
        if not consultation_request.is_citywide:
            districts = consultation_request.districts.all()
            self.fields["district"].help_text = _(
                "Wniosek dotyczy tych dzielnic, więc popierają go ich mieszkańcy."
            )
        self.fields["district"].queryset = districts


class AnswerForm(forms.ModelForm):
    """The desk: who settles it, and the answer that will be public."""

    answer = forms.CharField(
        label=_("Odpowiedź miasta"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Szkic. Będzie publiczna, gdy wniosek przyjmiesz albo mu odmówisz. Napisz, dlaczego."),
    )

    class Meta:
        model = ConsultationRequest
        fields = ("unit",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "answer" in self.fields:
            self.initial["answer"] = self.instance.answer


class ReviewForm(forms.Form):
    """The step that begins the review: which unit settles it."""

    unit = forms.ModelChoiceField(
        OrganizationalUnit.objects.current(), label=_("Jednostka, która rozpatruje"), empty_label=_("wybierz")
    )

    def __init__(self, data, *, asked: ConsultationRequest):
        super().__init__(data, initial={"unit": asked.unit_id})


class SettleForm(forms.Form):
    """The step that accepts or refuses: the answer as it goes out, to be read once more and corrected."""

    answer = forms.CharField(
        label=_("Odpowiedź miasta"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Ten tekst będzie publiczny i pójdzie w wiadomościach. Sprawdź, czy pasuje do decyzji."),
    )

    def __init__(self, data, *, asked: ConsultationRequest):
        super().__init__(data, initial={"answer": asked.answer})
