"""What a register says about one body, in our words."""

import re
from dataclasses import dataclass
from datetime import date

from ..enums import Register, RegisterOutcome

_SMALL = {"i", "w", "we", "z", "ze", "na", "dla", "do", "od", "o", "oraz", "im", "przy", "pod", "nad", "ul", "pl", "os", "al", "rzecz", "po", "przez"}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class RegisterFacts:
    """One body. ``registered`` is the day of entry, ``founded`` that of beginning. Dates are ISO days; empty means that the register did not say.

    ``people`` are names as the register gives them (KRS hides them behind asterisks: then there are none),
    ``functions`` the posts they hold, named or not.
    """

    register: str
    name: str
    form_text: str = ""
    legal_form: str = ""
    exclusion: str = ""
    is_ngo: bool = True
    krs: str = ""
    nip: str = ""
    regon: str = ""
    other_register: str = ""
    other_number: str = ""
    address: str = ""
    postal_code: str = ""
    locality: str = ""
    email: str = ""
    website: str = ""
    representation: str = ""
    people: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    has_opp_status: bool | None = None
    founded: str = ""
    registered: str = ""
    as_of: str = ""
    is_in_liquidation: bool = False


@dataclass(frozen=True)
class Answer:
    """What came of asking a register."""

    register: Register
    outcome: RegisterOutcome
    facts: RegisterFacts | None = None

    @property
    def is_final(self) -> bool:
        """Whether asking again in a moment would bring the same."""
        return self.outcome not in (RegisterOutcome.UNAVAILABLE, RegisterOutcome.OFF)


def readable(text: str) -> str:
    """»FUNDACJA NA RZECZ SĄSIADÓW« → »Fundacja na rzecz Sąsiadów«; what is not all capitals stays as it is."""
    text = " ".join(text.split())
    if text != text.upper():
        return text
    made = _WORD.sub(lambda word: _cased(word.group()), text)
    return made if re.match(r"(ul|pl|os|al)\.", made) else made[:1].upper() + made[1:]


def sentence(text: str) -> str:
    """»PREZES ZARZĄDU SAMODZIELNIE« → »Prezes zarządu samodzielnie«."""
    text = " ".join(text.split())
    return text[:1] + text[1:].lower() if text == text.upper() else text


def _cased(word: str) -> str:
    return word.lower() if word.lower() in _SMALL else word[:1] + word[1:].lower()


def iso_day(text: object) -> str:
    """»08.03.2012« or »2012-03-08« → »2012-03-08«; anything else gives an empty text."""
    written = str(text or "").strip()[:10]
    if found := re.fullmatch(r"(\d{2})\.(\d{2})\.(\d{4})", written):
        written = f"{found[3]}-{found[2]}-{found[1]}"
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        return ""


def street_line(street: str, house: str, flat: str, locality: str) -> str:
    """»ul. Mogilska 5/3«; a village without streets gives »Rybna 12«."""
    number = f"{house}/{flat}" if flat else house
    return " ".join(filter(None, [readable(street) or readable(locality), number])).strip()


def postal_code(text: str) -> str:
    """»30001« and »30-001« → »30-001«; anything else gives an empty text."""
    digits = re.sub(r"\D", "", text)
    return f"{digits[:2]}-{digits[2:]}" if len(digits) == 5 else ""
