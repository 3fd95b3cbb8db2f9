"""What the public registers say, in our words, and how it stands to what we know (R-ORG-01, 04, 06, 13)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.legal.rules import Breach, rule

from ..enums import Agreement, Exclusion, LegalForm


@dataclass(frozen=True)
class RegisteredForm:
    """A legal form as a register names it. ``form`` is empty where we cannot tell ours from it."""

    form: str = ""
    exclusion: str = ""
    is_ngo: bool = True


_NO_NGO = RegisteredForm(is_ngo=False)
# The first pattern that is found in »form name« decides; registers write in capitals.
_FORMS: tuple[tuple[str, RegisteredForm], ...] = (
    (r"^SAMODZIELNY PUBLICZNY|^INSTYTUT BADAWCZY|^PRZEDSIĘBIORSTWO PAŃSTWOWE|^BANK", _NO_NGO),
    (r"^PARTI[AE] POLITYCZN", RegisteredForm(LegalForm.OTHER, Exclusion.POLITICAL_PARTY)),
    (r"^ZWIĄZ(EK|KI) ZAWODOW|ORGANIZACJA ZWIĄZKU ZAWODOWEGO", RegisteredForm(LegalForm.OTHER, Exclusion.TRADE_UNION)),
    (r"PRACODAWCÓW", RegisteredForm(LegalForm.OTHER, Exclusion.EMPLOYERS)),
    (r"SAMORZĄDY? ZAWODOW", RegisteredForm(LegalForm.OTHER, Exclusion.CHAMBER)),
    (r"^FUNDACJ[AE]", RegisteredForm(LegalForm.FOUNDATION)),
    (r"^(TERENOWA JEDNOSTKA|ODDZIAŁ).*OSOBOWOŚ", RegisteredForm(LegalForm.ASSOC_BRANCH_LEGAL)),
    (r"ZWIĄZ(EK|KI) SPORTOW", RegisteredForm(LegalForm.SPORTS_UNION)),
    (r"^ZWIĄZ(EK|KI) STOWARZYSZEŃ", RegisteredForm(LegalForm.UNION_OF_ASSOC)),
    (r"^STOWARZYSZENIA? (ZWYKŁE|NIEWPISANE DO KRS)", RegisteredForm(LegalForm.ASSOC_ORDINARY)),
    (r"^UCZNIOWSKIE? KLUBY? SPORTOW", RegisteredForm(LegalForm.SCHOOL_SPORTS_CLUB)),
    (r"^(OCHOTNICZ[AE] STRAŻE? POŻARN|STOWARZYSZENI[EA] OCHOTNICZA STRAŻ POŻARNA)", RegisteredForm(LegalForm.OSP)),
    (r"^KOŁ[OA] GOSPODYŃ WIEJSKICH", RegisteredForm(LegalForm.KGW)),
    (r"^STOWARZYSZENI[EA]", RegisteredForm(LegalForm.ASSOC_REGISTERED)),
    (r"^SPÓŁDZIELNI[AE].*SOCJALN", RegisteredForm(LegalForm.SOCIAL_COOP)),
    (r"^(PROSTA )?SPÓŁK[AI] (Z OGRANICZONĄ|AKCYJN)", RegisteredForm(LegalForm.NONPROFIT_COMPANY)),
    (r"^SPÓŁ(KA|KI|DZIELNI[AE])", _NO_NGO),
)  # fmt: skip
# What people may rightly call a body that the register enters under a wider name.
_NARROWER: Mapping[str, frozenset[str]] = {
    LegalForm.ASSOC_REGISTERED: frozenset(
        {LegalForm.OSP, LegalForm.LGU_ASSOC, LegalForm.UNION_OF_ASSOC, LegalForm.SPORTS_UNION}
    ),
    LegalForm.UNION_OF_ASSOC: frozenset({LegalForm.LGU_ASSOC, LegalForm.SPORTS_UNION}),
    LegalForm.SPORTS_UNION: frozenset({LegalForm.UNION_OF_ASSOC}),
}

_verification_rule = rule(
    "R-ORG-13",
    source="decyzja projektowa; API KRS Ministerstwa Sprawiedliwości, API REGON (GUS)",
    statement=(
        "Portal może zapytać KRS i REGON, ale działa i bez nich: dane porównuje i potwierdza osoba z urzędu."
    ),
)


@rule(
    "R-ORG-06",
    source="decyzja projektowa na podstawie przepisów o rejestrach",
    statement="Forma prawna decyduje, który numer jest obowiązkowy: KRS albo nazwa i numer innego rejestru.",
)
def registered_form(written: str, name: str = "") -> RegisteredForm:
    """Our form for the words of a register; the name helps where the register is vague (»SPÓŁDZIELNIA«)."""
    text = f"{written} {name}".upper()
    return next((form for pattern, form in _FORMS if re.search(pattern, text)), RegisteredForm())


@rule(
    "R-ORG-06",
    source="decyzja projektowa na podstawie przepisów o rejestrach",
    statement="Forma prawna decyduje, który numer jest obowiązkowy: KRS albo nazwa i numer innego rejestru.",
)
def form_breaches(chosen: str, registered: str) -> list[Breach]:
    """A number that belongs to another legal form; nothing to say where the register's form is not ours."""
    known = chosen in LegalForm.values and registered in LegalForm.values
    if not known or LegalForm.OTHER in (chosen, registered) or chosen == LegalForm.ASSOC_BRANCH:
        return []
    if chosen == registered or chosen in _NARROWER.get(registered, ()):
        return []
    message = _("pod tym numerem w rejestrze jest: %(form)s. Wybierz tę formę albo popraw numer") % {
        "form": LegalForm(registered).label
    }
    return [Breach("R-ORG-06", message, "legal_form")]


