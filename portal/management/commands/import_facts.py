"""``manage.py import_facts KIND FILE``: facts in the collected JSON form, into the models."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.facts import KINDS, UnreadableFacts, import_facts, load

OUTCOMES = {"created": "dodano", "updated": "zmieniono", "unchanged": "bez zmian", "skipped": "pominięto"}


class Command(BaseCommand):
    help = "Wczytuje fakty z pliku JSON; na końcu mówi, czego nie dało się wyrazić i dlaczego."

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
        parser.add_argument("file", type=Path)

    def handle(self, *, kind, file, **options):
        try:
            report = import_facts(kind, load(file))
        except UnreadableFacts as fault:
            raise CommandError(str(fault)) from fault
        counts = ", ".join(f"{label}: {report.counts[outcome]}" for outcome, label in OUTCOMES.items())
        self.stdout.write(f"{kind}: {counts}")
        if report.remarks:
            self.stdout.write(f"Do sprawdzenia ({len(report.remarks)}):")
            for remark in report.remarks:
                self.stdout.write(f"  - {remark}")
        if not report.losses:
            self.stdout.write("Wszystko zostało wyrażone.")
            return
        self.stdout.write(f"Nie dało się wyrazić ({len(report.losses)}):")
        for loss in report.losses:
            self.stdout.write(f"  - {loss}")
