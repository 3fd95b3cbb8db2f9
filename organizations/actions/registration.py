"""A profile comes into the base: entered, sent, returned, verified."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.city.models import TaskSphere
from core.common.slugs import slug_for
from core.legal.rules import Breach, LawBreached
from core.legal.workflow import advance, start

from .. import emails, law
from ..enums import OPEN_STATES, MandateRole, Origin, State
from ..models import Dossier, Mandate, Organization
from ..models.organization import folded
from ..permissions import is_registrar
from ..reminders import remind_of_confirmation
from .mandates import grant_mandate, request_mandate
from .shown import show

# The first step of addresses that are pages of this room.
RESERVED_SLUGS = frozenset(
    {
        "zarejestruj",
        "informator",
        "wybierz",
        "branze",
        "zaproszenie",
        "prosby",
        "dostepy",
        "potwierdzenie",
        "partnerzy",
    }
)


@transaction.atomic
def register_organization(
    profile: Organization,
    *,
    spheres: Iterable[TaskSphere] = (),
    dossier: Mapping[str, Any] | None = None,
    role: str = MandateRole.NGO_EDITOR,
    evidence: str = "",
    by,
    at: datetime,
) -> Organization:
    """Takes a new profile (not saved yet) and sends it to the office.

    A person who is not of the office asks at the same time to act for the organisation in a role, on
    the evidence given. Raises LawBreached with the fields to correct (R-ORG-01…12).
    """
    _refuse_second_time(profile, by)
    enter_organization(profile, by=by, at=at)
    profile.spheres.set(_with_main(profile, spheres))
    Dossier.objects.create(organization=profile, **(dossier or {}))
    if not is_registrar(by):
        request_mandate(profile, user=by, role=role, evidence=evidence or _("zgłoszenie organizacji"), at=at)
    return submit(profile, by=by, at=at)


def _refuse_second_time(profile: Organization, by) -> None:
    """The same button twice, or two tabs, give one registration."""
    User.objects.select_for_update().get(pk=by.pk)
    same = Organization.objects.filter(
        registered_by=by, folded_name=folded(profile.name), state__in=OPEN_STATES
    )
    if same.exists():
        message = _("Twoje zgłoszenie tej organizacji już czeka. Znajdziesz je w »Moich sprawach«.")
        raise LawBreached([Breach("R-ORG-10", message)])


def enter_organization(profile: Organization, *, by, at: datetime) -> Organization:
    """Saves a new profile as a draft. Raises LawBreached when a number is already in the base (R-ORG-10)."""
    profile.slug = organization_slug(profile.name)
    profile.origin = Origin.OFFICIAL if is_registrar(by) else Origin.REGISTERED
    profile.entity_class = law.entity_class_of(profile.legal_form)
    profile.state, profile.state_since = State.DRAFT, at
    profile.registered_by, profile.author_name = by, profile.author_name or profile.name[:200]
    save_unique(profile)
    start(profile, by=by, at=at)
    return profile


def save_unique(profile: Organization) -> None:
    """Saves; a number that another profile has meanwhile got becomes a breach of R-ORG-10."""
    try:
        with transaction.atomic():
            profile.save()
    except IntegrityError as fault:
        constraint = getattr(getattr(fault.__cause__, "diag", None), "constraint_name", "") or ""
        number = constraint.removeprefix("organization_").removesuffix("_once")
        if number not in law.UNIQUE_NUMBERS:
            raise
        raise LawBreached(law.uniqueness_breaches(profile.legal_form, taken={number})) from fault


def organization_slug(name: str) -> str:
    """The address of a profile, never that of a page of this room."""
    return slug_for(
        Organization, f"{name} organizacja" if slug_for(Organization, name) in RESERVED_SLUGS else name
    )


def _with_main(profile: Organization, spheres: Iterable[TaskSphere]) -> list[TaskSphere]:
    """The spheres with the main one among them; the first is the main one when none was named."""
    chosen = list(spheres)
    if profile.main_sphere_id is None and chosen:
        profile.main_sphere = chosen[0]
        profile.save(update_fields=["main_sphere"])
    elif profile.main_sphere and profile.main_sphere not in chosen:
        chosen.append(profile.main_sphere)
    return chosen


@transaction.atomic
def submit(organization: Organization, *, by, at: datetime, reason: str = "") -> Organization:
    """Sends a draft or a corrected profile to the office. Raises MoveRefused or LawBreached."""
    moved = advance(organization, State.SUBMITTED, by=by, at=at, reason=reason)
    moved.submitted_at = at
    moved.save(update_fields=["submitted_at"])
    emails.tell_received(moved)
    return moved


@transaction.atomic
def return_for_correction(organization: Organization, *, by, at: datetime, reason: str) -> Organization:
    """Sends a profile back with the reason. Raises MoveRefused, or LawBreached without a reason."""
    moved = advance(organization, State.RETURNED, by=by, at=at, reason=reason)
    emails.tell_returned(moved, reason, at)
    return moved


@transaction.atomic
def verify(organization: Organization, *, by, at: datetime, reason: str = "") -> Organization:
    """Publishes a profile that agrees with the register, found by a person of the office (R-ORG-17).

    Who registered it may then edit it; to represent the organisation is a separate decision.
    """
    moved = advance(organization, State.VERIFIED, by=by, at=at, reason=reason)
    moved.verified_at, moved.verified_by, moved.confirmed_at = at, by, at
    moved.published_at, moved.published_by, moved.updated_at = moved.published_at or at, by, at
    moved.save(
        update_fields=[
            "verified_at",
            "verified_by",
            "confirmed_at",
            "published_at",
            "published_by",
            "updated_at",
        ]
    )
    _let_registrant_edit(moved, by, at)
    show(moved)
    remind_of_confirmation(moved)
    emails.tell_verified(moved)
    return moved


def _let_registrant_edit(organization: Organization, by, at: datetime) -> None:
    person = organization.registered_by
    if person is None or organization.origin != Origin.REGISTERED:
        return
    editors = Mandate.objects.filter(
        user=person, organization=organization, role=MandateRole.NGO_EDITOR, ended_at=None
    )
    asked = editors.first() or request_mandate(
        organization,
        user=person,
        role=MandateRole.NGO_EDITOR,
        evidence=_("zgłoszenie organizacji do bazy"),
        at=at,
    )
    if asked.is_requested:
        grant_mandate(asked, by=by, at=at)
