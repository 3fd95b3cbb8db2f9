"""A profile in the base: what it must hold, whom it must not repeat, how long it is fresh (R-ORG-10, 15…20, 22)."""

from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.legal.rules import Breach, rule

from ..enums import MERGEABLE_STATES, PUBLIC_STATES, LegalForm, State
from .forms import nonprofit_breaches, opp_breaches, register_breaches
from .identifiers import krs_breaches, nip_breaches, regon_breaches, rspo_breaches

# R-ORG-17: what a verified profile changes only with the office's consent.
IDENTITY_FIELDS = (
    "name",
    "short_name",
    "legal_form",
    "legal_form_label",
    "parent",
    "krs",
    "nip",
    "regon",
    "register_name",
    "register_number",
    "has_opp_status",
    "opp_since",
    "exclusion",
    "representatives",
    "representation",
    "manner",
    "manner_count",
)
# What the fields of the breaches are called on the desk.
FIELD_NAMES = {
    "krs": gettext_noop("Numer KRS"),
    "nip": gettext_noop("NIP"),
    "regon": gettext_noop("REGON"),
    "register_name": gettext_noop("Nazwa innego rejestru"),
    "register_number": gettext_noop("Numer w innym rejestrze"),
    "rspo": gettext_noop("Numer RSPO"),
    "parent": gettext_noop("Organizacja macierzysta"),
    "has_opp_status": gettext_noop("Status OPP"),
    "is_nonprofit_declared": gettext_noop("Działanie nie dla zysku"),
    "spheres": gettext_noop("Sfery zadań publicznych"),
}
# Numbers that name one organisation only, in the order in which they are asked for.
UNIQUE_NUMBERS = ("krs", "nip", "regon")


_freshness_rule = rule(
    "R-ORG-18",
    source="decyzja projektowa; program współpracy 2019–2022 (aktualna baza organizacji)",
    statement="Po 11 miesiącach bez potwierdzenia portal przypomina, po 12 oznacza dane jako niepotwierdzone.",
)
_sphere_rule = rule(
    "R-ORG-22",
    source="podział na branże z prac zespołów branżowych",
    statement="Organizacja wskazuje co najmniej jedną sferę zadań publicznych; sfery łączą się w branże miasta.",
)


@dataclass(frozen=True)
class ProfileFacts:
    """What the law of registration asks about a profile; numbers are normalised."""

    legal_form: str
    krs: str = ""
    nip: str = ""
    regon: str = ""
    register_name: str = ""
    register_number: str = ""
    rspo: str = ""
    has_parent: bool = False
    has_opp_status: bool | None = None
    is_nonprofit: bool | None = None
    has_sphere: bool = True
    taken: frozenset[str] = field(default_factory=frozenset)


def registration_breaches(facts: ProfileFacts) -> list[Breach]:
    """Everything that stops a profile from being sent to the office or verified by it."""
    return [
        *identity_breaches(facts),
        *nonprofit_breaches(facts.legal_form, is_nonprofit=facts.is_nonprofit),
        *sphere_breaches(has_sphere=facts.has_sphere),
    ]


def unfit_for_register(facts: ProfileFacts) -> list[Breach]:
    """The same for the desk, where no field stands beside the message: each begins with the field's name."""
    return [replace(breach, message=named(breach)) for breach in registration_breaches(facts)]


def named(breach: Breach) -> str:
    """The message of a breach with the name of its field in front, where one of the profile is meant."""
    name = FIELD_NAMES.get(breach.field, "")
    return f"{_(name)}: {breach.message}" if name else str(breach.message)


def identity_breaches(facts: ProfileFacts) -> list[Breach]:
    """What is wrong with form, numbers and status."""
    register = register_breaches(
        facts.legal_form,
        krs=facts.krs,
        register_name=facts.register_name,
        register_number=facts.register_number,
        has_parent=facts.has_parent,
    )
    return [*register, *number_breaches(facts), *_further(facts)]


def _further(facts: ProfileFacts) -> list[Breach]:
    return [
        *opp_breaches(has_opp_status=facts.has_opp_status, krs=facts.krs),
        *uniqueness_breaches(facts.legal_form, taken=facts.taken),
    ]


def number_breaches(facts: ProfileFacts) -> list[Breach]:
    """Numbers that are there but cannot be right."""
    found = krs_breaches(facts.krs) if facts.krs else []
    found += nip_breaches(facts.nip) if facts.nip else []
    found += regon_breaches(facts.regon) if facts.regon else []
    return found + rspo_breaches(facts.rspo)


@rule(
    "R-ORG-10",
    source="decyzja projektowa",
    statement="KRS, NIP i REGON (9 cyfr) należą do jednej organizacji; oddział może mieć numery macierzystej.",
)
def uniqueness_breaches(form: str, *, taken: Collection[str]) -> list[Breach]:
    """``taken`` names the numbers that another profile already has."""
    if form == LegalForm.ASSOC_BRANCH:
        return []
    message = _("organizacja z tym numerem jest już w bazie")
    return [Breach("R-ORG-10", message, number) for number in UNIQUE_NUMBERS if number in taken]


def merge_breaches(kept: str, gone: str, *, is_same: bool) -> list[Breach]:
    """Why two records, in these states, cannot be made one."""
    if is_same:
        return [Breach("R-ORG-10", _("wybierz dwa różne wpisy"), "other")]
    if kept not in (*PUBLIC_STATES, State.SUSPENDED):
        return [Breach("R-ORG-10", _("zostać może tylko wpis sprawdzony, a nie zgłoszenie"), "survivor")]
    if gone not in MERGEABLE_STATES:
        return [Breach("R-ORG-10", _("ten wpis jest już zamknięty"), "other")]
    return []


