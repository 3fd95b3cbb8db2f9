"""The fourteen items of a notice, in the order of R-CALL-13."""

from collections.abc import Iterator

from django.utils import translation

from core.legal.rules import rule

from .. import law
from ..enums import Form, Intake, Mode
from . import words as w
from .blocks import Block, Section, facts, plain, rich, table
from .columns import ITEM_COLUMNS, PART_COLUMNS, PREMISES, limits
from .words import Notice

FORMS = {Form.SUPPORT: "wsparcie zadania publicznego", Form.ENTRUST: "powierzenie zadania publicznego"}
MODES = {
    Mode.OPEN_CALL: "otwarty konkurs ofert",
    Mode.OWN_CONTRIBUTION: "otwarty konkurs ofert na wkłady własne",
    Mode.SMALL_GRANT: "nabór ofert w trybie małych grantów",
    Mode.REGRANTING: "otwarty konkurs ofert na regranting",
    Mode.SPORT_ACT_GRANT: "nabór wniosków o dotację",
    Mode.PUBLIC_HEALTH_ACT: "konkurs ofert",
    Mode.LOCAL_INITIATIVE: "nabór wniosków o inicjatywę lokalną",
    Mode.PARTNER_SELECTION: "nabór partnerów",
}
RESERVATION = (
    "Konkurs ogłaszamy na podstawie projektu budżetu przekazanego Radzie Miasta. Kwota może się zmienić "
    "po uchwaleniu budżetu."
)


def heading_of(notice: Notice) -> str:
    """»PREZYDENT MIASTA KRAKOWA OGŁASZA OTWARTY KONKURS OFERT ORAZ NABÓR NA CZŁONKÓW KOMISJI KONKURSOWEJ«."""
    what = notice.get("mode_label") or MODES.get(notice.get("mode", ""), "nabór")
    together = " oraz nabór na członków komisji konkursowej" if _has_committee(notice) else ""
    number = f" nr {notice['number']}" if notice.get("number") else ""
    return f"{notice.get('authority') or 'Miasto'} ogłasza {what}{number}{together}".upper()


def _has_committee(notice: Notice) -> bool:
    return bool(notice.get("committee_call") or notice.get("includes_committee_call"))


@rule(
    "R-CALL-13",
    source="Praktyka ogłoszeń Krakowa w BIP, 2018–2026",
    statement=(
        "Układ ogłoszenia: konkurs z naborem do komisji, forma i sfera, tytuł, komórka realizująca, środki, termin i miejsce "
        "zadania, środki przekazane wcześniej, warunki, termin i miejsce ofert, kryteria, komisja, kontakty, klauzula."
    ),
)
def sections_of(notice: Notice) -> list[Section]:
    """Items 2 to 14 (the first is the heading), each under its own number; an item without content is left out."""
    with translation.override("pl"):
        made = [(number, title, build(notice)) for number, title, build in ITEMS]
    return [Section(number, title, blocks) for number, title, blocks in made if blocks]


def paragraphs_of(notice: Notice) -> list[tuple[str, str]]:
    """Every paragraph with the name of its item: what people remark on in a draft."""
    return [
        pair for section in sections_of(notice) if section.number not in NOT_ASKED for pair in _asked(section)
    ]


def _asked(section: Section) -> Iterator[tuple[str, str]]:
    """A heading inside the item names the paragraphs under it and is no paragraph of its own."""
    name = section.title
    for block in section.blocks:
        if block.kind == "heading":
            name = block.text
            continue
        yield from ((name, line) for line in block.lines())


# --- items ----------------------------------------------------------------------------------------


def _kind(notice: Notice) -> list[Block]:
    form = notice.get("form_label") or FORMS.get(notice.get("form", ""), "")
    sphere = notice.get("sphere_label") or ", ".join(notice.get("sphere_names", []))
    bases = [law.legal_basis(notice.get("mode") or Mode.OTHER), *notice.get("legal_bases", [])]
    return facts(
        ("Forma", form),
        ("Rodzaj zadania (sfera)", sphere),
        ("Podstawa prawna", "; ".join(filter(None, bases))),
    )


def _title(notice: Notice) -> list[Block]:
    note = plain("Nabór uzupełniający.") if notice.get("is_supplementary") else []
    return [*plain(notice.get("title", "")), *note]


