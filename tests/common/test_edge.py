"""Who was in time is decided by the arrival of the last byte, and nobody can forge it."""

from datetime import UTC, datetime

import pytest

from core.common.clock import now
from core.common.edge import received_at

NOON = datetime(2026, 6, 10, 10, 0, tzinfo=UTC).timestamp()


@pytest.fixture(autouse=True)
def _behind_nginx(settings, frozen):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1


def stamped(rf, text: str):
    return rf.post("/", headers={"x-request-start": text})


def test_a_request_counts_from_its_arrival_at_the_edge(rf):
    arrived = received_at(stamped(rf, f"t={NOON - 8:.3f}"))
    assert arrived == datetime(2026, 6, 10, 9, 59, 52, tzinfo=UTC)


def test_milliseconds_are_exact(rf):
    assert received_at(stamped(rf, f"t={NOON - 1:.0f}.999")).isoformat() == "2026-06-10T09:59:59.999000+00:00"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "t=",
        "t=abc",
        "t=1781085600",
        "1781085600.000",
        "t=-781085600.000",
        "t=99999999999999999999.000",
        "t=1781085600.000, t=1.000",
        "t=17810856٠٠.000",
    ],
)
def test_what_is_no_stamp_is_the_present(rf, text):
    assert received_at(stamped(rf, text)) == now()


@pytest.mark.parametrize("seconds", [-3600, -301, 3, 3600])
def test_a_moment_that_cannot_be_is_the_present(rf, seconds):
    assert received_at(stamped(rf, f"t={NOON + seconds:.3f}")) == now()


def test_without_a_proxy_of_ours_the_stamp_is_a_strangers_word(rf, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert received_at(stamped(rf, f"t={NOON - 8:.3f}")) == now()


def test_without_a_stamp_it_is_the_present(rf):
    assert received_at(rf.post("/")) == now()
