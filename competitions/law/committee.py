"""The committee: whom it needs, who must not judge, when it can decide (R-CALL-25 – 32)."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from core.legal.rules import Breach, rule

from ..enums import BlockKind, MemberRole, NgoAbsence, Seat
from .modes import UDPP


@dataclass(frozen=True)
class Member:
    """A person of the committee as the rules see it; ``excluded_by`` says that an offeror named this person."""

    pk: int
    seat: str
    role: str = MemberRole.MEMBER
    excluded_by: str = ""


@dataclass(frozen=True)
class Parties:
    """An offer and the organisations behind it: the offeror and the partners of a joint offer."""

    offer: int
    organizations: frozenset[int]
    part: int | None = None


@dataclass(frozen=True)
class Ties:
    """The organisations a member has to do with; ``declared`` is what the member has said itself."""

    named_by: frozenset[int] = frozenset()
    own: frozenset[int] = frozenset()
    declared: frozenset[int] = frozenset()


@dataclass(frozen=True, order=True)
class Block:
    """Why offers are closed to a member; ``part`` is None when the whole call is."""

    kind: str
    organization: int
    part: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Access:
    """What a member may open: nothing before the declaration, then all that no conflict closes."""

    is_declared: bool
    blocks: tuple[Block, ...] = ()

    @property
    def is_blocked(self) -> bool:
        """Closed for the whole call."""
        return any(block.part is None for block in self.blocks)

    def is_open_to(self, part: int | None) -> bool:
        closed = {block.part for block in self.blocks}
        return self.is_declared and not self.is_blocked and part not in closed


# --- composition ----------------------------------------------------------------------------------


@rule(
    "R-CALL-25",
    source=f"art. 15 ust. 2a i 2b, {UDPP}",
    statement="Organ ogłaszający konkurs powołuje komisję, która opiniuje oferty. Są w niej przedstawiciele organu.",
)
def office_breaches(members: Sequence[Member]) -> list[Breach]:
    """A committee needs somebody of the office, and exactly one person in the chair."""
    found = []
    if not any(m.seat == Seat.OFFICE for m in members):
        found.append(Breach("R-CALL-25", _("Komisja: dodaj co najmniej jedną osobę z urzędu.")))
    chairs = [m for m in members if m.role == MemberRole.CHAIR]
    if len(chairs) != 1:
        found.append(Breach("R-CALL-25", _("Komisja: wskaż jedną osobę, która przewodniczy.")))
    if any(m.seat == Seat.EXPERT for m in chairs):
        found.append(Breach("R-CALL-28", _("Komisja: ekspert ma głos doradczy i nie może przewodniczyć.")))
    return found


@rule(
    "R-CALL-26",
    source=f"art. 15 ust. 2d, {UDPP}; wieloletni program współpracy, § 6, standard 8",
    statement=(
        "W komisji są osoby wskazane przez organizacje, co najmniej jedna, z wyłączeniem osób wskazanych przez "
        "organizacje biorące udział w konkursie."
    ),
)
def ngo_breaches(members: Sequence[Member], absence: str) -> list[Breach]:
    """Somebody named by NGOs, or one of the three cases in which the Act lets the committee work without."""
    excluded = [
        Breach(
            "R-CALL-26",
            _(
                "Komisja: osobę wskazała organizacja %(name)s, która bierze udział w konkursie. Zastąp tę osobę."
            )
            % {"name": m.excluded_by},
        )
        for m in members
        if m.seat == Seat.NGO and m.excluded_by
    ]
    has_ngo = any(m.seat == Seat.NGO and not m.excluded_by for m in members)
    if has_ngo or absence in NgoAbsence.values:
        return excluded
    message = _(
        "Komisja: dodaj osobę wskazaną przez organizacje albo zapisz, dlaczego komisja pracuje bez niej (R-CALL-27)."
    )
    return [*excluded, Breach("R-CALL-26", message, "ngo_absence")]


@rule(
    "R-CALL-27",
    source=f"art. 15 ust. 2da, {UDPP}",
    statement=(
        "Komisja może pracować bez osób wskazanych przez organizacje, gdy nikogo nie wskazano, wskazane osoby nie "
        "przyszły albo wszystkie są wyłączone. Protokół mówi, który to przypadek."
    ),
)
def absence_case(named: int, excluded: int, *, came: bool = True) -> str:
    """Which of the three cases holds, from the numbers of persons named and excluded; empty when none does."""
    if named == 0:
        return NgoAbsence.NONE_NAMED
    if excluded >= named:
        return NgoAbsence.ALL_EXCLUDED
    return "" if came else NgoAbsence.DID_NOT_COME


@rule(
    "R-CALL-28",
    source=f"art. 15 ust. 2e, {UDPP}",
    statement="W pracach komisji mogą brać udział eksperci, z głosem doradczym. Ich punkty nie wchodzą do średniej.",
)
def has_vote(seat: str) -> bool:
    return seat != Seat.EXPERT


def committee_breaches(members: Sequence[Member], absence: str) -> list[Breach]:
    """Everything that stands against appointing this committee."""
    return [*office_breaches(members), *ngo_breaches(members, absence)]


# --- candidates -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Application:
    """An application to the pool: ``is_taking_part`` says that the naming organisation has an offer in the call."""

    at: datetime
    until: datetime | None = None
    has_spheres: bool = True
    has_experience: bool = True
    has_statement: bool = True
    has_consent: bool = True
    is_taking_part: bool = False


@rule(
    "R-CALL-30",
    source="zasada portalu na wzór ogłoszeń gmin; art. 15 ust. 2d UDPP",
    statement=(
        "Kandydatka lub kandydat do komisji podaje sfery, doświadczenie i organizację, która ją wskazuje, oświadcza o "
        "pełni praw publicznych i zgadza się na przetwarzanie danych. Nabór trwa przez rok albo do dnia z ogłoszenia."
    ),
)
def application_breaches(facts: Application) -> list[Breach]:
    """What an application lacks, field by field."""
    wanted = (
        (facts.has_spheres, "spheres", _("wybierz co najmniej jedną sferę, w której możesz oceniać oferty")),
        (facts.has_experience, "experience", _("opisz doświadczenie, choćby jednym zdaniem")),
        (
            facts.has_statement,
            "has_full_rights",
            _("zaznacz oświadczenie, bez niego nie przyjmiemy zgłoszenia"),
        ),
        (facts.has_consent, "has_consented", _("zaznacz zgodę, bez niej nie możemy przetwarzać danych")),
    )
    found = [Breach("R-CALL-30", message, name) for is_there, name, message in wanted if not is_there]
    if facts.until is not None and facts.at > facts.until:
        found.append(Breach("R-CALL-30", _("Nabór do tej komisji już się zakończył.")))
    if facts.is_taking_part:
        message = _("ta organizacja bierze udział w konkursie, więc nie może wskazać osoby do jego komisji")
        found.append(Breach("R-CALL-26", message, "naming_organization"))
    return found


def draw(pool: Iterable[int], seats: int, *, seed: str) -> list[int]:
    """Draws by lot: whoever has the seed and the list of numbers gets the same people in the same order."""
    tickets = sorted(set(pool), key=lambda pk: hashlib.sha256(f"{seed}:{pk}".encode()).hexdigest())
    return tickets[:seats]


# --- impartiality ---------------------------------------------------------------------------------


@rule(
    "R-CALL-29",
    source=f"art. 15 ust. 2f, {UDPP}, w zw. z art. 24 Kodeksu postępowania administracyjnego",
    statement=(
        "Nie ocenia, kto podlega wyłączeniu jak pracownik urzędu albo jest w relacji z oferentem, która budzi "
        "wątpliwość co do bezstronności."
    ),
)
def declaration_breaches(*, is_confirmed: bool, conflicts: Mapping[int, str]) -> list[Breach]:
    """``conflicts`` gives for each organisation marked the kind of conflict."""
    found = [
        Breach("R-CALL-29", _("wybierz, jaki to konflikt"), f"kind_{organization}")
        for organization, kind in conflicts.items()
        if not kind
    ]
    if not is_confirmed:
        message = _("potwierdź oświadczenie, dopiero wtedy pokażemy oferty")
        found.append(Breach("R-CALL-29", message, "is_confirmed"))
    return found


@rule(
    "R-CALL-31",
    source="zasada portalu z art. 15 ust. 2d i 2f UDPP",
    statement=(
        "Przed ofertami każda osoba z komisji składa oświadczenie wobec listy oferentów i partnerów. Konflikt "
        "zamyka konkurs, a w konkursie z częściami tę część. Portal blokuje też sam: gdy organizacja tej osoby "
        "jest oferentem lub partnerem."
    ),
)
def access_of(ties: Ties, offers: Sequence[Parties], declared_to: frozenset[int] | None) -> Access:
    """What a member may open. ``declared_to`` are the organisations on the list the member has signed, None before.

    A person named by somebody who takes part is out of the whole call (art. 15 sec. 2d); another tie closes the
    part in which that organisation has its offer. A new offeror or partner asks for a new declaration.
    """
    everybody = frozenset().union(*(offer.organizations for offer in offers))
    found = [Block(BlockKind.NAMED_BY, one) for one in sorted(ties.named_by & everybody)]
    for offer in offers:
        for kind, tied in ((BlockKind.OWN, ties.own), (BlockKind.DECLARED, ties.declared)):
            found += [Block(kind, one, offer.part) for one in sorted(tied & offer.organizations)]
    return Access(declared_to is not None and everybody <= declared_to, tuple(found))


# --- deciding together ----------------------------------------------------------------------------


@rule(
    "R-CALL-32",
    source="zasada portalu; regulaminy komisji konkursowych",
    statement=(
        "Komisja decyduje w obecności co najmniej połowy osób z prawem głosu, w tym przewodniczącej lub zastępującej "
        "osoby. Wynik to średnia z dwoma miejscami po przecinku albo wspólna karta."
    ),
)
def has_quorum(members: Sequence[Member], present: Iterable[int]) -> bool:
    """Whether those present can decide; experts do not count."""
    voting = [m for m in members if has_vote(m.seat)]
    here = {m.pk for m in voting} & set(present)
    is_led = any(m.pk in here and m.role in (MemberRole.CHAIR, MemberRole.DEPUTY) for m in voting)
    return bool(voting) and is_led and 2 * len(here) >= len(voting)
