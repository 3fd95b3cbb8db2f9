"""News, the newsletter and messages of the demo: the facts, and a few weeks of invented work."""

from datetime import date, datetime, time, timedelta

from communication import actions, law
from communication.enums import Category, Conformity, MessageKind, Method, SubscriberState, Topic
from communication.models import AccessibilityDeclaration, NewsItem, NewsletterIssue, Subscriber
from core.city.models import Branch, District
from core.common.clock import at_local
from organizations.queries import organizations_of

from .context import DemoContext

# Invented readers besides the people of the demo, and what every third of them wants.
READERS = 33
WISHES = [
    (list(Topic.values), [], []),
    ([Topic.CALLS, Topic.CONSULTATIONS], ["kultura", "seniorzy"], []),
    ([Topic.CONSULTATIONS, Topic.EVENTS, Topic.NEWS], [], [5, 18]),
]


def fill(ctx: DemoContext) -> None:
    ctx.import_facts("news")
    news_of_the_city(ctx)
    news_sent_in(ctx)
    subscribers(ctx)
    issues(ctx)
    messages(ctx)
    declaration(ctx)


def moment(ctx: DemoContext, days: int, hour: int = 10) -> datetime:
    """An hour of a day counted from today, never later than now for days of the past."""
    return at_local(ctx.today + timedelta(days=days), time(hour))


def day(ctx: DemoContext, days: int) -> str:
    return (ctx.today + timedelta(days=days)).isoformat()


# --- news -------------------------------------------------------------------------------------------


def news_of_the_city(ctx: DemoContext) -> None:
    """What editors of units publish themselves, most recent last."""
    clerk, coordinator = ctx.people["clerk"], ctx.people["coordinator"]
    written = [
        (
            -16,
            coordinator,
            "dk",
            Category.SUMMARY,
            "Rok współpracy w liczbach",
            "Podsumowaliśmy konkursy, małe granty i konsultacje ostatniego roku. Raport przeczytasz bez logowania.",
            ("<p>Raport pokazuje, ile ofert wpłynęło, ile zadań się zakończyło i ile dni urząd odpowiadał na uwagi.</p>"
            "<p>Na pytania odpowiemy na najbliższym spotkaniu z organizacjami.</p>"),
            {},
        ),
        (
            -9,
            clerk,
            "ps",
            Category.SERVICE,
            "Nowe godziny dyżurów dla organizacji",
            "Od przyszłego tygodnia doradzamy także po południu, we wtorki i w czwartki do godz. 18:00.",
            "<p>Na dyżurze pomożemy w ofercie, kosztorysie i sprawozdaniu. Zapisy nie są potrzebne.</p>",
            {"branch": "spoleczenstwo-obywatelskie"},
        ),
        (
            -4,
            clerk,
            "ps",
            Category.EVENT,
            "Szkolenie: pierwsza oferta krok po kroku",
            "Dla organizacji, które jeszcze nie składały oferty w konkursie. Liczba miejsc: 25.",
            "<p>Przejdziemy razem przez całą ofertę, od potrzeb po kosztorys. Weź ze sobą statut i pomysł na zadanie.</p>",
            {"event_from": day(ctx, 6), "event_from_hour": time(17), "event_to_hour": time(19, 30), "place": "Centrum Obywatelskie, ul. Reymonta 20"},
        ),
        (
            -1,
            coordinator,
            "dk",
            Category.ANNOUNCEMENT,
            "Portal ma nowy newsletter",
            "Raz w tygodniu wysyłamy jeden list: nabory, konsultacje, spotkania. Tematy i dzielnice wybierasz sam lub sama.",
            "<p>Zapisujesz się bez konta, wypisujesz jednym kliknięciem. Wszystkie listy są też w archiwum na stronie.</p>",
            {},
        ),
    ]  # fmt: skip
    for days, author, unit, category, title, lead, body, more in written:
        branch = Branch.objects.filter(code=more.pop("branch", "")).first()
        item = actions.write_news(
            by=author,
            at=moment(ctx, days, 8),
            title=title,
            lead=lead,
            body=body,
            category=category,
            unit=ctx.unit(unit),
            branch=branch,
            **more,
        )
        actions.publish_news(item, by=author, at=moment(ctx, days, 9))


