"""Choosing, publishing the choice, and cancelling (R-CALL-37 – 41)."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from core.common import formats
from core.documents.enums import Purpose
from core.legal.days import end_of_period
from core.legal.rules import Breach, rule

from ..enums import BEFORE_NOTICE, Outcome
from .deadlines import places_breaches
from .facts import CallFacts, OfferResult, Results
from .modes import UDPP, binding


@rule(
    "R-CALL-37",
    source=f"art. 15 ust. 2g, 2h i 2j, {UDPP}",
    statement="Wyniki ogłasza się bez zwłoki w trzech miejscach: w BIP, na tablicy ogłoszeń i na stronie internetowej.",
)
def results_publication_breaches(facts: CallFacts) -> list[Breach]:
    """Results are published when all three places have them."""
    published = facts.published(Purpose.RESULTS)
    return binding(facts.mode, places_breaches(published, _("Wyniki"), "R-CALL-37"))


@rule(
    "R-CALL-38",
    source=f"art. 15 ust. 2h, {UDPP}",
    statement="Wyniki zawierają nazwę oferenta, nazwę zadania i wysokość przyznanych środków; nigdy danych osób.",
)
def results_breaches(facts: CallFacts) -> list[Breach]:
    """What the results lack; a call without any acceptable offer has to be cancelled instead."""
    if must_cancel(facts.results):
        return [Breach("R-CALL-40", _must_cancel_message())]
    if not any(offer.outcome == Outcome.AWARDED for offer in facts.results.offers):
        return [Breach("R-CALL-38", _("Wyniki: dodaj co najmniej jedną ofertę z przyznaną dotacją."))]
    incomplete = (_what_lacks(number, offer) for number, offer in enumerate(facts.results.offers, start=1))
    return [Breach("R-CALL-38", message) for message in incomplete if message]


def _what_lacks(number: int, offer: OfferResult) -> str:
    name = offer.organisation or _("oferta nr %(number)s") % {"number": number}
    if not offer.organisation:
        return _("Wyniki, %(name)s: wpisz nazwę oferenta.") % {"name": name}
    if not offer.title:
        return _("Wyniki, %(name)s: wpisz nazwę zadania.") % {"name": name}
    if offer.outcome == Outcome.AWARDED and offer.amount is None:
        return _("Wyniki, %(name)s: wpisz przyznaną kwotę.") % {"name": name}
    return ""


@rule(
    "R-CALL-41",
    source="art. 13 ust. 2 pkt 2; zasada portalu",
    statement="Suma przyznanych dotacji nie przekracza puli konkursu, a dotacja nie przekracza kwoty, o którą proszono.",
)
def pool_breaches(facts: CallFacts) -> list[Breach]:
    """Awards beyond the pool, or beyond what was asked for."""
    awarded = [o for o in facts.results.offers if o.outcome == Outcome.AWARDED]
    total = sum((o.amount for o in awarded if o.amount is not None), Decimal(0))
    found = []
    if facts.money.total is not None and total > facts.money.total:
        values = {"sum": formats.zloty(total), "pool": formats.zloty(facts.money.total)}
        message = _("Wyniki: przyznano razem %(sum)s, a pula to %(pool)s.") % values
        found.append(Breach("R-CALL-41", message, is_warning=facts.money.is_approximate))
    return found + [_beyond_request(offer) for offer in awarded if _is_beyond_request(offer)]


def _is_beyond_request(offer: OfferResult) -> bool:
    return offer.amount is not None and offer.requested is not None and offer.amount > offer.requested


def _beyond_request(offer: OfferResult) -> Breach:
    values = {"name": offer.organisation, "sum": formats.zloty(offer.requested)}
    return Breach("R-CALL-41", _("Wyniki, %(name)s: przyznano więcej, niż wnioskowano (%(sum)s).") % values)


@rule(
    "R-CALL-39",
    source=f"art. 15 ust. 2i, {UDPP}",
    statement=(
        "Każdy może w ciągu 30 dni od ogłoszenia wyników zapytać o uzasadnienie wyboru lub odrzucenia oferty. "
        "Odwołania od samego wyboru nie ma."
    ),
)
def justification_until(results_on: date, *, days: int) -> date:
    """The last day for asking for reasons, moved past days off; T13: 15 January → 15 February 2027."""
    return end_of_period(results_on, days)


@rule(
    "R-CALL-40",
    source=f"art. 18a, {UDPP}",
    statement=(
        "Konkurs unieważnia się, gdy nie złożono żadnej oferty albo żadna nie spełniła wymogów ogłoszenia. "
        "Unieważnienie ogłasza się w tych samych trzech miejscach."
    ),
)
def must_cancel(results: Results) -> bool:
    """Whether the law leaves no choice: no offer came, or all were rejected on formal grounds (T21)."""
    if results.offers_submitted is None:
        return False
    return results.offers_submitted == 0 or results.formally_rejected == results.offers_submitted


def _must_cancel_message() -> str:
    return _(
        "Konkurs trzeba unieważnić: nie ma ani jednej oferty, która spełnia wymogi ogłoszenia (art. 18a, R-CALL-40)"
    )


def cancellation_breaches(facts: CallFacts) -> list[Breach]:
    """A published call is cancelled in three places, on a ground of the Act or one reserved in the notice."""
    if facts.state in BEFORE_NOTICE:
        return []
    found = places_breaches(facts.published(Purpose.CANCELLATION), _("Unieważnienie"), "R-CALL-40")
    if not must_cancel(facts.results) and not facts.has_cancellation_reservation:
        message = _(
            "Unieważnienie: ogłoszenie nie zastrzega innych powodów, a wymogi spełnia co najmniej jedna oferta "
            "albo nie wpisano jeszcze liczby ofert (R-CALL-40)"
        )
        found.append(Breach("R-CALL-40", message, "cancellation_reservation"))
    return binding(facts.mode, found)
