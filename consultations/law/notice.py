"""What the notice says and where it stands: R-CNS-09, 10, 23, 24."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.documents.enums import Place
from core.legal.rules import Breach, rule

from .facts import ConsultationFacts

# Part of the notice: (field of the form, what to do).
NOTICE_PARTS: dict[str, tuple[str, Any]] = {
    "title": ("title", _("Tytuł: nazwij, o co pytasz.")),
    "subject": ("subject", _("Przedmiot i cel: napisz, o co i po co pytasz.")),
    "plain_summary": ("plain_summary", _("Streszczenie prostym językiem: napisz je, jest obowiązkowe.")),
    "legal_bases": ("legal_bases", _("Podstawa prawna: dodaj co najmniej jedną.")),
    "unit": ("unit", _("Jednostka odpowiedzialna: wybierz z listy.")),
    "contact": ("contact_email", _("Kontakt: podaj adres e-mail albo telefon.")),
    "addressees": ("addressees", _("Adresaci: napisz, do kogo są skierowane konsultacje.")),
    "territory": ("districts", _("Obszar: wybierz dzielnice, zaznacz całe miasto albo opisz obszar.")),
    "documents": ("documents", _("Dokumenty: dodaj projekt jako załącznik albo wpisz jego punkty.")),
    "channel": (
        "accepts_remarks",
        _("Sposób składania uwag: włącz formularz portalu albo dodaj formę pisemną."),
    ),
    "what_next": ("what_next", _("Co dalej: napisz, kto i kiedy podejmie decyzję.")),
}


@rule(
    "R-CNS-09",
    source="ogłoszenia miasta; uchwała RMK nr XII/135/11",
    statement="Ogłoszenie zawiera: tytuł, tryb, przedmiot i cel, podstawę prawną, jednostkę z "
    "kontaktem, adresatów, obszar, "
    "termin, dokumenty i streszczenie, formy, sposób składania uwag, dalsze kroki, etap, klauzulę RODO "
    "i miejsca publikacji.",
)
def notice_breaches(facts: ConsultationFacts) -> list[Breach]:
    """One breach for every missing part of the notice; the clause stands at the form by itself."""
    missing = [NOTICE_PARTS[part] for part, is_there in facts.notice.items() if not is_there]
    return [Breach("R-CNS-09", text, name) for name, text in missing]


@rule(
    "R-CNS-10",
    source="ogłoszenia miasta i dzielnic",
    statement="Ogłoszenie ukazuje się jednocześnie w BIP, na stronie konsultacji i na papierze w jednostce.",
)
def missing_places(recorded: Iterable[str]) -> list[Place]:
    """Places of publication without a recorded proof; this portal is the website of both regimes."""
    return [place for place in (Place.BIP, Place.WEBSITE, Place.NOTICE_BOARD) if place not in set(recorded)]


def place_breaches(facts: ConsultationFacts) -> list[Breach]:
    """Reminders of missing proofs. The portal records its own publication when it happens."""
    text = _("Publikacja: dopisz dowód z miejsca: %(place)s.")
    return [
        Breach("R-CNS-10", text % {"place": place.label}, "proofs", is_warning=True)
        for place in missing_places(facts.places | {Place.WEBSITE})
    ]


_SCHEDULE_RULE = {
    "source": "S001, I.2.2",
    "statement": "Jeden harmonogram na rok obejmuje wszystkie konsultacje w mieście. Wpis ma tytuł, "
    "tryb, jednostkę, miesiąc "
    "albo daty, etap i stan. Każda zmiana opublikowanego wpisu jest zapisana.",
}


@rule("R-CNS-23", **_SCHEDULE_RULE)
def entry_breaches(facts: ConsultationFacts) -> list[Breach]:
    """What an entry of the yearly schedule lacks."""
    found = [breach for breach in notice_breaches(facts) if breach.field in ("title", "unit")]
    if not facts.has_term:
        text = _("Termin: podaj daty albo miesiąc, w którym planujesz konsultacje.")
        found.append(Breach("R-CNS-23", text, "starts_about"))
    return found


@rule("R-CNS-23", **_SCHEDULE_RULE)
def entry_changes(before: dict[str, str], after: dict[str, str]) -> list[tuple[str, str, str]]:
    """What changed in an entry, as (what, before, after); both sides name the same parts."""
    return [
        (part, before.get(part, ""), value) for part, value in after.items() if before.get(part, "") != value
    ]


@rule(
    "R-CNS-24",
    source="S001, I.2.3",
    statement="Jeden standard informacji o konsultacjach dla wszystkich jednostek: lista sprawdzająca "
    "przed ogłoszeniem.",
)
def checklist(breaches: list[Breach]) -> list[tuple[Any, list[Breach]]]:
    """The breaches before announcing, by the part of the standard they belong to; an empty list means »jest«."""
    parts: list[tuple[Any, set[str]]] = [
        (_("Tryb i termin"), {"R-CNS-01", "R-CNS-03"}),
        (_("Formy i spotkania"), {"R-CNS-04", "R-CNS-06"}),
        (_("Etapy"), {"R-CNS-07"}),
        (_("Treść ogłoszenia"), {"R-CNS-09"}),
        (_("Miejsca publikacji"), {"R-CNS-10"}),
    ]
    return [(label, [b for b in breaches if _part_rule(b) in codes]) for label, codes in parts]


def _part_rule(breach: Breach) -> str:
    """Missing days of the term are a gap of the notice by law, yet people look for them beside the term."""
    return "R-CNS-03" if breach.field in ("starts_on", "ends_on") else breach.rule
