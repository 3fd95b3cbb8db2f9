"""Filters of the Informator."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from core.city.models import Branch, District

from ..enums import OfferKind, TargetGroup
from ..models import Organization, ResidentOffer
from ..queries.facets import ACCESSIBLE
from .registry import LONGEST_QUERY, BoxFilter, any_word, branch_condition


class OfferFilter(django_filters.FilterSet):
    """Kind, price, accessibility, place, branch, for whom."""

    q = django_filters.CharFilter(
        label=_("Nazwa albo słowo"),
        max_length=LONGEST_QUERY,
        method="having_words",
        widget=forms.TextInput({"type": "search"}),
    )
    rodzaj = django_filters.MultipleChoiceFilter(
        field_name="kind",
        label=_("Czego szukasz"),
        choices=OfferKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    bezplatnie = BoxFilter(label=_("tylko bezpłatne"), method="only_free", widget=forms.CheckboxInput)
    dostepna = BoxFilter(label=_("siedziba bez stopni"), method="only_accessible", widget=forms.CheckboxInput)
    dzielnica = django_filters.ModelChoiceFilter(
        field_name="organization__district",
        label=_("Dzielnica"),
        queryset=District.objects.defer("outline", "localities"),
        to_field_name="number",
        empty_label=_("wszystkie"),
    )
    branza = django_filters.ModelChoiceFilter(
        label=_("Branża"),
        queryset=Branch.objects.all(),
        to_field_name="code",
        method="in_branch",
        empty_label=_("wszystkie"),
    )
    dla = django_filters.ChoiceFilter(
        label=_("Dla kogo"), choices=TargetGroup.choices, method="for_group", empty_label=_("wszyscy")
    )

    class Meta:
        model = ResidentOffer
        fields: list[str] = []

    def having_words(self, rows, _name, text):
        """Offers of organisations that hold the words; the index has the texts of their offers too."""
        return rows.filter(organization__in=Organization.objects.filter(any_word(text)))

    def only_free(self, rows, _name, ticked):
        return rows.filter(is_free=True) if ticked else rows

    def only_accessible(self, rows, _name, ticked):
        accessible = Organization.objects.filter(ACCESSIBLE)
        return rows.filter(organization__in=accessible) if ticked else rows

    def in_branch(self, rows, _name, branch):
        return rows.filter(organization__in=Organization.objects.filter(branch_condition([branch.code])))

    def for_group(self, rows, _name, group):
        return rows.filter(organization__target_groups__contains=[group])
