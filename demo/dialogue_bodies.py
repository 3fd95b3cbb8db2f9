"""Dialogue bodies of the demo: the facts, and one invented commission and council term at work."""

from datetime import datetime, time, timedelta

from core.common.clock import at_local
from dialogue_bodies import actions
from dialogue_bodies.enums import BodyKind, BodyRole, DocumentKind, Outcome, PlanStatus, Reply, Side
from dialogue_bodies.models import BodyDocument, DialogueBody, Meeting, PlanItem
from organizations.enums import Origin
from organizations.models import Organization

from .context import DemoContext

COUNCIL = "Krakowska Rada Działalności Pożytku Publicznego"
COUNCIL_NGO = [
    "Anna Wilga",
    "Michał Orawiec",
    "Ewa Górka",
    "Piotr Sroka",
    "Oksana Marczuk",
    "Tomasz Gaj",
    "Hanna Polek",
    "",
]
COMMISSION_PEOPLE = ["Joanna Lisowska", "Michał Orawiec", "Ewa Górka", "Anna Wilga", "Piotr Sroka", ""]


def fill(ctx: DemoContext) -> None:
    ctx.import_facts("dialogue_bodies")
    council(ctx)
    commission(ctx)


def invented() -> list[Organization]:
    """Only invented organisations get invented people."""
    return list(Organization.objects.published().exclude(origin=Origin.IMPORTED).order_by("pk"))


def day(ctx: DemoContext, days: int, hour: int = 17) -> datetime:
    """The moment ``days`` from today at an hour in Kraków."""
    return at_local(ctx.today + timedelta(days=days), time(hour))


def council(ctx: DemoContext) -> None:
    """The present term of the council, its meetings and the opinions it was asked for."""
    body, secretary = DialogueBody.objects.get(name=COUNCIL), ctx.people["secretary"]
    DialogueBody.objects.filter(pk=body.pk).update(
        unit=ctx.unit("dk"),
        lead="Opiniuje programy, strategie i projekty uchwał ważne dla organizacji. W połowie składa się z osób, które wybrały organizacje.",
    )
    body.refresh_from_db()
    act = "zarządzenie PMK (kadencja pokazowa)"
    term = body.terms.get(number=6)
    start = ctx.today - timedelta(days=300)
    organizations = list(invented()[:8])
    for number, (name, organization) in enumerate(zip(COUNCIL_NGO, organizations, strict=False)):
        role = BodyRole.CO_CHAIR_NGO if number == 0 else BodyRole.MEMBER
        actions.add_member(
            body,
            by=secretary,
            at=ctx.now,
            term=term,
            side=Side.NGO,
            role=role,
            person_name=name,
            organization=organization,
            starts_on=start,
            legal_act=act,
        )
    for number in range(4):
        actions.add_member(
            body,
            by=secretary,
            at=ctx.now,
            term=term,
            side=Side.CITY_COUNCIL,
            person_name=f"Radna lub radny {number + 1}",
            nominated_by="Rada Miasta Krakowa",
            starts_on=start,
            legal_act=act,
        )
    for number in range(4):
        role = BodyRole.CO_CHAIR_CITY if number == 0 else BodyRole.MEMBER
        actions.add_member(
            body,
            by=secretary,
            at=ctx.now,
            term=term,
            side=Side.MAYOR,
            role=role,
            person_name=f"Osoba wskazana przez Prezydenta {number + 1}",
            unit=ctx.unit("ps"),
            starts_on=start,
            legal_act=act,
        )
    held(
        ctx,
        body,
        -20,
        ["Opinia o projekcie programu współpracy", "Sprawozdanie z prac zespołu lokalowego", "Wolne wnioski"],
        13,
    )
    coming(
        ctx,
        body,
        9,
        ["Kryteria konkursów na przyszły rok", "Plan pracy rady", "Wolne wnioski"],
        "sala Portretowa, pl. Wszystkich Świętych 3-4",
    )
    opinion = document(
        ctx, body, "Projekt rocznego programu współpracy", -20, Reply.PARTLY, "Wydział przyjął 5 z 8 uwag."
    )
    request = actions.request_opinion(
        body,
        by=secretary,
        at=day(ctx, -30),
        subject="Projekt rocznego programu współpracy",
        delivered_on=ctx.today - timedelta(days=30),
        unit=ctx.unit("ps"),
    )
    actions.record_outcome(
        request, by=secretary, at=day(ctx, -20), outcome=Outcome.POSITIVE_WITH_REMARKS, document=opinion
    )
    actions.request_opinion(
        body,
        by=secretary,
        at=day(ctx, -5),
        subject="Projekt zasad udostępniania lokali miejskich",
        delivered_on=ctx.today - timedelta(days=5),
        unit=ctx.unit("dk"),
    )
    actions.publish_in_search(body)


