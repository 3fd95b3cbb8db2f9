"""What an organisation's own pages show of its people: their log of access, and what each has begun."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.common.clock import local_day
from core.legal import parameters
from core.legal.models import AuditEntry

from ..matters import MATTER_KINDS
from ..models import AccessEntry, Invitation, Mandate, MatterAccess, Organization, RepresentationAct

KEPT = "access_log_days"


# --- the log ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LogEntry:
    """One line of the log: officials are the office, the organisation's people have a name and a role."""

    at: datetime
    who: str
    role: str
    verb: str
    label: str


class AccessLog:
    """Acts and openings of an organisation as one list, the newest first, no older than they may be shown.

    Two queries for a page, whatever its length: the rows, and who the people are.
    """

    def __init__(self, organization: Organization, *, at: datetime):
        self.organization = organization
        self.since = at - timedelta(days=parameters.days(KEPT, on=local_day(at)))

    def rows(self) -> QuerySet:
        """(moment, person, verb, label, whether it is an opening) of both tables."""
        acts = AuditEntry.objects.of(self.organization).filter(at__gte=self.since).order_by()
        openings = AccessEntry.objects.filter(organization=self.organization, at__gte=self.since).order_by()
        done = acts.values_list("at", "by_id", "verb", "reason", Value(False))
        opened = openings.values_list("at", "by_id", "verb", "label", Value(True))
        return done.union(opened, all=True).order_by("-at")

    def entries(self, rows: Iterable[tuple]) -> Iterator[LogEntry]:
        rows = list(rows)
        people = self._people({row[1] for row in rows if row[1]})
        for at, by_id, verb, label, _is_opening in rows:
            who, role = people.get(by_id, (_("portal"), ""))
            yield LogEntry(at, who, role, verb, label)

    def _people(self, ids: set[int]) -> dict[int, tuple[str, str]]:
        """Name and role of the organisation's own people, past ones too; everybody else is the office or outside."""
        held = Mandate.objects.filter(organization=self.organization, user__in=ids).select_related("user")
        helped = MatterAccess.objects.filter(organization=self.organization, user__in=ids)
        found = {row.user_id: (str(row.user), _("pomoc z zewnątrz")) for row in helped.select_related("user")}
        for mandate in held.order_by("verified_at"):
            role = mandate.get_role_display() if mandate.verified_at else _("prosi o dostęp")
            found[mandate.user_id] = (str(mandate.user), role)
        for person in User.objects.filter(pk__in=ids - set(found)):
            found[person.pk] = (_("urząd"), "") if person.is_staff else (_("osoba spoza organizacji"), "")
        return found


# --- what a person has begun -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Begun:
    """Something a person began for the organisation: it stays, somebody else takes it over."""

    what: str
    title: str
    at: datetime | None
    url: str = ""


def begun_by(organization: Organization, user) -> list[Begun]:
    """What the person has under way for the organisation, for whom takes over."""
    return [
        *_acts(organization, user),
        *_revisions(organization, user),
        *_invitations(organization, user),
        *_accesses(organization, user),
        *_matters(organization, user),
    ]


def _acts(organization: Organization, user) -> Iterator[Begun]:
    for act in RepresentationAct.objects.waiting().filter(organization=organization, started_by=user):
        url = reverse("organizations:act", args=[organization.slug, act.pk])
        yield Begun(_("czynność do uzgodnienia"), act.summary, act.started_at, url)


def _revisions(organization: Organization, user) -> Iterator[Begun]:
    for revision in organization.revisions.filter(decided_at=None, proposed_by=user):
        url = reverse("organizations:revisions", args=[organization.slug])
        title = revision.reason or _("zmiana danych rejestrowych")
        yield Begun(_("zmiana, która czeka na urząd"), title, revision.proposed_at, url)


def _invitations(organization: Organization, user) -> Iterator[Begun]:
    for invitation in Invitation.objects.open().filter(organization=organization, invited_by=user):
        url = reverse("organizations:people", args=[organization.slug])
        title = f"{invitation.email}, {invitation.get_role_display()}"
        yield Begun(_("zaproszenie bez odpowiedzi"), title, invitation.invited_at, url)


def _accesses(organization: Organization, user) -> Iterator[Begun]:
    for access in MatterAccess.objects.filter(organization=organization, granted_by=user, revoked_at=None):
        url = reverse("organizations:people", args=[organization.slug])
        yield Begun(_("dostęp osoby z zewnątrz"), f"{access.user}: {access.label}", access.granted_at, url)


def _matters(organization: Organization, user) -> Iterator[Begun]:
    for kind in MATTER_KINDS.values():
        if kind.author:
            for row in kind.of_organization(organization).filter(**{kind.author: user})[:100]:
                yield Begun(
                    str(kind.label).lower(), str(row), None, kind.address(row) if kind.address else ""
                )


# --- matters a helper may be let into ----------------------------------------------------------------------------


def shareable_matters(organization: Organization) -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices for a form: by sort, »kind:key« and title of what is still worked on."""
    found = []
    for code, kind in MATTER_KINDS.items():
        rows = [(f"{code}:{row.pk}", str(row)) for row in kind.of_organization(organization)[:200]]
        if rows:
            found.append((str(kind.label), rows))
    return found


def matter_of(organization: Organization, choice: str):
    """The record behind such a choice, when it is one of this organisation's."""
    code, _colon, key = choice.partition(":")
    kind = MATTER_KINDS.get(code)
    if kind is None or not key.isdecimal() or len(key) > 18:
        return None
    return kind.of_organization(organization).filter(pk=int(key)).first()
