"""The kinds people can switch off."""

import pytest

from core.accounts.models import User
from core.notifications import preferences

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]


@pytest.mark.parametrize("code", ["with:colon", "x" * 51])
def test_codes_of_kinds_are_short_and_without_colon(code):
    with pytest.raises(ValueError, match="short"):
        preferences.register_kind(code, "Nazwa", "powód")


def test_a_step_belongs_to_its_kind(anna):
    preferences.mute(anna, "deadline")

    assert preferences.kind_of("deadline:7").code == "deadline"
    assert preferences.is_muted(anna, "deadline:7")
    assert not preferences.is_muted(anna, "meeting")


def test_willing_are_those_in_use_who_did_not_switch_it_off(anna, piotr):
    preferences.mute(anna, "deadline")
    User.objects.create_user(email="nieczynna@ngo.example", is_active=False)

    assert list(preferences.willing(User.objects.order_by("pk"), "deadline:1")) == [piotr]
    assert list(preferences.willing(User.objects.order_by("pk"), "meeting")) == [anna, piotr]


def test_muting_twice_is_once(anna):
    preferences.mute(anna, "deadline")
    preferences.mute(anna, "deadline")

    assert anna.mutes.count() == 1


def test_switches_of_kinds_unknown_by_now_stay(anna):
    preferences.mute(anna, "old")

    preferences.choose_kinds(anna, list(preferences.KINDS))

    assert preferences.muted_kinds(anna) == {"old"}


def test_a_token_of_a_kind_that_is_no_more_leads_nowhere(anna):
    token = preferences.unsubscribe_url(anna, "deadline").split("/")[-2]
    assert preferences.read_unsubscribe_token(token)[0] == anna.pk

    del preferences.KINDS["deadline"]

    assert preferences.read_unsubscribe_token(token) is None
