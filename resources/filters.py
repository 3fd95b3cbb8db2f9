"""Filters of the list of resources."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from core.city.models import District

from .enums import ResourceKind
from .models import Resource


class ResourceFilter(django_filters.FilterSet):
    rodzaj = django_filters.MultipleChoiceFilter(
        field_name="kind",
        label=_("Rodzaj"),
        choices=ResourceKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    dzielnica = django_filters.ModelMultipleChoiceFilter(
        field_name="district", label=_("Dzielnica"), queryset=District.objects.all(), to_field_name="number"
    )
    nazwa = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label=_("Słowo w nazwie"))

    class Meta:
        model = Resource
        fields: list[str] = []
