"""»Moje sprawy«: what waits in all organisations of a person; the same number of queries for one and for ten."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from core.common.clock import at_local, end_of_day, local_day, now, today
from core.common.dates import Waiting
from core.common.formats import day
from core.common.subjects import Subject, resolve_all
from core.legal import parameters
from core.legal.models import AuditEntry

from .. import law
from ..enums import MandateRole, MandateState, State
from ..matters import MATTER_KINDS
from ..models import Organization
from .matter_rows import Row, rows_of
from .queue import decision_due_on
from .registry import CONFIRMATION_PERIOD

REMINDER_PERIOD = "profile_reminder_months"
RECENT = timedelta(days=30)


def matters_for(user, organization: Organization | None) -> list[Waiting]:
    """What this person has to do: own registrations, and for one organisation they act for."""
    return matters_of_all(user, [organization] if organization is not None else [])


def matters_of_all(user, organizations: Iterable[Organization]) -> list[Waiting]:
    """The same for all organisations of the person; one query, and one for each sort of matters of helpers."""
    mine = list(organizations)
    keys = [organization.pk for organization in mine]
    rows = rows_of(user, keys)
    found = [
        *map(_draft, reversed(rows.get("draft", []))),
        *map(_registration, sorted(rows.get("registration", []), key=lambda row: row.name)),
        *map(_own_request, rows.get("asked", [])),
        *_helped(rows.get("help", [])),
    ]
    offering = {row.organization_id for row in rows.get("offering", [])}
    for organization in mine:
        found += _confirmation(organization)
        if organization.pk not in offering:
            found.append(_offer(organization))
    return [
        *found,
        *map(_request, rows.get("request", [])),
        *map(_act, rows.get("act", [])),
        *map(_waiting_change, rows.get("change", [])),
    ]


def _of(organization: Organization | Row, title: str, url: str, reason: str, **more) -> Waiting:
    """Of an organisation, or of the one that a row names."""
    key = organization.organization_id if isinstance(organization, Row) else organization.pk
    return Waiting(
        title, url, reason, kind="organization", organization=organization.name, organization_id=key, **more
    )


def _page(name: str, *args) -> str:
    return reverse(f"organizations:{name}", args=args)


def _draft(row: Row) -> Waiting:
    return Waiting(
        _("Dokończ zgłoszenie: %(name)s") % {"name": row.text or _("nowa organizacja")},
        _page("register_check", row.key),
        _("Zapisano %(day)s. Nie musisz zaczynać od nowa.") % {"day": day(row.at)},
        kind="organization",
        action=_("Dokończ"),
    )


def _registration(row: Row) -> Waiting:
    """``more`` is the state, ``text`` why the office gave it back."""
    if row.more == State.SUBMITTED:
        said, action = _("Zgłoszenie czeka na sprawdzenie przez urząd."), _("Zobacz zgłoszenie")
        return _of(row, row.name, _page("detail", row.slug), said, action=action, is_with_office=True)
    reason = row.text if row.more == State.RETURNED else ""
    said = reason or _("Dokończ zgłoszenie i wyślij je do urzędu.")
    title = _("Popraw zgłoszenie: %(name)s") % {"name": row.name}
    return _of(row, title, _page("edit", row.slug), said, action=_("Popraw zgłoszenie"))


def _confirmation(organization: Organization) -> list[Waiting]:
    """From eleven months after the last confirmation on, or at once when there never was one (R-ORG-18)."""
    on = today()
    months = parameters.days(CONFIRMATION_PERIOD, on=on)
    confirmed_on = organization.confirmed_on
    if not law.is_stale(confirmed_on, on=on, months=parameters.days(REMINDER_PERIOD, on=on)):
        return []
    due_on = law.confirmation_due_on(confirmed_on, months=months) if confirmed_on else None
    is_late = due_on is None or on >= due_on
    return [
        _of(
            organization,
            _("Potwierdź dane organizacji"),
            reverse("organizations:edit", args=[organization.slug]),
            _("Profil ma oznaczenie „dane niepotwierdzone”. Urząd nie przygotuje umowy o dotację.")
            if is_late
            else _("Mija rok od ostatniego potwierdzenia danych w bazie."),
            due_at=None if is_late else at_local(due_on),
            action=_("Potwierdzam aktualność danych"),
            posts_to=reverse("organizations:confirm", args=[organization.slug]),
            is_urgent=is_late,
        )
    ]


def _offer(organization: Organization) -> Waiting:
    return _of(
        organization,
        _("Opisz ofertę dla mieszkanek i mieszkańców"),
        reverse("organizations:offers", args=[organization.slug]),
        _("Twojej organizacji nie ma jeszcze w Informatorze NGO."),
        action=_("Uzupełnij"),
    )


def _own_request(row: Row) -> Waiting:
    """The person's own request: given back, or with the office or a representative. ``text`` is its state."""
    address = _page("request", row.key)
    if row.text == MandateState.RETURNED:
        title = _("Uzupełnij prośbę o dostęp: %(name)s") % {"name": row.name}
        return _of(row, title, address, _("Urząd zwrócił ją do uzupełnienia."), action=_("Uzupełnij"))
    title = _("Twoja prośba o upoważnienie: %(role)s") % {"role": MandateRole(row.more).label}
    reason = _("Urząd odpowie do %(day)s.") % {"day": day(decision_due_on(local_day(row.at)))}
    return _of(row, title, address, reason, action=_("Zobacz stan"), is_with_office=True)


