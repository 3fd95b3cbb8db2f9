"""Committees of the demo: a pool of candidates, one call in the middle of scoring, one decided with public cards."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from allauth.account.models import EmailAddress

from competitions import actions, law
from competitions.actions import committee as acts
from competitions.actions import formal
from competitions.actions import offers as filing
from competitions.enums import FormalMark, MemberRole, Seat
from competitions.law import offers as offer_law
from competitions.models import Call, Offer, RejectionReason, ScoreCard
from competitions.queries import committee as queries
from core.accounts.models import User
from core.city.models import TaskSphere
from core.common.clock import at_local, now
from core.documents.enums import Purpose
from organizations.models import Organization

from .competitions import Invented
from .context import DemoContext
from .people import PASSWORD

# (log-in, name): invented people of the pool and of the office
NGO_PEOPLE = [
    ("kandydatka1", "Barbara Sikora"),
    ("kandydat2", "Tomasz Gil"),
    ("kandydatka3", "Iwona Kruk"),
    ("kandydat4", "Paweł Jemioła"),
]
OFFICE_PEOPLE = [("komisja-urzad1", "Renata Dudek"), ("komisja-urzad2", "Jacek Wilga")]
REASONS = [
    "Organizacja pokazuje doświadczenie i ludzi, którzy udźwigną zadanie w tym czasie.",
    "Koszty są opisane i zgodne z cenami rynkowymi, dwie pozycje mogłyby być niższe.",
    "Diagnoza wynika z rozmów z mieszkankami i mieszkańcami, plan jest spójny z celem.",
    "Współpraca jest udokumentowana i widać ją w harmonogramie działań.",
    "Wolontariat i wkład rzeczowy są realne i policzone w kosztorysie.",
    "Opis dostępności jest konkretny: budynek, kontakt, prosty język materiałów.",
]
# (title, grant, own money, points of the six criteria by the first assessor)
STUDY = [
    ("Wolontariat od kuchni", "38000.00", "6000.00", (18, 32, 9, 17, 9, 5)),
    ("Koordynatorzy w każdej dzielnicy", "42000.00", "7000.00", (17, 30, 7, 16, 8, 4)),
    ("Pierwszy raz: dzień próbny wolontariatu", "29000.00", "5000.00", (14, 24, 6, 15, 7, 4)),
    ("Sto godzin dla miasta", "35000.00", "5500.00", (9, 15, 3, 10, 5, 2)),
]


def fill(ctx: DemoContext) -> None:
    Committees(ctx).fill()


class Committees:
    """Days are counted from the day of filling, as everywhere in the demo."""

    def __init__(self, ctx: DemoContext):
        self.ctx = ctx
        self.calls = Invented(ctx)
        self.clerk, self.coordinator = ctx.people["clerk"], ctx.people["coordinator"]
        self.organizations = list(Organization.objects.published().order_by("pk")[:200])

    def fill(self) -> None:
        self.people = {key: self.person(key, name) for key, name in [*NGO_PEOPLE, *OFFICE_PEOPLE]}
        self.pool()
        self.in_scoring()
        self.decided()

    def moment(self, days: int, hour: int = 9) -> datetime:
        return at_local(self.ctx.today + timedelta(days=days), time(hour))

    def person(self, key: str, name: str) -> User:
        user = User.objects.create_user(f"{key}@example.org", PASSWORD, full_name=name)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        return user

    # --- the pool ---------------------------------------------------------------------------------

    def pool(self) -> None:
        """Applications to the yearly base; the last one waits for the clerk."""
        people = [self.ctx.people["committee"], *(self.people[key] for key, _name in NGO_PEOPLE)]
        self.candidates = [self.candidate(user, number) for number, user in enumerate(people)]
        for candidate in self.candidates[:-1]:
            acts.accept(candidate, by=self.clerk, at=self.moment(-60))

    def candidate(self, user: User, number: int):
        profile = acts.Profile(
            full_name=user.full_name,
            experience="Od kilku lat prowadzę projekty społeczne i oceniam wnioski w programach grantowych.",
            spheres=TaskSphere.objects.filter(statutory_no__in=["27", "33", "10", "13"]),
            has_full_rights=True,
            has_consented=True,
        )
        naming = self.organizations[100 + number]
        return acts.apply(profile, naming_organization=naming, by=user, at=self.moment(-70))

    # --- calls ------------------------------------------------------------------------------------

    def with_offers(self, title: str, *, start: int, end: int, organizations: list[Organization]) -> Call:
        """An announced call in which the organisations filed their offers before the end."""
        call = self.calls.announced(
            title,
            unit="ps",
            sphere="27",
            announced=start,
            deadline=self.moment(end, 12),
            budget_total=Decimal(100000),
            max_grant=Decimal(50000),
            attachments_required=[],
            min_own_contribution_percent=Decimal(10),
            description="Dotacje na działania, które zachęcają do wolontariatu.",
            plain_summary="Dajemy pieniądze na zachęcanie do wolontariatu.",
            goal="<p>Więcej osób pomaga innym, a organizacje umieją je przyjąć.</p>",
        )
        for number, organization in enumerate(organizations):
            self.file(call, organization, STUDY[number % len(STUDY)], self.moment(end - 2, 10 + number))
        actions.close_call(call.pk, at=self.moment(end, 12) + timedelta(minutes=1))
        call.refresh_from_db()
        return call

    def file(self, call: Call, organization: Organization, what: tuple, at: datetime) -> None:
        title, grant, own, _points = what
        offer = filing.start_offer(call, organization=organization, by=None, at=at)
        for key, content in self.sections(call, title, Decimal(grant), Decimal(own)).items():
            filing.save_section(offer, key=key, content=content, edit_number=0, by=None, at=at)
        filing.file_offer(offer, by=None, at=at, statements=offer_law.content.STATEMENTS)

    @staticmethod
    def sections(call: Call, title: str, grant: Decimal, own: Decimal) -> dict[str, dict[str, Any]]:
        whole = grant + own
        admin = (whole / 10).quantize(Decimal("0.01"))
        years = range(1, int(call.task_to[:4]) - int(call.task_from[:4]) + 2)
        rows = [
            ("k1", "action", "a1", "Osoby prowadzące", whole - admin),
            ("k2", "admin", "", "Księgowość i koordynacja", admin),
        ]

        def by_year(amount: Decimal) -> dict[str, str]:
            """All of it in the first year, nothing later."""
            return {str(year): f"{amount if year == 1 else 0:.2f}" for year in years}

        return {
            "applicant": {
                "contact_name": "Ewa Przykładowa",
                "contact_phone": "12 000 00 03",
                "contact_email": "oferty@example.org",
            },
            "task": {
                "title": title,
                "starts_on": call.task_from,
                "ends_on": call.task_to,
                "place": "Kraków, domy kultury i szkoły",
                "target_group": "120 osób, które jeszcze nie były wolontariuszami, i 15 koordynatorek i koordynatorów.",
                "needs": "Z ankiety w trzech dzielnicach wynika, że ludzie chcą pomagać, ale nie wiedzą, gdzie zacząć.",
                "complementarity": "Łączymy działania z Tygodniem Wolontariatu i programami szkół.",
            },
            "plan": {
                "actions": [
                    {
                        "id": "a1",
                        "name": "Spotkania i dni próbne",
                        "description": "Dwanaście spotkań, po każdym dzień próbny w organizacji.",
                        "target_group": "mieszkanki i mieszkańcy",
                        "starts_on": call.task_from,
                        "ends_on": call.task_to,
                        "outside_party": "",
                    }
                ]
            },
            "results": {
                "effects": "120 osób spróbuje wolontariatu, 60 zostanie na dłużej.",
                "change": "Organizacje umieją przyjąć nowe osoby.",
                "durability": "Koordynatorki i koordynatorzy pracują dalej po zadaniu.",
                "indicators": [
                    {
                        "id": "r1",
                        "name": "osoby na dniach próbnych",
                        "target": "120",
                        "monitoring": "lista obecności",
                    }
                ],
            },
            "capacity": {
                "earlier_activity": "Od sześciu lat prowadzimy wolontariat w dzielnicach.",
                "human": "Dwie koordynatorki i czterech trenerów.",
                "material": "Biuro, sala na 30 osób, sprzęt do prezentacji.",
                "financial": "Składki i darowizny.",
            },
            "costs": {
                "rows": [
                    {
                        "id": key,
                        "group": group,
                        "action_id": action,
                        "name": name,
                        "unit": "umowa",
                        "unit_cost": f"{amount:.2f}",
                        "quantity": "1",
                        "years": by_year(amount),
                    }
                    for key, group, action, name, amount in rows
                ]
            },
            "sources": {
                "grant": f"{grant:.2f}",
                "own_financial": f"{own:.2f}",
                "own_in_kind": "",
                "fees": "",
            },
            "split": {"rows": []},
            "declarations": {"payment": "free", "joint_roles": "", "other": ""},
        }

    def check(self, call: Call, start: int, *, rejected: int = 0) -> None:
        """The formal check: all offers pass but the last ``rejected`` ones; then the committee's turn."""
        actions.begin_formal_evaluation(call, by=self.clerk, at=self.moment(start))
        offers = list(Offer.objects.filter(call=call).order_by("pk"))
        items = formal.ensure_card(call, by=self.clerk, at=self.moment(start))
        for number, offer in enumerate(offers):
            fails = number >= len(offers) - rejected
            for position, item in enumerate(items):
                mark = FormalMark.NO if fails and position == 1 else FormalMark.YES
                formal.save_answer(
                    offer, item, mark=mark, read_number=0, by=self.clerk, at=self.moment(start, 10)
                )
            if fails:
                code = RejectionReason.objects.get(code="F02")
                why = "Organizacja nie prowadzi działalności statutowej w sferze konkursu."
                formal.reject_offer(
                    offer, code=code, explanation=why, by=self.clerk, at=self.moment(start, 11)
                )
            else:
                formal.accept_offer(offer, by=self.clerk, at=self.moment(start, 11))
        call.refresh_from_db()
        actions.begin_merit_evaluation(call, by=self.clerk, at=self.moment(start + 1))

    # --- the committee ----------------------------------------------------------------------------

    def committee(self, call: Call, at: datetime, ordinance: str, scores_due_at: datetime):
        """Two persons of the office, the member of the demo, one more by lot; all declare, cards are given out."""
        made = acts.open_committee(call, by=self.clerk, at=at)
        made.scores_due_at = scores_due_at
        acts.save_committee(made, by=self.clerk, at=at)
        for (key, _name), role in zip(OFFICE_PEOPLE, (MemberRole.CHAIR, MemberRole.DEPUTY), strict=True):
            acts.add_member(made, user=self.people[key], seat=Seat.OFFICE, role=role, by=self.clerk, at=at)
        acts.add_member(made, candidate=self.candidates[0], seat=Seat.NGO, by=self.clerk, at=at)
        acts.draw_members(made, seats=1, by=self.clerk, at=at)
        return acts.appoint(made, ordinance_number=ordinance, by=self.clerk, at=at)

    def judge(self, made, at: datetime) -> None:
        for member in made.members.sitting():
            if member.user != self.ctx.people["committee"] or made.call.merit_review_until < self.ctx.today:
                acts.declare(member, conflicts={}, is_confirmed=True, by=member.user, at=at)
        made.call.refresh_from_db()
        acts.assign(made, by=self.clerk, at=at)

    def score(self, card: ScoreCard, at: datetime, *, less: int = 0, is_whole: bool = True) -> None:
        """Fills in a card, each assessor a little stricter than the one before; half-done cards stay unsigned."""
        title = card.offer.title
        points = next(row[3] for row in STUDY if row[0] == title)
        criteria = list(card.offer.call.criteria.all())
        rows = {
            one.pk: acts.Typed(points=Decimal(max(0, value - less)), justification=reason)
            for one, value, reason in zip(criteria, points, REASONS, strict=True)
        }
        if not is_whole:
            rows = dict(list(rows.items())[:3])
        acts.save_card(card, rows, by=card.member.user, at=at)
        if is_whole:
            acts.sign_card(card, by=card.member.user, at=at)

    def in_scoring(self) -> None:
        """Cards half signed; the member of the demo still has to declare."""
        call = self.with_offers(
            "Wolontariat na co dzień", start=-45, end=-20, organizations=self.organizations[:4]
        )
        self.check(call, -19)
        made = self.committee(call, self.moment(-18), "1410/demo", self.moment(6, 15))
        self.judge(made, self.moment(-10))
        for number, card in enumerate(ScoreCard.objects.filter(offer__call=call).order_by("pk")):
            self.score(card, self.moment(-5, 12), less=card.number - 1, is_whole=number % 2 == 0)

    def decided(self) -> None:
        """The whole way to the published cards, with one change after signing and one question for reasons."""
        call = self.with_offers(
            "Szkoła koordynatorek i koordynatorów wolontariatu",
            start=-95,
            end=-72,
            organizations=self.organizations[4:9],
        )
        self.check(call, -71, rejected=1)
        made = self.committee(call, self.moment(-69), "1288/demo", self.moment(-58))
        self.judge(made, self.moment(-68))
        for card in ScoreCard.objects.filter(offer__call=call):
            self.score(card, self.moment(-62, 12), less=card.number - 1)
        self.change(call)
        meeting = acts.plan_meeting(
            made,
            starts_at=self.moment(-60, 10),
            place="pl. Wszystkich Świętych 3–4, sala 12",
            agenda="1. Omówienie ocen\n2. Propozycja podziału dotacji",
            by=self.clerk,
            at=self.moment(-64),
        )
        present = [member.pk for member in made.members.sitting()]
        notes = "Komisja omówiła oferty od najwyższej oceny. Nikt nie zgłosił nowego konfliktu interesów."
        acts.record_meeting(meeting, present=present, notes=notes, by=self.clerk, at=self.moment(-60, 13))
        call.refresh_from_db()
        rows = law.propose(
            queries.ranked(call), queries.pool_of(call), minimum=call.minimum_score, takes_rest=True
        )
        acts.save_proposal(made, rows, reason="", by=self.clerk, at=self.moment(-60, 14))
        actions.record_committee_opinion(call, by=self.clerk, at=self.moment(-59))
        actions.record_decision(call, by=self.clerk, at=self.moment(-55))
        call.result.ordinance_number = "1301/demo"
        call.result.save()
        self.calls.publish(call, Purpose.RESULTS, -20)
        actions.publish_results(call, by=self.clerk, at=self.moment(-20, 10))
        self.ask(call)

    def change(self, call: Call) -> None:
        """One assessor thinks again after the talk, in the open."""
        card = ScoreCard.objects.filter(offer__call=call).order_by("pk").first()
        if card is None:
            return
        first = card.scores.first()
        typed = acts.Typed(points=first.points + 1, justification=first.justification)
        rows = {
            score.criterion_id: acts.Typed(points=score.points, justification=score.justification)
            for score in card.scores.all()
        }
        reason = "W załączniku są referencje, których najpierw nie uwzględniłam."
        acts.change_card(
            card, {**rows, first.criterion_id: typed}, reason=reason, by=card.member.user, at=self.moment(-61)
        )

    def ask(self, call: Call) -> None:
        call.refresh_from_db()
        award = call.result.awards.last()
        asked = acts.ask_reasons(
            call,
            text="Dlaczego ta oferta nie dostała dotacji, skoro w puli zostały środki?",
            email="mieszkaniec@example.org",
            award=award,
            by=self.ctx.people["resident"],
            at=self.moment(-15),
        )
        acts.answer_reasons(
            asked,
            answer="Oferta nie osiągnęła progu 60 punktów z ogłoszenia. Uzasadnienia przy kryteriach są na stronie z kartami oceny.",
            is_public=True,
            by=self.clerk,
            at=self.moment(-10),
        )
        acts.ask_reasons(
            call,
            text="Proszę o uzasadnienie kwoty pierwszej dotacji.",
            email="ngo@example.org",
            at=self.moment(-1),
        )


def finish(call: Call) -> None:
    """Signs the cards that wait and holds the meeting: what a journey needs before the ranking."""
    at = now()
    committee = call.committee
    for card in ScoreCard.objects.valid().filter(offer__call=call, signed_at__isnull=True):
        rows = {
            one.pk: acts.Typed(points=(one.max_points * 3 / 4).quantize(Decimal(1)), justification=REASONS[0])
            for one in call.criteria.all()
        }
        acts.save_card(card, rows, by=card.member.user, at=at)
        acts.sign_card(card, by=card.member.user, at=at)
    meeting = acts.plan_meeting(committee, starts_at=at, place="sala 12", by=None, at=at)
    present = [member.pk for member in committee.members.sitting()]
    acts.record_meeting(meeting, present=present, notes="", by=None, at=at)
    for standing in queries.standings_of(committee):
        if standing.needs_look:
            note = "Komisja omówiła różnice i zostaje przy ocenach."
            acts.record_second_look(meeting, standing.offer, note=note, by=None, at=at)
