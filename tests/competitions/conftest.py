"""People and units of the tests of calls."""

import pytest

from core.accounts.roles import Role
from tests.factories.accounts import UserFactory, official
from tests.factories.city import UnitFactory


@pytest.fixture
def unit():
    return UnitFactory(name="Wydział Prób")


@pytest.fixture
def manager(unit):
    """Runs calls of the unit."""
    return official(Role.CALL_MANAGER, unit)


@pytest.fixture
def editor(unit):
    """Writes drafts of the unit."""
    return official(Role.UNIT_EDITOR, unit)


@pytest.fixture
def stranger():
    """Runs calls of another unit."""
    return official(Role.CALL_MANAGER)


@pytest.fixture
def follower():
    """A person of an organisation, with an account."""
    return UserFactory(email="ngo@example.org")