@rule(
    "R-ORG-01",
    source="art. 3 ust. 2 – ustawa o działalności pożytku publicznego i o wolontariacie",
    statement="Organizacja pozarządowa nie należy do sektora finansów publicznych i nie działa dla zysku.",
)
def entity_breaches(registered: RegisteredForm) -> list[Breach]:
    """Bodies that the register itself shows to be none of art. 3: public ones and ordinary businesses."""
    message = _("pod tym numerem jest podmiot, który nie jest organizacją pozarządową: sprawdź numer")
    return [] if registered.is_ngo else [Breach("R-ORG-01", message, "krs")]


# --- fact by fact ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Compared:
    """One fact: ours, the register's, and how they stand to each other."""

    field: str
    ours: str
    theirs: str
    agreement: Agreement


@_verification_rule
def compared(ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[Compared]:
    """Every fact the register gave, beside ours. Case, punctuation and the way of writing a street do not matter."""
    return [
        Compared(name, ours.get(name, ""), value, agreement_of(name, ours.get(name, ""), value))
        for name, value in theirs.items()
        if value or ours.get(name)
    ]


def agreement_of(name: str, own: str, theirs: str) -> Agreement:
    """How a fact of ours stands to the register's; unknown where one of the two says nothing."""
    if not own or not theirs:
        return Agreement.UNKNOWN
    if name == "legal_form":
        return Agreement.DIFFERS if form_breaches(own, theirs) else Agreement.AGREES
    if name == "registered":
        # ours may be known to the year or the month only
        return Agreement.AGREES if theirs.startswith(own) else Agreement.DIFFERS
    if name == "regon":
        return Agreement.AGREES if own[:9] == theirs[:9] else Agreement.DIFFERS
    return Agreement.AGREES if _plain(own) == _plain(theirs) else Agreement.DIFFERS


_FLAT = re.compile(r"\b(m|lok|lokal)\b\.?\s*(?=\d)")
_STREET = re.compile(r"^(ul|ulica)\b\.?\s*")


def _plain(text: str) -> str:
    """»ul. Mogilska 5 m. 3« and »MOGILSKA 5/3« are the same."""
    text = _STREET.sub("", text.casefold().strip())
    return re.sub(r"[\W_]+", " ", _FLAT.sub("/", text)).strip()
