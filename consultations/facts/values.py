"""Single values of collected records, read as far as possible; what cannot be kept is named."""

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db import models

from core.city.lookup import ensure_unit, find_district
from core.city.models import District, OrganizationalUnit
from core.common.facts import FactReader
from core.common.fields import PARTIAL_DATE
from core.common.sanitize import strip_controls

from ..enums import FormKind, Kind, PositionCode, Regime, StageKind, State

NUMBER = re.compile(r"\d[\d\s\u00a0.]*\d|\d")
ABOUT = re.compile(
    r"ok\.|około|ponad|prawie|niemal|blisko|co najmniej|over|nearly|about|~|>|<|–|-", re.IGNORECASE
)
DAY_AND_HOUR = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{1,2}):(\d{2})(?::\d{2})?")
HOUR = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")
YES = {"tak", "true", "yes", "wiążący", "wiążące", "wiąże"}
NO = {"nie", "false", "no", "niewiążący", "niewiążące", "nie wiąże"}

KINDS = {
    "program": Kind.PROGRAMME,
    "strategia": Kind.PROGRAMME,
    "projekt uchwały": Kind.RESOLUTION,
    "inwestycja": Kind.INVESTMENT,
    "polityka": Kind.POLICY,
    "statuty dzielnic": Kind.STATUTES,
    "plan ogólny": Kind.SPATIAL_PLAN,
    "plan miejscowy": Kind.SPATIAL_PLAN,
    "zasady usługi": Kind.SERVICE,
    "projekt konkursu": Kind.CALL_DRAFT,
    "rozpoznanie potrzeb": Kind.NEEDS,
}
STAGES = {
    "diagnoza": StageKind.DIAGNOSIS,
    "założenia": StageKind.ASSUMPTIONS,
    "projekt": StageKind.DRAFT,
    "wersja końcowa": StageKind.FINAL,
}
# Words of the same field that say how far the matter has come.
STATES = {
    "planowane": State.PLANNED,
    "zapowiedź": State.ANNOUNCED,
    "trwa": State.OPEN,
    "w toku": State.OPEN,
    "zakończone": State.ARCHIVED,
    "raport": State.REPORT_PUBLISHED,
    "wyniki ogłoszone": State.REPORT_PUBLISHED,
    "odwołane": State.CANCELLED,
    "anulowane": State.CANCELLED,
}
POSITIONS = {
    "accepted": PositionCode.ACCEPTED,
    "partly": PositionCode.PARTLY,
    "partly_accepted": PositionCode.PARTLY,
    "partly_done": PositionCode.PARTLY,
    "rejected": PositionCode.REJECTED,
    "already_done": PositionCode.ALREADY_DONE,
    "forwarded": PositionCode.REFERRED,
    "referred": PositionCode.REFERRED,
    "budget_dependent": PositionCode.DEPENDS_ON_BUDGET,
    "depends_on_budget": PositionCode.DEPENDS_ON_BUDGET,
    "redirected": PositionCode.OTHER_MODE,
    "other_mode": PositionCode.OTHER_MODE,
    "possible_in_other_form": PositionCode.POSSIBLE_IN_OTHER_FORM,
    "to_be_examined": PositionCode.TO_BE_EXAMINED,
    "out_of_scope": PositionCode.OUT_OF_SCOPE,
}
# The first pattern found in the name of a form says which of R-CNS-05 it is.
FORM_PATTERNS = [
    (r"rekrutacj|plakat|ulotk|newsletter|informacj[ai] pras", FormKind.OTHER),
    (r"warsztat", FormKind.WORKSHOP),
    (r"spotkani\w* branżow", FormKind.BRANCH_MEETING),
    (r"spacer", FormKind.RESEARCH_WALK),
    (r"dyżur.*(telefon|mail)|pytania do ekspert", FormKind.PHONE_DUTY),
    (r"dyżur", FormKind.EXPERT_DUTY),
    (r"panel", FormKind.EXPERT_PANEL),
    (r"grup\w* robocz|zesp[oó][łl]", FormKind.WORKING_GROUP),
    (r"(spotkani|webinar|transmisj).*online|webinar", FormKind.ONLINE_MEETING),
    (r"spotkani|debat|wysłuchani", FormKind.OPEN_MEETING),
    (r"ankiet|sondaż|kwestionariusz|głosowani", FormKind.SURVEY),
    (r"formularz", FormKind.CONSULTATION_FORM),
    (r"punkt|mobiln|stoisk|w terenie", FormKind.FIELD_POINT),
    (r"pisemn|poczt|e-?mail|epuap|doręcz|papier|uwag|opini|wnios|zgłoszeni|list", FormKind.WRITTEN),
]


def form_kind(name: str) -> FormKind:
    """The form of R-CNS-05 that a name from a notice means; OTHER for what is none of them."""
    return next((kind for pattern, kind in FORM_PATTERNS if re.search(pattern, name.lower())), FormKind.OTHER)


