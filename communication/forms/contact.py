"""Writing to the office."""

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from core.common.antispam import AntiSpamMixin

from ..enums import MessageKind


def own_path(text: str) -> str:
    """A path of this portal, else nothing."""
    is_own = text.startswith("/") and url_has_allowed_host_and_scheme(text, allowed_hosts=None)
    return text[:500] if is_own and text.isprintable() else ""


class ContactForm(AntiSpamMixin, forms.Form):
    kind = forms.ChoiceField(
        label=_("Czego dotyczy"),
        choices=[
            (MessageKind.ACCESSIBILITY, _("Nie mogę czegoś przeczytać albo użyć (brak dostępności)")),
            (MessageKind.ERROR, _("Na stronie jest błąd")),
            (MessageKind.QUESTION, _("Mam pytanie")),
            (MessageKind.OTHER, _("Inna sprawa")),
        ],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Treść"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_(
            "Przy braku dostępności napisz, co jest niedostępne i w jakiej formie tego potrzebujesz."
        ),
    )
    page = forms.CharField(
        label=_("Adres strony w portalu"),
        max_length=500,
        required=False,
        help_text=_("np. /konkursy/"),
    )
    email = forms.EmailField(
        label=_("Adres e-mail"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "w-l"}),
        help_text=_("Podaj, jeśli chcesz dostać odpowiedź."),
        error_messages={"invalid": _("wpisz adres w postaci nazwa@domena.pl")},
    )
    field_order = ["kind", "text", "page", "email"]
