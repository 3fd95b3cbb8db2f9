"""Filters of the list of dialogue bodies."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from .enums import BodyKind, BodyState
from .models import DialogueBody

STATES = [(s.value, s.label) for s in BodyState if s != BodyState.FORMING]


class BodyFilter(django_filters.FilterSet):
    rodzaj = django_filters.MultipleChoiceFilter(
        field_name="kind", label=_("Rodzaj"), choices=BodyKind.choices, widget=forms.CheckboxSelectMultiple
    )
    stan = django_filters.MultipleChoiceFilter(
        field_name="state", label=_("Stan"), choices=STATES, widget=forms.CheckboxSelectMultiple
    )
    nazwa = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label=_("Słowo w nazwie"))

    class Meta:
        model = DialogueBody
        fields: list[str] = []
