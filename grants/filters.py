"""Filters of the list of small grants."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from .enums import SmallGrantKind
from .models import SmallGrant


class SmallGrantFilter(django_filters.FilterSet):
    rodzaj = django_filters.MultipleChoiceFilter(
        field_name="kind",
        label=_("Rodzaj"),
        choices=SmallGrantKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    tytul = django_filters.CharFilter(field_name="title", lookup_expr="icontains", label=_("Słowo w tytule"))

    class Meta:
        model = SmallGrant
        fields: list[str] = []
