"""The form of remarks (R-CNS-13): who sends, and as many rows as wanted, without JavaScript."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.accounts.models import validate_person_name
from core.city.models import District
from core.common.antispam import AntiSpamMixin

from .. import law
from ..actions import RemarkText, Sender
from ..enums import RespondentType
from ..models import Consultation, DocumentPoint
from .fields import FilesField, PlainTextField

MAX_ROWS = 50


def _text(label: Any, *, rows: int, required: bool = False, hint: Any = "") -> forms.CharField:
    return PlainTextField(label=label, required=required, rows=rows, help_text=hint)


class RemarkForm(forms.Form):
    """One remark: to a point of the document, or general."""

    remark_id = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=2**62)
    part = forms.CharField(
        label=_("Część dokumentu"),
        required=False,
        max_length=100,
        help_text=_("np. § 3 ust. 1; puste pole to uwaga ogólna"),
    )
    proposed_wording = _text(_("Twoja uwaga albo propozycja zmiany"), rows=4, required=True)
    current_wording = _text(_("Obecne brzmienie"), rows=2, hint=_("Wklej zdanie, które chcesz zmienić."))
    justification = _text(_("Uzasadnienie"), rows=3)

    def __init__(self, *args, points: Sequence[DocumentPoint] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["proposed_wording"].error_messages["required"] = _("napisz, co proponujesz")
        if points:
            label = self.fields["part"].label
            choices = part_choices(points, self.initial.get("part", ""))
            self.fields["part"] = forms.ChoiceField(label=label, required=False, choices=choices)
            self.fields["part"].error_messages["invalid_choice"] = _(
                "tego punktu nie ma już w dokumencie, wybierz inny"
            )
        self.numbers = {point.key: point.number for point in points}

    @property
    def as_text(self) -> RemarkText:
        data = self.cleaned_data
        return RemarkText(
            proposed_wording=data["proposed_wording"],
            part=self.numbers.get(data["part"], data["part"]),
            current_wording=data["current_wording"],
            justification=data["justification"],
            remark_id=data["remark_id"],
        )


def part_choices(points: Sequence[DocumentPoint], own: str = "") -> list[tuple[str, Any]]:
    """The points of the document by their addresses, a general remark first; ``own`` also when it is gone."""
    named = [
        (point.key, f"{point.number} {point.text[:70]}{'…' if len(point.text) > 70 else ''}")
        for point in points
    ]
    is_gone = own and own not in {key for key, _label in named}
    gone = [(own, _("%(point)s (punktu nie ma już w dokumencie)") % {"point": own})] if is_gone else []
    return [("", _("uwaga ogólna, do całości")), *gone, *named]


class BaseRemarkFormSet(forms.BaseFormSet):
    """Rows that are wholly empty are passed over; at least one must say something."""

    row_name = _("Uwaga %(n)d")
    default_error_messages = {
        **forms.BaseFormSet.default_error_messages,
        "too_few_forms": _("Uwagi: napisz co najmniej jedną uwagę."),
        "too_many_forms": _("Uwagi: wyślij najwyżej %(num)d naraz. Resztę wyślij w drugim zgłoszeniu."),
        "missing_management_form": _("Formularz nie dotarł w całości. Wyślij go jeszcze raz."),
    }

    def initial_form_count(self) -> int:
        """Every row is an extra one: an empty one is passed over, also when it was shown before."""
        return 0

    def clean(self) -> None:
        if self.management_form.is_valid() and not any(self.errors) and not self.texts:
            first = next(iter(self.forms), None)
            if first is None:
                raise forms.ValidationError([breach.message for breach in law.remark_breaches([])])
            first.add_error("proposed_wording", _("napisz co najmniej jedną uwagę"))

    @property
    def texts(self) -> list[RemarkText]:
        return [
            form.as_text
            for form in self.forms
            if form.has_changed() and form.cleaned_data.get("proposed_wording")
        ]


def remark_formset(rows: int) -> type[forms.BaseFormSet]:
    return forms.formset_factory(
        RemarkForm,
        formset=BaseRemarkFormSet,
        extra=rows,
        min_num=0,
        max_num=MAX_ROWS,
        absolute_max=MAX_ROWS,
        validate_max=True,
    )


def posted_rows(data: QueryDict, prefix: str = "uwagi") -> list[dict[str, str]]:
    """The rows as typed, for showing them again with one more or one less; wrong counts are bounded."""
    total = data.get(f"{prefix}-TOTAL_FORMS", "")
    count = min(int(total), MAX_ROWS) if total.isascii() and total.isdigit() and len(total) < 4 else 1
    names = list(RemarkForm.base_fields)
    return [
        {name: data.get(f"{prefix}-{number}-{name}", "").replace("\x00", "") for name in names}
        for number in range(count)
    ]


class SenderFields(forms.Form):
    """Who sends the remarks."""

    respondent_type = forms.ChoiceField(
        label=_("Kim jesteś"), choices=RespondentType.choices, widget=forms.RadioSelect
    )
    organisation_name = forms.CharField(
        label=_("Nazwa organizacji"),
        required=False,
        max_length=300,
        help_text=_("Wpisz, jeśli piszesz w imieniu organizacji, rady albo komisji."),
    )
    name = forms.CharField(label=_("Imię i nazwisko"), max_length=120, validators=[validate_person_name])
    email = forms.EmailField(
        label=_("Adres e-mail"),
        max_length=254,
        help_text=_("Wyślemy na niego numer zgłoszenia i link, pod którym poprawisz uwagi."),
    )
    district = forms.ModelChoiceField(
        District.objects.all(),
        label=_("Dzielnica, w której mieszkasz"),
        required=False,
        empty_label=_("nie podaję"),
        to_field_name="number",
    )
    may_publish_name = forms.BooleanField(
        label=_("Zgadzam się na publikację mojego imienia i nazwiska przy uwadze."),
        required=False,
        help_text=_(
            "Bez zgody napiszemy tylko „mieszkanka lub mieszkaniec”. Nazwy organizacji publikujemy zawsze."
        ),
    )
    wants_report = forms.BooleanField(
        label=_(
            "Wyślij mi też wiadomość, gdy zapadnie decyzja. Raport z odpowiedziami wyślemy w każdym razie."
        ),
        required=False,
        initial=True,
    )

    wants_survey = forms.BooleanField(
        label=_("Po raporcie wyślij mi krótką ankietę: jak oceniam te konsultacje."),
        required=False,
        help_text=_("Odpowiedzi są anonimowe. Wyślemy jeden list."),
    )
    files = FilesField(
        label=_("Pliki"),
        required=False,
        help_text=_(
            "Najwyżej 5 plików: PDF, DOCX, ODT, XLSX, ODS, CSV, TXT, RTF, JPG, PNG lub WEBP. Czyta je tylko urząd."
        ),
    )

    def __init__(self, *args, consultation: Consultation, organization=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.consultation, self.organization = consultation, organization
        allowed = law.respondent_types(consultation.regimes or ["residents"])
        self.fields["respondent_type"].choices = [(kind.value, kind.label) for kind in allowed]
        if RespondentType.RESIDENT not in allowed:
            del self.fields["district"], self.fields["may_publish_name"]
            self.fields["organisation_name"].required = True

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for breach in self.identity_breaches(data):
            if breach.field not in self.errors:
                self.add_error(breach.field if breach.field in self.fields else None, breach.message)
        return data

    def identity_breaches(self, data: dict[str, Any]) -> list:
        if "respondent_type" not in data:
            return []
        return law.identity_breaches(
            self.consultation.regimes or ["residents"],
            respondent_type=data["respondent_type"],
            name=data.get("name", ""),
            organisation=data.get("organisation_name", ""),
            email=data.get("email", ""),
        )

    @property
    def sender(self) -> Sender:
        data = self.cleaned_data
        is_own = self.organization and data["respondent_type"] == RespondentType.NGO
        return Sender(
            respondent_type=data["respondent_type"],
            name=data["name"],
            email=data["email"],
            organisation_name=data["organisation_name"],
            organization=self.organization
            if is_own and data["organisation_name"] == self.organization.name
            else None,
            district=data.get("district"),
            may_publish_name=data.get("may_publish_name", False),
            wants_report=data["wants_report"],
            wants_survey=data["wants_survey"],
        )


class SubmissionForm(AntiSpamMixin, SenderFields):
    """What anybody may send, without an account. ``form_key`` makes a second click harmless.

    ``filed_for`` is the organisation the form was opened for; ``is_told`` that the person knows that nobody is
    logged in any more and the remarks will not stand on its account.
    """

    form_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    filed_for = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=2**62)
    is_told = forms.BooleanField(required=False, widget=forms.HiddenInput)
    field_order = [
        "respondent_type",
        "organisation_name",
        "name",
        "email",
        "district",
        "may_publish_name",
        "wants_report",
        "wants_survey",
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form_key"].initial = uuid.uuid4
        if self.organization:
            self.fields["filed_for"].initial = self.organization.pk

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        wants_own = data.get("filed_for") and data.get("respondent_type") == RespondentType.NGO
        if wants_own and not self.organization and not data.get("is_told"):
            self.data = self.data.copy()
            self.data["is_told"] = "on"
            raise forms.ValidationError(
                _(
                    "Nie działasz już w imieniu tej organizacji, na przykład sesja wygasła. Zaloguj się w nowej "
                    "karcie i wyślij formularz jeszcze raz, a zgłoszenie znajdzie się w sprawach organizacji. "
                    "Możesz też wysłać je teraz bez logowania."
                ),
                code="logged_out",
            )
        return data
