"""Single values of collected records, read as far as possible; what cannot be kept is named."""

import re
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models

from core.city.lookup import ensure_unit, find_unit
from core.city.models import OrganizationalUnit, TaskSphere
from core.common.clock import at_local
from core.common.facts import FactReader
from core.common.fields import PARTIAL_DATE
from core.common.sanitize import strip_controls

AMOUNT = re.compile(r"-?\d[\d\s\u00a0\u202f]*(?:[.,]\d{1,2})?")
UNIT_OF_MONEY = re.compile(r"\s*(?:zł|złotych|PLN)\.?\s*$", re.IGNORECASE)
SHARE = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*%?")
DAY_AND_HOUR = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?"
)
YES, NO = {"tak", "true", "yes", "1"}, {"nie", "false", "no", "0"}
LARGEST_AMOUNT = Decimal(10) ** 12
LARGEST_COUNT = 2**31 - 1
END_OF_DAY = time(23, 59)


def plain(value: Any) -> str:
    """A value as text: lists joined, objects as »key: value«."""
    if isinstance(value, list):
        return "; ".join(filter(None, map(plain, value)))
    if isinstance(value, dict):
        return "; ".join(f"{key}: {plain(part)}" for key, part in value.items() if part is not None)
    return strip_controls(str(value)).strip()


def text(reader: FactReader, key: str) -> str:
    return plain(reader.take(key, ""))


def texts(reader: FactReader, key: str) -> list[str]:
    value = reader.take(key, [])
    parts = value if isinstance(value, list) else [value]
    return [found for found in map(plain, parts) if found]


def fitting(reader: FactReader, key: str, column: models.Field, value: str) -> str:
    """The text, cut to what the column takes; a cut one is named."""
    longest = column.max_length
    if not longest or len(value) <= longest:
        return value
    reader.cannot(key, f"dłuższe niż {longest} znaków, skrócone", value)
    return value[:longest]


def amount(reader: FactReader, key: str) -> tuple[Decimal | None, str]:
    """(złote, wording when it is no plain amount): »2,5 mln«, »5000 USD« and ranges keep their words."""
    value = reader.take(key)
    if value is None:
        return None, ""
    found = None if isinstance(value, (bool, list, dict)) else read_amount(str(value))
    return found, "" if found is not None else plain(value)


def read_amount(value: str) -> Decimal | None:
    written = UNIT_OF_MONEY.sub("", value.strip())
    if not AMOUNT.fullmatch(written):
        return None
    try:
        found = Decimal(re.sub(r"[\s\u00a0\u202f]", "", written).replace(",", "."))
    except InvalidOperation:
        return None
    return found.quantize(Decimal("0.01")) if 0 <= found < LARGEST_AMOUNT else None


def sure_amount(reader: FactReader, key: str) -> Decimal | None:
    """An amount where words have no place: another value is named."""
    found, words = amount(reader, key)
    if words:
        reader.cannot(key, "nie jest kwotą w złotych")
    return found


def count(reader: FactReader, key: str, most: int = LARGEST_COUNT) -> int | None:
    value = reader.take(key)
    if value is None:
        return None
    written = str(value).strip()
    if (
        not isinstance(value, bool)
        and re.fullmatch(r"\d{1,12}(\.0+)?", written)
        and int(float(written)) <= most
    ):
        return int(float(written))
    reader.cannot(key, "nie jest liczbą całkowitą")
    return None


def share(reader: FactReader, key: str) -> Decimal | None:
    """A percentage from 0 to 100: 10, »10%«, »12,5«."""
    value = reader.take(key)
    if value is None:
        return None
    found = None if isinstance(value, bool) else SHARE.fullmatch(str(value).strip())
    number = Decimal(found[1].replace(",", ".")) if found else None
    if number is None or number > 100:
        reader.cannot(key, "nie jest procentem od 0 do 100")
        return None
    return number.quantize(Decimal("0.01"))


def points(reader: FactReader, key: str) -> Decimal | None:
    value = reader.take(key)
    if value is None:
        return None
    found = (
        None
        if isinstance(value, bool)
        else re.fullmatch(r"(\d{1,4}(?:[.,]\d+)?)\s*(?:pkt|punktów|punkty)?", plain(value))
    )
    if not found:
        reader.cannot(key, "nie jest liczbą punktów")
        return None
    return Decimal(found[1].replace(",", ".")).quantize(Decimal("0.01"))


