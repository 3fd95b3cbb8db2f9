"""The kinds of notifications people can switch off, and who switched off which."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.urls import reverse

from core.common.sites import absolute

from .models import Mute

SALT = "notifications.unsubscribe"


@dataclass(frozen=True)
class Kind:
    """A kind of notification: its name in the settings and why a person gets it.

    ``why`` completes »Dostajesz ten list, bo …«.
    """

    code: str
    label: Any
    why: Any
    hint: Any = ""


KINDS: dict[str, Kind] = {}


def register_kind(code: str, label: Any, why: Any, hint: Any = "") -> Kind:
    """Makes a kind of notification known; it appears in the settings of every account."""
    if ":" in code or len(code) > 50:
        raise ValueError("The code of a kind is short and has no colon.")
    KINDS[code] = Kind(code, label, why, hint)
    return KINDS[code]


def kind_of(code: str) -> Kind:
    """The kind of a code with or without its step: »call_deadline:7« is of the kind »call_deadline«."""
    return KINDS[code.partition(":")[0]]


def is_muted(user, kind: str) -> bool:
    return Mute.objects.filter(user=user, kind=kind.partition(":")[0]).exists()


def muted_among(user_ids: Iterable[int]) -> set[tuple[int, str]]:
    """Which of the people switched off what, as pairs of id and kind."""
    return set(Mute.objects.filter(user__in=set(user_ids)).values_list("user_id", "kind"))


def willing(users, kind: str):
    """Of a queryset of users those with an account in use who did not switch the kind off."""
    return users.filter(is_active=True).exclude(mutes__kind=kind.partition(":")[0])


def muted_kinds(user) -> set[str]:
    return set(Mute.objects.filter(user=user).values_list("kind", flat=True))


def mute(user, kind: str) -> None:
    Mute.objects.bulk_create([Mute(user=user, kind=kind)], ignore_conflicts=True)


def choose_kinds(user, wanted: Iterable[str]) -> None:
    """Keeps exactly the wanted ones of the known kinds switched on."""
    wanted = set(wanted)
    Mute.objects.filter(user=user, kind__in=wanted).delete()
    unwanted = [Mute(user=user, kind=code) for code in KINDS if code not in wanted]
    Mute.objects.bulk_create(unwanted, ignore_conflicts=True)


def settings_url() -> str:
    return absolute(reverse("notifications:preferences"))


def unsubscribe_url(user, kind: str) -> str:
    """The address behind »Wypisz mnie« in a letter of this kind: one click, no log-in."""
    token = signing.dumps([user.pk, kind.partition(":")[0]], salt=SALT, compress=True)
    return absolute(reverse("notifications:unsubscribe", args=[token]))


def read_unsubscribe_token(token: str) -> tuple[int, Kind] | None:
    """The person's id and the kind of a token; None for a forged one or a kind that is no more."""
    try:
        user_id, code = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return (user_id, KINDS[code]) if code in KINDS else None
