"""Words that must not be public (R-CNS-14): finding what gives a person away, covering what the office chose."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.legal.rules import Breach, rule

from ..enums import RedactionReason

COVER = "[…]"
SHORTEST_FRAGMENT = 2

_COVER_RULE = {
    "source": "zasada portalu; RODO art. 5 ust. 1 lit. c",
    "statement": "Danych osób prywatnych i obraźliwych słów nie publikujemy: zakrywamy je, a zakrycie zapisujemy.",
}
# Every part is bounded and begins where a word begins, so that no text makes the search slow.
MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
ACCOUNT = re.compile(r"(?<!\d)\d{2}(?:[ -]?\d{4}){6}(?!\d)")
ELEVEN_DIGITS = re.compile(r"(?<!\d)\d{11}(?!\d)")
_GAP = r"[\s.–-]{1,2}"
PHONE = re.compile(
    r"(?<![\d+/–-])(?<!\d[.,])(?:(?:\+|00)48[\s-]?)?"
    rf"(?:\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{3}}|\(?\d{{2}}\)?{_GAP}\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{2}}|\d{{9}})"
    r"(?![\d/]|[.,]\d)"
)
# A sum or a measure, and the public registers of organisations, only look like a telephone.
NO_PHONE_AFTER = re.compile(r"\s*(?:zł|pln|eur|tys|mln|m2|m²|szt|osób)", re.IGNORECASE)
NO_PHONE_BEFORE = re.compile(r"(?:regon|krs|nip)[\s:.]*\Z", re.IGNORECASE)
PESEL_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)


@dataclass(frozen=True)
class Found:
    """A piece of a text that may give a person away."""

    fragment: str
    reason: str
    start: int


def is_pesel(digits: str) -> bool:
    """Eleven digits whose last one checks the others."""
    total = sum(weight * int(digit) for weight, digit in zip(PESEL_WEIGHTS, digits, strict=False))
    return len(digits) == 11 and (10 - total % 10) % 10 == int(digits[-1])


@rule("R-CNS-14", **_COVER_RULE)
def suspicious(text: str) -> list[Found]:
    """Mail addresses, telephones, PESEL and account numbers in a text, in their order, none within another."""
    found = [Found(m.group(), RedactionReason.CONTACT, m.start()) for m in MAIL.finditer(text)]
    found += [Found(m.group(), RedactionReason.NUMBER, m.start()) for m in ACCOUNT.finditer(text)]
    found += [
        Found(m.group(), RedactionReason.NUMBER, m.start())
        for m in ELEVEN_DIGITS.finditer(text)
        if is_pesel(m.group())
    ]
    found += [
        Found(m.group(), RedactionReason.CONTACT, m.start())
        for m in PHONE.finditer(text)
        if _is_phone(text, m)
    ]
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start, -len(one.fragment))):
        if not kept or one.start >= kept[-1].start + len(kept[-1].fragment):
            kept.append(one)
    return kept


def _is_phone(text: str, match: re.Match) -> bool:
    return not (
        match.group().endswith("000")
        or NO_PHONE_AFTER.match(text, match.end())
        or NO_PHONE_BEFORE.search(text[max(0, match.start() - 12) : match.start()])
    )


@rule("R-CNS-14", **_COVER_RULE)
def masked(text: str) -> str:
    """The text as everybody reads it: what the portal recognises is covered before anybody has looked."""
    for one in reversed(suspicious(text)):
        text = text[: one.start] + COVER + text[one.start + len(one.fragment) :]
    return text


@rule("R-CNS-14", **_COVER_RULE)
def covered(text: str, fragments: Iterable[str]) -> tuple[str, int]:
    """The text with every whole-word occurrence of the fragments covered, and how many there were."""
    wanted = sorted({one.strip() for one in fragments if one.strip()}, key=len, reverse=True)
    if not wanted:
        return text, 0
    words = "|".join(r"\s+".join(map(re.escape, one.split())) for one in wanted)
    return re.subn(rf"(?<!\w)(?:{words})(?!\w)", COVER, text, flags=re.IGNORECASE)


@rule("R-CNS-14", **_COVER_RULE)
def covering_breaches(texts: Iterable[str], fragments: Iterable[str], reason: str) -> list[Breach]:
    """Each fragment must stand in the remark, and the covering has a reason of the list."""
    texts, wanted = list(texts), [one.strip() for one in fragments if one.strip()]
    found: list[Breach] = []
    if not wanted:
        found.append(Breach("R-CNS-14", _("Słowa: wpisz albo zaznacz to, co trzeba zakryć."), "fragments"))
    for one in wanted:
        if len(one) < SHORTEST_FRAGMENT or COVER in one:
            found.append(_breach(_("Słowa „%(words)s”: wpisz co najmniej dwa znaki z treści uwagi."), one))
        elif not any(covered(text, [one])[1] for text in texts):
            found.append(
                _breach(_("Słowa „%(words)s”: nie ma ich w tej uwadze. Przepisz je dokładnie."), one)
            )
    if reason not in RedactionReason.values:
        found.append(Breach("R-CNS-14", _("Powód: wybierz z listy."), "reason"))
    return found


def _breach(text: Any, words: str) -> Breach:
    return Breach("R-CNS-14", text % {"words": words[:60]}, "fragments")
