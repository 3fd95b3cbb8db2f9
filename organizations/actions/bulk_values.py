"""From cells as people write them to values of a profile; a cell that cannot be understood is refused with a reason."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.city.lookup import find_district
from core.common.fields import PARTIAL_DATE
from core.common.sanitize import strip_controls

from .. import law
from ..enums import LegalForm
from ..law.words import FORMS
from ..models import Organization
from ..models.organization import folded


class BadCell(Exception):
    """A cell whose value cannot be meant; the message says what to write."""


ROUNDED = re.compile(r"\d+([.,]\d+)?E\+?\d+", re.IGNORECASE)
MONTHS = {
    "stycznia": 1, "lutego": 2, "marca": 3, "kwietnia": 4, "maja": 5, "czerwca": 6, "lipca": 7, "sierpnia": 8,
    "września": 9, "października": 10, "listopada": 11, "grudnia": 12,
    "styczeń": 1, "luty": 2, "marzec": 3, "kwiecień": 4, "maj": 5, "czerwiec": 6, "lipiec": 7, "sierpień": 8,
    "wrzesień": 9, "październik": 10, "listopad": 11, "grudzień": 12,
}  # fmt: skip
YES, NO = {"tak", "t", "yes", "1", "x", "true", "prawda"}, {"nie", "n", "no", "0", "false", "fałsz"}


def _plain_text(raw: Any) -> str:
    """A number that a spreadsheet made of a text is written without its decimals."""
    if isinstance(raw, bool):
        return _("tak") if raw else _("nie")
    if isinstance(raw, float):
        if raw != raw or abs(raw) >= 1e16:
            raise BadCell(_("arkusz zaokrąglił tę liczbę: wpisz ją jako tekst"))
        raw = int(raw) if raw.is_integer() else raw
    if isinstance(raw, (date, datetime)):
        raise BadCell(_("data zamiast tekstu"))
    return strip_controls(" ".join(str(raw).split()))


def _number(raw: Any) -> str:
    text = _plain_text(raw)
    if ROUNDED.fullmatch(text):
        raise BadCell(_("arkusz zaokrąglił numer: wpisz go jako tekst"))
    return re.sub(r"[.,]0+\Z", "", text)


def _krs(raw: Any) -> str:
    return _right(law.normal_krs(_number(raw)), law.krs_breaches)


def _nip(raw: Any) -> str:
    return _right(law.normal_nip(_number(raw)), law.nip_breaches)


def _regon(raw: Any) -> str:
    """Zeros that a spreadsheet took from the front come back."""
    number = law.normal_regon(_number(raw))
    if number.isdecimal() and len(number) in (7, 8, 12, 13):
        number = number.zfill(9 if len(number) < 9 else 14)
    return _right(number, law.regon_breaches)


def _right(number: str, breaches: Callable[[str], list]) -> str:
    if found := breaches(number):
        raise BadCell("; ".join(str(b.message) for b in found))
    return number


def _day(raw: Any) -> str:
    """»2016«, »2016-05«, »03.05.2016«, »3 maja 2016«, »maj 2016«, a date of the spreadsheet."""
    if isinstance(raw, (date, datetime)):
        return f"{raw:%Y-%m-%d}"
    text = _number(raw).lower().removesuffix("r.").removesuffix("roku").strip()
    if match := re.fullmatch(r"(\d{1,2})[.\-/ ](\d{1,2})[.\-/ ](\d{4})", text):
        text = f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}"
    elif match := re.fullmatch(r"(\d{1,2})[.\-/](\d{4})", text):
        text = f"{match[2]}-{int(match[1]):02d}"
    elif (match := re.fullmatch(r"(?:(\d{1,2}) )?(\w+) (\d{4})", text)) and match[2] in MONTHS:
        text = f"{match[3]}-{MONTHS[match[2]]:02d}" + (f"-{int(match[1]):02d}" if match[1] else "")
    if not PARTIAL_DATE.fullmatch(text) or not _exists(text):
        raise BadCell(_("to nie jest data: wpisz np. 03.05.2016, 2016-05 albo 2016"))
    return text


def _exists(text: str) -> bool:
    if len(text) < 10:
        return True
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _yes_no(raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    word = _number(raw).casefold()
    if word not in YES | NO:
        raise BadCell(_("wpisz »tak« albo »nie«"))
    return word in YES


def _legal_form(raw: Any) -> str:
    word = _plain_text(raw).casefold()
    if word not in FORMS:
        raise BadCell(_("nie ma takiej formy prawnej: wpisz np. fundacja albo stowarzyszenie"))
    return str(LegalForm(FORMS[word]).value)


def _postal_code(raw: Any) -> str:
    text = re.sub(r"\s", "", _number(raw))
    if re.fullmatch(r"\d{4,5}", text):
        text = f"{text.zfill(5)[:2]}-{text.zfill(5)[2:]}"
    if not re.fullmatch(r"\d{2}-\d{3}", text):
        raise BadCell(_("wpisz kod w postaci 30-001"))
    return text


def _district(raw: Any) -> int:
    found = find_district(_number(raw))
    if found is None:
        raise BadCell(_("nie ma takiej dzielnicy: wpisz jej numer albo nazwę"))
    return found.pk


@dataclass(frozen=True)
class BulkField:
    """A column that a bulk update understands: its field, its name, and how else it may be called."""

    name: str
    label: Any
    read: Callable[[Any], Any] = _plain_text
    words: tuple[str, ...] = ()

    @property
    def attribute(self) -> str:
        return "district_id" if self.name == "district" else self.name


FIELDS: dict[str, BulkField] = {
    field.name: field
    for field in (
        BulkField("name", gettext_lazy("Pełna nazwa"), words=("nazwa", "nazwa organizacji", "organizacja", "podmiot")),
        BulkField("short_name", gettext_lazy("Nazwa skrócona"), words=("skrot", "skrot nazwy")),
        BulkField("legal_form", gettext_lazy("Forma prawna"), _legal_form, ("forma", "rodzaj", "typ")),
        BulkField("krs", gettext_lazy("Numer KRS"), _krs, ("krs", "nr krs")),
        BulkField("nip", "NIP", _nip, ("nr nip", "numer nip")),
        BulkField("regon", "REGON", _regon, ("nr regon", "numer regon")),
        BulkField("register_name", gettext_lazy("Nazwa innego rejestru"), words=("rejestr", "ewidencja", "nazwa rejestru")),
        BulkField("register_number", gettext_lazy("Numer w innym rejestrze"), _number, ("nr w rejestrze", "numer w ewidencji", "nr ewidencyjny")),
        BulkField("founded", gettext_lazy("Działa od"), _day, ("rok zalozenia", "data zalozenia", "zalozona")),
        BulkField("registered", gettext_lazy("Wpisana do rejestru"), _day, ("data wpisu", "data rejestracji")),
        BulkField("has_opp_status", gettext_lazy("Status OPP"), _yes_no, ("opp", "organizacja pozytku publicznego (opp)")),
        BulkField("opp_since", gettext_lazy("Status OPP od"), _day, ("opp od",)),
        BulkField("address", gettext_lazy("Ulica i numer"), words=("adres", "ulica", "adres siedziby", "siedziba")),
        BulkField("postal_code", gettext_lazy("Kod pocztowy"), _postal_code, ("kod",)),
        BulkField("locality", gettext_lazy("Miejscowość"), words=("miasto",)),
        BulkField("district", gettext_lazy("Dzielnica"), _district, ("nr dzielnicy",)),
        BulkField("email", gettext_lazy("Adres e-mail"), words=("email", "e-mail", "mail", "poczta")),
        BulkField("phone", gettext_lazy("Telefon"), _number, ("tel", "nr telefonu", "tel.")),
        BulkField("website", gettext_lazy("Strona internetowa"), words=("www", "strona", "strona www", "adres www")),
        BulkField("mission", gettext_lazy("Czym się zajmuje"), words=("misja", "opis", "opis dzialalnosci", "cele")),
    )
}  # fmt: skip


def recognised(header: Any) -> str:
    """The field that a heading means, or nothing."""
    heading = _heading(header)
    for field in FIELDS.values():
        if heading in {_heading(field.name), _heading(field.label), *field.words}:
            return field.name
    return ""


def _heading(text: Any) -> str:
    return " ".join(folded(str(text or "")).replace("_", " ").split())


def read_value(name: str, raw: Any) -> Any:
    """The value of a field as the model holds it. Raises BadCell."""
    value = FIELDS[name].read(raw)
    if name == "district":
        return value
    column: Any = Organization._meta.get_field(name)
    if column.max_length and isinstance(value, str) and len(value) > column.max_length:
        raise BadCell(_("za długie: najwyżej %(limit)s znaków") % {"limit": column.max_length})
    try:
        column.run_validators(value)
    except ValidationError as fault:
        raise BadCell("; ".join(str(m) for m in fault.messages)) from fault
    return value