def news_sent_in(ctx: DemoContext) -> None:
    """Two published, one waiting, one given back."""
    ngo, resident = ctx.people["ngo"], ctx.people["resident"]
    organization = next(iter(organizations_of(ngo)), None)
    coordinator = ctx.people["coordinator"]
    picnic = sent(
        ctx, ngo, -6, "Piknik sąsiedzki nad Rudawą", "Gry dla dzieci, naprawa rowerów i wspólny stół. Przyjdź z ciastem albo bez.",
        organization=organization, category=Category.EVENT, event_from=day(ctx, 4), event_from_hour=time(12),
        event_to_hour=time(17), place="bulwar nad Rudawą", district=District.objects.filter(number=7).first(),
        branch=Branch.objects.filter(code="kultura").first(),
    )  # fmt: skip
    actions.publish_news(picnic, by=coordinator, at=moment(ctx, -5, 12))
    volunteers = sent(
        ctx, ngo, -3, "Szukamy wolontariuszek i wolontariuszy do świetlicy", "Pomoc w lekcjach raz w tygodniu, w Bieżanowie-Prokocimiu. Uczymy i ubezpieczamy.",
        organization=organization, category=Category.NGO_LIFE, district=District.objects.filter(number=12).first(),
        branch=Branch.objects.filter(code="edukacja-i-mlodziez").first(),
    )  # fmt: skip
    actions.publish_news(volunteers, by=coordinator, at=moment(ctx, -2, 11))
    sent(
        ctx, resident, -1, "Spacer badawczy po parku na Zakrzówku", "Pokażemy ptaki i stare kamieniołomy. Spacer jest bezpłatny, także dla osób na wózkach.",
        category=Category.EVENT, event_from=day(ctx, 10), event_from_hour=time(10), place="wejście od ul. św. Jacka",
        district=District.objects.filter(number=8).first(),
    )  # fmt: skip
    returned = sent(
        ctx, ngo, -7, "Warsztaty ceramiki", "Lepimy z gliny. Zapraszamy dorosłych i dzieci.",
        organization=organization, category=Category.EVENT, event_from=day(ctx, 20), place="",
    )  # fmt: skip
    actions.return_news(
        returned,
        by=coordinator,
        at=moment(ctx, -6, 9),
        reason="Dopisz miejsce i godzinę oraz jak się zapisać. Bez tego nikt nie trafi na warsztaty.",
    )


def sent(ctx: DemoContext, who, days: int, title: str, lead: str, **values) -> NewsItem:
    body = "<p>Wszystko jest bezpłatne. Miejsce jest dostępne dla osób na wózkach.</p><p>Pytania i zapisy: kontakt@example.org.</p>"
    return actions.send_in(
        None, values={"title": title, "lead": lead, "body": body, **values}, by=who, at=moment(ctx, days, 14)
    )


# --- the newsletter ---------------------------------------------------------------------------------


def subscribers(ctx: DemoContext) -> None:
    """People of the demo and invented readers, confirmed long ago; one has only just signed up, one has left."""
    emails = [person.email for person in ctx.people.values()]
    emails += [f"czytelnik{number:02}@example.org" for number in range(1, READERS + 1)]
    confirmed_at = moment(ctx, -60)
    for number, email in enumerate(emails):
        topics, branches, districts = WISHES[number % len(WISHES)]
        Subscriber.objects.create(
            email=email,
            state=SubscriberState.ACTIVE,
            topics=[str(topic) for topic in topics],
            branches=branches,
            districts=districts,
            wants_html=number % 7 != 6,
            asked_at=confirmed_at - timedelta(hours=2),
            confirmed_at=confirmed_at,
        )
    last = Subscriber.objects.get(email=emails[-1])
    actions.end_subscription(last.unsubscribe_token, at=moment(ctx, -3))
    actions.ask_subscription(email="nowa.czytelniczka@example.org", at=ctx.now)


