"""Before the notice is out: a draft is made, edited, copied from last year, handed in."""

import re
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from core.city.models import City, OrganizationalUnit
from core.common.slugs import slug_for
from core.legal import audit
from core.legal.days import add_years
from core.legal.rules import Breach, LawBreached
from core.legal.workflow import MoveRefused, advance, start

from .. import permissions
from ..enums import Intake, Origin, Outcome, State
from ..models import Call
from ..models.bases import NoticeTexts, Task, Terms, Timing
from ..models.offer_rules import OfferRules

# Words of addresses beside those of calls.
RESERVED = frozenset(
    {
        "dotacje",
        "harmonogram",
        "oferty",
        "potwierdzenie",
        "sprawdz",
        "szkice",
        "wydatki",
        "wyszukiwania",
    }
)
YEAR_IN_TITLE = re.compile(r"(?<!\d)20\d\d(?!\d)")
NOTICE_FIELDS = [
    field.name for base in (Task, Timing, Terms, NoticeTexts, OfferRules) for field in base._meta.fields
]
COPIED_ROWS = (
    "budget_years", "budget_sources", "budget_items", "parts", "criteria", "premises", "phases", "checks",
)  # fmt: skip
# What belongs to one edition and is set anew in the next.
OF_ONE_EDITION = frozenset(
    {
        "title",
        "offers_due_at",
        "has_due_hour",
        "opens_at",
        "committee_call_until",
        "is_supplementary",
        "announced_on",
        "dated_on",
        "deadline_note",
        "questions_until",
        "formal_review_until",
        "merit_review_until",
        "results_planned_on",
        "contracts_until",
        "prior_funding_current_year",
        "prior_funding_previous_year",
        "prior_funding_note",
        "is_based_on_draft_budget",
        "task_from",
        "task_to",
        "are_spheres_inferred",
        "confirmation_due_at",
    }
)


def draft_call(*, unit: OrganizationalUnit, title: str, by: Any, at: datetime, **values: Any) -> Call:
    """A new draft of a unit; ``values`` are fields of the call. Raises MoveRefused for a stranger."""
    return open_draft(Call(unit=unit, title=title, **values), by=by, at=at)


@transaction.atomic
def open_draft(call: Call, *, by: Any, at: datetime, state: State = State.DRAFT) -> Call:
    """Saves a new call that is not yet in the database, as a draft (or as planned)."""
    _check(permissions.may_prepare, by, call)
    call.state, call.state_since = state, at
    call.slug = address_of(call)
    call.authority = call.authority or _authority()
    call.dated_on = call.reference_day()
    call.save()
    call.units.add(*[call.unit] if call.unit else [])
    start(call, by=by, at=at)
    audit.record(call, _("Utworzenie szkicu"), by=by, at=at, after={"title": call.title})
    return call


def address_of(call: Call) -> str:
    """The slug of a call; one that is the address of another page gets a word more."""
    slug = slug_for(Call, call.title, pk=call.pk)
    return slug_for(Call, f"{call.title} konkurs", pk=call.pk) if slug in RESERVED else slug


def _authority() -> str:
    city = City.objects.first()
    return city.authority if city else ""


def _check(predicate: Any, by: Any, call: Call) -> None:
    """The portal itself (None) may do anything."""
    if by is not None and not predicate(by, call):
        raise MoveRefused(f"{predicate.__name__}: {call}")


@transaction.atomic
def save_draft(call: Call, *, by: Any, at: datetime) -> Call:
    """Saves an edited draft and what changed. ``call.edit_number`` must be the one that was read.

    Raises LawBreached when the notice is already out, or when somebody has saved it in the meantime.
    """
    _check(permissions.may_prepare, by, call)
    stored = Call.objects.select_for_update().get(pk=call.pk)
    if not stored.is_notice_editable:
        raise LawBreached(
            [Breach("R-CALL-16", _("Ogłoszenie jest już opublikowane. Użyj przycisku „Zmień ogłoszenie”."))]
        )
    if stored.edit_number != call.edit_number:
        raise LawBreached(
            [Breach("", _("Ktoś zapisał ten konkurs po Tobie. Odśwież stronę i wpisz zmiany jeszcze raz."))]
        )
    before = audit.snapshot(stored)
    call.edit_number += 1
    call.dated_on = call.reference_day()
    call.state, call.state_since = stored.state, stored.state_since
    call.save()
    old, new = audit.changes(before, audit.snapshot(call))
    audit.record(call, _("Zmiana szkicu"), by=by, at=at, before=old, after=new)
    return call


