"""What stands between a draft and its notice, as a list to tick off."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from core.common import formats
from core.common.clock import local_day
from core.documents.enums import Purpose
from core.legal.days import last_day_counted

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
        return [
            *_places(facts.published(Purpose.NOTICE)),
            earliest(facts),
            *_before(call, facts),
            *_content(facts),
        ]
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


def deadline_words(facts: law.CallFacts) -> str:
    """Why the earliest deadline is what it is: the last publication, the full days, the first possible hour."""
    published = facts.published(Purpose.NOTICE)
    missing = law.missing_places(published)
    days = [*published.values(), *([local_day(facts.at)] if missing else [])]
    last_full = last_day_counted(max(days), facts.offer_days)
    moment = law.earliest_deadline(days, days=facts.offer_days, is_strict=facts.is_strict)
    values = {
        "last": formats.day(max(days)),
        "days": formats.counted(facts.offer_days, _("pełny dzień|pełne dni|pełnych dni")),
        "until": formats.day(last_full),
        "moment": formats.moment(moment),
    }
    counted = _(
        "Ostatnie z trzech ogłoszeń: %(last)s. Od następnego dnia biegnie %(days)s, ostatnim jest %(until)s do 23:59. "
        "Wcześniejsza godzina jest możliwa najwcześniej: %(moment)s (art. 13 ust. 1, R-CALL-10)."
    )
    assumed = _("Liczymy tak, jakby brakujące ogłoszenia ukazały się dziś. ") if missing else ""
    return f"{assumed}{counted % values}"


def _before(call: Call, facts: law.CallFacts) -> list[Item]:
    """Remarks on the draft and the clerk's own list, where there are any."""
    items = []
    if facts.review_closes_at is not None:
        is_over = facts.at >= facts.review_closes_at
        note = _("bez odpowiedzi: %(n)s") % {"n": facts.unanswered_remarks} if is_over else _("trwają")
        is_done = is_over and not facts.unanswered_remarks
        items.append(Item(_("Uwagi do szkicu"), is_done, "" if is_done else note))
    checks = list(call.checks.values_list("is_done", flat=True))
    if checks:
        count = {"done": sum(checks), "all": len(checks)}
        items.append(Item(_("Własna lista: %(done)s z %(all)s") % count, all(checks)))
    return items


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
