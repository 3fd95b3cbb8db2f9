"""Filters of the list of news; each option carries the number of results it would give."""

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.city.models import Branch, District
from core.common.clock import today
from core.common.listing import facet_counts

from .enums import Category, NewsState
from .models import NewsItem
from .queries.news import years

LONGEST_QUERY = 100
MOST_WORDS = 6


class Facet(django_filters.MultipleChoiceFilter):
    """Boxes to tick; any of the ticked ones counts."""

    def __init__(self, label):
        super().__init__(label=label, method="by_facet", widget=forms.CheckboxSelectMultiple)


class NewsFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("Szukaj w aktualnościach"), method="by_words", max_length=LONGEST_QUERY
    )
    pokaz = Facet(_("Pokaż"))
    kategoria = Facet(_("Rodzaj"))
    branza = Facet(_("Branża"))
    dzielnica = Facet(_("Dzielnica"))
    rok = Facet(_("Rok"))

    class Meta:
        model = NewsItem
        fields: list[str] = []

    FACETS = ("pokaz", "kategoria", "branza", "dzielnica", "rok")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for facet in self.FACETS:
            self.filters[facet].extra["choices"] = [
                (key, label) for key, (label, _q) in self.facets[facet].items()
            ]

    @cached_property
    def facets(self) -> dict[str, dict[str, tuple]]:
        """facet → key in the address → (name, condition). Three queries: branches, districts, years."""
        return {
            "pokaz": {
                "nadchodzace": (_("nadchodzące wydarzenia"), Q(event_on__gte=today())),
                "archiwalne": (_("archiwalne"), Q(state=NewsState.ARCHIVED)),
            },
            "kategoria": {c.value: (c.label, Q(category=c)) for c in Category},
            "branza": {b.code: (b.label, Q(branch=b.pk)) for b in Branch.objects.all()},
            "dzielnica": {
                str(d.number): (str(d), Q(district=d.pk))
                for d in District.objects.only("number", "full_name")
            },
            "rok": {str(year): (str(year), Q(dated_on__year=year)) for year in years()},
        }

    def by_words(self, queryset: QuerySet, _name: str, text: str) -> QuerySet:
        """Every word somewhere in title, lead, text or place."""
        for word in text[:LONGEST_QUERY].split()[:MOST_WORDS]:
            anywhere = Q()
            for field in ("title", "lead", "body", "place"):
                anywhere |= Q(**{f"{field}__icontains": word})
            queryset = queryset.filter(anywhere)
        return queryset

    def by_facet(self, queryset: QuerySet, name: str, keys: list[str]) -> QuerySet:
        return queryset.filter(self.condition(name, keys))

    def condition(self, facet: str, keys: list[str]) -> Q:
        chosen = Q()
        for key in keys:
            chosen |= self.facets[facet][key][1]
        return chosen

    def show_counts(self) -> None:
        """Writes the number behind each option; options that give nothing are left out."""
        options = {
            facet: {key: q for key, (_label, q) in found.items()} for facet, found in self.facets.items()
        }
        counts = facet_counts(self.before_facets(), options, self.active())
        for facet in self.FACETS:
            chosen = set(self.cleaned.get(facet) or [])
            self.form.fields[facet].choices = [
                (key, format_html('{} <span class="n">({})</span>', label, counts[facet].get(key, 0)))
                for key, (label, _q) in self.facets[facet].items()
                if counts[facet].get(key) or key in chosen
            ]

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

    def before_facets(self) -> QuerySet:
        return self.filters["q"].filter(NewsItem.objects.published(), self.cleaned.get("q"))
