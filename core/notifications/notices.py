"""The notification centre: what letters say stands on the portal too, and some of it only there."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db.models.functions import Lower

from core.common.clock import now

from .enums import Channel
from .letters import Composed, pieces_of
from .models import Notice
from .preferences import KINDS, channels_among, is_known

UNREAD_SECONDS = 60
LONGEST_TEXT = 300
SIGNATURE = "\n\n-- \n"
GREETING = "Dzień dobry,"
STOPS = tuple(".!?:;,…")

Letter = Mapping[str, Any]


def is_kept(key: str) -> bool:
    """Whether what a letter says stands on the portal already."""
    return Notice.objects.filter(key=key[:200]).exists()


def keep(letters: Iterable[Letter]) -> list[Letter]:
    """Writes a notification for each letter to a person with an account; gives those letters that go out now.

    A letter has ``key``, ``to``, ``kind`` and ``composed``. Three queries for all, none when no letter is of a
    kind that stands on the portal.
    """
    letters = list(letters)
    told = [letter for letter in letters if is_known(letter["kind"])]
    if not told:
        return letters
    people = _people({letter["to"].lower() for letter in told})
    channels = channels_among(person for person in people.values())
    moment, notices, held = now(), [], set()
    for letter in told:
        user = people.get(letter["to"].lower())
        if user is None:
            continue
        topic = letter["kind"].partition(":")[0]
        channel = channels.get((user, topic), "") if topic in KINDS else ""
        notices.append(_notice(letter, user, channel, moment))
        if channel:
            held.add(letter["key"])
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    forget_unread({notice.user_id for notice in notices})
    return [letter for letter in letters if letter["key"] not in held]


def _people(addresses: set[str]) -> dict[str, int]:
    rows = get_user_model().objects.annotate(low=Lower("email")).filter(low__in=addresses, is_active=True)
    return dict(rows.values_list("low", "pk"))


def _notice(letter: Letter, user: int, channel: str, at: datetime) -> Notice:
    composed: Composed = letter["composed"]
    body = composed.text.split(SIGNATURE)[0]
    button = next((piece for piece in pieces_of(body) if piece.kind == "button"), None)
    return Notice(
        user_id=user,
        key=letter["key"][:200],
        kind=letter["kind"].partition(":")[0][:60],
        title=composed.subject,
        text=_first_words(body),
        url=button.url.removeprefix(settings.SITE_URL)[:500] if button else "",
        action=button.label[:60] if button else "",
        rhythm=channel if channel in (Channel.DAILY, Channel.WEEKLY) else "",
        created_at=at,
    )


def _first_words(body: str) -> str:
    """The first sentences without greeting and addresses, as long as a preview may be."""
    lines = [line.removeprefix("- ").strip() for line in body.split("\n") if "://" not in line]
    said = [line for line in lines if line and line != GREETING]
    text = " ".join(line if line.endswith(STOPS) else f"{line}." for line in said)
    text = text[:1].upper() + text[1:]
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1].rsplit(" ", 1)[0] + "…"


# --- reading ----------------------------------------------------------------------------------------------


def unread_count(user) -> int:
    """How many notifications the person has not read; asked at most once a minute."""
    key = _key(user.pk)
    found = cache.get(key)
    if found is None:
        found = Notice.objects.filter(user=user).unread().count()
        cache.set(key, found, UNREAD_SECONDS)
    return found


def mark_read(user, *, at: datetime, pk: int | None = None) -> int:
    """Marks one of the person's own notifications, or all, as read; gives how many were unread."""
    rows = Notice.objects.filter(user=user).unread()
    changed = (rows if pk is None else rows.filter(pk=pk)).update(read_at=at)
    forget_unread({user.pk})
    return changed


def forget_unread(user_ids: Iterable[int]) -> None:
    cache.delete_many([_key(pk) for pk in user_ids])


def _key(pk: int) -> str:
    return f"notices:unread:{pk}"
