"""The limits that a call sets for its offers, in words and amounts (R-CALL-14, R-CALL-15, R-OFF-06)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from core.common import formats
from core.legal.rules import Breach, rule

from . import template
from .content import OfferContent
from .facts import OfferFacts, OfferLimits
from .sums import FORM, zloty
from .values import GROSZ, ZERO, share


@rule(
    "R-CALL-14",
    source="Praktyka ogłoszeń Krakowa; art. 13 ust. 2 pkt 2–4",
    statement="Oferta mieści się w limitach ogłoszenia.",
)
def limit_breaches(content: OfferContent, limits: OfferLimits) -> list[Breach]:
    """Grant, own contribution, administrative costs and dates against the notice or its part."""
    return [*_grant(content, limits), *_percents(content, limits), *_period(content, limits)]


def _grant(content: OfferContent, limits: OfferLimits) -> Iterator[Breach]:
    grant = content.sources.grant
    if grant is None:
        return
    if limits.max_grant is not None and grant > limits.max_grant:
        message = _(
            "Dotacja przekracza limit konkursu o %(over)s: wnioskujesz o %(grant)s, a najwyżej można %(limit)s."
        )
        yield _over(message, grant, limits.max_grant)
    elif limits.pool is not None and grant > limits.pool:
        message = _(
            "Dotacja przekracza pulę konkursu o %(over)s: wnioskujesz o %(grant)s, a pula to %(limit)s."
        )
        yield _over(message, grant, limits.pool, is_warning=limits.is_pool_approximate)
    if limits.min_grant is not None and grant < limits.min_grant:
        message = _(
            "Dotacja jest niższa niż limit konkursu o %(over)s: wnioskujesz o %(grant)s, a najmniej to %(limit)s."
        )
        yield _over(message, grant, limits.min_grant)


def _over(message: str, grant: Decimal, limit: Decimal, *, is_warning: bool = False) -> Breach:
    values = {"over": zloty(abs(grant - limit)), "grant": zloty(grant), "limit": zloty(limit)}
    return Breach("R-CALL-14", message % values, "sources.grant", is_warning)


def _percents(content: OfferContent, limits: OfferLimits) -> Iterator[Breach]:
    costs, sources = content.costs.total, content.sources
    if not costs:
        return
    if limits.max_cofinancing_percent is not None and sources.grant is not None:
        most = _percent_of(limits.max_cofinancing_percent, costs)
        if sources.grant > most:
            message = _(
                "Dotacja to %(share)s kosztów, a najwyżej można %(limit)s. Zmniejsz ją o %(over)s (do %(most)s)."
            )
            yield _percent_breach(
                message, sources.grant, costs, limits.max_cofinancing_percent, "sources.grant"
            )
    if limits.min_own_percent is not None and sources.grant is not None:
        least = _percent_of(limits.min_own_percent, costs)
        if sources.own < least:
            message = _(
                "Wkład własny to %(share)s kosztów, a potrzeba co najmniej %(limit)s. Brakuje %(over)s (do %(most)s)."
            )
            yield _percent_breach(
                message, sources.own, costs, limits.min_own_percent, "sources.own_financial"
            )
    if limits.admin_cost_percent is not None:
        admin = content.costs.admin_total
        if admin > _percent_of(limits.admin_cost_percent, costs):
            message = _(
                "Koszty administracyjne to %(share)s wartości oferty, a najwyżej można %(limit)s. Zmniejsz je o %(over)s "
                "(do %(most)s)."
            )
            yield _percent_breach(message, admin, costs, limits.admin_cost_percent, "costs")


def _percent_of(percent: Decimal, costs: Decimal) -> Decimal:
    return (percent * costs / 100).quantize(GROSZ)


def _percent_breach(message: str, amount: Decimal, costs: Decimal, limit: Decimal, field: str) -> Breach:
    most = _percent_of(limit, costs)
    values = {
        "share": formats.percent(share(amount, costs), places=2),
        "limit": formats.percent(limit, places=2),
        "over": zloty(abs(amount - most)),
        "most": zloty(most),
    }
    return Breach("R-CALL-14", message % values, field)


def _period(content: OfferContent, limits: OfferLimits) -> Iterator[Breach]:
    """The task lies within the dates of the notice, as far as they are known to the day."""
    task = content.task
    if limits.task_from and task.starts_on and task.starts_on < limits.task_from:
        yield _outside("task.starts_on", _("Data rozpoczęcia"), task.starts_on, limits)
    if limits.task_to and task.ends_on and task.ends_on > limits.task_to:
        yield _outside("task.ends_on", _("Data zakończenia"), task.ends_on, limits)


def _outside(field: str, label: str, on: date, limits: OfferLimits) -> Breach:
    first, last = limits.task_from, limits.task_to
    period = formats.day_range(first, last) if first and last else formats.day(first or last)
    values = {"label": label, "day": formats.day(on), "period": period}
    message = _("%(label)s: %(day)s jest poza czasem zadania z ogłoszenia (%(period)s).") % values
    return Breach("R-CALL-14", message, field)


@rule(
    "R-CALL-15",
    source="Wieloletni program współpracy 2019–2022, § 6, standardy 2.12 i 2.13 (wygasł, stosowany jako wskazówka)",
    statement="Koszty obsługi: wskazówka, nie zakaz.",
)
def standard_warnings(content: OfferContent, limits: OfferLimits) -> list[Breach]:
    """Advice: administrative costs within the city's standard, a part of the own contribution for servicing."""
    return [*_admin_standard(content, limits), *_servicing(content, limits)]


