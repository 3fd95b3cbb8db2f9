"""Sign-ups, talks at duties, invitations and opinions in the invented consultations, by the real actions."""

from datetime import timedelta

from consultations import actions
from consultations.actions import Attendee, Choice, RemarkText, Sender
from consultations.enums import DUTIES, FormKind, Need, RespondentType
from consultations.models import Consultation, ConsultationForm, FormDate
from core.common.clock import today
from dialogue_bodies.actions import COUNCIL_PREFIX, publish_document
from dialogue_bodies.enums import DocumentKind
from dialogue_bodies.models import BodyDocument, DialogueBody
from organizations.models import Organization

from .consultations import MICRO_GRANTS, PROGRAMME, STANDARD, Plan, moment
from .context import DemoContext

PEOPLE = [
    "Anna Wójcik",
    "Piotr Mazur",
    "Maria Kos",
    "Ewa Cicha",
    "Jan Lis",
    "Adam Nowy",
    "Olga Bąk",
    "Igor Sowa",
]


def fill(ctx: DemoContext) -> None:
    take_sign_ups()
    full_meeting(ctx)
    booked_talks(ctx)
    called_off(ctx)
    held(ctx)
    invited(ctx)
    with_opinion(ctx)
    ctx.say("  zapisy, zaproszenia i opinie w konsultacjach")


def one(plan: Plan) -> Consultation:
    return Consultation.objects.get(title=plan.title)


def take_sign_ups() -> None:
    """Every invented meeting has forty places, every duty talks of twenty minutes."""
    mine = ConsultationForm.objects.filter(consultation__origin="portal")
    mine.filter(kind=FormKind.OPEN_MEETING).update(takes_sign_ups=True, seat_limit=40)
    mine.filter(kind__in=DUTIES).update(takes_sign_ups=True, slot_minutes=20)


def dates(plan: Plan, kind: FormKind) -> list[FormDate]:
    rows = FormDate.objects.filter(form__consultation=one(plan), form__kind=kind)
    return list(rows.select_related("form__consultation").order_by("starts_on", "pk"))


def person(number: int, **more) -> Attendee:
    return Attendee(PEOPLE[number % len(PEOPLE)], email=f"uczestnik{number}@example.org", **more)


def full_meeting(ctx: DemoContext) -> None:
    """Six places taken, two people wait; one gave a place back."""
    (date,) = dates(PROGRAMME, FormKind.OPEN_MEETING)
    date.form.seat_limit = 6
    date.form.save(update_fields=["seat_limit"])
    made = [actions.sign_up(date, who=person(n), at=moment(ctx, -6, 9 + n)) for n in range(7)]
    needs = (Need.SIGN_LANGUAGE.value, Need.CHILD_CARE.value)
    actions.sign_up(date, who=person(7, needs=needs), at=moment(ctx, -5))
    actions.sign_up(date, who=person(8, needs_note="napisy na ekranie"), at=moment(ctx, -4))
    actions.confirm_sign_up(made[0], at=moment(ctx, -2))
    actions.cancel_sign_up(made[1], at=moment(ctx, -1))


def booked_talks(ctx: DemoContext) -> None:
    """Two talks at the next duty."""
    coming = [date for date in dates(PROGRAMME, FormKind.PHONE_DUTY) if date.starts_on > today()]
    for number, slot in enumerate((1, 4), start=10):
        who = person(number, slot=slot, phone="12 000 00 03", topic="Konkursy wieloletnie")
        actions.sign_up(coming[0], who=who, at=moment(ctx, -3))


def called_off(ctx: DemoContext) -> None:
    """A coming meeting that cannot take place, and the page says why."""
    extra = dates(PROGRAMME, FormKind.PHONE_DUTY)[-1]
    if extra.starts_on > today():
        actions.cancel_date(
            extra,
            reason="Osoba, która prowadzi dyżur, jest chora.",
            by=ctx.people["clerk"],
            at=moment(ctx, -1),
        )


def held(ctx: DemoContext) -> None:
    """A meeting of the past: nine had signed up, seven of them came and four more."""
    (date,) = dates(MICRO_GRANTS, FormKind.OPEN_MEETING)
    before = date.starts_at - timedelta(days=3)
    made = [actions.sign_up(date, who=person(20 + n), at=before) for n in range(9)]
    actions.check_in(
        date,
        present=[row.pk for row in made[:7]],
        walk_ins=4,
        by=ctx.people["secretary"],
        at=date.starts_at + timedelta(hours=1),
    )


def invited(ctx: DemoContext) -> None:
    """Organisations of the base were asked; half of them opened the invitation."""
    for plan, by in ((PROGRAMME, "clerk"), (STANDARD, "secretary")):
        made = one(plan)
        batch = actions.invite(
            made,
            Choice(is_everybody=True),
            message="Znacie ten temat z codziennej pracy. Kilka zdań od Was naprawdę pomoże.",
            by=ctx.people[by],
            at=moment(ctx, plan.starts + 1),
        )
        rows = list(batch.invitations.order_by("pk"))
        for row in rows[: max(len(rows) // 2, 1)]:
            actions.open_invitation(row.pk, at=moment(ctx, plan.starts + 3))
    answer_invitation(ctx, rows[0].organization)


def answer_invitation(ctx: DemoContext, organization: Organization) -> None:
    """One of the invited has written."""
    who = Sender(
        RespondentType.NGO,
        name="Anna Próbna",
        email="zaproszona@example.org",
        organisation_name=organization.name,
        organization=organization,
    )
    remark = RemarkText("Odpowiadajcie na pisma organizacji w 7 dni.", justification="Terminy uciekają.")
    actions.file_submission(one(STANDARD), sender=who, remarks=[remark], at=moment(ctx, -6))


def with_opinion(ctx: DemoContext) -> None:
    """The competent bodies were told; the council has given its opinion."""
    made = one(PROGRAMME)
    actions.tell_competent_bodies(made, at=moment(ctx, PROGRAMME.starts - 10))
    council = DialogueBody.objects.filter(name__startswith=COUNCIL_PREFIX).first()
    if council is not None:
        opinion = BodyDocument(
            body=council,
            kind=DocumentKind.OPINION,
            title="Opinia o założeniach programu współpracy",
            adopted_on=ctx.today - timedelta(days=2),
            text="Rada popiera założenia i prosi o dłuższe konkursy na działania sąsiedzkie. (przykład zmyślony)",
            consultation=made,
        )
        publish_document(opinion, by=ctx.people["secretary"], at=moment(ctx, -1))
