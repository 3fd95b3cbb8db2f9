"""A registration before it is sent: begun, saved step by step, thrown away, sent, forgotten."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.city.models import City, TaskSphere
from core.common.clock import local_day
from core.legal import audit, parameters
from core.legal.rules import Breach, LawBreached

from ..enums import LegalForm
from ..models import DuplicateDecision, Organization, RegistrationDraft
from ..registers import Answer, RegisterFacts
from .comparisons import ask_registers_soon
from .registration import register_organization

KEPT_DAYS = "registration_draft_days"
MOST_DRAFTS = 10
OUTSIDE = "poza"
# Facts of a register that are fields of the form, under the same names.
_SAME = (
    "name",
    "legal_form",
    "nip",
    "regon",
    "address",
    "postal_code",
    "locality",
    "representation",
    "exclusion",
    "founded",
)


@transaction.atomic
def begin_draft(
    *, krs: str = "", nip: str = "", regon: str = "", answer: Answer | None = None, by, at: datetime
) -> RegistrationDraft:
    """Begins a registration with what the register answered, or takes up the one begun with the same number.

    Values that the person has already typed stay. Raises LawBreached when too many are begun.
    """
    User.objects.select_for_update().get(pk=by.pk)
    numbers = {name: value for name, value in (("krs", krs), ("nip", nip), ("regon", regon)) if value}
    draft = _same_draft(by, numbers)
    if draft is None:
        if RegistrationDraft.objects.open_of(by).count() >= MOST_DRAFTS:
            message = _("masz już 10 zaczętych zgłoszeń: dokończ jedno z nich albo usuń")
            raise LawBreached([Breach("R-ORG-17", message)])
        draft = RegistrationDraft(person=by, has_krs=bool(krs), started_at=at, data=numbers)
    if answer is not None and (answer.is_final or not draft.answer):
        _take_answer(draft, answer, at)
    draft.saved_at = at
    draft.save()
    return draft


def _same_draft(by, numbers: Mapping[str, str]) -> RegistrationDraft | None:
    """The open draft with the same number; without a number, one in which no name stands yet."""
    own = RegistrationDraft.objects.open_of(by)
    if "krs" in numbers:
        return own.filter(has_krs=True, data__krs=numbers["krs"]).first()
    for name, value in numbers.items():
        return own.filter(has_krs=False, **{f"data__{name}": value}).first()
    return own.filter(has_krs=False, data={}).first()


def _take_answer(draft: RegistrationDraft, answer: Answer, at: datetime) -> None:
    """Keeps the answer without people's names, and fills in what is still empty."""
    facts = answer.facts
    draft.answer = {
        "register": answer.register,
        "outcome": answer.outcome,
        "as_of": (facts.as_of if facts else "") or local_day(at).isoformat(),
    }
    if facts is None:
        return
    values = _form_values(facts)
    draft.answer |= {
        "values": values,
        "form_text": facts.form_text,
        "is_ngo": facts.is_ngo,
        "is_in_liquidation": facts.is_in_liquidation,
        "registered": facts.registered,
        "functions": list(facts.functions),
    }
    named = {"representatives": "\n".join(facts.people)} if facts.people else {}
    draft.data = {**values, **named, **draft.data}


def _form_values(facts: RegisterFacts) -> dict[str, str]:
    """The facts as the fields of the form have them, without the empty ones."""
    values = {name: getattr(facts, name) for name in _SAME}
    if facts.has_opp_status is not None:
        values["has_opp_status"] = str(facts.has_opp_status)
    if facts.other_number:
        values |= {"register_name": facts.other_register, "register_number": facts.other_number}
    values |= {"email": facts.email, "website": facts.website}
    city = City.objects.values_list("name", flat=True).first()
    # which district an address lies in, no register says; that it lies outside the city, it does
    if facts.locality and city and facts.locality.casefold() != city.casefold():
        values["place"] = OUTSIDE
    return {name: value for name, value in values.items() if value}


