"""How sources and spreadsheets call the legal forms."""

from collections.abc import Mapping

from ..enums import LegalForm

# How sources call the legal forms; what is not here is kept in words as »inna forma«.
FORMS: Mapping[str, LegalForm] = {
    "stowarzyszenie": LegalForm.ASSOC_REGISTERED,
    "stowarzyszenie rejestrowe": LegalForm.ASSOC_REGISTERED,
    "towarzystwo": LegalForm.ASSOC_REGISTERED,
    "stowarzyszenie zwykłe": LegalForm.ASSOC_ORDINARY,
    "oddział stowarzyszenia": LegalForm.ASSOC_BRANCH,
    "oddział terenowy": LegalForm.ASSOC_BRANCH,
    "oddział": LegalForm.ASSOC_BRANCH,
    "fundacja": LegalForm.FOUNDATION,
    "klub sportowy": LegalForm.SPORTS_CLUB_REG,
    "klub sportowy (stowarzyszenie)": LegalForm.SPORTS_CLUB_REG,
    "uczniowski klub sportowy": LegalForm.SCHOOL_SPORTS_CLUB,
    "uks": LegalForm.SCHOOL_SPORTS_CLUB,
    "związek sportowy": LegalForm.SPORTS_UNION,
    "związek stowarzyszeń": LegalForm.UNION_OF_ASSOC,
    "federacja": LegalForm.UNION_OF_ASSOC,
    "koło gospodyń wiejskich": LegalForm.KGW,
    "ochotnicza straż pożarna": LegalForm.OSP,
    "jednostka kościelna": LegalForm.CHURCH_ENTITY,
    "kościelna osoba prawna": LegalForm.CHURCH_ENTITY,
    "spółdzielnia socjalna": LegalForm.SOCIAL_COOP,
    "spółka non profit": LegalForm.NONPROFIT_COMPANY,
    "spółka": LegalForm.NONPROFIT_COMPANY,
    "stowarzyszenie jednostek samorządu terytorialnego": LegalForm.LGU_ASSOC,
    **{str(form.label).casefold(): form for form in LegalForm},
    **{form.value: form for form in LegalForm},
}
