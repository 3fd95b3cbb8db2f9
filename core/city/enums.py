from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    """Kinds of organisational units of a city."""

    DEPARTMENT = "department", _("wydział")
    OFFICE = "office", _("biuro")
    SECTION = "section", _("referat")
    MUNICIPAL_UNIT = "municipal_unit", _("miejska jednostka organizacyjna")
    PLENIPOTENTIARY = "plenipotentiary", _("pełnomocnik")
    DISTRICT_OFFICE = "district_office", _("biuro rady dzielnicy")
    OTHER = "other", _("inna")
