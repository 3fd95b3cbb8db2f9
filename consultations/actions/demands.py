"""Meetings with demands, what followed, and demands that say the same."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.city.models import OrganizationalUnit
from core.common.clock import local_day
from core.common.slugs import slug_for
from core.documents import search
from core.legal import audit
from core.legal.rules import Breach, LawBreached, require
from organizations.models import Organization

from .. import law
from ..demands.reading import DemandRow
from ..models import DemandMeeting, Postulate, PostulateFollowUp
from ..queries import postulate_search_arguments
from .records import note_in_public, of_meeting, published_by_name

MOST_ROWS = 300
# What every row of a table repeats of its heading (``of_meeting``).
CARRIED = frozenset({"held_on", "held_about", "subject", "consultation_id"})


@transaction.atomic
def save_demand_meeting(
    meeting: DemandMeeting, *, by: Any, at: datetime, units: Iterable[OrganizationalUnit] | None = None
) -> DemandMeeting:
    """Creates or changes the heading of a table; of a published one the change stands in the public history.

    ``units`` are those that were there; None leaves them as they are.
    """
    stored = DemandMeeting.objects.select_for_update().filter(pk=meeting.pk).first()
    before = _heading(stored) if stored else {}
    if stored is None:
        meeting.slug = slug_for(DemandMeeting, f"{meeting.held_on or meeting.held_about} {meeting.subject}")
    else:
        meeting.published_at = stored.published_at  # it may be out since the form was read
    meeting.save()
    if units is not None:
        meeting.units.set(units)
    old, new = audit.changes(before, _heading(meeting))
    if new:
        verb = _("Zmiana spotkania") if stored else _("Dodanie spotkania")
        audit.record(meeting, verb, by=by, at=at, before=old, after=new)
    if stored and stored.is_public and new:
        note_in_public(meeting, _("Zmiana spotkania"), new, by=by, at=at)
    if stored and not CARRIED.isdisjoint(new):
        meeting.postulates.update(**of_meeting(meeting))
        if stored.is_public:
            index_demands(meeting.postulates.select_related("position_unit"))
    return meeting


def _heading(meeting: DemandMeeting) -> dict[str, Any]:
    units = meeting.units.order_by("name").values_list("name", flat=True)
    return {**audit.snapshot(meeting), "units": list(units)}


def index_demands(demands: Iterable[Postulate]) -> None:
    search.put_many({"obj": demand, **postulate_search_arguments(demand)} for demand in demands)


@transaction.atomic
def publish_demand_meeting(meeting: DemandMeeting, *, by: Any, at: datetime) -> DemandMeeting:
    """The table becomes public and searchable. Raises LawBreached for a table without a row or without a day."""
    locked = DemandMeeting.objects.select_for_update().get(pk=meeting.pk)
    found = []
    if not locked.postulates.exists():
        found.append(Breach("R-CNS-16", _("Tabela: wpisz co najmniej jeden postulat.")))
    if not (locked.held_on or locked.held_about):
        found.append(Breach("R-CNS-16", _("Dzień spotkania: podaj go."), "held_on"))
    if locked.unit_id is None:
        found.append(Breach("R-CNS-16", _("Komórka merytoryczna: wybierz ją."), "unit"))
    require(found)
    if locked.published_at is None:
        locked.published_at = at
        locked.save(update_fields=["published_at"])
        audit.record(locked, _("Publikacja tabeli postulatów"), by=by, at=at, is_public=True)
        index_demands(locked.postulates.select_related("position_unit"))
    meeting.published_at = locked.published_at
    return locked


@transaction.atomic
def add_demands(
    meeting: DemandMeeting, rows: Iterable[DemandRow], *, below: int | None = None, by: Any, at: datetime
) -> list[Postulate]:
    """Writes imported rows below those that are there; numbers go on when one is taken.

    Raises LawBreached for a table that would be longer than a table can be, and for one that has no longer
    as many rows as the person saw (``below``), as after a second click.
    """
    locked = DemandMeeting.objects.select_for_update().get(pk=meeting.pk)
    rows = list(rows)
    if below is not None and locked.postulates.count() != below:
        text = _("Tabela zmieniła się od podglądu, na przykład wiersze są już zapisane. Sprawdź ją poniżej.")
        raise LawBreached([Breach("", text)])
    taken = {lp for lp in locked.postulates.values_list("lp", flat=True) if lp is not None}
    if len(rows) + len(taken) > MOST_ROWS:
        raise LawBreached([Breach("", _("Tabela: ma najwyżej %(n)d wierszy.") % {"n": MOST_ROWS}, "file")])
    known = published_by_name(row.organisation for row in rows)
    made = []
    for row in rows:
        lp = row.lp if row.lp and row.lp not in taken else max(taken, default=0) + 1
        taken.add(lp)
        made.append(_demand_of(locked, row, lp, known.get(row.organisation.upper())))
    Postulate.objects.bulk_create(made)
    audit.record_many(((row, {}, audit.snapshot(row)) for row in made), _("Dodanie postulatu"), by=by, at=at)
    if locked.is_public:
        verb = _("Dodanie wierszy: %(n)d") % {"n": len(made)}
        audit.record(locked, verb, by=by, at=at, is_public=True)
        index_demands(made)
    names = dict.fromkeys([*locked.organisation_names, *(row.organisation for row in rows)])
    locked.organisation_names = list(names)
    locked.save(update_fields=["organisation_names"])
    return made


def _demand_of(
    meeting: DemandMeeting, row: DemandRow, lp: int, organization: Organization | None
) -> Postulate:
    return Postulate(
        **of_meeting(meeting),
        organization=organization,
        status=law.first_status(row.code),
        meeting=meeting,
        lp=lp,
        organisation_name=row.organisation,
        postulate=row.postulate,
        justification=row.justification,
        position=row.position,
        position_code=row.code,
        position_unit=row.unit or meeting.unit,
    )


def next_lp(meeting: DemandMeeting) -> int:
    return (meeting.postulates.aggregate(last=Max("lp"))["last"] or 0) + 1


@transaction.atomic
def follow_up(
    postulate: Postulate,
    *,
    status: str,
    text: str,
    noted_on: date,
    by: Any,
    at: datetime,
    url: str = "",
    unit: OrganizationalUnit | None = None,
) -> PostulateFollowUp:
    """Writes what became of a demand; it is public at once and stays. Raises LawBreached for a wrong day."""
    locked = Postulate.objects.select_for_update().get(pk=postulate.pk)
    require(law.follow_up_breaches(noted_on=noted_on, today=local_day(at), demanded_on=locked.meeting_on))
    made = PostulateFollowUp.objects.create(
        postulate=locked,
        noted_on=noted_on,
        status=status,
        text=text,
        url=url,
        unit=unit,
        written_at=at,
        by=by,
    )
    newest = locked.follow_ups.first()
    if newest is not None and newest.status != locked.status:
        locked.status = newest.status
        locked.save(update_fields=["status"])
    audit.record(locked, _("Dalszy ciąg postulatu"), by=by, at=at, after={"status": status}, is_public=True)
    postulate.status = locked.status
    return made


@transaction.atomic
def merge_demands(demand: Postulate, main: Postulate, *, by: Any, at: datetime) -> Postulate:
    """Points a demand to the one that says the same; its own row and table stay. Raises LawBreached."""
    rows = Postulate.objects.select_for_update().in_bulk(sorted({demand.pk, main.pk}))
    own, other = rows[demand.pk], rows[main.pk]
    require(
        law.merge_breaches(
            demand=own.pk,
            main=other.pk,
            main_merged_into=other.merged_into_id,
            has_own=own.merged.exists(),
            are_public={own.is_public, other.is_public},
        )
    )
    own.merged_into = other
    own.save(update_fields=["merged_into"])
    audit.record(
        own, _("Połączenie postulatów"), by=by, at=at, after={"main": other.pk}, is_public=own.is_public
    )
    return own


@transaction.atomic
def part_demands(demand: Postulate, *, by: Any, at: datetime) -> Postulate:
    """Takes a demand out of a merging."""
    locked = Postulate.objects.select_for_update().get(pk=demand.pk)
    if locked.merged_into_id is not None:
        before = {"main": locked.merged_into_id}
        locked.merged_into = None
        locked.save(update_fields=["merged_into"])
        audit.record(
            locked, _("Rozłączenie postulatów"), by=by, at=at, before=before, is_public=locked.is_public
        )
    return locked


@transaction.atomic
def delete_demand(demand: Postulate, *, by: Any, at: datetime) -> None:
    """Takes a row out of a table that nobody has seen yet.

    Raises LawBreached for a public one, and for one that other demands or follow-ups depend on.
    """
    # Locked in the order of a publication, so that neither it nor a merging comes in between.
    if demand.meeting_id is not None:
        DemandMeeting.objects.select_for_update().get(pk=demand.meeting_id)
    locked = Postulate.objects.select_for_update().get(pk=demand.pk)
    if locked.is_public:
        raise LawBreached([Breach("R-CNS-16", _("Wiersz opublikowanej tabeli zostaje. Możesz go poprawić."))])
    if locked.merged.exists():
        text = _("Połączono z nim inne postulaty. Najpierw je rozłącz.")
        raise LawBreached([Breach("R-CNS-16", text)])
    if locked.follow_ups.exists():
        raise LawBreached([Breach("R-CNS-16", _("Wiersz ma dalszy ciąg, więc zostaje. Możesz go poprawić."))])
    audit.record(locked, _("Usunięcie postulatu"), by=by, at=at, before={"postulate": locked.postulate})
    locked.delete()