def issues(ctx: DemoContext) -> None:
    """The issue of last Thursday, on its way through the outbox, and the draft of the next one."""
    coordinator = ctx.people["coordinator"]
    thursday = last_thursday(ctx.today)
    gone = at_local(thursday, time(8))
    issue = actions.plan_issue(
        by=coordinator,
        at=gone - timedelta(hours=20),
        scheduled_at=gone,
        intro="Dzień dobry. W tym tygodniu: nabory, które się kończą, i spotkania, na które warto przyjść.",
    )
    NewsletterIssue.objects.filter(pk=issue.pk).update(covers_from=gone - timedelta(days=14))
    issue.refresh_from_db()
    actions.assemble_issue(issue, by=coordinator, at=gone - timedelta(hours=19))
    if issue.items.exists():
        actions.mark_ready(issue, by=coordinator, at=gone - timedelta(hours=18))
        actions.send_issue(issue, by=coordinator, at=gone)
        actions.fill_outbox(issue, at=gone)
    draft = actions.plan_issue(by=coordinator, at=ctx.now, scheduled_at=law.next_weekly(ctx.now))
    actions.assemble_issue(draft, by=coordinator, at=ctx.now)


def last_thursday(today: date) -> date:
    """The Thursday before today."""
    return today - timedelta(days=(today.weekday() - 3) % 7 or 7)


# --- messages and the declaration -------------------------------------------------------------------


def messages(ctx: DemoContext) -> None:
    """A demand of accessibility that waits, and a question that has its answer."""
    actions.receive_message(
        kind=MessageKind.ACCESSIBILITY,
        text="Regulamin w PDF jest zeskanowany, mój program czytający go nie odczytuje. Proszę o wersję tekstową.",
        page="/konkursy/",
        email="czytelnik01@example.org",
        at=moment(ctx, -2),
    )
    question = actions.receive_message(
        kind=MessageKind.QUESTION,
        text="Czy klub uczniowski może być w bazie organizacji?",
        email="czytelnik02@example.org",
        at=moment(ctx, -5),
    )
    actions.answer_message(
        question,
        by=ctx.people["coordinator"],
        at=moment(ctx, -4),
        answer="Tak, jeśli jest w ewidencji klubów. Zarejestruj go w zakładce Organizacje, podaj numer z ewidencji.",
    )


def declaration(ctx: DemoContext) -> None:
    city = "plac Wszystkich Świętych 3-4"
    actions.keep_declaration(
        AccessibilityDeclaration(
            published_on=ctx.today,
            updated_on=ctx.today,
            prepared_on=ctx.today,
            reviewed_on=ctx.today,
            status=Conformity.PARTIAL,
            non_compliances="<ul><li>Część załączników z zewnątrz może nie mieć warstwy tekstowej. Portal sprawdza to "
            "przy dodawaniu i oznacza takie pliki.</li><li>Strona nie przeszła jeszcze badania z osobami, które "
            "korzystają z czytników ekranu.</li></ul>",
            method=Method.SELF,
            method_note="Badanie automatyczne wszystkich stron (axe-core, WCAG 2.2 AA) i obsługa samą klawiaturą.",
            shortcuts="Działają standardowe skróty przeglądarki. Klawisz Tab prowadzi po kolei przez odnośniki i pola, "
            "pierwszy odnośnik przenosi do treści, Escape zamyka menu.",
            contact_person="Wydział Dialogu, Konsultacji i Kontaktu Obywatelskiego",
            contact_email="ngo@example.org",
            contact_phone="12 000 00 00",
            procedure="<p>Każdy może zażądać dostępności strony lub jej elementu albo informacji w innej formie. "
            "Odpowiadamy niezwłocznie, najpóźniej w ciągu 7 dni. Gdy to niemożliwe, podajemy powód i termin, nie "
            "dłuższy niż 2 miesiące. Na odmowę lub zwłokę możesz złożyć skargę, a potem zawiadomić Rzecznika Praw "
            "Obywatelskich.</p>",
            architecture=f"<p>Urząd, {city}: wejście bez progów od strony dziedzińca, winda, toaleta dla osób z "
            "niepełnosprawnościami. Możesz wejść z psem asystującym. To opis pokazowy.</p>",
            sign_language="Tłumacza polskiego języka migowego zamówisz telefonicznie lub e-mailem, na trzy dni przed "
            "wizytą.",
            mobile_apps="Urząd nie udostępnia aplikacji mobilnej portalu. Strona działa w przeglądarce telefonu.",
        ),
        by=ctx.people["coordinator"],
        at=ctx.now,
    )
