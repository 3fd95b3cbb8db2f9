"""Filters of the list of programmes."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from .enums import ProgrammeKind
from .models import Programme


class ProgrammeFilter(django_filters.FilterSet):
    rodzaj = django_filters.MultipleChoiceFilter(
        field_name="kind",
        label=_("Rodzaj"),
        choices=ProgrammeKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    tytul = django_filters.CharFilter(field_name="title", lookup_expr="icontains", label=_("Słowo w tytule"))

    class Meta:
        model = Programme
        fields: list[str] = []
