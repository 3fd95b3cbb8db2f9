"""Changing a profile: at once where nobody's consent is needed, else as a revision that waits (R-ORG-17)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.city.models import TaskSphere
from core.legal import audit
from core.legal.rules import Breach, LawBreached, require
from core.legal.workflow import MoveRefused, start

from .. import law
from ..models import Dossier, IdentityRevision, Organization, ResidentOffer
from ..permissions import may_edit
from .registration import save_unique
from .shown import show

DOSSIER_FIELDS = frozenset(f.name for f in Dossier._meta.fields) - {"organization"}
# What only one form at a time may change; where a second one meets a newer profile, it is told.
CHANGED_MEANWHILE = "changed-meanwhile"


@dataclass(frozen=True)
class Changes:
    """New values by field: of the public profile, of the restricted part, and the spheres."""

    profile: Mapping[str, Any] = field(default_factory=dict)
    dossier: Mapping[str, Any] = field(default_factory=dict)
    spheres: Iterable[TaskSphere] | None = None

    @property
    def names(self) -> list[str]:
        return [*self.profile, *self.dossier]

    def without(self, names: Iterable[str]) -> "Changes":
        left_out = set(names)
        return Changes(
            {k: v for k, v in self.profile.items() if k not in left_out},
            {k: v for k, v in self.dossier.items() if k not in left_out},
            self.spheres,
        )

    def only(self, names: Iterable[str]) -> dict[str, Any]:
        return {name: {**self.profile, **self.dossier}[name] for name in names}


@transaction.atomic
def update_profile(
    organization: Organization,
    changes: Changes,
    *,
    by,
    at: datetime,
    reason: str = "",
    seen_at: datetime | None = None,
) -> IdentityRevision | None:
    """Changes a profile; identity data of a public one become a revision, which is given back.

    ``seen_at`` is ``updated_at`` of the profile as the form showed it: when somebody has saved since,
    nothing is overwritten. Raises MoveRefused, or LawBreached with the fields to correct.
    """
    locked = Organization.objects.select_for_update().get(pk=organization.pk)
    if not may_edit(by, locked):
        raise MoveRefused("may_edit")
    if seen_at is not None and locked.updated_at != seen_at:
        message = _("Ktoś inny zapisał ten profil, kiedy go zmieniasz. Porównaj dane i zapisz jeszcze raz.")
        raise LawBreached([Breach(CHANGED_MEANWHILE, message)])
    waiting = law.needs_consent(locked.state, _really_changed(locked, changes))
    revision = _propose(locked, changes.only(waiting), by=by, at=at, reason=reason) if waiting else None
    at_once = changes.without(law.IDENTITY_FIELDS if locked.is_public else ())
    _apply(locked, at_once, by=by, at=at, reason=reason)
    return revision


def _really_changed(organization: Organization, changes: Changes) -> list[str]:
    dossier = dossier_of(organization)
    return [
        name
        for name in changes.names
        if current_value(organization, dossier, name) != changes.only([name])[name]
    ]


def current_value(organization: Organization, dossier: Dossier, name: str) -> Any:
    return getattr(dossier if name in DOSSIER_FIELDS else organization, name)


def dossier_of(organization: Organization) -> Dossier:
    """The restricted part of a profile; an empty one that is not saved when there is none."""
    return Dossier.objects.filter(pk=organization.pk).first() or Dossier(organization=organization)


def _apply(organization: Organization, changes: Changes, *, by, at: datetime, reason: str) -> None:
    """Writes values that need nobody's consent, and what changed into the log."""
    before = audit.snapshot(organization)
    for name, value in changes.profile.items():
        setattr(organization, name, value)
    organization.updated_at = at
    save_unique(organization)
    old, new = _compared(organization, before)
    old_spheres, new_spheres = _set_spheres(organization, changes.spheres)
    if old_spheres != new_spheres:
        old["spheres"], new["spheres"] = old_spheres, new_spheres
    if new:
        verb = _("Zmiana danych w profilu")
        audit.record(
            organization,
            verb,
            by=by,
            at=at,
            before=old,
            after=new,
            reason=reason,
            is_public=organization.is_public,
        )
    _save_dossier(organization, changes.dossier, by=by, at=at)
    show(organization)


