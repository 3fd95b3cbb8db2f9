"""Columns of the tables of a notice, and its limits as facts."""

from collections.abc import Iterator

from organizations.enums import LegalForm

from ..enums import Payout
from . import words as w
from .words import Notice

FORMS = dict(LegalForm.choices)
PAYOUTS = {
    Payout.ADVANCE: "z góry, jednorazowo",
    Payout.INSTALMENTS: "w transzach",
    Payout.REFUND: "refundacja poniesionych kosztów",
}

PART_COLUMNS = [
    ("Nr", w.text("no")),
    ("Część", w.text("name")),
    ("Rok", w.text("year")),
    ("Miejsce", w.text("place")),
    ("Środki", w.row_money("budget")),
    ("Miejsca", w.text("places")),
    (
        "Stawka",
        lambda row: " za ".join(filter(None, [w.money(row.get("unit_rate")), row.get("unit_rate_per", "")])),
    ),
    ("Dotacja od", lambda row: w.money(row.get("min_grant"))),
    ("Dotacja do", lambda row: w.money(row.get("max_grant"))),
    ("Na rok do", lambda row: w.money(row.get("max_grant_per_year"))),
    ("Wyposażenie do", lambda row: w.money(row.get("equipment_limit"))),
    ("Wkład własny", lambda row: w.share(row.get("min_own_contribution_percent"))),
    ("Dotacji", w.text("planned_awards")),
    ("Realizacja", lambda row: w.period(row.get("task_from"), row.get("task_to"))),
    ("Uwaga", w.text("note")),
]
ITEM_COLUMNS = [
    ("Rok", w.text("year")),
    ("Część", w.text("part")),
    ("Miejsce", w.text("place")),
    ("Źródło", w.text("source")),
    ("Kwota", w.row_money("amount")),
    (
        "Uwaga",
        lambda row: "; ".join(
            filter(None, ["rezerwa, poza pulą" if row.get("is_contingent") else "", row.get("note", "")])
        ),
    ),
]


def _metres(column: str):
    return lambda row: f"{w.formats.number(row[column], 2)} m²" if row.get(column) else ""


PREMISES = [
    ("Lokal", w.text("address")),
    ("Powierzchnia", _metres("area")),
    ("W tym piwnica", _metres("cellar_area")),
    ("Części wspólne", lambda row: w.share(row.get("common_share_percent"))),
    ("Czynsz", lambda row: " za ".join(filter(None, [w.money(row.get("rent")), row.get("rent_per", "")]))),
    ("Media", w.text("utilities")),
    ("Uwaga", w.text("note")),
]


def limits(notice: Notice) -> Iterator[tuple[str, str]]:
    least = w.money(notice.get("min_grant"))
    yield (
        "Dotacja",
        f"{'więcej niż' if notice.get('must_exceed_min_grant') else 'co najmniej'} {least}" if least else "",
    )
    for column, label in MOST.items():
        value = w.money(notice.get(column))
        yield label, f"najwyżej {value}" if value else ""
    yield "Wyposażenie, udział", _at_most(notice.get("equipment_percent"), "dotacji")
    yield "Udział dotacji", _at_most(notice.get("max_cofinancing_percent"))
    yield "Wkład własny", _at_least(notice.get("min_own_contribution_percent"))
    yield "Rodzaj wkładu własnego", notice.get("own_contribution_note", "")
    yield "Wkład finansowy", _at_least(notice.get("min_financial_contribution_percent"))
    yield "Wkład osobowy i rzeczowy", _at_most(notice.get("max_in_kind_percent"))
    yield "Koszty administracyjne", _at_most(notice.get("admin_cost_percent"))
    offers = notice.get("offers_per_applicant")
    each = " w każdej części" if notice.get("is_offer_per_part") else ""
    yield "Ofert od jednej organizacji", f"najwyżej {offers}{each}" if offers else ""
    yield "Osobna oferta na każdą część", "tak" if notice.get("is_offer_per_part") else ""
    yield "Planowana liczba dotacji", str(notice.get("planned_awards") or "")
    yield "Wypłata dotacji", PAYOUTS.get(notice.get("payout", ""), "")
    yield "Zwiększenie dotacji", "możliwe, bez zmiany zakresu zadania" if notice.get("may_grow") else ""
    forms = [str(FORMS.get(code, code)) for code in notice.get("eligible_forms", [])]
    yield "Formy prawne oferentów", ", ".join(forms)
    yield "Tylko organizacje pożytku publicznego", "tak" if notice.get("requires_opp") else ""


MOST = {
    "max_grant": "Dotacja na jedną ofertę",
    "max_grant_per_year": "Dotacja na rok zadania",
    "max_grant_per_applicant": "Dla jednej organizacji łącznie",
    "max_grant_per_place": "Na jedno miejsce",
    "equipment_limit": "Wyposażenie",
}


def _at_most(value, of: str = "kosztów") -> str:
    return f"najwyżej {w.share(value)} {of}" if value not in (None, "") else ""


def _at_least(value) -> str:
    return f"co najmniej {w.share(value)} kosztów" if value not in (None, "") else ""
