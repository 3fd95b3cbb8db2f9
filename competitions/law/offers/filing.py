"""Whether an offer may be filed: complete, in time, by those who may (R-CALL-18…22, R-ORG-04)."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from core.common import formats
from core.common.clock import local
from core.legal.rules import Breach, rule

from ...enums import OfferState, State
from ..deadlines import is_open
from ..intake import IntakeNow, intake_breaches
from ..modes import UDPP, profile_warnings
from . import template
from .content import STATEMENTS
from .facts import OfferFacts, Party
from .limits import length_breaches, limit_breaches, standard_warnings
from .sums import fee_breaches, form_breaches, number_breaches, plan_breaches, sum_breaches
from .values import mapping, rows

# A request that came in time may reach us when the clock has already closed the intake.
TAKES_OFFERS = (State.PUBLISHED, State.CLOSED)


def content_breaches(facts: OfferFacts) -> list[Breach]:
    """Everything that the words and figures of an offer break, warnings included."""
    content, limits = facts.content, facts.limits
    return [
        *completeness_breaches(facts),
        *number_breaches(facts.sections),
        *length_breaches(facts),
        *plan_breaches(content),
        *sum_breaches(facts),
        *form_breaches(content, limits.form),
        *fee_breaches(content),
        *limit_breaches(content, limits),
        *standard_warnings(content, limits),
    ]


def filing_breaches(facts: OfferFacts) -> list[Breach]:
    """Everything that stands against filing an offer at its moment; the deadline first."""
    return [
        *deadline_breaches(facts),
        *applicant_breaches(facts),
        *partner_breaches(facts),
        *annex_breaches(facts),
        *content_breaches(facts),
        *statement_breaches(facts),
    ]


@rule(
    "R-CALL-22",
    source="Zasada portalu: rozstrzyga zegar serwera (Europe/Warsaw)",
    statement="Oferty przyjmuje się do końca podanej minuty; potem nabór jest zamknięty.",
)
def lateness(
    *, at: datetime, deadline: datetime | None, call_state: str, intake: IntakeNow | None = None
) -> list[Breach]:
    """A request after the last minute, outside the intake, or to a call that takes no offers. By the edge's clock."""
    if call_state not in TAKES_OFFERS:
        return [Breach("R-CALL-22", _("Ten konkurs nie przyjmuje ofert."), "deadline")]
    if is_open(deadline, at) and (deadline or call_state == State.PUBLISHED):
        return [] if intake is None else intake_breaches(intake)
    if deadline is None:
        return [Breach("R-CALL-22", _("Nabór jest zamknięty."), "deadline")]
    values = {"deadline": formats.moment(deadline), "at": exact(at)}
    message = _("Koniec naboru: %(deadline)s. Żądanie dotarło do nas %(at)s, więc jest za późno.")
    return [Breach("R-CALL-22", message % values, "deadline")]


def deadline_breaches(facts: OfferFacts) -> list[Breach]:
    """The same for filing an offer."""
    return lateness(at=facts.at, deadline=facts.deadline, call_state=facts.call_state, intake=facts.intake)


def exact(moment: datetime) -> str:
    """A moment to the second with its zone: »24 listopada 2026, godz. 11:59:58 (CET)«."""
    shown = local(moment)
    return _("%(day)s, godz. %(time)s (%(zone)s)") % {
        "day": formats.day(shown),
        "time": f"{shown:%H:%M:%S}",
        "zone": shown.tzname(),
    }


def withdrawal_breaches(facts: OfferFacts) -> list[Breach]:
    """An offer may be withdrawn until the end of the intake, or of the round in which it was filed."""
    ends = [end for end in (facts.deadline, facts.round_ends_at) if end is not None]
    return lateness(at=facts.at, deadline=min(ends, default=None), call_state=facts.call_state)


@rule(
    "R-CALL-18",
    source=f"art. 14 ust. 1, {UDPP}",
    statement=(
        "Oferta zawiera: zakres zadania, termin i miejsce, kalkulację kosztów, wcześniejszą działalność, zasoby rzeczowe "
        "i kadrowe oraz deklarację odpłatności."
    ),
)
@rule("R-CALL-20", source="Dz.U. z 2018 r. poz. 2057, zał. 1", statement="Oferta jest na urzędowym wzorze.")
def completeness_breaches(facts: OfferFacts) -> list[Breach]:
    """Questions of the form without an answer, in its order."""
    found = [b for section in template.SECTIONS for b in _missing(section, facts)]
    if facts.parts and not facts.has_part:
        found.insert(
            0, Breach("R-CALL-18", _("Część konkursu: wybierz, której dotyczy oferta."), "task.part")
        )
    return found


def _missing(section: template.Section, facts: OfferFacts) -> Iterator[Breach]:
    content = mapping(facts.sections.get(section.key))
    for question in section.questions:
        is_needed = question.is_required or (question.name == "joint_roles" and facts.is_joint)
        if is_needed and not str(content.get(question.name) or "").strip():
            yield _blank(question.label, f"{section.key}.{question.name}")
    if section.table and not section.table.is_fixed:
        yield from _missing_rows(section, section.table, content, facts)


