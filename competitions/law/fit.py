"""Which calls suit an organisation, why, and what it lacks (R-CALL-02, 03, 14). Advice, never a refusal."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext as _

from core.common import formats
from core.legal.rules import rule

from ..enums import Form
from .modes import UDPP


@dataclass(frozen=True)
class Applicant:
    """What an organisation answers; what it leaves open is None or empty. Amounts in złote, shares in per cent."""

    legal_form: str = ""
    is_eligible: bool = True
    has_opp: bool | None = None
    spheres: frozenset[str] = frozenset()
    districts: frozenset[int] = frozenset()
    wanted: Decimal | None = None
    own_percent: Decimal | None = None


@dataclass(frozen=True)
class Offered:
    """What a call wants."""

    form: str = Form.UNKNOWN
    eligible_forms: frozenset[str] = frozenset()
    requires_opp: bool = False
    spheres: frozenset[str] = frozenset()
    districts: frozenset[int] = frozenset()
    are_districts_preferred: bool = False
    min_grant: Decimal | None = None
    max_grant: Decimal | None = None
    total: Decimal | None = None
    must_exceed_min: bool = False
    min_own_percent: Decimal | None = None


@dataclass(frozen=True)
class Finding:
    """One answer of the check: what fits, what lacks, what to check oneself."""

    kind: Literal["ok", "lack", "check"]
    text: str


@rule(
    "R-CALL-03",
    source=f"art. 11 ust. 1 i 3, {UDPP}",
    statement=(
        "W konkursie mogą wziąć udział organizacje pozarządowe i podmioty z art. 3 ust. 3, które prowadzą "
        "działalność statutową w dziedzinie konkursu. Portal ostrzega, gdy profil nie ma tej sfery, ale nie blokuje."
    ),
)
def fit(applicant: Applicant, offered: Offered) -> list[Finding]:
    """Every condition in the order in which people ask: who, what for, where, how much."""
    checks = (_form, _sphere, _opp, _place, _amount, _contribution)
    return [finding for check in checks if (finding := check(applicant, offered)) is not None]


def is_suitable(findings: Collection[Finding]) -> bool:
    return not any(finding.kind == "lack" for finding in findings)


def score(findings: Collection[Finding]) -> int:
    """For the order of a list: what fits counts up, what lacks counts down."""
    return sum({"ok": 1, "check": 0, "lack": -3}[finding.kind] for finding in findings)


def _form(applicant: Applicant, offered: Offered) -> Finding | None:
    if not applicant.is_eligible:
        return Finding("lack", _("Ten podmiot nie może dostać zlecenia zadania publicznego (art. 3 ust. 4)."))
    if not offered.eligible_forms or not applicant.legal_form:
        return None
    if applicant.legal_form in offered.eligible_forms:
        return Finding("ok", _("Wasza forma prawna może złożyć ofertę."))
    return Finding("lack", _("Ten nabór jest dla innych form prawnych."))


def _sphere(applicant: Applicant, offered: Offered) -> Finding | None:
    if not offered.spheres or not applicant.spheres:
        return None
    if offered.spheres & applicant.spheres:
        return Finding("ok", _("Działacie w sferze tego konkursu."))
    return Finding("lack", _("Sfera konkursu jest inna niż Wasze. Sprawdźcie, czy statut ją obejmuje."))


def _opp(applicant: Applicant, offered: Offered) -> Finding | None:
    if not offered.requires_opp:
        return None
    if applicant.has_opp is None:
        return Finding("check", _("Konkurs jest tylko dla organizacji pożytku publicznego (OPP)."))
    if applicant.has_opp:
        return Finding("ok", _("Macie status OPP, którego wymaga konkurs."))
    return Finding("lack", _("Konkurs jest tylko dla organizacji pożytku publicznego (OPP)."))


def _place(applicant: Applicant, offered: Offered) -> Finding | None:
    if not offered.districts or not applicant.districts:
        return None
    if offered.districts & applicant.districts:
        return Finding("ok", _("Działacie w dzielnicy, o którą chodzi."))
    if offered.are_districts_preferred:
        return Finding("check", _("Miasto woli inne dzielnice, ale Wasza nie jest wykluczona."))
    return Finding("lack", _("Zadanie trzeba zrobić w innej dzielnicy."))


def _amount(applicant: Applicant, offered: Offered) -> Finding | None:
    wanted, least, most = applicant.wanted, offered.min_grant, offered.max_grant or offered.total
    if wanted is None or (least is None and most is None):
        return None
    if most is not None and wanted > most:
        return Finding("lack", _("Dotacja wyniesie najwyżej %(most)s.") % {"most": formats.zloty(most)})
    if least is not None and (wanted < least or (offered.must_exceed_min and wanted == least)):
        return Finding("lack", _("Dotacja wynosi co najmniej %(least)s.") % {"least": formats.zloty(least)})
    return Finding("ok", _("Kwota, której potrzebujecie, mieści się w limitach."))


@rule(
    "R-CALL-02",
    source=f"art. 5 ust. 4, art. 11 ust. 1 i art. 15 ust. 1 pkt 4, {UDPP}",
    statement=(
        "Zadanie powierza się (miasto finansuje całość, wkład własny nie jest wymagany) albo wspiera (miasto dofinansowuje). "
        "Środki własne i z innych źródeł ocenia się tylko przy wsparciu."
    ),
)
def contribution(applicant: Applicant, offered: Offered) -> Finding | None:
    """Own contribution: none in entrusting; in support at least what the notice wants."""
    least, own = offered.min_own_percent, applicant.own_percent
    if offered.form == Form.ENTRUST:
        return Finding("ok", _("Wkład własny nie jest potrzebny."))
    if least is None or own is None:
        return None
    if own >= least:
        return Finding("ok", _("Wasz wkład własny wystarczy."))
    wanted = {"share": formats.percent(least)}
    return Finding("lack", _("Potrzebny jest wkład własny: co najmniej %(share)s kosztów.") % wanted)


_contribution = contribution
