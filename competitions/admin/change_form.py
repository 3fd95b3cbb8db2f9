"""The page on which a published notice is changed: fields, rows, reason, and where the change was published."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.db import models
from django.forms import BaseInlineFormSet, inlineformset_factory
from django.utils.translation import gettext_lazy as _

from core.common.fields import RichTextField
from core.common.form_fields import DayField, MomentField, MoneyField
from core.common.sanitize import text_of
from core.documents.enums import Place

from ..actions import NOTICE_ROWS, Publication, RowChange
from ..enums import Form
from ..models import Call
from .form_fields import LinesField

HREF = re.compile(r'href="([^"]*)"')
PLACES = (Place.BIP, Place.NOTICE_BOARD, Place.WEBSITE)
EMPTY_ROWS = 1


class ChangeForm(forms.ModelForm):
    """A change of a published notice: what is new, why, and where the change was published."""

    offers_due_at = MomentField(label=_("Termin składania ofert"), required=False)
    questions_until = MomentField(label=_("Pytania do"), required=False)
    budget_total = MoneyField(label=_("Pula środków"), required=False)
    min_grant = MoneyField(label=_("Najniższa dotacja"), required=False)
    max_grant = MoneyField(label=_("Najwyższa dotacja"), required=False)
    target_groups = LinesField(label=_("Dla kogo jest zadanie"), help_text=_("Każda grupa w nowej linii."))
    attachments_required = LinesField(
        label=_("Wymagane załączniki"), help_text=_("Każdy załącznik w nowej linii.")
    )
    committee_call_until = MomentField(label=_("Zgłoszenia do komisji do"), required=False)
    confirmation_due_at = MomentField(label=_("Potwierdzenie do"), required=False)
    contracts_until = DayField(label=_("Umowy do"), required=False)
    results_planned_on = DayField(label=_("Planowany dzień wyników"), required=False)
    formal_review_until = DayField(label=_("Ocena formalna do"), required=False)
    merit_review_until = DayField(label=_("Ocena merytoryczna do"), required=False)
    form = forms.ChoiceField(label=_("Forma"), choices=Form.choices)
    reason = forms.CharField(
        label=_("Powód zmiany"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Będzie widoczny publicznie i w wiadomości do osób, które obserwują konkurs."),
    )
    is_substantive = forms.BooleanField(
        label=_("To zmiana istotna: czas na oferty biegnie od nowa"),
        required=False,
        help_text=_(
            "Zmianę kwot, warunków, formy, miejsca lub czasu zadania uznajemy za istotną bez zaznaczania."
        ),
    )

    class Meta:
        model = Call
        fields = [
            "title",
            "form",
            "offers_due_at",
            "questions_until",
            "budget_total",
            "budget_note",
            "min_grant",
            "max_grant",
            "offers_per_applicant",
            "task_from",
            "task_to",
            "place",
            "plain_summary",
            "goal",
            "eligibility",
            "conditions",
            "accessibility",
            "selection_procedure",
            "minimum_score",
            "submission_system",
            "submission_url",
            "contact",
            "formal_review_until",
            "merit_review_until",
            "results_planned_on",
            "information_clause",
            "must_exceed_min_grant",
            "max_grant_per_year",
            "max_grant_per_applicant",
            "max_grant_per_place",
            "equipment_limit",
            "equipment_percent",
            "min_own_contribution_percent",
            "own_contribution_note",
            "min_financial_contribution_percent",
            "max_in_kind_percent",
            "max_cofinancing_percent",
            "admin_cost_percent",
            "planned_awards",
            "is_offer_per_part",
            "requires_opp",
            "target_groups",
            "task_period_note",
            "preferred_places",
            "deadline_note",
            "committee_call",
            "committee_call_until",
            "contracts_until",
            "attachments_required",
            "requires_signed_confirmation",
            "confirmation_due_at",
            "confirmation_ways",
            "paper_confirmation_deadline",
            "contact_system",
            "prior_funding_current_year",
            "prior_funding_previous_year",
            "prior_funding_note",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.row_sets = row_sets(self.data if self.is_bound else None, self.instance)
        for field in self.fields.values():
            if type(field.widget) is forms.Textarea:
                field.widget.attrs["rows"] = 3
        for place in PLACES:
            self.fields[f"{place}_on"] = DayField(
                label=_("%(place)s: dnia") % {"place": place.label}, required=False
            )
            self.fields[f"{place}_where"] = forms.CharField(
                label=_("%(place)s: adres strony albo miejsce") % {"place": place.label},
                required=False,
                max_length=500,
            )

    def is_valid(self) -> bool:
        rows_are_valid = all(rows.is_valid() for rows in self.row_sets.values() if rows.is_bound)
        return super().is_valid() and rows_are_valid

    def row_changes(self) -> dict[str, list[RowChange]]:
        """Changed, new and removed rows by kind; kinds without a change are left out."""
        found = {name: list(changed_rows(rows)) for name, rows in self.row_sets.items() if rows.is_bound}
        return {name: rows for name, rows in found.items() if rows}

    def changes(self) -> dict[str, Any]:
        """New values of the fields that were changed on the page, not of those a browser only wrote its own way."""
        new = {name: self.cleaned_data[name] for name in self.changed_data if name in self.Meta.fields}
        return {
            name: _with_plain_lines(value) for name, value in new.items() if not self._is_same(name, value)
        }

    def _is_same(self, name: str, value: Any) -> bool:
        old = self.initial.get(name)
        if isinstance(Call._meta.get_field(name), RichTextField):
            return _words(old or "") == _words(value)
        return _with_plain_lines(value) == old

    def publications(self) -> list[Publication]:
        """The places that have a day."""
        return [self._publication(place) for place in PLACES if self.cleaned_data.get(f"{place}_on")]

    def _publication(self, place: Place) -> Publication:
        where = self.cleaned_data[f"{place}_where"]
        is_address = place != Place.NOTICE_BOARD
        return Publication(
            place=place,
            published_on=self.cleaned_data[f"{place}_on"],
            url=where if is_address else "",
            location="" if is_address else where,
        )


def row_sets(data: Any, call: Call) -> dict[str, BaseInlineFormSet]:
    """A set of forms for every kind of rows; one whose count did not arrive is left as it is stored."""
    found = {}
    for name in NOTICE_ROWS:
        made = ROW_SETS[name]
        is_sent = data is not None and f"{name}-TOTAL_FORMS" in data
        found[name] = made(data if is_sent else None, instance=call, prefix=name)
    return found


def _row_set(name: str) -> type[BaseInlineFormSet]:
    model = Call._meta.get_field(name).related_model
    return inlineformset_factory(
        Call, model, fields=NOTICE_ROWS[name], extra=EMPTY_ROWS, can_delete=True, formfield_callback=_control
    )


def _control(column: Any, **kwargs: Any) -> Any:
    """Long texts in few lines; figures with a comma or a point."""
    if isinstance(column, models.DecimalField):
        kwargs["localize"] = True
    found = column.formfield(**kwargs)
    if found is not None and isinstance(found.widget, forms.Textarea):
        found.widget.attrs["rows"] = 2
    return found


ROW_SETS = {name: _row_set(name) for name in NOTICE_ROWS}


def changed_rows(rows: BaseInlineFormSet) -> Iterator[RowChange]:
    for form in rows.forms:
        pk = form.instance.pk
        if pk is not None and form.cleaned_data.get("DELETE"):
            yield RowChange(pk, is_removed=True)
        elif form.has_changed() and not form.cleaned_data.get("DELETE"):
            yield RowChange(
                pk,
                {
                    name: form.cleaned_data[name]
                    for name in form.changed_data
                    if name in form.fields and name != "DELETE"
                },
            )


def _with_plain_lines(value: Any) -> Any:
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _words(html: str) -> tuple[list[str], list[str]]:
    """What rich text says and where its links lead, whatever elements an editor wraps it in."""
    return text_of(html).split(), HREF.findall(html)
