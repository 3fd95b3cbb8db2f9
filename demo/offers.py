"""Offers of the demo: drafts, a joint one that waits for a partner, filed and withdrawn ones. All texts are invented."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from competitions.actions import offers as actions
from competitions.enums import Form
from competitions.law import offers as law
from competitions.models import Call, Offer
from organizations.models import Organization

from .context import DemoContext

STATEMENTS = law.content.STATEMENTS
PARTNER = "Klub Sąsiedzki Zabłocie"
# what is done, for whom, the title of the offer
TOPICS: dict[str, tuple[str, str, str]] = {
    "senior": (
        "Warsztaty o oszustwach",
        "osoby po 60. roku życia",
        "Spokojny senior. Warsztaty i dyżury w klubach",
    ),
    "theatre": (
        "Scenki o oszustwach",
        "osoby starsze i ich rodziny",
        "Nie daj się wkręcić. Teatr forum dla seniorów",
    ),
    "phone": ("Nauka obsługi telefonu", "osoby starsze mieszkające samotnie", "Bezpieczny telefon seniora"),
    "place": (
        "Otwarty klub sąsiedzki",
        "mieszkanki i mieszkańcy dzielnicy",
        "Dom otwarty. Miejsce spotkań na Zabłociu",
    ),
    "youth": (
        "Warsztaty o samorządzie",
        "młodzież szkół ponadpodstawowych",
        "Rada w praktyce. Młodzi w mieście",
    ),
    "culture": (
        "Spotkania w wielu językach",
        "cudzoziemcy i sąsiedzi",
        "Razem łatwiej. Wkład własny do projektu",
    ),
    "garden": ("Sadzenie i pielęgnacja", "sąsiadki i sąsiedzi z podwórka", "Zielone podwórko"),
}
CLOSED_CALL = [
    ("Fundacja Most na Podgórze", "garden", 24000),
    ("Stowarzyszenie Sąsiedzi z Prądnika", "garden", 38000),
    ("Klub Sąsiedzki Zabłocie", "place", 18000),
    ("Spółdzielnia Socjalna Dobry Smak", "garden", 30000),
    ("Fundacja Dobre Sąsiedztwo Kultur", "garden", 21000),
]


def fill(ctx: DemoContext) -> None:
    """Offers in the calls that are open; those of a closed call are filed while it is filled (``file_all``)."""
    person = ctx.people["ngo"]
    own = Organization.objects.get(name="Fundacja Most na Podgórze")
    calls = {call.title[:10]: call for call in Call.objects.filter(state="published").order_by("pk")}
    yesterday = ctx.now - timedelta(days=1)
    safe, places, academy = calls["Bezpieczny"], calls["Miejsca Ak"], calls["Krakowska "]
    _unfinished(safe, own, person, yesterday)
    _waiting_for_partner(places, own, person, yesterday)
    file_one(academy, own, "youth", 42000, by=person, at=yesterday)
    for name, topic, grant in (
        ("Stowarzyszenie Sąsiedzi z Prądnika", "theatre", 24000),
        ("Fundacja Dobre Sąsiedztwo Kultur", "phone", 29500),
    ):
        file_one(safe, Organization.objects.get(name=name), topic, grant, at=yesterday)
    _withdrawn(places, Organization.objects.get(name="Spółdzielnia Socjalna Dobry Smak"), ctx.now)
    _inviting(calls["Fundusz wk"], Organization.objects.get(name=PARTNER), own, yesterday)


def file_all(call: Call, at: datetime) -> None:
    """Filed offers of a call that is about to be closed."""
    for name, topic, grant in CLOSED_CALL:
        file_one(call, Organization.objects.get(name=name), topic, grant, at=at)


def file_one(
    call: Call, organization: Organization, topic: str, grant: int, *, at: datetime, by: Any = None
) -> Offer:
    """A complete offer, filed."""
    offer = write(call, organization, topic, grant, by=by, at=at)
    actions.file_offer(offer, by=by, at=at, statements=STATEMENTS)
    return Offer.objects.get(pk=offer.pk)


def write(
    call: Call, organization: Organization, topic: str, grant: int, *, at: datetime, by: Any = None
) -> Offer:
    """A complete draft; annexes that the call asks for »when they apply« do not apply."""
    offer = actions.start_offer(call, organization=organization, by=by, at=at)
    for name in call.attachments_required:
        actions.waive_annex(offer, name=name, does_not_apply=True, by=by, at=at)
    for key, content in sections(offer, topic, Decimal(grant)).items():
        save(offer, key, content, by=by, at=at)
    return Offer.objects.select_related("call", "part", "organization").get(pk=offer.pk)


def save(offer: Offer, key: str, content: dict[str, Any], *, by: Any, at: datetime) -> None:
    number = offer.sections.get(key=key).edit_number
    actions.save_section(offer, key=key, content=content, edit_number=number, by=by, at=at)


# --- single offers ----------------------------------------------------------------------------------


def _unfinished(call: Call, own: Organization, person: Any, at: datetime) -> None:
    """The call ends tomorrow, one answer is missing, the grant is too high, a colleague has left a remark."""
    offer = write(call, own, "senior", 31200, by=person, at=at)
    results = offer.sections.get(key="results").content
    save(offer, "results", {**results, "durability": ""}, by=person, at=at)
    text = "Sprawdźmy koszt druku: drukarnia podała wyższą cenę."
    actions.add_comment(offer, key="costs", text=text, by=person, at=at)


def _waiting_for_partner(call: Call, own: Organization, person: Any, at: datetime) -> None:
    offer = write(call, own, "place", 108000, by=person, at=at)
    partner = Organization.objects.get(name=PARTNER)
    actions.invite_partner(offer, organization=partner, by=person, at=at)
    content = law.OfferContent.from_sections({s.key: s.content for s in offer.sections.all()})
    split = {organization.pk: {} for organization in (own, partner)}
    for year in content.years:
        half = content.cost_in_year(year) / 2
        for shares in split.values():
            shares[str(year)] = f"{half:.2f}"
    rows = [{"organization_id": pk, "years": shares} for pk, shares in split.items()]
    save(offer, "split", {"rows": rows}, by=person, at=at)
    words = {
        "payment": "free",
        "joint_roles": "Lider prowadzi klub, partner wypożyczalnię narzędzi i kuchnię.",
    }
    save(offer, "declarations", words, by=person, at=at)


def _withdrawn(call: Call, organization: Organization, now: datetime) -> None:
    offer = file_one(call, organization, "place", 90000, at=now - timedelta(days=2))
    actions.withdraw_offer(offer, by=None, at=now - timedelta(days=1), reason="Zmieniamy kosztorys.")


def _inviting(call: Call, leader: Organization, own: Organization, at: datetime) -> None:
    """Another organisation asks that of the person »ngo« to join."""
    offer = actions.start_offer(call, organization=leader, by=None, at=at)
    save(
        offer,
        "task",
        {**offer.sections.get(key="task").content, "title": TOPICS["culture"][2]},
        by=None,
        at=at,
    )
    actions.invite_partner(offer, organization=own, may_edit=False, by=None, at=at)


# --- the content ------------------------------------------------------------------------------------


def sections(offer: Offer, topic: str, grant: Decimal) -> dict[str, dict[str, Any]]:
    """A whole offer on a topic: costs that fit the grant, the own contribution the call asks for."""
    what, whom, title = TOPICS[topic]
    known = {section.key: section.content for section in offer.sections.all()}
    task, contact = known["task"], known["applicant"]
    return {
        "applicant": {
            "contact_name": contact["contact_name"] or "Maria Wilk",
            "contact_phone": contact["contact_phone"] or "12 000 00 20",
            "contact_email": contact["contact_email"] or "oferty@example.org",
        },
        "task": {
            **task,
            "title": title,
            "target_group": f"{whom[:1].upper()}{whom[1:]}, około 120 osób.",
            "needs": f"Rozmawialiśmy z osobami, dla których jest zadanie ({whom}). Najczęściej mówiły o braku "
            "spotkań blisko domu. Zadanie odpowiada na tę potrzebę: jest regularne, bezpłatne i dostępne.",
            "complementarity": "Zapraszamy na dyżury miejskich centrów obywatelskich. Nie powtarzamy ich oferty.",
        },
        "plan": {
            "actions": [
                _action("a1", what, "Spotkania co tydzień, po dwie godziny.", whom, task),
                _action("a2", "Promocja i zaproszenia", "Plakaty, telefony, rozmowy w klubach.", whom, task),
            ]
        },
        "results": {
            "effects": "40 spotkań, 120 uczestniczek i uczestników, materiały w wersji łatwej do czytania.",
            "change": "Ludzie znają się lepiej, wiedzą, gdzie szukać pomocy, i chętniej wychodzą z domu.",
            "durability": "Spotkania poprowadzą dalej przeszkolone osoby z klubu.",
            "indicators": [
                {"id": "w1", "name": "Liczba spotkań", "target": "40", "monitoring": "dziennik zajęć"},
                {"id": "w2", "name": "Liczba osób", "target": "120", "monitoring": "listy obecności"},
            ],
        },
        "capacity": {
            "earlier_activity": "Od kilku lat prowadzimy podobne spotkania. Rozliczyliśmy wszystkie dotacje w terminie.",
            "human": "Koordynatorka, dwie osoby prowadzące, pięcioro wolontariuszy.",
            "material": "Sala na 30 osób z podjazdem i pętlą indukcyjną, rzutnik, kuchnia.",
            "financial": "Składki i darowizny.",
        },
        **_money(offer, grant, law.OfferContent.from_sections({"task": task}).task.year_count),
        "declarations": {"payment": "free", "joint_roles": "", "other": ""},
    }


def _action(row: str, name: str, description: str, whom: str, task: dict[str, Any]) -> dict[str, Any]:
    dates = {"starts_on": task["starts_on"], "ends_on": task["ends_on"]}
    return {
        "id": row,
        "name": name,
        "description": description,
        "target_group": whom,
        "outside_party": "",
        **dates,
    }


def _money(offer: Offer, grant: Decimal, years: int) -> dict[str, dict[str, Any]]:
    """Costs from the grant and the own contribution; administrative costs are a tenth."""
    share = offer.call.min_own_contribution_percent or Decimal(0)
    own = (
        Decimal(0)
        if offer.call.form == Form.ENTRUST
        else (grant * (share + 2) / (98 - share)).quantize(Decimal(1))
    )
    total = grant + own
    admin = (total / 10).quantize(Decimal(1))
    promotion = (total / 8).quantize(Decimal(1))
    rows = [
        _cost("k1", "action", "a1", "Prowadzenie spotkań", "godzina", total - admin - promotion, years),
        _cost("k2", "action", "a2", "Druk i plakaty", "komplet", promotion, years),
        _cost("k3", "admin", "", "Koordynacja i księgowość", "umowa", admin, years),
    ]
    money = {"own_financial": own / 2, "own_in_kind": own - own / 2}
    return {
        "costs": {"rows": rows},
        "sources": {
            "grant": f"{grant:.2f}",
            "fees": "",
            **{name: f"{value:.2f}" for name, value in money.items()},
        },
    }


def _cost(
    row: str, group: str, action: str, name: str, unit: str, value: Decimal, years: int
) -> dict[str, Any]:
    """One cost, spread evenly over the years; what does not divide falls into the last."""
    part = (value / years).quantize(Decimal("0.01"))
    spread = {str(n): f"{part:.2f}" for n in range(1, years)} | {
        str(years): f"{value - part * (years - 1):.2f}"
    }
    return {
        "id": row,
        "group": group,
        "action_id": action,
        "name": name,
        "unit": unit,
        "unit_cost": f"{value:.2f}",
        "quantity": "1",
        "years": spread if years > 1 else {},
    }
