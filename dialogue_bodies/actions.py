"""What is done with dialogue bodies. Only these functions change their states."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from consultations import actions as consultations
from core.common.slugs import slug_for
from core.documents import search
from core.legal import audit, parameters
from core.legal.rules import Breach, LawBreached, require
from core.legal.workflow import advance, start

from . import emails, law
from .enums import BodyKind, BodyRole, BodyState, MeetingState, Outcome
from .models import BodyDocument, BodyMembership, DialogueBody, Meeting, OpinionRequest

COUNCIL_PREFIX = "Krakowska Rada Działalności Pożytku"


@transaction.atomic
def create_body(*, by: Any, at: datetime, name: str, kind: str, **fields: Any) -> DialogueBody:
    """A body that is being formed; not public yet."""
    body = DialogueBody.objects.create(
        name=name,
        kind=kind,
        slug=slug_for(DialogueBody, name),
        state_since=at,
        author_name=str(fields.get("unit") or ""),
        **fields,
    )
    start(body, by=by, at=at)
    return body


@transaction.atomic
def appoint_body(body: DialogueBody, *, by: Any, at: datetime, reason: str = "") -> DialogueBody:
    """Makes a body public and working. Raises LawBreached (R-KDO-02, R-KDO-04)."""
    advance(body, BodyState.ACTIVE, by=by, at=at, reason=reason)
    body.published_at = body.published_at or at
    body.updated_at = at
    body.save(update_fields=["published_at", "updated_at"])
    publish_in_search(body)
    return body


def dissolve_body(body: DialogueBody, *, by: Any, at: datetime, reason: str) -> DialogueBody:
    """Ends a body; its history stays public. Needs a reason."""
    return advance(body, BodyState.DISSOLVED, by=by, at=at, reason=reason)


def mark_silent_bodies(*, at: datetime) -> int:
    """Marks commissions without a meeting for the whole period as inactive (R-KDO-08); their number."""
    marked = 0
    for body in DialogueBody.objects.filter(state=BodyState.ACTIVE, kind=BodyKind.KDO, fact_id=""):
        if body.meetings.exists() and not law.silence_breaches(body.facts(at)):
            advance(body, BodyState.INACTIVE, by=None, at=at)
            marked += 1
    return marked


@transaction.atomic
def add_member(body: DialogueBody, *, by: Any, at: datetime, **fields: Any) -> BodyMembership:
    """Adds a member. Raises LawBreached when roles or votes would double (R-KRDPP-06, R-KDO-05)."""
    member = BodyMembership.objects.create(body=body, **fields)
    require(composition_breaches(body, on=fields.get("starts_on") or at.date()))
    audit.record(
        body, _("Zmiana składu"), by=by, at=at, after={"strona": member.side, "funkcja": member.role}
    )
    return member


def composition_breaches(body: DialogueBody, *, on: date) -> list[Breach]:
    """Every breach of the rules of composition on a day."""
    present = [m for m in body.memberships.present(on) if not m.is_deputy]
    breaches = law.chair_breaches([m.role for m in present])
    if body.kind == BodyKind.KDO:
        breaches += law.representation_breaches([m.organization_id for m in present if m.organization_id])
        breaches += presidium_warnings(present, on)
    if body.name.startswith(COUNCIL_PREFIX):
        breaches += law.council_basis_breaches(legal_basis=body.legal_basis)
    term = body.terms.first()
    if term and term.seats:
        taken = {side: sum(m.side == side for m in present) for side in term.seats}
        share = parameters.days("council_ngo_share", on=on)
        breaches += law.seat_breaches(term.seats, taken) + law.side_breaches(
            term.seats, ngo_share_percent=share
        )
    return breaches


def presidium_warnings(present: list[BodyMembership], on: date) -> list[Breach]:
    """Who leads a commission longer than a term of its presidium lasts (R-KDO-06)."""
    years = parameters.days("commission_term", on=on)
    elected = [m.starts_on for m in present if m.role != BodyRole.MEMBER and m.starts_on]
    late = [day for day in elected if law.presidium_end(day, years=years) < on]
    text = _("Prezydium: kadencja minęła, wybierzcie nowe osoby albo wpiszcie nowy wybór.")
    return [Breach("R-KDO-06", text, "memberships", is_warning=True)] if late else []


@transaction.atomic
def announce_meeting(meeting: Meeting, *, by: Any, at: datetime, reason: str = "") -> Meeting:
    """Publishes a meeting and tells the followers. Raises LawBreached (R-KRDPP-19)."""
    if meeting.starts_at <= at:
        raise LawBreached(
            [
                Breach(
                    "R-KRDPP-19",
                    _("Początek: posiedzenie można ogłosić tylko przed jego początkiem."),
                    "starts_at",
                )
            ]
        )
    advance(meeting, MeetingState.ANNOUNCED, by=by, at=at, reason=reason)
    emails.tell_announced(meeting)
    return meeting


@transaction.atomic
def hold_meeting(meeting: Meeting, *, by: Any, at: datetime, reason: str = "") -> Meeting:
    """Records that the meeting took place; only after its beginning."""
    if meeting.starts_at > at:
        raise LawBreached([Breach("R-KDO-07", _("Posiedzenie jeszcze się nie zaczęło."), "starts_at")])
    return advance(meeting, MeetingState.HELD, by=by, at=at, reason=reason)


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: Any, at: datetime, reason: str) -> Meeting:
    """Calls a meeting off and tells the followers why."""
    advance(meeting, MeetingState.CANCELLED, by=by, at=at, reason=reason)
    emails.tell_cancelled(meeting, reason)
    return meeting


@transaction.atomic
def publish_minutes(
    meeting: Meeting, *, by: Any, at: datetime, minutes: str, attendance_count: int | None = None
) -> Meeting:
    """Publishes the minutes of a meeting that was held."""
    if meeting.state != MeetingState.HELD:
        raise LawBreached(
            [Breach("R-KDO-07", _("Protokół: najpierw oznacz posiedzenie jako odbyte."), "minutes")]
        )
    before = {"protokół": bool(meeting.minutes)}
    meeting.minutes, meeting.minutes_published_at = minutes, at
    if attendance_count is not None:
        meeting.attendance_count = attendance_count
    meeting.save(update_fields=["minutes", "minutes_published_at", "attendance_count"])
    audit.record(meeting, _("Publikacja protokołu"), by=by, at=at, before=before, after={"protokół": True})
    return meeting


@transaction.atomic
def publish_document(document: BodyDocument, *, by: Any, at: datetime) -> BodyDocument:
    """Makes an opinion, plan or report public, numbered in its year when it has no number."""
    document.number = document.number or next_number(document)
    document.published_at = document.published_at or at
    document.save()
    publish_in_search(document.body)
    _tell_consultation(document, at=at)
    audit.record(
        document.body,
        _("Publikacja dokumentu"),
        by=by,
        at=at,
        after={"numer": document.number, "tytuł": document.title},
        is_public=True,
    )
    return document


def _tell_consultation(document: BodyDocument, *, at: datetime) -> None:
    """The page of the consultation shows the opinion, or no longer shows it (R-CNS-08)."""
    reference = f"dialogue_bodies.bodydocument:{document.pk}"
    if document.consultation is None:
        consultations.detach_opinion(reference, at=at)
        return
    consultations.attach_opinion(
        document.consultation,
        reference=reference,
        body_name=document.body.name,
        title=document.title,
        number=document.number,
        summary=document.text,
        url=document.get_absolute_url(),
        adopted_on=document.adopted_on,
        at=at,
    )


def next_number(document: BodyDocument) -> str:
    """»KRDPP/3/2026« for the council, »3/2026« for others (R-KRDPP-19, R-KDO-07)."""
    DialogueBody.objects.select_for_update().get(pk=document.body_id)
    year = document.adopted_on.year
    others = BodyDocument.objects.filter(body=document.body, adopted_on__year=year).exclude(number="").count()
    prefix = "KRDPP/" if document.body.name.startswith(COUNCIL_PREFIX) else ""
    return f"{prefix}{others + 1}/{year}"


@transaction.atomic
def request_opinion(
    body: DialogueBody, *, by: Any, at: datetime, subject: str, delivered_on: date, unit: Any = None
) -> OpinionRequest:
    """Registers a draft sent for an opinion, with the statutory last day (R-KRDPP-10)."""
    due = law.opinion_due(delivered_on, days=parameters.days("council_opinion", on=delivered_on))
    request = OpinionRequest.objects.create(
        body=body, subject=subject, delivered_on=delivered_on, due_on=due, unit=unit
    )
    audit.record(body, _("Prośba o opinię"), by=by, at=at, after={"przedmiot": subject, "opinia do": due})
    return request


@transaction.atomic
def record_outcome(
    request: OpinionRequest, *, by: Any, at: datetime, outcome: str, document: BodyDocument | None = None
) -> OpinionRequest:
    """Records how a request for an opinion ended."""
    before = {"wynik": request.outcome}
    request.outcome, request.document = outcome, document
    request.save(update_fields=["outcome", "document"])
    audit.record(request.body, _("Wynik opiniowania"), by=by, at=at, before=before, after={"wynik": outcome})
    return request


def close_silent_requests(*, at: datetime) -> int:
    """Silence past the last day becomes »no opinion in time«; the number of requests closed."""
    silent = OpinionRequest.objects.filter(outcome=Outcome.AWAITED, due_on__lt=at.date())
    for request in silent:
        record_outcome(request, by=None, at=at, outcome=Outcome.NO_OPINION_IN_TIME)
    return len(silent)


def publish_in_search(body: DialogueBody) -> None:
    """Puts a public body into the search index, takes one that is not out of it."""
    if body.is_public:
        search.put(body, **search_arguments(body))
    else:
        search.remove(body)


def search_arguments(body: DialogueBody) -> dict[str, Any]:
    documents = body.documents.exclude(published_at=None).values_list("title", flat=True)
    return {
        "kind": "body",
        "title": body.name,
        "lead": body.lead or body.notes,
        "text": " ".join([body.get_kind_display(), body.field, body.membership_rule, *documents]),
        "url": body.get_absolute_url(),
        "unit": body.unit,
    }
