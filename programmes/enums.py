from django.db import models
from django.utils.translation import gettext_lazy as _


class ProgrammeKind(models.TextChoices):
    """Kinds of cooperation programmes (R-PROG-01), and what the facts hold beside them."""

    ANNUAL = "annual", _("roczny program współpracy")
    MULTI_YEAR = "multi_year", _("wieloletni program współpracy")
    SECTORAL = "sectoral", _("program branżowy")
    NON_PUBLIC = "non_public", _("program niepubliczny")
    INDICATORS = "indicators", _("zestawienie wskaźników")
    UNKNOWN = "unknown", _("rodzaj nieznany")
