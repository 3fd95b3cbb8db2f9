"""Dialogue bodies for everybody."""

from collections import defaultdict

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from core.common.clock import today
from core.common.dates import ical_response
from core.common.listing import FeedItem, RecordList, Sort
from core.documents.queries import public_attachments_of
from core.legal.models import AuditEntry

from ..enums import BodyKind, BodyRole, Side
from ..exports import COLUMNS
from ..filters import BodyFilter
from ..models import DialogueBody, Meeting
from ..queries import as_dated_thing, coming_meeting, for_list, opinions, with_parts

COUNCIL_NAME = "Krakowska Rada Działalności Pożytku Publicznego"


class BodyList(RecordList):
    template_name = "dialogue_bodies/list.html"
    is_for_everybody = True
    filterset_class = BodyFilter
    columns = COLUMNS
    export_name = "ciala-dialogu"
    title = _("Dialog")
    page_size = 30
    sorts = (
        Sort("nazwa", _("według nazwy"), ("name",)),
        Sort("posiedzenie", _("od najbliższego posiedzenia"), ("next_meeting_at", "name")),
    )

    def get_queryset(self):
        return for_list()

    def things(self, rows):
        ids = [body.pk for body in rows]
        meetings = Meeting.objects.published().filter(body__in=ids).select_related("body__unit")
        return [as_dated_thing(meeting) for meeting in meetings]

    def feed_items(self, rows):
        return [
            FeedItem(body.name, body.get_absolute_url(), body.lead or body.notes, body.published_at)
            for body in rows[:50]
        ]


def council(request):
    """The stable address of the public-benefit council."""
    body = DialogueBody.objects.published().filter(kind=BodyKind.COUNCIL, name=COUNCIL_NAME).first()
    if body is None:
        raise Http404
    return redirect(body)


def detail(request, slug: str):
    body = get_object_or_404(with_parts(), slug=slug)
    sides = by_side(body.present_members)
    context = {
        "body": body,
        "presidium": [m for m in body.present_members if m.role != BodyRole.MEMBER and not m.is_deputy],
        "sides": sides,
        "next_meeting": coming_meeting(body),
        "opinions": opinions(body),
        "plan": [item for item in body.plan.all() if item.year == today().year],
        "today": today(),
        "attachments": public_attachments_of([body]).get(body.pk, []),
        "history": AuditEntry.objects.of(body).filter(is_public=True)[:20],
    }
    return render(request, "dialogue_bodies/detail.html", context)


def by_side(members) -> list[tuple[str, list]]:
    """(side, members) in the order of the board; deputies beside those they stand in for."""
    found = defaultdict(list)
    for member in members:
        found[member.side].append(member)
    return [(Side(side).label, found[side]) for side in Side.values if found[side]]


def meetings_ical(request, slug: str):
    """The meetings of one body as a calendar."""
    body = get_object_or_404(DialogueBody.objects.published(), slug=slug)
    meetings = Meeting.objects.published().filter(body=body).select_related("body__unit")
    return ical_response([as_dated_thing(m) for m in meetings], slug, body.name)
