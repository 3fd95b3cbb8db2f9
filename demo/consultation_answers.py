"""An invented consultation under analysis, with all that the desk of remarks can do."""

from datetime import timedelta

from consultations import actions
from consultations.enums import Kind, PositionCode, RedactionReason
from consultations.models import Consultation
from core.city.models import District

from .consultations import BOTH, Plan, announce, answer, moment, organisation, person, send
from .context import DemoContext

YARDS = Plan(
    "Zielone podwórka: zasady dotacji dla wspólnot", "ps", -42, 28,
    "Miasto chce dopłacać do zieleni na podwórkach. Powiedz, komu, ile i na jakich zasadach.",
    "Pytamy o wysokość dotacji, wymagane dokumenty i gatunki roślin.",
    regimes=BOTH, kind=Kind.POLICY,
    points=(
        ("1", False, "Dotacja wynosi najwyżej 20 000 zł na jedno podwórko."),
        ("2", False, "Do wniosku dołącza się projekt nasadzeń i zgodę właściciela."),
        ("3", False, "Wnioski składa się w marcu i we wrześniu."),
    ),
)  # fmt: skip
REMARKS = (
    ("1", "Podnieście dotację do 30 000 zł na podwórko.", "Same sadzonki dużych drzew kosztują kilkanaście tysięcy."),
    ("1", "Prosimy o podniesienie dotacji do 30 000 zł na jedno podwórko.", "Za 20 000 zł nie da się rozebrać betonu."),
    ("2", "Projekt nasadzeń niech wystarczy odręczny.", "Projektant kosztuje tyle, ile połowa dotacji."),
    ("2", "Zarząd Zieleni powinien podać listę odpornych gatunków.", "Wspólnoty nie wiedzą, co przetrwa suszę."),
    ("3", "Przyjmujcie wnioski przez cały rok.", ""),
    ("", "Sąsiad Zenon Próbny z parteru zajął podwórko. Proszę o telefon: 600 700 800.", ""),
)  # fmt: skip


def fill(ctx: DemoContext) -> None:
    """Two like remarks are tied, one is with another unit, one waits for the second person, one has covered words."""
    made = with_remarks(ctx)
    clerk, at = ctx.people["clerk"], moment(ctx, -6)
    actions.start_analysis(made, by=clerk, at=moment(ctx, -10))
    rows = list(made.remarks.order_by("number"))
    actions.group_remarks(rows[:2], subject="Wyższa dotacja na podwórko", by=clerk, at=at)
    answer(made, 3, PositionCode.ACCEPTED, "Wystarczy szkic z wymiarami i listą roślin.", clerk, at)
    actions.assign_remarks(
        rows[3:4],
        unit=ctx.unit("dk"),
        due_on=ctx.today + timedelta(days=4),
        note="Czy możecie przygotować listę gatunków razem z dzielnicami?",
        by=clerk,
        at=at,
    )
    actions.cover_words(
        rows[5],
        fragments=["Zenon Próbny", "600 700 800"],
        reason=RedactionReason.PERSON,
        by=clerk,
        at=at,
    )
    ctx.say("  konsultacje zmyślone z biurkiem uwag: 1")


def with_remarks(ctx: DemoContext) -> Consultation:
    """Over since two weeks; each remark came from somebody else."""
    made = announce(ctx, YARDS)
    made.needs_second_person = True
    actions.save_consultation(
        made, by=ctx.people["clerk"], at=moment(ctx, -48), reason="Ustalono w wydziale."
    )
    actions.open_due(moment(ctx, YARDS.starts))
    district = District.objects.filter(number=11).first()
    for place, text in enumerate(REMARKS):
        who = (
            organisation("Stowarzyszenie Zielone Podwórko", "zielone@example.org")
            if place == 1
            else person(f"Osoba Zmyślona {place}", f"osoba{place + 40}@example.org", district)
        )
        part, wording, why = text
        send(ctx, made, who, YARDS.starts + 3 + place, (part, wording, why))
    actions.close_due(moment(ctx, YARDS.starts + YARDS.lasts + 1))
    made.refresh_from_db()
    return made
