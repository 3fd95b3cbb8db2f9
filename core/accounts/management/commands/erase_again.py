"""``manage.py erase_again``: after a backup was restored, erases once more the accounts erased since."""

from django.core.management.base import BaseCommand

from core.accounts import actions
from core.common.clock import now


class Command(BaseCommand):
    help = "Po przywróceniu kopii usuwa jeszcze raz konta, które usunięto po jej zrobieniu."

    def handle(self, **options):
        self.stdout.write(f"Usunięto ponownie kont: {actions.erase_again(at=now())}")
