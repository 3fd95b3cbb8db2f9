"""What the city's units and roles hold about people."""

from django.utils.translation import gettext_lazy as _

from core.common.ties import Ending, PersonalData

PEOPLE = (
    PersonalData(
        "city.RoleGrant",
        ("user", "role", "unit", "valid_until"),
        purpose=_("role w urzędzie i w ciałach dialogu"),
        basis="art. 6 ust. 1 lit. e RODO",
        kept=_("do wygaśnięcia roli; kto ją nadał i odebrał, jest w dzienniku"),
        readers=_("Ty i administrator portalu"),
        owner="user",
        ending=Ending.DELETED,
    ),
)
