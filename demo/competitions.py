"""Calls of the demo: collected facts, then invented calls in every state, made by the real actions."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from competitions import actions
from competitions.enums import Form, Intake, Mode, Outcome
from competitions.models import Award, Call, CallCriterion, CallScheduleEntry, RejectedOffer
from core.city.models import District, TaskSphere
from core.common.clock import at_local, local_day
from core.documents.actions import attach, record_publication
from core.documents.enums import Place, Purpose
from core.notifications.follows import follow

from . import formal, offers
from .context import DemoContext

# (criterion, what it means, points): the card of R-CALL-34, adapted to support
CRITERIA = [
    ("Możliwość realizacji zadania", "zespół, doświadczenie, dostęp do lokalu", 20),
    ("Proponowana jakość wykonania zadania", "diagnoza, plan działań, udział mieszkańców", 35),
    ("Współpraca z innymi podmiotami", "oferta wspólna lub udokumentowana deklaracja współpracy", 10),
    ("Kalkulacja kosztów", "zasadność, zgodność ze stawkami rynkowymi", 20),
    ("Wkład własny i wolontariat", "finansowy, osobowy, rzeczowy", 10),
    ("Dostępność", "architektoniczna, cyfrowa, informacyjno-komunikacyjna", 5),
]
COMMON: dict[str, Any] = {
    "mode": Mode.OPEN_CALL,
    "form": Form.SUPPORT,
    "place": "Gmina Miejska Kraków",
    "min_own_contribution_percent": Decimal(10),
    "own_contribution_note": "finansowy, osobowy lub rzeczowy",
    "max_cofinancing_percent": Decimal(90),
    "admin_cost_percent": Decimal(15),
    "offers_per_applicant": 1,
    "minimum_score": Decimal(60),
    "prior_funding_current_year": Decimal(0),
    "prior_funding_previous_year": Decimal(180000),
    "eligibility": (
        "<p>Organizacje pozarządowe oraz podmioty z art. 3 ust. 3 ustawy o działalności pożytku publicznego "
        "i o wolontariacie. Ofertę wspólną mogą złożyć dwie organizacje lub więcej.</p>"
        "<ul><li>Masz w statucie działalność w sferze tego konkursu.</li>"
        "<li>Nie zalegasz z rozliczeniem wcześniejszych dotacji miasta.</li></ul>"
    ),
    "conditions": (
        "<p>Jedna organizacja składa jedną ofertę. Z dotacji pokryjesz koszty poniesione w Krakowie, od dnia podpisania umowy "
        "do końca zadania.</p><p>Kwota dotacji może być niższa niż w ofercie. Wtedy prosimy o zmianę kosztorysu.</p>"
    ),
    "accessibility": (
        "<p>Zaplanuj zadanie tak, aby mogły w nim uczestniczyć osoby ze szczególnymi potrzebami: dostępny budynek, "
        "informacja prostym językiem, kontakt także przez SMS lub e-mail.</p>"
    ),
    "selection_procedure": (
        "<p>Oferty sprawdzamy formalnie, a potem ocenia je komisja konkursowa. Każdą ofertę oceniają trzy osoby, wynik to średnia. "
        "Oferty wybiera Prezydent Miasta Krakowa po opinii komisji.</p>"
    ),
    "includes_committee_call": True,
    "committee_call": (
        "<p>Organizacje, które nie składają oferty w tym konkursie, mogą zgłosić osobę do komisji. "
        "Praca w komisji jest nieodpłatna.</p>"
    ),
    "submission_system": "Ofertę napisz i złóż na tej stronie. Szkic zapisuje się sam do końca naboru.",
    "attachments_required": [
        "wyciąg z rejestru (gdy organizacji nie ma w KRS)",
        "pełnomocnictwo (gdy dotyczy)",
    ],
    "contact": "tel. 12 000 00 01, poniedziałek–piątek, 8:00–15:00\nkonkursy@example.org",
    "contact_system": "tel. 12 000 00 02, pomoc@example.org",
    "cancellation_reservation": "Miasto może unieważnić konkurs, gdy w budżecie zabraknie środków na zadanie.",
    "information_clause": (
        "<p>Administratorem danych jest Prezydent Miasta Krakowa. Dane przetwarzamy, aby przeprowadzić konkurs "
        "(art. 6 ust. 1 lit. c i e RODO). Masz prawo dostępu do danych i skargi do Prezesa UODO.</p>"
    ),
}
ANSWERS = [
    (
        "Czy koszt remontu lokalu można pokryć z dotacji?",
        "Nie. Z dotacji można sfinansować drobne prace, na przykład malowanie albo montaż poręczy, do 10% dotacji.",
    ),
    (
        "Czy okres przygotowania wlicza się do okresu realizacji?",
        "Tak, ale nie może być dłuższy niż trzy miesiące.",
    ),
]
# (organisation, title, outcome, asked, granted, points); all invented
OFFERS = [
    (
        "Stowarzyszenie Zacięcie",
        "Sąsiedzi uczą sąsiadów: wizyty w miejscach aktywności",
        "awarded",
        84000,
        84000,
        "91.30",
    ),
    (
        "Fundacja Start Tango",
        "Razem łatwiej. Spotkania sieciujące trzech sektorów",
        "awarded",
        79500,
        76000,
        "88.00",
    ),
    (
        "Fundacja Zustricz Próbna",
        "Most. Wizyty studyjne organizacji migranckich",
        "awarded",
        62000,
        62000,
        "84.70",
    ),
    (
        "Stowarzyszenie Zielony Prądnik",
        "Podwórka od kuchni: zobacz, jak robią to inni",
        "awarded",
        58000,
        52500,
        "77.30",
    ),
    ("Fundacja Most na Podgórze", "Giełda dobrych praktyk NGO", "awarded", 48000, 44000, "69.00"),
    ("Klub Sąsiedzki Zabłocie", "Zabłocie w drodze", "reserve", 40000, None, "64.30"),
    ("Stowarzyszenie Rodzin Bez Barier", "Wizyty bez barier", "below_threshold", 36000, None, "55.00"),
    ("Fundacja Nowa Huta Razem", "Objazd po centrach", "below_threshold", 45000, None, "43.30"),
]


def fill(ctx: DemoContext) -> None:
    ctx.import_facts("calls")
    Invented(ctx).fill()


class Invented:
    """The invented calls; days are counted from the day of filling, so something is always open."""

    def __init__(self, ctx: DemoContext):
        self.ctx = ctx
        self.clerk, self.coordinator = ctx.people["clerk"], ctx.people["coordinator"]

    def fill(self) -> None:
        self.plans()
        watched = [self.closing_tomorrow(), self.neighbourhood_places()]
        self.other_open_calls()
        for call in watched:
            follow(self.ctx.people["ngo"], call)
        self.move_a_deadline(watched[1])
        self.evaluated_calls()
        self.decided_call()
        self.cancelled_call()
        self.drafts()

    # --- pieces -----------------------------------------------------------------------------------

    def moment(self, days: int, hour: int = 9, minute: int = 0) -> datetime:
        return at_local(self.ctx.today + timedelta(days=days), time(hour, minute))

    def draft(
        self, title: str, *, unit: str, sphere: str, announced: int, deadline: datetime, **values: Any
    ) -> Call:
        """A complete draft, made two days before it is announced."""
        ends = local_day(deadline)
        dates = {
            "formal_review_until": ends + timedelta(days=10),
            "merit_review_until": ends + timedelta(days=26),
            "results_planned_on": ends + timedelta(days=33),
            "contracts_until": ends + timedelta(days=54),
            "task_from": (ends + timedelta(days=60)).isoformat(),
            "task_to": f"{ends.year + 1}-12-31",
            "offers_due_at": deadline,
        }
        call = actions.draft_call(
            unit=self.ctx.unit(unit),
            title=title,
            by=self.coordinator,
            at=self.moment(announced - 2),
            **{**COMMON, **dates, **values},
        )
        call.spheres.add(TaskSphere.objects.get(statutory_no=sphere))
        for position, (name, description, points) in enumerate(CRITERIA):
            CallCriterion.objects.create(
                call=call, name=name, description=description, max_points=points, position=position
            )
        return call

    def publish(self, call: Call, purpose: Purpose, days: int) -> None:
        """The three mandatory places, all on one day."""
        at = self.moment(days)
        where = {
            Place.BIP: {"url": f"https://bip.example.org/ogloszenia/{call.pk}"},
            Place.NOTICE_BOARD: {"location": "tablica ogłoszeń, ul. Dekerta 24, parter"},
            Place.WEBSITE: {"url": f"https://miasto.example.org/konkursy/{call.pk}"},
        }
        for place, proof in where.items():
            record_publication(
                call,
                place=place,
                purpose=purpose,
                published_on=local_day(at),
                by=self.coordinator,
                at=at,
                **proof,
            )

    def announced(self, title: str, *, announced: int, **values: Any) -> Call:
        call = self.draft(title, announced=announced, **values)
        self.publish(call, Purpose.NOTICE, announced)
        return actions.announce(call, by=self.coordinator, at=self.moment(announced))

    def closed(
        self, title: str, *, announced: int, ended: int, has_offers: bool = False, **values: Any
    ) -> Call:
        call = self.announced(title, announced=announced, deadline=self.moment(ended, 12), **values)
        if has_offers:
            offers.file_all(call, self.moment(ended, 11, 30))
        actions.close_call(call.pk, at=self.moment(ended, 12, 1))
        call.refresh_from_db()
        return call

    # --- calls ------------------------------------------------------------------------------------

    def closing_tomorrow(self) -> Call:
        return self.announced(
            "Bezpieczny senior. Szkolenia o oszustwach metodą „na wnuczka”",
            unit="ps",
            sphere="10",
            announced=-28,
            deadline=self.moment(1, 12),
            budget_total=Decimal(150000),
            max_grant=Decimal(30000),
            target_groups=["osoby 60+", "rodziny osób starszych"],
            description="Dotacje na szkolenia, po których starsze osoby rozpoznają oszustwo i wiedzą, gdzie je zgłosić.",
            plain_summary=(
                "Dajemy do 30 000 zł na szkolenia dla osób starszych. Szkolenia uczą, jak nie dać się oszukać. "
                "Ofertę złóż do jutra do godziny 12:00."
            ),
            goal="<p>Starsze mieszkanki i mieszkańcy poznają sposoby oszustów i wiedzą, jak się bronić.</p>",
        )

    def neighbourhood_places(self) -> Call:
        first = self.ctx.today.year + 1
        call = self.announced(
            f"Miejsca Aktywności Mieszkańców {first}–{first + 2}",
            unit="dk",
            sphere="13",
            announced=-8,
            deadline=self.moment(14, 15, 30),
            budget_total=Decimal(1440000),
            min_grant=Decimal(60000),
            max_grant=Decimal(120000),
            planned_awards=12,
            is_based_on_draft_budget=True,
            questions_until=self.moment(5, 15, 30),
            task_to=f"{first + 2}-12-31",
            description=(
                "Dotacje na prowadzenie sąsiedzkich miejsc spotkań: otwartych dla wszystkich, blisko domu, "
                "współtworzonych przez mieszkanki i mieszkańców."
            ),
            plain_summary=(
                "Dajemy pieniądze na miejsca spotkań sąsiadów. Jedna organizacja może dostać od 60 000 do 120 000 zł. "
                "Miejsce musi być otwarte co najmniej 20 godzin w tygodniu, a wstęp jest wolny."
            ),
            summary_en="Grants for neighbourhood meeting places, open to everybody, free of charge. From 60,000 to 120,000 PLN.",
            goal=(
                "<p>Szukamy organizacji, które poprowadzą Miejsca Aktywności Mieszkańców (MAM) w dzielnicach, w których takich "
                "miejsc jeszcze nie ma albo jest ich za mało. Wybierzemy około 12 ofert.</p><p>W każdym miejscu zaplanuj:</p>"
                "<ul><li>co najmniej 20 godzin otwarcia w tygodniu,</li><li>bezpłatny wstęp na wszystkie działania,</li>"
                "<li>okres diagnozy potrzeb, nie dłuższy niż 3 miesiące.</li></ul>"
            ),
        )
        for year in range(first, first + 3):
            call.budget_years.create(year=year, amount=Decimal(480000))
        call.districts.set(District.objects.filter(number__in=[12, 13, 18]))
        self.add_files(call)
        for number, (question, answer) in enumerate(ANSWERS):
            asked = actions.ask_question(
                call, text=question, by=self.ctx.people["ngo"], at=self.moment(-7, 10 + number)
            )
            actions.answer_question(asked, answer=answer, by=self.coordinator, at=self.moment(-5, 12))
        actions.ask_question(
            call,
            text="Czy biuro rachunkowe to koszt administracyjny?",
            by=self.ctx.people["ngo"],
            at=self.moment(-1),
        )
        return call

    def add_files(self, call: Call) -> None:
        files = {
            "Mapa potrzeb: dzielnice bez MAM": (
                "mapa-potrzeb.csv",
                "Dzielnica;Liczba MAM\nPodgórze;0\nNowa Huta;1\n",
            ),
            "Karta oceny merytorycznej": (
                "karta-oceny.txt",
                "Kryterium – punkty\nJakość – 35\nKoszty – 20\n",
            ),
        }
        for title, (name, content) in files.items():
            upload = SimpleUploadedFile(name, content.encode())
            attach(call, upload, title=title, by=self.coordinator, at=self.moment(-8))

    def move_a_deadline(self, call: Call) -> None:
        """Two days more, told to whoever follows."""
        today = self.ctx.today
        publications = [
            actions.Publication(Place.BIP, today, url="https://bip.example.org/zmiany/1"),
            actions.Publication(
                Place.NOTICE_BOARD, today, location="tablica ogłoszeń, ul. Dekerta 24, parter"
            ),
            actions.Publication(Place.WEBSITE, today, url="https://miasto.example.org/zmiany/1"),
        ]
        actions.change_notice(
            call,
            changes={"offers_due_at": self.moment(16, 15, 30)},
            reason="Organizacje prosiły o czas na rozmowy z partnerami.",
            publications=publications,
            by=self.coordinator,
            at=self.ctx.now,
        )

    def other_open_calls(self) -> None:
        self.announced(
            "Krakowska Akademia Samorządności. Warsztaty dla młodzieży",
            unit="Wydział Edukacji",
            sphere="14",
            announced=-12,
            deadline=self.moment(10, 14),
            budget_total=Decimal(240000),
            max_grant=Decimal(60000),
            target_groups=["młodzież"],
            description="Warsztaty, na których młodzi ludzie poznają pracę rady miasta i rad dzielnic.",
            plain_summary="Dajemy do 60 000 zł na warsztaty dla młodzieży o tym, jak działa miasto.",
            goal="<p>Młodzież wie, kto decyduje o mieście, i umie się w to włączyć.</p>",
        )
        self.announced(
            "Centrum Wielokulturowe. Następna edycja",
            unit="ps",
            sphere="5a",
            announced=-5,
            deadline=self.moment(21, 15),
            form=Form.ENTRUST,
            min_own_contribution_percent=None,
            own_contribution_note="",
            max_cofinancing_percent=None,
            budget_total=Decimal(2600000),
            target_groups=["cudzoziemcy", "mieszkanki i mieszkańcy"],
            description="Prowadzenie miejsca, w którym cudzoziemcy dostaną informację, poradę i poznają sąsiadów.",
            plain_summary="Szukamy organizacji, która poprowadzi Centrum Wielokulturowe. Miasto zapłaci za całość.",
            goal="<p>Jedno miejsce z informacją i poradą w kilku językach.</p>",
        )
        self.announced(
            "Fundusz wkładów własnych. Nabór zimowy",
            unit="dk",
            sphere="33",
            announced=-2,
            deadline=self.moment(30, 15, 30),
            mode=Mode.OWN_CONTRIBUTION,
            intake=Intake.RELATIVE,
            relative_days=30,
            budget_total=Decimal(200000),
            max_grant=Decimal(20000),
            max_cofinancing_percent=Decimal(50),
            min_own_contribution_percent=Decimal(50),
            description="Pieniądze na wkład własny do projektów, które mają dotację spoza budżetu miasta.",
            plain_summary="Masz dotację z Unii albo z ministerstwa i brakuje Ci wkładu własnego? Dołożymy do 20 000 zł.",
            goal="<p>Krakowskie organizacje zdobywają więcej pieniędzy spoza miasta.</p>",
        )

    def evaluated_calls(self) -> None:
        texts = {
            "description": "Dotacje na działania, które zachęcają do wolontariatu.",
            "plain_summary": "Dajemy pieniądze na zachęcanie do wolontariatu i szkolenie koordynatorek i koordynatorów.",
            "goal": "<p>Więcej osób pomaga innym, a organizacje umieją je przyjąć.</p>",
        }
        self.closed(
            "Otwarte podwórka. Zieleń z sąsiadami",
            unit="dk",
            sphere="18",
            announced=-30,
            ended=-2,
            has_offers=True,
            budget_total=Decimal(320000),
            max_grant=Decimal(40000),
            **{
                **texts,
                "description": "Dotacje na sadzenie i pielęgnowanie zieleni przez sąsiadów.",
                "goal": "<p>Zielone podwórka.</p>",
            },
        )
        checked = self.closed(
            "Młodzi i starsi w jednej drużynie",
            unit="ps",
            sphere="27",
            announced=-36,
            ended=-6,
            has_offers=True,
            formal_review_until=self.ctx.today + timedelta(days=9),
            budget_total=Decimal(150000),
            max_grant=Decimal(40000),
            **{
                **texts,
                "description": "Dotacje na wspólne zajęcia młodych i starszych mieszkańców.",
                "goal": "<p>Sąsiedzi w różnym wieku znają się i sobie pomagają.</p>",
            },
        )
        formal.check(checked, by=self.clerk, moment=self.moment)
        judged = self.closed(
            "Wspieranie wolontariatu",
            unit="ps",
            sphere="27",
            announced=-52,
            ended=-25,
            budget_total=Decimal(400000),
            max_grant=Decimal(62000),
            **texts,
        )
        actions.begin_formal_evaluation(judged, by=self.clerk, at=self.moment(-24))
        actions.begin_merit_evaluation(judged, by=self.clerk, at=self.moment(-14))

    def decided_call(self) -> None:
        call = self.closed(
            "Wizyty studyjne i spotkania sieciujące",
            unit="ps",
            sphere="33",
            announced=-80,
            ended=-56,
            budget_total=Decimal(320000),
            max_grant=Decimal(90000),
            contracts_until=self.ctx.today + timedelta(days=5),
            description="Dotacje na to, by organizacje poznawały się i uczyły od siebie nawzajem.",
            plain_summary="Organizacje dostały pieniądze na wizyty i spotkania, na których uczą się od siebie.",
            goal="<p>Organizacje z różnych dzielnic i sektorów znają się i współpracują.</p>",
        )
        steps = (
            (actions.begin_formal_evaluation, -55),
            (actions.begin_merit_evaluation, -46),
            (actions.record_committee_opinion, -28),
            (actions.record_decision, -24),
        )
        for step, days in steps:
            step(call, by=self.clerk, at=self.moment(days))
        self.write_results(call)
        self.publish(call, Purpose.RESULTS, -20)
        actions.publish_results(call, by=self.clerk, at=self.moment(-20, 10))
        actions.begin_contracting(call, by=self.clerk, at=self.moment(-15))

    def write_results(self, call: Call) -> None:
        result = actions.open_results(call, by=self.clerk, at=self.moment(-24))
        result.offers_submitted, result.formally_rejected, result.late_offers = 9, 1, 1
        result.ordinance_number = "1234/demo"
        result.committee_note = (
            "Komisja konkursowa: 3 osoby z urzędu i 2 osoby wskazane przez organizacje. "
            "Wszystkie podpisały oświadczenia o bezstronności."
        )
        result.save()
        for name, title, outcome, asked, granted, score in OFFERS:
            Award.objects.create(
                result=result,
                organization_name=name,
                title=title,
                outcome=Outcome(outcome),
                requested_amount=Decimal(asked),
                amount=None if granted is None else Decimal(granted),
                score=Decimal(score),
            )
        RejectedOffer.objects.create(
            result=result,
            organization_name="Stowarzyszenie Kraków na Kółkach",
            reason="oferta złożona po terminie",
        )

    def cancelled_call(self) -> None:
        call = self.closed(
            "Mediateka w każdej dzielnicy",
            unit="Wydział Kultury i Dziedzictwa Narodowego",
            sphere="16",
            announced=-70,
            ended=-45,
            budget_total=Decimal(90000),
            max_grant=Decimal(15000),
            description="Dotacje na wypożyczalnie gier, filmów i muzyki w klubach dzielnicowych.",
            plain_summary="Konkurs na wypożyczalnie gier i filmów. Nikt nie złożył oferty, dlatego go unieważniliśmy.",
            goal="<p>Wypożyczalnia gier, filmów i muzyki blisko domu.</p>",
        )
        result = actions.open_results(call, by=self.coordinator, at=self.moment(-44))
        result.offers_submitted = 0
        result.save()
        self.publish(call, Purpose.CANCELLATION, -43)
        actions.cancel(
            call, by=self.coordinator, at=self.moment(-43, 12), reason="Nie wpłynęła żadna oferta (art. 18a)."
        )

    def drafts(self) -> None:
        """A complete draft whose deadline is too early, so the desk shows why; and last year's call copied."""
        early = self.draft(
            "Asystenci kultury w szkołach",
            unit="ps",
            sphere="16",
            announced=0,
            deadline=self.moment(20, 12),
            budget_total=Decimal(110000),
            max_grant=Decimal(22000),
            description="Dotacje na stałą współpracę szkół z twórczyniami i twórcami.",
            plain_summary="Dajemy pieniądze na współpracę szkół z artystkami i artystami.",
            goal="<p>Uczennice i uczniowie tworzą razem z artystami.</p>",
        )
        self.publish(early, Purpose.NOTICE, -1)
        last = Call.objects.filter(title="Wizyty studyjne i spotkania sieciujące").get()
        actions.copy_call(last, by=self.clerk, at=self.moment(-3))

    def plans(self) -> None:
        """The schedule of this year and the next; one entry moved in the open, one already in preparation."""
        year = self.ctx.today.year
        rows = [
            ("Zima w mieście dla dzieci z niepełnosprawnościami", "ps", "7", f"{year + 1}-01", 200000),
            ("Lokalne Centra Aktywności Seniorów", "ps", "10", f"{year + 1}-02", 4200000),
            (
                "Letnie wydarzenia kulturalne",
                "Wydział Kultury i Dziedzictwa Narodowego",
                "16",
                f"{year + 1}-03",
                1500000,
            ),
            ("Sąsiedzki Kraków. Działania od 3 do 12 miesięcy", "dk", "13", f"{year + 1}-04", 600000),
            ("Szkolenia z pierwszej pomocy", "ps", "23", f"{year + 1}-05", None),
            ("Pikniki rodzinne w dzielnicach", "dk", "31", f"{year}-12", 90000),
        ]
        entries = [self.plan(*row) for row in rows]
        entries[3].planned_month = f"{year + 1}-06"
        actions.save_entry(entries[3], by=self.coordinator, at=self.moment(-6))
        actions.withdraw_entry(
            entries[5], reason="Pikniki sfinansują rady dzielnic.", by=self.coordinator, at=self.moment(-4)
        )
        actions.plan_call(entries[0], by=self.clerk, at=self.moment(-3))
        follow(self.ctx.people["ngo"], entries[1])

    def plan(self, title: str, unit: str, sphere: str, month: str, amount: int | None) -> CallScheduleEntry:
        year = int(month[:4])
        entry = CallScheduleEntry(
            title=title,
            unit=self.ctx.unit(unit),
            planned_form=Form.SUPPORT,
            planned_amount=None if amount is None else Decimal(amount),
            planned_month=month,
            task_from=f"{year}-09",
            task_to=f"{year + 1}-08",
            contact="konkursy@example.org",
        )
        actions.save_entry(entry, by=self.coordinator, at=self.moment(-30))
        entry.spheres.add(TaskSphere.objects.get(statutory_no=sphere))
        return actions.publish_entry(entry, by=self.coordinator, at=self.moment(-30, 10))
