"""Dates of consultations, as calendars and feeds take them."""

from datetime import datetime, timedelta

from django.db.models import (
    Q,
    QuerySet,
)
from django.utils.translation import gettext as _

from core.common.clock import local_day
from core.common.dates import DatedThing

from ..enums import DUTIES, MEETINGS, State
from ..models import (
    Consultation,
    FormDate,
)


def dated_things(start: datetime, end: datetime, *, units=None, districts=None, **scope) -> list[DatedThing]:
    """Beginnings, ends and meetings of published consultations in the window; two queries."""
    first, last = local_day(start), local_day(end)
    in_window = Q(starts_on__range=(first, last)) | Q(ends_on__range=(first, last))
    cases = (
        _in_scope(Consultation.objects.published(), units, districts).filter(in_window).select_related("unit")
    )
    with_notice = _in_scope(Consultation.objects.announced(), units, districts).order_by()
    dates = FormDate.objects.filter(
        form__consultation__in=with_notice, form__kind__in=MEETINGS | DUTIES, starts_on__range=(first, last)
    )
    things = [thing for case in cases for thing in things_of(case)]
    things += [thing_of_date(row) for row in dates.select_related("form__consultation__unit")]
    return [
        thing
        for thing in things
        if start <= thing.sort_key < end or (not thing.has_hour and first <= thing.day < last)
    ]


def _in_scope(rows: QuerySet, units, districts) -> QuerySet:
    if units:
        rows = rows.filter(
            Q(unit__in=units)
            | Q(
                pk__in=Consultation.co_units.through.objects.filter(organizationalunit__in=units).values(
                    "consultation"
                )
            )
        )
    if districts:
        rows = rows.filter(
            Q(is_citywide=True)
            | Q(
                pk__in=Consultation.districts.through.objects.filter(district__in=districts).values(
                    "consultation"
                )
            )
        )
    return rows


def things_of(consultation: Consultation) -> list[DatedThing]:
    """The first day and the end of a consultation."""
    c = consultation
    common = {
        "title": c.title, "url": c.get_absolute_url(), "unit": c.unit_name, "note": c.summary_line,
        "is_cancelled": c.state == State.CANCELLED,
    }  # fmt: skip
    found = []
    if c.starts_on:
        label = _("Planowany początek konsultacji") if c.state == State.PLANNED else _("Początek konsultacji")
        found.append(
            DatedThing(c.starts_on, "consultation", label, uid=f"consultation-{c.pk}-start", **common)
        )
    if c.ends_at:
        label = _("Planowany koniec konsultacji") if c.state == State.PLANNED else _("Koniec konsultacji")
        found.append(
            DatedThing(
                _shown(c.ends_at, has_hour=c.ends_hour is not None),
                "consultation",
                label,
                uid=f"consultation-{c.pk}-end",
                **common,
            )
        )
    return found


def _shown(end: datetime, *, has_hour: bool) -> datetime:
    """The last minute people can count on, so that a calendar shows the right day."""
    return end if has_hour else end - timedelta(minutes=1)


def thing_of_date(row: FormDate) -> DatedThing:
    """A meeting or a duty of a consultation."""
    form, c = row.form, row.form.consultation
    return DatedThing(
        starts=row.starts,
        ends=row.ends,
        kind="meeting" if form.is_meeting else "duty",
        label=form.name[:1].upper() + form.name[1:],
        title=c.title,
        url=row.get_absolute_url() if form.takes_sign_ups else c.get_absolute_url(),
        followed_url=c.get_absolute_url(),
        uid=f"consultation-date-{row.pk}",
        place=form.place or form.online_url,
        unit=c.unit_name,
        note=form.note,
        is_cancelled=c.state == State.CANCELLED or row.cancelled_at is not None,
    )


def dates_of(consultation: Consultation) -> list[DatedThing]:
    """Every date of one consultation, for its own calendar file."""
    rows = FormDate.objects.filter(form__consultation=consultation).exclude(starts_on=None)
    rows = rows if consultation.is_public else rows.none()
    return sorted(
        [
            *things_of(consultation),
            *(thing_of_date(row) for row in rows.select_related("form__consultation__unit")),
        ]
    )
