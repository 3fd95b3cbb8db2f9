"""What a browser may send where the key of a row stands."""

import pytest

from core.common.keys import key_of


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("12", 12),
        ("", 0),
        ("-1", 0),
        ("1.5", 0),
        ("²", 0),
        ("٣", 0),
        ("9" * 18, int("9" * 18)),
        ("9" * 19, 0),
    ],
)
def test_only_the_digits_of_a_key_are_one(text, key):
    assert key_of(text) == key
