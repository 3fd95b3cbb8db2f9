"""Profiles from public sources: shown at once, marked as not confirmed by the organisation (R-ORG-19)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from core.city.models import TaskSphere
from core.common.subjects import subject_of
from core.legal import audit
from core.legal.models import Transition

from .. import law
from ..enums import Origin, State
from ..models import Organization
from .registration import organization_slug
from .shown import show

IMPORT = "import"


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


def _create(fact_id: str, values: Mapping[str, Any], spheres: set[int], *, by, at: datetime) -> None:
    organization = Organization(
        fact_id=fact_id,
        origin=Origin.IMPORTED,
        state=State.VERIFIED,
        state_since=at,
        slug=organization_slug(values["name"]),
        entity_class=law.entity_class_of(values["legal_form"]),
        published_at=at,
        published_by=by,
        updated_at=at,
        **values,
    )
    organization.save()
    organization.spheres.set(spheres)
    kind, pk = subject_of(organization)
    Transition.objects.create(
        subject_kind=kind, subject_id=pk, source="", target=organization.state, at=at, by=None, reason=IMPORT
    )
    show(organization)


def _is_same(organization: Organization, values: Mapping[str, Any], spheres: set[int]) -> bool:
    has_same_values = all(getattr(organization, name) == value for name, value in values.items())
    return has_same_values and set(organization.spheres.values_list("pk", flat=True)) == spheres


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
