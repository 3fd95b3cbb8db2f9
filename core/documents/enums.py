from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Who may fetch a file."""

    PUBLIC = "public", _("wszyscy, gdy sprawa jest opublikowana")
    OFFICIALS = "officials", _("tylko urząd")


class ScanState(models.TextChoices):
    """What the virus scanner said."""

    NOT_CONFIGURED = "not_configured", _("bez skanera")
    WAITING = "waiting", _("czeka na sprawdzenie")
    CLEAN = "clean", _("sprawdzony")
    INFECTED = "infected", _("zainfekowany")


class Place(models.TextChoices):
    """The three mandatory places of publication, art. 13(3) of the Act (R-CALL-11)."""

    BIP = "bip", _("Biuletyn Informacji Publicznej")
    NOTICE_BOARD = "notice_board", _("tablica ogłoszeń w siedzibie urzędu")
    WEBSITE = "website", _("strona internetowa urzędu")
    PRESS = "press", _("prasa")
    OTHER = "other", _("inne miejsce")


class Purpose(models.TextChoices):
    """What was published."""

    NOTICE = "notice", _("ogłoszenie")
    CHANGE = "change", _("zmiana ogłoszenia")
    RESULTS = "results", _("wyniki")
    CANCELLATION = "cancellation", _("unieważnienie")
    REPORT = "report", _("raport")
