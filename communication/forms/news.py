"""Sending in news or an event."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import escape, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from core.city.models import Branch, District
from core.common.form_fields import DayField
from core.common.sanitize import text_of
from core.documents.forms import DocumentField

from .. import law
from ..enums import SENT_IN
from ..models import NewsItem

# Who writes for nobody but themselves.
ALONE = "osoba"
PICTURE_TYPES = ("image/jpeg", "image/png", "image/webp")
MODEL_FIELDS = (
    "title", "category", "lead", "link", "picture_alt", "event_from_hour", "event_to_hour", "place", "branch",
    "district", "is_cofinanced", "contract_number",
)  # fmt: skip


class HourInput(forms.TimeInput):
    input_type = "time"

    def __init__(self):
        super().__init__({"class": "w-s"}, format="%H:%M")


def _hour(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=HourInput(),
        error_messages={"invalid": _("wpisz godzinę i minuty, na przykład 17:30")},
    )


class PictureField(DocumentField):
    """A photograph or poster, examined like every file."""

    def clean(self, data, initial=None):
        examined = super().clean(data, initial)
        if examined is not None and examined.content_type not in PICTURE_TYPES:
            raise ValidationError(_("dodaj obraz JPG, PNG lub WEBP"), code="type")
        return examined


class SentNewsForm(forms.Form):
    """What an organisation or a resident wants to tell; the office decides."""

    organization = forms.ChoiceField(label=_("W czyim imieniu piszesz"), widget=forms.RadioSelect)
    category = forms.ChoiceField(
        label=_("Rodzaj"), choices=[(c.value, str(c.label).capitalize()) for c in SENT_IN]
    )
    title = forms.CharField(label=_("Tytuł"), max_length=300, help_text=_("Co się dzieje, w jednym zdaniu."))
    lead = forms.CharField(
        label=_("Zapowiedź"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dwa zdania: co, gdzie, dla kogo."),
    )
    text = forms.CharField(
        label=_("Treść"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Akapity oddziel pustym wierszem."),
    )
    event_from = DayField(label=_("Dzień wydarzenia"), required=False)
    event_from_hour = _hour(_("Godzina początku"))
    event_to = DayField(
        label=_("Ostatni dzień"), required=False, help_text=_("Gdy trwa dłużej niż jeden dzień.")
    )
    event_to_hour = _hour(_("Godzina końca"))
    place = forms.CharField(label=_("Miejsce"), max_length=300, required=False)
    link = forms.URLField(
        label=_("Odnośnik"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Strona wydarzenia albo zapisów, np. https://organizacja.example/zapisy."),
    )
    branch = forms.ModelChoiceField(
        label=_("Branża"), queryset=Branch.objects.all(), required=False, empty_label=_("wszystkie")
    )
    district = forms.ModelChoiceField(
        label=_("Dzielnica"), queryset=District.objects.all(), required=False, empty_label=_("całe miasto")
    )
    picture = PictureField(
        label=_("Obraz"), required=False, help_text=_("Zdjęcie albo plakat w formacie JPG, PNG lub WEBP.")
    )
    picture_alt = forms.CharField(
        label=_("Opis obrazu"),
        max_length=300,
        required=False,
        help_text=_("Co na nim widać. Przeczyta go osoba, która nie widzi."),
    )
    is_cofinanced = forms.BooleanField(label=_("To zadanie współfinansuje miasto"), required=False)
    contract_number = forms.CharField(label=_("Numer umowy o dotację"), max_length=80, required=False)

    def __init__(self, *args, organizations, item: NewsItem | None = None, may_write: bool = True, **kwargs):
        self.item = item
        self.organizations = {str(o.pk): o for o in organizations}
        kwargs.setdefault("initial", initial_of(item) if item else {})
        super().__init__(*args, **kwargs)
        personal = (ALONE, _("we własnym imieniu"))
        field = self.fields["organization"]
        field.choices = [(pk, str(o)) for pk, o in self.organizations.items()] + [personal]
        if item and item.organization:
            # whose news it is does not change while it is corrected, whoever corrects it
            self.organizations = {str(item.organization_id): item.organization}
            field.choices = [(str(item.organization_id), str(item.organization))]
        if not may_write:
            for shown in self.fields.values():
                shown.disabled = True
        if item is None:
            self.initial.setdefault("organization", next(iter(self.organizations), ALONE))
        if item and item.category not in [c.value for c in SENT_IN]:
            self.fields["category"].choices = [
                *self.fields["category"].choices,
                (item.category, item.get_category_display()),
            ]

    def clean(self) -> dict[str, Any]:
        """Asks the law, so that the sender learns at once what the office would send back."""
        data = super().clean() or self.cleaned_data
        if data.get("event_from_hour") and not data.get("event_from"):
            self.add_error("event_from", _("wpisz dzień, skoro podajesz godzinę"))
        for breach in law.news_breaches(self._facts(data)):
            name = {"body": "text"}.get(breach.field, breach.field)
            if name in self.fields and name not in self.errors:
                self.add_error(name, str(breach.message).partition(": ")[2] or str(breach.message))
        return data

    def _facts(self, data: dict[str, Any]) -> law.NewsFacts:
        return law.NewsFacts(
            title=data.get("title", ""),
            lead=data.get("lead", ""),
            text=data.get("text", ""),
            event_from=day_text(data.get("event_from")),
            event_to=day_text(data.get("event_to")),
            has_picture=bool(data.get("picture")),
            picture_alt=data.get("picture_alt", ""),
            is_cofinanced=data.get("is_cofinanced", False),
            contract_number=data.get("contract_number", ""),
        )

    @property
    def values(self) -> dict[str, Any]:
        """The fields of the model."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in MODEL_FIELDS},
            "body": as_html(data["text"]),
            "event_from": day_text(data["event_from"]),
            "event_to": day_text(data["event_to"]),
            "organization": self.organizations.get(data["organization"]),
        }


def day_text(day) -> str:
    return day.isoformat() if day else ""


def as_html(text: str) -> str:
    """Typed paragraphs as rich text; whatever looks like markup stays text."""
    paragraphs = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n")]
    lines = ((mark_safe(escape(part).replace("\n", "<br>")),) for part in paragraphs if part)  # noqa: S308 - escaped
    return format_html_join("", "<p>{}</p>", lines)


def initial_of(item: NewsItem) -> dict[str, Any]:
    """What the sender typed before, for correcting it."""
    return {
        **{name: getattr(item, name) for name in MODEL_FIELDS},
        "text": text_of(item.body or "").replace("\n", "\n\n"),
        "event_from": item.event_from,
        "event_to": item.event_to,
        "organization": str(item.organization_id or ALONE),
    }
