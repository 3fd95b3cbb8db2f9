"""Points: the card, its sum, the mean, the second look, who judges what (R-CALL-32 – 36)."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from core.common import formats
from core.legal.rules import Breach, rule

from ..enums import Form
from .committee import has_vote
from .modes import UDPP

CENT = Decimal("0.01")
ZERO = Decimal(0)


@dataclass(frozen=True)
class Sub:
    name: str
    points: int


@dataclass(frozen=True)
class Criterion:
    """One criterion of a card; ``statutory`` are its points of art. 15 sec. 1."""

    name: str
    description: str
    points: int
    statutory: tuple[int, ...]
    subs: tuple[Sub, ...] = ()


@dataclass(frozen=True)
class Row:
    """What stands in one row of a card: the criterion's name and most points, and what was typed."""

    key: str
    name: str
    most: Decimal
    points: Decimal | None = None
    justification: str = ""


# --- the card -------------------------------------------------------------------------------------


@rule(
    "R-CALL-34",
    source="ogłoszenia Miasta Krakowa z kartą oceny; punkty: zasada portalu",
    statement=(
        "Do ogłoszenia dołącza się kartę oceny. Karta domyślna ma 100 punktów i próg 60; przy powierzeniu punkty za "
        "środki własne przechodzą do jakości. Nowy oferent dostaje za dotychczasową współpracę wartość neutralną, nie 0."
    ),
)
def default_card(form: str) -> list[Criterion]:
    """The card of R-CALL-34 for a form of commissioning."""
    is_entrusted = form == Form.ENTRUST
    cooperation = Sub(_("udokumentowana współpraca z innymi podmiotami, widoczna w harmonogramie"), 5)
    quality = [
        Sub(_("diagnoza i potrzeba"), 10),
        Sub(_("spójny plan działań"), 10),
        Sub(_("rezultaty i wskaźniki"), 20 if is_entrusted else 10),
        cooperation,
    ]
    card = [
        _criterion(
            _("Możliwość realizacji zadania"),
            "",
            (1,),
            Sub(_("doświadczenie"), 10),
            Sub(_("kadra i zaplecze"), 10),
        ),
        _criterion(
            _("Kalkulacja kosztów"),
            "",
            (2,),
            Sub(_("adekwatność do zakresu zadania"), 10),
            Sub(_("realne koszty jednostkowe"), 5),
            Sub(_("przejrzystość"), 5),
        ),
        _criterion(_("Proponowana jakość wykonania zadania publicznego"), "", (3,), *quality),
    ]
    if not is_entrusted:
        card.append(Criterion(_("Środki własne i z innych źródeł"), "", 10, (4,)))
    neutral = _("Oferent bez wcześniejszych dotacji miasta dostaje wartość neutralną: 3 punkty.")
    return [
        *card,
        Criterion(_("Wkład rzeczowy i osobowy, w tym wolontariat"), "", 10, (5,)),
        Criterion(_("Dotychczasowa współpraca: rzetelność, terminowość, rozliczenia"), neutral, 5, (6,)),
    ]


def _criterion(name: str, description: str, statutory: tuple[int, ...], *subs: Sub) -> Criterion:
    return Criterion(name, description, sum(sub.points for sub in subs), statutory, subs)


@rule(
    "R-CALL-36",
    source="postulat organizacji z 2025 r. (protokół, pkt 3); wieloletni program współpracy II.2.1",
    statement="Konkurs może mieć dodatkowe kryterium strategiczne, na przykład za ofertę wspólną.",
)
def with_strategic(card: Sequence[Criterion], name: str, points: int) -> list[Criterion]:
    """The card with one criterion more, if it has a name and points."""
    return [*card, Criterion(name.strip(), "", points, ())] if name.strip() and points > 0 else list(card)


@rule(
    "R-CALL-33",
    source=f"art. 15 ust. 1 i 2, {UDPP}",
    statement=(
        "Sześć kryteriów ustawy ocenia się w każdej ofercie spełniającej wymogi, także gdy wpłynęła tylko jedna."
    ),
)
def evaluation_breaches(valid_offers: Iterable[int], scored: Iterable[int]) -> list[Breach]:
    """Offers without a finished score; one valid offer is judged like many (T20)."""
    missing = set(valid_offers) - set(scored)
    if not missing:
        return []
    words = formats.counted(len(missing), _("oferta nie ma|oferty nie mają|ofert nie ma"))
    return [
        Breach("R-CALL-33", _("Ocena: %(offers)s jeszcze wszystkich podpisanych kart.") % {"offers": words})
    ]


