"""Profiles from public sources: shown at once, marked as not confirmed by the organisation (R-ORG-19)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Prefetch

from core.city.models import District, TaskSphere
from core.common.bulk import insert_rows, insert_values, update_rows
from core.common.slugs import base_slug
from core.common.subjects import subject_of
from core.legal import audit
from core.legal.models import AuditEntry, Transition

from .. import law
from ..enums import Origin, State
from ..models import Organization
from .registration import RESERVED_SLUGS
from .shown import show_all

IMPORT = "import"


@dataclass(frozen=True)
class Profile:
    """One profile as a source tells it."""

    fact_id: str
    values: Mapping[str, Any]
    spheres: list[TaskSphere]


def import_profile(
    fact_id: str, values: Mapping[str, Any], *, spheres: Iterable[TaskSphere], by, at: datetime
) -> str:
    """Writes one profile by its id in the source; gives »created«, »updated« or »unchanged«."""
    (outcome,) = import_profiles([Profile(fact_id, values, list(spheres))], by=by, at=at)
    return outcome


@transaction.atomic
def import_profiles(profiles: list[Profile], *, by, at: datetime) -> Counter[str]:
    """Writes a batch in a fixed number of queries; gives how many were created, updated, left unchanged.

    A batch is wholly in or wholly out, so that an import that was broken off goes on where it stood. A
    profile that an organisation has taken over is its own: the source changes it no more. All profiles of
    a batch tell the same values.
    """
    here = _already_here(profiles)
    new = [profile for profile in profiles if profile.fact_id not in here]
    changed = [
        (own, profile)
        for profile in profiles
        if (own := here.get(profile.fact_id)) and own.confirmed_at is None and not _is_same(own, profile)
    ]
    _update_all(changed, by=by, at=at)
    _create_all(new, by=by, at=at)
    counts = {"created": len(new), "updated": len(changed)}
    counts["unchanged"] = len(profiles) - sum(counts.values())
    return Counter({outcome: number for outcome, number in counts.items() if number})


def _already_here(profiles: list[Profile]) -> dict[str, Organization]:
    """The profiles that are in the base, locked, by their id in the source."""
    rows = Organization.objects.filter(fact_id__in=[profile.fact_id for profile in profiles])
    places = Prefetch("district", District.objects.defer("outline", "localities"))
    rows = rows.prefetch_related("spheres", "offers", "main_sphere", places)
    return {row.fact_id: row for row in rows.select_for_update()}


def _create_all(profiles: list[Profile], *, by, at: datetime) -> None:
    if not profiles:
        return
    slugs = _slugs_for([profile.values["name"] for profile in profiles])
    blank = _blank(by=by, at=at)
    rows = [
        _new(blank, profile.fact_id, profile.values, slug)
        for profile, slug in zip(profiles, slugs, strict=True)
    ]
    insert_rows(rows)
    _write_spheres(zip(rows, profiles, strict=True))
    insert_rows([_first_transition(row, at) for row in rows], gives_keys=False)
    show_all({row: profile.spheres for row, profile in zip(rows, profiles, strict=True)}, are_new=True)


def _slugs_for(names: list[str]) -> list[str]:
    """Addresses that nobody has, for many names with one query; the second of a name gets a number."""
    bases = [base_slug(name) for name in names]
    starts = set(bases)
    taken = set(RESERVED_SLUGS) | set(
        Organization.objects.filter(slug__in=starts).values_list("slug", flat=True)
    )
    crowded = {base for base, times in Counter(bases).items() if base in taken or times > 1}
    for base in sorted(crowded):
        taken.update(Organization.objects.filter(slug__startswith=f"{base}-").values_list("slug", flat=True))
    found = []
    for base in bases:
        slug, number = base, 2
        while slug in taken:
            slug, number = f"{base}-{number}", number + 1
        taken.add(slug)
        found.append(slug)
    return found


def _blank(*, by, at: datetime) -> Organization:
    """What all new profiles of an import have in common."""
    return Organization(
        origin=Origin.IMPORTED,
        state=State.VERIFIED,
        state_since=at,
        published_at=at,
        published_by=by,
        updated_at=at,
    )


def _new(blank: Organization, fact_id: str, values: Mapping[str, Any], slug: str) -> Organization:
    """A copy is several times cheaper than a new row with sixty defaults."""
    organization = copy(blank)
    organization.fact_id, organization.slug = fact_id, slug
    organization.entity_class = law.entity_class_of(values["legal_form"])
    for name, value in values.items():
        setattr(organization, name, value)
    return organization


def _first_transition(organization: Organization, at: datetime) -> Transition:
    kind, pk = subject_of(organization)
    return Transition(
        subject_kind=kind, subject_id=pk, source="", target=organization.state, at=at, by=None, reason=IMPORT
    )


def _is_same(organization: Organization, profile: Profile) -> bool:
    has_same_values = all(getattr(organization, name) == value for name, value in profile.values.items())
    return has_same_values and _sphere_keys(organization.spheres.all()) == _sphere_keys(profile.spheres)


def _sphere_keys(spheres: Iterable[TaskSphere]) -> set[int]:
    return {sphere.pk for sphere in spheres}


def _update_all(changed: list[tuple[Organization, Profile]], *, by, at: datetime) -> None:
    if not changed:
        return
    names = list(changed[0][1].values)
    entries = [_changed(organization, profile, names, by=by, at=at) for organization, profile in changed]
    update_rows([organization for organization, _profile in changed], [*names, "entity_class", "updated_at"])
    _renew_spheres(
        [pair for pair in changed if _sphere_keys(pair[0].spheres.all()) != _sphere_keys(pair[1].spheres)]
    )
    audit.record_all(entries)
    show_all({organization: profile.spheres for organization, profile in changed})


def _changed(
    organization: Organization, profile: Profile, names: list[str], *, by, at: datetime
) -> AuditEntry:
    """Gives a profile its new values; the entry of the log that says which."""
    before = audit.snapshot(organization, names)
    for name, value in profile.values.items():
        setattr(organization, name, value)
    organization.entity_class = law.entity_class_of(organization.legal_form)
    organization.updated_at = at
    old, new = audit.changes(before, audit.snapshot(organization, names))
    return audit.entry(organization, IMPORT, by=by, at=at, before=old, after=new)


def _renew_spheres(changed: list[tuple[Organization, Profile]]) -> None:
    through = Organization.spheres.through
    through.objects.filter(organization__in=[organization.pk for organization, _profile in changed]).delete()
    _write_spheres(changed)


def _write_spheres(profiles: Iterable[tuple[Organization, Profile]]) -> None:
    pairs = [(row.pk, sphere.pk) for row, profile in profiles for sphere in profile.spheres]
    insert_values(Organization.spheres.through, ["organization", "tasksphere"], pairs)
