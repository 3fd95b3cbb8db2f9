from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "core.notifications"
    label = "notifications"
    verbose_name = _("Powiadomienia")

    def ready(self):
        """Every room's ``reminders.py`` registers what it reminds of and what can be followed there."""
        autodiscover_modules("reminders", "tasks")