def yes_or_no(reader: FactReader, key: str) -> bool | None:
    value = reader.take(key)
    if value is None or isinstance(value, bool):
        return value
    word = plain(value).lower()
    if word in YES | NO:
        return word in YES
    reader.cannot(key, "nie jest odpowiedzią tak lub nie")
    return None


def partial(reader: FactReader, key: str) -> str:
    """A year, a month or a day; an hour after it is named, since the column does not take it."""
    value = text(reader, key)
    with_hour = DAY_AND_HOUR.fullmatch(value)
    if with_hour and is_date(with_hour[1]):
        if with_hour[2] + with_hour[3] not in ("000", "0000"):
            reader.cannot(key, "zachowano dzień, bez godziny")
        return with_hour[1]
    if value and not is_date(value):
        reader.cannot(key, "nie jest datą")
        return ""
    return value


def is_date(value: str) -> bool:
    """»2019«, »2019-05«, »2019-05-03«, if there is such a day."""
    if not PARTIAL_DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value if len(value) == 10 else f"{value[:4]}-01-01")
    except ValueError:
        return False
    return True


def partial_moment(reader: FactReader, key: str) -> str:
    """The same, or a day with its hour: »2021-08-09T12:00«."""
    value = text(reader, key)
    with_hour = DAY_AND_HOUR.fullmatch(value)
    if with_hour and moment_of(with_hour) is not None:
        return f"{with_hour[1]}T{int(with_hour[2]):02}:{with_hour[3]}"
    if value and not is_date(value):
        reader.cannot(key, "nie jest datą")
        return ""
    return value


def moment_of(found: re.Match) -> datetime | None:
    try:
        return at_local(date.fromisoformat(found[1]), time(int(found[2]), int(found[3])))
    except ValueError:
        return None


def deadline(reader: FactReader, key: str) -> tuple[datetime | None, bool, str]:
    """(moment, has it an hour, wording): a day alone ends at 23:59; a month or other words stay words.

    Midnight means that the hour is not known, as portals that republish notices write it.
    """
    value = text(reader, key)
    with_hour = DAY_AND_HOUR.fullmatch(value)
    if with_hour and (found := moment_of(with_hour)):
        if (found.hour, found.minute) == (0, 0):
            return at_local(found.date(), END_OF_DAY), False, ""
        return found, True, ""
    if len(value) == 10 and is_date(value):
        return at_local(date.fromisoformat(value), END_OF_DAY), False, ""
    return None, True, value


class Known:
    """Units and spheres found before in the same import."""

    def __init__(self) -> None:
        self._units: dict[str, OrganizationalUnit] = {}
        rows = list(TaskSphere.objects.all())
        self._spheres = {row.code: row for row in rows} | {row.statutory_no.lower(): row for row in rows}

    def unit(self, reader: FactReader, key: str, name: str) -> OrganizationalUnit | None:
        """The unit of a name; one nobody knows is made and named."""
        if name and name not in self._units:
            self._units[name] = find_unit(name) or _section(name) or _made(reader, key, name)
        return self._units.get(name)

    def spheres(self, reader: FactReader, key: str) -> list[TaskSphere]:
        """Spheres by their points or codes; an unknown one is named."""
        found = []
        for number in texts(reader, key):
            sphere = self._spheres.get(number.lower())
            if sphere is None:
                reader.cannot(key, "nieznana sfera z art. 4 ust. 1", number)
            elif sphere not in found:
                found.append(sphere)
        return found


def _made(reader: FactReader, key: str, name: str) -> OrganizationalUnit:
    made, _is_new = ensure_unit(name)
    reader.remark(key, "nieznana jednostka, dodana jako »inna«", name)
    return made


def _section(name: str) -> OrganizationalUnit | None:
    """»Dział Pomocy Bezdomnym MOPS« is »MOPS – Dział Pomocy Bezdomnym«."""
    head, _space, last = name.rpartition(" ")
    return find_unit(f"{last} – {head}") if head and last.isupper() else None
