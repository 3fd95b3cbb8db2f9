"""Organisations in every state, their people and offers; states are reached through the real actions."""

import itertools
from datetime import datetime

from core.accounts.models import User
from core.accounts.roles import Role
from core.city.models import Branch, District, TaskSphere
from core.common.clock import local_day, now
from organizations import actions
from organizations.enums import LegalForm, MandateRole, Manner
from organizations.models import Dossier, Mandate, Organization

from .accounts import UserFactory, official

_numbers = itertools.count(1)


def sphere(code: str = "culture", number: str = "16") -> TaskSphere:
    return TaskSphere.objects.get_or_create(
        code=code, defaults={"statutory_no": number, "label": f"Sfera {number}"}
    )[0]


def branch(code: str = "kultura", *spheres: TaskSphere) -> Branch:
    made = Branch.objects.get_or_create(code=code, defaults={"label": code})[0]
    made.spheres.add(*(spheres or [sphere()]))
    return made


def district(number: int = 13, name: str = "Podgórze") -> District:
    return District.objects.get_or_create(
        number=number, defaults={"name": name, "full_name": f"Dzielnica {number} {name}"}
    )[0]


def person(**fields) -> User:
    """Somebody with an account and no password, which is much quicker to make."""
    return UserFactory(password=None, **fields)


def coordinator() -> User:
    """The person of the office who keeps the registry in these tests."""
    known = User.objects.filter(email="koordynator-rejestru@example.org").first()
    return known or official(Role.COORDINATOR, password=None, email="koordynator-rejestru@example.org")


def krs() -> str:
    return str(900_000 + next(_numbers)).zfill(10)


def draft(name: str = "", **fields) -> Organization:
    """A profile that is not saved yet."""
    defaults = {
        "name": name or f"Fundacja Próbna {next(_numbers)}",
        "legal_form": LegalForm.FOUNDATION,
        "krs": krs(),
        "mission": "Uczymy sąsiadów działać razem.",
        "address": "ul. Przykładowa 5",
        "postal_code": "30-001",
        "locality": "Kraków",
        "email": "biuro@example.org",
    }
    return Organization(**(defaults | fields))


def submitted(name: str = "", *, by: User | None = None, at: datetime | None = None, spheres=None, **fields):
    """A profile that a person has sent to the office."""
    return actions.register_organization(
        draft(name, **fields), spheres=spheres or [sphere()], by=by or person(), at=at or now()
    )


def verified(name: str = "", *, by: User | None = None, at: datetime | None = None, **fields) -> Organization:
    """A public profile, confirmed at the moment of its verification."""
    at = at or now()
    return actions.verify(submitted(name, by=by, at=at, **fields), by=coordinator(), at=at)


def dissolved(organization: Organization | None = None, **fields) -> Organization:
    """An organisation that is no more, struck from its register today."""
    at = now()
    return actions.dissolve(
        organization or verified(**fields),
        by=coordinator(),
        at=at,
        reason="Wykreślona z KRS.",
        dissolved_on=local_day(at),
        source="odpis z KRS",
    )


def member(
    organization: Organization,
    role: str = MandateRole.NGO_REPRESENTATIVE,
    *,
    at: datetime | None = None,
    user=None,
) -> User:
    """A person who acts for a public organisation."""
    user = user or person()
    actions.assign_mandate(
        organization, user=user, role=role, evidence="wpis w KRS", by=coordinator(), at=at or now()
    )
    return user


def requested(organization: Organization, role: str = MandateRole.NGO_EDITOR, user=None) -> Mandate:
    """A request to act for an organisation, not decided yet."""
    return actions.request_mandate(
        organization, user=user or person(), role=role, evidence="uchwała zarządu", at=now()
    )


def jointly(organization: Organization, count: int) -> Organization:
    """As many people of this organisation act together."""
    Dossier.objects.update_or_create(
        organization=organization, defaults={"manner": Manner.JOINTLY, "manner_count": count}
    )
    return organization


OFFER = {
    "title": "Klub sąsiedzki",
    "kind": "meetings",
    "description": "Wspólne gotowanie.",
    "when": "środy 17:00–20:00",
    "place": "Zabłocie",
    "is_free": True,
    "requires_booking": False,
    "url": "",
}


def with_offer(organization: Organization, **fields) -> Organization:
    actions.save_offers(organization, [OFFER | fields], by=coordinator(), at=now())
    return organization
