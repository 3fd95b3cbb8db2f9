"""The mark of an organisation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.documents.forms import DocumentField

PICTURES = ("image/png", "image/jpeg", "image/webp")


class LogoForm(forms.Form):
    """A picture and what can be seen on it; without a new picture only the words change."""

    picture = DocumentField(
        label=_("Plik z logo"),
        help_text=_(
            "PNG, JPG albo WEBP. Zmniejszymy je do 512 pikseli i usuniemy ukryte dane, np. miejsce zdjęcia."
        ),
    )
    alt = forms.CharField(
        label=_("Co widać na logo"),
        max_length=150,
        help_text=_("Jedno zdanie dla osób, które go nie widzą, np. „Nazwa fundacji pod zielonym liściem”."),
    )

    def __init__(self, *args, has_logo: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["picture"].required = not has_logo
        self.fields["picture"].widget.attrs["accept"] = ".png,.jpg,.jpeg,.webp"

    def clean_picture(self):
        picture = self.cleaned_data["picture"]
        if picture is not None and picture.content_type not in PICTURES:
            raise forms.ValidationError(_("to nie jest obraz: dodaj plik PNG, JPG albo WEBP"))
        return picture
