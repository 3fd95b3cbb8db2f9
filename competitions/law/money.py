"""Limits and sums of a notice (R-CALL-14, R-CALL-15)."""

import operator
from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from core.common import formats
from core.legal.rules import Breach, rule

from .facts import CallFacts, Money

FULL = Decimal(100)


@rule(
    "R-CALL-14",
    source="Praktyka ogłoszeń Krakowa; art. 13 ust. 2 pkt 2–4",
    statement=(
        "Warunki ogłoszenia są liczbami, które do siebie pasują: dotacja mieści się w puli, najniższa nie przekracza "
        "najwyższej, części i lata dają razem pulę, udziały mieszczą się w 100%."
    ),
)
def money_breaches(facts: CallFacts) -> list[Breach]:
    """Limits and sums of a notice that contradict each other."""
    return [*limit_breaches(facts), *_sums(facts.money)]


def limit_breaches(facts: CallFacts) -> list[Breach]:
    """The same without the sums, which change together with their rows."""
    return [*_grant_limits(facts.money), *_shares(facts.money), *_contributions(facts.money), *_months(facts)]


def _grant_limits(money: Money) -> list[Breach]:
    found = []
    if money.min_grant and money.max_grant and money.min_grant > money.max_grant:
        message = _("Najniższa dotacja: wpisz kwotę nie większą niż najwyższa (%(most)s).")
        found.append(Breach("R-CALL-14", message % {"most": formats.zloty(money.max_grant)}, "min_grant"))
    if money.max_grant and money.total and money.max_grant > money.total:
        message = _("Najwyższa dotacja: wpisz kwotę nie większą niż pula (%(pool)s).")
        found.append(Breach("R-CALL-14", message % {"pool": formats.zloty(money.total)}, "max_grant"))
    return found


def _sums(money: Money) -> list[Breach]:
    """Years and sources make up the pool; parts do not exceed it. »About« amounts only warn."""
    if money.total is None:
        return []
    pool = money.total
    splits = [
        (_("środki według lat"), money.by_year, operator.ne),
        (_("środki według źródeł"), money.by_source, operator.ne),
        (_("środki według części"), money.by_part, operator.gt),
        (_("podział środków"), money.by_item, operator.gt),
    ]
    return [
        Breach("R-CALL-14", _sum_message(name, amounts, pool), "budget_total", money.is_approximate)
        for name, amounts, is_wrong in splits
        if amounts and is_wrong(sum(amounts), pool)
    ]


def _sum_message(name: str, amounts: Iterable[Decimal], pool: Decimal) -> str:
    total = sum(amounts, Decimal(0))
    values = {"name": name, "sum": formats.zloty(total), "pool": formats.zloty(pool)}
    return _("Pula środków: to %(pool)s, a %(name)s dają razem %(sum)s. Popraw jedną z kwot.") % values


def _contributions(money: Money) -> list[Breach]:
    """Money is a part of the own contribution, and with the grant they do not exceed the whole."""
    own, financial, grant = money.min_own_percent, money.min_financial_percent, money.max_cofinancing_percent
    if own is not None and financial is not None and financial > own:
        message = _("Wkład finansowy (%%): wpisz najwyżej tyle, ile całego wkładu własnego (%(own)s).")
        return [
            Breach("R-CALL-14", message % {"own": formats.percent(own)}, "min_financial_contribution_percent")
        ]
    if own is not None and grant is not None and own + grant > FULL:
        message = _("Najwyższy udział dotacji (%%): razem z wkładem własnym (%(own)s) przekracza 100%%.")
        return [Breach("R-CALL-14", message % {"own": formats.percent(own)}, "max_cofinancing_percent")]
    return []


def _months(facts: CallFacts) -> list[Breach]:
    least, most = facts.task_months
    if least is not None and most is not None and least > most:
        message = _("Zadanie trwa co najmniej: wpisz nie więcej miesięcy niż w polu „najwyżej”.")
        return [Breach("R-CALL-14", message, "task_months_min")]
    return []


def _shares(money: Money) -> list[Breach]:
    shares = {
        "min_own_contribution_percent": (_("Wkład własny (%)"), money.min_own_percent),
        "min_financial_contribution_percent": (_("Wkład finansowy (%)"), money.min_financial_percent),
        "max_in_kind_percent": (_("Wkład osobowy i rzeczowy (%)"), money.max_in_kind_percent),
        "max_cofinancing_percent": (_("Najwyższy udział dotacji (%)"), money.max_cofinancing_percent),
        "admin_cost_percent": (_("Koszty administracyjne (%)"), money.admin_cost_percent),
    }
    return [
        Breach("R-CALL-14", _("%(name)s: wpisz procent od 0 do 100.") % {"name": name}, field)
        for field, (name, share) in shares.items()
        if share is not None and not 0 <= share <= FULL
    ]


@rule(
    "R-CALL-15",
    source="Wieloletni program współpracy 2019–2022, § 6, standardy 2.12 i 2.13 (wygasł, stosowany jako wskazówka)",
    statement="Koszty administracyjne nie przekraczają 15% wartości oferty. Portal ostrzega, ale nie blokuje.",
)
def standard_warnings(facts: CallFacts) -> list[Breach]:
    """Advice on the cap of administrative costs; the standard is a dated parameter."""
    cap, standard = facts.money.admin_cost_percent, facts.admin_cost_standard
    if standard is None:  # no standard was in force then
        return []
    values = {"standard": formats.percent(standard)}
    if cap is None:
        message = (
            _("Koszty administracyjne (%%): ogłoszenie nie podaje limitu; standard miasta to %(standard)s.")
            % values
        )
    elif cap > standard:
        message = (
            _("Koszty administracyjne (%%): limit jest wyższy niż standard miasta (%(standard)s).") % values
        )
    else:
        return []
    return [Breach("R-CALL-15", message, "admin_cost_percent", is_warning=True)]
