from django.db import models
from django.utils.translation import gettext_lazy as _


class ResourceKind(models.TextChoices):
    """What the city can lend, give or help with (R-MODE-14)."""

    ROOM = "room", _("sala")
    PREMISES = "premises", _("lokal")
    FACILITY = "facility", _("obiekt")
    CENTRE = "centre", _("centrum")
    NETWORK = "network", _("sieć miejsc")
    TRAINING = "training", _("szkolenie")
    SERVICE = "service", _("usługa")
    INFORMATION = "information", _("informacja")
    PUBLICATION = "publication", _("publikacja")
    PATRONAGE = "patronage", _("patronat")
    PROMOTION = "promotion", _("promocja")
    FEE_RELIEF = "fee_relief", _("zwolnienie z opłat")
    UTILITY_SUPPORT = "utility_support", _("pokrycie opłat")
    GRANT_SUPPORT = "grant_support", _("wsparcie w dotacjach")
    EVENT = "event", _("wydarzenie")
    OTHER = "other", _("inny")
