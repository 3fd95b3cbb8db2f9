"""Finding units, districts and spheres by the names that documents use."""

import re

from .enums import UnitKind
from .models import District, OrganizationalUnit, TaskSphere, UnitName

ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}


def find_unit(name: str) -> OrganizationalUnit | None:
    """A unit by its present name, an earlier one, or its abbreviation; None when unknown."""
    wanted = " ".join(name.split())
    by_name = OrganizationalUnit.objects.filter(name__iexact=wanted).first()
    if by_name:
        return by_name
    earlier = UnitName.objects.filter(name__iexact=wanted).select_related("unit").first()
    if earlier:
        return earlier.unit
    return OrganizationalUnit.objects.filter(abbreviation__iexact=wanted).exclude(abbreviation="").first()


def ensure_unit(name: str) -> tuple[OrganizationalUnit, bool]:
    """The unit of a name, made as »inna« when nobody knows it; the second value says whether it was made."""
    found = find_unit(name)
    if found:
        return found, False
    return OrganizationalUnit.objects.create(name=" ".join(name.split())[:250], kind=UnitKind.OTHER), True


def roman_to_number(text: str) -> int | None:
    """»XVIII« → 18; None for what is no Roman numeral of a district."""
    if not re.fullmatch(r"[IVXL]+", text):
        return None
    values = [ROMAN[c] for c in text]
    return sum(-v if i + 1 < len(values) and v < values[i + 1] else v for i, v in enumerate(values))


def find_district(text: str) -> District | None:
    """A district by »XVIII«, »18«, its name or full name; None when it is none."""
    text = text.strip()
    number = (
        int(text)
        if text.isdecimal() and len(text) < 4
        else roman_to_number(text.removeprefix("Dzielnica ").split(" ")[0])
    )
    if number is not None:
        return District.objects.filter(number=number).first()
    return District.objects.filter(name__iexact=text).first()


def find_sphere(text: str) -> TaskSphere | None:
    """A sphere by its point (»32a«) or its code (»seniors«)."""
    text = text.strip()
    return (
        TaskSphere.objects.filter(statutory_no__iexact=text).first()
        or TaskSphere.objects.filter(code=text).first()
    )
