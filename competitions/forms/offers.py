"""Small forms around an offer: a file, a partner."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.documents.forms import DocumentField
from organizations.models import Organization


class AnnexForm(forms.Form):
    """A file of an offer, perhaps one that the call asks for."""

    required_as = forms.ChoiceField(label=_("Który to załącznik"), required=False)
    title = forms.CharField(
        label=_("Nazwa"),
        max_length=200,
        required=False,
        help_text=_("np. Porozumienie partnerów; dla innych plików"),
    )
    upload = DocumentField()

    def __init__(self, *args, required_files: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(name[:200], name) for name in required_files]
        self.fields["required_as"].choices = [("", _("inny plik")), *choices]
        if not choices:
            del self.fields["required_as"]

    def clean(self) -> dict:
        data = super().clean() or {}
        data["title"] = data.get("required_as") or data.get("title") or ""
        if not data["title"].strip() and "title" not in self.errors:
            self.add_error("title", _("wpisz, co to za plik"))
        return data


class PartnerForm(forms.Form):
    """Which organisation of the registry is asked, and whether it may write."""

    number = forms.CharField(
        label=_("KRS, NIP albo nazwa organizacji"),
        max_length=300,
        help_text=_("Organizacja musi być w bazie. Numer KRS najlepiej wskazuje, o którą chodzi."),
    )
    may_edit = forms.BooleanField(label=_("Partner może pisać ofertę"), required=False, initial=True)
    organization: Organization | None = None

    def clean_number(self) -> str:
        written = self.cleaned_data["number"].strip()
        found = list(found_organizations(written)[:2])
        if not found:
            raise forms.ValidationError(
                _("nie ma takiej organizacji w bazie; sprawdź numer albo poproś ją o rejestrację")
            )
        if len(found) > 1:
            raise forms.ValidationError(_("pasuje więcej niż jedna organizacja; wpisz numer KRS albo NIP"))
        self.organization = found[0]
        return written


def found_organizations(written: str):
    """Published organisations by number or by exact name."""
    digits = "".join(c for c in written if c.isdigit())
    rows = Organization.objects.published()
    if digits and len(digits) >= len(written.replace(" ", "").replace("-", "")) - 3:
        return rows.with_number(krs=digits.zfill(10)[:10], nip=digits[:10])
    return rows.filter(name__iexact=written) | rows.filter(short_name__iexact=written)
