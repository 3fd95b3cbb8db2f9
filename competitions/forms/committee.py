"""Shapes of input around a committee: applications, declarations, cards, questions for reasons."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.common.antispam import AntiSpamMixin
from core.common.form_fields import MoneyField
from organizations.models import Organization

from ..actions.committee import Typed
from ..enums import ConflictKind
from ..models import (
    Award,
    Call,
    CallCriterion,
    RejectedOffer,
    ScoreCard,
)

POINTS = re.compile(r"\d{1,3}([.,]\d{1,2})?")


# --- fields that may wait --------------------------------------------------------------------------


class Later:
    """Put before a field that is wanted in the end: leaving it empty for now is no mistake of the form."""

    def validate(self, value):
        if value not in self.empty_values:
            super().validate(value)


class LaterTextField(Later, forms.CharField):
    pass


class LaterChoiceField(Later, forms.ChoiceField):
    pass


class LaterMoneyField(Later, MoneyField):
    pass


# --- impartiality ---------------------------------------------------------------------------------


class DeclarationForm(forms.Form):
    """One row for each organisation on the list, and the confirmation."""

    use_required_attribute = False

    is_confirmed = forms.BooleanField(
        label=_(
            "Oświadczam, że poza zaznaczonymi organizacjami nie łączy mnie z żadnym oferentem ani partnerem z tej "
            "listy relacja, o której mówi art. 24 Kodeksu postępowania administracyjnego, ani inna, która może "
            "budzić wątpliwość co do mojej bezstronności."
        ),
        required=False,
    )

    def __init__(self, *args, organizations: list[Organization], **kwargs):
        super().__init__(*args, **kwargs)
        self.organizations = organizations
        for one in organizations:
            self.fields[f"has_{one.pk}"] = forms.BooleanField(label=_("konflikt interesów"), required=False)
            self.fields[f"kind_{one.pk}"] = LaterChoiceField(
                label=_("Jaki to konflikt"),
                choices=[("", _("żaden albo wybierz")), *ConflictKind.choices],
            )

    def rows(self) -> list[tuple[Organization, forms.BoundField, forms.BoundField]]:
        return [(one, self[f"has_{one.pk}"], self[f"kind_{one.pk}"]) for one in self.organizations]

    def conflicts(self) -> dict[int, tuple[str, str]]:
        """Marked organisations with the kind; a kind that was chosen counts as marked."""
        data = self.cleaned_data
        return {
            one.pk: (data[f"kind_{one.pk}"], "")
            for one in self.organizations
            if data[f"has_{one.pk}"] or data[f"kind_{one.pk}"]
        }


# --- the card -------------------------------------------------------------------------------------


class PointsField(Later, forms.DecimalField):
    """Points the way people write them: »7«, »7,5«."""

    widget = forms.TextInput

    def __init__(self, *, most: Decimal, **kwargs):
        self.most = most
        super().__init__(max_digits=6, decimal_places=2, **kwargs)

    def to_python(self, value):
        written = str(value or "").strip()
        if not written:
            return None
        if not POINTS.fullmatch(written):
            raise forms.ValidationError(_now("wpisz liczbę od 0 do %(most)s") % {"most": plain(self.most)})
        return Decimal(written.replace(",", "."))

    def prepare_value(self, value):
        return plain(value) if isinstance(value, Decimal) else value

    def widget_attrs(self, widget):
        unit = _now("z %(most)s") % {"most": plain(self.most)}
        return {"inputmode": "decimal", "autocomplete": "off", "class": "w-s r", "data-unit": unit}


def plain(value: Decimal) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


class CardForm(forms.Form):
    """A card as a form: points of each criterion or sub-criterion, its reasons, after signing also why it changes."""

    use_required_attribute = False

    def __init__(self, *args, card: ScoreCard, criteria: list[CallCriterion], least: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        known = {score.criterion_id: score for score in card.scores.all()}
        for one in criteria:
            self._add(one, known.get(one.pk), least)
        if card.signed_at:
            self.fields["reason"] = LaterTextField(
                label=_("Dlaczego zmieniasz podpisaną ocenę"),
                help_text=_("Powód i zmiana będą publiczne razem z wynikami, bez Twojego nazwiska."),
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def _add(self, one: CallCriterion, score, least: int) -> None:
        subs = list(one.subs.all())
        for sub in subs:
            written = score.sub_points.get(str(sub.pk)) if score else None
            self.fields[f"sub_{sub.pk}"] = PointsField(
                most=sub.max_points, label=sub.name, initial=Decimal(written) if written else None
            )
        if not subs:
            points = score.points if score else None
            self.fields[f"points_{one.pk}"] = PointsField(
                most=one.max_points or Decimal(0), label=_now("Punkty"), initial=points
            )
        self.fields[f"why_{one.pk}"] = LaterTextField(
            label=_now("Uzasadnienie"),
            help_text=_now("Co najmniej %(n)s znaków. Będzie publiczne: bez nazwisk i danych osób.")
            % {"n": least},
            max_length=5000,
            initial=score.justification if score else "",
            widget=forms.Textarea(attrs={"rows": 4, "data-least": least}),
        )

    def rows(self) -> list[dict[str, Any]]:
        """The criteria in order, each with its bound fields."""
        return [
            {
                "criterion": one,
                "points": [self[f"sub_{sub.pk}"] for sub in one.subs.all()] or [self[f"points_{one.pk}"]],
                "has_subs": bool(one.subs.all()),
                "why": self[f"why_{one.pk}"],
            }
            for one in self.criteria
        ]

    def typed(self) -> dict[int, Typed]:
        """What can be saved of what was typed; a row with points that are no number keeps its reasons."""
        data = self.cleaned_data
        return {
            one.pk: Typed(
                points=data.get(f"points_{one.pk}"),
                subs={sub.pk: data.get(f"sub_{sub.pk}") for sub in one.subs.all()},
                justification=data.get(f"why_{one.pk}", ""),
            )
            for one in self.criteria
        }


# --- reasons --------------------------------------------------------------------------------------


class ReasonsForm(AntiSpamMixin, forms.Form):
    """A question for the reasons, from anybody."""

    about = forms.ChoiceField(label=_("Czego dotyczy pytanie"))
    text = forms.CharField(
        label=_("Twoje pytanie"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Zapytaj o uzasadnienie wyboru albo odrzucenia oferty."),
    )
    email = forms.EmailField(label=_("Adres e-mail, na który odpowiemy"))

    def __init__(self, *args, call: Call, **kwargs):
        super().__init__(*args, **kwargs)
        rows = [
            *((f"a{one.pk}", one) for one in Award.objects.filter(result__call=call)),
            *((f"r{one.pk}", one) for one in RejectedOffer.objects.filter(result__call=call)),
        ]
        self._rows = dict(rows)
        named = [
            (key, " – ".join(filter(None, [one.organization_name, one.title]))[:200]) for key, one in rows
        ]
        self.fields["about"].choices = [("", _("cały wynik konkursu")), *named]
        self.fields["about"].required = False

    def subject(self) -> dict[str, Any]:
        """The offer asked about, as the action takes it."""
        key = self.cleaned_data["about"]
        return {"award" if key[0] == "a" else "rejected": self._rows[key]} if key else {}
