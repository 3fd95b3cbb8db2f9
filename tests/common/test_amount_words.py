"""Amounts in Polish words, case by case."""

from decimal import Decimal

import pytest

from core.common.amount_words import number_in_words, zloty_in_words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "zero złotych"),
        ("0.01", "zero złotych jeden grosz"),
        ("1", "jeden złoty"),
        ("2.02", "dwa złote dwa grosze"),
        ("5.05", "pięć złotych pięć groszy"),
        ("12", "dwanaście złotych"),
        ("14.14", "czternaście złotych czternaście groszy"),
        ("21", "dwadzieścia jeden złotych"),
        ("22.22", "dwadzieścia dwa złote dwadzieścia dwa grosze"),
        ("100", "sto złotych"),
        ("112", "sto dwanaście złotych"),
        ("123", "sto dwadzieścia trzy złote"),
        ("1000", "jeden tysiąc złotych"),
        ("2000", "dwa tysiące złotych"),
        ("5000", "pięć tysięcy złotych"),
        ("12000", "dwanaście tysięcy złotych"),
        ("21000", "dwadzieścia jeden tysięcy złotych"),
        ("102003", "sto dwa tysiące trzy złote"),
        (
            "165153.49",
            "sto sześćdziesiąt pięć tysięcy sto pięćdziesiąt trzy złote czterdzieści dziewięć groszy",
        ),
        ("1022340", "jeden milion dwadzieścia dwa tysiące trzysta czterdzieści złotych"),
        ("2000001", "dwa miliony jeden złotych"),
        (
            "13681360",
            "trzynaście milionów sześćset osiemdziesiąt jeden tysięcy trzysta sześćdziesiąt złotych",
        ),
        ("5000000000", "pięć miliardów złotych"),
        ("19.999", "dwadzieścia złotych"),
    ],
)
@pytest.mark.rule("R-CALL-13")
def test_an_amount_reads_as_in_a_notice(amount, words):
    assert zloty_in_words(Decimal(amount)) == words


def test_every_number_below_ten_thousand_has_its_own_words():
    found = {number_in_words(n) for n in range(10_000)}
    assert len(found) == 10_000
    assert not any("  " in words or words != words.strip() for words in found)


@pytest.mark.parametrize("n", [-1, 10**12])
def test_numbers_without_words_are_refused(n):
    with pytest.raises(ValueError, match="no words"):
        number_in_words(n)
