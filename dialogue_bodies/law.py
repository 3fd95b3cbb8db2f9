"""Rules of dialogue bodies: the public-benefit council and the civic dialogue commissions (domain §7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from core.common.formats import counted, day
from core.legal.days import add_years, last_day_counted
from core.legal.rules import Breach, rule

from .enums import BodyRole, Outcome, Side

ACT = "ustawy o działalności pożytku publicznego i o wolontariacie"
COUNCIL_ACT = "uchwała RMK nr XLI/731/16"
KDO_ACT = "zarządzenie PMK nr 1379/2019"
DAYS_A_MONTH = 30.4375


@dataclass(frozen=True)
class BodyFacts:
    """What the rules of the life of a body ask about. Months of silence are whole months."""

    is_commission: bool
    founding_organizations: int
    min_organizations: int
    has_legal_act: bool
    has_unit: bool
    last_meeting_on: date | None
    today: date
    inactive_months: int


@dataclass(frozen=True)
class MeetingFacts:
    """What the rules of a meeting ask about."""

    starts_on: date
    announced_on: date
    notice_days: int
    has_agenda: bool
    has_place: bool


@rule(
    "R-KRDPP-02",
    source=f"art. 41f {ACT}",
    statement="W radzie pożytku zasiadają przedstawiciele rady miasta, prezydenta i organizacji; organizacje mają co najmniej połowę miejsc.",
)
def side_breaches(seats: Mapping[str, int], *, ngo_share_percent: int) -> list[Breach]:
    """``seats`` maps a side to its number of seats."""
    total = sum(seats.get(side, 0) for side in (Side.NGO, Side.CITY_COUNCIL, Side.MAYOR))
    if total and seats.get(Side.NGO, 0) * 100 < total * ngo_share_percent:
        text = _("Skład: organizacje mają %(ngo)d z %(total)d miejsc, a powinny mieć co najmniej połowę.")
        return [Breach("R-KRDPP-02", text % {"ngo": seats.get(Side.NGO, 0), "total": total}, "seats_ngo")]
    return []


@rule(
    "R-KRDPP-03",
    source=COUNCIL_ACT,
    statement="Krakowska rada ma 16 osób: 8 z organizacji, 4 z Rady Miasta i 4 wskazane przez Prezydenta.",
)
def seat_breaches(seats: Mapping[str, int], taken: Mapping[str, int]) -> list[Breach]:
    """More members on a side than its seats; an empty seat is allowed and shown as vacant."""
    return [
        Breach(
            "R-KRDPP-03",
            _("Skład: strona „%(side)s” ma %(taken)d osób na %(seats)d miejsc.")
            % {"side": Side(side).label, "taken": taken[side], "seats": seats[side]},
            "memberships",
        )
        for side in seats
        if taken.get(side, 0) > seats[side] > 0
    ]


@rule(
    "R-KRDPP-05",
    source=COUNCIL_ACT,
    statement="Kadencja rady trwa liczbę lat zapisaną w parametrze (w Krakowie 3).",
)
def term_end(starts_on: date, *, years: int) -> date:
    """The last day of a term."""
    return add_years(starts_on, years) - timedelta(days=1)


@rule(
    "R-KRDPP-06",
    source="praktyka rady; strona ngo.krakow.pl",
    statement="Radą kierują dwie osoby współprzewodniczące: jedna ze strony miasta, druga ze strony organizacji.",
)
def chair_breaches(roles: list[str]) -> list[Breach]:
    """At most one person in each leading function at a time."""
    leading = [r for r in BodyRole if r != BodyRole.MEMBER and roles.count(r) > 1]
    return [
        Breach(
            "R-KRDPP-06",
            _("Skład: funkcję „%(role)s” pełni więcej niż jedna osoba.") % {"role": role.label},
            "memberships",
        )
        for role in leading
    ]


@rule(
    "R-KRDPP-07",
    source=f"art. 41e {ACT}; zarządzenia PMK",
    statement="Członków rady powołuje i zmienia Prezydent zarządzeniem; portal wymaga numeru aktu.",
)
def appointment_breaches(*, legal_act: str) -> list[Breach]:
    if legal_act.strip():
        return []
    return [Breach("R-KRDPP-07", _("Akt powołania: wpisz numer i datę zarządzenia."), "legal_act")]


@rule(
    "R-KRDPP-10",
    source=f"art. 41i ust. 2 {ACT}",
    statement="Rada opiniuje projekt programu lub strategii w ciągu 14 dni od doręczenia; milczenie oznacza rezygnację z opinii.",
)
def opinion_due(delivered_on: date, *, days: int) -> date:
    """The last day for the opinion. The period does not move past days off: silence has legal effect."""
    return last_day_counted(delivered_on, days)


@rule(
    "R-KRDPP-11",
    source="opracowanie własne; statystyka rady za 2015 r.",
    statement="Wynik opiniowania: pozytywna, pozytywna z uwagami, negatywna, odstąpienie albo brak opinii w terminie.",
)
def outcome_on(outcome: str, *, due_on: date, today: date) -> str:
    """The outcome as it stands on a day: awaited until the last day, then »no opinion in time«."""
    return Outcome.NO_OPINION_IN_TIME if outcome == Outcome.AWAITED and today > due_on else outcome


@rule(
    "R-KRDPP-19",
    source="ustawienie miasta",
    statement="Zaproszenie z porządkiem obrad wysyła się co najmniej 7 dni przed posiedzeniem, protokół publikuje do 14 dni po nim.",
)
def notice_breaches(facts: MeetingFacts) -> list[Breach]:
    """A late notice is a warning (urgent meetings happen); a missing place or agenda stops it."""
    breaches = []
    if not facts.has_agenda:
        breaches.append(Breach("R-KRDPP-19", _("Porządek obrad: wpisz co najmniej jeden punkt."), "agenda"))
    if not facts.has_place:
        breaches.append(
            Breach("R-KRDPP-19", _("Miejsce: podaj adres albo odnośnik do spotkania online."), "place")
        )
    ahead = (facts.starts_on - facts.announced_on).days
    if ahead < facts.notice_days:
        latest = facts.starts_on - timedelta(days=facts.notice_days)
        text = _(
            "Zawiadomienie: do posiedzenia zostało mniej niż %(days)s; należało je ogłosić do %(latest)s."
        )
        values = {"days": counted(facts.notice_days, _("dzień|dni|dni")), "latest": day(latest)}
        breaches.append(Breach("R-KRDPP-19", text % values, "starts_at", is_warning=True))
    return breaches


@rule(
    "R-KDO-07",
    source=f"{KDO_ACT}; ustawienie miasta",
    statement="Z każdego posiedzenia powstaje protokół, publikowany w portalu w ciągu 14 dni.",
)
def minutes_due(held_at: datetime, *, days: int) -> date:
    """The last day for publishing the minutes."""
    return last_day_counted(held_at.date(), days)


@rule(
    "R-KDO-04",
    source="ustawienie miasta (parametr)",
    statement="Komisję dialogu zakłada co najmniej tyle organizacji, ile podaje parametr (5).",
)
def founding_breaches(facts: BodyFacts) -> list[Breach]:
    if not facts.is_commission or facts.founding_organizations >= facts.min_organizations:
        return []
    text = _("Założyciele: komisję zakłada co najmniej %(min)s, jest %(now)d.")
    values = {
        "min": counted(facts.min_organizations, _("organizacja|organizacje|organizacji")),
        "now": facts.founding_organizations,
    }
    return [Breach("R-KDO-04", text % values, "memberships")]


@rule(
    "R-KDO-02",
    source=KDO_ACT,
    statement="Ciało dialogu działa na podstawie aktu, który portal podaje na jego stronie.",
)
def basis_breaches(facts: BodyFacts) -> list[Breach]:
    return (
        []
        if facts.has_legal_act
        else [Breach("R-KDO-02", _("Podstawa: wpisz akt, na podstawie którego ciało działa."), "legal_act")]
    )


@rule(
    "R-KRDPP-04",
    source="uchwały RMK nr XXXIV/432/11 i XLI/731/16",
    statement="Rada pożytku działa na podstawie uchwały Rady Miasta; portal podaje ją na stronie rady.",
)
def council_basis_breaches(*, legal_basis: str) -> list[Breach]:
    """The council's page names a resolution; an ordinance of the Mayor alone does not found it."""
    if "uchwał" in legal_basis.lower():
        return []
    return [
        Breach(
            "R-KRDPP-04",
            _("Podstawa: wpisz uchwałę Rady Miasta, na której działa rada."),
            "legal_basis",
            is_warning=True,
        )
    ]


