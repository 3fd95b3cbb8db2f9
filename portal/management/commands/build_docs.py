"""``manage.py build_docs``: writes the documents made from the code; ``--check`` only compares."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from portal.docs import build


class Command(BaseCommand):
    help = "Tworzy dokumenty z kodu: zasady, stany spraw, słownik danych."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="porównaj i nic nie zapisuj")

    def handle(self, *, check, **options):
        with translation.override("pl"):
            files = build()
        stale = [
            path
            for path, text in files.items()
            if not path.exists() or path.read_text(encoding="utf-8") != text
        ]
        if check and stale:
            raise CommandError(
                "Nieaktualne: " + ", ".join(path.name for path in stale) + ". Uruchom `make docs`."
            )
        for path in stale:
            path.write_text(files[path], encoding="utf-8")
        self.stdout.write(f"Dokumenty: {len(files)}, zmienione: {0 if check else len(stale)}.")
