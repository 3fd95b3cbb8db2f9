"""What the rooms below offer the newsletter, as items that are not saved yet (R-COM-02)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.utils.text import Truncator
from django.utils.translation import gettext as _

import consultations.queries
import dialogue_bodies.queries
from competitions.models import Call
from consultations.models import Consultation
from core.common import formats
from core.common.clock import at_local, local_day
from core.common.dates import DatedThing

from ..enums import Section, Topic
from ..models import IssueItem, NewsItem

# A week to the next issue and a day in hand: what is not told now would come too late.
CLOSING_DAYS = 8
MEETING_DAYS = 9


def candidates(since: datetime, at: datetime) -> list[IssueItem]:
    """Everything worth telling at a moment that is new since another or about to end, each thing once."""
    found = [
        *_calls(since, at),
        *_results(since),
        *_consultations(since, at),
        *_meetings(at),
        *_news(since, at),
    ]
    once = {(item.section, item.url): item for item in reversed(found)}
    return [item for item in found if once[item.section, item.url] is item]


def _item(section: str, topic: str, title: str, url: str, **words) -> IssueItem:
    return IssueItem(
        section=section,
        topic=topic,
        title=Truncator(title).chars(500),
        url=url,
        over=Truncator(words.pop("over", "")).chars(120),
        text=Truncator(words.pop("text", "")).chars(300),
        **words,
    )


# --- calls ------------------------------------------------------------------------------------------


def _calls(since: datetime, at: datetime) -> Iterator[IssueItem]:
    """Open calls: those that end before the next issue, and those announced since the last."""
    rows = Call.objects.open(at).select_related("unit").prefetch_related("spheres__branches", "districts")
    for call in rows.order_by("offers_due_at", "pk"):
        is_closing = call.offers_due_at is not None and call.offers_due_at <= at + timedelta(
            days=CLOSING_DAYS
        )
        is_new = call.published_at is not None and call.published_at >= since
        if is_closing or is_new:
            yield _call(call, Section.CLOSING if is_closing else Section.CALLS)


def _call(call: Call, section: str) -> IssueItem:
    money = _("Dotacja do %(amount)s.") % {"amount": formats.zloty(call.max_grant)} if call.max_grant else ""
    if not money and call.budget_total is not None:
        money = _("Pula %(amount)s.") % {"amount": formats.zloty(call.budget_total)}
    return _item(
        section,
        Topic.CALLS,
        call.title,
        call.get_absolute_url(),
        over=_("Konkurs nr %(number)s") % {"number": call.number} if call.number else call.mode_name,
        text=" ".join(filter(None, [money, str(call.unit or call.authority)])),
        happens_at=call.offers_due_at,
        has_hour=call.has_due_hour,
        is_deadline=call.offers_due_at is not None,
        branches=sorted({branch.code for sphere in call.spheres.all() for branch in sphere.branches.all()}),
        districts=sorted(district.number for district in call.districts.all()),
    )


def _results(since: datetime) -> Iterator[IssueItem]:
    """Calls whose results came out since the last issue."""
    rows = Call.objects.published().filter(result__published_on__gte=local_day(since))
    for call in (
        rows.select_related("result").prefetch_related("spheres__branches", "districts").order_by("pk")
    ):
        funded = call.result.funded
        item = _call(call, Section.NEWS)
        item.over, item.happens_at, item.is_deadline = "", None, False
        item.title = Truncator(_("Wyniki konkursu: %(title)s") % {"title": call.title}).chars(500)
        item.text = formats.counted(funded, _("dotacja|dotacje|dotacji")) if funded else ""
        yield item


# --- consultations and meetings ---------------------------------------------------------------------


def _consultations(since: datetime, at: datetime) -> Iterator[IssueItem]:
    """Consultations under way that began since the last issue or end before the next."""
    rows = Consultation.objects.open(at).select_related("unit").prefetch_related("districts", "branches")
    for case in rows.order_by("ends_on", "pk"):
        is_new = case.starts_on >= local_day(since)
        is_closing = case.ends_on is not None and case.ends_on <= local_day(at) + timedelta(days=CLOSING_DAYS)
        if is_new or is_closing:
            yield _item(
                Section.CONSULTATIONS,
                Topic.CONSULTATIONS,
                case.title,
                case.get_absolute_url(),
                over=_("Zbieranie uwag"),
                text=case.summary_line,
                happens_at=case.ends_at,
                is_deadline=case.ends_at is not None,
                branches=sorted(branch.code for branch in case.branches.all()),
                districts=[] if case.is_citywide else sorted(d.number for d in case.districts.all()),
            )


def _meetings(at: datetime) -> Iterator[IssueItem]:
    """Meetings of consultations and of dialogue bodies before the next issue."""
    end = at + timedelta(days=MEETING_DAYS)
    sources: list[tuple[str, Iterable[DatedThing]]] = [
        (Topic.CONSULTATIONS, consultations.queries.dated_things(at, end)),
        (Topic.DIALOGUE, dialogue_bodies.queries.dated_things(at, end)),
    ]
    for topic, things in sources:
        for thing in sorted(things):
            if thing.kind in ("meeting", "duty") and not thing.is_cancelled:
                yield _meeting(topic, thing)


def _meeting(topic: str, thing: DatedThing) -> IssueItem:
    return _item(
        Section.MEETINGS,
        topic,
        thing.title,
        thing.url,
        over=thing.label,
        text=thing.place,
        happens_at=_moment(thing.starts),
        ends_at=_moment(thing.ends) if thing.ends else None,
        has_hour=thing.has_hour,
    )


def _moment(value: date | datetime) -> datetime:
    return value if isinstance(value, datetime) else at_local(value)


# --- news -------------------------------------------------------------------------------------------


def _news(since: datetime, at: datetime) -> Iterator[IssueItem]:
    """News published since the last issue; those with an event ahead stand among the meetings."""
    rows = NewsItem.objects.published().filter(published_at__gte=since, published_at__lte=at)
    for item in rows.for_list().order_by("event_on", "pk"):
        is_ahead = item.event_on is not None and item.event_on >= local_day(at)
        yield _item(
            Section.MEETINGS if is_ahead else Section.NEWS,
            Topic.EVENTS if is_ahead else Topic.NEWS,
            item.title,
            item.get_absolute_url(),
            over=str(item.get_category_display()).capitalize() if is_ahead else "",
            text=", ".join(filter(None, [item.place, str(item.organization or "")]))
            if is_ahead
            else item.lead,
            happens_at=_moment(item.event_starts) if is_ahead and item.event_starts else None,
            has_hour=isinstance(item.event_starts, datetime),
            branches=[item.branch.code] if item.branch else [],
            districts=[item.district.number] if item.district else [],
        )
