"""``manage.py fill_demo``: a city full of real facts and invented cases, on an empty portal."""

import importlib

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core.city.models import City
from core.common.clock import now
from demo import people
from demo.context import DemoContext

PARTS = [
    ("miasto", "city"),
    ("konta", "people"),
    ("organizacje", "organizations"),
    ("programy współpracy", "programmes"),
    ("zasoby miejskie", "resources"),
    ("konsultacje", "consultations"),
    ("uwagi i stanowiska", "consultation_answers"),
    ("konkursy", "competitions"),
    ("oferty", "offers"),
    ("komisje konkursowe", "committee"),
    ("ciała dialogu", "dialogue_bodies"),
    ("spotkania i zaproszenia w konsultacjach", "consultation_meetings"),
    ("małe granty", "grants"),
    ("aktualności i newsletter", "communication"),
    ("osoby organizacji", "teams"),
    ("ustawienia i dane osób", "matters"),
]


class Command(BaseCommand):
    help = "Wypełnia pusty portal danymi pokazowymi (fakty Krakowa i zmyślone sprawy)."

    def add_arguments(self, parser):
        parser.add_argument("--log-ins", action="store_true", help="wypisz tylko konta pokazowe")

    def handle(self, *, log_ins, **options):
        if not settings.IS_DEMO:
            raise CommandError("Dane pokazowe są tylko dla portalu pokazowego.")
        if not log_ins:
            self.fill()
        self.stdout.write("\n".join(people.log_ins()))

    def fill(self) -> None:
        if City.objects.exists():
            self.stdout.write("Portal ma już dane; nic nie zmieniam.")
            return
        ctx = DemoContext(now=now(), say=self.stdout.write)
        with transaction.atomic():
            for label, module in PARTS:
                self.stdout.write(f"{label} …")
                importlib.import_module(f"demo.{module}").fill(ctx)
        self.remember_log_ins()

    @staticmethod
    def remember_log_ins() -> None:
        folder = settings.BASE_DIR / "var"
        folder.mkdir(exist_ok=True)
        (folder / "demo-log-ins.txt").write_text("\n".join(people.log_ins()) + "\n", encoding="utf-8")
