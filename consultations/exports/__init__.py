"""Columns of the public lists. Nobody's name or address is in them without consent (R-CNS-14)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.common.clock import today
from core.common.exports import Column
from core.common.sites import absolute

from .. import law
from ..enums import POSITIONS_OF_DEMANDS, PositionCode

CONSULTATION_COLUMNS = [
    Column("number", _("Numer"), lambda c: c.number_label, "Numer w roku, np. 6/2026"),
    Column("title", _("Tytuł"), lambda c: c.title, "Temat konsultacji"),
    Column("state", _("Stan"), lambda c: c.state_now.label, "Stan według zegara"),
    Column("regimes", _("Tryb"), lambda c: c.regime_labels, "Z mieszkańcami, z organizacjami albo oba"),
    Column("kind", _("Rodzaj"), lambda c: c.kind_name, "Czego dotyczą"),
    Column("unit", _("Jednostka"), lambda c: c.unit_name, "Jednostka odpowiedzialna"),
    Column(
        "starts_on",
        _("Początek"),
        lambda c: c.starts_on or c.starts_about,
        "Dzień, a gdy nieznany: rok albo miesiąc",
    ),
    Column("ends_on", _("Koniec"), lambda c: c.ends_on or c.ends_about, "Ostatni dzień"),
    Column(
        "ends_hour",
        _("Godzina końca"),
        lambda c: f"{c.ends_hour:%H:%M}" if c.ends_hour else "",
        "Pusta: do końca dnia",
    ),
    Column(
        "forms",
        _("Formy"),
        lambda c: [form.name for form in c.forms.all()] if c.is_public else [],
        "Formy konsultacji",
    ),
    Column(
        "remarks",
        _("Liczba uwag"),
        lambda c: c.remark_total,
        "Uwagi policzone przez portal albo podane w źródle",
    ),
    Column("participants", _("Liczba uczestników"), lambda c: c.participants_count, "Gdy jest znana"),
    Column(
        "report_on",
        _("Raport"),
        lambda c: c.report_published_on or c.report_about,
        "Dzień publikacji raportu",
    ),
    Column(
        "report_days_late",
        _("Opóźnienie raportu (dni)"),
        lambda c: report_days_late(c),
        "O ile dni raport spóźnił się albo spóźnia; puste, gdy portal nie liczy terminu",
    ),
    Column("outcome", _("Wynik"), lambda c: c.outcome if c.is_outcome_public else "", "Co zdecydowano"),
    Column("source", _("Źródło"), lambda c: c.source, "Dla danych archiwalnych"),
    Column("url", _("Adres"), lambda c: absolute(c.get_absolute_url()), "Strona konsultacji"),
]

REMARK_COLUMNS = [
    Column("number", _("Numer uwagi"), lambda r: r.name, "Numer konsultacji i uwagi, np. 6/4"),
    Column(
        "author",
        _("Kto"),
        lambda r: str(r.submission.public_author),
        "Organizacja z nazwy; osoba tylko za zgodą",
    ),
    Column(
        "district",
        _("Dzielnica"),
        lambda r: str(r.submission.district or ""),
        "Dzielnica mieszkańca, gdy ją podał",
    ),
    Column("part", _("Część dokumentu"), lambda r: r.public_texts["part"], "Pusta: uwaga ogólna"),
    Column("current_wording", _("Obecne brzmienie"), lambda r: r.public_texts["current_wording"], ""),
    Column(
        "remark", _("Uwaga"), lambda r: r.public_texts["proposed_wording"], "Uwaga albo proponowane brzmienie"
    ),
    Column("justification", _("Uzasadnienie"), lambda r: r.public_texts["justification"], ""),
    Column(
        "is_late", _("Po terminie"), lambda r: r.submission.is_late, "Spóźnione uwagi nie dostają stanowiska"
    ),
    Column("position_code", _("Stanowisko"), lambda r: position_label(r), "Tylko opublikowane"),
    Column("position", _("Uzasadnienie stanowiska"), lambda r: r.public_position, "Tylko opublikowane"),
]

POSTULATE_COLUMNS = [
    Column("lp", _("Lp."), lambda p: p.lp, "Numer w tabeli ze spotkania"),
    Column("organisation", _("Nazwa organizacji"), lambda p: p.organisation_name, ""),
    Column("postulate", _("Postulaty, uwagi"), lambda p: p.postulate, ""),
    Column("justification", _("Uzasadnienie do postulatu, uwagi"), lambda p: p.justification, ""),
    Column("position", _("Stanowisko komórki merytorycznej"), lambda p: p.position, ""),
    Column(
        "position_unit",
        _("Komórka merytoryczna"),
        lambda p: p.position_unit.name if p.position_unit else "",
        "",
    ),
    Column(
        "status", _("Stan"), lambda p: str(POSITIONS_OF_DEMANDS.get(p.position_code, "")), "Kod stanowiska"
    ),
    Column(
        "follow_up",
        _("Co się dzieje"),
        lambda p: str(p.get_status_display()),
        "Według ostatniego wpisu urzędu",
    ),
    Column("status_note", _("Dopisek"), lambda p: p.status_note, ""),
    Column("programme", _("Program"), lambda p: p.programme_title, "Czego dotyczyło spotkanie"),
    Column("meeting_on", _("Spotkanie"), lambda p: p.meeting_on or p.meeting_about, "Dzień spotkania"),
    Column("source", _("Źródło"), lambda p: p.source, ""),
]


def report_days_late(consultation) -> int | None:
    """Days after the last day for the report, as of now or of its publication (R-CNS-20)."""
    due = consultation.report_due_with(consultation.stage_count) if consultation.is_ended else None
    return law.days_late(due, today(), consultation.report_published_on) if due else None


def position_label(remark) -> str:
    return (
        str(PositionCode(remark.position_code).label) if remark.is_answered and remark.position_code else ""
    )


def answer_table(consultation) -> list[Column]:
    """The five columns of the table of demands (R-CNS-16), for the officials of a consultation."""
    headings = law.table_headings(consultation.title, consultation.unit_name)
    values: list[Any] = [
        lambda r: r.number,
        lambda r: str(r.submission.public_author),
        lambda r: " ".join(filter(None, [_hidden(r), f"[{r.part}]" if r.part else "", r.proposed_wording])),
        lambda r: r.justification,
        lambda r: law.position_text(
            _position(r),
            unit=r.position_unit.name if r.position_unit else "",
            default_unit=consultation.unit_name,
        ),
    ]
    names = ["lp", "organisation", "remark", "justification", "position"]
    return [
        Column(name, heading, value) for name, heading, value in zip(names, headings, values, strict=True)
    ]


def report_table(consultation, *, with_drafts: bool = False) -> list[Column]:
    """The same five columns as everybody reads them in the report: without names and without covered words.

    ``with_drafts`` shows positions that are not public yet, as they will be.
    """
    officials = answer_table(consultation)
    values = [
        lambda r: r.number,
        lambda r: str(
            r.submission.get_respondent_type_display() if r.hidden_at else r.submission.public_author
        ),
        lambda r: _("[treść ukryta przez urząd]") if r.hidden_at else _wanted(r.public_texts),
        lambda r: "" if r.hidden_at else r.public_texts["justification"],
        lambda r: officials[-1].value(r) if r.is_answered or with_drafts else "",
    ]
    return [Column(column.name, column.label, value) for column, value in zip(officials, values, strict=True)]


def _wanted(texts: dict[str, str]) -> str:
    """Where, instead of what, and what is proposed."""
    part = f"[{texts['part']}]" if texts["part"] else ""
    instead = f"Zamiast: „{texts['current_wording']}”." if texts["current_wording"] else ""
    return " ".join(filter(None, [part, instead, texts["proposed_wording"]]))


def _hidden(remark) -> str:
    """For the office, which reads it all the same."""
    return _("[ukryta przed czytelnikami]") if remark.hidden_at else ""


def _position(remark) -> str:
    code = str(PositionCode(remark.position_code).label) if remark.position_code else ""
    return f"[{code}] {remark.position}".strip() if code else remark.position


PARTICIPATION_COLUMNS = [
    Column("year", _("Rok"), lambda f: f.year, "Rok, w którym konsultacje się skończyły"),
    Column("unit", _("Jednostka"), lambda f: f.unit, "Jednostka odpowiedzialna"),
    Column("consultations", _("Konsultacje"), lambda f: f.consultations, "Liczba konsultacji"),
    Column("submissions", _("Zgłoszenia z uwagami"), lambda f: f.submissions, "Ile razy wysłano uwagi"),
    Column(
        "meeting_participants",
        _("Uczestnicy spotkań"),
        lambda f: f.meeting_participants,
        "Osoby obecne na spotkaniach i dyżurach, także bez zapisu",
    ),
    Column("remarks", _("Uwagi"), lambda f: f.remarks, "Liczba uwag"),
    Column(
        "used_share",
        _("Uwagi wykorzystane (%)"),
        lambda f: f.used_share,
        "Udział przyjętych, przyjętych częściowo, możliwych w innej formie i już zrealizowanych wśród rozpatrzonych",
    ),
    Column("invited", _("Zaproszone organizacje"), lambda f: f.invited, "Ile organizacji zaproszono"),
    Column(
        "opened",
        _("Otwarte zaproszenia"),
        lambda f: f.opened,
        "Ile organizacji użyło odnośnika z zaproszenia",
    ),
    Column(
        "answered", _("Odpowiedziały"), lambda f: f.answered, "Ile zaproszonych organizacji wysłało uwagi"
    ),
    Column(
        "response_rate",
        _("Odsetek odpowiedzi (%)"),
        lambda f: f.response_rate,
        "Odpowiedzi wśród zaproszonych",
    ),
    Column(
        "days_to_report",
        _("Dni do raportu"),
        lambda f: f.days_to_report,
        "Średnia liczba dni od końca konsultacji do raportu",
    ),
]
