"""Everything with a date, by month or as a list, and as calendars to subscribe to."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.city.models import Branch, District, OrganizationalUnit, TaskSphere
from core.common.clock import at_local, now, today
from core.common.dates import DatedThing, ical_response
from core.common.exports import Column, csv_response, json_response

from .rooms import dated_things

# filter key: (label, css dot, kinds of dated things)
KINDS = {
    "konkursy": (_("Konkursy"), "dot-c", {"call", "grant"}),
    "konsultacje": (_("Konsultacje"), "dot-k", {"consultation"}),
    "spotkania": (_("Spotkania i szkolenia"), "dot-m", {"meeting", "training", "duty", "event"}),
}
FEED_PAST_DAYS, FEED_AHEAD_DAYS = 60, 400
FIRST_YEAR, LAST_YEAR = 2000, 2100

COLUMNS = [
    Column("date", _("Kiedy"), lambda t: t.starts, "Moment albo dzień"),
    Column("ends", _("Do kiedy"), lambda t: t.ends, "Koniec, gdy jest znany"),
    Column("kind", _("Rodzaj"), lambda t: t.kind, "call, consultation, meeting, event"),
    Column("label", _("Co oznacza data"), lambda t: str(t.label), ""),
    Column("title", _("Tytuł"), lambda t: t.title, ""),
    Column("place", _("Miejsce"), lambda t: t.place, ""),
    Column("unit", _("Jednostka"), lambda t: t.unit, ""),
    Column("url", _("Adres"), lambda t: t.url, "Adres strony w portalu"),
]


def kinds_of(key: str) -> set[str]:
    return KINDS[key][2]


class CalendarFilter(forms.Form):
    """All fields optional; a value that is wrong is ignored."""

    miesiac = forms.CharField(required=False, widget=forms.HiddenInput)
    rodzaj = forms.ChoiceField(
        label=_("Rodzaj"),
        required=False,
        choices=[("", _("wszystkie")), *((k, v[0]) for k, v in KINDS.items())],
    )
    jednostka = forms.ModelChoiceField(
        OrganizationalUnit.objects.current(), label=_("Jednostka"), required=False
    )
    dzielnica = forms.ModelChoiceField(
        District.objects.all(), label=_("Dzielnica"), required=False, to_field_name="number"
    )
    branza = forms.ModelChoiceField(
        Branch.objects.all(), label=_("Branża"), required=False, to_field_name="code"
    )

    def scope(self) -> dict:
        """The filters as the rooms understand them."""
        self.is_valid()
        chosen = self.cleaned_data
        scope = {}
        if chosen.get("jednostka"):
            scope["units"] = {chosen["jednostka"].pk}
        if chosen.get("dzielnica"):
            scope["districts"] = {chosen["dzielnica"].pk}
        if chosen.get("branza"):
            scope["spheres"] = set(
                TaskSphere.objects.filter(branches=chosen["branza"]).values_list("pk", flat=True)
            )
        return scope

    def kinds(self) -> set[str] | None:
        self.is_valid()
        key = self.cleaned_data.get("rodzaj")
        return kinds_of(key) if key else None


@dataclass(frozen=True)
class Day:
    day: date
    things: list[DatedThing]
    is_in_month: bool
    is_today: bool


def calendar(request):
    """``?miesiac=2026-11`` chooses the month, ``?dzien=2026-11-24`` one day; ``?format=`` gives a file."""
    form = CalendarFilter(request.GET)
    wanted = request.GET.get("format")
    if wanted == "ics":
        return ical_response(found(form, *feed_window()), "kalendarz", str(_("Kalendarz współpracy")))
    month = month_of(request.GET.get("miesiac") or request.GET.get("dzien"))
    start, end = at_local(month), at_local(next_month(month))
    things = found(form, start - timedelta(days=7), end + timedelta(days=14))
    in_month = [t for t in things if t.day.replace(day=1) == month]
    if wanted == "csv":
        return csv_response(in_month, COLUMNS, "kalendarz")
    if wanted == "json":
        return json_response(in_month, COLUMNS, "kalendarz", licence="CC BY 4.0")
    chosen_day = day_of(request.GET.get("dzien"))
    context = {
        "form": form,
        "month": month,
        "previous": previous_month(month),
        "next": next_month(month),
        "weeks": weeks(month, things),
        "things": [t for t in in_month if not chosen_day or t.day == chosen_day],
        "chosen_day": chosen_day,
        "today": today(),
        "query": urlencode(
            {k: v for k, v in request.GET.items() if k in form.fields and k != "miesiac" and v}
        ),
        "feed_url": reverse("calendar"),
    }
    return render(request, "portal/calendar.html", context)


def found(form: CalendarFilter, start: datetime, end: datetime) -> list[DatedThing]:
    kinds = form.kinds()
    return [t for t in dated_things(start, end, **form.scope()) if kinds is None or t.kind in kinds]


def feed_window() -> tuple[datetime, datetime]:
    return now() - timedelta(days=FEED_PAST_DAYS), now() + timedelta(days=FEED_AHEAD_DAYS)


def day_of(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def month_of(text: str | None) -> date:
    """The first day of the month of »2026-11« or »2026-11-24«; of the present month when it is neither."""
    day = day_of(f"{text}-01" if text and len(text) == 7 else text)
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        day = today()
    return day.replace(day=1)


def next_month(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def previous_month(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def weeks(month: date, things: list[DatedThing]) -> list[list[Day]]:
    by_day: dict[date, list[DatedThing]] = {}
    for thing in things:
        by_day.setdefault(thing.day, []).append(thing)
    return [
        [Day(day, by_day.get(day, []), day.month == month.month, day == today()) for day in week]
        for week in Calendar().monthdatescalendar(month.year, month.month)
    ]
