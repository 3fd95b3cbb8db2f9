"""Filters of the public lists; a value that makes no sense is ignored and named on the page."""

from datetime import datetime

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.city.models import District, OrganizationalUnit
from core.common.clock import now
from core.common.form_fields import DayField, DayInput
from core.common.listing import facet_counts

from ..enums import POSITIONS_OF_DEMANDS, DemandStatus, Kind, PositionCode, Regime, State
from ..models import Consultation, Postulate, Remark
from ..models.consultation import begun_q, not_over_q, over_q

LONGEST_QUERY = 100
MOST_WORDS = 6
BOX = '{} <span class="n">({})</span>'


def open_q(at: datetime) -> Q:
    return begun_q(at) & not_over_q(at)


def announced_q(at: datetime) -> Q:
    return Q(state=State.ANNOUNCED) & ~begun_q(at)


def analysed_q(at: datetime) -> Q:
    return Q(state__in=[State.CLOSED, State.ANALYSIS]) | (begun_q(at) & over_q(at))


# key in the address: (name, condition at a moment)
STATUSES = {
    "trwaja": (_("trwają"), open_q),
    "zapowiedziane": (_("zapowiedziane"), announced_q),
    "planowane": (_("planowane"), lambda _at: Q(state=State.PLANNED)),
    "analiza": (_("zakończone, przed raportem"), analysed_q),
    "raport": (_("z raportem"), lambda _at: Q(state__in=[State.REPORT_PUBLISHED, State.OUTCOME_PUBLISHED])),
    "archiwalne": (_("archiwalne"), lambda _at: Q(state=State.ARCHIVED)),
    "odwolane": (_("odwołane"), lambda _at: Q(state=State.CANCELLED)),
}


class DayFilter(django_filters.DateFilter):
    field_class = DayField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, widget=DayInput, **kwargs)


