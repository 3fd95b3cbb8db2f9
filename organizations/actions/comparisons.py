"""Asking the registers about a profile after it was sent, and keeping what they said (R-ORG-13)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from celery import signature
from django.db import transaction
from django.utils.translation import gettext as _

from core.legal import audit
from core.legal.workflow import MoveRefused

from .. import law, registers
from ..enums import Agreement, Register, RegisterOutcome, State
from ..models import Dossier, Organization, RegisterComparison
from ..permissions import is_registrar
from ..registers import Answer, RegisterFacts

COMPARE = "organizations.tasks.compare_with_registers"
# Whose words may hold names of people: only whether they agree is kept.
RESTRICTED = frozenset({"representation"})
ASKED_AGAIN_FOR = timedelta(days=7)


def ask_registers_soon(organization: Organization, *, by) -> None:
    """Lets a task ask, once this transaction is committed. Without a broker the hourly round makes up for it."""
    task = signature(COMPARE, args=[organization.pk, by.pk if by else None])
    transaction.on_commit(partial(task.apply_async, retry=False, ignore_result=True), robust=True)


def request_comparison(organization: Organization, *, by, at: datetime) -> None:
    """The coordinator's button. Raises MoveRefused for everybody else."""
    if not is_registrar(by):
        raise MoveRefused("is_registrar")
    with transaction.atomic():
        audit.record(organization, _("Zapytanie rejestrów publicznych"), by=by, at=at)
        ask_registers_soon(organization, by=by)


def compare_with_registers(organization: Organization, *, by, at: datetime) -> list[RegisterComparison]:
    """Asks every register that is switched on and keeps what it said beside what we know.

    It changes nothing in the profile: a person of the office verifies it.
    """
    own = _own_facts(organization)
    made = [_comparison(organization, answer, own, by, at) for answer in _answers(organization)]
    # that a register was silent is worth knowing only until it is asked again
    RegisterComparison.objects.filter(
        organization=organization,
        outcome=RegisterOutcome.UNAVAILABLE,
        register__in=[row.register for row in made],
    ).delete()
    if made:
        outcomes = {row.register: row.outcome for row in made}
        audit.record(organization, _("Porównanie z rejestrami publicznymi"), by=by, at=at, after=outcomes)
    RegisterComparison.objects.bulk_create(row for row in made if not _is_told_already(row))
    return made


def _is_told_already(row: RegisterComparison) -> bool:
    """Struck off, as the last time: the first such answer stays, with what the office has made of it."""
    if row.outcome != RegisterOutcome.DELETED:
        return False
    told = RegisterComparison.objects.filter(organization=row.organization, register=row.register)
    return told.last_words().filter(outcome=RegisterOutcome.DELETED).exists()


def compare_unanswered(*, at: datetime) -> int:
    """Asks again about profiles that wait for the office and whose register has not answered; gives how many."""
    waiting = Organization.objects.filter(
        state=State.SUBMITTED, submitted_at__gte=at - ASKED_AGAIN_FOR
    ).prefetch_related("comparisons")
    due = [profile for profile in waiting if _is_unanswered(profile)]
    for profile in due:
        compare_with_registers(profile, by=None, at=at)
    return len(due)


def _is_unanswered(organization: Organization) -> bool:
    """Whether a register that can be asked has said nothing yet, or nothing at the last time."""
    latest: dict[str, str] = {}
    for row in organization.comparisons.all():
        latest.setdefault(row.register, row.outcome)
    return any(
        latest.get(register, RegisterOutcome.UNAVAILABLE) == RegisterOutcome.UNAVAILABLE
        for register, _numbers in _questions(organization)
    )


def _questions(organization: Organization) -> Iterator[tuple[Register, dict[str, str]]]:
    """Which register is asked about which number."""
    if organization.krs and registers.is_on(Register.KRS):
        yield Register.KRS, {"krs": organization.krs}
    for kind in ("nip", "regon", "krs"):
        number = getattr(organization, kind)
        if number and registers.is_on(Register.REGON):
            yield Register.REGON, {kind: number}
            return


def _answers(organization: Organization) -> Iterator[Answer]:
    for register, numbers in _questions(organization):
        if register == Register.KRS:
            yield registers.ask_krs(numbers["krs"])
        else:
            [(kind, number)] = numbers.items()
            yield registers.ask_regon(kind, number)


def _comparison(
    organization: Organization, answer: Answer, own: dict[str, str], by, at: datetime
) -> RegisterComparison:
    facts = answer.facts
    return RegisterComparison(
        organization=organization,
        register=answer.register,
        outcome=answer.outcome,
        as_of=date.fromisoformat(facts.as_of) if facts and facts.as_of else None,
        rows=[_row(compared) for compared in law.compared(own, _their_facts(facts))] if facts else [],
        is_in_liquidation=bool(facts and facts.is_in_liquidation),
        compared_at=at,
        asked_by_id=by.pk if by else None,
    )


def _row(compared: law.Compared) -> dict[str, str]:
    is_kept = compared.field not in RESTRICTED
    return {
        "field": compared.field,
        "ours": compared.ours if is_kept else "",
        "theirs": compared.theirs if is_kept else "",
        "agreement": Agreement(compared.agreement).value,
    }


_SAME = ("name", "legal_form", "krs", "nip", "regon", "address", "postal_code", "locality")


def _own_facts(organization: Organization) -> dict[str, str]:
    dossier = Dossier.objects.filter(pk=organization.pk).first() or Dossier()
    people = [line for line in dossier.representatives.splitlines() if line.strip()]
    return {
        **{name: getattr(organization, name) for name in _SAME},
        "representation": dossier.representation,
        "people": str(len(people)) if people else "",
        "has_opp_status": _yes_no(organization.has_opp_status),
        "registered": organization.registered,
    }


def _their_facts(facts: RegisterFacts) -> dict[str, str]:
    return {
        **{name: getattr(facts, name) for name in _SAME},
        "representation": facts.representation,
        "people": str(len(facts.functions)) if facts.functions else "",
        "has_opp_status": _yes_no(facts.has_opp_status),
        "registered": facts.registered,
    }


def _yes_no(value: bool | None) -> str:
    return "" if value is None else _("tak") if value else _("nie")
