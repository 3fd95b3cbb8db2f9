"""Reads of registrations on their way: what waits, what may be the same organisation, which slip explains a number."""

import re
from dataclasses import dataclass, field

from .. import law, registers
from ..enums import LegalForm
from ..models import Organization, RegistrationDraft
from ..models.organization import folded
from .registry import similar_to

# Words that half of the base shares: without them the rest of a name is looked for as well.
_COMMON = re.compile(
    r"^(fundacja|stowarzyszenie|towarzystwo|zwiazek|klub|sportowy|uczniowski|spoldzielnia|socjalna|ochotnicza|straz"
    r"|pozarna|kolo|gospodyn|wiejskich|federacja|oddzial|im|imienia|na|rzecz|w|z|i|dla|krakow|krakowie|krakowska"
    r"|krakowskie|krakowski|polska|polski|polskie|non|profit|sp|o)$"
)


@dataclass(frozen=True)
class Duplicates:
    """Organisations that a draft may repeat: with the same number (never a second time), or a similar name."""

    same_number: list[Organization] = field(default_factory=list)
    similar: list[Organization] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.same_number or self.similar)


def duplicates_of(draft: RegistrationDraft) -> Duplicates:
    """What stands in the base already (R-ORG-10); similar names that the person has called others are left out.

    Profiles with the same number may be hidden ones: show their names only when ``is_public``.
    """
    data = draft.data
    if data.get("legal_form") == LegalForm.ASSOC_BRANCH:
        same = []
    else:
        numbers = {name: data.get(name, "") for name in law.UNIQUE_NUMBERS}
        rows = Organization.objects.with_number(**numbers).exclude(legal_form=LegalForm.ASSOC_BRANCH)
        same = list(rows.for_list().by_name()[:5])
    seen = {row["pk"] for row in draft.others} | {row.pk for row in same}
    names = (data.get("name", ""), _distinctive(data.get("name", "")))
    found = {row.pk: row for name in dict.fromkeys(filter(None, names)) for row in similar_to(name)}
    return Duplicates(same, [row for pk, row in found.items() if pk not in seen])


def _distinctive(name: str) -> str:
    """The words of a name that are its own; empty when there are none."""
    own = [word for word in re.findall(r"\w+", name) if not _COMMON.match(folded(word))]
    return " ".join(own) if any(len(word) > 3 for word in own) else ""


def slip_in(kind: str, number: str) -> tuple[int, ...]:
    """Places of the digits to look at, when one slip leads to a number that the base or REGON knows.

    Two neighbours that changed places are the likeliest slip; a single wrong digit is named only when
    no more than one such number is known. Empty when nothing is known.
    """
    is_right = law.is_nip if kind == "nip" else law.is_regon
    near = law.near_numbers(number, is_right) if len(number) in (9, 10) else {}
    if not near:
        return ()
    own = Organization.objects.published().filter(**{f"{kind}__in": list(near)}).values_list(kind, flat=True)
    known = set(own) | registers.known_numbers(kind, near)
    places = [place for candidate, place in near.items() if candidate in known]
    swapped = [place for place in places if len(place) == 2]
    if swapped:
        return swapped[0]
    return places[0] if len(places) == 1 else ()
