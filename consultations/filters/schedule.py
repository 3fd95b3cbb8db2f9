"""Filters of the yearly schedule: unit, branch, district, regime; files and feeds keep them (R-CNS-23)."""

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.city.models import District, OrganizationalUnit
from organizations.queries import branches

from ..enums import Regime
from ..models import Consultation

NAMES = ("jednostka", "branza", "dzielnica", "tryb")


class ScheduleFilter(django_filters.FilterSet):
    """A consultation of the whole city is one of every district, one without branches of every branch."""

    jednostka = django_filters.ChoiceFilter(
        label=_("Wydział lub jednostka"), method="by_unit", empty_label=_("wszystkie")
    )
    branza = django_filters.ChoiceFilter(label=_("Branża"), method="by_branch", empty_label=_("wszystkie"))
    dzielnica = django_filters.ChoiceFilter(
        label=_("Dzielnica"), method="by_district", empty_label=_("wszystkie")
    )
    tryb = django_filters.ChoiceFilter(
        label=_("Z kim"), method="by_regime", choices=Regime.choices, empty_label=_("ze wszystkimi")
    )

    class Meta:
        model = Consultation
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in NAMES:
            self.filters[name].extra["widget"] = forms.Select(attrs={"class": "form-select"})
        published = Consultation.objects.published().order_by()
        units = OrganizationalUnit.objects.filter(
            Q(consultations__in=published) | Q(co_consultations__in=published)
        ).distinct()
        self.filters["jednostka"].extra["choices"] = [(str(u.pk), u.name) for u in units.only("name")]
        self.filters["branza"].extra["choices"] = [(b.code, b.label) for b in branches()]
        districts = District.objects.only("number", "full_name")
        self.filters["dzielnica"].extra["choices"] = [(str(d.number), str(d)) for d in districts]

    def by_unit(self, rows: QuerySet, _name: str, pk: str) -> QuerySet:
        helping = Consultation.co_units.through.objects.filter(organizationalunit=pk).values("consultation")
        return rows.filter(Q(unit=pk) | Q(pk__in=helping))

    def by_branch(self, rows: QuerySet, _name: str, code: str) -> QuerySet:
        return rows.filter(branch_q(code))

    def by_district(self, rows: QuerySet, _name: str, number: str) -> QuerySet:
        here = Consultation.districts.through.objects.filter(district__number=number).values("consultation")
        return rows.filter(Q(is_citywide=True) | Q(pk__in=here))

    def by_regime(self, rows: QuerySet, _name: str, regime: str) -> QuerySet:
        return rows.filter(regimes__contains=[regime])


def branch_q(code: str) -> Q:
    """Consultations that touch a branch: those that name it, and those that name none."""
    links = Consultation.branches.through.objects
    return Q(pk__in=links.filter(branch__code=code).values("consultation")) | ~Q(
        pk__in=links.values("consultation")
    )
