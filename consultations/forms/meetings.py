"""Signing up for a meeting or a talk at a duty, and checking in at the door."""

import uuid
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from core.accounts.models import validate_person_name
from core.common.antispam import AntiSpamMixin
from core.common.sanitize import strip_controls

from ..actions import Attendee
from ..enums import Need

ORDER = ["slot", "name", "email", "phone", "topic", "needs", "needs_note"]


def phone_field() -> forms.CharField:
    return forms.CharField(
        label=_("Telefon"),
        required=False,
        max_length=40,
        validators=[RegexValidator(r"^[0-9+ ()-]{7,40}$", _("wpisz numer telefonu, np. 12 000 00 00"))],
        help_text=_("Na wypadek zmiany godziny."),
    )


class AttendeeFields(forms.Form):
    """Who comes, and what they need; ``slots`` are the free talks of a duty as (number, hour)."""

    name = forms.CharField(label=_("Imię i nazwisko"), max_length=120, validators=[validate_person_name])
    email = forms.EmailField(
        label=_("Adres e-mail"),
        max_length=254,
        help_text=_("Wyślemy na niego potwierdzenie i link, pod którym zrezygnujesz."),
    )
    needs = forms.MultipleChoiceField(
        label=_("Czego potrzebujesz, żeby wziąć udział"),
        choices=Need.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    needs_note = forms.CharField(label=_("Inne potrzeby"), required=False, max_length=300)

    def __init__(self, *args, date, slots: list[tuple[int, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.date = date
        if date.form.slot_minutes:
            self.fields["slot"] = forms.TypedChoiceField(
                label=_("Godzina rozmowy"),
                choices=slots,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("wybierz godzinę rozmowy"),
                    "invalid_choice": _("tę godzinę ktoś właśnie zarezerwował, wybierz inną"),
                },
            )
            self.fields["phone"] = phone_field()
            self.fields["topic"] = forms.CharField(
                label=_("O czym chcesz rozmawiać"),
                required=False,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self.order_fields(ORDER)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        return {
            key: strip_controls(value) if isinstance(value, str) else value for key, value in data.items()
        }

    @property
    def attendee(self) -> Attendee:
        data = self.cleaned_data
        return Attendee(
            name=data["name"],
            email=data["email"],
            phone=data.get("phone", ""),
            needs=tuple(data["needs"]),
            needs_note=data["needs_note"],
            topic=data.get("topic", ""),
            slot=data.get("slot"),
        )


class SignUpForm(AntiSpamMixin, AttendeeFields):
    """What anybody may send, without an account. ``form_key`` makes a second click harmless."""

    form_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form_key"].initial = uuid.uuid4


class SignUpEntryForm(AttendeeFields):
    """What an official writes down for somebody who called or came."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].required = False
        self.fields["email"].help_text = _("Jeśli jest, wyślemy potwierdzenie.")
        self.fields["needs"].label = _("Czego potrzebuje, żeby wziąć udział")
        self.fields.setdefault("phone", phone_field())
        if "topic" in self.fields:
            self.fields["topic"].label = _("O czym chce rozmawiać")
        self.order_fields(ORDER)


class CheckInForm(forms.Form):
    """Who came: the list of those with a place, and how many came without signing up."""

    present = forms.TypedMultipleChoiceField(
        label=_("Obecni"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    walk_ins = forms.IntegerField(
        label=_("Osoby bez zapisu"),
        required=False,
        min_value=0,
        max_value=30_000,
        help_text=_("Sama liczba, bez nazwisk."),
    )

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        if rows:
            self.fields["present"].choices = [(row.pk, row.name or str(row)) for row in rows]
        else:
            del self.fields["present"]


class CallOffForm(forms.Form):
    """Why a date is called off."""

    reason = forms.CharField(
        label=_("Powód"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Pokażemy go na stronie i wyślemy wszystkim, którzy się zapisali."),
    )
