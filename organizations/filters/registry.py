"""Filters of the base: shape of the address, conditions, counts beside the options."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.db.models.functions import Left
from django.db.models.lookups import Exact
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.city.models import TaskSphere
from core.documents import search

from .. import law
from ..enums import Freshness, LegalForm, TargetGroup
from ..models import Organization
from ..queries.facets import ACCESSIBLE, FLAGS, FRESHNESS, Counts
from ..queries.registry import SEARCH_KIND, branches, districts, spheres

OUTSIDE = "poza"
LONGEST_QUERY = 200
COUNTED = ("branza", "szuka", "forma", "dzielnica", "sfera", "dla", "dane")
WANTED = {
    "wolontariuszy": _("wolontariuszy"),
    "partnera": _("partnera do oferty wspólnej"),
    "lokalu": _("lokalu albo sali"),
}


def any_word(text: str) -> Q:
    """Profiles that hold every word in any form, or whose number this is (R-ORG-21)."""
    found = search.matching(text, SEARCH_KIND)
    condition = Q(pk__in=found) if found is not None else Q(pk=None)
    return condition | number_condition(text)


def number_condition(text: str) -> Q:
    """Profiles with the register number that the text is; of REGON the first nine digits count."""
    condition = Q(pk=None)
    for name, number in law.numbers_meant(text).items():
        condition |= Exact(Left("regon", 9), number[:9]) if name == "regon" else Q(**{name: number})
    return condition


def branch_condition(codes: list[str]) -> Q:
    gathered = TaskSphere.objects.filter(branches__code__in=codes)
    return Q(
        pk__in=Organization.spheres.through.objects.filter(tasksphere__in=gathered).values("organization")
    )


def sphere_condition(code: str) -> Q:
    return Q(pk__in=Organization.spheres.through.objects.filter(tasksphere__code=code).values("organization"))


def district_condition(value: str) -> Q:
    return Q(is_outside_city=True) if value == OUTSIDE else Q(district__number=int(value))


def wanted_condition(options: list[str]) -> Q:
    condition = Q()
    for option in options:
        condition |= FLAGS["szuka"][option]
    return condition


class OptionalBoolean(forms.BooleanField):
    """A box that narrows when ticked and says nothing when not."""

    def clean(self, value):
        return super().clean(value) or None


class BoxFilter(django_filters.Filter):
    field_class = OptionalBoolean


class OrganizationFilter(django_filters.FilterSet):
    """Each value in force is a condition by facet, so that the counts can leave one facet out."""

    q = django_filters.CharFilter(
        label=_("Nazwa, KRS albo słowo"), max_length=LONGEST_QUERY, widget=forms.TextInput({"type": "search"})
    )
    branza = django_filters.MultipleChoiceFilter(label=_("Branża"), widget=forms.CheckboxSelectMultiple)
    szuka = django_filters.MultipleChoiceFilter(
        label=_("Szuka"), choices=list(WANTED.items()), widget=forms.CheckboxSelectMultiple
    )
    forma = django_filters.MultipleChoiceFilter(
        label=_("Forma prawna"), choices=LegalForm.choices, widget=forms.CheckboxSelectMultiple
    )
    opp = BoxFilter(label=_("organizacja pożytku publicznego (OPP)"), widget=forms.CheckboxInput)
    dostepna = BoxFilter(label=_("siedziba bez stopni"), widget=forms.CheckboxInput)
    dane = django_filters.ChoiceFilter(
        label=_("Dane w profilu"), choices=Freshness.choices, empty_label=_("wszystkie")
    )
    dzielnica = django_filters.ChoiceFilter(label=_("Dzielnica"), empty_label=_("wszystkie"))
    sfera = django_filters.ChoiceFilter(label=_("Sfera zadań publicznych"), empty_label=_("wszystkie"))
    dla = django_filters.ChoiceFilter(
        label=_("Dla kogo"), choices=TargetGroup.choices, empty_label=_("wszyscy")
    )

    CONDITIONS = {
        "q": any_word,
        "branza": branch_condition,
        "szuka": wanted_condition,
        "forma": lambda forms_: Q(legal_form__in=forms_),
        "opp": lambda _ticked: Q(has_opp_status=True),
        "dostepna": lambda _ticked: ACCESSIBLE,
        "dane": lambda value: FRESHNESS[value],
        "dzielnica": district_condition,
        "sfera": sphere_condition,
        "dla": lambda group: Q(target_groups__contains=[group]),
    }

    class Meta:
        model = Organization
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["branza"].extra["choices"] = [(b.code, _capital(b.label)) for b in branches()]
        self.filters["sfera"].extra["choices"] = [(s.code, str(s)) for s in spheres()]
        self.filters["dzielnica"].extra["choices"] = [
            *[(str(d.number), f"{d.roman} {d.name}") for d in districts()],
            (OUTSIDE, _("poza miastem")),
        ]

    @property
    def conditions(self) -> dict[str, Q]:
        """The conditions in force, by facet; what does not make sense has none."""
        if not hasattr(self, "_conditions"):
            self.form.is_valid()
            given = (
                {n: v for n, v in self.form.cleaned_data.items() if v not in (None, "", [])}
                if self.form.is_bound
                else {}
            )
            self._conditions = {name: self.CONDITIONS[name](value) for name, value in given.items()}
        return self._conditions

    @property
    def key(self) -> str:
        """The filters in force as one word, for the cache of their counts."""
        values = self.form.cleaned_data if self.conditions else {}
        return repr(sorted((name, str(value)) for name, value in values.items() if value))

    @property
    def qs(self):
        rows = self.queryset
        for condition in self.conditions.values():
            rows = rows.filter(condition)
        return rows

    def show_counts(self, counts: Counts) -> None:
        """Writes the number of profiles behind every option; forms that nobody has are left out."""
        chosen = set(self.form.data.getlist("forma")) if hasattr(self.form.data, "getlist") else set()
        for name, field in self.form.fields.items():
            if isinstance(field, OptionalBoolean):
                number = counts.get(name, {}).get("on", 0)
                self.form[name].label = _with_count(field.label, number, is_box=True)
            elif isinstance(field, forms.ChoiceField) and name in COUNTED:
                field.choices = [
                    (
                        value,
                        label
                        if value == ""
                        else _with_count(
                            label,
                            counts.get(name, {}).get(str(value), 0),
                            is_box=name in ("branza", "szuka", "forma"),
                        ),
                    )
                    for value, label in field.choices
                    if value == "" or name != "forma" or counts.get(name, {}).get(value) or value in chosen
                ]


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]


def _with_count(label: Any, number: int, *, is_box: bool) -> Any:
    if is_box:
        return format_html('{} <span class="n">({})</span>', label, number)
    return f"{label} ({number})"
