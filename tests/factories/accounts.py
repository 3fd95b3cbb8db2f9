"""People with accounts: residents, officials with a role, and the codes of their apps."""

import base64
import hmac
import itertools
import struct
import time

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from core.accounts.models import User
from core.accounts.roles import DUTIES, Role
from core.city.models import OrganizationalUnit, RoleGrant

PASSWORD = "zielony rower w deszczu"
APP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

_numbers = itertools.count(1)


class UserFactory(factory.django.DjangoModelFactory):
    """A person with a confirmed address. `password=None` makes an account without one."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"osoba{n}@example.org")
    full_name = "Anna Mazur"

    @classmethod
    def _create(cls, model_class, *args, password: str | None = PASSWORD, is_verified: bool = True, **fields):
        user = model_class.objects.create_user(fields.pop("email"), password, **fields)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=is_verified)
        return user


def unit(name: str = "") -> OrganizationalUnit:
    """A unit of the city, a new one unless its name is known."""
    name = name or f"Wydział próbny {next(_numbers)}"
    return OrganizationalUnit.objects.get_or_create(name=name)[0]


def official(role: Role, in_unit: OrganizationalUnit | None = None, **fields) -> User:
    """A person who holds a role; roles of a unit get one when none is given."""
    duties = DUTIES[role]
    person = UserFactory(**{"is_staff": duties.enters_admin, **fields})
    where = None if duties.is_citywide else in_unit or unit()
    RoleGrant.objects.create(user=person, role=role, unit=where)
    return person


def superuser(**fields) -> User:
    return UserFactory(is_staff=True, is_superuser=True, **fields)


def with_second_factor(user: User, secret: str = APP_SECRET) -> User:
    """The person has an app with codes and recovery codes."""
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return user


def app_code(secret: str = APP_SECRET, at: float | None = None) -> str:
    """What the app shows at a moment (RFC 6238: SHA-1, six digits, half a minute)."""
    counter = struct.pack(">Q", int(time.time() if at is None else at) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, "sha1").digest()
    start = digest[-1] & 0xF
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def recovery_codes(user: User) -> list[str]:
    return RecoveryCodes.activate(user).get_unused_codes()