def start_draft(call: Call, *, by: Any, at: datetime, reason: str = "") -> Call:
    """Work on a planned call begins."""
    return advance(call, State.DRAFT, by=by, at=at, reason=reason)


def submit_for_review(call: Call, *, by: Any, at: datetime, reason: str = "") -> Call:
    """The draft is handed in for checking inside the office."""
    return advance(call, State.INTERNAL_REVIEW, by=by, at=at, reason=reason)


def send_back(call: Call, *, by: Any, at: datetime, reason: str = "") -> Call:
    """The draft goes back to whoever wrote it, with a reason."""
    return advance(call, State.DRAFT, by=by, at=at, reason=reason)


# --- last year's call -----------------------------------------------------------------------------


@transaction.atomic
def copy_call(call: Call, *, by: Any, at: datetime) -> Call:
    """A draft of the next edition: texts, limits, criteria and parts stay, years move on by one.

    Dates of the intake, proofs, files, questions and results are not copied.
    """
    kept = {name: getattr(call, name) for name in NOTICE_FIELDS if name not in OF_ONE_EDITION}
    new = Call(
        **kept,
        unit=_present_unit(call.unit),
        title=YEAR_IN_TITLE.sub(lambda year: str(int(year[0]) + 1), call.title),
        task_from=shifted(call.task_from),
        task_to=shifted(call.task_to),
        previous_edition=call,
        origin=Origin.PORTAL,
    )
    if new.intake == Intake.UNKNOWN:
        new.intake = Intake.DEADLINE
    open_draft(new, by=by, at=at)
    new.spheres.set(call.spheres.all())
    new.districts.set(call.districts.all())
    new.units.add(*filter(None, map(_present_unit, call.units.all())))
    _copy_rows(call, new)
    _remember_funding(call, new)
    return new


def _remember_funding(old: Call, new: Call) -> None:
    """What the last edition gave stands in the next notice, which must name it (R-CALL-12)."""
    result = getattr(old, "result", None)
    if result is None or not old.shows_results:
        return
    given = result.awards.filter(outcome=Outcome.AWARDED).aggregate(sum=Sum("amount"))["sum"]
    if given is not None:
        year = old.reference_day()
        new.prior_funding.create(
            year_from=year.year if year else None, task=old.title[:500], amount=given, grants_to_ngos=given
        )


def _present_unit(unit: OrganizationalUnit | None) -> OrganizationalUnit | None:
    """The unit that does the work of an old one now."""
    seen = set()
    while unit is not None and unit.successor is not None and unit.pk not in seen:
        seen.add(unit.pk)
        unit = unit.successor
    return unit


def _copy_rows(old: Call, new: Call) -> None:
    """Years, sources, parts and criteria as new rows of the new call."""
    for name in COPIED_ROWS:
        for row in getattr(old, name).all():
            row.pk, row._state.adding = None, True
            row.call = new
            _move_on(row)
            row.save()


def _move_on(row: Any) -> None:
    """A year later, whatever dates the row has."""
    for column in ("task_from", "task_to"):
        if hasattr(row, column):
            setattr(row, column, shifted(getattr(row, column)))
    if hasattr(row, "is_done"):
        row.is_done = False
    if getattr(row, "year", None):
        row.year += 1


def shifted(partial: str) -> str:
    """The same partial date a year later; »2024-02-29« becomes »2025-02-28«."""
    if len(partial) == 10:
        return add_years(date.fromisoformat(partial), 1).isoformat()
    return f"{int(partial[:4]) + 1}{partial[4:]}" if partial else ""
