from django.db import models
from django.utils.translation import gettext_lazy as _


class SmallGrantKind(models.TextChoices):
    """What a record of small grants is: an offer, an intake, or a comparable micro-grant."""

    OFFER = "offer", _("oferta (art. 19a)")
    INTAKE = "intake", _("nabór małych grantów")
    CITY_MICRO_GRANT = "city_micro_grant", _("mikrodotacja miejska")
    REGRANTING_MICRO_GRANT = "regranting_micro_grant", _("mikrogrant z regrantingu")
    EXTERNAL_INTAKE = "external_intake", _("nabór innego podmiotu")
    OTHER = "other", _("inny")