@rule(
    "R-KDO-03",
    source=KDO_ACT,
    statement="Komisja dialogu działa przy komórce urzędu, która zajmuje się jej dziedziną.",
)
def unit_breaches(facts: BodyFacts) -> list[Breach]:
    if not facts.is_commission or facts.has_unit:
        return []
    return [Breach("R-KDO-03", _("Komórka: wskaż komórkę urzędu, przy której działa komisja."), "unit")]


@rule(
    "R-KDO-06",
    source="ustawienie miasta (parametr)",
    statement="Komisja ma prezydium: przewodniczącą lub przewodniczącego, zastępstwo i sekretarza, na kadencję 3 lat.",
)
def presidium_end(elected_on: date, *, years: int) -> date:
    """The last day of the presidium elected on a day."""
    return term_end(elected_on, years=years)


@rule(
    "R-KDO-05",
    source="praktyka KDO ds. Młodzieży; ustawienie miasta",
    statement="Komisja jest otwarta: organizacja ma jeden głos, przedstawicielkę lub przedstawiciela i osobę zastępującą.",
)
def representation_breaches(organization_ids: list[int]) -> list[Breach]:
    """``organization_ids`` of present members who are not deputies: each organisation once."""
    repeated = {pk for pk in organization_ids if organization_ids.count(pk) > 1}
    if not repeated:
        return []
    return [
        Breach(
            "R-KDO-05",
            _("Skład: organizacja może mieć jedną osobę z głosem; drugą oznacz jako zastępującą."),
            "memberships",
        )
    ]


