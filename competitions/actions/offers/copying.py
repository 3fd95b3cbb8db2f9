"""An earlier offer as the beginning of a new one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.legal import audit
from core.legal.days import add_years

from ... import permissions
from ...law import offers as law
from ...law.offers.values import day, mapping, rows
from ...models import Call, Offer, OfferSection
from .access import check
from .starting import start_offer
from .writing import store

COPIED = ("task", "plan", "results", "capacity", "costs", "sources", "declarations")


@transaction.atomic
def duplicate_offer(offer: Offer, *, call: Call, by: Any, at: datetime) -> tuple[Offer, list[str]]:
    """A new draft in another call with the texts and costs of this one, and what does not fit there, in words.

    Dates move by whole years to the new task; files, partners and statements are not copied.
    Raises MoveRefused and LawBreached as ``start_offer`` does.
    """
    check(permissions.is_of_team, by, offer)
    new = start_offer(call, organization=offer.organization, by=by, at=at)
    old = {section.key: section.content for section in offer.sections.all()}
    sections = {s.key: s for s in OfferSection.objects.select_for_update().filter(offer=new)}
    years = _years_between(old.get("task", {}), sections["task"].content)
    for key in COPIED:
        content = law.clean_section(key, _moved(key, old.get(key, {}), sections[key].content, years))
        store(new, sections[key], content, by=by, at=at)
    audit.record(new, _("Skopiowanie oferty"), by=by, at=at, after={"from": offer.number or offer.pk})
    new = Offer.objects.select_related("call", "part", "organization").get(pk=new.pk)
    return new, misfits(offer, new, at)


def _years_between(old: Mapping[str, Any], new: Mapping[str, Any]) -> int:
    was, will_be = day(old.get("starts_on")), day(new.get("starts_on"))
    return will_be.year - was.year if was and will_be else 0


def _moved(key: str, old: Mapping[str, Any], known: Mapping[str, Any], years: int) -> dict[str, Any]:
    if key == "task":
        dates = {name: known.get(name) or _shifted(old.get(name), years) for name in ("starts_on", "ends_on")}
        return {**old, **dates}
    if key == "plan":
        return {"actions": [{**row, **_dates(row, years)} for row in rows(mapping(old).get("actions"))]}
    return {**old, "statements": {}} if key == "declarations" else dict(old)


def _dates(row: Mapping[str, Any], years: int) -> dict[str, Any]:
    return {name: _shifted(row.get(name), years) for name in ("starts_on", "ends_on")}


def _shifted(written: Any, years: int) -> Any:
    on = day(written)
    return add_years(on, years).isoformat() if on else written


def misfits(source: Offer, new: Offer, at: datetime) -> list[str]:
    """What has to be looked at in the copy: broken limits and dates, and what is never copied."""
    facts = new.facts(at)
    found = [
        *law.number_breaches(facts.sections),
        *law.length_breaches(facts),
        *law.plan_breaches(facts.content),
        *law.form_breaches(facts.content, facts.limits.form),
        *law.limit_breaches(facts.content, facts.limits),
    ]
    notes = [str(breach.message) for breach in found]
    if any(partner.takes_part for partner in source.partners.all()):
        notes.append(_("Partnerów oferty wspólnej trzeba zaprosić jeszcze raz i podzielić koszty."))
    notes.append(_("Załączników i oświadczeń nie kopiujemy. Dodaj aktualne."))
    return notes
