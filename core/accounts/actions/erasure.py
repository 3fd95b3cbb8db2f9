"""The end of an account: asked for, thought over, then carried out by a worker; repeatable after a restored backup."""

import csv
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from core.common.clock import local
from core.common.ties import Ending, from_roof
from core.legal import audit, parameters

from ..models import DataExport, Erasure, User
from ..permissions import is_official
from .accounts import end_all_sessions

WAITING_DAYS = "erasure_waiting_days"
NOBODY = "usunięty użytkownik"
ADDRESS = "usuniete-{}@usuniete.invalid"


class ErasureRefused(Exception):
    """This account is not erased by its person: an official's is closed by the administrator."""


@transaction.atomic
def request_erasure(user: User, *, at: datetime) -> Erasure:
    """Asks for the end of the account after the waiting time; a request that waits is given back."""
    User.objects.select_for_update().get(pk=user.pk)
    if is_official(user):
        raise ErasureRefused
    waiting = waiting_erasure(user)
    if waiting is not None:
        return waiting
    days = parameters.days(WAITING_DAYS, on=local(at).date())
    made = Erasure.objects.create(
        account=user.pk, joined_at=user.date_joined, requested_at=at, due_at=at + timedelta(days=days)
    )
    audit.record(user, _("Prośba o usunięcie konta"), by=user, at=at, after={"due_at": made.due_at})
    get_adapter().send_mail("account/email/erasure_requested", user.email, {"due_at": made.due_at})
    return made


@transaction.atomic
def withdraw_erasure(user: User, *, at: datetime) -> bool:
    """The person stays; False when there is nothing to withdraw."""
    changed = _waiting(user).select_for_update().update(withdrawn_at=at)
    if changed:
        audit.record(user, _("Wycofanie prośby o usunięcie konta"), by=user, at=at)
        get_adapter().send_mail("account/email/erasure_withdrawn", user.email, {})
    return bool(changed)


def waiting_erasure(user: User) -> Erasure | None:
    return _waiting(user).first()


def _waiting(user: User):
    return Erasure.objects.filter(account=user.pk, withdrawn_at=None, done_at=None)


def run_erasures(*, at: datetime) -> int:
    """Carries out what is due; gives how many. A second run changes nothing."""
    due = Erasure.objects.filter(withdrawn_at=None, done_at=None, due_at__lte=at)
    return sum(_run_one(pk, at) for pk in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _run_one(pk: int, at: datetime) -> bool:
    asked = (
        Erasure.objects.select_for_update(skip_locked=True)
        .filter(pk=pk, done_at=None, withdrawn_at=None)
        .first()
    )
    if asked is None:
        return False
    user = User.objects.filter(pk=asked.account, date_joined=asked.joined_at).first()
    asked.done_at = at
    asked.save(update_fields=["done_at"])
    return user is not None and erase(user, at=at)


@transaction.atomic
def erase(user: User, *, at: datetime) -> bool:
    """Takes everything away that is not an official record; what stays speaks of »usunięty użytkownik«.

    False when it has been done already.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.erased_at is not None:
        return False
    address = locked.email
    from_roof("person_leaves", locked, at)
    end_all_sessions(locked)
    _delete_copies(locked)
    for declared in from_roof("personal_data"):
        if declared.ending == Ending.DELETED:
            declared.rows(locked).delete()
        elif declared.ending == Ending.CLEARED:
            declared.rows(locked).update(**declared.cleared)
    _make_nobody(locked, at)
    audit.record(locked, _("Usunięcie konta"), by=None, at=at)
    get_adapter().send_mail("account/email/erased", address, {})
    transaction.on_commit(lambda: remember(locked), robust=True)
    return True


def _delete_copies(user: User) -> None:
    for export in DataExport.objects.filter(user=user).exclude(file=""):
        export.file.delete(save=False)


def _make_nobody(user: User, at: datetime) -> None:
    user.email, user.full_name, user.erased_at = ADDRESS.format(user.pk), NOBODY, at
    user.is_active = user.is_staff = user.is_superuser = False
    user.calendar_token, user.last_login = "", None
    user.set_unusable_password()
    user.save()
    user.groups.clear()
    user.user_permissions.clear()


# --- after a restored backup --------------------------------------------------------------------------------


def remember(user: User) -> None:
    """Writes the account into the list that lies outside database and backups: a number and two moments."""
    path = Path(settings.ERASED_ACCOUNTS_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(
            [user.pk, user.date_joined.isoformat(), f"{user.erased_at:%Y-%m-%dT%H:%M:%S%z}"]
        )
        file.flush()
        os.fsync(file.fileno())


def erase_again(*, at: datetime) -> int:
    """Erases once more whoever is on the list and came back with a backup; gives how many."""
    return sum(erase(user, at=at) for user in _came_back())


def _came_back() -> Iterator[User]:
    path = Path(settings.ERASED_ACCOUNTS_FILE)
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            joined_at = parse_datetime(row[1]) if len(row) > 1 and row[0].isdecimal() else None
            if joined_at is None:
                continue
            user = User.objects.filter(pk=int(row[0]), date_joined=joined_at, erased_at=None).first()
            if user is not None:
                yield user
