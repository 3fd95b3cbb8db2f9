"""The steps of a registration: each a form of a few fields, checked together with what the other steps hold."""

from collections.abc import Iterable
from copy import deepcopy
from datetime import date
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.common.formats import day
from core.legal.rules import Breach

from .. import law
from ..enums import Agreement, LegalForm, MandateRole, Register
from ..models import Organization, RegistrationDraft
from ..queries import districts
from .fields import NumberField
from .profile import OUTSIDE, ProfileForm

_REGISTER_SHORT = {Register.KRS: "KRS", Register.REGON: "REGON"}


# --- what all steps share ---------------------------------------------------------------------------------------


class StepForm(forms.Form):
    """One step. Fields are those of the profile; what came from a register says so beside the field."""

    slug = ""
    title: Any = ""

    def __init__(self, *args, draft: RegistrationDraft, **kwargs):
        super().__init__(*args, **kwargs)
        self.draft = draft
        for name in self.names():
            self.fields.setdefault(name, deepcopy(ProfileForm.base_fields[name]))
        self.prepare()
        self.initial = {
            name: value for name, value in draft.data.items() if name in self.fields
        } | self.initial
        for name, field in self.fields.items():
            field.help_text = self._with_source(name, field)

    def names(self) -> Iterable[str]:
        raise NotImplementedError

    def prepare(self) -> None:
        """What a step changes in its fields."""

    def breaches(self, data: dict[str, Any]) -> list[Breach]:
        """What the law says about the values of this step and those of the others."""
        return []

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for breach in self.breaches(data):
            name = "parent_krs" if breach.field == "parent" else breach.field
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, breach.message)
        return data

    def values(self) -> dict[str, Any]:
        """What the draft keeps: as the browser sent it, numbers and choices as they were understood."""
        return {name: self._kept(name, field) for name, field in self.fields.items()}

    def _kept(self, name: str, field: forms.Field) -> Any:
        if isinstance(field, forms.BooleanField):
            return "on" if self.cleaned_data[name] else ""
        return self.cleaned_data[name] if type(field) is NumberField else self[name].data or ""

    def shown(self) -> list[tuple[Any, str]]:
        """Label and value of every field that says something, for the page before sending; a valid form."""
        rows = [(self.fields[name].label, self._in_words(name)) for name in self.fields]
        return [(label, value) for label, value in rows if value]

    def _in_words(self, name: str) -> str:
        value, field = self.cleaned_data[name], self.fields[name]
        if isinstance(field, forms.BooleanField):
            return _("tak") if value else ""
        if value in (None, ""):
            return ""
        is_listed = isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField)
        return self.choice_in_words(name, str(value)) if is_listed else str(value)

    def differences(self) -> list[dict[str, Any]]:
        """Where a valid step says something else than the register, for people to see before they send."""
        theirs = {name: value for name, value in self.draft.prefilled.items() if name in self.fields}
        ours = {name: str("" if (own := self.cleaned_data[name]) is None else own) for name in theirs}
        return [
            {
                "label": self.fields[row.field].label,
                "ours": self._in_words(row.field),
                "theirs": self.choice_in_words(row.field, row.theirs),
            }
            for row in law.compared(ours, theirs)
            if row.agreement == Agreement.DIFFERS
        ]

    def choice_in_words(self, name: str, value: str) -> str:
        return str(dict(getattr(self.fields[name], "choices", ())).get(value, value))

    def value_of(self, name: str) -> str:
        """A value of this step as it was just understood, or of another one from the draft."""
        return (self.cleaned_data if name in self.fields else self.draft.data).get(name) or ""

    def _with_source(self, name: str, field: forms.Field) -> Any:
        """»Z KRS, stan na 9 czerwca 2026.«, or what the register has where the person changed it."""
        theirs = self.draft.prefilled.get(name)
        if not theirs or name == "exclusion":
            return field.help_text
        answer = self.draft.answer
        source = {
            "register": _REGISTER_SHORT[answer["register"]],
            "day": day(date.fromisoformat(answer["as_of"])),
        }
        said = _("Z %(register)s, stan na %(day)s. Możesz zmienić.") % source
        if self.draft.data.get(name) != theirs:
            shown = self.choice_in_words(name, theirs)
            said = _("W %(register)s (stan na %(day)s) jest: %(value)s.") % {
                **source,
                "value": escape(shown),
            }
        hint = str(field.help_text)
        return f"{hint}{'' if not hint or hint.endswith('.') else '.'} {said}".strip()


_WITH_KRS = (
    "name", "legal_form", "legal_form_label", "nip", "regon", "has_opp_status", "exclusion", "is_nonprofit_declared",
)  # fmt: skip
_WITHOUT_KRS = (
    "name", "legal_form", "legal_form_label", "register_name", "register_number", "parent_krs", "nip", "regon",
    "founded", "exclusion", "is_nonprofit_declared",
)  # fmt: skip