class BoxesFilter(django_filters.MultipleChoiceFilter):
    """Several of a few options, as boxes to tick."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, widget=forms.CheckboxSelectMultiple, **kwargs)


def words_q(text: str, *fields: str) -> Q:
    """Every word somewhere in one of the fields."""
    condition = Q()
    for word in text[:LONGEST_QUERY].split()[:MOST_WORDS]:
        anywhere = Q()
        for field in fields:
            anywhere |= Q(**{f"{field}__icontains": word})
        condition &= anywhere
    return condition


class ConsultationFilter(django_filters.FilterSet):
    """Facets carry the number of results each option would give."""

    q = django_filters.CharFilter(
        label=_("Szukaj w konsultacjach"), method="by_words", max_length=LONGEST_QUERY
    )
    stan = BoxesFilter(label=_("Stan"), method="by_facet")
    tryb = BoxesFilter(label=_("Z kim"), method="by_facet")
    rodzaj = BoxesFilter(label=_("Czego dotyczą"), method="by_facet")
    od = DayFilter(label=_("Trwają od"), field_name="ends_on", lookup_expr="gte")
    do = DayFilter(label=_("Trwają do"), field_name="starts_on", lookup_expr="lte")
    jednostka = django_filters.ChoiceFilter(
        label=_("Wydział lub jednostka"), method="by_facet", empty_label=_("wszystkie")
    )
    dzielnica = django_filters.ChoiceFilter(
        label=_("Dzielnica"), method="by_facet", empty_label=_("wszystkie")
    )

    class Meta:
        model = Consultation
        fields: list[str] = []

    FACETS = ("stan", "tryb", "rodzaj", "jednostka", "dzielnica")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for facet in self.FACETS:
            self.filters[facet].extra["choices"] = [
                (key, label) for key, (label, _q) in self.facets[facet].items()
            ]

    @cached_property
    def facets(self) -> dict[str, dict[str, tuple]]:
        """facet → key in the address → (name, condition). Two queries: units and districts."""
        at = now()
        units = OrganizationalUnit.objects.filter(
            consultations__in=Consultation.objects.published().order_by()
        ).distinct()
        return {
            "stan": {key: (label, condition(at)) for key, (label, condition) in STATUSES.items()},
            "tryb": {r.value: (r.label, Q(regimes__contains=[r.value])) for r in Regime},
            "rodzaj": {k.value: (k.label, Q(kind=k)) for k in Kind},
            "jednostka": {str(unit.pk): (unit.name, Q(unit=unit.pk)) for unit in units.only("name")},
            "dzielnica": {
                str(d.number): (str(d), self.in_district(d))
                for d in District.objects.only("number", "full_name")
            },
        }

    @staticmethod
    def in_district(district: District) -> Q:
        links = Consultation.districts.through.objects.filter(district=district.pk)
        return Q(is_citywide=True) | Q(pk__in=links.values("consultation"))

    def by_words(self, queryset: QuerySet, _name: str, text: str) -> QuerySet:
        """Of a mere plan only the title is public, so only the title is searched."""
        in_notice = words_q(text, "title", "plain_summary", "subject", "description") & ~Q(
            state=State.PLANNED
        )
        return queryset.filter(words_q(text, "title") | in_notice)

    def by_facet(self, queryset: QuerySet, name: str, chosen: list[str] | str) -> QuerySet:
        return queryset.filter(self.condition(name, chosen))

    def condition(self, facet: str, chosen: list[str] | str) -> Q:
        found = Q()
        for key in [chosen] if isinstance(chosen, str) else chosen:
            found |= self.facets[facet][key][1]
        return found

    def show_counts(self) -> None:
        """Writes behind each option how many results it would give; options without any are left out."""
        counts = facet_counts(self.without_facets(), self.conditions(), self.active())
        for facet in self.FACETS:
            field, chosen = self.form.fields[facet], self.cleaned.get(facet) or []
            shape = "{} ({})" if isinstance(self.filters[facet], django_filters.ChoiceFilter) else BOX
            shown = [
                (key, format_html(shape, label, counts[facet][key]))
                for key, (label, _q) in self.facets[facet].items()
                if counts[facet][key] or key in chosen
            ]
            field.choices = shown if shape == BOX else [("", _("wszystkie")), *shown]

    def conditions(self) -> dict[str, dict[str, Q]]:
        return {
            facet: {key: q for key, (_label, q) in options.items()} for facet, options in self.facets.items()
        }

    @property
    def cleaned(self) -> dict:
        """The values that make sense; nothing when the list is not filtered."""
        if not self.form.is_bound:
            return {}
        self.form.is_valid()
        return self.form.cleaned_data

    def active(self) -> dict[str, Q]:
        return {
            facet: self.condition(facet, self.cleaned[facet])
            for facet in self.FACETS
            if self.cleaned.get(facet)
        }

    def without_facets(self) -> QuerySet:
        """The rows after the other filters, fit for counting."""
        rows = Consultation.objects.published()
        for name in ("q", "od", "do"):
            rows = self.filters[name].filter(rows, self.cleaned.get(name))
        return rows


class RemarkFilter(django_filters.FilterSet):
    punkt = django_filters.CharFilter(method="by_point", label=_("Punkt dokumentu"), max_length=100)
    stanowisko = BoxesFilter(
        label=_("Stanowisko"),
        choices=[*PositionCode.choices, ("brak", _("czeka na odpowiedź"))],
        method="by_position",
    )

    class Meta:
        model = Remark
        fields: list[str] = []

    def by_point(self, queryset: QuerySet, _name: str, point: str) -> QuerySet:
        """By the address of a point, or by what the remark says of its place."""
        return queryset.filter(Q(point__key=point) | Q(point=None, part=point))

    def by_position(self, queryset: QuerySet, _name: str, codes: list[str]) -> QuerySet:
        answered = Q(position_code__in=codes) & ~Q(answered_at=None)
        return queryset.filter(answered | Q(answered_at=None) if "brak" in codes else answered)


class PostulateFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("Szukaj w postulatach"), method="by_words", max_length=LONGEST_QUERY
    )
    stan = BoxesFilter(
        field_name="position_code", label=_("Stanowisko"), choices=list(POSITIONS_OF_DEMANDS.items())
    )
    dalej = BoxesFilter(field_name="status", label=_("Co się dzieje"), choices=DemandStatus.choices)
    organizacja = django_filters.ChoiceFilter(
        field_name="organisation_name", label=_("Organizacja"), empty_label=_("wszystkie")
    )
    komorka = django_filters.ChoiceFilter(
        field_name="position_unit", label=_("Komórka, która odpowiada"), empty_label=_("wszystkie")
    )
    rok = django_filters.ChoiceFilter(
        field_name="meeting_on__year", label=_("Rok spotkania"), empty_label=_("wszystkie")
    )

    class Meta:
        model = Postulate
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        units = OrganizationalUnit.objects.filter(postulates__isnull=False).distinct()
        self.filters["komorka"].extra["choices"] = [(str(unit.pk), unit.name) for unit in units]
        years = (
            Postulate.objects.exclude(meeting_on=None)
            .order_by("-meeting_on__year")
            .values_list("meeting_on__year", flat=True)
        )
        self.filters["rok"].extra["choices"] = [(str(year), str(year)) for year in years.distinct()]
        names = Postulate.objects.published().exclude(organisation_name="").order_by("organisation_name")
        names = names.values_list("organisation_name", flat=True).distinct()
        self.filters["organizacja"].extra["choices"] = [(name, name) for name in names]

    def by_words(self, queryset: QuerySet, _name: str, text: str) -> QuerySet:
        return queryset.filter(words_q(text, "postulate", "justification", "position", "organisation_name"))
