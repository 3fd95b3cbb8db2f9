from datetime import date
from decimal import Decimal

import pytest

from core.legal import parameters
from core.legal.models import LegalParameter

pytestmark = pytest.mark.django_db


def test_a_later_row_leaves_earlier_days_as_they_were():
    LegalParameter.objects.create(
        code="small_grant_yearly", label="x", value=40_000, unit="zł", valid_from=date(2027, 1, 1), source="x"
    )

    assert parameters.value("small_grant_yearly", on=date(2026, 12, 31)) == Decimal(20_000)
    assert parameters.value("small_grant_yearly", on=date(2027, 1, 1)) == Decimal(40_000)


def test_an_unknown_parameter_is_an_error_not_a_guess():
    with pytest.raises(parameters.UnknownParameter):
        parameters.value("nie_ma", on=date(2026, 1, 1))


def test_a_parameter_out_of_force_is_unknown():
    LegalParameter.objects.create(
        code="krotki",
        label="x",
        value=1,
        unit="dni",
        valid_from=date(2020, 1, 1),
        valid_to=date(2020, 12, 31),
        source="x",
    )

    assert parameters.days("krotki", on=date(2020, 12, 31)) == 1
    with pytest.raises(parameters.UnknownParameter):
        parameters.days("krotki", on=date(2021, 1, 1))
