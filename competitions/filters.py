"""Filters of the list of calls, as they stand in the address."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.db.models import Count, Q, QuerySet, Sum
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.city.models import OrganizationalUnit, TaskSphere
from core.common.clock import at_local, end_of_day, now
from core.common.form_fields import DayField, DayInput, MoneyField

from .enums import Form, Mode, Phase
from .models import Call
from .models.call import in_phase

LONGEST_QUERY = 200
MOST_WORDS = 8
# Days beyond these say nothing, and the last day of the calendar has no next.
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
BOXES = forms.CheckboxSelectMultiple


class RangeInput(forms.MultiWidget):
    """Two inputs, »od« and »do«: ``kwota_od`` and ``kwota_do`` in the address."""

    def __init__(self, inner: type[forms.Widget], attrs: dict[str, str] | None = None):
        super().__init__({"od": inner(), "do": inner()}, attrs)

    def decompress(self, value: Any) -> list:
        return list(value or (None, None))


class RangeField(forms.MultiValueField):
    """A pair (from, to); each may be missing."""

    def compress(self, data_list: list) -> tuple | None:
        return tuple(data_list) if any(value is not None for value in data_list) else None


class AmountRangeField(RangeField):
    def __init__(self, *args, **kwargs):
        amounts = (MoneyField(required=False), MoneyField(required=False))
        widget = RangeInput(forms.TextInput, {"inputmode": "decimal", "data-unit": "zł"})
        super().__init__(amounts, *args, require_all_fields=False, widget=widget, **kwargs)


class DayRangeField(RangeField):
    def __init__(self, *args, **kwargs):
        days = (DayField(required=False), DayField(required=False))
        super().__init__(days, *args, require_all_fields=False, widget=RangeInput(DayInput), **kwargs)


class AmountRange(django_filters.Filter):
    field_class = AmountRangeField


class DayRange(django_filters.Filter):
    field_class = DayRangeField


def by_words(text: str) -> Q:
    """Every word stands in the title, the number, the sphere, or the short texts."""
    found = Q()
    for word in text.split()[:MOST_WORDS]:
        found &= (
            Q(title__icontains=word)
            | Q(number__icontains=word)
            | Q(sphere_label__icontains=word)
            | Q(description__icontains=word)
            | Q(plain_summary__icontains=word)
        )
    return found


def by_phases(phases: Iterable[str]) -> Q:
    moment, found = now(), Q()
    for phase in phases:
        found |= in_phase(phase, moment)
    return found


def by_amount(limits: tuple) -> Q:
    """What one offer may get: the highest grant, or the whole pool when the notice sets no limit."""
    least, most = limits
    found = Q()
    if least is not None:
        found &= Q(max_grant__gte=least) | Q(max_grant=None, budget_total__gte=least)
    if most is not None:
        found &= Q(max_grant__lte=most) | Q(max_grant=None, budget_total__lte=most)
    return found


def by_deadline(days: tuple[date | None, date | None]) -> Q:
    first, last = days
    found = Q()
    if first is not None:
        found &= Q(offers_due_at__gte=at_local(max(first, FIRST_DAY)))
    if last is not None:
        found &= Q(offers_due_at__lt=end_of_day(min(last, LAST_DAY)))
    return found


def by_spheres(numbers: Iterable[str]) -> Q:
    """Calls in one of the spheres, by the points of art. 4(1)."""
    return Q(pk__in=Call.spheres.through.objects.filter(tasksphere__statutory_no__in=numbers).values("call"))


def by_units(ids: Iterable[str]) -> Q:
    return Q(pk__in=Call.units.through.objects.filter(organizationalunit__in=ids).values("call"))


def calls_of(query: str) -> QuerySet[Call]:
    """Public calls that the filters of an address leave; the words of a saved search are those of the list."""
    filterset = CallFilter(QueryDict(query), queryset=Call.objects.published().select_related("unit"))
    return filterset.qs


CONDITIONS = {
    "q": by_words,
    "status": by_phases,
    "kwota": by_amount,
    "termin": by_deadline,
    "sfera": by_spheres,
    "jednostka": by_units,
    "forma": lambda forms_: Q(form__in=forms_),
    "tryb": lambda modes: Q(mode__in=modes),
}
# Facets counted in one aggregate, and those that hang on a table of links (with the column of the value there).
PLAIN_FACETS = ("status", "forma", "tryb")
LINKED_FACETS = {
    "sfera": (Call.spheres.through, "tasksphere__statutory_no"),
    "jednostka": (Call.units.through, "organizationalunit"),
}


def sphere_choices() -> list[tuple[str, str]]:
    """Spheres that some call has."""
    used = TaskSphere.objects.filter(pk__in=Call.spheres.through.objects.values("tasksphere"))
    return [(sphere.statutory_no, str(sphere)) for sphere in used]


def unit_choices() -> list[tuple[str, str]]:
    """Units that run a published call."""
    links = Call.units.through.objects.filter(call__in=Call.objects.published())
    used = OrganizationalUnit.objects.filter(pk__in=links.values("organizationalunit"))
    return [(str(pk), name) for pk, name in used.values_list("pk", "name")]


class CallFilter(django_filters.FilterSet):
    """Every field is optional; what is wrong is ignored and named on the page."""

    q = django_filters.CharFilter(label=_("Szukaj w konkursach"), max_length=LONGEST_QUERY)
    status = django_filters.MultipleChoiceFilter(label=_("Status"), choices=Phase.choices, widget=BOXES)
    kwota = AmountRange(label=_("Dotacja na jedną ofertę (zł)"))
    termin = DayRange(label=_("Koniec naboru"))
    sfera = django_filters.MultipleChoiceFilter(label=_("Sfera zadania publicznego"), widget=BOXES)
    jednostka = django_filters.MultipleChoiceFilter(label=_("Wydział lub jednostka"), widget=BOXES)
    forma = django_filters.MultipleChoiceFilter(label=_("Forma"), choices=Form.choices, widget=BOXES)
    tryb = django_filters.MultipleChoiceFilter(label=_("Tryb"), choices=Mode.choices, widget=BOXES)

    class Meta:
        model = Call
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["sfera"].extra["choices"] = sphere_choices()
        self.filters["jednostka"].extra["choices"] = unit_choices()

    def conditions(self) -> dict[str, Q]:
        """The condition of every field in force."""
        if not self.is_bound or self.form.errors is None:
            return {}
        chosen = self.form.cleaned_data
        return {name: make(chosen[name]) for name, make in CONDITIONS.items() if chosen.get(name)}

    def filter_queryset(self, queryset):
        return queryset.filter(*self.conditions().values())

    def counts(self) -> tuple[dict[str, dict[str, int]], Decimal | None]:
        """What each option of each facet would give, all other filters kept; and the sum of the pools found."""
        conditions, rows = self.conditions(), Call.objects.published()
        aggregates: dict[str, Any] = {"pool": Sum("budget_total", filter=Q(*conditions.values()))}
        for name in PLAIN_FACETS:
            others = Q(*(condition for key, condition in conditions.items() if key != name))
            for value, _label in self.form.fields[name].choices:
                aggregates[f"{name}_{value}"] = Count("pk", filter=others & CONDITIONS[name]([value]))
        found = rows.aggregate(**aggregates)
        plain = {
            name: {value: found[f"{name}_{value}"] for value, _label in self.form.fields[name].choices}
            for name in PLAIN_FACETS
        }
        return plain | {name: self._linked_counts(name, conditions) for name in LINKED_FACETS}, found["pool"]

    @staticmethod
    def _linked_counts(name: str, conditions: dict[str, Q]) -> dict[str, int]:
        links, column = LINKED_FACETS[name]
        others = (condition for key, condition in conditions.items() if key != name)
        calls = Call.objects.published().filter(*others).values("pk")
        rows = links.objects.filter(call__in=calls).values_list(column).annotate(n=Count("call"))
        return {str(value): n for value, n in rows.order_by()}
