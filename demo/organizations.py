"""Organisations of the demo: real ones from public sources, invented ones in every state with invented people."""

import io
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from core.accounts.models import User
from core.city.lookup import find_district, find_sphere
from organizations import actions
from organizations.actions import Changes
from organizations.enums import Handling, LegalForm, MandateRole, OfferKind, PartnerKind
from organizations.models import Organization

from .context import DemoContext

# name, form, number, district, spheres, mission, days since verification, further fields
PUBLIC: list[dict[str, Any]] = [
    {
        "name": "Fundacja Most na Podgórze",
        "legal_form": LegalForm.FOUNDATION,
        "krs": "0009999001",
        "nip": "1234567854",
        "district": "XIII",
        "spheres": ["local_communities", "culture", "volunteering"],
        "mission": "Łączymy sąsiadki i sąsiadów z obu brzegów Wisły: prowadzimy klub sąsiedzki, uczymy, jak zacząć małą inicjatywę, i pomagamy dogadać się z urzędem.",
        "address": "ul. Przykładowa 5",
        "postal_code": "30-001",
        "phone": "12 000 00 10",
        "website": "most.example.org",
        "accessibility": "Wejście bez stopni, pętla indukcyjna w sali.",
        "seat_features": ["step_free", "loop", "toilet", "guide_dog"],
        "target_groups": ["everybody", "seniors", "youth"],
        "reach": "city",
        "founded": "2016",
        "has_opp_status": True,
        "opp_since": "2020-03",
        "wants_volunteers": True,
        "networks": "Sieć Klubów Sąsiedzkich",
        "days": 40,
    },
    {
        "name": "Stowarzyszenie Sąsiedzi z Prądnika",
        "legal_form": LegalForm.ASSOC_REGISTERED,
        "krs": "0009999002",
        "district": "IV",
        "spheres": ["ecology", "local_communities"],
        "mission": "Zakładamy ogrody podwórkowe i uczymy, jak zbierać deszczówkę.",
        "target_groups": ["everybody", "families"],
        "reach": "district",
        "founded": "2014-05",
        "has_opp_status": False,
        "wants_partner": True,
        "days": 350,
    },
    {
        "name": "Fundacja Dobre Sąsiedztwo Kultur",
        "legal_form": LegalForm.FOUNDATION,
        "krs": "0009999003",
        "district": "V",
        "spheres": ["foreigners", "human_rights"],
        "mission": "Wsparcie i integracja osób z Ukrainy i innych krajów. Говоримо українською.",
        "target_groups": ["migrants"],
        "reach": "region",
        "founded": "2022",
        "wants_volunteers": True,
        "wants_premises": True,
        "days": 15,
    },
    {
        "name": "Klub Sąsiedzki Zabłocie",
        "legal_form": LegalForm.ASSOC_ORDINARY,
        "register_name": "Ewidencja stowarzyszeń zwykłych Prezydenta Miasta Krakowa",
        "register_number": "77/2019",
        "district": "XIII",
        "spheres": ["local_communities"],
        "mission": "Wspólne gotowanie, wypożyczalnia narzędzi, dyżury sąsiedzkie.",
        "target_groups": ["everybody"],
        "reach": "district",
        "founded": "2019-09-01",
        "days": 60,
    },
    {
        "name": "Uczniowski Klub Sportowy Żaczek z Bieńczyc",
        "legal_form": LegalForm.SCHOOL_SPORTS_CLUB,
        "register_name": "Ewidencja klubów sportowych",
        "register_number": "412",
        "district": "XVI",
        "spheres": ["physical_culture", "children_youth"],
        "mission": "Treningi lekkoatletyczne i półkolonie dla dzieci z Bieńczyc.",
        "target_groups": ["children", "youth"],
        "reach": "district",
        "founded": "2008",
        "days": 200,
    },
    {
        "name": "Spółdzielnia Socjalna Dobry Smak",
        "legal_form": LegalForm.SOCIAL_COOP,
        "krs": "0009999006",
        "district": "XVIII",
        "spheres": ["social_economy", "employment"],
        "mission": "Gotujemy i uczymy zawodu osoby, które wracają na rynek pracy.",
        "target_groups": ["unemployed", "disabled"],
        "reach": "city",
        "founded": "2018",
        "days": 90,
    },
]
STALE = {
    "name": "Towarzystwo Miłośników Starych Łodzi",
    "legal_form": LegalForm.ASSOC_REGISTERED,
    "krs": "0009999007",
    "district": "VIII",
    "spheres": ["tourism", "national_tradition"],
    "mission": "Odnawiamy galary i pokazujemy Kraków od strony Wisły.",
    "founded": "2009",
}
SUSPENDED = {
    "name": "Fundacja Zamknięte Drzwi",
    "legal_form": LegalForm.FOUNDATION,
    "krs": "0009999008",
    "district": "II",
    "spheres": ["charity"],
    "mission": "Zbiórki rzeczowe.",
}
DISSOLVED = {
    "name": "Stowarzyszenie Dawnych Gołębiarzy",
    "legal_form": LegalForm.ASSOC_REGISTERED,
    "krs": "0009999009",
    "district": "IX",
    "spheres": ["ecology"],
    "mission": "Hodowla gołębi pocztowych.",
}
SECOND_RECORD = {
    "name": "Fundacja Dobre Sąsiedztwo",
    "legal_form": LegalForm.FOUNDATION,
    "krs": "0009999012",
    "district": "V",
    "spheres": ["foreigners"],
    "mission": "Wsparcie cudzoziemców.",
    "phone": "12 000 00 33",
}
TWIN = {
    "name": "Klub Sąsiedzki „Zabłocie”",
    "legal_form": LegalForm.ASSOC_ORDINARY,
    "register_name": "Ewidencja stowarzyszeń zwykłych",
    "register_number": "77/19",
    "district": "XIII",
    "spheres": ["local_communities"],
    "mission": "Klub sąsiedzki.",
}
BULK_HEADER = "Nazwa;Forma prawna;Rejestr;Nr w rejestrze;Miejscowość;Telefon"
BULK_APPLIED = [
    "Klub Sportowy Zmyślony Bieg;klub sportowy;Ewidencja klubów sportowych;901;Kraków;12 000 00 51",
    "Uczniowski Klub Sportowy Żaczek z Bieńczyc;uks;Ewidencja klubów sportowych;412;Kraków;12 000 00 52",
]
BULK_WAITING = [
    "Klub Sportowy Zmyślony Bieg;klub sportowy;Ewidencja klubów sportowych;901;Kraków;12 000 00 77",
    "Klub Szachowy Zmyślona Wieża;klub sportowy;Ewidencja klubów sportowych;902;Kraków;12 000 00 53",
    "Klub Bez Formy;;Ewidencja klubów sportowych;903;Kraków;",
]
SUBMITTED = {
    "name": "Fundacja Nowe Nuty",
    "legal_form": LegalForm.FOUNDATION,
    "krs": "0009999010",
    "district": "I",
    "spheres": ["culture", "children_youth"],
    "mission": "Bezpłatne lekcje muzyki dla dzieci ze Śródmieścia.",
}
RETURNED = {
    "name": "Koło Gospodyń Wiejskich w Tyńcu Nowym",
    "legal_form": LegalForm.KGW,
    "register_name": "Krajowy Rejestr Kół Gospodyń Wiejskich",
    "register_number": "12-99-0001",
    "district": "VIII",
    "spheres": ["national_tradition"],
    "mission": "Kuchnia, śpiew i wspólne święta.",
}
DRAFT = {
    "name": "Stowarzyszenie Rodziców Szkoły nad Rudawą",
    "legal_form": LegalForm.ASSOC_REGISTERED,
    "district": "VII",
    "spheres": ["children_youth"],
    "mission": "Zajęcia popołudniowe i pomoc w nauce.",
}

