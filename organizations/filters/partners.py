"""Filters of the partner finder."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.common.listing import facet_counts

from ..enums import PartnerKind, TargetGroup
from ..models import PartnerNotice
from ..queries.registry import districts, spheres
from .registry import LONGEST_QUERY

CONDITIONS = {
    "rodzaj": lambda kind: Q(kind=kind),
    "sfera": lambda code: Q(sphere__code=code),
    "dzielnica": lambda number: Q(district__number=int(number)) | Q(district=None),
    "dla": lambda group: Q(target_group=group),
}


class PartnerFilter(django_filters.FilterSet):
    """Which way, sphere, place and for whom; a notice for the whole city counts in every district."""

    q = django_filters.CharFilter(
        label=_("Słowo"),
        max_length=LONGEST_QUERY,
        method="having",
        widget=forms.TextInput({"type": "search"}),
    )
    rodzaj = django_filters.ChoiceFilter(
        label=_("Organizacja"),
        choices=PartnerKind.choices,
        empty_label=_("szuka albo oferuje"),
        method="by_facet",
    )
    sfera = django_filters.ChoiceFilter(
        label=_("Sfera zadań publicznych"), empty_label=_("wszystkie"), method="by_facet"
    )
    dzielnica = django_filters.ChoiceFilter(
        label=_("Dzielnica"), empty_label=_("wszystkie"), method="by_facet"
    )
    dla = django_filters.ChoiceFilter(
        label=_("Dla kogo"), choices=TargetGroup.choices, empty_label=_("wszyscy"), method="by_facet"
    )

    class Meta:
        model = PartnerNotice
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["sfera"].extra["choices"] = [(s.code, str(s)) for s in spheres()]
        self.filters["dzielnica"].extra["choices"] = [
            (str(d.number), f"{d.roman} {d.name}") for d in districts()
        ]

    def having(self, rows, _name, text):
        """Every word somewhere in the notice or in the name of who wrote it."""
        for word in text.split()[:10]:
            found = Q(title__icontains=word) | Q(text__icontains=word) | Q(organization__name__icontains=word)
            rows = rows.filter(found)
        return rows

    def by_facet(self, rows, name, value):
        return rows.filter(CONDITIONS[name](value))

    def show_counts(self) -> None:
        """The number of notices behind every option; one query."""
        chosen = self.form.cleaned_data if self.form.is_bound and self.form.is_valid() else {}
        words = self.having(self.queryset, "q", chosen["q"]) if chosen.get("q") else self.queryset
        options = {
            name: {
                str(value): CONDITIONS[name](value)
                for value, _label in self.form.fields[name].choices
                if value
            }
            for name in CONDITIONS
        }
        active = {name: CONDITIONS[name](chosen[name]) for name in CONDITIONS if chosen.get(name)}
        counts = facet_counts(words, options, active)
        for name in CONDITIONS:
            field = self.form.fields[name]
            field.choices = [
                (value, f"{label} ({counts[name].get(str(value), 0)})" if value else label)
                for value, label in field.choices
            ]
