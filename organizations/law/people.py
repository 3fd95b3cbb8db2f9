"""Who acts for an organisation, and how many together; how long the office and people have (R-WEB-14, R-ORG-16…19)."""

from collections.abc import Collection, Iterable
from datetime import date

from django.utils.translation import gettext as _

from core.common.formats import counted
from core.legal.days import add_working_days
from core.legal.rules import Breach, rule

from ..enums import InvitedRole, Manner

# The first acts of every organisation; further rooms register their own.
NAME_REPRESENTATIVE, NAME_HELPER, DISSOLVE = "name_representative", "name_helper", "dissolve"
# R-ORG-16: what the contractor has to tell the city; the seat publishes at once, the rest waits for the office.
NAME_FIELDS = frozenset({"name", "short_name"})
SEAT_FIELDS = frozenset({"address", "postal_code", "locality", "district_id", "is_outside_city"})
REPRESENTATION_FIELDS = frozenset({"representatives", "representation", "manner", "manner_count"})

_representation_rule = rule(
    "R-WEB-14",
    source="decyzja projektowa; ustawa o informatyzacji (Węzeł Krajowy potwierdza osobę, nie umocowanie)",
    statement="Logowanie potwierdza osobę; prawo działania za organizację sprawdza urząd, na czas i z podstawą.",
)
_claim_rule = rule(
    "R-ORG-19",
    source="decyzja projektowa; zob. R-WEB-14",
    statement="Wpis z danych publicznych może przejąć osoba uprawniona; urząd sprawdza to w rejestrze.",
)


@_representation_rule
def required_consents(kind: str, *, manner: str, count: int, present: int) -> int:
    """How many different representatives must agree to an act.

    Naming a representative needs no more people than the portal knows (``present``): the office checks
    that one in the register anyway, and the second person could not come in otherwise.
    """
    wanted = max(count, 2) if manner == Manner.JOINTLY else 1
    return min(wanted, max(present, 1)) if kind == NAME_REPRESENTATIVE else wanted


@_representation_rule
def act_breaches(*, required: int, present: int) -> list[Breach]:
    """Why an act cannot be begun: fewer representatives in the portal than must agree."""
    if present >= required:
        return []
    message = _(
        "Za organizację działa %(required)s, a w portalu osób uprawnionych do reprezentacji jest %(present)s."
        " Najpierw zaproś brakujące osoby."
    )
    return [Breach("R-WEB-14", message % {"required": people_together(required), "present": present})]


@_representation_rule
def manner_breaches(manner: str, count: int | None) -> list[Breach]:
    """Acting together means at least two."""
    if manner == Manner.JOINTLY and (count or 0) < 2:
        return [Breach("R-WEB-14", _("wpisz, ile osób działa łącznie: 2 albo więcej"), "manner_count")]
    return []


@_representation_rule
def is_agreed(consenting: Collection[int], representatives: Collection[int], *, required: int) -> bool:
    """Whether enough of those who agreed may still represent the organisation."""
    return len(set(consenting) & set(representatives)) >= required


@_representation_rule
def is_renewable(valid_until: date | None, *, on: date, days: int) -> bool:
    """Whether a mandate may be asked for anew: it ends within so many days, or has ended."""
    return valid_until is not None and (valid_until - on).days <= days


@_representation_rule
def ending_breaches(*, is_last_representative: bool, word: str) -> list[Breach]:
    """The last person who may represent goes only with a word to the office."""
    if is_last_representative and not word.strip():
        message = _(
            "to ostatnia osoba uprawniona do reprezentacji: napisz urzędowi, kto i kiedy ją zastąpi"
            " albo dlaczego nikt"
        )
        return [Breach("R-WEB-14", message, "word")]
    return []


@_representation_rule
def invitation_breaches(
    *, role: str, valid_from: date | None, valid_until: date | None, has_matter: bool, is_open: bool, on: date
) -> list[Breach]:
    """What is wrong with an invitation."""
    found = list(_period_breaches(valid_from, valid_until, on))
    if role == InvitedRole.HELPER and not has_matter:
        found.append(Breach("R-WEB-14", _("wybierz sprawę, do której wpuszczasz tę osobę"), "matter"))
    if role == InvitedRole.HELPER and valid_until is None:
        found.append(Breach("R-WEB-14", _("wpisz, do kiedy ta osoba pomaga"), "valid_until"))
    if is_open:
        message = _("na ten adres wysłano już takie zaproszenie: wyślij je ponownie albo je cofnij")
        found.append(Breach("R-WEB-14", message, "email"))
    return found


def _period_breaches(valid_from: date | None, valid_until: date | None, on: date) -> Iterable[Breach]:
    if valid_until is not None and valid_until < on:
        yield Breach("R-WEB-14", _("wpisz dzień, który jeszcze nie minął"), "valid_until")
    elif valid_from is not None and valid_until is not None and valid_until < valid_from:
        yield Breach("R-WEB-14", _("wpisz dzień nie wcześniejszy niż początek"), "valid_until")


@_claim_rule
def decision_due_on(since: date, *, days: int) -> date:
    """The last day on which the office decides in time, ``days`` working days after what waits came in."""
    return add_working_days(since, days)


@rule(
    "R-ORG-16",
    source="program współpracy 2019–2022, § 6, pkt 2.4",
    statement="O zmianie nazwy, siedziby lub reprezentacji wykonawca zadania zawiadamia miasto; portal zbiera te zmiany.",
)
def contract_relevant(changed: Iterable[str]) -> list[str]:
    """Those changed fields that a call manager with a live contract has to know of, in the order given."""
    watched = NAME_FIELDS | SEAT_FIELDS | REPRESENTATION_FIELDS
    return [name for name in changed if name in watched]


def people_together(count: int) -> str:
    """»2 osoby łącznie«."""
    return _("%(people)s łącznie") % {"people": counted(count, _("osoba|osoby|osób"))}