def _unit(notice: Notice) -> list[Block]:
    return plain("; ".join(notice.get("unit_names", [])))


def _money(notice: Notice) -> list[Block]:
    total = w.money_and_words(notice.get("budget_total"), is_about=notice.get("is_budget_approximate"))
    return [
        *facts(("Pula środków", total)),
        *plain(RESERVATION if notice.get("is_based_on_draft_budget") else ""),
        *table(
            "Środki według lat",
            [("Rok", w.text("year")), ("Kwota", _figure_and_words), ("Uwaga", w.text("note"))],
            notice.get("budget_years", []),
        ),
        *table(
            "Skąd są pieniądze",
            [("Źródło", w.text("source")), ("Kwota", _figure_and_words), ("Uwaga", w.text("note"))],
            notice.get("budget_sources", []),
        ),
        *table("Części konkursu", PART_COLUMNS, notice.get("parts", []), right=("Środki",)),
        *table("Podział środków", ITEM_COLUMNS, notice.get("budget_items", []), right=("Kwota",)),
        *plain(notice.get("budget_note", "")),
        *plain(notice.get("support_without_grant", "")),
    ]


def _figure_and_words(row: dict) -> str:
    return w.money_and_words(row.get("amount"), is_about=row.get("is_approximate"))


def _period(notice: Notice) -> list[Block]:
    phases = [
        ("Faza", w.text("name")),
        ("Kiedy", lambda r: w.period(r.get("task_from"), r.get("task_to"))),
        ("Uwaga", w.text("note")),
    ]
    return [
        *facts(
            ("Termin", w.period(notice.get("task_from"), notice.get("task_to"))),
            ("Długość", w.months(notice.get("task_months_min"), notice.get("task_months_max"))),
            ("Uwaga", notice.get("task_period_note", "")),
        ),
        *table("Fazy zadania", phases, notice.get("phases", [])),
    ]


def _place(notice: Notice) -> list[Block]:
    named = ", ".join(notice.get("district_names", []))
    label = "Dzielnice preferowane" if notice.get("are_districts_preferred") else "Dzielnice"
    return [
        *plain(notice.get("place", "")),
        *facts((label, named), ("Miejsca preferowane", notice.get("preferred_places", ""))),
        *table("Lokale udostępniane do zadania", PREMISES, notice.get("premises", [])),
    ]


def _prior(notice: Notice) -> list[Block]:
    year = (notice.get("announced_on") or "")[:4]
    this, last = (
        (f"w {year} roku", f"w {int(year) - 1} roku") if year else ("w roku ogłoszenia", "rok wcześniej")
    )
    columns = [
        ("Rok", w.years),
        ("Zadanie", w.text("task")),
        ("Kwota", lambda row: w.money(row.get("amount")) or "nieznana"),
        ("W tym dla organizacji", lambda row: w.money(row.get("grants_to_ngos"))),
        ("Uwaga", w.text("note")),
    ]
    return [
        *facts(
            (f"Przekazano {this}", w.money_and_words(notice.get("prior_funding_current_year"))),
            (f"Przekazano {last}", w.money_and_words(notice.get("prior_funding_previous_year"))),
        ),
        *table("Środki przekazane wcześniej", columns, notice.get("prior_funding", [])),
        *plain(notice.get("prior_funding_note", "")),
    ]


def _conditions(notice: Notice) -> list[Block]:
    return [
        *_part("Cel i zakres", notice.get("goal", "")),
        *facts(("Dla kogo jest zadanie", ", ".join(notice.get("target_groups", [])))),
        *_part("Kto może złożyć ofertę", notice.get("eligibility", "")),
        *_limits(notice),
        *_part("Zasady przyznawania dotacji", notice.get("conditions", "")),
        *_part("Dostępność zadania", notice.get("accessibility", "")),
    ]


def _limits(notice: Notice) -> list[Block]:
    found = facts(*limits(notice))
    return [Block("heading", "Limity i wkład własny"), *found] if found else []


def _part(title: str, html: str) -> list[Block]:
    blocks = rich(html)
    return [Block("heading", title), *blocks] if blocks else []


