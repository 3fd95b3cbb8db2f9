"""Who follows what."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from core.city.models import City
from core.notifications import follows
from core.notifications.follows import (
    NotFollowable,
    follow,
    followed_by,
    followers_of,
    is_following,
    unfollow,
)
from core.notifications.models import Follow, Reminder
from core.notifications.reminders import set_reminders

LATER = datetime(2030, 1, 1, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]


def test_following_sets_the_reminders(unit, anna):
    follow(anna, unit)

    assert is_following(anna, unit)
    assert Reminder.objects.filter(user=anna, kind__startswith="deadline:").count() == 4


def test_following_twice_changes_nothing(unit, anna):
    follow(anna, unit)
    follow(anna, unit)

    assert Follow.objects.count() == 1
    assert Reminder.objects.count() == 4


def test_unfollowing_takes_back_what_following_set_and_no_more(unit, anna):
    follow(anna, unit)
    deadline = Reminder.objects.earliest("due_at")
    set_reminders(unit, kind="meeting", user=anna, due_at=deadline.due_at, expires_at=deadline.expires_at)

    unfollow(anna, unit)

    assert not is_following(anna, unit)
    assert [r.kind for r in Reminder.objects.all()] == ["meeting"]


def test_who_does_not_follow_loses_nothing_by_unfollowing(unit, anna):
    set_reminders(unit, kind="deadline", user=anna, due_at=LATER, expires_at=LATER)

    unfollow(anna, unit)

    assert Reminder.objects.count() == 1


def test_what_cannot_be_seen_cannot_be_followed(unit, anna):
    unit.active_to = "2026"
    unit.save()

    with pytest.raises(NotFollowable):
        follow(anna, unit)

    assert not Follow.objects.exists()


def test_a_kind_that_is_not_registered_cannot_be_followed(anna):
    with pytest.raises(NotFollowable):
        follow(anna, City.objects.create(name="Kraków"))


def test_followers_have_an_account_in_use(unit, anna, piotr):
    follow(anna, unit)
    follow(piotr, unit)
    piotr.is_active = False
    piotr.save()

    assert list(followers_of(unit)) == [anna]


def test_strangers_follow_nothing(unit):
    assert is_following(AnonymousUser(), unit) is False


def test_the_list_of_what_a_person_follows_shows_only_what_may_be_seen(unit, anna):
    follow(anna, unit)
    assert followed_by(anna) == [("Jednostki", [unit])]

    unit.active_to = "2026"
    unit.save()

    assert followed_by(anna) == []


def test_an_id_that_is_none_finds_nothing(anna):
    assert follows.find(anna, "city.organizationalunit", 10**15) is None
    assert follows.find(anna, "city.nonsense", 1) is None
