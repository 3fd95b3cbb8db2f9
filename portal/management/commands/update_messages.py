"""``manage.py update_messages``: brings the catalogues in line with the texts, and compiles them."""

import polib
from django.conf import settings
from django.core.management.base import BaseCommand

from portal.messages import catalogue, texts


class Command(BaseCommand):
    help = "Uzupełnia katalogi tłumaczeń o nowe teksty, usuwa zbędne i kompiluje je."

    def handle(self, **options):
        wanted = texts()
        for language, _name in settings.LANGUAGES:
            if language != settings.LANGUAGE_CODE:
                self.update(language, wanted)
        own = catalogue(settings.LANGUAGE_CODE)
        polib.pofile(str(own)).save_as_mofile(str(own.with_suffix(".mo")))

    def update(self, language: str, wanted: set[str]) -> None:
        path = catalogue(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        known = {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))} if path.exists() else {}
        book = polib.POFile(wrapwidth=110)
        book.metadata = {
            "Language": language,
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
        }
        for text in sorted(wanted):
            flags = ["python-format"] if "%(" in text else []
            book.append(polib.POEntry(msgid=text, msgstr=known.get(text, ""), flags=flags))
        book.save(str(path))
        book.save_as_mofile(str(path.with_suffix(".mo")))
        missing = sum(not entry.msgstr for entry in book)
        self.stdout.write(f"{language}: {len(book)} tekstów, bez tłumaczenia {missing}")
