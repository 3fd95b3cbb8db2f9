"""Columns of the registry as open data; only what the public pages show."""

from django.utils.translation import gettext_lazy as _

from core.common.exports import Column

from .enums import TargetGroup
from .models import Organization


def _district(organization: Organization) -> str:
    if organization.is_outside_city:
        return str(_("poza miastem"))
    return organization.district.roman if organization.district else ""


def _spheres(organization: Organization) -> list[str]:
    return [sphere.statutory_no for sphere in organization.spheres.all()]


def _target_groups(organization: Organization) -> list[str]:
    return [str(TargetGroup(g).label) for g in organization.target_groups if g in TargetGroup.values]


COLUMNS = [
    Column("name", _("Nazwa"), lambda o: o.name, _("pełna nazwa")),
    Column("short_name", _("Nazwa skrócona"), lambda o: o.short_name),
    Column("legal_form", _("Forma prawna"), lambda o: o.form_label, _("forma prawna w słowach")),
    Column("legal_form_code", _("Kod formy prawnej"), lambda o: o.legal_form, _("kod z listy form")),
    Column(
        "entity_class", _("Grupa podmiotów"), lambda o: o.entity_class, _("art_3_2, art_3_3 albo neither")
    ),
    Column("krs", "KRS", lambda o: o.krs, _("10 cyfr z zerami z przodu")),
    Column("nip", "NIP", lambda o: o.nip, _("10 cyfr")),
    Column("regon", "REGON", lambda o: o.regon, _("9 albo 14 cyfr")),
    Column(
        "register", _("Inny rejestr"), lambda o: " ".join(filter(None, [o.register_name, o.register_number]))
    ),
    Column("is_opp", _("OPP"), lambda o: o.has_opp_status, _("tak, nie albo puste, gdy nie wiadomo")),
    Column("opp_since", _("OPP od"), lambda o: o.opp_since, _("rok, miesiąc albo dzień")),
    Column("founded", _("Działa od"), lambda o: o.founded, _("rok, miesiąc albo dzień")),
    Column("registered", _("Wpis do rejestru"), lambda o: o.registered, _("rok, miesiąc albo dzień")),
    Column("address", _("Adres"), lambda o: o.full_address),
    Column("district", _("Dzielnica"), _district, _("numer rzymski albo „poza miastem”")),
    Column("email", _("E-mail"), lambda o: o.email),
    Column("phone", _("Telefon"), lambda o: o.phone),
    Column("website", _("Strona internetowa"), lambda o: o.website_url),
    Column("spheres", _("Sfery zadań"), _spheres, _("punkty art. 4 ust. 1 ustawy o pożytku")),
    Column("target_groups", _("Dla kogo"), _target_groups),
    Column("reach", _("Zasięg"), lambda o: o.get_reach_display()),
    Column(
        "seat_features",
        _("Udogodnienia w siedzibie"),
        lambda o: o.seat_labels,
        _("co jest w siedzibie, z listy"),
    ),
    Column("accessibility", _("Dostępność siedziby"), lambda o: o.accessibility, _("opis słowami")),
    Column("mission", _("Opis"), lambda o: o.mission),
    Column("wants_volunteers", _("Szuka wolontariuszy"), lambda o: o.wants_volunteers),
    Column("wants_partner", _("Szuka partnera"), lambda o: o.wants_partner),
    Column(
        "state",
        _("Stan danych"),
        lambda o: o.get_state_display(),
        _("sprawdzone albo niepotwierdzone od roku"),
    ),
    Column(
        "confirmed_at", _("Potwierdzono"), lambda o: o.confirmed_at, _("puste: dane ze źródeł publicznych")
    ),
    Column(
        "unconfirmed_since",
        _("Niepotwierdzone od"),
        lambda o: o.unconfirmed_since,
        _(
            "dzień, od którego dane liczą się jako niepotwierdzone; puste: aktualne albo ze źródeł publicznych"
        ),
    ),
    Column("source", _("Źródło"), lambda o: o.source),
    Column("url", _("Adres profilu"), lambda o: o.get_absolute_url()),
]


OFFER_COLUMNS = [
    Column("title", _("Oferta"), lambda o: o.title),
    Column("kind", _("Rodzaj"), lambda o: o.get_kind_display()),
    Column("description", _("Opis"), lambda o: o.description),
    Column("when", _("Kiedy"), lambda o: o.when),
    Column("place", _("Gdzie"), lambda o: o.place),
    Column("is_free", _("Bezpłatnie"), lambda o: o.is_free, _("tak, nie albo puste, gdy nie wiadomo")),
    Column("requires_booking", _("Zapisy"), lambda o: o.requires_booking, _("tak, nie albo puste")),
    Column("organization", _("Organizacja"), lambda o: o.organization.name),
    Column("district", _("Dzielnica"), lambda o: _district(o.organization)),
    Column("url", _("Adres profilu"), lambda o: o.organization.get_absolute_url()),
]


PARTNER_COLUMNS = [
    Column("kind", _("Rodzaj"), lambda n: n.get_kind_display(), _("szuka albo oferuje")),
    Column("title", _("Tytuł"), lambda n: n.title),
    Column("text", _("Opis"), lambda n: n.text),
    Column("organization", _("Organizacja"), lambda n: n.organization.name),
    Column("sphere", _("Sfera zadań"), lambda n: str(n.sphere)),
    Column("target_group", _("Dla kogo"), lambda n: n.get_target_group_display()),
    Column(
        "district", _("Dzielnica"), lambda n: n.district.roman if n.district else "", _("puste: całe miasto")
    ),
    Column("valid_until", _("Ważne do"), lambda n: n.valid_until),
    Column("url", _("Adres ogłoszenia"), lambda n: n.get_absolute_url()),
]