def _missing_rows(section, table, content, facts: OfferFacts) -> Iterator[Breach]:
    found = rows(content.get(table.name))
    is_waived = section.key == "results" and facts.limits.are_indicators_waived
    if not found and not is_waived:
        message = _("%(title)s: dodaj co najmniej jeden wiersz.") % {"title": table.row_label}
        yield Breach("R-CALL-18", message, section.key)
    for number, row in enumerate(found, start=1):
        for column in table.columns:
            if column.is_required and not str(row.get(column.name) or "").strip():
                label = f"{table.row_label} {number}, {str(column.label)[:1].lower()}{str(column.label)[1:]}"
                yield _blank(label, f"{section.key}.{row.get('id', '')}.{column.name}")


def _blank(label, field: str) -> Breach:
    return Breach("R-CALL-18", _("%(label)s: uzupełnij.") % {"label": label}, field)


def statement_breaches(facts: OfferFacts) -> list[Breach]:
    """VII: every statement is made, also that arrears are or are not as said."""
    made = facts.content.declarations.statements
    labels = {question.name: question.label for question in template.STATEMENTS}
    return [
        Breach(
            "R-CALL-18", _("Potwierdź oświadczenie: %(text)s") % {"text": labels[name]}, f"statements.{name}"
        )
        for name in STATEMENTS
        if name not in made
    ]


@rule(
    "R-CALL-19",
    source=f"art. 14 ust. 2–5, {UDPP}",
    statement=(
        "Ofertę wspólną składają co najmniej dwie organizacje; ma jednego lidera, podział kosztów i zgodę każdego partnera "
        "przed złożeniem."
    ),
)
def partner_breaches(facts: OfferFacts) -> list[Breach]:
    """Partners that have not accepted yet, in words; refused until all have."""
    return [
        Breach(
            "R-CALL-19",
            _("Partner „%(name)s” nie potwierdził jeszcze udziału w ofercie wspólnej.")
            % {"name": party.name},
            "partners",
        )
        for party in facts.offerors
        if not party.has_accepted
    ]


def applicant_breaches(facts: OfferFacts) -> list[Breach]:
    """Who offers: entities outside Chapter 2, too many offers; advice on spheres and stale data."""
    return [breach for party in facts.offerors for breach in _party(party, facts)]


def annex_breaches(facts: OfferFacts) -> list[Breach]:
    """Required annexes that are neither there nor said not to apply."""
    return [
        Breach("R-CALL-14", _("Dołącz wymagany załącznik: %(name)s") % {"name": name}, "attachments")
        for name in facts.missing_files
    ]


def _party(party: Party, facts: OfferFacts) -> Iterator[Breach]:
    yield from entity_breaches(party)
    limit = facts.limits.offers_per_applicant
    if limit is not None and party.filed_offers >= limit:
        values = {
            "name": party.name,
            "filed": formats.counted(party.filed_offers, _("ofertę|oferty|ofert")),
            "limit": formats.counted(limit, _("ofertę|oferty|ofert")),
        }
        message = _(
            "%(name)s: w tym konkursie jedna organizacja może złożyć %(limit)s, a ma już %(filed)s. Wycofaj jedną z nich."
        )
        yield Breach("R-CALL-14", message % values, "limit")
    if party.is_leader:
        yield from profile_warnings(facts.call_spheres, party.spheres)
    if party.is_stale:
        message = _(
            "%(name)s: dane w profilu nie były potwierdzone od ponad roku. Sprawdź je: ofertę można złożyć, ale umowy "
            "z takimi danymi nie przygotujemy."
        )
        yield Breach("R-ORG-15", message % {"name": party.name}, "applicant", is_warning=True)


def entity_breaches(party: Party) -> list[Breach]:
    """R-ORG-04 for one offeror: who cannot be commissioned with a public task, and why."""
    if not party.excluded_as:
        return []
    message = _(
        "%(name)s nie może składać ofert: %(kind)s nie może realizować zadań zleconych (art. 3 ust. 4 ustawy)."
    ) % {"name": party.name, "kind": party.excluded_as}
    return [Breach("R-ORG-04", message, "applicant")]


@rule(
    "R-CALL-21",
    source="Zasada portalu; ogłoszenie konkursu",
    statement=(
        "Ofertę składa się elektronicznie: portal zapisuje czas, numer i sumę kontrolną. Konkurs może żądać podpisanego "
        "potwierdzenia w osobnym terminie."
    ),
)
def needs_confirmation(*, is_required: bool, state: str, is_confirmed: bool) -> bool:
    """Whether the office still waits for the signed confirmation of a filed offer."""
    return is_required and not is_confirmed and state not in (OfferState.DRAFT, OfferState.WITHDRAWN)