@rule(
    "R-CALL-35",
    source="zasada portalu",
    statement=(
        "Sumę karty liczy portal. Punkty poza zakresem, nierówne krokowi albo za krótkie uzasadnienie "
        "(co najmniej 50 znaków przy każdym kryterium) nie pozwalają podpisać karty."
    ),
)
def card_breaches(rows: Sequence[Row], *, least_words: int, step: Decimal) -> list[Breach]:
    """What stands against signing; ``least_words`` are characters of a justification, ``step`` that of points."""
    found = []
    for row in rows:
        if message := points_fault(row.points, row.most, step):
            found.append(Breach("R-CALL-35", message, f"points_{row.key}"))
        if (written := len(" ".join(row.justification.split()))) < least_words:
            values = {"least": least_words, "written": written}
            message = _("napisz co najmniej %(least)s znaków uzasadnienia, jest %(written)s") % values
            found.append(Breach("R-CALL-35", message, f"why_{row.key}"))
    return found


def points_fault(points: Decimal | None, most: Decimal, step: Decimal) -> str:
    """What is wrong with points, in words; empty when nothing is."""
    if points is None:
        return _("wpisz punkty od 0 do %(most)s") % {"most": plain(most)}
    if not ZERO <= points <= most:
        return _("wpisz punkty od 0 do %(most)s, jest %(points)s") % {
            "most": plain(most),
            "points": plain(points),
        }
    if points % step:
        return _("punkty przyznajemy co %(step)s") % {"step": plain(step)}
    return ""


def plain(value: Decimal) -> str:
    """»12«, »7,5«: no zeros at the end."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def total_of(points: Iterable[Decimal | None]) -> Decimal:
    """The sum of a card; what is not scored yet counts nothing."""
    return sum((one for one in points if one is not None), ZERO)


# --- several cards --------------------------------------------------------------------------------


def mean_of(totals: Sequence[Decimal]) -> Decimal | None:
    """The mean with two decimals (R-CALL-32)."""
    return (sum(totals, ZERO) / len(totals)).quantize(CENT, ROUND_HALF_UP) if totals else None


def counting(cards: Iterable[tuple[str, Decimal]]) -> list[Decimal]:
    """Of (seat, total) those totals that count: experts advise only (R-CALL-28)."""
    return [total for seat, total in cards if has_vote(seat)]


def needs_second_look(totals: Sequence[Decimal], most: Decimal, percent: Decimal) -> bool:
    """Whether the cards differ by more than so many per cent of the most points (R-CALL-32)."""
    return len(totals) > 1 and (max(totals) - min(totals)) * 100 > most * percent


# --- who judges what ------------------------------------------------------------------------------


def share_out(
    offers: Sequence[int],
    may_judge: Mapping[int, frozenset[int]],
    per_offer: int,
    *,
    seed: str = "",
    kept: Mapping[int, Sequence[int]] | None = None,
) -> dict[int, list[int]]:
    """Offer → its assessors, so that everybody has about as many offers; the same seed gives the same.

    ``may_judge`` gives for each member the offers open to it; ``kept`` those who have the offer already and keep it.
    An offer that few may judge gets fewer.
    """
    shared = {offer: list((kept or {}).get(offer, ())) for offer in offers}
    load = {member: sum(member in own for own in shared.values()) for member in may_judge}
    able = {
        offer: [m for m, known in may_judge.items() if offer in known and m not in shared[offer]]
        for offer in offers
    }
    new: dict[int, list[int]] = {offer: [] for offer in offers}
    for offer in sorted(offers, key=lambda one: (len(able[one]), one)):
        order = sorted(able[offer], key=lambda m: (load[m], _lot(seed, offer, m)))
        new[offer] = order[: max(0, per_offer - len(shared[offer]))]
        for member in new[offer]:
            load[member] += 1
    _level(new, able, load)
    return {offer: [*shared[offer], *new[offer]] for offer in offers}


def _lot(seed: str, offer: int, member: int) -> str:
    return hashlib.sha256(f"{seed}:{offer}:{member}".encode()).hexdigest()


def _level(new: dict[int, list[int]], able: Mapping[int, list[int]], load: dict[int, int]) -> None:
    """Hands offers from the busiest to the least busy as long as it makes the work more even."""
    for _round in range(sum(map(len, new.values()))):
        move = next(
            (
                (offer, busy, free)
                for offer, members in new.items()
                for busy in members
                for free in able[offer]
                if free not in members and load[busy] - load[free] > 1
            ),
            None,
        )
        if move is None:
            return
        offer, busy, free = move
        new[offer][new[offer].index(busy)] = free
        load[busy] -= 1
        load[free] += 1
