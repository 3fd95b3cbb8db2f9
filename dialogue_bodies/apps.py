from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DialogueBodiesConfig(AppConfig):
    name = "dialogue_bodies"
    verbose_name = _("Ciała dialogu")