def commission(ctx: DemoContext) -> None:
    """An invented commission, from its founding to an opinion the city has not answered."""
    secretary = ctx.people["secretary"]
    body = actions.create_body(
        by=secretary,
        at=day(ctx, -400),
        name="Komisja Dialogu Obywatelskiego ds. Środowiska (pokazowa)",
        kind=BodyKind.KDO,
        field="środowisko",
        lead="Organizacje i miasto wspólnie opiniują projekty uchwał i konkursów o zieleni, powietrzu, wodzie i edukacji ekologicznej. Każda krakowska organizacja może dołączyć.",
        unit=ctx.unit("dk"),
        legal_basis="zarządzenie PMK nr 1379/2019",
        membership_rule="Wystarczy, że organizacja działa w Krakowie i wskaże osobę do kontaktu. Przyjęcie potwierdza najbliższe posiedzenie.",
    )
    organizations = list(invented()[-6:])
    roles = [BodyRole.CHAIR, BodyRole.DEPUTY_CHAIR]
    for number, (name, organization) in enumerate(zip(COMMISSION_PEOPLE, organizations, strict=False)):
        role = roles[number] if number < len(roles) else BodyRole.MEMBER
        actions.add_member(
            body,
            by=secretary,
            at=day(ctx, -395),
            side=Side.NGO,
            role=role,
            person_name=name,
            organization=organization,
            starts_on=ctx.today - timedelta(days=395),
        )
    actions.add_member(
        body,
        by=secretary,
        at=day(ctx, -395),
        side=Side.MAYOR,
        role=BodyRole.SECRETARY,
        person_name="Ewa Kmita",
        unit=ctx.unit("dk"),
        starts_on=ctx.today - timedelta(days=395),
    )
    actions.appoint_body(body, by=secretary, at=day(ctx, -390))
    for quarter, text, status in [
        (1, "Opinia o programie ochrony środowiska", PlanStatus.DONE),
        (2, "Zespół roboczy: zieleń podwórek i zbieranie deszczówki", PlanStatus.DONE),
        (3, "Opinia o zasadach udostępniania lokali miejskich", PlanStatus.RUNNING),
        (4, "Priorytety konkursów na przyszły rok", PlanStatus.AHEAD),
    ]:
        PlanItem.objects.create(body=body, year=ctx.today.year, quarter=quarter, text=text, status=status)
    held(ctx, body, -100, ["Plan pracy", "Wybór prezydium"], 9)
    held(ctx, body, -34, ["Zieleń podwórek: powołanie zespołu", "Konkurs na ogrody społeczne"], 7)
    coming(
        ctx,
        body,
        12,
        ["Zieleń podwórek: wyniki prac zespołu", "Lokale miejskie: projekt opinii", "Wolne wnioski"],
        "",
    )
    cancelled = meeting(ctx, body, 20, ["Posiedzenie wyjazdowe"], "Zakrzówek")
    actions.announce_meeting(cancelled, by=secretary, at=ctx.now)
    actions.cancel_meeting(cancelled, by=secretary, at=ctx.now, reason="Miejsce spotkania jest w remoncie.")
    document(
        ctx,
        body,
        "Regulamin dotacji na zbieranie deszczówki",
        -100,
        Reply.ACCEPTED,
        "Wydział zmienił 3 z 3 wskazanych zapisów.",
    )
    document(ctx, body, "Kryteria konkursu „Ogrody społeczne”", -60, Reply.AWAITED, "", reply_due=-30)


def meeting(ctx: DemoContext, body: DialogueBody, days: int, agenda: list[str], place: str) -> Meeting:
    start = day(ctx, days)
    return Meeting.objects.create(
        body=body,
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        place=place,
        online_link="" if place else "https://spotkania.example.org/kdo",
        accessibility="wejście bez progów, pętla indukcyjna",
        agenda="\n".join(agenda),
    )


def coming(ctx: DemoContext, body: DialogueBody, days: int, agenda: list[str], place: str) -> None:
    actions.announce_meeting(meeting(ctx, body, days, agenda, place), by=ctx.people["secretary"], at=ctx.now)


def held(ctx: DemoContext, body: DialogueBody, days: int, agenda: list[str], present: int) -> None:
    row, secretary = (
        meeting(ctx, body, days, agenda, "Centrum Obywatelskie Centrum C 10"),
        ctx.people["secretary"],
    )
    actions.announce_meeting(row, by=secretary, at=day(ctx, days - 10))
    actions.hold_meeting(row, by=secretary, at=day(ctx, days, 20))
    minutes = "Posiedzenie otwarto o godz. 17:00. Omówiono punkty porządku obrad, przyjęto wnioski bez głosów przeciw."
    actions.publish_minutes(
        row, by=secretary, at=day(ctx, days + 7), minutes=minutes, attendance_count=present
    )


def document(
    ctx: DemoContext,
    body: DialogueBody,
    title: str,
    days: int,
    reply: str,
    reply_text: str,
    reply_due: int | None = None,
) -> BodyDocument:
    row = BodyDocument(
        body=body,
        kind=DocumentKind.OPINION,
        title=title,
        adopted_on=ctx.today + timedelta(days=days),
        reply=reply,
        reply_text=reply_text,
        reply_due_on=ctx.today + timedelta(days=reply_due) if reply_due else None,
    )
    return actions.publish_document(row, by=ctx.people["secretary"], at=day(ctx, days))
