"""The information clause at every form (R-WEB-10): what must be told, and what we tell."""

from dataclasses import dataclass, fields
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.legal.rules import Breach, rule

RIGHTS = _("Dostęp do danych, poprawienie, usunięcie, ograniczenie przetwarzania, przeniesienie i sprzeciw.")
COMPLAINT = _("Możesz złożyć skargę do Prezesa Urzędu Ochrony Danych Osobowych.")
NO_MACHINE = _("Nie podejmujemy decyzji automatycznie i nie profilujemy.")
RECIPIENTS = _("Dostawca poczty i serwerów urzędu, na podstawie umowy powierzenia.")


@dataclass(frozen=True)
class Clause:
    """What one form says of the data it takes. Controller and data protection officer come from the city's row."""

    purpose: Any
    basis: Any
    recipients: Any
    retention: Any
    rights: Any
    complaint: Any
    voluntary: Any
    decisions: Any


CLAUSES = {
    "newsletter": Clause(
        purpose=_("Wysyłamy list o współpracy miasta z organizacjami."),
        basis=_("Twoja zgoda: art. 6 ust. 1 lit. a RODO. Cofniesz ją jednym kliknięciem w każdym liście."),
        recipients=RECIPIENTS,
        retention=_("Do wypisania się i przez miesiąc po nim. Niepotwierdzony adres usuwamy po 7 dniach."),
        rights=RIGHTS,
        complaint=COMPLAINT,
        voluntary=_("Podanie adresu jest dobrowolne, ale bez niego nie wyślemy listu."),
        decisions=NO_MACHINE,
    ),
    "contact": Clause(
        purpose=_("Załatwiamy Twoje zgłoszenie i odpowiadamy na nie."),
        basis=_("Zadanie publiczne i obowiązek prawny: art. 6 ust. 1 lit. c i e RODO."),
        recipients=RECIPIENTS,
        retention=_("Tak długo, jak każą przepisy o archiwach urzędu."),
        rights=RIGHTS,
        complaint=COMPLAINT,
        voluntary=_("Adres e-mail jest dobrowolny, ale bez niego nie wyślemy odpowiedzi."),
        decisions=NO_MACHINE,
    ),
    "news": Clause(
        purpose=_("Sprawdzamy i publikujemy nadesłaną aktualność, piszemy o decyzji."),
        basis=_("Zadanie publiczne: art. 6 ust. 1 lit. e RODO."),
        recipients=_("Aktualność czytają wszyscy; Twojego nazwiska ani adresu nie pokazujemy."),
        retention=_("Aktualność na stałe, dane osoby, która ją przysłała, do usunięcia konta."),
        rights=RIGHTS,
        complaint=COMPLAINT,
        voluntary=_("Podanie danych jest dobrowolne, ale bez konta nie przyjmiemy aktualności."),
        decisions=NO_MACHINE,
    ),
}


@rule(
    "R-WEB-10",
    source="art. 13 RODO",
    statement="Każdy formularz ma klauzulę: administrator, inspektor, cel, podstawa, odbiorcy, czas, prawa, skarga, "
    "dobrowolność, brak decyzji automatycznych.",
)
def clause_breaches(clause: Clause | None, *, controller: str, officer: str) -> list[Breach]:
    """What a clause does not say."""
    if clause is None:
        return [Breach("R-WEB-10", _("Klauzula informacyjna: formularz jej nie ma."))]
    said = {field.name: str(getattr(clause, field.name)) for field in fields(clause)}
    said |= {"controller": controller, "officer": officer}
    return [
        Breach("R-WEB-10", _("Klauzula informacyjna: brakuje jednej z części."), name)
        for name, text in said.items()
        if not text.strip()
    ]
