"""Two records of one organisation become one; whatever hangs on the other one moves, and the trace says what."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.common.ties import from_roof
from core.legal import audit
from core.legal.rules import Breach, LawBreached, require
from core.legal.workflow import MoveRefused, advance
from core.notifications.reminders import drop_reminders

from .. import law
from ..enums import State
from ..models import Dossier, Merge, Organization
from ..permissions import is_registrar
from ..reminders import remind_of_confirmation
from .comparisons import ask_registers_soon
from .profile import DOSSIER_FIELDS, dossier_of
from .registration import save_unique
from .shown import show

# What a person may take from the other record, one by one; spheres, groups and what the seat has are put together.
PROFILE_CHOICES = (
    "name", "short_name", "legal_form", "legal_form_label", "parent", "krs", "nip", "regon", "register_name",
    "register_number", "rspo", "founded", "registered", "has_opp_status", "opp_since", "exclusion",
    "is_nonprofit_declared", "address", "postal_code", "locality", "district", "is_outside_city", "accessibility",
    "correspondence_address", "email", "phone", "website", "social_media", "bip_url", "mission", "main_sphere",
    "reach", "wants_volunteers", "wants_partner", "wants_premises", "networks", "source", "note",
)  # fmt: skip
DOSSIER_CHOICES = tuple(sorted(DOSSIER_FIELDS))
FORMER = ("slug", "name", "krs", "nip", "regon", "register_name", "register_number", "fact_id")


@transaction.atomic
def merge(
    survivor: Organization, other: Organization, *, taken: Collection[str], by, at: datetime, reason: str
) -> Merge:
    """Makes ``other`` a part of ``survivor``, which gets the values of the fields ``taken`` from it.

    Every relation declared by a room moves along (see ``core.common.ties``); the address of ``other``
    leads to the survivor from then on. Raises MoveRefused, or LawBreached with what stands against it.
    """
    kept, gone = _locked(survivor, other)
    if not is_registrar(by):
        raise MoveRefused("is_registrar")
    require(law.merge_breaches(kept.state, gone.state, is_same=kept.pk == gone.pk))
    _refuse_unknown(taken)
    former = {"survivor": _former(kept), "absorbed": _former(gone)}
    values = _values_of(gone, taken)
    before = audit.snapshot(kept)
    gone = advance(gone, State.MERGED, by=by, at=at, reason=reason, note={"into": kept.pk})
    _give_up_numbers(gone, kept)
    _write(kept, values, gone, at)
    moved = {tie.name: tie.carry(gone, kept, at) for tie in from_roof("organization_ties")}
    trace = Merge.objects.create(
        survivor=kept,
        absorbed=gone,
        at=at,
        by=by,
        reason=reason,
        taken=sorted(taken),
        former=former,
        moved={name: keys for name, keys in moved.items() if keys},
    )
    _record(kept, gone, before, trace, by=by, at=at)
    _show(kept, gone)
    ask_registers_soon(kept, by=by)
    return trace


def _locked(survivor: Organization, other: Organization) -> tuple[Organization, Organization]:
    """Both rows, locked in the order of their keys, so that two people cannot wait for each other."""
    keys = {survivor.pk, other.pk}
    rows = {
        row.pk: row for row in Organization.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    }
    return rows[survivor.pk], rows[other.pk]


def _refuse_unknown(taken: Iterable[str]) -> None:
    unknown = set(taken) - {*PROFILE_CHOICES, *DOSSIER_CHOICES}
    if unknown:
        raise LawBreached(
            [Breach("", _("Takich danych nie można przenieść: %s") % ", ".join(sorted(unknown)))]
        )


def _former(organization: Organization) -> dict[str, Any]:
    return {name: getattr(organization, name) for name in FORMER if getattr(organization, name)}


def _values_of(organization: Organization, taken: Collection[str]) -> dict[str, Any]:
    dossier = dossier_of(organization)
    return {name: getattr(dossier if name in DOSSIER_FIELDS else organization, name) for name in taken}


def _give_up_numbers(gone: Organization, kept: Organization) -> None:
    """A number names one record only; the trace keeps what the record had."""
    gone.krs = gone.nip = gone.regon = gone.fact_id = ""
    gone.merged_into = kept
    gone.save(update_fields=["krs", "nip", "regon", "fact_id", "merged_into"])


def _write(kept: Organization, values: dict[str, Any], gone: Organization, at: datetime) -> None:
    dossier, restricted = dossier_of(kept), False
    for name, value in values.items():
        restricted |= name in DOSSIER_FIELDS
        setattr(dossier if name in DOSSIER_FIELDS else kept, name, value)
    if kept.parent_id in (gone.pk, kept.pk):
        kept.parent = None
    for name in ("target_groups", "seat_features"):
        setattr(kept, name, list(dict.fromkeys([*getattr(kept, name), *getattr(gone, name)])))
    kept.sources_extra = list(
        dict.fromkeys([*kept.sources_extra, *filter(None, [gone.source]), *gone.sources_extra])
    )
    kept.confirmed_at = max(filter(None, [kept.confirmed_at, gone.confirmed_at]), default=None)
    kept.entity_class = law.entity_class_of(kept.legal_form)
    kept.updated_at = at
    save_unique(kept)
    require(law.number_breaches(kept.facts(at)))
    kept.spheres.add(*gone.spheres.all(), *filter(None, [kept.main_sphere]))
    if restricted:
        dossier.save()
    elif not Dossier.objects.filter(pk=kept.pk).exists():
        Dossier.objects.create(organization=kept)


def _record(kept: Organization, gone: Organization, before, trace: Merge, *, by, at: datetime) -> None:
    old, new = audit.changes(before, audit.snapshot(kept))
    for derived in ("updated_at", "sort_name", "folded_name"):
        old.pop(derived, None)
        new.pop(derived, None)
    note = {"absorbed": gone.pk, "merge": trace.pk}
    audit.record(
        kept,
        _("Połączenie wpisów"),
        by=by,
        at=at,
        before=old,
        after={**new, **note},
        reason=trace.reason,
        is_public=kept.is_public,
    )


def _show(kept: Organization, gone: Organization) -> None:
    drop_reminders(gone)
    show(gone)
    show(kept)
    remind_of_confirmation(kept)
