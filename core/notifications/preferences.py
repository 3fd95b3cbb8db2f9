"""The kinds of notifications people can switch off, and who switched off which."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db import transaction
from django.urls import reverse

from core.common.sites import absolute

from .enums import Channel
from .models import Mute, Notice, Rhythm

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
# Letters that come at once whatever a person has chosen: by the beginning of their kind.
OBLIGATORY: dict[str, Kind] = {}


def register_kind(code: str, label: Any, why: Any, hint: Any = "") -> Kind:
    """Makes a kind of notification known; it appears in the settings of every account."""
    if ":" in code or len(code) > 50:
        raise ValueError("The code of a kind is short and has no colon.")
    KINDS[code] = Kind(code, label, why, hint)
    return KINDS[code]


def register_obligatory(beginning: str, label: Any, hint: Any) -> None:
    """Makes letters known that nobody can switch off: those in a person's own case, and deadlines of the law."""
    OBLIGATORY[beginning] = Kind(beginning, label, "", hint)


def is_known(code: str) -> bool:
    """Whether letters of this kind stand on the portal too: what people chose, and their own cases."""
    return code.partition(":")[0] in KINDS or code.startswith(tuple(OBLIGATORY))


def kind_of(code: str) -> Kind:
    """The kind of a code with or without its step: »call_deadline:7« is of the kind »call_deadline«."""
    return KINDS[code.partition(":")[0]]


def is_muted(user, kind: str) -> bool:
    return Mute.objects.filter(user=user, kind=kind.partition(":")[0]).exists()


def muted_among(user_ids: Iterable[int]) -> set[tuple[int, str]]:
    """Which of the people switched off what, as pairs of id and kind."""
    return set(Mute.objects.filter(user__in=set(user_ids)).values_list("user_id", "kind"))


def willing(users, kind: str):
    """Of a queryset of users those with an account in use who want letters of a kind, at once or gathered."""
    return users.filter(is_active=True).exclude(mutes__kind=kind.partition(":")[0])


def reachable(users):
    """Of a queryset of users those with an account in use; the outbox then asks what each has chosen."""
    return users.filter(is_active=True)


def channels_among(user_ids: Iterable[int]) -> dict[tuple[int, str], str]:
    """Whatever differs from »at once«, by id and kind; two queries."""
    ids = set(user_ids)
    found = dict.fromkeys(muted_among(ids), Channel.PORTAL.value)
    rhythms = Rhythm.objects.filter(user__in=ids).values_list("user_id", "kind", "rhythm")
    return {(user, kind): rhythm for user, kind, rhythm in rhythms} | found


def chosen_channels(user) -> dict[str, str]:
    """The channel of every kind people may choose."""
    chosen = channels_among([user.pk])
    return {code: chosen.get((user.pk, code), Channel.AT_ONCE.value) for code in KINDS}


def muted_kinds(user) -> set[str]:
    return set(Mute.objects.filter(user=user).values_list("kind", flat=True))


def mute(user, kind: str) -> None:
    """No more letters of a kind; what waited for a digest of it stays on the portal only."""
    Notice.objects.filter(user=user, kind=kind, digested_at=None).update(rhythm="")
    Mute.objects.bulk_create([Mute(user=user, kind=kind)], ignore_conflicts=True)


def choose_kinds(user, wanted: Iterable[str]) -> None:
    """Keeps exactly the wanted ones of the known kinds switched on."""
    wanted = set(wanted)
    Mute.objects.filter(user=user, kind__in=wanted).delete()
    unwanted = [Mute(user=user, kind=code) for code in KINDS if code not in wanted]
    Mute.objects.bulk_create(unwanted, ignore_conflicts=True)


@transaction.atomic
def choose_channels(user, chosen: Mapping[str, str]) -> None:
    """Keeps a channel for each of the kinds given; what waits for a digest goes with its kind."""
    known = {code: channel for code, channel in chosen.items() if code in KINDS and channel in Channel.values}
    Mute.objects.filter(user=user, kind__in=known).delete()
    Rhythm.objects.filter(user=user, kind__in=known).delete()
    muted = [Mute(user=user, kind=code) for code, channel in known.items() if channel == Channel.PORTAL]
    Mute.objects.bulk_create(muted, ignore_conflicts=True)
    gathered = {
        code: channel for code, channel in known.items() if channel in (Channel.DAILY, Channel.WEEKLY)
    }
    Rhythm.objects.bulk_create(
        [Rhythm(user=user, kind=code, rhythm=channel) for code, channel in gathered.items()],
        ignore_conflicts=True,
    )
    waiting = Notice.objects.filter(user=user, digested_at=None).exclude(rhythm="")
    for code, channel in known.items():
        # what was gathered for a kind now told at once still comes, with the next daily letter
        rhythm = {Channel.PORTAL: "", Channel.AT_ONCE: Channel.DAILY}.get(Channel(channel), channel)
        waiting.filter(kind=code).update(rhythm=rhythm)


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