def _admin_standard(content: OfferContent, limits: OfferLimits) -> Iterator[Breach]:
    standard = limits.admin_cost_standard
    if standard is None or limits.admin_cost_percent is not None or content.admin_share <= standard:
        return
    values = {
        "share": formats.percent(content.admin_share, places=2),
        "standard": formats.percent(standard),
    }
    message = _(
        "Koszty administracyjne to %(share)s wartości oferty; standard miasta to najwyżej %(standard)s."
    )
    yield Breach("R-CALL-15", message % values, "costs", is_warning=True)


def _servicing(content: OfferContent, limits: OfferLimits) -> Iterator[Breach]:
    own, admin = content.sources.own, content.costs.admin_total
    if limits.servicing_percent is None or own <= ZERO:
        return
    least = _percent_of(limits.servicing_percent, own)
    if admin < least:
        values = {
            "standard": formats.percent(limits.servicing_percent),
            "least": zloty(least),
            "admin": zloty(admin),
        }
        message = _(
            "Standard miasta: %(standard)s wkładu własnego idzie na koszty obsługi zadania, czyli tu co najmniej %(least)s. "
            "Koszty administracyjne to teraz %(admin)s."
        )
        yield Breach("R-CALL-15", message % values, "costs", is_warning=True)


def length_limit(limits: OfferLimits, key: str, kind: str) -> int:
    """The longest answer to a question, in characters: of the call, or the default for its kind."""
    return limits.texts.get(key) or (limits.line_length if kind == template.LINE else limits.text_length)


@rule(
    "R-OFF-06",
    source=f"{FORM}; zasada portalu",
    statement="Najdłuższą odpowiedź na każde pytanie ustala konkurs; licznik znaków jest widoczny przy pisaniu.",
)
def length_breaches(facts: OfferFacts) -> list[Breach]:
    """Answers longer than the call allows. They are kept as written, so that they can be shortened."""
    found = []
    for address, key, question, written in template.texts(facts.sections):
        limit = length_limit(facts.limits, key, question.kind)
        if len(written) > limit:
            values = {
                "label": question.label,
                "over": formats.counted(len(written) - limit, _("znak|znaki|znaków")),
                "limit": formats.number(limit),
            }
            message = _("%(label)s: skróć odpowiedź o %(over)s (limit %(limit)s).") % values
            found.append(Breach("R-OFF-06", message, address))
    return found