BRIDGE_OFFERS = [
    (OfferKind.MEETINGS, "Klub sąsiedzki „Przy stole”", "środy 17:00–20:00", "Zabłocie", True, False, "Wspólne gotowanie i rozmowy. Przyjdź z tym, co masz w lodówce."),
    (OfferKind.CLASSES, "Warsztaty dla inicjatyw lokalnych", "raz w miesiącu", "w internecie i w Centrum C 10", True, True, "Uczymy, jak napisać wniosek i znaleźć sojuszników."),
    (OfferKind.VOLUNTEERING, "Wolontariat sąsiedzki", "cały rok", "", None, None, "Szukamy 6 osób do pomocy w zakupach i naprawach."),
]  # fmt: skip
OTHER_OFFERS = {
    "Fundacja Dobre Sąsiedztwo Kultur": (OfferKind.ADVICE, "Porady prawne dla cudzoziemców", "wtorki i czwartki 15:00–18:00", "", True, True, "Po polsku, ukraińsku i angielsku."),
    "Klub Sąsiedzki Zabłocie": (OfferKind.OTHER, "Wypożyczalnia narzędzi", "soboty 10:00–13:00", "", True, False, "Wiertarki, drabiny, taczki."),
    "Uczniowski Klub Sportowy Żaczek z Bieńczyc": (OfferKind.SPORT, "Treningi lekkoatletyczne dla dzieci", "poniedziałki i środy 16:30", "", False, True, "Grupy od 7 do 14 lat."),
    "Spółdzielnia Socjalna Dobry Smak": (OfferKind.CLASSES, "Kurs gotowania z certyfikatem", "dwa razy w roku", "", True, True, "Dla osób szukających pracy."),
}  # fmt: skip

