"""Collected consultations of Kraków, and invented ones in every state, made by the real actions."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from consultations import actions
from consultations.actions import RemarkText, Sender
from consultations.enums import (
    Channel,
    FormKind,
    Kind,
    PositionCode,
    Regime,
    RespondentType,
    StageKind,
    VersionPurpose,
)
from consultations.models import Consultation, ConsultationForm, ConsultationStage, Remark
from consultations.models.date_lines import DateLine
from core.city.models import District
from core.common.clock import at_local
from core.documents.actions import attach, record_publication
from core.documents.enums import Place, Purpose

from . import consultation_demands
from . import consultation_document as document
from .consultation_part import take_part
from .context import DemoContext

BOTH = [Regime.RESIDENTS.value, Regime.NGO.value]
RESIDENTS = [Regime.RESIDENTS.value]
NGO = [Regime.NGO.value]
RESOLUTION = "uchwała Rady Miasta Krakowa nr CXI/2904/18 z 26 września 2018"

PROGRAMME_POINTS = [
    ("§3", True, "Zadania priorytetowe"),
    ("3.1", False, "Miasto zleca organizacjom zadania, które wzmacniają wspólnoty lokalne, w tym działania sąsiedzkie trwające od 3 do 12 miesięcy."),
    ("3.2", False, "Miasto wspiera edukację obywatelską młodzieży i cudzoziemców."),
    ("3.3", False, "Miasto prowadzi fundusz wkładów własnych dla organizacji, które zdobywają środki zewnętrzne."),
    ("3.4", False, "W konkursach premiowane są oferty wspólne oraz udokumentowana współpraca z innymi podmiotami."),
    ("§4", True, "Formy współpracy finansowej"),
    ("4.1", False, "Zlecanie zadań publicznych w trybie otwartego konkursu ofert, w tym w konkursach wieloletnich."),
    ("4.2", False, "Zlecanie zadań z pominięciem konkursu (małe granty) na podstawie art. 19a ustawy."),
]  # fmt: skip
PLACES_POINTS = [
    ("1", False, "Sale miejskie są dla organizacji bezpłatne przez 10 godzin w miesiącu."),
    ("2", False, "Rezerwacje przyjmujemy przez portal, najpóźniej 3 dni wcześniej."),
    ("3", False, "W weekendy sale są otwarte od 10:00 do 20:00."),
]


@dataclass(frozen=True)
class Plan:
    """One invented consultation: what it is, and when, in days from today."""

    title: str
    unit: str
    starts: int
    lasts: int
    summary: str
    subject: str
    regimes: list[str] = field(default_factory=lambda: RESIDENTS)
    kind: Kind = Kind.RESOLUTION
    stage: StageKind = StageKind.ASSUMPTIONS
    points: tuple = ()
    by: str = "clerk"


PROGRAMME = Plan(
    "Założenia Programu współpracy z organizacjami na przyszły rok", "ps", -9, 26,
    "Powiedz, jakie zadania miasto powinno zlecać organizacjom w przyszłym roku i na jakich zasadach. "
    "Czekamy na uwagi organizacji oraz mieszkanek i mieszkańców.",
    "Pytamy o zadania priorytetowe, formy współpracy i zasady konkursów. Na podstawie uwag napiszemy projekt programu.",
    regimes=BOTH, kind=Kind.PROGRAMME, points=tuple(PROGRAMME_POINTS),
)  # fmt: skip
STANDARD = Plan(
    "Standard współpracy wydziałów z organizacjami", "dk", -27, 28,
    "Wspólne zasady dla wszystkich wydziałów: od ogłoszenia konkursu do rozliczenia zadania.",
    "Pytamy, czego organizacje oczekują od urzędników i jak szybko urząd powinien odpowiadać.",
    regimes=BOTH, kind=Kind.POLICY, by="secretary",
)  # fmt: skip
PREMISES = Plan(
    "Zasady udostępniania lokali miejskich organizacjom", "dk", 9, 28,
    "Kto i na jakich warunkach może korzystać z lokali, sal i magazynów należących do miasta.",
    "Pytamy o opłaty, godziny i sposób rezerwacji sal.",
    regimes=BOTH, points=tuple(PLACES_POINTS), by="secretary",
)  # fmt: skip
YOUTH = Plan(
    "Młody Kraków: priorytety na kolejne lata", "ps", -45, 28,
    "Które działania dla młodych są najważniejsze i gdzie powinny się odbywać.",
    "Pytamy organizacje pracujące z młodzieżą o priorytety programu.",
    regimes=NGO, kind=Kind.PROGRAMME,
)  # fmt: skip
MICRO_GRANTS = Plan(
    "Zasady mikrograntów dzielnicowych", "dk", -80, 25,
    "Jak dzielnice mają przyznawać małe kwoty na pomysły sąsiadów.",
    "Pytamy o kwoty, terminy i sposób oceny wniosków o mikrogranty.",
    points=(("1", False, "Mikrogrant wynosi najwyżej 5000 zł."), ("2", False, "Wniosek ocenia rada dzielnicy w ciągu 14 dni.")),
    by="secretary",
)  # fmt: skip
PATRONAGE = Plan(
    "Zasady przyznawania patronatu i partnerstwa miasta", "ps", -90, 24,
    "Kiedy miasto obejmuje wydarzenie patronatem i co z tego wynika.",
    "Pytamy o terminy wniosków i o to, jak oznaczać partnerstwo.",
    stage=StageKind.DRAFT,
)  # fmt: skip
VOLUNTEERS = Plan(
    "Program wspierania wolontariatu", "ps", 75, 28, "Jak miasto ma pomagać wolontariuszom i organizacjom, które z nimi pracują.",
    "Zapytamy o szkolenia, ubezpieczenie i nagrody dla wolontariuszy.", regimes=BOTH, kind=Kind.PROGRAMME,
)  # fmt: skip


def fill(ctx: DemoContext) -> None:
    ctx.import_facts("consultations")
    ctx.import_facts("postulates")
    planned(ctx)
    announce(ctx, PREMISES)
    open_with_remarks(ctx)
    open_until_tomorrow(ctx)
    under_analysis(ctx)
    with_report(ctx)
    late_with_report(ctx)
    take_part(ctx, programme=PROGRAMME.title, reported=MICRO_GRANTS.title)
    ctx.say("  konsultacje zmyślone: 7")
    consultation_demands.fill(ctx)


# --- the seven --------------------------------------------------------------------------------------


def planned(ctx: DemoContext) -> None:
    """Entered a month ago; its term was moved since."""
    made = draft(ctx, VOLUNTEERS, moment(ctx, -30))
    actions.plan(made, by=ctx.people["clerk"], at=moment(ctx, -30))
    made.starts_on, made.ends_on = made.starts_on + timedelta(days=14), made.ends_on + timedelta(days=14)
    actions.save_consultation(
        made,
        by=ctx.people["clerk"],
        at=moment(ctx, -8),
        reason="Czekamy na wyniki badania potrzeb wolontariuszy.",
    )


def open_with_remarks(ctx: DemoContext) -> None:
    """Under way with both groups; organisations and residents have written, three are answered."""
    made = announce(ctx, PROGRAMME)
    actions.open_due(moment(ctx, PROGRAMME.starts))
    foundation = organisation("Fundacja Zielony Skwer", "biuro@zielonyskwer.example.org")
    neighbours = organisation("Stowarzyszenie Sąsiedzi z Wzgórz", "kontakt@sasiedzi.example.org")
    resident = person("Jan Lis", "mieszkaniec@example.org", District.objects.filter(number=18).first())
    send(
        ctx,
        made,
        foundation,
        -7,
        (
            "3.2",
            "Wśród zadań powinny się znaleźć szkolenia z praw obywatelskich dla młodzieży oraz cudzoziemców.",
            "Brakuje programów integracyjnych.",
        ),
    )
    send(
        ctx,
        made,
        neighbours,
        -6,
        (
            "3.1",
            "Konkursy na działania sąsiedzkie dłuższe niż 3 miesiące, a krótsze niż rok.",
            "Między małym grantem a konkursem całorocznym nie ma nic pośredniego.",
        ),
        ("3.4", "Dodatkowe punkty za oferty wspólne.", "To zachęci organizacje do współpracy."),
    )
    send(
        ctx,
        made,
        resident,
        -3,
        (
            "3.1",
            "Więcej Miejsc Aktywności Mieszkańców w Nowej Hucie, także w starych osiedlach.",
            "Najbliższe miejsce jest 40 minut drogi tramwajem.",
        ),
    )
    send(
        ctx,
        made,
        person("Maria Kos", "maria@example.org", None),
        -1,
        ("", "Piszcie program prostszym językiem.", ""),
    )
    clerk = ctx.people["clerk"]
    answer(
        made,
        1,
        PositionCode.PARTLY,
        "Szkolenia dopiszemy do zadania „Centrum Wielokulturowe”. Osobny konkurs ogłosimy, jeśli to nie wystarczy.",
        clerk,
        moment(ctx, -2),
    )
    answer(
        made,
        2,
        PositionCode.ACCEPTED,
        "Przygotujemy konkurs na działania sąsiedzkie trwające od 3 do 12 miesięcy.",
        clerk,
        moment(ctx, -2),
    )
    answer(
        made,
        3,
        PositionCode.ALREADY_DONE,
        "Karta oceny merytorycznej premiuje już udokumentowaną współpracę.",
        clerk,
        moment(ctx, -2),
    )
    actions.publish_positions(made.remarks.filter(number__lte=3), by=clerk, at=moment(ctx, -1))
    easy = SimpleUploadedFile("tekst-latwy.txt", "Miasto chce wiedzieć, co jest ważne dla ludzi.\n".encode())
    attach(made, easy, title="Tekst łatwy do czytania", by=clerk, at=moment(ctx, PROGRAMME.starts))
    clearer = {
        "3.3": "Miasto prowadzi fundusz wkładów własnych dla organizacji, które zdobywają środki krajowe lub zagraniczne."
    }
    why = "Organizacje pytały, o jakie środki chodzi. Dopisaliśmy to w punkcie 3.3."
    document.next_version(made, clearer, why, VersionPurpose.CONSULTED, by=clerk, at=moment(ctx, -4))


def open_until_tomorrow(ctx: DemoContext) -> None:
    """Ends tomorrow, after one extension; its first stage has a report already."""
    made = announce(ctx, STANDARD, lasts=STANDARD.lasts - 7)
    actions.open_due(moment(ctx, STANDARD.starts))
    report_first_stage(ctx, made)
    send(
        ctx,
        made,
        organisation("Fundacja Otwarte Drzwi", "fundacja@drzwi.example.org"),
        -10,
        ("", "Jeden opiekun organizacji w każdym wydziale.", "Dziś nie wiadomo, do kogo zadzwonić."),
    )
    actions.extend(
        made,
        new_end=ctx.today + timedelta(days=1),
        reason="Organizacje prosiły o czas po długim weekendzie.",
        by=ctx.people["secretary"],
        at=moment(ctx, -9),
    )


def report_first_stage(ctx: DemoContext, made: Consultation) -> None:
    """What came of asking about the needs."""
    who = person("Piotr Wrona", "piotr.wrona@example.org", District.objects.filter(number=7).first())
    send(
        ctx,
        made,
        who,
        -20,
        ("", "Urząd niech odpowiada na pisma w 14 dni.", "Dziś czekamy czasem dwa miesiące."),
    )
    by, at = ctx.people["secretary"], moment(ctx, -13)
    why = "Do projektu standardu wpiszemy 14 dni na odpowiedź i adres, pod którym można o nią zapytać."
    answer(made, 1, PositionCode.ACCEPTED, why, by, at)
    stage = made.stages.order_by("position").first()
    stage.result = (
        "Organizacjom najbardziej zależy na szybkiej odpowiedzi. Projekt podaje termin dla każdej sprawy."
    )
    stage.save(update_fields=["result"])
    actions.publish_stage_report(stage, by=by, at=at)


def under_analysis(ctx: DemoContext) -> None:
    """Over, being analysed, the report not yet due; one remark came on paper."""
    made = run_to_the_end(
        ctx, YOUTH, ("", "Kluby młodzieżowe także w weekendy.", "W tygodniu młodzi mają szkołę.")
    )
    actions.start_analysis(made, by=ctx.people["clerk"], at=moment(ctx, -15))


def with_report(ctx: DemoContext) -> None:
    """Report and positions are out."""
    who = person("Ewa Cicha", "ewa@example.org", District.objects.filter(number=4).first())
    made = run_to_the_end(
        ctx,
        MICRO_GRANTS,
        ("1", "Podnieście kwotę do 8000 zł.", "Za 5000 zł trudno wyposażyć podwórko."),
        who=who,
        on_paper=True,
    )
    secretary, at = ctx.people["secretary"], moment(ctx, -30)
    actions.start_analysis(made, by=secretary, at=moment(ctx, -50))
    answer(
        made,
        1,
        PositionCode.DEPENDS_ON_BUDGET,
        "Kwota zależy od budżetu dzielnic. Wrócimy do niej przy budżecie na kolejny rok.",
        secretary,
        at,
    )
    answer(made, 2, PositionCode.ACCEPTED, "Skróciliśmy czas oceny wniosku do 10 dni.", secretary, at)
    report = made.report
    report.conclusions = "<p>Najwięcej uwag dotyczyło kwoty mikrograntu i czasu oceny wniosku.</p>"
    report.changes = "<ul><li>ocena wniosku trwa 10 dni zamiast 14</li><li>wniosek ma jedną stronę</li></ul>"
    report.campaign = "Plakaty w siedzibach rad dzielnic, informacja w portalu i w newsletterze."
    report.course = (
        "Na spotkanie przyszło 11 osób, głównie z rad dzielnic. Pytano o terminy i o to, kto ocenia wnioski."
    )
    report.officials = "dyrektorka wydziału\ninspektor do spraw dzielnic"
    report.what_next = "Rady dzielnic przyjmą regulaminy na najbliższych sesjach."
    actions.save_report(report, by=secretary, at=at)
    made.forms.filter(kind=FormKind.OPEN_MEETING).update(participants_count=11)
    actions.publish_report(made, by=secretary, at=at)
    url = f"https://bip.example.org/konsultacje/{made.slug}/raport"
    record_publication(
        made, place=Place.BIP, purpose=Purpose.REPORT, published_on=at.date(), url=url, by=secretary, at=at
    )
    shorter = {"2": "Wniosek ocenia rada dzielnicy w ciągu 10 dni. Wniosek ma jedną stronę."}
    why = "Tekst po uwagach z konsultacji."
    document.next_version(made, shorter, why, VersionPurpose.AFTER, by=secretary, at=moment(ctx, -20))


def late_with_report(ctx: DemoContext) -> None:
    """The report should have been out weeks ago, and the page says so."""
    made = run_to_the_end(
        ctx,
        PATRONAGE,
        ("", "Wniosek o patronat powinien być elektroniczny.", "Teraz trzeba go zanieść osobiście."),
    )
    actions.start_analysis(made, by=ctx.people["clerk"], at=moment(ctx, -60))


# --- steps ------------------------------------------------------------------------------------------


def moment(ctx: DemoContext, days: int, hour: int = 10) -> datetime:
    return at_local(ctx.today + timedelta(days=days), time(hour))


def draft(ctx: DemoContext, plan: Plan, at: datetime, lasts: int = 0) -> Consultation:
    starts_on = ctx.today + timedelta(days=plan.starts)
    made = Consultation(
        title=plan.title,
        regimes=plan.regimes,
        kind=plan.kind,
        plain_summary=plan.summary,
        subject=plan.subject,
        unit=ctx.unit(plan.unit),
        contact_email="konsultacje@example.org",
        contact_phone="12 000 00 02",
        addressees="organizacje pozarządowe"
        if plan.regimes == NGO
        else "mieszkanki, mieszkańcy i organizacje",
        is_citywide=True,
        legal_bases=[RESOLUTION],
        languages=["pl"],
        what_next="Po konsultacjach opublikujemy raport, a projekt trafi do Rady Miasta Krakowa.",
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=lasts or plan.lasts),
    )
    actions.save_consultation(made, by=ctx.people[plan.by], at=at)
    ConsultationStage.objects.create(consultation=made, kind=plan.stage)
    add_forms(made)
    actions.set_points(made, plan.points or [("1", False, plan.summary)])
    if plan is STANDARD:
        document.in_two_stages(made)
        document.read_from_file(made, by=ctx.people[plan.by], at=at)
    return made


def add_forms(made: Consultation) -> None:
    """An evening meeting, three duties, the form."""
    first = made.starts_on
    meeting = ConsultationForm.objects.create(
        consultation=made, position=1, kind=FormKind.OPEN_MEETING, place="Klaster Innowacji "
        "Społeczno-Gospodarczych 20.22, sala 9",
        note="tłumacza PJM zamów 5 dni wcześniej", is_step_free=True, has_induction_loop=True, has_sign_language=True,
    )  # fmt: skip
    actions.set_dates(meeting, [dated(working_day(first + timedelta(days=16)), 17, 19)])
    duty = ConsultationForm.objects.create(
        consultation=made,
        position=2,
        kind=FormKind.PHONE_DUTY,
        place="Centrum Obywatelskie, ul. Reymonta 20",
        phone="12 000 00 02",
    )
    actions.set_dates(
        duty, [dated(working_day(first + timedelta(days=days)), 14, 17) for days in (3, 10, 17)]
    )
    ConsultationForm.objects.create(consultation=made, position=3, kind=FormKind.CONSULTATION_FORM)


def dated(day: date, start: int, end: int) -> DateLine:
    return DateLine(starts_on=day, from_hour=time(start), to_hour=time(end))


def working_day(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def announce(ctx: DemoContext, plan: Plan, lasts: int = 0) -> Consultation:
    """Planned six weeks and announced ten days before the start, with the proof of BIP."""
    at = moment(ctx, min(plan.starts - 10, -1))
    made = draft(ctx, plan, moment(ctx, min(plan.starts - 42, -5)), lasts)
    by = ctx.people[plan.by]
    actions.plan(made, by=by, at=moment(ctx, min(plan.starts - 40, -4)))
    actions.announce(made, by=by, at=at)
    url = f"https://bip.example.org/konsultacje/{made.slug}"
    record_publication(made, place=Place.BIP, published_on=at.date(), url=url, by=by, at=at)
    return made


def run_to_the_end(
    ctx: DemoContext, plan: Plan, *texts: tuple, who: Sender | None = None, on_paper: bool = False
) -> Consultation:
    """Announced, opened, remarks sent, closed."""
    made = announce(ctx, plan)
    actions.open_due(moment(ctx, plan.starts))
    send(
        ctx,
        made,
        who or organisation("Stowarzyszenie Młode Podwórko", "podworko@example.org"),
        plan.starts + 5,
        *texts,
    )
    if on_paper:
        received = moment(ctx, plan.starts + 8, 12)
        actions.enter_submission(
            made,
            sender=person("Adam Nowy", "", None),
            remarks=[RemarkText("Oceniajcie wnioski szybciej, w 10 dni.", part="2")],
            channel=Channel.PAPER,
            received_at=received,
            by=ctx.people[plan.by],
            at=received + timedelta(hours=2),
        )
    actions.close_due(moment(ctx, plan.starts + plan.lasts + 1))
    made.refresh_from_db()
    return made


def organisation(name: str, email: str) -> Sender:
    return Sender(
        RespondentType.NGO, name="Anna Próbna", email=email, organisation_name=name, wants_report=True
    )


def person(name: str, email: str, district: District | None) -> Sender:
    return Sender(
        RespondentType.RESIDENT, name=name, email=email, district=district, wants_report=bool(email)
    )


def send(ctx: DemoContext, made: Consultation, who: Sender, days: int, *texts: tuple[str, str, str]) -> None:
    remarks = [RemarkText(text, part=part, justification=why) for part, text, why in texts]
    actions.file_submission(made, sender=who, remarks=remarks, at=moment(ctx, days))


def answer(made: Consultation, number: int, code: str, text: str, by, at: datetime) -> None:
    remark = Remark.objects.get(consultation=made, number=number)
    actions.answer_remarks([remark], code=code, position=text, by=by, at=at)