def _helped(rows: list[Row]) -> Iterator[Waiting]:
    """The matters that the person is let into from outside; one query for each sort of records."""
    known = [row for row in rows if row.more in MATTER_KINDS]
    records = resolve_all(Subject(row.more, row.key) for row in known)
    for row in known:
        record, kind = records.get(Subject(row.more, row.key)), MATTER_KINDS[row.more]
        address = kind.address(record) if record is not None and kind.address else ""
        yield _of(
            row,
            _("Pomagasz: %(title)s") % {"title": row.text},
            address or _page("detail", row.slug),
            "",
            due_at=end_of_day(row.on) if row.on else None,
            action=_("Otwórz"),
        )


def _act(row: Row) -> Waiting:
    """An act that waits for the consent of the person, who represents the organisation."""
    return _of(
        row,
        _("Potrzebna Twoja zgoda: %(title)s") % {"title": row.text[:120]},
        _page("act", row.slug, row.key),
        _("Za organizację działa kilka osób łącznie."),
        due_at=row.at,
        action=_("Zdecyduj"),
    )


def _request(row: Row) -> Waiting:
    """Somebody, named in ``text``, asks to edit an organisation that the person represents."""
    return _of(
        row,
        _("Prośba o dostęp: %(person)s") % {"person": row.text},
        _page("people", row.slug),
        _("Ta osoba prosi o rolę: %(role)s.") % {"role": MandateRole(row.more).label},
        action=_("Rozpatrz"),
    )


def _waiting_change(row: Row) -> Waiting:
    """A change of identity data that the office has not decided on."""
    return _of(
        row,
        _("Zmiana danych rejestrowych"),
        _page("detail", row.slug),
        _("Zmiana czeka na zgodę urzędu."),
        is_with_office=True,
    )


@dataclass(frozen=True)
class Deed:
    """Something another person has done for an organisation."""

    at: datetime
    what: str
    organization: str
    who: str


def deeds_of_others(user, organizations: Iterable[Organization], *, limit: int = 8) -> list[Deed]:
    """What others did lately in the organisations of a person, newest first; one query.

    Officials are »urząd«: their names are no affair of the organisation.
    """
    names = {organization.pk: str(organization) for organization in organizations}
    if not names:
        return []
    rows = AuditEntry.objects.of_all(Organization, names).filter(at__gte=now() - RECENT).exclude(by=user)
    return [
        Deed(entry.at, entry.verb, names[entry.subject_id], _who(entry.by))
        for entry in rows.select_related("by")[:limit]
    ]


def _who(person) -> str:
    if person is None:
        return str(_("portal"))
    return str(_("urząd")) if person.is_staff else str(person)
