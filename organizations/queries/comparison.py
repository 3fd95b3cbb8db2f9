"""What the office compares: how it was, how it is to be, what the register says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.common.differences import marked
from core.common.formats import day, partial_date

from .. import law
from ..enums import Agreement, Register
from ..models import Dossier, IdentityRevision, Mandate, Organization, RegisterComparison
from .history import field_label

# What of a new profile is compared with the register.
REGISTERED_FIELDS = (
    "name", "legal_form", "legal_form_label", "parent", "krs", "nip", "regon", "register_name", "register_number",
    "address", "locality", "founded", "registered", "has_opp_status",
)  # fmt: skip
DOSSIER_NAMES = ("representatives", "representation", "manner", "manner_count")


@dataclass(frozen=True)
class Compared:
    """One row of the table on the desk; the marked texts differ from the plain ones where letters changed."""

    label: str
    before: SafeString | str
    after: SafeString | str
    register: str = ""
    differs: bool = False
    # a register has answered, though perhaps not about this
    is_asked: bool = False


def register_facts(organization: Organization) -> dict[str, str]:
    """What the registers that the portal has asked say of the organisation; empty when none has answered.

    Where two say something, the first in the order of the code list is believed: KRS before REGON.
    """
    said: dict[str, str] = {}
    latest = {
        row.register: row for row in RegisterComparison.objects.filter(organization=organization).last_words()
    }
    for register in Register:
        for fact in latest[register].rows if register in latest else []:
            if fact["theirs"]:
                said.setdefault(fact["field"], fact["theirs"])
    return said


def _row(name: str, new: Any, said: Mapping[str, str], *, before: str = "", after: str = "") -> Compared:
    """One field beside the register's fact, compared as the law compares them."""
    theirs, own = said.get(name, ""), new if isinstance(new, str) else shown(name, new)
    differs = law.agreement_of(name, own, theirs) == Agreement.DIFFERS
    words = partial_date(theirs) if name == "registered" else shown(name, theirs)
    return Compared(field_label(name), before, after or shown(name, new), words, differs, bool(said))


def compare_revision(revision: IdentityRevision) -> list[Compared]:
    """Every field of a change: was, is to be, and what the register says."""
    said = register_facts(revision.organization)
    rows = []
    for name, value in revision.values.items():
        was, becomes = marked(shown(name, revision.previous.get(name)), shown(name, value))
        rows.append(_row(name, value, said, before=was or "–", after=becomes or "–"))
    return rows


def compare_registration(organization: Organization) -> list[Compared]:
    """What a new profile says of itself, field by field; nothing was there before."""
    said, dossier = register_facts(organization), Dossier.objects.filter(pk=organization.pk).first()
    rows = [(name, getattr(organization, name)) for name in REGISTERED_FIELDS]
    rows += [(name, getattr(dossier, name)) for name in DOSSIER_NAMES] if dossier else []
    return [_row(name, value, said) for name, value in rows if value not in ("", None)]


def compare_request(mandate: Mandate) -> list[Compared]:
    """Who asks for what, beside what the profile holds of representation."""
    is_asked = bool(register_facts(mandate.organization))
    dossier = Dossier.objects.filter(pk=mandate.organization_id).first() or Dossier()
    held = Mandate.objects.filter(organization=mandate.organization, verified_at__isnull=False, ended_at=None)
    people = [f"{one.user}, {one.get_role_display()}" for one in held.select_related("user")]
    people += [dossier.representatives] if dossier.representatives else []
    period = " – ".join(day(d) if d else "…" for d in (mandate.valid_from, mandate.valid_until))
    manner = ", ".join(filter(None, [dossier.get_manner_display(), dossier.representation]))
    person = f"{mandate.user} ({mandate.user.email})"
    return [
        Compared(_("Osoba"), "\n".join(people) or "–", person, is_asked=is_asked),
        Compared(_("Rola i sposób reprezentacji"), manner, mandate.get_role_display(), is_asked=is_asked),
        Compared(_("Podstawa"), "–", mandate.evidence or _("w pliku")),
        Compared(_("Okres"), "–", _("bezterminowo") if period == "… – …" else period),
    ]


def shown(name: str, value: Any) -> str:
    """A value in words: choices by their label, rows by their name, yes and no."""
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return _("tak") if value else _("nie")
    if name == "parent":
        pk = getattr(value, "pk", value)
        return str(Organization.objects.filter(pk=pk).first() or "")
    choices = _choices(name)
    return str(choices.get(value, value))


def _choices(name: str) -> dict[Any, Any]:
    for model in (Organization, Dossier):
        try:
            return dict(model._meta.get_field(name).flatchoices)
        except FieldDoesNotExist:
            continue
    return {}
