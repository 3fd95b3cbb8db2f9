"""The reference city: Kraków."""

from core.city.models import City

from .context import DemoContext

KRAKOW = {
    "name": "Kraków",
    "name_genitive": "Krakowa",
    "name_locative": "Krakowie",
    "adjective": "Krakowski",
    "portal_name": "Portal NGO",
    "authority": "Prezydent Miasta Krakowa",
    "office_name": "Urząd Miasta Krakowa",
    "office_address": "pl. Wszystkich Świętych 3-4, 31-004 Kraków",
    "notice_board": "tablica ogłoszeń, ul. Dekerta 24, parter",
    "email": "ngo@example.org",
    "phone": "12 000 00 00",
    "hours": "poniedziałek–piątek, 8:00–16:00",
    "bip_url": "https://www.bip.krakow.pl/",
    "dpo_contact": "iod@example.org",
    "source_url": "",
}


def fill(ctx: DemoContext) -> None:
    City.objects.create(**KRAKOW)
    ctx.import_facts("units")
    ctx.import_facts("districts")
    ctx.import_facts("districts", "districts.geojson")
    ctx.import_facts("spheres")
