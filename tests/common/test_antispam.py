"""Forms that anybody may send: what is a person, what is too often."""

from datetime import timedelta

import pytest
from django import forms
from django.test import RequestFactory

from core.common.antispam import AntiSpamMixin, age_is_human, is_too_often, stamp


class Letter(AntiSpamMixin, forms.Form):
    text = forms.CharField()


def sent(**fields) -> Letter:
    return Letter({"text": "Dzień dobry", **fields})


@pytest.mark.parametrize(
    ("seconds", "is_human"),
    [(0, False), (2, False), (4, True), (3600, True), (604_000, True), (700_000, False)],
)
def test_the_time_between_showing_and_sending_tells_people(frozen, seconds, is_human):
    stamped = stamp()
    frozen.shift(timedelta(seconds=seconds))

    assert age_is_human(stamped) is is_human


@pytest.mark.parametrize("stamped", ["", "x", "a:b:c", "\x00", "ą" * 300])
def test_only_our_own_stamp_counts(stamped):
    assert not age_is_human(stamped)


def test_a_person_gets_through_and_the_guard_leaves_no_trace_in_the_data(frozen):
    stamped = stamp()
    frozen.shift(timedelta(seconds=30))

    form = sent(shown_at=stamped)

    assert form.is_valid()
    assert form.cleaned_data == {"text": "Dzień dobry"}


def test_the_trap_catches_and_is_emptied_for_the_next_try(frozen):
    stamped = stamp()
    frozen.shift(timedelta(seconds=30))

    form = sent(shown_at=stamped, website_of_sender="https://spam.example.com")

    assert not form.is_valid()
    assert form["website_of_sender"].value() == ""
    assert form["text"].value() == "Dzień dobry"
    assert form["shown_at"].value() == stamped


def test_an_old_or_foreign_stamp_is_replaced(frozen):
    form = sent(shown_at="podrobiony")

    assert not form.is_valid()
    fresh = form["shown_at"].value()
    frozen.shift(timedelta(seconds=30))
    assert age_is_human(fresh)


def test_nobody_sees_or_reaches_the_trap():
    html = str(Letter()["website_of_sender"])

    assert 'aria-hidden="true"' in html
    assert 'tabindex="-1"' in html
    assert Letter()["website_of_sender"].is_hidden


def test_sendings_are_counted_by_address_and_purpose():
    here, there = RequestFactory().post("/"), RequestFactory(REMOTE_ADDR="192.0.2.7").post("/")
    limits = {"limit": 2, "within": timedelta(hours=1)}

    answers = [is_too_often(here, "test", **limits) for _ in range(3)]

    assert answers == [False, False, True]
    assert not is_too_often(there, "test", **limits)
    assert not is_too_often(here, "other", **limits)
