"""Changes of accounts: the only writers of what an account may do.

Log-in, passwords, addresses and second factors are written by the log-in library.
"""

from datetime import datetime

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext as _

from core.legal import audit

from ..models import User

# What the log of acts may hold of an account: no password, no key.
LOGGED_FIELDS = ["email", "full_name", "is_active", "is_staff", "is_superuser"]


@transaction.atomic
def rename(user: User, full_name: str, *, by: User, at: datetime) -> None:
    """Changes the person's name."""
    _change(user, {"full_name": full_name}, _("Zmiana imienia i nazwiska"), by=by, at=at)


@transaction.atomic
def open_account(email: str, full_name: str, *, by: User, at: datetime, is_staff: bool = False) -> User:
    """Makes an account for somebody else. They set the password themselves, by mail to the address."""
    user = User.objects.create_user(email, full_name=full_name, is_staff=is_staff)
    EmailAddress.objects.create(user=user, email=user.email, primary=True)
    audit.record(user, _("Założenie konta"), by=by, at=at, after=audit.snapshot(user, LOGGED_FIELDS))
    get_adapter().send_mail("account/email/account_opened", user.email, {})
    return user


@transaction.atomic
def change_account(user: User, changes: dict[str, object], *, by: User, at: datetime) -> None:
    """Changes name or rights (``is_active``, ``is_staff``, ``is_superuser``).

    Whoever loses or gains a right starts with a new log-in: all sessions end.
    """
    before = audit.snapshot(user, LOGGED_FIELDS)
    _change(user, changes, _("Zmiana konta"), by=by, at=at)
    if any(
        user_field != "full_name" and before[user_field] != value for user_field, value in changes.items()
    ):
        end_all_sessions(user)


@transaction.atomic
def remove_second_factor(user: User, *, by: User, at: datetime, reason: str) -> None:
    """For somebody who lost the telephone or key: takes all second factors away and ends all sessions.

    The person is told by mail, so that a false request does not stay unnoticed.
    """
    removed = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    Authenticator.objects.filter(user=user).delete()
    end_all_sessions(user)
    audit.record(
        user, _("Usunięcie drugiego składnika"), by=by, at=at, before={"types": removed}, reason=reason
    )
    get_adapter().send_mail("account/email/second_factor_removed", user.email, {})


def end_session(user: User, pk: int) -> bool:
    """Logs one browser of the person out; False when it is not theirs or already gone."""
    session = UserSession.objects.filter(user=user, pk=pk).first()
    if session is None:
        return False
    session.end()
    return True


def end_other_sessions(user: User, current_key: str | None) -> int:
    """Logs all other browsers of the person out and says how many."""
    others = UserSession.objects.filter(user=user).exclude(session_key=current_key)
    return sum(end_session(user, row.pk) for row in others)


def end_all_sessions(user: User) -> int:
    return end_other_sessions(user, None)


def _change(user: User, changes: dict[str, object], verb: str, *, by: User, at: datetime) -> None:
    before = audit.snapshot(user, LOGGED_FIELDS)
    for name, value in changes.items():
        setattr(user, name, value)
    user.save(update_fields=list(changes))
    old, new = audit.changes(before, audit.snapshot(user, LOGGED_FIELDS))
    if new:
        audit.record(user, verb, by=by, at=at, before=old, after=new)
