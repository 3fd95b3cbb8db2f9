"""Rules of small grants, art. 19a of the Act (domain §4). Amounts in złote, days as the rule says."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from core.common.formats import zloty
from core.legal.days import add_working_days, last_day_counted
from core.legal.rules import Breach, rule

ART_19A = "art. 19a ustawy o działalności pożytku publicznego i o wolontariacie"
HUNDRED = Decimal(100)


@rule(
    "R-SG-01",
    source=f"{ART_19A} ust. 1",
    statement="Mały grant: dotacja do kwoty ustawowej (10 000 zł) na zadanie trwające nie dłużej niż 90 dni.",
)
def size_breaches(
    *, amount: Decimal, start_on: date, end_on: date, max_amount: Decimal, max_days: int
) -> list[Breach]:
    """Both ends of the task count as days."""
    days = (end_on - start_on).days + 1
    breaches = []
    if amount > max_amount:
        breaches.append(
            Breach("R-SG-01", _("Kwota: najwyżej %(max)s.") % {"max": zloty(max_amount)}, "amount")
        )
    if days < 1:
        breaches.append(
            Breach("R-SG-01", _("Termin: koniec nie może być wcześniejszy niż początek."), "end_on")
        )
    if days > max_days:
        text = _("Termin: zadanie trwa %(days)d dni, może trwać najwyżej %(max)d.") % {
            "days": days,
            "max": max_days,
        }
        breaches.append(Breach("R-SG-01", text, "end_on"))
    return breaches


@rule(
    "R-SG-02",
    source=f"{ART_19A} ust. 6",
    statement="Jedna organizacja może dostać w roku kalendarzowym małe granty na łącznie nie więcej niż 20 000 zł.",
)
def yearly_breaches(*, granted: Decimal, amount: Decimal, yearly_limit: Decimal) -> list[Breach]:
    """``granted`` is what the organisation already has, or has asked for, in this year."""
    total = granted + amount
    if total <= yearly_limit:
        return []
    text = _(
        "Kwota: razem z tym grantem byłoby %(total)s, a w roku może być najwyżej %(limit)s. Zmniejsz kwotę o %(over)s."
    ) % {
        "total": zloty(total),
        "limit": zloty(yearly_limit),
        "over": zloty(total - yearly_limit),
    }
    return [Breach("R-SG-02", text, "amount")]


@rule(
    "R-SG-03",
    source=f"{ART_19A} ust. 7",
    statement="Małe granty nie mogą przekroczyć 20% dotacji zaplanowanych w roku na zadania zlecane organizacjom.",
)
def pool(*, planned_grants: Decimal, share_percent: Decimal) -> Decimal:
    """The pool of small grants of a year, rounded down to the grosz."""
    return (planned_grants * share_percent / HUNDRED).quantize(Decimal("0.01"), rounding="ROUND_DOWN")


@rule(
    "R-SG-09",
    source=f"{ART_19A}; ustawienie miasta",
    statement="Limity sprawdza się przy złożeniu i przy umowie; przekroczenie puli miasta jest ostrzeżeniem.",
)
def pool_warnings(*, spent: Decimal, amount: Decimal, whole_pool: Decimal) -> list[Breach]:
    """A warning, not a refusal, when the city's pool would be overdrawn."""
    if spent + amount <= whole_pool:
        return []
    left = zloty(max(whole_pool - spent, Decimal(0)))
    return [
        Breach(
            "R-SG-09",
            _("Pula miasta: zostało %(left)s, kwota ją przekracza.") % {"left": left},
            "amount",
            is_warning=True,
        )
    ]


def counted_shares(split: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """A joint offer counts to each partner by its own share (R-SG-09): partner → amount."""
    return dict(split)


@rule(
    "R-SG-04",
    source=f"{ART_19A} ust. 3",
    statement="Ofertę publikuje się w BIP, na tablicy i na stronie nie później niż 7 dni roboczych od jej wpłynięcia.",
)
def publish_due(received_on: date, *, working_days: int) -> date:
    """The last day for posting the offer."""
    return add_working_days(received_on, working_days)


@rule(
    "R-SG-05",
    source=f"{ART_19A} ust. 4",
    statement="Każdy może zgłosić uwagi do oferty w ciągu 7 dni od jej opublikowania.",
)
def remarks_until(published_on: date, *, days: int) -> date:
    """The last day for remarks."""
    return last_day_counted(published_on, days)