# A registration that somebody has begun and not sent: what was typed in its second step.
BEGUN = {
    "name": "Sąsiedzi z Ruczaju",
    "legal_form": LegalForm.ASSOC_ORDINARY,
    "register_name": "Ewidencja stowarzyszeń zwykłych Prezydenta Miasta Krakowa",
    "register_number": "112/2026",
    "is_nonprofit_declared": "on",
}


def fill(ctx: DemoContext) -> None:
    ctx.import_facts("organizations")
    profiles = {fields["name"]: _verified(ctx, fields) for fields in PUBLIC}
    _people(ctx, profiles)
    _offers(ctx, profiles)
    _partners(ctx, profiles)
    _logo(ctx, profiles["Fundacja Most na Podgórze"], "#0c3b80", "Niebieski łuk mostu ze złotym światłem")
    _logo(
        ctx,
        profiles["Stowarzyszenie Sąsiedzi z Prądnika"],
        "#0b6647",
        "Zielony łuk altany ze złotym światłem",
    )
    _unconfirmed(ctx)
    _hidden(ctx)
    _merged(ctx, profiles)
    _updated_in_bulk(ctx)
    _waiting(ctx, profiles)
    actions.make_booklet(at=ctx.now)
    ctx.say(f"  zmyślone organizacje: {Organization.objects.exclude(origin='imported').count()}")


def _verified(ctx: DemoContext, fields: dict[str, Any], *, days: int | None = None) -> Organization:
    at = ctx.now - timedelta(days=fields.get("days", 0) if days is None else days)
    sent = _sent(ctx, fields, by=_person(fields), at=at - timedelta(days=3))
    return actions.verify(sent, by=ctx.people["coordinator"], at=at)


def _sent(ctx: DemoContext, fields: dict[str, Any], *, by, at) -> Organization:
    profile, spheres = _profile(fields)
    dossier = {
        "representatives": f"{by.full_name}, prezes zarządu",
        "representation": "prezes zarządu samodzielnie",
    }
    return actions.register_organization(
        profile,
        spheres=spheres,
        dossier=dossier,
        role=MandateRole.NGO_REPRESENTATIVE,
        evidence="wpis w rejestrze",
        by=by,
        at=at,
    )


def _profile(fields: dict[str, Any]) -> tuple[Organization, list]:
    own = {name: value for name, value in fields.items() if name not in ("district", "spheres", "days")}
    usual = {
        "locality": "Kraków",
        "address": "ul. Zmyślona 1",
        "postal_code": "30-002",
        "email": "biuro@example.org",
        "is_nonprofit_declared": True,
    }
    profile = Organization(**{**usual, **own}, district=find_district(fields["district"]))
    return profile, [find_sphere(code) for code in fields["spheres"]]


# Who registered which of the invented organisations; nobody of them exists or can log in.
NAMES = [
    "Anna Mazur",
    "Piotr Klimek",
    "Zofia Wilk",
    "Tomasz Bielak",
    "Ewa Sroka",
    "Adam Rybak",
    "Maria Dudek",
]


def _person(fields: dict[str, Any]) -> User:
    number = sum(map(ord, fields["name"])) % len(NAMES)
    name = NAMES[number]
    email = f"osoba{number + 1}@example.org"
    return User.objects.filter(email=email).first() or User.objects.create_user(email, full_name=name)


