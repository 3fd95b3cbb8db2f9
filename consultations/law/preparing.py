"""Preparing a notice by one standard: dates that follow from the first day, plain words (R-CNS-03, 24)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.legal.rules import rule

from .course import earliest_end, latest_campaign_start
from .facts import Parameters

LONGEST_SENTENCE = 20
LONG_WORD = 14
MOST_LONG_WORDS = 12  # of a hundred
SHORTEST_SUMMARY = 60
LONGEST_SUMMARY = 1200
ABBREVIATION = re.compile(r"\b[A-ZŁŚŻŹĆŃ]{3,}\b|\b(?:m\.in|tj|tzw|ww|itp|itd|ust|pkt|dot)\.")

_STANDARD = {
    "source": "S001, I.2.3",
    "statement": "Jeden standard informacji o konsultacjach dla wszystkich jednostek: lista sprawdzająca "
    "przed ogłoszeniem.",
}


@dataclass(frozen=True)
class Term:
    """The days of a consultation that begins on a given day."""

    campaign_from: date
    starts_on: date
    ends_on: date


@rule("R-CNS-24", **_STANDARD)
def term_of_template(starts_on: date, *, days: int, regimes: Iterable[str], parameters: Parameters) -> Term:
    """The campaign as late as the law allows, the end as the template says but never too early."""
    return Term(
        latest_campaign_start(starts_on, campaign_days=parameters.campaign_days),
        starts_on,
        max(starts_on + timedelta(days=days), earliest_end(starts_on, regimes, parameters)),
    )


@rule("R-CNS-24", **_STANDARD)
def plain_hints(text: str) -> list[Any]:
    """What makes a summary hard to read, each with what to do; nothing for one that reads well."""
    words = re.findall(r"\w+", text)
    if not words:
        return []
    found: list[Any] = []
    if len(text) < SHORTEST_SUMMARY:
        found.append(
            _("Streszczenie jest bardzo krótkie: napisz, o co pytasz, kogo to dotyczy i co można zmienić.")
        )
    if len(text) > LONGEST_SUMMARY:
        found.append(_("Streszczenie jest długie: zostaw to, co trzeba wiedzieć, żeby wziąć udział."))
    sentences = [part for part in re.split(r"(?<=[.!?…])\s+", text) if part.strip()]
    longest = max(len(re.findall(r"\w+", sentence)) for sentence in sentences)
    if longest > LONGEST_SENTENCE:
        found.append(
            _("Najdłuższe zdanie ma %(n)d słów: podziel je, najlepiej na zdania do %(most)d słów.")
            % {"n": longest, "most": LONGEST_SENTENCE}
        )
    long_words = [word for word in words if len(word) >= LONG_WORD]
    if len(long_words) * 100 > MOST_LONG_WORDS * len(words):
        shown = ", ".join(dict.fromkeys(long_words[:5]))
        found.append(_("Dużo długich słów (%(words)s): zastąp je krótszymi.") % {"words": shown})
    if short := list(dict.fromkeys(ABBREVIATION.findall(text)))[:5]:
        found.append(_("Skróty (%(words)s): napisz pełne nazwy.") % {"words": ", ".join(short)})
    return found
