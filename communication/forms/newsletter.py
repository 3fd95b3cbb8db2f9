"""Signing up for the newsletter and choosing what it brings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.city.models import Branch, District
from core.common.antispam import AntiSpamMixin

from ..enums import TOPIC_HINTS, Topic
from ..models import Subscriber

FORMS = [("html", _("z układem i przyciskami")), ("text", _("sam tekst"))]


class SignUpForm(AntiSpamMixin, forms.Form):
    email = forms.EmailField(
        label=_("Adres e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "w-l"}),
        error_messages={"invalid": _("wpisz adres w postaci nazwa@domena.pl")},
    )
    topics = forms.MultipleChoiceField(
        label=_("O czym pisać"),
        choices=Topic.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=list(Topic.values),
        error_messages={"required": _("wybierz co najmniej jeden temat")},
    )
    field_order = ["email", "topics"]


class WishesForm(forms.Form):
    """What an active subscriber wants."""

    topics = forms.MultipleChoiceField(
        label=_("O czym pisać"),
        choices=Topic.choices,
        error_messages={"required": _("wybierz co najmniej jeden temat albo wypisz się")},
    )
    branches = forms.MultipleChoiceField(label=_("Tylko te branże"), required=False)
    districts = forms.TypedMultipleChoiceField(label=_("Tylko te dzielnice"), required=False, coerce=int)
    form = forms.ChoiceField(label=_("Postać listu"), choices=FORMS)

    def __init__(self, *args, subscriber: Subscriber, **kwargs):
        kwargs["initial"] = {
            "topics": subscriber.topics,
            "branches": subscriber.branches,
            "districts": [str(number) for number in subscriber.districts],
            "form": "html" if subscriber.wants_html else "text",
        }
        super().__init__(*args, **kwargs)
        self.fields["branches"].choices = [(b.code, b.label) for b in Branch.objects.all()]
        self.fields["districts"].choices = [
            (str(d.number), d.full_name) for d in District.objects.only("number", "full_name")
        ]

    @property
    def wishes(self) -> dict[str, Any]:
        """The arguments of ``choose_wishes``."""
        data = self.cleaned_data
        return {
            "topics": data["topics"],
            "branches": data["branches"],
            "districts": data["districts"],
            "wants_html": data["form"] == "html",
        }

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Options of a group as the page draws them: value, label, hint, id, whether it is chosen."""
        chosen = (
            {str(value) for value in self[name].value() or []} if name != "form" else {self[name].value()}
        )
        hints = {str(topic.value): hint for topic, hint in TOPIC_HINTS.items()} if name == "topics" else {}
        return [
            {
                "value": value,
                "label": label,
                "hint": hints.get(str(value), ""),
                "id": f"{self[name].auto_id}_{place}",
                "is_chosen": str(value) in chosen,
            }
            for place, (value, label) in enumerate(self.fields[name].choices)
        ]
