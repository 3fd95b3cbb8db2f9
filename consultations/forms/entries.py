"""What an official registers for somebody: paper, mail, telephone, a meeting (R-CNS-12)."""

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.common.clock import now
from core.common.form_fields import MomentField

from ..enums import Channel
from .remarks import SenderFields

# The official fills it in for somebody else.
ENTRY_LABELS = {
    "respondent_type": _("Kto pisze"),
    "district": _("Dzielnica, w której mieszka"),
    "may_publish_name": _("Zgadza się na publikację imienia i nazwiska przy uwadze."),
    "wants_report": _("Chce też wiadomości, gdy zapadnie decyzja."),
    "wants_survey": _("Chce po raporcie krótkiej ankiety o tych konsultacjach."),
    "files": _("Skan albo plik, który wpłynął"),
}


class EntryForm(SenderFields):
    """What an official registers for somebody: paper, mail, telephone, a meeting."""

    form_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    channel = forms.ChoiceField(
        label=_("Jak wpłynęło"), choices=[c for c in Channel.choices if c[0] != Channel.WEB]
    )
    received_at = MomentField(label=_("Kiedy wpłynęło"))
    field_order = [
        "channel",
        "received_at",
        "respondent_type",
        "organisation_name",
        "name",
        "email",
        "district",
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form_key"].initial = uuid.uuid4
        self.fields["wants_report"].initial = False
        self.fields["email"].required = False
        self.fields["email"].help_text = _("Jeśli jest, wyślemy potwierdzenie z numerem.")
        self.fields["organisation_name"].help_text = _("Gdy pisze organizacja, rada albo komisja.")
        for name in ENTRY_LABELS.keys() & self.fields.keys():
            self.fields[name].label = ENTRY_LABELS[name]

    def clean_received_at(self) -> datetime:
        if self.cleaned_data["received_at"] > now():
            raise forms.ValidationError(_("wpisz chwilę, która już minęła"))
        return self.cleaned_data["received_at"]

    def identity_breaches(self, data: dict[str, Any]) -> list:
        return [breach for breach in super().identity_breaches(data) if breach.field != "email"]
