"""What waits for the office in the registry, the oldest first, each with its clock (R-ORG-17, 19, 20)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.common.clock import end_of_day, local_day, today
from core.legal import parameters

from .. import law
from ..enums import PUBLIC_STATES, RevisionState, State
from ..models import ErrorReport, IdentityRevision, Mandate, Organization, RegisterComparison

DECISION_TIME = "registry_decision_days"
LONGEST_QUEUE = 500


def decision_due_on(since: date) -> date:
    """The last day on which the office decides in time on what came in on a day."""
    return law.decision_due_on(since, days=parameters.days(DECISION_TIME, on=since))


def waits_since(mandate: Mandate) -> date:
    """Since when the office can decide on a request: one made with a registration waits for the profile first."""
    verified_at = mandate.organization.verified_at
    since = mandate.waits_since
    return max(since, local_day(verified_at)) if verified_at else since


@dataclass(frozen=True)
class WorkItem:
    """One row of the coordinator's queue."""

    kind: str
    row: Any
    organization: Organization
    label: Any
    what: str
    since: date
    due_on: date

    @property
    def is_overdue(self) -> bool:
        return self.due_on < today()

    @property
    def due_at(self):
        return end_of_day(self.due_on)

    @property
    def key(self) -> tuple[str, int]:
        return self.kind, self.row.pk

    @property
    def url(self) -> str:
        return reverse("admin:organizations_queue_item", args=self.key)


def registrations() -> QuerySet[Organization]:
    return Organization.objects.filter(state=State.SUBMITTED).order_by("state_since", "pk")


def requests() -> QuerySet[Mandate]:
    """Requests to act for public organisations; those of a registration are decided with it."""
    acted_for = Mandate.objects.in_force(today()).filter(organization=OuterRef("organization"))
    rows = Mandate.objects.requested().filter(organization__state__in=PUBLIC_STATES)
    rows = rows.select_related("organization", "user").annotate(has_people=Exists(acted_for))
    return rows.order_by("requested_at", "pk")


def revisions() -> QuerySet[IdentityRevision]:
    rows = IdentityRevision.objects.filter(state=RevisionState.WAITING, decided_at=None)
    return rows.select_related("organization", "proposed_by").order_by("proposed_at", "pk")


def reports() -> QuerySet[ErrorReport]:
    rows = ErrorReport.objects.filter(handled_at=None)
    return rows.select_related("organization").order_by("reported_at", "pk")


def farewells() -> QuerySet[Mandate]:
    """Organisations left without anybody who may represent them, with the word of the last one."""
    rows = Mandate.objects.exclude(word_to_office="").filter(word_read_at=None)
    return rows.select_related("organization", "user").order_by("ended_at", "pk")


def struck_off() -> QuerySet[RegisterComparison]:
    """Organisations that a register has struck off: the office decides whether they are dissolved."""
    rows = RegisterComparison.objects.struck_off().select_related("organization")
    return rows.order_by("compared_at", "pk")


def _registration(row: Organization) -> WorkItem:
    since = local_day(row.state_since)
    return _item("rejestracja", row, row, _("nowe zgłoszenie"), row.form_label, since)


def _request(row: Mandate) -> WorkItem:
    label = _("upoważnienie") if row.has_people else _("przejęcie profilu")
    what = f"{row.user}, {row.get_role_display()}"
    return _item("upowaznienie", row, row.organization, label, what, waits_since(row))


def _revision(row: IdentityRevision) -> WorkItem:
    what = row.reason.partition("\n")[0]
    return _item("zmiana", row, row.organization, _("zmiana danych rejestrowych"), what, row.waits_since)


def _report(row: ErrorReport) -> WorkItem:
    since = local_day(row.reported_at)
    return _item("blad", row, row.organization, _("zgłoszony błąd"), row.text[:120], since)


def _farewell(row: Mandate) -> WorkItem:
    since, what = local_day(row.ended_at), row.word_to_office[:120]
    return _item(
        "pozegnanie", row, row.organization, _("brak osoby uprawnionej do reprezentacji"), what, since
    )


def _struck_off(row: RegisterComparison) -> WorkItem:
    what = f"{row.get_register_display()}: {row.get_outcome_display()}"
    since = local_day(row.compared_at)
    return _item("wykreslenie", row, row.organization, _("wykreślenie z rejestru"), what, since)


def _item(kind: str, row, organization: Organization, label, what: str, since: date) -> WorkItem:
    return WorkItem(kind, row, organization, label, what, since, decision_due_on(since))


SOURCES: dict[str, tuple[Any, Callable[[], QuerySet], Callable[[Any], WorkItem]]] = {
    "rejestracja": (_("Nowe zgłoszenia"), registrations, _registration),
    "upowaznienie": (_("Przejęcia i upoważnienia"), requests, _request),
    "zmiana": (_("Zmiany danych rejestrowych"), revisions, _revision),
    "blad": (_("Zgłoszone błędy"), reports, _report),
    "wykreslenie": (_("Wykreślone z rejestru"), struck_off, _struck_off),
    "pozegnanie": (_("Bez reprezentacji"), farewells, _farewell),
}


def registry_queue(kind: str = "") -> list[WorkItem]:
    """Everything that waits, or one kind of it, the oldest first; one query for each kind."""
    return sorted(_items([kind] if kind else SOURCES), key=lambda item: (item.since, item.key))


def _items(kinds) -> Iterator[WorkItem]:
    for kind in kinds:
        _label, rows, as_item = SOURCES[kind]
        yield from map(as_item, rows()[:LONGEST_QUEUE])


def work_item(kind: str, pk: int) -> WorkItem | None:
    """One thing that waits; None when it has been decided meanwhile."""
    if kind not in SOURCES:
        return None
    _label, rows, as_item = SOURCES[kind]
    row = rows().filter(pk=pk).first()
    return as_item(row) if row else None


def queue_counts() -> dict[str, int]:
    """How many wait of each kind."""
    return {kind: rows().count() for kind, (_label, rows, _as_item) in SOURCES.items()}
