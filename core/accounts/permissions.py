"""What a person's roles ask of their account."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.utils.module_loading import import_string

from .roles import SECOND_FACTOR_ROLES, Role

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def roles_of(user) -> list[Any]:
    """The person's roles in force; each has ``role``, ``unit`` and ``valid_until``.

    They are kept on a floor above this one, which ``settings.ROLES_SOURCE`` names.
    """
    return import_string(settings.ROLES_SOURCE)(user)


def is_official(user) -> bool:
    """Whether the account opens the city's cases: an official's or a committee member's."""
    if not (user.is_authenticated and user.is_active):
        return False
    return (
        user.is_staff or user.is_superuser or any(held.role in SECOND_FACTOR_ROLES for held in roles_of(user))
    )


def has_second_factor(user) -> bool:
    return is_mfa_enabled(user, SECOND_FACTORS)


def must_set_second_factor(user) -> bool:
    """Whether the person may go no further before setting up a second factor."""
    return settings.REQUIRE_SECOND_FACTOR and is_official(user) and not has_second_factor(user)


def may_manage_accounts(user) -> bool:
    """Administrators open, block and unblock accounts; rights are given by superusers only."""
    if not (user.is_authenticated and user.is_active):
        return False
    return user.is_superuser or any(held.role == Role.ADMIN for held in roles_of(user))
