"""What becomes of a demand after the meeting, and which demands are alike: R-CNS-16 and 17."""

import re
import unicodedata
from datetime import date

from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from core.common.formats import day
from core.legal.rules import Breach, rule

from ..enums import DemandStatus, PositionCode

ALIKE_FROM = 62
# Words that nearly every demand has say nothing about what it asks.
COMMON = frozenset(
    [
        "a",
        "i",
        "w",
        "z",
        "na",
        "do",
        "o",
        "dla",
        "od",
        "lub",
        "oraz",
        "albo",
        "się",
        "nie",
        "tak",
        "że",
        "by",
        "konkursy",
        "konkurs",
        "konkursów",
        "więcej",
        "miasto",
    ]
)
_FOLLOW_RULE = {
    "source": "sformułowania S003",
    "statement": "Każde stanowisko ma kod do statystyki: przyjęta, częściowo, nieprzyjęta, już działa, przekazana, "
    "zależy od budżetu, w innym trybie, możliwa w innej formie, do sprawdzenia, poza zakresem. Treść pozostaje obowiązkowa.",
}


@rule("R-CNS-17", **_FOLLOW_RULE)
def first_status(code: str) -> DemandStatus:
    """What a position means for the demand, before anybody writes what followed."""
    if code == PositionCode.ALREADY_DONE:
        return DemandStatus.DONE
    if code in (PositionCode.REJECTED, PositionCode.OUT_OF_SCOPE):
        return DemandStatus.DROPPED
    return DemandStatus.OPEN


@rule("R-CNS-17", **_FOLLOW_RULE)
def follow_up_breaches(*, noted_on: date, today: date, demanded_on: date | None) -> list[Breach]:
    """What became of a demand happened after it was made, and has happened already."""
    if noted_on > today:
        return [Breach("R-CNS-17", _("Dzień: wpisz dzisiejszy albo wcześniejszy."), "noted_on")]
    if demanded_on is not None and noted_on < demanded_on:
        text = _("Dzień: wpisz dzień od spotkania, na którym zgłoszono postulat (%(day)s).")
        return [Breach("R-CNS-17", text % {"day": day(demanded_on)}, "noted_on")]
    return []


def how_alike(one: str, other: str) -> int:
    """How alike two demands read, from 0 to 100; order, endings and common words count little."""
    first, second = _stems(one), _stems(other)
    # a short demand inside a long one is alike, yet less than an equal one
    return round((fuzz.token_set_ratio(first, second) + fuzz.token_sort_ratio(first, second)) / 2)


def _stems(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    words = re.findall(r"[^\W\d_]+", "".join(sign for sign in plain if not unicodedata.combining(sign)))
    common = {unicodedata.normalize("NFKD", word) for word in COMMON}
    return " ".join(word[:6] for word in words if word not in common and len(word) > 2)


def merge_breaches(
    *, demand: int, main: int, main_merged_into: int | None, has_own: bool, are_public: set[bool]
) -> list[Breach]:
    """Merged demands point to one main row, and only to such a one; a secret one is not tied to a public one."""
    if len(are_public) > 1:
        text = _("Postulat główny: jedna z tabel nie jest jeszcze publiczna. Połącz je po jej publikacji.")
        return [Breach("R-CNS-16", text, "main")]
    if demand == main:
        return [Breach("R-CNS-16", _("Postulat główny: wybierz inny postulat niż ten."), "main")]
    if main_merged_into is not None:
        return [
            Breach("R-CNS-16", _("Postulat główny: ten jest już połączony z innym, wybierz tamten."), "main")
        ]
    if has_own:
        text = _(
            "Postulat główny: do tego postulatu połączono inne. Połącz tamten z tym albo najpierw je rozłącz."
        )
        return [Breach("R-CNS-16", text, "main")]
    return []
