"""Records that may be of one organisation: offered to the office, never joined by themselves."""

from django.db.models import Case, Count, Q, QuerySet, Value, When

from core.documents import search

from ..enums import MERGEABLE_STATES, LegalForm
from ..models import Organization

MOST = 10
# Words that say nothing about which organisation is meant.
KIND_WORDS = frozenset(
    [
        "fundacja",
        "stowarzyszenie",
        "towarzystwo",
        "klub",
        "zwiazek",
        "oddzial",
        "krakow",
        "krakowie",
        "krakowskie",
        "kolo",
        "uczniowski",
        "sportowy",
    ]
)


def candidates() -> QuerySet[Organization]:
    return Organization.objects.filter(state__in=MERGEABLE_STATES)


def likely_twins(organization: Organization) -> list[Organization]:
    """Up to ten records that may be the same organisation: same numbers, or a like name in the same place."""
    same = _same_name_or_number(organization)
    alike = Q(pk=None)
    words = like_names(organization)
    if words is not None:
        alike = Q(pk__in=words) & Q(locality__in=["", organization.locality])
    contacts = Q(pk=None)
    for contact in ("email", "website"):
        if getattr(organization, contact):
            contacts |= Q(**{f"{contact}__iexact": getattr(organization, contact)})
    rows = candidates().exclude(pk=organization.pk)
    rows = rows.exclude(legal_form=LegalForm.ASSOC_BRANCH, parent=organization).filter(
        same | alike | contacts
    )
    likeness = Case(When(same, then=Value(0)), When(alike, then=Value(1)), default=Value(2))
    return list(rows.for_list().order_by(likeness, "sort_name", "pk")[:MOST])


def _same_name_or_number(organization: Organization) -> Q:
    same = Q(folded_name=organization.folded_name)
    if organization.register_number:
        same |= Q(register_number=organization.register_number, register_name=organization.register_name)
    for name in ("krs", "nip"):
        if getattr(organization, name):
            same |= Q(**{name: getattr(organization, name)})
    if organization.regon:
        same |= Q(regon__startswith=organization.regon[:9])
    return same


def like_names(organization: Organization):
    """Keys of public records whose texts hold the telling words of a name, or nothing when it has none."""
    words = [w for w in organization.folded_name.split() if len(w) > 2 and w not in KIND_WORDS]
    return search.matching(" ".join(words), "organization") if len(words) > 1 else None


def twin_groups(*, limit: int = 50) -> list[list[Organization]]:
    """Groups of records with the same name in the same place, or the same number in the same register; three queries."""
    by_name = _repeated("folded_name", "locality")
    by_register = _repeated("register_number", "register_name", given="register_number")
    wanted = Q(pk=None)
    for names, groups in (
        (("folded_name", "locality"), by_name),
        (("register_number", "register_name"), by_register),
    ):
        for group in groups[:limit]:
            wanted |= Q(**dict(zip(names, group, strict=True)))
    found: dict[tuple, list[Organization]] = {}
    for row in candidates().filter(wanted).for_list().by_name():
        for key in ((row.folded_name, row.locality), (row.register_number, row.register_name)):
            if key in by_name or (key[0] and key in by_register):
                found.setdefault(key, []).append(row)
                break
    return [rows for rows in found.values() if len(rows) > 1][:limit]


def _repeated(*names: str, given: str = "") -> list[tuple]:
    rows = candidates().exclude(legal_form=LegalForm.ASSOC_BRANCH)
    if given:
        rows = rows.exclude(**{given: ""})
    counted = rows.order_by().values(*names).annotate(many=Count("pk")).filter(many__gt=1)
    return list(counted.order_by("-many").values_list(*names)[:200])