@rule(
    "R-KDO-08",
    source="ustawienie miasta (parametr)",
    statement="Komisja bez posiedzenia przez 12 miesięcy jest pokazywana jako nieaktywna.",
)
def silence_breaches(facts: BodyFacts) -> list[Breach]:
    """A breach while the body has met within the period, so that the portal does not mark it."""
    if facts.last_meeting_on is None:
        return [Breach("R-KDO-08", _("Portal nie zna żadnego posiedzenia tego ciała."))]
    months = (facts.today - facts.last_meeting_on).days / DAYS_A_MONTH
    if months >= facts.inactive_months:
        return []
    return [
        Breach(
            "R-KDO-08",
            _("Ostatnie posiedzenie było %(on)s, to mniej niż wymagany okres.")
            % {"on": day(facts.last_meeting_on)},
        )
    ]


@rule(
    "R-KDO-12",
    source="ustawienie miasta",
    statement="Posiedzenia są otwarte, chyba że zapowiedziano inaczej; prywatne kontakty członków nie są publiczne.",
)
def is_open_meeting(*, is_closed_by_notice: bool) -> bool:
    """Everybody may come unless the notice says otherwise."""
    return not is_closed_by_notice


@rule(
    "R-KDO-11",
    source="opracowanie własne",
    statement="Rady, komisje, fora i zespoły mają w portalu jeden model: skład, posiedzenia, dokumenty, prośby o opinię.",
)
def is_shown(*, is_being_formed: bool) -> bool:
    """Whatever its kind, a body is public from its appointment on."""
    return not is_being_formed


# --- R-CNS-08 ---------------------------------------------------------------------------------------


@rule(
    "R-CNS-08",
    source="ustawienie miasta",
    statement="O ogłoszonych konsultacjach portal sam zawiadamia radę działalności pożytku publicznego i komisje "
    "dialogu przy jednostkach, które je prowadzą; mogą one dołączyć opinię.",
)
def is_told(*, is_council: bool, unit: int | None, asking: frozenset[int]) -> bool:
    """Whether a body is told of a consultation of these units: the council always, others at their unit."""
    return is_council or unit in asking
