"""Who follows what. A room says in its ``reminders.py`` what can be followed and which dates that brings."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import QuerySet

from core.common.subjects import subject_of

from .models import Follow
from .reminders import drop_reminders


class NotFollowable(Exception):
    """The record is of a kind nobody can follow, or this person may not see it."""


@dataclass(frozen=True)
class Followable:
    """A kind of record that can be followed.

    ``visible_to(user)`` gives the rows the person may see, ``on_follow(user, obj)`` sets the reminders,
    ``kinds`` are the kinds of reminders that go when the person stops following (none given: all).
    """

    model: type[models.Model]
    visible_to: Callable[[Any], QuerySet]
    on_follow: Callable[[Any, models.Model], None]
    label: Any = ""
    kinds: tuple[str, ...] = ()


FOLLOWABLE: dict[str, Followable] = {}


def register_followable(
    model: type[models.Model],
    *,
    visible_to: Callable[[Any], QuerySet],
    on_follow: Callable[[Any, models.Model], None] = lambda _user, _obj: None,
    label: Any = "",
    kinds: tuple[str, ...] = (),
) -> None:
    """Lets people follow rows of a model; ``label`` names the kind in the list of what a person follows."""
    entry = Followable(model, visible_to, on_follow, label or model._meta.verbose_name_plural, kinds)
    FOLLOWABLE[model._meta.label_lower] = entry


def find(user, kind: str, pk: int) -> models.Model | None:
    """The record of a kind and id, if it can be followed and the person may see it."""
    entry = FOLLOWABLE.get(kind)
    return entry.visible_to(user).filter(pk=pk).first() if entry else None


@transaction.atomic
def follow(user, obj: models.Model) -> None:
    """Follows a record and sets the reminders of its dates; a second time changes nothing.

    Raises NotFollowable when the kind cannot be followed or the person may not see the record.
    """
    kind, pk = subject_of(obj)
    if find(user, kind, pk) is None:
        raise NotFollowable(kind)
    Follow.objects.bulk_create([Follow(user=user, subject_kind=kind, subject_id=pk)], ignore_conflicts=True)
    FOLLOWABLE[kind].on_follow(user, obj)


@transaction.atomic
def unfollow(user, obj: models.Model) -> None:
    """Stops following and takes back the reminders that following set."""
    if not Follow.objects.of(obj).filter(user=user).delete()[0]:
        return
    entry = FOLLOWABLE.get(subject_of(obj).kind)
    for kind in (entry and entry.kinds) or (None,):
        drop_reminders(obj, kind=kind, user=user)


def is_following(user, obj: models.Model) -> bool:
    return bool(user.is_authenticated) and Follow.objects.of(obj).filter(user=user).exists()


def followers_of(obj: models.Model) -> QuerySet:
    """The people with an account in use who follow a record, for ``set_countdown`` and for letters.

    Someone may have lost the right to see the record since: a room that shows more than the public may
    see filters with its own rule.
    """
    ids = Follow.objects.of(obj).values("user")
    return get_user_model().objects.filter(pk__in=ids, is_active=True)


def followed_by(user) -> list[tuple[Any, list[models.Model]]]:
    """What a person follows and may still see, as pairs of the kind's label and the records."""
    ids: dict[str, list[int]] = {}
    for kind, pk in (
        Follow.objects.filter(user=user).order_by("-pk").values_list("subject_kind", "subject_id")
    ):
        ids.setdefault(kind, []).append(pk)
    found = (
        (FOLLOWABLE[kind].label, _rows(user, kind, pks)) for kind, pks in ids.items() if kind in FOLLOWABLE
    )
    return [(label, rows) for label, rows in found if rows]


def _rows(user, kind: str, pks: Iterable[int]) -> list[models.Model]:
    return list(FOLLOWABLE[kind].visible_to(user).filter(pk__in=list(pks)))
