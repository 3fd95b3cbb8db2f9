"""The profile of an organisation, as a whole on one page."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from core.city.models import District, TaskSphere
from core.common.sanitize import strip_controls

from .. import law
from ..actions.profile import DOSSIER_FIELDS, Changes
from ..enums import Exclusion, LegalForm, Manner, SeatFeature, TargetGroup
from ..models import Dossier, Organization
from .fields import NO_YES, LinesField, NumberField

OUTSIDE = "poza"
DISTRICT_HINT = _("Dzielnica, w której jest siedziba.")
# The groups of fields as the page shows them.
SECTIONS: list[tuple[Any, list[str]]] = [
    (
        _("Nazwa i rejestr"),
        [
            "name", "short_name", "legal_form", "legal_form_label", "parent_krs", "krs", "nip", "regon",
            "register_name", "register_number", "rspo", "founded", "has_opp_status", "opp_since",
            "exclusion", "is_nonprofit_declared",
        ],
    ),
    (_("Siedziba"), ["address", "postal_code", "locality", "place", "seat_features", "accessibility", "correspondence_address"]),
    (_("Kontakt dla wszystkich"), ["email", "phone", "website", "social", "bip_url"]),
    (
        _("Co robicie"),
        ["mission", "main_sphere", "spheres", "target_groups", "reach", "networks", "wants_volunteers", "wants_partner", "wants_premises"],
    ),
    (
        _("Tylko dla urzędu"),
        ["representatives", "representation", "manner", "manner_count", "contact_person", "contact_email", "contact_phone", "bank_account", "e_delivery_address"],
    ),
]  # fmt: skip


class ProfileForm(forms.ModelForm):
    """A whole profile: identity, seat, contact, activity, and what only the office reads."""

    name = forms.CharField(
        label=_("Pełna nazwa"), max_length=300, help_text=_("Tak jak w rejestrze albo statucie.")
    )
    krs = NumberField(
        label=_("Numer KRS"),
        normal=law.normal_krs,
        required=False,
        help_text=_(
            "10 cyfr. Znajdziesz go w odpisie z rejestru, na przykład 0000123456. Obowiązkowy, gdy forma prawna jest w KRS."
        ),
    )
    nip = NumberField(label=_("NIP"), normal=law.normal_nip, required=False, help_text=_("10 cyfr."))
    regon = NumberField(
        label=_("REGON"), normal=law.normal_regon, required=False, help_text=_("9 albo 14 cyfr.")
    )
    parent_krs = NumberField(
        label=_("KRS organizacji macierzystej"),
        normal=law.normal_krs,
        required=False,
        help_text=_("Tylko dla oddziału bez osobowości prawnej. Ta organizacja musi już być w bazie."),
    )
    register_name = forms.CharField(
        label=_("Nazwa innego rejestru lub ewidencji"),
        max_length=200,
        required=False,
        help_text=_("Dla stowarzyszeń zwykłych, klubów z ewidencji, kół gospodyń i podmiotów kościelnych."),
    )
    has_opp_status = forms.TypedChoiceField(
        label=_("Status organizacji pożytku publicznego (OPP)"),
        choices=NO_YES,
        coerce=lambda value: value == "True",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    exclusion = forms.ChoiceField(
        label=_("Czy to jeden z tych podmiotów?"),
        choices=[("", _("nie, żaden z nich")), *Exclusion.choices],
        required=False,
        help_text=_(
            "Takie podmioty mogą być w bazie, ale nie składają ofert (art. 3 ust. 4 ustawy o pożytku)."
        ),
    )
    is_nonprofit_declared = forms.BooleanField(
        label=_("Organizacja nie działa dla zysku i cały dochód przeznacza na cele statutowe")
    )
    place = forms.ChoiceField(label=_("Dzielnica siedziby"))
    website = forms.CharField(
        label=_("Strona internetowa"),
        max_length=300,
        required=False,
        help_text=_("na przykład fundacja.example.org"),
    )
    social = LinesField(
        label=_("Media społecznościowe"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Każdy adres w nowej linii."),
    )
    mission = forms.CharField(
        label=_("Opis działalności"),
        max_length=1000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Napisz, dla kogo i co robicie. Najwyżej 1000 znaków."),
    )
    main_sphere = forms.ModelChoiceField(
        label=_("Główna sfera zadań publicznych"),
        queryset=TaskSphere.objects.defer("note", "range_quotes"),
        empty_label=_("wybierz"),
        help_text=_("Z art. 4 ust. 1 ustawy o pożytku. Według sfer dostajecie powiadomienia o konkursach."),
    )
    spheres = forms.ModelMultipleChoiceField(
        label=_("Pozostałe sfery"),
        queryset=TaskSphere.objects.defer("note", "range_quotes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    target_groups = forms.MultipleChoiceField(
        label=_("Dla kogo działacie"),
        choices=TargetGroup.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    seat_features = forms.MultipleChoiceField(
        label=_("Co jest w siedzibie"),
        choices=SeatFeature.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Zaznacz to, z czego każdy może skorzystać bez umawiania się."),
    )
    representatives = forms.CharField(
        label=_("Osoby uprawnione do reprezentacji"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Imię, nazwisko i funkcja, każda osoba w nowej linii."),
    )
    representation = forms.CharField(
        label=_("Sposób reprezentacji"),
        max_length=500,
        required=False,
        help_text=_("na przykład dwoje członków zarządu działających łącznie"),
    )
    manner = forms.TypedChoiceField(
        label=_("Kto działa za organizację"),
        choices=Manner.choices,
        required=False,
        empty_value=Manner.ALONE,
        initial=Manner.ALONE,
        widget=forms.RadioSelect,
    )
    manner_count = forms.TypedChoiceField(
        label=_("Ile osób działa łącznie"),
        choices=[(1, _("nie dotyczy")), *((n, str(n)) for n in range(2, 10))],
        coerce=int,
        required=False,
        empty_value=1,
        initial=1,
        help_text=_("Tyle osób potwierdza w portalu czynności, które wymagają reprezentacji."),
    )
    contact_person = forms.CharField(label=_("Osoba do kontaktu z urzędem"), max_length=120, required=False)
    contact_email = forms.EmailField(label=_("E-mail tej osoby"), required=False)
    contact_phone = forms.CharField(label=_("Telefon tej osoby"), max_length=60, required=False)
    bank_account = NumberField(
        label=_("Rachunek bankowy"),
        normal=law.normal_bank_account,
        required=False,
        help_text=_("26 cyfr. Potrzebny dopiero do umowy o dotację."),
    )
    e_delivery_address = forms.CharField(
        label=_("Adres do e-Doręczeń"),
        max_length=60,
        required=False,
        help_text=_("na przykład AE:PL-12345-67890-ABCDE-12"),
    )

    class Meta:
        model = Organization
        fields = [
            "name", "short_name", "legal_form", "legal_form_label", "krs", "nip", "regon", "register_name",
            "register_number", "rspo", "founded", "has_opp_status", "opp_since", "exclusion",
            "is_nonprofit_declared", "address", "postal_code", "locality", "seat_features", "accessibility", "correspondence_address",
            "email", "phone", "website", "bip_url", "mission", "main_sphere", "target_groups", "reach", "networks",
            "wants_volunteers", "wants_partner", "wants_premises",
        ]  # fmt: skip
        labels = {
            "short_name": _("Nazwa skrócona"),
            "legal_form": _("Forma prawna"),
            "legal_form_label": _("Jaka to forma"),
            "register_number": _("Numer w tym rejestrze"),
            "rspo": _("Numer RSPO prowadzonej szkoły"),
            "founded": _("Działa od"),
            "opp_since": _("Status OPP od"),
            "address": _("Ulica i numer"),
            "postal_code": _("Kod pocztowy"),
            "locality": _("Miejscowość"),
            "accessibility": _("Dostępność siedziby, szczegóły"),
            "correspondence_address": _("Adres do korespondencji"),
            "email": _("Adres e-mail organizacji"),
            "phone": _("Numer telefonu"),
            "bip_url": _("Strona BIP organizacji"),
            "reach": _("Zasięg działania"),
            "networks": _("Sieci i porozumienia"),
            "wants_volunteers": _("szukamy wolontariuszek i wolontariuszy"),
            "wants_partner": _("szukamy partnera do oferty wspólnej"),
            "wants_premises": _("szukamy lokalu albo sali"),
        }
        help_texts = {
            "legal_form_label": _("Wypełnij, gdy wybierasz inną formę, na przykład grupa nieformalna."),
            "rspo": _("Tylko gdy organizacja prowadzi szkołę lub placówkę."),
            "founded": _("Rok, rok i miesiąc albo cała data, na przykład 2016 lub 2016-05-03."),
            "opp_since": _("Rok, rok i miesiąc albo cała data."),
            "email": _("Będzie widoczny w bazie."),
            "networks": _("Federacje i sieci, do których należycie."),
        }
        widgets = {
            "accessibility": forms.Textarea({"rows": 2}),
            "networks": forms.Textarea({"rows": 2}),
            "founded": forms.TextInput({"class": "w-m"}),
            "opp_since": forms.TextInput({"class": "w-m"}),
            "postal_code": forms.TextInput({"class": "w-s", "autocomplete": "postal-code"}),
            "phone": forms.TextInput({"class": "w-m", "autocomplete": "tel"}),
        }

    def __init__(self, *args, dossier: Dossier | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.dossier = dossier or Dossier()
        self.fields["legal_form"].choices = [("", _("wybierz")), *LegalForm.choices]
        self.fields["reach"].choices = [("", _("wybierz")), *list(self.fields["reach"].choices)[1:]]
        districts = District.objects.defer("outline", "localities")
        self.fields["place"].choices = [
            ("", _("wybierz")),
            *[(str(d.pk), f"{d.roman} {d.name}") for d in districts],
            (OUTSIDE, _("poza miastem")),
        ]
        for name in ("address", "postal_code", "locality", "email"):
            self.fields[name].required = True
        self.initial |= self._shown()

    def _shown(self) -> dict[str, Any]:
        """What the fields that are no columns of the profile begin with."""
        organization = self.instance
        shown = {name: getattr(self.dossier, name) for name in DOSSIER_FIELDS if name in self.fields}
        if organization.pk:
            shown["spheres"] = [
                s.pk for s in organization.spheres.all() if s.pk != organization.main_sphere_id
            ]
            shown["place"] = OUTSIDE if organization.is_outside_city else organization.district_id
            shown["social"] = organization.social_media
            shown["parent_krs"] = organization.parent.krs if organization.parent else ""
        return shown

    def sections(self) -> list[tuple[Any, list[BoundField]]]:
        return [(title, [self[name] for name in names if name in self.fields]) for title, names in SECTIONS]

    # --- single fields ----------------------------------------------------------------------------------
    def clean_postal_code(self) -> str:
        code = self.cleaned_data["postal_code"].replace(" ", "")
        digits = code.replace("-", "")
        if not (digits.isascii() and digits.isdigit() and len(digits) == 5):
            raise forms.ValidationError(_("wpisz 5 cyfr, na przykład 31-004"))
        return f"{digits[:2]}-{digits[2:]}"

    def clean_website(self) -> str:
        return _web_address(self.cleaned_data["website"])

    def clean_social(self) -> list[str]:
        return [_web_address(line) for line in self.cleaned_data["social"]][:10]

    def clean_parent_krs(self) -> str:
        krs = self.cleaned_data["parent_krs"]
        self.parent = Organization.objects.published().filter(krs=krs).first() if krs else None
        if krs and self.parent is None:
            raise forms.ValidationError(_("w bazie nie ma organizacji z tym numerem, sprawdź cyfry"))
        return krs

    def clean_bank_account(self) -> str:
        account = self.cleaned_data["bank_account"]
        for breach in law.bank_account_breaches(account):
            raise forms.ValidationError(breach.message)
        return account

    # --- the whole --------------------------------------------------------------------------------------
    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["parent"] = getattr(self, "parent", None)
        if data.get("legal_form") == LegalForm.OTHER and not data.get("legal_form_label"):
            self.add_error("legal_form_label", _("napisz, jaka to forma"))
        if data.get("manner") == Manner.ALONE:
            data["manner_count"] = 1
        found = law.manner_breaches(data.get("manner") or Manner.ALONE, data.get("manner_count"))
        for breach in [*law.registration_breaches(self._facts(data)), *found]:
            name = {"parent": "parent_krs", "spheres": "main_sphere"}.get(breach.field, breach.field)
            if name not in self.errors:
                self.add_error(name, breach.message)
        return data

    def _facts(self, data: dict[str, Any]) -> law.ProfileFacts:
        numbers = {name: data.get(name) or "" for name in law.UNIQUE_NUMBERS}
        candidate = Organization(pk=self.instance.pk, legal_form=data.get("legal_form") or "", **numbers)
        return law.ProfileFacts(
            legal_form=candidate.legal_form,
            register_name=data.get("register_name") or "",
            register_number=data.get("register_number") or "",
            rspo=data.get("rspo") or "",
            has_parent=data["parent"] is not None,
            has_opp_status=data.get("has_opp_status"),
            is_nonprofit=data.get("is_nonprofit_declared"),
            taken=candidate.taken_numbers(),
            **numbers,
        )

    def profile(self) -> Organization:
        """The profile with what was typed, not saved."""
        profile = self.instance
        for name, value in self._columns().items():
            setattr(profile, name, value)
        return profile

    def dossier_values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in sorted(DOSSIER_FIELDS) if name in self.cleaned_data}

    def chosen_spheres(self) -> list[TaskSphere]:
        """The main sphere first, then the others."""
        main = self.cleaned_data["main_sphere"]
        return [main, *[sphere for sphere in self.cleaned_data.get("spheres", []) if sphere != main]]

    def changes(self) -> Changes:
        """What was typed, for ``update_profile``."""
        return Changes(self._columns(), self.dossier_values(), self.chosen_spheres())

    def _columns(self) -> dict[str, Any]:
        data = self.cleaned_data
        place = data["place"]
        derived = {
            "parent": data["parent"],
            "district_id": int(place) if place != OUTSIDE else None,
            "is_outside_city": place == OUTSIDE,
        }
        if "social" in data:
            derived["social_media"] = data["social"]
        return {name: data[name] for name in self._meta.fields if name in data} | derived

    def _post_clean(self) -> None:
        """The profile is checked on a copy, so that a form that fails leaves nothing in the instance."""
        kept = self.instance
        self.instance = Organization.objects.get(pk=kept.pk) if kept.pk else Organization()
        super()._post_clean()
        self.instance = kept


def _web_address(text: str) -> str:
    """A web address with its scheme; anything else is refused."""
    address = strip_controls(text).strip()
    if not address:
        return ""
    if "://" not in address:
        address = f"https://{address}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except forms.ValidationError as fault:
        raise forms.ValidationError(_("wpisz adres strony, na przykład fundacja.example.org")) from fault
    return address
