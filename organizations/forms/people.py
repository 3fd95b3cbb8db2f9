"""Who may act for an organisation: asking, renewing, inviting, leaving, giving the organisation up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.common.form_fields import DayField
from core.documents.forms import DocumentField

from ..enums import InvitedRole, MandateRole

EVIDENCE_HINT = _("na przykład wpis w KRS, uchwała zarządu, pełnomocnictwo z dnia 3 maja 2026")


class EvidenceForm(forms.Form):
    """What a right to act rests on: a description, a file, or both."""

    evidence = forms.CharField(
        label=_("Z czego wynika Twoje uprawnienie"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=EVIDENCE_HINT,
    )
    upload = DocumentField(
        label=_("Odpis z rejestru albo upoważnienie"),
        required=False,
        help_text=_(
            "PDF, DOCX, ODT albo zdjęcie. Zobaczą go tylko urząd i osoby reprezentujące organizację."
        ),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not data.get("upload") and not (data.get("evidence") or "").strip():
            self.add_error("evidence", _("napisz, z czego wynika uprawnienie, albo dodaj plik"))
        return data


class MandateRequestForm(EvidenceForm):
    """Asking for the right to act for an organisation (R-ORG-19)."""

    role = forms.ChoiceField(
        label=_("Rola, o którą prosisz"),
        choices=MandateRole.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Osoba uprawniona do reprezentacji składa oferty i sprawozdania. Redaktor uzupełnia profil i szkice."
        ),
    )
    field_order = ["role", "evidence", "upload"]


class RenewalForm(EvidenceForm):
    """Asking to keep a right to act that soon ends."""

    valid_until = DayField(
        label=_("Do kiedy"), required=False, help_text=_("Zostaw puste, jeśli bezterminowo.")
    )
    field_order = ["evidence", "upload", "valid_until"]


class InvitationForm(forms.Form):
    """Inviting a person by mail; outside help names the one matter."""

    email = forms.EmailField(
        label=_("Adres e-mail tej osoby"),
        widget=forms.EmailInput({"class": "w-l", "autocomplete": "off"}),
        error_messages={"invalid": _("wpisz adres w postaci nazwa@domena.pl")},
        help_text=_("Zaproszenie można przyjąć tylko z konta, które ma potwierdzony ten adres."),
    )
    role = forms.ChoiceField(
        label=_("Rola"),
        choices=InvitedRole.choices,
        widget=forms.RadioSelect,
        initial=InvitedRole.NGO_EDITOR,
        help_text=_(
            "Redaktor działa od przyjęcia zaproszenia. Osobę uprawnioną do reprezentacji sprawdzi jeszcze urząd."
        ),
    )
    matter = forms.ChoiceField(
        label=_("Sprawa dla pomocy z zewnątrz"),
        required=False,
        help_text=_("Ta osoba zobaczy tylko tę jedną sprawę i nic więcej z Twojej organizacji."),
    )
    may_edit = forms.BooleanField(label=_("Może zmieniać tę sprawę"), required=False)
    may_file = forms.BooleanField(
        label=_("Może wysłać tę sprawę do urzędu"),
        required=False,
        help_text=_("Na to zgadza się tyle osób, ile działa łącznie za organizację."),
    )
    valid_from = DayField(label=_("Od kiedy"), required=False)
    valid_until = DayField(
        label=_("Do kiedy"),
        required=False,
        help_text=_("Dla pomocy z zewnątrz obowiązkowo. W innych rolach puste znaczy bezterminowo."),
    )
    note = forms.CharField(
        label=_("Kilka słów do tej osoby"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args, matters, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["matter"].choices = [("", _("nie dotyczy")), *matters]
        if not matters:
            self.fields["matter"].help_text = _(
                "Organizacja nie ma teraz otwartej sprawy, do której można wpuścić osobę z zewnątrz."
            )


class LeavingForm(forms.Form):
    """Ending a mandate: why, and a word to the office when nobody is left to represent."""

    reason = forms.CharField(label=_("Powód"), max_length=1000, widget=forms.Textarea({"rows": 2}))
    word = forms.CharField(
        label=_("Słowo do urzędu"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "Bez tej osoby nikt nie reprezentuje organizacji w portalu. Napisz, kto i kiedy ją zastąpi albo dlaczego nikt."
        ),
    )

    def __init__(self, *args, is_last: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_last:
            del self.fields["word"]


class DissolutionForm(forms.Form):
    """The organisation says itself that it is no more."""

    reason = forms.CharField(
        label=_("Podstawa rozwiązania"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("na przykład: uchwała walnego zebrania z 3 maja 2026, wykreślenie z KRS 10 czerwca 2026"),
    )
    is_sure = forms.BooleanField(
        label=_("Wiem, że profil zniknie z bazy i że nie da się tego cofnąć w portalu")
    )