def _compared(organization: Organization, before: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What differs; names that the database derives and the moment itself are no change."""
    old, new = audit.changes(before, audit.snapshot(organization))
    for derived in ("updated_at", "sort_name", "folded_name"):
        old.pop(derived, None)
        new.pop(derived, None)
    return old, new


def _set_spheres(
    organization: Organization, spheres: Iterable[TaskSphere] | None
) -> tuple[list[str], list[str]]:
    """Spheres before and after, by their points of the Act; the main one is always among them."""
    before = sorted(organization.spheres.values_list("statutory_no", flat=True))
    if spheres is None:
        return before, before
    chosen = {sphere.pk: sphere for sphere in spheres}
    if organization.main_sphere:
        chosen.setdefault(organization.main_sphere.pk, organization.main_sphere)
    organization.spheres.set(chosen.values())
    return before, sorted(sphere.statutory_no for sphere in chosen.values())


def _save_dossier(organization: Organization, values: Mapping[str, Any], *, by, at: datetime) -> None:
    """Writes restricted data; the log, which nobody can erase, keeps only the names of the fields."""
    dossier = dossier_of(organization)
    changed = sorted(name for name, value in values.items() if getattr(dossier, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(dossier, name, values[name])
    dossier.save()
    audit.record(organization, _("Zmiana danych niepublicznych"), by=by, at=at, after={"fields": changed})


def _propose(
    organization: Organization, values: dict[str, Any], *, by, at: datetime, reason: str
) -> IdentityRevision:
    """Keeps new identity data until the office decides; what already waits is added to, not queued behind."""
    waiting = organization.revisions.filter(decided_at=None).first()
    new = {name: plain(value) for name, value in values.items()}
    wanted = {**(waiting.values if waiting else {}), **new}
    by_attribute = {"parent_id" if name == "parent" else name: value for name, value in wanted.items()}
    require(law.identity_breaches(proposed_facts(organization, by_attribute, at)))
    if waiting and all(waiting.values.get(name) == value for name, value in new.items()):
        return waiting
    dossier = dossier_of(organization)
    previous = {name: plain(current_value(organization, dossier, name)) for name in wanted}
    revision = waiting or IdentityRevision(
        organization=organization, proposed_by=by, proposed_at=at, state_since=at
    )
    revision.values, revision.previous, revision.changed_at = wanted, previous, at
    revision.reason = "\n".join(filter(None, [revision.reason, reason]))
    revision.save()
    if waiting is None:
        start(revision, by=by, at=at)
    verb = (
        _("Uzupełnienie zmiany danych rejestrowych")
        if waiting
        else _("Zgłoszenie zmiany danych rejestrowych")
    )
    audit.record(organization, verb, by=by, at=at, after={"fields": sorted(new)})
    return revision


def proposed_facts(organization: Organization, values: Mapping[str, Any], at: datetime) -> law.ProfileFacts:
    """The facts of a profile as they would be with other identity data."""
    changed = Organization.objects.get(pk=organization.pk)
    for name, value in values.items():
        if name not in DOSSIER_FIELDS:
            setattr(changed, name, value)
    return changed.facts(at)


def plain(value: Any) -> Any:
    """A value as JSON keeps it: a row by its key."""
    return value.pk if hasattr(value, "pk") else value


@transaction.atomic
def record_office_edit(organization: Organization, *, at: datetime) -> None:
    """After the office has changed a profile on its desk: the date of the change and the search index."""
    Organization.objects.filter(pk=organization.pk).update(
        updated_at=at, entity_class=law.entity_class_of(organization.legal_form)
    )
    fresh = Organization.objects.get(pk=organization.pk)
    if fresh.main_sphere_id:
        fresh.spheres.add(fresh.main_sphere_id)
    show(fresh)


@transaction.atomic
def save_offers(organization: Organization, offers: Iterable[Mapping[str, Any]], *, by, at: datetime) -> None:
    """Replaces what the organisation offers residents, in the order given. Raises MoveRefused."""
    locked = Organization.objects.select_for_update().get(pk=organization.pk)
    if not may_edit(by, locked):
        raise MoveRefused("may_edit")
    before = list(locked.offers.values_list("title", flat=True))
    locked.offers.all().delete()
    made = [ResidentOffer(organization=locked, position=n, **offer) for n, offer in enumerate(offers)]
    ResidentOffer.objects.bulk_create(made)
    locked.updated_at = at
    locked.save(update_fields=["updated_at"])
    verb = _("Zmiana oferty dla mieszkańców")
    after = [offer.title for offer in made]
    audit.record(
        locked,
        verb,
        by=by,
        at=at,
        before={"offers": before},
        after={"offers": after},
        is_public=locked.is_public,
    )
    show(locked)
