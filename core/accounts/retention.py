"""What accounts forget, and when."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError

from core.common.clock import now

from .models import User

UNCONFIRMED_KEPT = timedelta(days=7)


def forget_unconfirmed(at: datetime | None = None) -> int:
    """Deletes accounts whose address nobody confirmed within a week; says how many.

    Accounts that an administrator opened wait for their person: they have no password yet.
    """
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    forgotten = (
        User.objects.filter(last_login=None, is_staff=False, date_joined__lt=(at or now()) - UNCONFIRMED_KEPT)
        .exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        .exclude(Exists(confirmed))
    )
    return sum(_delete(user) for user in forgotten.iterator())


def _delete(user: User) -> bool:
    """False when a record that must stay speaks of the person."""
    try:
        with transaction.atomic():
            user.delete()
    except ProtectedError:
        return False
    return True


def forget_sessions(at: datetime | None = None) -> int:
    """Deletes ended sessions, and with them from where and with what they were opened; says how many of these."""
    Session.objects.filter(expire_date__lt=at or now()).delete()
    is_open = Session.objects.filter(session_key=OuterRef("session_key"))
    return UserSession.objects.exclude(Exists(is_open)).delete()[0]