@transaction.atomic
def save_step(draft: RegistrationDraft, values: Mapping[str, Any], *, at: datetime) -> RegistrationDraft:
    """Keeps what was typed in a step that holds no mistake. Raises DoesNotExist when the draft is gone or sent."""
    locked = RegistrationDraft.objects.select_for_update().get(pk=draft.pk, sent_at=None)
    locked.data = {**locked.data, **values}
    locked.saved_at = at
    locked.save(update_fields=["data", "saved_at"])
    return locked


@transaction.atomic
def become_branch(draft: RegistrationDraft, *, at: datetime) -> RegistrationDraft:
    """The number typed is the parent's: the draft goes on as that of a branch without legal personality."""
    locked = RegistrationDraft.objects.select_for_update().get(pk=draft.pk, sent_at=None)
    kept = {
        name: value
        for name, value in locked.data.items()
        if name not in locked.prefilled and name != "representatives"
    }
    krs = kept.pop("krs", "")
    locked.data = {**kept, "legal_form": LegalForm.ASSOC_BRANCH, "parent_krs": krs}
    locked.has_krs, locked.answer, locked.saved_at = False, {}, at
    locked.save(update_fields=["data", "has_krs", "answer", "saved_at"])
    return locked


@transaction.atomic
def call_others(
    draft: RegistrationDraft, others: Iterable[Organization], *, at: datetime
) -> RegistrationDraft:
    """Keeps that the person has seen similar organisations and says that theirs is another one."""
    locked = RegistrationDraft.objects.select_for_update().get(pk=draft.pk, sent_at=None)
    known = {row["pk"] for row in locked.others}
    locked.others = [
        *locked.others,
        *({"pk": other.pk, "at": at.isoformat()} for other in others if other.pk not in known),
    ]
    locked.saved_at = at
    locked.save(update_fields=["others", "saved_at"])
    return locked


def discard_draft(draft: RegistrationDraft) -> None:
    """Deletes what was begun and not sent."""
    RegistrationDraft.objects.filter(pk=draft.pk, sent_at=None).delete()


@transaction.atomic
def send_draft(
    draft: RegistrationDraft,
    profile: Organization,
    *,
    spheres: Iterable[TaskSphere],
    dossier: Mapping[str, Any],
    role: str,
    evidence: str,
    by,
    at: datetime,
) -> Organization:
    """Makes the profile of a draft and sends it to the office; what was typed is emptied from the draft.

    Sent a second time, it gives the same profile. Raises LawBreached with the fields to correct.
    """
    locked = RegistrationDraft.objects.select_for_update().get(pk=draft.pk)
    if locked.organization is not None:
        return locked.organization
    profile.registered = locked.answer.get("registered", "")
    made = register_organization(
        profile, spheres=spheres, dossier=dossier, role=role, evidence=evidence, by=by, at=at
    )
    _keep_decisions(locked, made, by=by)
    locked.organization, locked.sent_at, locked.data = made, at, {}
    locked.save(update_fields=["organization", "sent_at", "data"])
    ask_registers_soon(made, by=None)
    return made


def _keep_decisions(draft: RegistrationDraft, organization: Organization, *, by) -> None:
    """Which organisations of the base the person called others, for the coordinator and in the log."""
    seen = {row["pk"]: datetime.fromisoformat(row["at"]) for row in draft.others}
    for other in Organization.objects.filter(pk__in=seen):
        DuplicateDecision.objects.create(
            organization=organization, other=other, decided_by=by, decided_at=seen[other.pk]
        )
        verb = _("Zgłaszająca osoba uznała podobny wpis za inną organizację")
        audit.record(organization, verb, by=by, at=seen[other.pk], after={"other": other.pk})


def forget_drafts(*, at: datetime) -> int:
    """Deletes registrations that nobody touched for the period of the parameter; gives how many."""
    kept = timedelta(days=parameters.days(KEPT_DAYS, on=local_day(at)))
    return RegistrationDraft.objects.filter(saved_at__lt=at - kept).delete()[0]
