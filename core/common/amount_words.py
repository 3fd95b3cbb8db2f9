"""Amounts in Polish words, as the law and accountants write them: »dwieście dwa tysiące złotych pięć groszy«."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

ONES = (
    "", "jeden", "dwa", "trzy", "cztery", "pięć", "sześć", "siedem", "osiem", "dziewięć", "dziesięć", "jedenaście",
    "dwanaście", "trzynaście", "czternaście", "piętnaście", "szesnaście", "siedemnaście", "osiemnaście",
    "dziewiętnaście",
)  # fmt: skip
TENS = (
    "", "", "dwadzieścia", "trzydzieści", "czterdzieści", "pięćdziesiąt", "sześćdziesiąt", "siedemdziesiąt",
    "osiemdziesiąt", "dziewięćdziesiąt",
)  # fmt: skip
HUNDREDS = (
    "", "sto", "dwieście", "trzysta", "czterysta", "pięćset", "sześćset", "siedemset", "osiemset", "dziewięćset",
)  # fmt: skip
GROUPS = (
    ("", "", ""),
    ("tysiąc", "tysiące", "tysięcy"),
    ("milion", "miliony", "milionów"),
    ("miliard", "miliardy", "miliardów"),
)
ZLOTY = ("złoty", "złote", "złotych")
GROSZ = ("grosz", "grosze", "groszy")
LARGEST = 10**12


def form_of(n: int, forms: tuple[str, str, str]) -> str:
    """The form after a number: 1 złoty, 2 złote, 5 złotych, 21 złotych, 22 złote, 112 złotych."""
    if n == 1:
        return forms[0]
    return forms[1] if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else forms[2]


def number_in_words(n: int) -> str:
    """A whole number from 0 up to billions: »jeden tysiąc dwadzieścia jeden«."""
    if not 0 <= n < LARGEST:
        raise ValueError(f"no words for {n}")
    return " ".join(_groups(n)) if n else "zero"


def _groups(n: int) -> Iterator[str]:
    for power in range(len(GROUPS) - 1, -1, -1):
        part = n // 1000**power % 1000
        if part:
            yield from _below_thousand(part)
            if power:
                yield form_of(part, GROUPS[power])


def _below_thousand(n: int) -> Iterator[str]:
    rest = n % 100
    words = [HUNDREDS[n // 100]]
    words += [ONES[rest]] if rest < len(ONES) else [TENS[rest // 10], ONES[rest % 10]]
    return filter(None, words)


def zloty_in_words(amount: Decimal) -> str:
    """»sto dwa złote jeden grosz«; grosze are named only when there are any. Rounded to the grosz."""
    grosze = int((Decimal(amount) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    whole, rest = divmod(grosze, 100)
    words = f"{number_in_words(whole)} {form_of(whole, ZLOTY)}"
    return f"{words} {number_in_words(rest)} {form_of(rest, GROSZ)}" if rest else words
