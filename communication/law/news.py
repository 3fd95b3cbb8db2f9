"""News sent in and published (R-COM-01)."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from core.legal.days import add_working_days
from core.legal.rules import Breach, rule

SOURCE = "sprawozdanie ze współpracy, zadanie nr 14; ustawienie miasta"


@dataclass(frozen=True)
class NewsFacts:
    """What the rules ask about a piece of news."""

    title: str
    lead: str
    text: str
    event_from: str = ""
    event_to: str = ""
    has_picture: bool = False
    picture_alt: str = ""
    is_cofinanced: bool = False
    contract_number: str = ""


@rule(
    "R-COM-01",
    source=SOURCE,
    statement="Na aktualność nadesłaną przez organizację lub mieszkańca urząd odpowiada w 2 dni robocze: publikuje, "
    "zwraca do poprawy albo odrzuca z powodem.",
)
def decision_due_on(submitted_on: date, *, working_days: int) -> date:
    """The last day for the decision; the day of sending does not count."""
    return add_working_days(submitted_on, working_days)


@rule(
    "R-COM-01",
    source=SOURCE,
    statement="Aktualność ma tytuł, zapowiedź i treść; obraz ma opis; zadanie dofinansowane ma numer umowy.",
)
def news_breaches(facts: NewsFacts) -> list[Breach]:
    """What stands against publishing."""
    found = []
    if not facts.title.strip():
        found.append(Breach("R-COM-01", _("Tytuł: wpisz, czego dotyczy aktualność."), "title"))
    if not facts.lead.strip():
        found.append(
            Breach("R-COM-01", _("Zapowiedź: napisz w dwóch zdaniach, co, gdzie i dla kogo."), "lead")
        )
    if not facts.text.strip():
        found.append(Breach("R-COM-01", _("Treść: napisz przynajmniej jeden akapit."), "body"))
    if facts.event_from and facts.event_to and facts.event_to < facts.event_from[: len(facts.event_to)]:
        found.append(
            Breach("R-COM-01", _("Koniec wydarzenia: wpisz dzień nie wcześniejszy niż początek."), "event_to")
        )
    if facts.has_picture and not facts.picture_alt.strip():
        found.append(
            Breach(
                "R-COM-01", _("Opis obrazu: napisz, co widać, dla osób, które go nie widzą."), "picture_alt"
            )
        )
    if facts.is_cofinanced and not facts.contract_number.strip():
        found.append(
            Breach(
                "R-COM-01",
                _("Numer umowy: wpisz numer umowy o dotację, z której finansujecie zadanie."),
                "contract_number",
            )
        )
    return found
