"""Notices of the demo beyond the plain ones: a draft under remarks, a template, changed versions, a continuous intake."""

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from competitions import actions
from competitions.enums import Alert, Intake, Mode
from competitions.models import Call, DraftReview
from core.documents.enums import Place

if TYPE_CHECKING:
    from .competitions import Invented

REMARKS = [
    (
        3,
        "Limit 40 000 zł nie wystarczy na dwa lata zajęć. Proponujemy 60 000 zł.",
        "Stowarzyszenie Zielony Prądnik",
    ),
    (None, "Dobrze, że pytacie przed konkursem. Prosimy o termin po wakacjach.", ""),
    (6, "Dopuśćcie zajęcia w plenerze, także poza dzielnicą.", "Fundacja Most na Podgórze"),
]


def fill(made: "Invented") -> None:
    under_remarks(made)
    answered_draft(made)
    changed_notice(made)
    money_left(made)
    saved_search(made)


def under_remarks(made: "Invented") -> None:
    """A draft that waits for remarks now; one of them is answered."""
    call = made.draft(
        "Zajęcia sąsiedzkie w Domach Kultury",
        unit="dk",
        sphere="13",
        announced=-3,
        deadline=made.moment(50, 12),
        budget_total=Decimal(360000),
        max_grant=Decimal(40000),
        description="Dotacje na stałe zajęcia, które prowadzą i wymyślają sąsiadki i sąsiedzi.",
        plain_summary="Damy do 40 000 zł na zajęcia dla sąsiadów. Najpierw pytamy, czy warunki są dobre.",
        goal="<p>W każdej dzielnicy jest miejsce, w którym sąsiedzi uczą się od siebie.</p>",
    )
    review = review_of(made, call, opens=-2, closes=12)
    first = remarks(review, made, days=-1)[0]
    actions.answer_remark(
        first,
        position="partly",
        answer="Podniesiemy limit do 50 000 zł. Pula na cały konkurs się nie zmienia.",
        by=made.coordinator,
        at=made.ctx.now,
    )


def review_of(made: "Invented", call: Call, *, opens: int, closes: int) -> DraftReview:
    return actions.open_review(
        call,
        opens_at=made.moment(opens, 10),
        closes_at=made.moment(closes, 23, 59),
        intro="Czy limity dotacji są dobre? Czego brakuje w warunkach?",
        by=made.coordinator,
        at=made.moment(opens, 9),
    )


def remarks(review: DraftReview, made: "Invented", *, days: int) -> list:
    paragraphs = {paragraph.number: paragraph for paragraph in review.paragraphs.all()}
    return [
        actions.file_remark(
            review,
            text=text,
            paragraph=paragraphs.get(number) if number else None,
            organization_name=organization,
            at=made.moment(days, 11),
        )
        for number, text, organization in REMARKS
    ]


def answered_draft(made: "Invented") -> None:
    """A call that was announced after the remarks on its draft were answered; it also gave a template."""
    call = made.draft(
        "Rodzinne popołudnia. Zajęcia dla dzieci i opiekunów",
        unit="ps",
        sphere="27",
        announced=-22,
        deadline=made.moment(25, 12),
        budget_total=Decimal(270000),
        max_grant=Decimal(45000),
        description="Dotacje na popołudniowe zajęcia dla całych rodzin.",
        plain_summary="Dajemy do 45 000 zł na zajęcia, na które dzieci przychodzą z dorosłymi.",
        goal="<p>Dzieci i dorośli spędzają razem czas, za darmo i blisko domu.</p>",
    )
    call.checks.create(text="Radca prawny przejrzał wzór umowy")
    call.checks.create(text="Skarbnik potwierdził środki")
    review = review_of(made, call, opens=-20, closes=-12)
    for remark in remarks(review, made, days=-18):
        actions.answer_remark(
            remark,
            position="accepted",
            answer="Dziękujemy, zmieniliśmy szkic.",
            by=made.coordinator,
            at=made.moment(-11),
        )
    actions.summarise_review(
        review,
        summary="Podnieśliśmy limit dotacji i dopuściliśmy zajęcia w plenerze.",
        by=made.coordinator,
        at=made.moment(-11, 12),
    )
    made.publish(call, "notice", -5)
    actions.announce(call, by=made.coordinator, at=made.moment(-5))
    actions.keep_as_template(call, name="Zajęcia dla mieszkańców", by=made.coordinator, at=made.moment(-4))