def _filing(notice: Notice) -> list[Block]:
    windows = [
        ("Od", lambda row: w.window_moment(row.get("opens"))),
        ("Do", lambda row: w.window_moment(row.get("closes"))),
        ("Uwaga", w.text("note")),
    ]
    days = notice.get("relative_days")
    return [
        *facts(
            ("Oferty przyjmujemy od", w.moment(notice.get("opens_at"))),
            (
                "Termin składania ofert",
                w.moment(notice.get("offers_due_at"), has_hour=notice.get("has_due_hour", True)),
            ),
            (
                "Liczba dni od ogłoszenia",
                str(days) if days and notice.get("intake") == Intake.RELATIVE else "",
            ),
            ("Koniec naboru", INTAKES.get(notice.get("intake", ""), "")),
            ("Uwaga o terminie", notice.get("deadline_note", "")),
        ),
        *table("Tury naboru", windows, notice.get("intake_windows", [])),
        *plain(notice.get("submission_system", "")),
        *facts(
            ("Generator ofert", notice.get("submission_url", "")),
            ("Potwierdzenie na papierze do", w.window_moment(notice.get("paper_confirmation_deadline"))),
            *w.confirmation(notice),
        ),
        *_list("Wymagane załączniki", notice.get("attachments_required", [])),
    ]


INTAKES = {Intake.CONTINUOUS: "nabór ciągły", Intake.FUNDS: "do wyczerpania środków"}


def _list(title: str, items: list[str]) -> list[Block]:
    return [Block("heading", title), Block("list", items=tuple(items))] if items else []


def _criteria(notice: Notice) -> list[Block]:
    columns = [
        ("Kryterium", w.text("name")),
        ("Co bierzemy pod uwagę", w.text("description")),
        (
            "Punkty",
            lambda row: (
                w.formats.number(row["max_points"], 2).removesuffix(",00") if row.get("max_points") else ""
            ),
        ),
        ("Waga", lambda row: w.share(row.get("weight"))),
    ]
    least = notice.get("minimum_score")
    return [
        *table("Kryteria oceny", columns, notice.get("criteria", []), right=("Punkty", "Waga")),
        *facts(
            ("Próg punktowy", w.formats.number(least, 2).removesuffix(",00") if least else ""),
            ("Ocena formalna do", w.day(notice.get("formal_review_until"))),
            ("Ocena merytoryczna do", w.day(notice.get("merit_review_until"))),
            ("Termin wyboru ofert", w.day(notice.get("results_planned_on"))),
            ("Umowy do", w.day(notice.get("contracts_until"))),
        ),
        *rich(notice.get("selection_procedure", "")),
        *plain(notice.get("cancellation_reservation", "")),
    ]


def _committee(notice: Notice) -> list[Block]:
    asked = (
        []
        if notice.get("committee_call") or not notice.get("includes_committee_call")
        else plain("Razem z konkursem ogłaszamy nabór kandydatów do komisji konkursowej.")
    )
    return [
        *rich(notice.get("committee_call", "")),
        *asked,
        *facts(("Zgłoszenia przyjmujemy do", w.moment(notice.get("committee_call_until")))),
    ]


def _contacts(notice: Notice) -> list[Block]:
    return facts(
        ("W sprawie ofert", notice.get("contact", "")),
        ("W sprawie generatora ofert", notice.get("contact_system", "")),
        ("Pytania przyjmujemy do", w.moment(notice.get("questions_until"))),
    )


ITEMS = (
    (2, "Forma i rodzaj zadania", _kind),
    (3, "Tytuł zadania publicznego", _title),
    (4, "Komórka realizująca", _unit),
    (5, "Planowana wysokość środków publicznych", _money),
    (6, "Termin realizacji zadania", _period),
    (7, "Miejsce realizacji zadania", _place),
    (8, "Środki przekazane na zadania tego samego rodzaju", _prior),
    (9, "Warunki realizacji zadania", _conditions),
    (10, "Termin i miejsce składania ofert", _filing),
    (11, "Kryteria, tryb i termin wyboru ofert", _criteria),
    (12, "Nabór do komisji konkursowej", _committee),
    (13, "Kontakt", _contacts),
    (14, "Klauzula informacyjna", lambda notice: rich(notice.get("information_clause", ""))),
)
# Who answers the telephone and what the law on data says is not up for remarks.
NOT_ASKED = frozenset({2, 3, 4, 8, 13, 14})
