"""The roles of the portal and what each may do, described once (domain §1.3)."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Roles of officials and of members of bodies; those of NGO people are mandates in ``organizations``."""

    UNIT_EDITOR = "unit_editor", _("Redaktor komórki")
    CALL_MANAGER = "call_manager", _("Prowadzący konkurs")
    COMMITTEE_MEMBER = "committee_member", _("Członek komisji")
    INSPECTOR_FINANCE = "inspector_finance", _("Rozliczenia i kontrola")
    CONSULTATION_MANAGER = "consultation_manager", _("Prowadzący konsultacje")
    DIALOGUE_SECRETARY = "dialogue_secretary", _("Obsługa ciała dialogu")
    DIALOGUE_MEMBER = "dialogue_member", _("Członek ciała dialogu")
    COORDINATOR = "coordinator", _("Komórka koordynująca")
    ADMIN = "admin", _("Administrator")
    AUDITOR = "auditor", _("Audytor")


@dataclass(frozen=True)
class Duties:
    """What a role may do, for people and for the rulebook; ``is_citywide`` roles know no unit."""

    summary: Any
    is_citywide: bool = False
    enters_admin: bool = True


DUTIES = {
    Role.UNIT_EDITOR: Duties(_("Przygotowuje aktualności, konkursy i konsultacje swojej komórki.")),
    Role.CALL_MANAGER: Duties(
        _("Ogłasza i prowadzi konkursy swojej komórki: ocena formalna, komisja, wyniki, umowy.")
    ),
    Role.COMMITTEE_MEMBER: Duties(
        _("Ocenia oferty w swojej komisji, po złożeniu oświadczenia o bezstronności."), enters_admin=False
    ),
    Role.INSPECTOR_FINANCE: Duties(_("Prowadzi sprawozdania, kontrole i zwroty swojej komórki.")),
    Role.CONSULTATION_MANAGER: Duties(
        _("Ogłasza i prowadzi konsultacje swojej komórki, odpowiada na uwagi.")
    ),
    Role.DIALOGUE_SECRETARY: Duties(_("Obsługuje posiedzenia, protokoły i opinie ciał dialogu.")),
    Role.DIALOGUE_MEMBER: Duties(_("Bierze udział w pracach swojego ciała dialogu."), enters_admin=False),
    Role.COORDINATOR: Duties(
        _("Prowadzi sprawy wszystkich komórek, weryfikuje organizacje, moderuje."), is_citywide=True
    ),
    Role.ADMIN: Duties(_("Ustawia portal, parametry prawne i konta."), is_citywide=True),
    Role.AUDITOR: Duties(_("Czyta wszystko, także dziennik zdarzeń; niczego nie zmienia."), is_citywide=True),
}

SECOND_FACTOR_ROLES = frozenset(Role) - {Role.DIALOGUE_MEMBER}
