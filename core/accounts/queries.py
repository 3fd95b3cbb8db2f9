"""What an account page shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils.crypto import constant_time_compare

from core.common.clock import now
from core.common.ties import Ending, PersonalData, from_roof

from .browsers import browser_name
from .roles import DUTIES, Role


@dataclass(frozen=True)
class OpenSession:
    """A browser in which the person is logged in."""

    pk: int
    browser: str
    ip: str
    since: datetime
    is_current: bool


def sessions_of(user, current_key: str | None) -> list[OpenSession]:
    """Sessions that still work, this one first, then the newest; two queries, nothing written."""
    rows = {row.session_key: row for row in UserSession.objects.filter(user=user).order_by("-created_at")}
    stored = Session.objects.filter(session_key__in=rows, expire_date__gt=now())
    alive = {session.session_key for session in stored if _opens(session, user)}
    shown = [_shown(row, current_key) for key, row in rows.items() if key in alive]
    return sorted(shown, key=lambda session: not session.is_current)


def _opens(session: Session, user) -> bool:
    """Whether a stored session is still good: a changed password makes it worthless."""
    known = session.get_decoded().get(HASH_SESSION_KEY, "")
    return constant_time_compare(known, user.get_session_auth_hash())


def _shown(row: UserSession, current_key: str | None) -> OpenSession:
    return OpenSession(
        pk=row.pk,
        browser=browser_name(row.user_agent),
        ip=row.ip,
        since=row.created_at,
        is_current=row.session_key == current_key,
    )


@dataclass(frozen=True)
class SecondFactor:
    """Which second factors a person has set up."""

    app: Any = None
    keys: tuple = ()
    codes: Any = None

    @property
    def is_set(self) -> bool:
        return bool(self.app or self.keys)

    @property
    def codes_left(self) -> int:
        return len(self.codes.wrap().get_unused_codes()) if self.codes else 0


def second_factor_of(user) -> SecondFactor:
    rows = list(Authenticator.objects.filter(user=user).order_by("created_at"))
    first = {row.type: row for row in reversed(rows)}
    return SecondFactor(
        app=first.get(Authenticator.Type.TOTP),
        keys=tuple(row for row in rows if row.type == Authenticator.Type.WEBAUTHN),
        codes=first.get(Authenticator.Type.RECOVERY_CODES),
    )


@dataclass(frozen=True)
class HeldRole:
    """A role as the account page tells it."""

    name: Any
    place: Any
    until: Any
    duties: Any


def described(roles: list[Any]) -> list[HeldRole]:
    return [_described(held) for held in roles]


def _described(held) -> HeldRole:
    role = Role(held.role)
    return HeldRole(name=role.label, place=held.unit, until=held.valid_until, duties=DUTIES[role].summary)


def has_confirmed_address(user, email: str) -> bool:
    """Whether the person has proven that letters to this address reach them."""
    if not (user.is_authenticated and user.is_active):
        return False
    return EmailAddress.objects.filter(user=user, verified=True, email__iexact=email).exists()


def kept_and_deleted(user) -> tuple[list[PersonalData], list[PersonalData]]:
    """What stays of a person when the account goes, with the reason, and what does not; only what there is."""
    kept: dict[tuple[str, str], PersonalData] = {}
    deleted: dict[str, PersonalData] = {}
    for declared in from_roof("personal_data"):
        if not declared.rows(user).exists():
            continue
        if declared.ending == Ending.DELETED:
            deleted.setdefault(declared.label, declared)
        else:
            kept.setdefault((declared.label, str(declared.reason)), declared)
    return list(kept.values()), list(deleted.values())