def _people(ctx: DemoContext, profiles: dict[str, Organization]) -> None:
    """The NGO person of the demo represents one organisation and edits another; somebody asks to join."""
    bridge, neighbours = profiles["Fundacja Most na Podgórze"], profiles["Stowarzyszenie Sąsiedzi z Prądnika"]
    office = {"by": ctx.people["coordinator"], "at": ctx.now - timedelta(days=30)}
    actions.assign_mandate(
        bridge,
        user=ctx.people["ngo"],
        role=MandateRole.NGO_REPRESENTATIVE,
        evidence="wpis w KRS, dział 2",
        valid_until=ctx.today + timedelta(days=700),
        **office,
    )
    actions.assign_mandate(
        neighbours,
        user=ctx.people["ngo"],
        role=MandateRole.NGO_EDITOR,
        evidence="uchwała zarządu nr 4",
        **office,
    )
    actions.request_mandate(
        bridge,
        user=ctx.people["resident"],
        role=MandateRole.NGO_EDITOR,
        evidence="wolontariat, umowa z 1 października",
        at=ctx.now - timedelta(days=2),
    )


def _offers(ctx: DemoContext, profiles: dict[str, Organization]) -> None:
    office, at = ctx.people["coordinator"], ctx.now - timedelta(days=10)
    bridge = profiles["Fundacja Most na Podgórze"]
    actions.save_offers(bridge, [_offer(*offer) for offer in BRIDGE_OFFERS], by=ctx.people["ngo"], at=at)
    for name, offer in OTHER_OFFERS.items():
        actions.save_offers(profiles[name], [_offer(*offer)], by=office, at=at)


def _offer(kind, title, when, place, is_free, requires_booking, description) -> dict[str, Any]:
    return {
        "kind": kind,
        "title": title,
        "when": when,
        "place": place,
        "is_free": is_free,
        "requires_booking": requires_booking,
        "description": description,
        "url": "",
    }


# organisation, kind, title, text, sphere, district, days it still lasts
NOTICES = [
    ("Fundacja Most na Podgórze", PartnerKind.SEEKS, "Szukamy organizacji z salą w Nowej Hucie", "Chcemy poprowadzić warsztaty sąsiedzkie w drugiej części miasta. Mamy trenerki i program, brakuje nam sali na 20 osób dwa razy w miesiącu.", "local_communities", "XVIII", 50),
    ("Spółdzielnia Socjalna Dobry Smak", PartnerKind.OFFERS, "Oferujemy kuchnię i catering do oferty wspólnej", "Zaplecze kuchenne, kadra z doświadczeniem w szkoleniu osób, które wracają na rynek pracy.", "social_economy", None, 80),
    ("Stowarzyszenie Sąsiedzi z Prądnika", PartnerKind.SEEKS, "Szukamy partnera od edukacji ekologicznej", "Zakładamy ogrody deszczowe przy szkołach. Szukamy organizacji, która poprowadzi lekcje.", "ecology", "IV", 20),
]  # fmt: skip


def _partners(ctx: DemoContext, profiles: dict[str, Organization]) -> None:
    """The partner finder: some seek, one offers."""
    for name, kind, title, text, sphere, district, days in NOTICES:
        values = {
            "kind": kind,
            "title": title,
            "text": text,
            "sphere": find_sphere(sphere),
            "target_group": "",
            "district": find_district(district) if district else None,
            "valid_until": ctx.today + timedelta(days=days),
        }
        actions.publish_notice(
            profiles[name], values, by=ctx.people["coordinator"], at=ctx.now - timedelta(days=5)
        )


def _logo(ctx: DemoContext, organization: Organization, colour: str, alt: str) -> None:
    """An invented mark: an arch with light in it."""
    picture = Image.new("RGB", (400, 400), "#e4effb")
    drawing = ImageDraw.Draw(picture)
    drawing.pieslice((60, 90, 340, 370), 180, 360, fill=colour)
    drawing.pieslice((130, 160, 270, 300), 180, 360, fill="#f5b335")
    out = io.BytesIO()
    picture.save(out, "PNG")
    actions.set_logo(
        organization,
        picture=out.getvalue(),
        alt=alt,
        by=ctx.people["ngo"],
        at=ctx.now - timedelta(days=10),
    )


