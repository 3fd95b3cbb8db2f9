"""Numbers of registers: how they are written, and whether they can be right (R-ORG-07…11, 14, 21)."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, product

from django.utils.translation import gettext as _

from core.legal.rules import Breach, rule

_NIP_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)
_REGON_9_WEIGHTS = (8, 9, 2, 3, 4, 5, 6, 7)
_REGON_14_WEIGHTS = (2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8)
_LENGTHS = {"krs": (10,), "nip": (10,), "regon": (9, 14)}
_SEPARATORS = re.compile(r"[\s\u00a0\u202f./–-]")


_krs_rule = rule(
    "R-ORG-07",
    source="praktyka Krajowego Rejestru Sądowego",
    statement="Numer KRS ma dokładnie 10 cyfr, z zerami z przodu i bez cyfry kontrolnej.",
)


def digits_of(written: str, *, prefix: str = "") -> str:
    """The number without spaces, hyphens and a leading word like »KRS« or »PL«."""
    text = _SEPARATORS.sub("", written or "").upper()
    return text.removeprefix(prefix)


@_krs_rule
def normal_krs(written: str) -> str:
    """»390« → »0000000390«; what is no number is given back as it is, for ``krs_breaches`` to name."""
    text = digits_of(written, prefix="KRS")
    return text.zfill(10) if _is_number(text) else text


@_krs_rule
def krs_breaches(krs: str) -> list[Breach]:
    """What is wrong with a KRS number that has been normalised."""
    if fault := _length_fault(krs, (10,)):
        return [Breach("R-ORG-07", fault, "krs")]
    return (
        [Breach("R-ORG-07", _("same zera to nie numer: przepisz go z odpisu z rejestru"), "krs")]
        if int(krs) == 0
        else []
    )


@rule(
    "R-ORG-08",
    source="rozporządzenie w sprawie numeru identyfikacji podatkowej; suma kontrolna",
    statement="NIP ma 10 cyfr; ostatnia to reszta z dzielenia przez 11 sumy poprzednich z wagami 6 5 7 2 3 4 5 6 7.",
)
def is_nip(nip: str) -> bool:
    """Whether ten digits have the right check digit; a remainder of 10 is never right."""
    return (
        bool(re.fullmatch(r"[0-9]{10}", nip))
        and nip != "0" * 10
        and _remainder(nip, _NIP_WEIGHTS) == int(nip[9])
    )


def normal_nip(written: str) -> str:
    return digits_of(written, prefix="PL")


def nip_breaches(nip: str) -> list[Breach]:
    """What is wrong with a NIP, with the digits to look at when two may have been swapped (R-ORG-08)."""
    if fault := _length_fault(nip, (10,)):
        return [Breach("R-ORG-08", fault, "nip")]
    return [] if is_nip(nip) else [Breach("R-ORG-08", _advice(nip, (3, 3, 2, 2), is_nip), "nip")]


@rule(
    "R-ORG-09",
    source="rozporządzenie w sprawie rejestru REGON; suma kontrolna",
    statement="REGON ma 9 albo 14 cyfr z cyfrą kontrolną; w 14-cyfrowym poprawne musi być też pierwsze 9 cyfr.",
)
def is_regon(regon: str) -> bool:
    """Whether nine or fourteen digits have right check digits; a remainder of 10 counts as 0."""
    if not re.fullmatch(r"[0-9]{9}|[0-9]{14}", regon) or int(regon[:9]) == 0:
        return False
    is_short_right = _remainder(regon, _REGON_9_WEIGHTS) % 10 == int(regon[8])
    return is_short_right and (len(regon) == 9 or _remainder(regon, _REGON_14_WEIGHTS) % 10 == int(regon[13]))


def normal_regon(written: str) -> str:
    return digits_of(written, prefix="REGON")


def regon_breaches(regon: str) -> list[Breach]:
    """What is wrong with a REGON; of a long one the first nine digits are looked at first (R-ORG-09)."""
    if fault := _length_fault(regon, (9, 14)):
        return [Breach("R-ORG-09", fault, "regon")]
    if is_regon(regon):
        return []
    if is_regon(regon[:9]):
        return [Breach("R-ORG-09", _advice(regon, (9, 5), is_regon), "regon")]
    return [Breach("R-ORG-09", _advice(regon[:9], (3, 3, 3), is_regon), "regon")]


@rule(
    "R-ORG-11",
    source="decyzja projektowa",
    statement="Numer RSPO nie identyfikuje organizacji; podaje się go tylko wtedy, gdy prowadzi ona szkołę.",
)
def rspo_breaches(rspo: str) -> list[Breach]:
    """An RSPO number is optional; when there is one, it has digits only."""
    is_right = not rspo or bool(re.fullmatch(r"[0-9]{1,10}", rspo))
    return [] if is_right else [Breach("R-ORG-11", _("wpisz same cyfry albo zostaw pole puste"), "rspo")]


@rule(
    "R-ORG-14",
    source="norma IBAN (suma kontrolna modulo 97)",
    statement="Rachunek bankowy to 26 cyfr NRB albo PL i 26 cyfr; potrzebny tylko do umów, nigdy publiczny.",
)
def bank_account_breaches(account: str) -> list[Breach]:
    """An empty account is no breach: only contracts need one."""
    number = normal_bank_account(account)
    if not number:
        return []
    if fault := _length_fault(number, (26,)):
        return [Breach("R-ORG-14", fault, "bank_account")]
    # »PL« is 25 21 as figures, and the two check digits go to the end
    is_right = int(number[2:] + "2521" + number[:2]) % 97 == 1
    return (
        []
        if is_right
        else [Breach("R-ORG-14", _("suma kontrolna się nie zgadza: sprawdź cyfry"), "bank_account")]
    )


def normal_bank_account(written: str) -> str:
    return digits_of(written, prefix="PL")


@rule(
    "R-ORG-21",
    source="decyzja projektowa",
    statement="Szuka się po nazwie (z polskimi znakami i bez), numerze, sferze, formie, dzielnicy, OPP i odbiorcach.",
)
def numbers_meant(text: str) -> dict[str, str]:
    """The register numbers that a text typed into the search may mean, by field; empty for words."""
    number = re.sub(r"^((KRS|NIP|REGON|PL):?)+", "", digits_of(text))
    if not re.fullmatch(r"[0-9]{3,14}", number):
        return {}
    meant = {"krs": number.zfill(10), "nip": number, "regon": number}
    return {name: value for name, value in meant.items() if len(value) in _LENGTHS[name]}


# --- check digits -------------------------------------------------------------------------------------


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,10}", text))


def _remainder(number: str, weights: Sequence[int]) -> int:
    return sum(weight * int(digit) for weight, digit in zip(weights, number, strict=False)) % 11


def _length_fault(number: str, lengths: tuple[int, ...]) -> str:
    """»wpisz 10 cyfr, jest 6«, or an empty text when the length is right."""
    strange = "".join(dict.fromkeys(re.sub(r"[0-9]", "", number)))[:10]
    if strange:
        return _("wpisz same cyfry, a jest w nim: %(signs)s") % {"signs": " ".join(strange)}
    if len(number) in lengths:
        return ""
    wanted = " albo ".join(map(str, lengths))
    return _("wpisz %(wanted)s cyfr, jest %(given)s") % {"wanted": wanted, "given": len(number)}


Test = Callable[[str], bool]
# More pairs than these are no help to anybody who looks for a slip.
MOST_PAIRS = 2


def swapped_digits(number: str, is_right: Test) -> list[tuple[int, int]]:
    """Neighbouring places (from 1) whose swapping would make the number right."""
    return [(i, i + 1) for i, candidate in _swappings(number) if is_right(candidate)]


def near_numbers(number: str, is_right: Test) -> dict[str, tuple[int, ...]]:
    """Right numbers one slip away, each with the places (from 1) where it differs: two swapped, or one mistyped.

    They are for asking a register which of them it knows; none may ever be put in for the person.
    """
    near: dict[str, tuple[int, ...]] = {c: (i, i + 1) for i, c in _swappings(number) if is_right(c)}
    for place, digit in product(range(len(number)), "0123456789"):
        candidate = number[:place] + digit + number[place + 1 :]
        if candidate != number and is_right(candidate):
            near.setdefault(candidate, (place + 1,))
    return near


def _swappings(number: str) -> Iterator[tuple[int, str]]:
    for i in range(len(number) - 1):
        if number[i] != number[i + 1]:
            yield i + 1, number[:i] + number[i + 1] + number[i] + number[i + 2 :]


def grouped(number: str, sizes: Sequence[int]) -> str:
    """»676-101-37-17«: a number in the groups in which documents print it."""
    ends = list(accumulate(sizes))
    return "-".join(number[start:end] for start, end in zip([0, *ends], ends, strict=False))


def _advice(number: str, sizes: Sequence[int], is_right: Test) -> str:
    """Which groups of digits to compare, and which neighbours may have changed places."""
    swaps = swapped_digits(number, is_right)
    said = _("cyfra kontrolna się nie zgadza: porównaj z dokumentem grupy %(groups)s") % {
        "groups": grouped(number, sizes)
    }
    if not swaps or len(swaps) > MOST_PAIRS:
        return said
    pairs = _(" albo ").join(_("%(first)s i %(second)s") % {"first": a, "second": b} for a, b in swaps)
    return _("%(said)s, sprawdź, czy nie są zamienione cyfry %(pairs)s") % {"said": said, "pairs": pairs}


def slip_advice(places: Sequence[int]) -> str:
    """What to look at when a register knows the number that one slip leads to."""
    if len(places) == 1:
        return _("w rejestrze jest numer, który różni się tylko cyfrą na miejscu %(place)s: sprawdź ją") % {
            "place": places[0]
        }
    return _("w rejestrze jest numer z zamienionymi cyframi %(first)s i %(second)s: sprawdź je") % {
        "first": places[0],
        "second": places[1],
    }
