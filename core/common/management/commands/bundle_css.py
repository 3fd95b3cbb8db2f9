from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from core.common.stylesheet import bundled


class Command(BaseCommand):
    help = "Puts static/css/portal.css together from its source files."

    def handle(self, **options) -> None:
        static = Path(settings.STATICFILES_DIRS[0])
        (static / "css/portal.css").write_text(bundled(static))
        self.stdout.write("static/css/portal.css")
