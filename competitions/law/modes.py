"""By which procedure, and whom it is for (R-CALL-01, R-CALL-03)."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from core.legal.rules import Breach, rule

from ..enums import UNDER_ART_13, Mode

UDPP = "ustawa o działalności pożytku publicznego i o wolontariacie"

BASES = {
    Mode.OPEN_CALL: f"art. 11 ust. 2 i art. 13, {UDPP}",
    Mode.OWN_CONTRIBUTION: f"art. 11 ust. 2 i art. 13, {UDPP}",
    Mode.SMALL_GRANT: f"art. 19a, {UDPP}",
    Mode.REGRANTING: f"art. 16a, {UDPP}",
    Mode.LOCAL_INITIATIVE: f"art. 19b–19h, {UDPP}",
    Mode.SPORT_ACT_GRANT: "art. 27 i 28, ustawa o sporcie",
    Mode.PUBLIC_HEALTH_ACT: "ustawa o zdrowiu publicznym",
}


@rule(
    "R-CALL-01",
    source=f"art. 11 ust. 2, {UDPP}",
    statement=(
        "Zadania publiczne zleca się w otwartym konkursie ofert, chyba że ustawa przewiduje inny tryb zlecenia "
        "(art. 11a–11c, art. 19a)."
    ),
)
def legal_basis(mode: str) -> str:
    """The provision a mode rests on; empty for modes of other institutions."""
    return BASES.get(Mode(mode), "")


def binding(mode: str, breaches: Iterable[Breach]) -> list[Breach]:
    """The breaches as they count in a mode: outside art. 13 they are advice."""
    found = list(breaches)
    return found if mode in UNDER_ART_13 else [replace(breach, is_warning=True) for breach in found]


@rule(
    "R-CALL-03",
    source=f"art. 11 ust. 1 i 3, {UDPP}",
    statement=(
        "W konkursie mogą wziąć udział organizacje pozarządowe i podmioty z art. 3 ust. 3, które prowadzą "
        "działalność statutową w dziedzinie konkursu. Portal ostrzega, gdy profil nie ma tej sfery, ale nie blokuje."
    ),
)
def profile_warnings(call_spheres: Iterable[str], organisation_spheres: Iterable[str]) -> list[Breach]:
    """A note when none of the call's spheres (points of art. 4(1)) stands in the organisation's profile."""
    wanted, own = set(call_spheres), set(organisation_spheres)
    if not wanted or wanted & own:
        return []
    message = _(
        "W profilu organizacji nie ma sfery tego konkursu. Sprawdź, czy statut ją obejmuje, i uzupełnij profil."
    )
    return [Breach("R-CALL-03", message, is_warning=True)]
