"""The declaration of accessibility (R-WEB-03, R-WEB-04)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from core.legal.rules import Breach, rule

from ..enums import Conformity

ACT = "ustawa z 4 kwietnia 2019 r. o dostępności cyfrowej"
FIELDS = {
    "published_on": _("Data publikacji strony: wpisz dzień."),
    "updated_on": _("Data ostatniej istotnej aktualizacji: wpisz dzień."),
    "prepared_on": _("Data sporządzenia deklaracji: wpisz dzień."),
    "method": _("Metoda przygotowania: wybierz samoocenę albo ocenę zewnętrzną."),
    "contact_person": _("Osoba do kontaktu: wpisz osobę albo komórkę."),
    "contact_email": _("E-mail do kontaktu: wpisz adres."),
    "contact_phone": _("Telefon do kontaktu: wpisz numer."),
    "procedure": _("Wnioski i skargi: opisz, jak zażądać dostępności i złożyć skargę."),
    "architecture": _("Dostępność architektoniczna: opisz wejście, windę, parking."),
    "sign_language": _("Język migowy: napisz, jak skorzystać z tłumacza."),
    "mobile_apps": _("Aplikacje mobilne: wymień je albo napisz, że ich nie ma."),
    "shortcuts": _("Skróty klawiaturowe: wymień je albo napisz, że działają standardowe."),
}


@dataclass(frozen=True)
class DeclarationFacts:
    """Which parts of the ministry's structure are filled in."""

    filled: frozenset[str]
    status: str
    names_failings: bool
    days: tuple[date | None, date | None] = (None, None)


def months_after(day: date, months: int) -> date:
    """The same day some months later; where the month is shorter, its last day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@rule(
    "R-WEB-03",
    source=f"art. 10 ust. 4–5 {ACT}",
    statement="Deklaracja dostępności ma wszystkie części wzoru; strona niezgodna lub częściowo zgodna nazywa "
    "niezgodności.",
)
def declaration_breaches(facts: DeclarationFacts) -> list[Breach]:
    """Every part that is missing."""
    found = [
        Breach("R-WEB-03", message, field) for field, message in FIELDS.items() if field not in facts.filled
    ]
    if facts.status != Conformity.FULL and not facts.names_failings:
        found.append(
            Breach("R-WEB-03", _("Niezgodności: wymień, co nie jest dostępne i dlaczego."), "non_compliances")
        )
    published, updated = facts.days
    if published and updated and updated < published:
        found.append(
            Breach(
                "R-WEB-03",
                _("Data ostatniej istotnej aktualizacji: nie może być wcześniejsza niż publikacja."),
                "updated_on",
            )
        )
    return found


@rule(
    "R-WEB-04",
    source=f"art. 11 ust. 1 {ACT}",
    statement="Deklarację przeglądamy i aktualizujemy do 31 marca każdego roku.",
)
def review_due_on(year: int) -> date:
    return date(year, 3, 31)


@rule(
    "R-WEB-04",
    source="ustawienie miasta",
    statement="O przeglądzie przypominamy komórce koordynującej od 1 marca.",
)
def review_task_from(year: int) -> date:
    return date(year, 3, 1)


@rule(
    "R-WEB-04",
    source=f"art. 11 ust. 1 {ACT}",
    statement="Przegląd jest zaległy, gdy w tym roku nikt go nie zrobił.",
)
def is_review_due(reviewed_on: date | None, *, today: date) -> bool:
    """Whether the review of this year waits for the coordinator."""
    return today >= review_task_from(today.year) and (reviewed_on is None or reviewed_on.year < today.year)