def changed_notice(made: "Invented") -> None:
    """A notice with three versions: a longer intake, then another criterion, after which 21 days ran again."""
    call = made.draft(
        "Senioralne Centra Ruchu",
        unit="ps",
        sphere="10",
        announced=-10,
        deadline=made.moment(14, 12),
        budget_total=Decimal(500000),
        max_grant=Decimal(80000),
        target_groups=["osoby 60+"],
        description="Dotacje na całoroczne zajęcia ruchowe dla osób starszych.",
        plain_summary="Dajemy do 80 000 zł na zajęcia ruchowe dla osób starszych.",
        goal="<p>Osoby starsze ćwiczą regularnie, pod opieką instruktorek i instruktorów.</p>",
    )
    for name, amount in (("Zajęcia w salach", 350000), ("Zajęcia w plenerze", 150000)):
        call.parts.create(name=name, budget=Decimal(amount))
    made.publish(call, "notice", -10)
    actions.announce(call, by=made.coordinator, at=made.moment(-10))
    actions.change_notice(
        call,
        changes={"contact": "tel. 12 000 00 03, ruch@example.org"},
        reason="Zmienił się numer telefonu.",
        publications=change_places(made, -4),
        by=made.coordinator,
        at=made.moment(-4),
    )
    criterion = call.criteria.first()
    actions.change_notice(
        call,
        changes={"offers_due_at": made.moment(26, 12)},
        rows={"criteria": [actions.RowChange(criterion.pk, {"max_points": Decimal(15)})]},
        reason="Mniej punktów za możliwość realizacji, aby nowe organizacje miały równe szanse.",
        publications=change_places(made, 0),
        by=made.coordinator,
        at=made.ctx.now,
    )


def change_places(made: "Invented", days: int) -> list[actions.Publication]:
    day = made.ctx.today + timedelta(days=days)
    return [
        actions.Publication(Place.BIP, day, url="https://bip.example.org/zmiany/2"),
        actions.Publication(Place.NOTICE_BOARD, day, location="tablica ogłoszeń, ul. Dekerta 24, parter"),
        actions.Publication(Place.WEBSITE, day, url="https://miasto.example.org/zmiany/2"),
    ]


def money_left(made: "Invented") -> None:
    """A continuous intake in rounds, until the money is spent; a part is given away already."""
    call = made.draft(
        "Mikrodotacje na inicjatywy sąsiedzkie. Nabór ciągły",
        unit="dk",
        sphere="13",
        announced=-40,
        deadline=made.moment(90, 15),
        mode=Mode.OWN_CONTRIBUTION,
        intake=Intake.FUNDS,
        budget_total=Decimal(120000),
        max_grant=Decimal(8000),
        description="Niewielkie dotacje na pomysły sąsiadów, przyjmowane w turach aż do wyczerpania środków.",
        plain_summary="Dajemy do 8 000 zł na pomysły sąsiadów. Oferty przyjmujemy, dopóki są pieniądze.",
        goal="<p>Sąsiedzi robią coś razem, bez długiego czekania na konkurs.</p>",
    )
    rounds = [(-40, -10, "pierwsza tura"), (-9, 30, "druga tura"), (31, 90, "trzecia tura")]
    for opens, closes, note in rounds:
        call.intake_windows.create(
            opens=made.moment(opens).date().isoformat(),
            closes=f"{made.moment(closes).date().isoformat()}T15:00",
            note=note,
        )
    made.publish(call, "notice", -40)
    actions.announce(call, by=made.coordinator, at=made.moment(-40))
    for days, amount in ((-8, "36500"), (-2, "21200.50")):
        actions.record_spending(
            call,
            amount=Decimal(amount),
            decided_on=made.ctx.today + timedelta(days=days),
            note="pierwsza tura",
            by=made.coordinator,
            at=made.moment(days, 12),
        )


def saved_search(made: "Invented") -> None:
    actions.save_search(
        user=made.ctx.people["ngo"],
        name="Konkursy dla seniorów",
        query="q=senior&status=trwa",
        alert=Alert.WEEKLY,
        at=made.ctx.now,
    )