@rule(
    "R-ORG-10",
    source="decyzja projektowa",
    statement="KRS, NIP i REGON (9 cyfr) należą do jednej organizacji; oddział może mieć numery macierzystej.",
)
def differing_numbers(own: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """The numbers that both records have and that differ: a sign that they are two organisations."""
    return [name for name in UNIQUE_NUMBERS if own.get(name) and other.get(name) and own[name] != other[name]]


def dissolution_breaches(dissolved_on: date | None, source: str, *, on: date) -> list[Breach]:
    """What is missing or wrong in a record of the end of an organisation."""
    found = []
    if dissolved_on is None:
        found.append(Breach("R-ORG-17", _("wpisz dzień, np. wykreślenia z rejestru"), "dissolved_on"))
    elif dissolved_on > on:
        found.append(Breach("R-ORG-17", _("ten dzień jeszcze nie nadszedł"), "dissolved_on"))
    if not source.strip():
        found.append(Breach("R-ORG-17", _("napisz, skąd to wiadomo, np. odpis z KRS"), "source"))
    return found


@_sphere_rule
def sphere_breaches(*, has_sphere: bool) -> list[Breach]:
    return [] if has_sphere else [Breach("R-ORG-22", _("wybierz co najmniej jedną sferę"), "spheres")]


@_sphere_rule
def branches_of(spheres: Iterable[str], branches: Iterable[tuple[str, Collection[str]]]) -> list[str]:
    """Codes of the branches, in their order, that gather at least one of the spheres."""
    own = set(spheres)
    return [code for code, gathered in branches if own & set(gathered)]


@rule(
    "R-COM-11",
    source="postulaty organizacji (zakładki branżowe)",
    statement="Strona branży gromadzi jej organizacje, nabory, konsultacje, aktualności i kontakty; ma własny kanał.",
)
def belongs_to_branch(spheres: Iterable[int], gathered: Collection[int]) -> bool:
    """Whether something with these spheres stands on the page of a branch that gathers others."""
    return not set(spheres).isdisjoint(gathered)


# --- how fresh the data are -----------------------------------------------------------------------------


@_freshness_rule
def is_stale(confirmed_on: date | None, *, on: date, months: int) -> bool:
    """Whether data confirmed on a day count as unconfirmed on another; never confirmed is unconfirmed."""
    return confirmed_on is None or on >= months_after(confirmed_on, months)


@_freshness_rule
def confirmation_due_on(confirmed_on: date, *, months: int) -> date:
    """The first day on which data confirmed on a day count as unconfirmed."""
    return months_after(confirmed_on, months)


@rule(
    "R-ORG-15",
    source="program współpracy 2019–2022, § 6, standard 9",
    statement=(
        "Bez potwierdzenia profilu w ostatnich 12 miesiącach nie można przygotować umowy o dotację; "
        "ofertę można złożyć."
    ),
)
def contract_breaches(confirmed_on: date | None, *, on: date, months: int) -> list[Breach]:
    """What stands against preparing a contract with the organisation; offers are never stopped by it."""
    if is_stale(confirmed_on, on=on, months=months):
        return [
            Breach("R-ORG-15", _("dane organizacji nie są potwierdzone: poproś ją o potwierdzenie profilu"))
        ]
    return []


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@rule(
    "R-ORG-20",
    source="decyzja projektowa",
    statement="Każdy może zgłosić błąd w publicznym profilu, bez logowania.",
)
def may_report_error(state: str) -> bool:
    """Whether everybody may point out a mistake: wherever everybody sees the profile."""
    return state in PUBLIC_STATES


# --- who sees and changes what ----------------------------------------------------------------------------


@rule(
    "R-ORG-17",
    source="decyzja projektowa",
    statement="Publiczne są tylko profile sprawdzone; zmiana nazwy, formy, numerów i reprezentacji czeka na urząd.",
)
def needs_consent(state: str, changed: Iterable[str]) -> list[str]:
    """Those changed fields that the office has to agree to, in the order given."""
    return [name for name in changed if name in IDENTITY_FIELDS] if state in PUBLIC_STATES else []


@rule(
    "R-ORG-19",
    source="decyzja projektowa; zob. R-WEB-14",
    statement="Wpis z danych publicznych może przejąć osoba uprawniona; urząd sprawdza to w rejestrze.",
)
def claim_breaches(*, state: str, has_open_claim: bool, evidence: str) -> list[Breach]:
    """Why a person cannot ask to act for an organisation."""
    found = []
    if state not in PUBLIC_STATES:
        found.append(Breach("R-ORG-19", _("ta organizacja nie ma publicznego profilu")))
    if has_open_claim:
        found.append(Breach("R-ORG-19", _("masz już taką rolę albo czekasz na decyzję urzędu"), "role"))
    if not evidence.strip():
        found.append(Breach("R-ORG-19", _("napisz, z czego wynika Twoje uprawnienie"), "evidence"))
    return found


@rule(
    "R-WEB-14",
    source="decyzja projektowa; ustawa o informatyzacji (Węzeł Krajowy potwierdza osobę, nie umocowanie)",
    statement="Logowanie potwierdza osobę; prawo działania za organizację sprawdza urząd, na czas i z podstawą.",
)
def is_mandate_in_force(
    *, is_verified: bool, is_ended: bool, valid_from: date | None, valid_until: date | None, on: date
) -> bool:
    """Whether a mandate lets a person act on a day: checked by the office, begun, not ended, not run out."""
    if not is_verified or is_ended or valid_from is None:
        return False
    return valid_from <= on and (valid_until is None or on <= valid_until)
