from datetime import date
from decimal import Decimal

import pytest

from grants import law


@pytest.mark.rule("R-SG-04")
@pytest.mark.parametrize(
    ("received", "publish_by"),
    [
        (date(2026, 4, 30), date(2026, 5, 12)),  # T3: 1 and 3 May are holidays
        (date(2026, 12, 22), date(2027, 1, 5)),  # T4: Christmas Eve is a holiday since 2025
        (date(2026, 6, 8), date(2026, 6, 17)),
    ],
)
def test_an_offer_is_published_within_seven_working_days(received, publish_by):
    assert law.publish_due(received, working_days=7) == publish_by


@pytest.mark.rule("R-SG-05")
def test_remarks_may_be_sent_for_seven_days_after_posting():
    assert law.remarks_until(date(2026, 5, 12), days=7) == date(2026, 5, 19)


@pytest.mark.rule("R-SG-01")
@pytest.mark.parametrize(
    ("end", "fields"),
    [(date(2026, 8, 29), []), (date(2026, 8, 30), ["end_on"]), (date(2026, 5, 31), ["end_on"])],  # T5
)
def test_a_small_task_lasts_at_most_ninety_days(end, fields):
    breaches = law.size_breaches(
        amount=Decimal(10_000), start_on=date(2026, 6, 1), end_on=end, max_amount=Decimal(10_000), max_days=90
    )

    assert [b.field for b in breaches] == fields


@pytest.mark.rule("R-SG-01")
def test_a_small_grant_above_the_cap_is_refused_with_the_amount():
    breaches = law.size_breaches(
        amount=Decimal("10000.01"),
        start_on=date(2026, 6, 1),
        end_on=date(2026, 6, 2),
        max_amount=Decimal(10_000),
        max_days=90,
    )

    assert "10\u00a0000\u00a0zł" in str(breaches[0].message)


@pytest.mark.rule("R-SG-02")
@pytest.mark.parametrize(
    ("amount", "limit", "is_refused"),
    [(1_000, 20_000, False), (1_500, 20_000, True), (1_500, 40_000, False)],  # T6, T9
)
def test_the_yearly_sum_of_one_organisation_is_limited(amount, limit, is_refused):
    breaches = law.yearly_breaches(
        granted=Decimal(19_000), amount=Decimal(amount), yearly_limit=Decimal(limit)
    )

    assert bool(breaches) is is_refused


@pytest.mark.rule("R-SG-09")
def test_a_joint_offer_counts_to_each_partner_by_its_share():
    assert law.counted_shares({1: Decimal(6_000), 2: Decimal(4_000)}) == {
        1: Decimal(6_000),
        2: Decimal(4_000),
    }  # T7


@pytest.mark.rule("R-SG-03")
def test_the_pool_is_a_fifth_of_the_planned_grants():
    assert law.pool(planned_grants=Decimal(50_000_000), share_percent=Decimal(20)) == Decimal(
        10_000_000
    )  # T8


@pytest.mark.rule("R-SG-09")
def test_an_overdrawn_pool_is_a_warning_only():
    breaches = law.pool_warnings(spent=Decimal(9_999), amount=Decimal(2), whole_pool=Decimal(10_000))

    assert [b.is_warning for b in breaches] == [True]
    assert law.pool_warnings(spent=Decimal(9_999), amount=Decimal(1), whole_pool=Decimal(10_000)) == []
