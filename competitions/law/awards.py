"""Money: from the ranking to awards within the pool (R-CALL-41), and ties decided in the open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal

from django.utils.translation import gettext as _

from core.common import formats
from core.legal.rules import Breach, rule

from ..enums import Outcome
from .scoring import CENT, ZERO, plain


@dataclass(frozen=True)
class Ranked:
    """An offer with its mean, and what is proposed for it; ``by_year`` splits the amount."""

    offer: int
    mean: Decimal
    requested: Decimal
    part: int | None = None
    outcome: str = Outcome.NOT_AWARDED
    amount: Decimal = ZERO
    by_year: Mapping[int, Decimal] = field(default_factory=dict)
    tie_reason: str = ""
    name: str = ""


@dataclass(frozen=True)
class Pool:
    """The money of a call: all of it, of its parts, of its years; None where the notice sets no limit."""

    total: Decimal | None = None
    by_part: Mapping[int, Decimal] = field(default_factory=dict)
    by_year: Mapping[int, Decimal] = field(default_factory=dict)
    part_names: Mapping[int, str] = field(default_factory=dict)


def ranking(offers: Iterable[Ranked]) -> list[Ranked]:
    """From the best; among equals the order is that of the numbers, and only a person may decide it."""
    return sorted(offers, key=lambda one: (-one.mean, one.offer))


def tied(offers: Sequence[Ranked]) -> set[int]:
    """Offers of the same part with the same mean that were not treated alike."""
    groups: dict[tuple[int | None, Decimal], list[Ranked]] = {}
    for one in offers:
        groups.setdefault((one.part, one.mean), []).append(one)
    return {
        one.offer
        for group in groups.values()
        if len({member.outcome for member in group}) > 1
        for one in group
    }


def propose(
    offers: Iterable[Ranked],
    pool: Pool,
    *,
    minimum: Decimal | None,
    share: Decimal = Decimal(100),
    takes_rest: bool = False,
) -> list[Ranked]:
    """A proposal from the top of the ranking while the money lasts: ``share`` per cent of what was asked for.

    An offer the rest does not cover goes to the reserve list, or with ``takes_rest`` gets the rest.
    """
    left = pool.total
    left_by_part = dict(pool.by_part)
    found = []
    for one in ranking(offers):
        if minimum is not None and one.mean < minimum:
            found.append(_with(one, Outcome.BELOW_THRESHOLD, ZERO, pool))
            continue
        wanted = (one.requested * share / 100).quantize(CENT, ROUND_DOWN)
        room = [limit for limit in (left, left_by_part.get(one.part)) if limit is not None]  # type: ignore[arg-type]
        amount = min([wanted, *room]) if takes_rest else wanted
        if amount <= 0 or any(amount > limit for limit in room):
            found.append(_with(one, Outcome.RESERVE, ZERO, pool))
            continue
        left = None if left is None else left - amount
        if one.part in left_by_part:
            left_by_part[one.part] -= amount
        found.append(_with(one, Outcome.AWARDED, amount, pool))
    return found


def _with(one: Ranked, outcome: str, amount: Decimal, pool: Pool) -> Ranked:
    by_year = split_by_year(amount, pool.by_year) if outcome == Outcome.AWARDED else {}
    return Ranked(
        one.offer, one.mean, one.requested, one.part, outcome, amount, by_year, one.tie_reason, one.name
    )


def split_by_year(amount: Decimal, years: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """The amount over the budget years, in their proportion; the last year takes the rest of a grosz."""
    whole = sum(years.values(), ZERO)
    if not years or not whole:
        return {}
    ordered = sorted(years)
    shares = {year: (amount * years[year] / whole).quantize(CENT, ROUND_DOWN) for year in ordered}
    shares[ordered[-1]] += amount - sum(shares.values(), ZERO)
    return shares


@rule(
    "R-CALL-41",
    source="art. 13 ust. 2 pkt 2; zasada portalu",
    statement="Suma przyznanych dotacji nie przekracza puli konkursu, a dotacja nie przekracza kwoty, o którą proszono.",
)
def proposal_breaches(offers: Sequence[Ranked], pool: Pool, *, minimum: Decimal | None) -> list[Breach]:
    """R-CALL-41, and that a tie or an award below the threshold is decided in the open."""
    awarded = [one for one in offers if one.outcome == Outcome.AWARDED]
    return [
        *_pool_breaches(awarded, pool),
        *(breach for one in offers for breach in _offer_breaches(one, pool, minimum)),
        *_tie_breaches(offers),
    ]


def _pool_breaches(awarded: Sequence[Ranked], pool: Pool) -> list[Breach]:
    limits = [(_("cały konkurs"), pool.total, sum((one.amount for one in awarded), ZERO))]
    for part, budget in pool.by_part.items():
        spent = sum((one.amount for one in awarded if one.part == part), ZERO)
        limits.append((pool.part_names.get(part, ""), budget, spent))
    for year, budget in pool.by_year.items():
        spent = sum((one.by_year.get(year, ZERO) for one in awarded), ZERO)
        limits.append((_("rok %(year)s") % {"year": year}, budget, spent))
    return [
        Breach(
            "R-CALL-41",
            _("Pula (%(what)s): proponujesz razem %(spent)s, a jest %(limit)s. Zmniejsz dotacje o %(over)s.")
            % {
                "what": what,
                "spent": formats.zloty(spent),
                "limit": formats.zloty(limit),
                "over": formats.zloty(spent - limit),
            },
        )
        for what, limit, spent in limits
        if limit is not None and spent > limit
    ]


def _offer_breaches(one: Ranked, pool: Pool, minimum: Decimal | None) -> list[Breach]:
    found = []
    field_name = f"amount_{one.offer}"
    if one.outcome != Outcome.AWARDED:
        if one.amount:
            found.append(_fault(_("kwotę ma tylko oferta z dotacją, zostaw 0"), field_name))
        return found
    if one.amount <= 0:
        found.append(_fault(_("wpisz kwotę dotacji"), field_name))
    if one.amount > one.requested:
        limit = {"limit": formats.zloty(one.requested)}
        found.append(_fault(_("dotacja nie może przekroczyć kwoty z oferty: %(limit)s") % limit, field_name))
    if minimum is not None and one.mean < minimum:
        values = {"mean": plain(one.mean), "minimum": plain(minimum)}
        message = _("oferta ma %(mean)s punktów, a próg to %(minimum)s") % values
        found.append(_fault(message, f"outcome_{one.offer}"))
    if pool.by_year and sum(one.by_year.values(), ZERO) != one.amount:
        found.append(_fault(_("kwoty lat nie dają razem kwoty dotacji"), field_name))
    return found


def _tie_breaches(offers: Sequence[Ranked]) -> list[Breach]:
    by_offer = {one.offer: one for one in offers}
    return [
        _fault(
            _("ta oferta ma tyle samo punktów co inna: napisz, dlaczego wynik jest inny"),
            f"tie_{offer}",
            "R-CALL-32",
        )
        for offer in sorted(tied(offers))
        if not by_offer[offer].tie_reason.strip()
    ]


def _fault(message: str, name: str, code: str = "R-CALL-41") -> Breach:
    return Breach(code, message, name)


def needs_revision(amount: Decimal, requested: Decimal) -> bool:
    """An award lower than what was asked for sends the offer back for a new budget (R-CALL-41)."""
    return amount < requested