def plain(value: Any) -> str:
    """A value as text: lists joined, objects as »key: value«."""
    if isinstance(value, list):
        return "; ".join(plain(part) for part in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {plain(part)}" for key, part in value.items())
    return strip_controls(str(value)).strip()


def text(reader: FactReader, key: str) -> str:
    return plain(reader.take(key, ""))


def texts(reader: FactReader, key: str) -> list[str]:
    value = reader.take(key, [])
    return [plain(part) for part in (value if isinstance(value, list) else [value]) if plain(part)]


def fitting(reader: FactReader, key: str, model: type[models.Model], field: str, value: str) -> str:
    """The text, cut to what the column takes; a cut one is named."""
    longest = model._meta.get_field(field).max_length
    if longest and len(value) > longest:
        reader.cannot(key, f"dłuższe niż {longest} znaków, skrócone", value[:80])
        return value[:longest]
    return value


@dataclass(frozen=True)
class When:
    """A date as known: a day (with or without an hour), or only a year or month."""

    day: date | None = None
    hour: time | None = None
    about: str = ""


def when(reader: FactReader, key: str) -> When:
    """»2024-05-03«, »2024-05-03T15:00«, »2024-05«, »2024«; anything else is named and left out."""
    value = text(reader, key)
    if not value:
        return When()
    found = read_when(value)
    if found is None:
        reader.cannot(key, "nie jest datą")
    return found or When()


def read_when(value: str) -> When | None:
    with_hour = DAY_AND_HOUR.fullmatch(value)
    try:
        if with_hour:
            return When(date.fromisoformat(with_hour[1]), time(int(with_hour[2]), int(with_hour[3])))
        if PARTIAL_DATE.fullmatch(value):
            return When(date.fromisoformat(value)) if len(value) == 10 else When(about=value)
    except ValueError:
        return None
    return None


def end_hour(reader: FactReader, ends_on: date | None) -> tuple[date | None, time | None]:
    """»15:00« or a whole moment under ``end_at``; gives the last day and the hour."""
    value = text(reader, "end_at")
    if not value:
        return ends_on, None
    hour = HOUR.fullmatch(value)
    try:
        found = When(ends_on, time(int(hour[1]), int(hour[2]))) if hour else read_when(value)
    except ValueError:
        found = None
    if found is None or (found.day and ends_on and found.day != ends_on):
        reader.cannot("end_at", "nie jest godziną końca albo wskazuje inny dzień niż ends_on")
        return ends_on, None
    return found.day or ends_on, found.hour


def count(reader: FactReader, key: str) -> tuple[int | None, str, bool]:
    """(number, wording, is it approximate): »ponad 15 000« is 15000 and keeps its words."""
    value = reader.take(key)
    if value is None:
        return None, "", False
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31:
        return value, "", False
    wording = plain(value)
    found = NUMBER.search(wording)
    number = int(re.sub(r"\D", "", found[0])) if found else None
    is_wrong = isinstance(value, bool) or (isinstance(value, int) and value < 0)
    if is_wrong or number is None or number >= 2**31:
        reader.cannot(key, "nie jest liczbą")
        return None, "", False
    return number, "" if wording == str(number) else wording, bool(ABOUT.search(wording))


def yes_or_no(reader: FactReader, key: str) -> bool | None:
    value = reader.take(key)
    if value is None or isinstance(value, bool):
        return value
    word = plain(value).lower()
    if word in YES | NO:
        return word in YES
    reader.cannot(key, "nie jest odpowiedzią tak lub nie")
    return None


def regimes(value: str) -> tuple[list[str], str]:
    """(regimes, wording when it says more): »both«, »ngo«, »residents« or Polish words."""
    word = value.lower()
    if word == "both":
        return [Regime.RESIDENTS.value, Regime.NGO.value], ""
    found = []
    if re.search(r"resident|mieszka", word):
        found.append(Regime.RESIDENTS.value)
    if re.search(r"\bngo\b|organizac|krdpp|pozarządow", word):
        found.append(Regime.NGO.value)
    return found, "" if word in ("residents", "ngo", "") else value


def unit(reader: FactReader, key: str, name: str) -> OrganizationalUnit | None:
    """The unit of a name; one nobody knows is made and named."""
    if not name:
        return None
    found, was_made = ensure_unit(name[:250])
    if was_made:
        reader.remark(key, "nieznana jednostka, dodana jako »inna«", name)
    return found


def territory(reader: FactReader) -> tuple[list[District], str]:
    """(districts, wording of what is more than a district): »V (spotkanie)« is V and keeps its words."""
    found, wordings = [], []
    for part in texts(reader, "territory"):
        district = find_district(part)
        if district is not None and district not in found:
            found.append(district)
        if district is None or part not in (
            district.roman,
            str(district.number),
            district.name,
            district.full_name,
        ):
            wordings.append(part)
    return found, "; ".join(wordings)
