"""Legal forms: who is an organisation, which register knows it, who may be commissioned (R-ORG-01…06, 12)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.legal.rules import Breach, rule

from ..enums import EntityClass, Exclusion, LegalForm

ACT = "ustawa o działalności pożytku publicznego i o wolontariacie"


@dataclass(frozen=True)
class FormRules:
    """What a legal form asks for. ``founders`` is the smallest number of founders, 0 when none is fixed."""

    has_krs: bool = False
    needs_register: bool = False
    needs_parent: bool = False
    entity_class: EntityClass = EntityClass.ART_3_2
    founders: int = 0


_KRS = FormRules(has_krs=True)
_ART_3_3_IN_KRS = FormRules(has_krs=True, entity_class=EntityClass.ART_3_3)

FORMS: Mapping[str, FormRules] = {
    LegalForm.ASSOC_REGISTERED: FormRules(has_krs=True, founders=7),
    LegalForm.ASSOC_ORDINARY: FormRules(needs_register=True, founders=3),
    LegalForm.ASSOC_BRANCH_LEGAL: _KRS,
    LegalForm.ASSOC_BRANCH: FormRules(needs_parent=True),
    LegalForm.FOUNDATION: FormRules(has_krs=True, founders=1),
    LegalForm.SPORTS_CLUB_REG: FormRules(needs_register=True, founders=7),
    LegalForm.SCHOOL_SPORTS_CLUB: FormRules(needs_register=True, founders=7),
    LegalForm.SPORTS_UNION: FormRules(has_krs=True, founders=3),
    LegalForm.UNION_OF_ASSOC: FormRules(has_krs=True, founders=3),
    LegalForm.KGW: FormRules(needs_register=True),
    LegalForm.OSP: _KRS,
    LegalForm.CHURCH_ENTITY: FormRules(needs_register=True, entity_class=EntityClass.ART_3_3),
    LegalForm.SOCIAL_COOP: _ART_3_3_IN_KRS,
    LegalForm.NONPROFIT_COMPANY: _ART_3_3_IN_KRS,
    LegalForm.LGU_ASSOC: _ART_3_3_IN_KRS,
    LegalForm.OTHER: FormRules(entity_class=EntityClass.NEITHER),
}


def rules_of(form: str) -> FormRules:
    """The rules of a legal form; an unknown one asks for nothing and is no organisation of the Act."""
    return FORMS.get(form, FORMS[LegalForm.OTHER])


@rule(
    "R-ORG-03",
    source="program współpracy 2019–2022, § 1; decyzja projektowa",
    statement="»Organizacja« to organizacja pozarządowa (art. 3 ust. 2) albo podmiot z art. 3 ust. 3.",
)
def entity_class_of(form: str) -> EntityClass:
    """The group that the Act puts a legal form into."""
    return rules_of(form).entity_class


@rule(
    "R-ORG-06",
    source="decyzja projektowa na podstawie przepisów o rejestrach",
    statement="Forma prawna decyduje, który numer jest obowiązkowy: KRS albo nazwa i numer innego rejestru.",
)
def register_breaches(
    form: str, *, krs: str, register_name: str, register_number: str, has_parent: bool
) -> list[Breach]:
    """Which number of a register is missing, or stands where the form has none."""
    rules, found = rules_of(form), []
    if rules.has_krs and not krs:
        found.append(Breach("R-ORG-06", _("wpisz 10 cyfr z odpisu, ta forma prawna jest w KRS"), "krs"))
    if rules.needs_register and krs:
        found.append(Breach("R-ORG-06", _("zostaw puste, ta forma prawna jest w innym rejestrze"), "krs"))
    if rules.needs_register and not register_name:
        found.append(
            Breach("R-ORG-06", _("napisz, w jakim rejestrze lub ewidencji jest organizacja"), "register_name")
        )
    if rules.needs_register and not register_number:
        found.append(Breach("R-ORG-06", _("wpisz numer z tego rejestru"), "register_number"))
    if rules.needs_parent and not has_parent:
        found.append(Breach("R-ORG-06", _("wskaż stowarzyszenie, którego to oddział"), "parent"))
    return found


@rule(
    "R-ORG-01",
    source=f"art. 3 ust. 2 – {ACT}",
    statement="Organizacja pozarządowa nie należy do sektora finansów publicznych i nie działa dla zysku.",
)
@rule(
    "R-ORG-02",
    source=f"art. 3 ust. 3 – {ACT}",
    statement="Spółka należy tu tylko wtedy, gdy nie działa dla zysku i cały dochód przeznacza na cele statutowe.",
)
def nonprofit_breaches(form: str, *, is_nonprofit: bool | None) -> list[Breach]:
    """Nobody who works for profit is an organisation; a company must say so expressly."""
    if is_nonprofit is False:
        return [
            Breach(
                "R-ORG-01",
                _("do bazy mogą trafić tylko podmioty, które nie działają dla zysku"),
                "is_nonprofit_declared",
            )
        ]
    if form == LegalForm.NONPROFIT_COMPANY and not is_nonprofit:
        return [Breach("R-ORG-02", _("potwierdź, że spółka nie działa dla zysku"), "is_nonprofit_declared")]
    return []


@rule(
    "R-ORG-04",
    source=f"art. 3 ust. 4 – {ACT}",
    statement=(
        "Partie, związki zawodowe, organizacje pracodawców, samorządy zawodowe i fundacje partii "
        "nie dostają zleceń zadań publicznych."
    ),
)
def is_eligible_for_grants(entity_class: str, exclusion: str) -> bool:
    """Whether the body may be commissioned with public tasks (Chapter 2 of the Act)."""
    return entity_class in (EntityClass.ART_3_2, EntityClass.ART_3_3) and exclusion not in Exclusion.values


@rule(
    "R-ORG-05",
    source="ustawa o sporcie; poradnik.ngo.pl",
    statement="Stowarzyszenie zwykłe nie jest klubem sportowym, bo klub musi mieć osobowość prawną.",
)
def is_sports_club(form: str) -> bool:
    """Whether the form is one of a sports club, which needs legal personality."""
    return form in (LegalForm.SPORTS_CLUB_REG, LegalForm.SCHOOL_SPORTS_CLUB)


@rule(
    "R-ORG-12",
    source=f"art. 22 – {ACT}",
    statement="Status organizacji pożytku publicznego może mieć tylko podmiot wpisany do KRS.",
)
def opp_breaches(*, has_opp_status: bool | None, krs: str) -> list[Breach]:
    if has_opp_status and not krs:
        return [
            Breach(
                "R-ORG-12",
                _("status OPP mają tylko podmioty z KRS: wpisz numer KRS albo wybierz »nie«"),
                "has_opp_status",
            )
        ]
    return []
