"""`manage.py reindex`: the whole search index anew; `--if-needed` only when the analysis has changed."""

from django.core.management.base import BaseCommand

from core.documents.search.reindex import is_needed, reindex


class Command(BaseCommand):
    help = "Buduje indeks wyszukiwarki od nowa z tego, co jest publiczne."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="tylko gdy zmieniła się analiza słów (nowy słownik Morfeusza)",
        )

    def handle(self, *args, **options):
        if options["if_needed"] and not is_needed():
            self.stdout.write("Indeks jest aktualny.")
            return
        self.stdout.write(f"Wpisów w indeksie: {reindex(say=self.stdout.write)}")
