"""Writing a call that was read from collected facts. Moves of state are not faked."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.common.subjects import subject_of
from core.documents import search
from core.legal import audit
from core.legal.models import Transition

from ..enums import Origin
from ..models import Award, Call, CallResult, RejectedOffer
from ..queries import find_organization, search_arguments
from .drafting import address_of

BATCH = 300

if TYPE_CHECKING:
    from ..facts.calls import ReadCall


@transaction.atomic
def import_call(known: Call | None, read: "ReadCall", *, at: datetime) -> Call:
    """Creates a call from a record, or brings a known one up to date; rows below it are written anew."""
    call = known or Call(fact_id=read.fact_id, published_at=at, state="")
    for name, value in {**read.fields, "origin": Origin.IMPORTED, "fact_digest": read.digest}.items():
        setattr(call, name, value)
    before, call.state = call.state, read.state(at)
    call.slug = call.slug or address_of(call)
    call.dated_on = call.reference_day()
    call.updated_at = at if known else None
    call.state_since = call.state_since if before == call.state else at
    call.save()
    call.units.set(read.units)
    call.spheres.set(read.spheres)
    _write_rows(call, read, is_new=known is None)
    if before != call.state:
        _note_state(call, before, at)
    if known:
        audit.record(call, _("Aktualizacja danych archiwalnych"), by=None, at=at, is_public=True)
    return call


def index_imported(ids: list[int]) -> None:
    """Puts imported calls into the search index, some hundreds at a time."""
    for start in range(0, len(ids), BATCH):
        calls = Call.objects.published().filter(pk__in=ids[start : start + BATCH]).select_related("unit")
        search.put_many({"obj": call, **search_arguments(call)} for call in calls)


def _note_state(call: Call, before: str, at: datetime) -> None:
    kind, pk = subject_of(call)
    Transition.objects.create(
        subject_kind=kind, subject_id=pk, source=before, target=call.state, at=at, by=None, reason="import"
    )


def _write_rows(call: Call, read: "ReadCall", *, is_new: bool) -> None:
    for name, rows in read.children.items():
        manager: Any = getattr(call, name)
        if not is_new:
            manager.all().delete()
        manager.bulk_create([manager.model(call=call, **row) for row in rows])
    if not is_new:
        CallResult.objects.filter(call=call).delete()
    if read.results is not None:
        _write_results(call, read.results)


def _write_results(call: Call, found: dict[str, Any]) -> None:
    result = CallResult.objects.create(call=call, **found["result"])
    for row in found["awards"]:
        Award.objects.create(result=result, organization=find_organization(row["organization_name"]), **row)
    for row in found["rejected"]:
        RejectedOffer.objects.create(result=result, **row)
