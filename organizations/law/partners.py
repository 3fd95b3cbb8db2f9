"""Notices of the partner finder: a house rule keeps the list fresh."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from core.legal.rules import Breach

MOST_DAYS = 183  # half a year: who still seeks then says so again


def last_possible_day(on: date) -> date:
    return on + timedelta(days=MOST_DAYS)


def partner_notice_breaches(valid_until: date, *, on: date) -> list[Breach]:
    """A notice ends by itself, today at the earliest and in half a year at the latest."""
    if valid_until < on:
        return [Breach("", _("wybierz dzień, który jeszcze nie minął"), "valid_until")]
    if valid_until > last_possible_day(on):
        return [Breach("", _("wybierz dzień w ciągu najbliższego pół roku"), "valid_until")]
    return []
