"""Taking part, positions and the report: R-CNS-12 to 19, 22."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.legal.rules import Breach, rule

from ..enums import Channel, PositionCode, Regime, RespondentType
from .facts import ConsultationFacts, RemarkFacts

EPUAP_ENDED_ON = date(2026, 1, 1)
ORGANISED = frozenset(RespondentType) - {RespondentType.RESIDENT}
NAMED_BODIES = ORGANISED - {RespondentType.OTHER}


@rule(
    "R-CNS-12",
    source="ustawa o doręczeniach elektronicznych; ogłoszenia miasta",
    statement="Główną drogą jest formularz portalu. Uwagi z e-maila, papieru i e-Doręczeń wpisuje "
    "urząd. Od 1 stycznia 2026 "
    "pisma przez ePUAP co do zasady nie są skuteczne.",
)
def channel_breaches(channel: str, received_on: date) -> list[Breach]:
    if channel == Channel.EPUAP and received_on >= EPUAP_ENDED_ON:
        text = _(
            "Sposób złożenia: ePUAP nie jest skuteczny od 1 stycznia 2026. Wybierz e-Doręczenia albo inną drogę."
        )
        return [Breach("R-CNS-12", text, "channel")]
    return []


@rule(
    "R-CNS-13",
    source="tabela postulatów S003 i formularze konsultacyjne",
    statement="Formularz ma: rodzaj uczestnika, nazwę lub imię i nazwisko, e-mail, dzielnicę, wiersze "
    "uwag (część dokumentu, "
    "obecne i proponowane brzmienie, uzasadnienie) albo uwagę ogólną, zgodę i życzenie otrzymania raportu.",
)
def remark_breaches(rows: Iterable[dict[str, str]]) -> list[Breach]:
    """A submission has at least one remark, and each remark says what it wants."""
    written = [row for row in rows if any(text.strip() for text in row.values())]
    if not written:
        return [Breach("R-CNS-13", _("Uwagi: napisz co najmniej jedną uwagę."), "proposed_wording")]
    text = _("Uwaga: napisz, co proponujesz.")
    return [
        Breach("R-CNS-13", text, "proposed_wording")
        for row in written
        if not row.get("proposed_wording", "").strip()
    ]


_IDENTITY_RULE = {
    "source": "zasada portalu",
    "statement": "W trybie z organizacjami nie ma zgłoszeń anonimowych. W trybie z mieszkańcami "
    "wystarczą imię i nazwisko "
    "oraz e-mail, a publikujemy je tylko za zgodą.",
}


@rule("R-CNS-14", **_IDENTITY_RULE)
def identity_breaches(
    regimes: Iterable[str], *, respondent_type: str, name: str, organisation: str, email: str
) -> list[Breach]:
    """What the sender has to say about themselves; the caller lets paper do without an e-mail."""
    from_whom = _from_whom(set(regimes), respondent_type)
    if from_whom:
        return from_whom
    found = []
    if respondent_type in ORGANISED and not organisation.strip():
        found.append(Breach("R-CNS-14", _("Nazwa organizacji: wpisz pełną nazwę."), "organisation_name"))
    if not name.strip():
        found.append(Breach("R-CNS-14", _("Imię i nazwisko: wpisz, kto wysyła uwagi."), "name"))
    if not email.strip():
        found.append(
            Breach("R-CNS-14", _("Adres e-mail: wpisz go, żeby dostać potwierdzenie i odpowiedź."), "email")
        )
    return found


def _from_whom(regimes: set[str], respondent_type: str) -> list[Breach]:
    if Regime.RESIDENTS in regimes or respondent_type in NAMED_BODIES - {RespondentType.DISTRICT_COUNCIL}:
        return []
    text = _("Kim jesteś: te konsultacje są tylko dla organizacji, rady pożytku i komisji dialogu.")
    return [Breach("R-CNS-14", text, "respondent_type")]


@rule("R-CNS-14", **_IDENTITY_RULE)
def public_author(respondent_type: str, *, name: str, organisation: str, may_publish_name: bool) -> Any:
    """How the public list calls the sender: bodies by name, private people by name only when they agreed."""
    if respondent_type in NAMED_BODIES and organisation:
        return organisation
    if may_publish_name:
        return organisation or name
    return RespondentType(respondent_type).label


_RECEIPT_RULE = {
    "source": "zasada portalu",
    "statement": "Nadawca od razu dostaje potwierdzenie z numerem. Może poprawiać uwagi do końca "
    "konsultacji. Spóźnione "
    "uwagi zostają, są oznaczone i nie dostają odpowiedzi.",
}


@rule("R-CNS-15", **_RECEIPT_RULE)
def receipt_number(number: int, year: int, serial: int) -> str:
    """»K/12/2026/0007«: the seventh submission in consultation 12/2026."""
    return f"K/{number}/{year}/{serial:04d}"


@rule("R-CNS-15", **_RECEIPT_RULE)
def is_receipt_number(text: str) -> bool:
    return re.fullmatch(r"K/[0-9]+/[0-9]{4}/[0-9]{4,}", text) is not None


@rule("R-CNS-15", **_RECEIPT_RULE)
def is_late(received_at: datetime, ends_at: datetime | None) -> bool:
    return ends_at is not None and received_at >= ends_at


@rule("R-CNS-15", **_RECEIPT_RULE)
def may_edit(at: datetime, starts_at: datetime | None, ends_at: datetime | None) -> bool:
    """Whether a sender may still change or withdraw what was sent."""
    return starts_at is not None and starts_at <= at and not is_late(at, ends_at)


_TABLE_RULE = {
    "source": "S003",
    "statement": "Tabela postulatów ma pięć kolumn: lp., nazwa organizacji, postulaty i uwagi, "
    "uzasadnienie, stanowisko komórki "
    "merytorycznej. Stanowisko innej komórki poprzedza jej nazwa.",
}


@rule("R-CNS-16", **_TABLE_RULE)
def table_headings(subject: str, unit: str) -> list[str]:
    """The five headings of the table of demands, as the city words them."""
    return [
        "Lp.",
        "Nazwa organizacji",
        f"Postulaty, uwagi do: {subject}",
        "Uzasadnienie do postulatu, uwagi",
        f"Stanowisko komórki merytorycznej – {unit}",
    ]


@rule("R-CNS-16", **_TABLE_RULE)
def position_text(position: str, *, unit: str, default_unit: str) -> str:
    """The position, with the name of its unit in front when another unit wrote it."""
    return f"{unit}: {position}" if position and unit and unit != default_unit else position


@rule(
    "R-CNS-17",
    source="sformułowania S003",
    statement="Każde stanowisko ma kod do statystyki: przyjęta, częściowo, nieprzyjęta, już działa, "
    "przekazana, zależy od "
    "budżetu, w innym trybie, możliwa w innej formie, do sprawdzenia, poza zakresem. Treść pozostaje obowiązkowa.",
)
def by_position(counts: Mapping[str, int]) -> dict[str, int]:
    """How many remarks got each code, in the order of the list; what is no code or has no remark is left out."""
    return {code: counts[code] for code in PositionCode.values if counts.get(code)}


_ANSWER_RULE = {
    "source": "uchwała RMK nr CXI/2904/18; zasada portalu",
    "statement": "Każda uwaga dostaje uzasadnione stanowisko. Raportu nie można opublikować, gdy choć "
    "jedna uwaga nie ma kodu "
    "albo co najmniej 20 znaków uzasadnienia.",
}


@rule("R-CNS-18", **_ANSWER_RULE)
def is_answered(remark: RemarkFacts, *, reason_length: int) -> bool:
    return bool(remark.code) and len(remark.reason.strip()) >= reason_length


@rule("R-CNS-18", **_ANSWER_RULE)
def answer_breaches(facts: ConsultationFacts) -> list[Breach]:
    """One breach for every remark without a code or with too short a reason; the remark is named."""
    length = facts.parameters.reason_length
    text = _("Uwaga %(name)s: wybierz stanowisko i uzasadnij je co najmniej w %(length)d znakach.")
    return [
        Breach("R-CNS-18", text % {"name": remark.name, "length": length}, "remarks")
        for remark in facts.remarks
        if not is_answered(remark, reason_length=length)
    ]


@rule("R-CNS-18", **_ANSWER_RULE)
def change_breaches(
    *, code: str, position: str, reason_length: int, is_in_report: bool, why: str
) -> list[Breach]:
    """What stands against a change of a position that everybody already reads: it stays whole, a report explained."""
    found = []
    if not code:
        text = _("Stanowisko: jest już publiczne, więc nie może zniknąć. Wybierz je.")
        found.append(Breach("R-CNS-18", text, "position_code"))
    if len(position.strip()) < reason_length:
        text = _("Uzasadnienie stanowiska: jest już publiczne, napisz je co najmniej w %(length)d znakach.")
        found.append(Breach("R-CNS-18", text % {"length": reason_length}, "position"))
    if is_in_report and not why.strip():
        text = _("Powód zmiany: raport jest opublikowany, napisz, dlaczego zmieniasz stanowisko.")
        found.append(Breach("R-CNS-18", text, "change_reason"))
    return found


@rule(
    "R-CNS-19",
    source="zakres raportu według praktyki miasta",
    statement="Raport podaje podstawę, przedmiot, daty, jednostkę, formy, liczby, tabelę uwag ze "
    "stanowiskami, wnioski, zmiany "
    "w projekcie i dalsze kroki.",
)
def report_breaches(facts: ConsultationFacts) -> list[Breach]:
    """The portal knows dates, forms, numbers and the table; conclusions must be written or attached."""
    if facts.has_report:
        return []
    return [
        Breach(
            "R-CNS-19",
            _("Raport: napisz wnioski i zmiany w projekcie albo dołącz plik raportu."),
            "report_conclusions",
        )
    ]


@rule(
    "R-CNS-22",
    source="zasada portalu",
    statement="Po przyjęciu aktu pokazujemy, co z uwag wykorzystano, z odnośnikiem do aktu.",
)
def outcome_breaches(facts: ConsultationFacts) -> list[Breach]:
    if facts.has_outcome:
        return []
    return [Breach("R-CNS-22", _("Wynik: napisz, co zdecydowano i które uwagi wykorzystano."), "outcome")]
