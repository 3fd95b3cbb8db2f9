"""What stands between a draft and its notice, as a list to tick off."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from core.common import formats
from core.common.clock import local_day
from core.documents.enums import Purpose

from .. import law
from ..enums import EVALUATED, State
from ..law.deadlines import MANDATORY
from ..law.notice import ACCESSIBILITY, ELEMENTS, LAYOUT, PLAIN_SUMMARY
from ..models import Call


@dataclass(frozen=True)
class Item:
    """One line of the list: what, whether it is done, and what to know about it."""

    label: str
    is_done: bool
    note: str = ""


def checklist(call: Call, at: datetime) -> list[Item]:
    """The list for the call's next public act: announcing, or publishing the results."""
    facts = call.facts(at)
    if call.is_notice_editable:
        return [*_places(facts.published(Purpose.NOTICE)), earliest(facts), *_content(facts)]
    if call.state in EVALUATED and call.state != State.CLOSED:
        return [*_places(facts.published(Purpose.RESULTS)), _results(facts)]
    return []


def _places(published: dict[str, date]) -> list[Item]:
    return [
        Item(
            _("Publikacja: %(place)s") % {"place": place.label},
            place in published,
            formats.day(published[place]) if place in published else _("nie odnotowano"),
        )
        for place in MANDATORY
    ]


def earliest(facts: law.CallFacts) -> Item:
    """»Najwcześniejszy termin: …«, from the publications known, or as if they appeared today."""
    published = facts.published(Purpose.NOTICE)
    is_known = not law.missing_places(published)
    days = list(published.values()) if is_known else [*published.values(), local_day(facts.at)]
    moment = law.earliest_deadline(days, days=facts.offer_days, is_strict=facts.is_strict)
    values = {"day": formats.day(moment), "hour": formats.hour(moment)}
    label = _("Najwcześniejszy termin: %(day)s, godz. %(hour)s") % values
    is_kept = facts.deadline is not None and law.is_long_enough(
        facts.deadline, days, days=facts.offer_days, is_strict=facts.is_strict
    )
    chosen = (
        _("wpisano: %(deadline)s") % {"deadline": formats.moment(facts.deadline)}
        if facts.deadline
        else _("nie wpisano")
    )
    return Item(
        label,
        is_kept,
        chosen
        if is_known
        else _("gdyby brakujące ogłoszenia ukazały się dziś; %(chosen)s") % {"chosen": chosen},
    )


def _content(facts: law.CallFacts) -> list[Item]:
    elements = [*ELEMENTS, PLAIN_SUMMARY, ACCESSIBILITY, *(element for element, _may_lack in LAYOUT)]
    missing = [element for element in elements if element.key not in facts.filled]
    count = {"done": len(elements) - len(missing), "all": len(elements)}
    whole = Item(_("Treść ogłoszenia: %(done)s z %(all)s") % count, not missing)
    return [whole, *(Item(str(element.advice), False) for element in missing)]


def _results(facts: law.CallFacts) -> Item:
    breaches = [*law.results_breaches(facts), *law.pool_breaches(facts)]
    return Item(
        _("Wyniki są kompletne i mieszczą się w puli"),
        not breaches,
        "; ".join(str(b.message) for b in breaches),
    )
