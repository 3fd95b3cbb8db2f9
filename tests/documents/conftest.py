"""Records that files belong to. Documents know no model of the rooms above, so a district lends itself."""

import pytest

from core.accounts.models import User
from core.accounts.roles import Role
from core.city.models import District, OrganizationalUnit, RoleGrant


@pytest.fixture
def unit(db):
    return OrganizationalUnit.objects.create(name="Wydział Kultury")


@pytest.fixture
def other_unit(db):
    return OrganizationalUnit.objects.create(name="Wydział Sportu")


@pytest.fixture
def record(unit, monkeypatch) -> District:
    """A published record of the unit; ``publish(False)`` makes it a draft."""
    monkeypatch.setattr(District, "is_public", True, raising=False)
    monkeypatch.setattr(District, "unit_id", unit.pk, raising=False)
    return District.objects.create(number=1, name="Stare Miasto", full_name="Dzielnica I Stare Miasto")


@pytest.fixture
def publish(record, monkeypatch):
    def publish(is_public: bool) -> None:
        monkeypatch.setattr(District, "is_public", is_public)

    return publish


@pytest.fixture
def person(db):
    """``person(Role.UNIT_EDITOR, unit)``: somebody with a role, or without any."""

    def make(role: Role | None = None, unit: OrganizationalUnit | None = None) -> User:
        user = User.objects.create_user(f"osoba{User.objects.count()}@example.org", full_name="Anna Nowak")
        if role is not None:
            RoleGrant.objects.create(user=user, role=role, unit=unit)
            User.objects.filter(pk=user.pk).update(is_staff=True)
            user.refresh_from_db()
        return user

    return make