class NameStep(StepForm):
    slug, title = "nazwa", gettext_lazy("Nazwa i forma")

    clean_parent_krs = ProfileForm.clean_parent_krs

    def names(self) -> Iterable[str]:
        names = _WITH_KRS if self.draft.has_krs else _WITHOUT_KRS
        return [name for name in names if name != "legal_form_label" or not self._is_form_known]

    @property
    def _is_form_known(self) -> bool:
        """Whether the register names a form of ours: then »other« need not be offered."""
        return self.draft.prefilled.get("legal_form", LegalForm.OTHER) != LegalForm.OTHER

    def prepare(self) -> None:
        offered = [
            (form, label)
            for form, label in forms_offered(self.draft.has_krs)
            if form != LegalForm.OTHER or not self._is_form_known
        ]
        self.fields["legal_form"].choices = [("", _("wybierz")), *offered]

    def breaches(self, data: dict[str, Any]) -> list[Breach]:
        found = law.identity_breaches(self._facts(data))
        found += law.nonprofit_breaches(
            self.value_of("legal_form"), is_nonprofit=data.get("is_nonprofit_declared")
        )
        is_other = self.value_of("legal_form") == LegalForm.OTHER
        if is_other and not data.get("legal_form_label"):
            found.append(Breach("R-ORG-06", _("napisz, jaka to forma"), "legal_form_label"))
        answer = self.draft.answer
        if answer.get("values"):
            registered = law.RegisteredForm(
                answer["values"].get("legal_form", ""), is_ngo=answer.get("is_ngo", True)
            )
            found += law.form_breaches(self.value_of("legal_form"), registered.form)
            found += law.entity_breaches(registered)
        return found

    def _facts(self, data: dict[str, Any]) -> law.ProfileFacts:
        """Numbers of other profiles are not looked for here: the page of similar ones shows them."""
        opp = data.get("has_opp_status")
        return law.ProfileFacts(
            legal_form=self.value_of("legal_form"),
            krs=self.draft.data.get("krs", "") if self.draft.has_krs else "",
            nip=self.value_of("nip"),
            regon=self.value_of("regon"),
            register_name=self.value_of("register_name"),
            register_number=self.value_of("register_number"),
            has_parent=getattr(self, "parent", None) is not None,
            has_opp_status=opp,
        )


def forms_offered(has_krs: bool) -> list[tuple[str, Any]]:
    """Legal forms with a KRS number, or those without one; »other« is in both."""
    return [
        (form.value, form.label)
        for form in LegalForm
        if law.rules_of(form).has_krs == has_krs or form == LegalForm.OTHER
    ]


class SeatStep(StepForm):
    slug, title = "siedziba", gettext_lazy("Siedziba i kontakt")

    clean_postal_code = ProfileForm.clean_postal_code
    clean_website = ProfileForm.clean_website

    def names(self) -> Iterable[str]:
        return ("address", "postal_code", "locality", "place", "email", "phone", "website")

    def prepare(self) -> None:
        for name in ("address", "postal_code", "locality", "email"):
            self.fields[name].required = True
        self.fields["place"].choices = [
            ("", _("wybierz")),
            *((str(d.pk), f"{d.roman} {d.name}") for d in districts()),
            (OUTSIDE, _("poza miastem")),
        ]


class ActivityStep(StepForm):
    slug, title = "dzialalnosc", gettext_lazy("Co robicie")

    def names(self) -> Iterable[str]:
        return ("mission", "main_sphere")


class PersonStep(StepForm):
    slug, title = "ty", gettext_lazy("Ty i reprezentacja")

    role = forms.ChoiceField(
        label=gettext_lazy("Twoja rola"),
        choices=MandateRole.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Osoba uprawniona do reprezentacji składa oferty i sprawozdania. Redaktor uzupełnia profil i szkice."
        ),
    )
    evidence = forms.CharField(
        label=gettext_lazy("Z czego to wynika"),
        max_length=1000,
        help_text=gettext_lazy("na przykład wpis w KRS, uchwała zarządu, pełnomocnictwo z dnia 3 maja 2026"),
    )

    def names(self) -> Iterable[str]:
        return ("representatives", "representation")

    def prepare(self) -> None:
        self.fields["representation"].widget = forms.Textarea({"rows": 2})
        self.initial.setdefault("role", self.draft.data.get("role") or MandateRole.NGO_REPRESENTATIVE)
        posts = self.draft.answer.get("functions") or []
        if posts and not self.draft.data.get("representatives"):
            # the register hides names; how many people there are and in which posts, it says
            self.fields["representatives"].help_text = _(
                "KRS nie podaje nazwisk, tylko funkcje: %(posts)s. Wpisz osoby, każdą w nowej linii."
            ) % {"posts": escape(", ".join(filter(None, posts)))}


STEPS: tuple[type[StepForm], ...] = (NameStep, SeatStep, ActivityStep, PersonStep)


def steps_of(draft: RegistrationDraft) -> list[StepForm]:
    """All steps bound to what the draft holds, so that each says whether it is done."""
    return [step(data=draft.data, draft=draft) for step in STEPS]


def profile_of(steps: Iterable[StepForm]) -> tuple[Organization, dict[str, Any]]:
    """The profile that valid steps describe, not saved, and all their values."""
    data: dict[str, Any] = {}
    for step in steps:
        data |= step.cleaned_data
    draft = step.draft
    columns = {f.name for f in Organization._meta.concrete_fields}
    profile = Organization(**{name: value for name, value in data.items() if name in columns})
    profile.krs = draft.data.get("krs", "") if draft.has_krs else ""
    is_outside = data["place"] == OUTSIDE
    profile.is_outside_city = is_outside
    profile.district_id = None if is_outside else int(data["place"])
    profile.parent = next((s.parent for s in steps if getattr(s, "parent", None)), None)
    return profile, data
