"""What the city paid for the same task before: awards by year, with their calls, as table, chart and file."""

import django_filters
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core.common.exports import Column, csv_response

from .. import queries
from ..enums import WITH_RESULTS, Outcome
from ..filters import by_spheres, by_units, sphere_choices, unit_choices
from ..models import Award, Call

MOST_WORDS, MOST_AWARDS, MOST_SIMILAR = 6, 300, 5
# Short words, and those of every second title, tell nothing of a task.
EMPTY_WORDS = frozenset(
    {
        "konkurs",
        "zadanie",
        "zadania",
        "krakowa",
        "krakowie",
        "miasta",
        "roku",
        "latach",
        "wspieranie",
        "prowadzenie",
    }
)
COLUMNS = [
    Column("rok", gettext_lazy("rok naboru"), lambda a: a.year),
    Column("konkurs", gettext_lazy("tytuł konkursu"), lambda a: a.result.call.title),
    Column("organizacja", gettext_lazy("kto dostał dotację"), lambda a: a.organization_name),
    Column("zadanie", gettext_lazy("tytuł oferty"), lambda a: a.title),
    Column("kwota", gettext_lazy("przyznana dotacja w złotych"), lambda a: a.amount),
]


class PaidFilter(django_filters.FilterSet):
    """By words of the title, sphere and unit, as in the list of calls."""

    q = django_filters.CharFilter(label=gettext_lazy("Słowa z tytułu"), max_length=200, method="by_title")
    sfera = django_filters.ChoiceFilter(
        label=gettext_lazy("Sfera zadania publicznego"), choices=sphere_choices, method="by_sphere"
    )
    jednostka = django_filters.ChoiceFilter(
        label=gettext_lazy("Wydział lub jednostka"), choices=unit_choices, method="by_unit"
    )

    class Meta:
        model = Call
        fields: list[str] = []

    def by_title(self, rows: QuerySet, _name: str, text: str) -> QuerySet:
        found = Q()
        for word in text.split()[:MOST_WORDS]:
            found &= Q(title__icontains=word)
        return rows.filter(found)

    def by_sphere(self, rows: QuerySet, _name: str, number: str) -> QuerySet:
        return rows.filter(by_spheres([number]))

    def by_unit(self, rows: QuerySet, _name: str, pk: str) -> QuerySet:
        return rows.filter(by_units([pk]))


def awards_of(calls: QuerySet[Call]) -> QuerySet[Award]:
    """Grants that are public, with an amount, of some calls."""
    shown = calls.filter(state__in=WITH_RESULTS).order_by().values("pk")
    return Award.objects.filter(result__call__in=shown, outcome=Outcome.AWARDED, amount__isnull=False)


@require_safe
def paid(request: HttpRequest) -> HttpResponse:
    filterset = PaidFilter(request.GET or None, queryset=Call.objects.published())
    awards = awards_of(filterset.qs)
    rows = awards.select_related("result__call", "organization").order_by(
        "-result__call__dated_on", "-amount", "pk"
    )
    if request.GET.get("format") == "csv":
        return csv_response(
            (_with_year(award) for award in rows.iterator(chunk_size=500)), COLUMNS, "wydatki-na-zadania"
        )
    shown = [_with_year(award) for award in rows[:MOST_AWARDS]]
    years = by_year(awards)
    query = request.GET.copy()
    query["format"] = "csv"
    context = {
        "form": filterset.form,
        "awards": shown,
        "count": sum(year["n"] for year in years),
        "total": sum(year["sum"] for year in years),
        "years": with_bars(years),
        "csv_url": f"{request.path}?{query.urlencode()}",
        "is_cut": len(shown) == MOST_AWARDS,
    }
    return render(request, "competitions/paid.html", context)


def _with_year(award: Award) -> Award:
    day = award.result.call.dated_on
    award.year = day.year if day else None
    return award


def by_year(awards: QuerySet[Award]) -> list[dict]:
    rows = awards.filter(result__call__dated_on__isnull=False).order_by()
    return list(
        rows.values(year=ExtractYear("result__call__dated_on"))
        .annotate(sum=Sum("amount"), n=Count("pk"))
        .order_by("year")
    )


def with_bars(years: list[dict]) -> list[dict]:
    """Places of the bars in an SVG of 100 units height: x in steps of 60, y from the top."""
    top = max((year["sum"] for year in years), default=0)
    for number, year in enumerate(years):
        height = round(float(year["sum"] / top) * 100, 1) if top else 0
        year |= {
            "x": number * 60 + 10,
            "height": height,
            "y": round(110 - height, 1),
            "middle": number * 60 + 30,
        }
    return years


@require_safe
def similar(request: HttpRequest, slug: str) -> HttpResponse:
    """The earlier editions and calls like this one, with what was paid."""
    call = get_object_or_404(queries.for_page(), slug=slug)
    alike = list(similar_to(call)[:20])
    sums = dict(
        awards_of(Call.objects.filter(pk__in=[one.pk for one in alike]))
        .order_by()
        .values_list("result__call")
        .annotate(sum=Sum("amount"))
    )
    for one in alike:
        one.paid = sums.get(one.pk)
    years = by_year(awards_of(Call.objects.filter(pk__in=[one.pk for one in alike])))
    context = {"call": call, "alike": alike, "years": with_bars(years)}
    return render(request, "competitions/similar.html", context)


def similar_to(call: Call) -> QuerySet[Call]:
    """Calls for the same task: the edition before, the same words in the title, and the same sphere in the unit."""
    rows = Call.objects.published().exclude(pk=call.pk).select_related("unit")
    words = title_words(call.title)[:MOST_WORDS]
    same_title = Q()
    for word in words[:2]:
        same_title &= Q(title__icontains=word)
    spheres = [sphere["no"] for sphere in call.shown_spheres]
    same_task = Q(unit=call.unit_id) & by_spheres(spheres) if spheres and call.unit_id else Q(pk=None)
    edition = Q(previous_edition=call.pk) | Q(pk=call.previous_edition_id)
    return rows.filter(edition | (same_title if words else Q(pk=None)) | same_task).order_by(
        "-dated_on", "-pk"
    )


def title_words(title: str) -> list[str]:
    """The first words of a title that say what it is about, without their endings."""
    words = [word.strip('.,:;„”"()–-').lower() for word in title.split()]
    known = [word for word in words if len(word) > 5 and word.isalpha() and word not in EMPTY_WORDS]
    return [word[:-2] for word in known]
