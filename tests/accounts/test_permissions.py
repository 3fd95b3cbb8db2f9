"""What roles ask of an account."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from core.accounts.permissions import is_official, may_manage_accounts, roles_of
from core.accounts.roles import DUTIES, SECOND_FACTOR_ROLES, Role
from core.city.models import RoleGrant
from core.common.clock import today
from tests.factories.accounts import UserFactory, official, superuser, unit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role)
def test_roles_that_need_a_second_factor(role):
    assert is_official(official(role, is_staff=False)) is (role in SECOND_FACTOR_ROLES)


@pytest.mark.parametrize("role", Role)
def test_accounts_are_managed_by_administrators(role):
    assert may_manage_accounts(official(role)) is (role == Role.ADMIN)


def test_people_without_a_role():
    assert not is_official(AnonymousUser())
    assert not may_manage_accounts(AnonymousUser())
    assert not is_official(UserFactory())
    assert is_official(superuser())
    assert not is_official(superuser(is_active=False))
    assert not may_manage_accounts(superuser(is_active=False))


def test_a_role_that_has_ended_counts_no_more():
    user = UserFactory()
    yesterday = today() - timedelta(days=1)
    RoleGrant.objects.create(user=user, role=Role.CALL_MANAGER, unit=unit(), valid_until=yesterday)

    assert not is_official(user)


def test_roles_come_from_the_source_that_the_settings_name():
    user = official(Role.CALL_MANAGER, unit("Wydział Zdrowia"))

    (held,) = roles_of(user)

    assert (held.role, str(held.unit)) == (Role.CALL_MANAGER, "Wydział Zdrowia")


def test_every_role_says_what_it_does():
    assert set(DUTIES) == set(Role)
