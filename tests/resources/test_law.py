import pytest

from resources import law


@pytest.mark.rule("R-MODE-15")
def test_what_a_record_lacks_is_named():
    values = {
        "name": "Sala",
        "kind": "room",
        "owner_unit_id": 1,
        "address": "",
        "fee": "bezpłatnie",
        "booking": None,
    }

    assert law.missing(values) == ["address", "booking"]