def _unconfirmed(ctx: DemoContext) -> None:
    """Confirmed thirteen months ago; the trial register has struck it off since."""
    stale = _verified(ctx, STALE, days=396)
    actions.mark_stale(at=ctx.now)
    actions.request_comparison(stale, by=ctx.people["coordinator"], at=ctx.now - timedelta(days=1))


def _hidden(ctx: DemoContext) -> None:
    office = {"by": ctx.people["coordinator"], "at": ctx.now - timedelta(days=20)}
    actions.suspend(
        _verified(ctx, SUSPENDED, days=100), reason="Nie odbiera pism od trzech miesięcy.", **office
    )
    actions.dissolve(
        _verified(ctx, DISSOLVED, days=300),
        reason="Wykreślona z KRS.",
        dissolved_on=ctx.today - timedelta(days=25),
        source="odpis z KRS",
        **office,
    )


def _merged(ctx: DemoContext, profiles: dict[str, Organization]) -> None:
    """A second record of one organisation, joined with it; and one that the desk proposes to join."""
    office = {"by": ctx.people["coordinator"], "at": ctx.now - timedelta(days=12)}
    second = _verified(ctx, SECOND_RECORD, days=500)
    actions.merge(
        profiles["Fundacja Dobre Sąsiedztwo Kultur"],
        second,
        taken=["phone"],
        reason="Dwa wpisy tej samej fundacji, sprawdzono w KRS.",
        **office,
    )
    _verified(ctx, TWIN, days=30)


def _updated_in_bulk(ctx: DemoContext) -> None:
    """The city has read a list of clubs: one update is applied, one waits as a preview."""
    office = ctx.people["coordinator"]
    for days, rows, is_applied in ((9, BULK_APPLIED, True), (1, BULK_WAITING, False)):
        at = ctx.now - timedelta(days=days)
        file = ContentFile("\r\n".join([BULK_HEADER, *rows]).encode("cp1250"), name="kluby-sportowe.csv")
        update = actions.upload_bulk_update(
            file, source="ewidencja klubów sportowych (zmyślona)", by=office, at=at
        )
        actions.map_columns(update, update.mapping, by=office, at=at)
        actions.read_rows(update.pk)
        if is_applied:
            actions.start_bulk_update(
                update, handling=Handling.PROPOSE, reason="Coroczny wykaz z ewidencji.", by=office, at=at
            )
            actions.apply_rows(update.pk)


def _waiting(ctx: DemoContext, profiles: dict[str, Organization]) -> None:
    """What waits for the office: a registration, a returned one, a draft, a change of identity, an error."""
    sent = _sent(ctx, SUBMITTED, by=ctx.people["resident"], at=ctx.now - timedelta(days=1))
    # »make run« has a trial register for this; where no register is switched on, nothing happens
    actions.compare_with_registers(sent, by=None, at=ctx.now - timedelta(days=1))
    begun = actions.begin_draft(by=ctx.people["resident"], at=ctx.now - timedelta(days=3))
    actions.save_step(begun, BEGUN, at=ctx.now - timedelta(days=3))
    returned = _sent(ctx, RETURNED, by=ctx.people["ngo"], at=ctx.now - timedelta(days=6))
    actions.return_for_correction(
        returned,
        by=ctx.people["coordinator"],
        at=ctx.now - timedelta(days=4),
        reason="Numer w rejestrze nie zgadza się z odpisem: sprawdź trzecią grupę cyfr.",
    )
    draft, spheres = _profile(DRAFT)
    actions.enter_organization(draft, by=ctx.people["coordinator"], at=ctx.now - timedelta(hours=3))
    draft.spheres.set(spheres)
    actions.update_profile(
        profiles["Stowarzyszenie Sąsiedzi z Prądnika"],
        Changes({"name": "Stowarzyszenie Sąsiedzi z Obu Prądników"}),
        by=ctx.people["ngo"],
        at=ctx.now - timedelta(days=1),
        reason="Uchwała walnego zebrania, wpis w KRS z zeszłego tygodnia.",
    )
    actions.report_error(
        profiles["Klub Sąsiedzki Zabłocie"],
        text="Wypożyczalnia jest teraz otwarta w niedziele, nie w soboty.",
        email="sasiadka@example.org",
        at=ctx.now - timedelta(hours=20),
    )
