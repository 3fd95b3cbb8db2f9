"""Reads of dialogue bodies that have two or more callers."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta

from django.db.models import Max, Min, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.roles import Role
from core.city.models import RoleGrant
from core.city.scope import has_role, sees_all_units, unit_ids_of
from core.common.clock import at_local, local_day, now, today
from core.common.cooperation import Source, lines
from core.common.dates import DatedThing, SitemapEntry, Waiting
from core.legal import parameters
from core.notifications.audiences import Recipients

from . import law
from .actions import COUNCIL_PREFIX, search_arguments
from .enums import BodyState, DocumentKind, MeetingState, Outcome
from .exports import COLUMNS
from .models import BodyDocument, BodyMembership, DialogueBody, Meeting, OpinionRequest


def for_list() -> QuerySet[DialogueBody]:
    """Public bodies with their next meeting and the last one held."""
    coming = Q(meetings__state=MeetingState.ANNOUNCED, meetings__starts_at__gte=now())
    return (
        DialogueBody.objects.published()
        .select_related("unit")
        .annotate(
            next_meeting_at=Min("meetings__starts_at", filter=coming),
            last_meeting_at=Max("meetings__starts_at", filter=Q(meetings__state=MeetingState.HELD)),
        )
    )


def with_parts() -> QuerySet[DialogueBody]:
    """Public bodies with all that their page shows, in a fixed number of queries."""
    members = BodyMembership.objects.present(today()).select_related("organization", "unit")
    documents = BodyDocument.objects.exclude(published_at=None)
    return (
        DialogueBody.objects.published()
        .select_related("unit")
        .prefetch_related(
            "plan",
            "terms__election",
            "activity",
            Prefetch("memberships", members, to_attr="present_members"),
            Prefetch(
                "meetings", Meeting.objects.exclude(state=MeetingState.PLANNED), to_attr="shown_meetings"
            ),
            Prefetch("documents", documents, to_attr="shown_documents"),
            Prefetch("requests", OpinionRequest.objects.select_related("unit"), to_attr="shown_requests"),
        )
    )


def dated_things(
    start: datetime, end: datetime, *, units: set[int] | None = None, **_scope
) -> list[DatedThing]:
    """Announced, held and cancelled meetings of public bodies in the window."""
    meetings = (
        Meeting.objects.published()
        .filter(starts_at__gte=start, starts_at__lt=end)
        .select_related("body__unit")
    )
    if units is not None:
        meetings = meetings.filter(body__unit__in=units)
    return [as_dated_thing(meeting) for meeting in meetings]


def as_dated_thing(meeting: Meeting) -> DatedThing:
    return DatedThing(
        starts=meeting.starts_at,
        ends=meeting.ends_at,
        kind="meeting",
        label=_("Odwołane posiedzenie") if meeting.state == MeetingState.CANCELLED else _("Posiedzenie"),
        title=meeting.body.name,
        url=meeting.body.get_absolute_url(),
        uid=f"meeting-{meeting.pk}@portal",
        place=meeting.place or (_("online") if meeting.online_link else ""),
        unit=str(meeting.body.unit or ""),
        note=meeting.agenda_items[0] if meeting.agenda_items else "",
        is_cancelled=meeting.state == MeetingState.CANCELLED,
    )


def search_entries() -> Iterator[dict]:
    for body in DialogueBody.objects.published().select_related("unit"):
        yield {"obj": body, **search_arguments(body)}


def sitemap_entries() -> Iterator[SitemapEntry]:
    for body in DialogueBody.objects.published().only("slug", "state", "updated_at", "published_at"):
        yield SitemapEntry(body.get_absolute_url(), body.updated_at or body.published_at)


def export_catalogue() -> list[dict]:
    return [
        {
            "title": _("Ciała dialogu"),
            "url": "/dialog/",
            "formats": ["csv", "json", "xlsx", "ics"],
            "dictionary": COLUMNS,
        }
    ]


def waiting_for(user) -> Iterable[Waiting]:
    """Minutes that are due and opinions that are awaited, for the secretary of the unit."""
    if not has_role(user, Role.DIALOGUE_SECRETARY):
        return []
    scope = Q() if sees_all_units(user) else Q(body__unit__in=unit_ids_of(user))
    return [*_minutes_waiting(scope), *_opinions_waiting(scope)]


def _minutes_waiting(scope: Q) -> Iterator[Waiting]:
    days = parameters.days("body_minutes", on=today())
    without = Meeting.objects.filter(
        scope, state=MeetingState.HELD, minutes_published_at=None, body__fact_id=""
    )
    for meeting in without.select_related("body")[:50]:
        due = law.minutes_due(meeting.starts_at, days=days)
        yield Waiting(
            title=_("Protokół: %(meeting)s") % {"meeting": meeting},
            url=reverse("admin:dialogue_bodies_meeting_change", args=[meeting.pk]),
            reason=_("Posiedzenie się odbyło, protokołu jeszcze nie ma."),
            due_at=at_local(due, time(23, 59)),
        )


def _opinions_waiting(scope: Q) -> Iterator[Waiting]:
    soon = today() + timedelta(days=14)
    awaited = OpinionRequest.objects.filter(scope, outcome=Outcome.AWAITED, due_on__lte=soon).select_related(
        "body"
    )
    for request in awaited[:50]:
        yield Waiting(
            title=_("Opinia: %(subject)s") % {"subject": request.subject},
            url=reverse("admin:dialogue_bodies_opinionrequest_change", args=[request.pk]),
            reason=_("%(body)s ma wydać opinię; milczenie oznacza rezygnację.") % {"body": request.body},
            due_at=at_local(request.due_on, time(23, 59)),
        )


def opinions(body) -> list[BodyDocument]:
    """Published opinions, resolutions and recommendations of a body loaded by ``with_parts``."""
    shown = {DocumentKind.OPINION, DocumentKind.RESOLUTION, DocumentKind.RECOMMENDATION}
    return [d for d in body.shown_documents if d.kind in shown]


def coming_meeting(body) -> Meeting | None:
    """The next announced meeting of a body loaded by ``with_parts``."""
    ahead = [
        m
        for m in body.shown_meetings
        if m.state == MeetingState.ANNOUNCED and local_day(m.starts_at) >= today()
    ]
    return min(ahead, key=lambda m: m.starts_at, default=None)


def open_matters_of(organization) -> Iterator[Waiting]:
    """Seats that an organisation holds in bodies of dialogue; one query."""
    today_ = today()
    rows = BodyMembership.objects.filter(organization=organization).filter(
        Q(ends_on=None) | Q(ends_on__gte=today_)
    )
    for seat in rows.select_related("body"):
        yield Waiting(
            str(seat.body),
            seat.body.get_absolute_url(),
            _("miejsce w składzie trzeba obsadzić na nowo"),
            kind="meeting",
        )


def cooperation_with(organization) -> Iterator[Source]:
    """Bodies in which an organisation sits today, without the names of people."""
    present = BodyMembership.objects.present(today()).filter(organization=organization)
    rows = DialogueBody.objects.published().filter(pk__in=present.values("body")).order_by("name")
    yield Source(
        _("Miejsce w ciałach dialogu"),
        lines(rows, title="name", key="slug"),
        lambda slug: reverse("dialogue_bodies:detail", args=[slug]),
    )


# --- whom other rooms reach through a body --------------------------------------------------------


def active_options() -> list[tuple[str, str]]:
    """Bodies at work that somebody can be written to through, as (key, name)."""
    reached = Q(unit__in=_secretary_grants().values("unit")) | Q(pk__in=_seated().values("body"))
    return [(str(pk), name) for pk, name in _active().filter(reached).values_list("pk", "name")]


def competent_keys(units: Iterable[int]) -> list[str]:
    """Bodies to be told of a consultation of these units (R-CNS-08)."""
    asked = frozenset(units)
    return [
        str(body.pk)
        for body in _active()
        if law.is_told(is_council=body.name.startswith(COUNCIL_PREFIX), unit=body.unit_id, asking=asked)
    ]


def _active() -> QuerySet[DialogueBody]:
    return DialogueBody.objects.filter(state=BodyState.ACTIVE).order_by("name")


def reached_through(keys: Iterable[str]) -> Recipients:
    """The secretaries of the bodies' units and the organisations that sit in them, by their public addresses."""
    bodies = _active().filter(pk__in=[key for key in keys if key.isdigit()])
    people: dict[str, str] = {}
    for body in bodies.select_related("unit"):
        why = _("działasz w ciele dialogu: %(body)s") % {"body": body.name}
        for email in [*_secretaries(body), *_members(body)]:
            people.setdefault(email, why)
    return Recipients([body.name for body in bodies], people)


def _secretaries(body: DialogueBody) -> Iterable[str]:
    grants = _secretary_grants().filter(unit=body.unit_id)
    return grants.values_list("user__email", flat=True) if body.unit_id else []


def _secretary_grants() -> QuerySet[RoleGrant]:
    in_force = Q(valid_until=None) | Q(valid_until__gte=today())
    grants = RoleGrant.objects.filter(in_force, role=Role.DIALOGUE_SECRETARY, user__is_active=True)
    return grants.exclude(unit=None).exclude(user__email="")


def _members(body: DialogueBody) -> Iterable[str]:
    return _seated().filter(body=body).values_list("organization__email", flat=True)


def _seated() -> QuerySet[BodyMembership]:
    """Seats of organisations that have a public address."""
    present = BodyMembership.objects.present(today())
    return present.exclude(organization=None).exclude(organization__email="")
