"""Profiles from public sources: shown at once, marked as not confirmed by the organisation (R-ORG-19)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from core.city.models import TaskSphere
from core.common.slugs import base_slug
from core.common.subjects import subject_of
from core.legal import audit
from core.legal.models import Transition

from .. import law
from ..enums import Origin, State
from ..models import Organization
from .registration import RESERVED_SLUGS, organization_slug
from .shown import show, show_new

IMPORT = "import"


@dataclass(frozen=True)
class Profile:
    """One profile as a source tells it."""

    fact_id: str
    values: Mapping[str, Any]
    spheres: list[TaskSphere]


@transaction.atomic
def import_profile(
    fact_id: str, values: Mapping[str, Any], *, spheres: Iterable[TaskSphere], by, at: datetime
) -> str:
    """Writes one profile by its id in the source; gives »created«, »updated« or »unchanged«.

    A profile that an organisation has taken over is its own: the source changes it no more.
    """
    organization = Organization.objects.filter(fact_id=fact_id).first()
    chosen = {sphere.pk for sphere in spheres}
    if organization is None:
        _create(fact_id, values, chosen, by=by, at=at)
        return "created"
    if organization.confirmed_at is not None or _is_same(organization, values, chosen):
        return "unchanged"
    _update(organization, values, chosen, by=by, at=at)
    return "updated"


@transaction.atomic
def import_profiles(profiles: list[Profile], *, by, at: datetime) -> Counter[str]:
    """Writes a batch: what is new in bulk, what has changed one by one; gives how many of each.

    A batch is wholly in or wholly out, so that an import that was broken off goes on where it stood.
    """
    rows = Organization.objects.filter(fact_id__in=[profile.fact_id for profile in profiles])
    here = {row.fact_id: row for row in rows.select_for_update().prefetch_related("spheres")}
    outcomes: Counter[str] = Counter()
    for profile in profiles:
        own = here.get(profile.fact_id)
        chosen = {sphere.pk for sphere in profile.spheres}
        if own is None:
            continue
        if own.confirmed_at is not None or _is_same(own, profile.values, chosen):
            outcomes["unchanged"] += 1
        else:
            _update(own, profile.values, chosen, by=by, at=at)
            outcomes["updated"] += 1
    new = [profile for profile in profiles if profile.fact_id not in here]
    _create_all(new, by=by, at=at)
    outcomes["created"] += len(new)
    return outcomes


def _create_all(profiles: list[Profile], *, by, at: datetime) -> None:
    if not profiles:
        return
    slugs = _slugs_for([profile.values["name"] for profile in profiles])
    rows = [
        _new(profile.fact_id, profile.values, slug, by=by, at=at)
        for profile, slug in zip(profiles, slugs, strict=True)
    ]
    Organization.objects.bulk_create(rows)
    through = Organization.spheres.through
    pairs = [
        through(organization_id=row.pk, tasksphere_id=sphere.pk)
        for row, profile in zip(rows, profiles, strict=True)
        for sphere in profile.spheres
    ]
    through.objects.bulk_create(pairs)
    Transition.objects.bulk_create(_first_transition(row, at) for row in rows)
    show_new(rows, {row.pk: profile.spheres for row, profile in zip(rows, profiles, strict=True)})


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


def _create(fact_id: str, values: Mapping[str, Any], spheres: set[int], *, by, at: datetime) -> None:
    organization = _new(fact_id, values, organization_slug(values["name"]), by=by, at=at)
    organization.save()
    organization.spheres.set(spheres)
    _first_transition(organization, at).save()
    show(organization)


def _new(fact_id: str, values: Mapping[str, Any], slug: str, *, by, at: datetime) -> Organization:
    return Organization(
        fact_id=fact_id,
        origin=Origin.IMPORTED,
        state=State.VERIFIED,
        state_since=at,
        slug=slug,
        entity_class=law.entity_class_of(values["legal_form"]),
        published_at=at,
        published_by=by,
        updated_at=at,
        **values,
    )


def _first_transition(organization: Organization, at: datetime) -> Transition:
    kind, pk = subject_of(organization)
    return Transition(
        subject_kind=kind, subject_id=pk, source="", target=organization.state, at=at, by=None, reason=IMPORT
    )


def _is_same(organization: Organization, values: Mapping[str, Any], spheres: set[int]) -> bool:
    has_same_values = all(getattr(organization, name) == value for name, value in values.items())
    return has_same_values and {sphere.pk for sphere in organization.spheres.all()} == spheres


def _update(
    organization: Organization, values: Mapping[str, Any], spheres: set[int], *, by, at: datetime
) -> None:
    before = audit.snapshot(organization, list(values))
    for name, value in values.items():
        setattr(organization, name, value)
    organization.entity_class = law.entity_class_of(organization.legal_form)
    organization.updated_at = at
    organization.save()
    organization.spheres.set(spheres)
    old, new = audit.changes(before, audit.snapshot(organization, list(values)))
    audit.record(organization, IMPORT, by=by, at=at, before=old, after=new)
    show(organization)
