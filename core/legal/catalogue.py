"""The numbers of all rules of the domain, and why some have no code yet.

A test demands that every number is either coded (``@rule``) and proven by a test, or listed here.
"""

from collections.abc import Iterable

CHAPTERS = {
    "R-ORG": 22,
    "R-CALL": 56,
    "R-OFF": 6,
    "R-REP": 3,
    "R-SG": 12,
    "R-MODE": 17,
    "R-CNS": 26,
    "R-KRDPP": 19,
    "R-KDO": 12,
    "R-PROG": 16,
    "R-COM": 13,
    "R-WEB": 19,
}

CONTRACTS = "Dotyczy umów, sprawozdań i kontroli; zasada wejdzie razem z obsługą dotacji."
SMALL_GRANTS = "Dotyczy składania małych grantów przez internet; zasada wejdzie razem z tą usługą."
MODES = "Dotyczy innych trybów współpracy; portal je opisuje, a wnioski przyjmuje na razie urząd."
ELECTIONS = "Dotyczy wyborów; zasada wejdzie razem z głosowaniem przez internet."
PROGRAMMES = "Dotyczy przygotowania programu; zasada wejdzie razem z modułem monitorowania programu."
PARTICIPATION = "Wymaga narzędzi uczestnictwa, które wejdą razem z pełną obsługą konsultacji."
DESCRIPTION = "Opis stanu albo praktyki, z którego nie wynika działanie portalu."
COMMUNICATION = "Wejdzie razem z pełnym modułem komunikacji."
ORGANISATIONAL = (
    "Obowiązek organizacyjny urzędu, spełniany poza kodem; portal daje do niego stronę lub parametr."
)


def numbers(chapter: str, these: Iterable[int], why: str) -> dict[str, str]:
    return {f"{chapter}-{n:02d}": why for n in these}


NOT_CODED: dict[str, str] = {
    **numbers("R-CALL", [5, *range(42, 48), *range(49, 56)], CONTRACTS),
    **numbers("R-CALL", [4], DESCRIPTION),
    **numbers("R-REP", range(1, 4), CONTRACTS),
    **numbers("R-SG", [6, 7, 8, 10, 11, 12], SMALL_GRANTS),
    **numbers("R-MODE", [n for n in range(1, 18) if n != 15], MODES),
    **numbers("R-KRDPP", [1, 8, 9, 12], DESCRIPTION),
    **numbers("R-KRDPP", range(13, 19), ELECTIONS),
    **numbers("R-KDO", [1, 9, 10], DESCRIPTION),
    **numbers("R-PROG", [3, 4, 8, 10, 12, 13, 15, 16], PROGRAMMES),
    **numbers("R-PROG", [5, 6, 7, 14], DESCRIPTION),
    **numbers("R-COM", [*range(3, 11), 12, 13], COMMUNICATION),
    **numbers("R-WEB", [1, 2, 7, 8, 9, 12, 13, 15, 18, 19], ORGANISATIONAL),
}


def all_codes() -> list[str]:
    return [f"{chapter}-{n:02d}" for chapter, last in CHAPTERS.items() for n in range(1, last + 1)]
