"""Sends what waits in the outbox and ends."""

from django.core.management.base import BaseCommand

from core.notifications import delivery


class Command(BaseCommand):
    help = "Wysyła listy czekające w kolejce. Robi to samo co zadanie w tle."

    def handle(self, *args, **options) -> None:
        done = delivery.deliver()
        self.stdout.write(
            f"Wysłano: {done.sent}, odrzucono: {done.failed}, odłożono: {done.put_off}, niepewne: {done.uncertain}"
        )
