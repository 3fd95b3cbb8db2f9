"""The partner finder: notices that organisations write, change and take down, and letters between them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.common.clock import local_day
from core.common.sanitize import strip_controls
from core.legal import audit
from core.legal.rules import Breach, LawBreached, require
from core.legal.workflow import MoveRefused
from core.notifications.reminders import drop_reminders

from .. import emails, law
from ..models import ErrorReport, Organization, PartnerNotice
from ..permissions import holds_mandate, is_registrar, may_edit
from ..queries import forget_counts
from ..reminders import remind_of_notice


@transaction.atomic
def publish_notice(
    organization: Organization, values: Mapping[str, Any], *, by, at: datetime
) -> PartnerNotice:
    """Shows a notice of a public organisation at once. Raises MoveRefused or LawBreached."""
    _require_editor(organization, by)
    _require_lawful(values, at)
    notice = PartnerNotice.objects.create(
        organization=organization, created_at=at, created_by=by, changed_at=at, **_clean(values)
    )
    _after(notice, _("Nowe ogłoszenie o partnerstwie"), by=by, at=at)
    return notice


@transaction.atomic
def change_notice(notice: PartnerNotice, values: Mapping[str, Any], *, by, at: datetime) -> PartnerNotice:
    """Other words or another last day; a notice that has run out comes back this way."""
    locked = PartnerNotice.objects.select_for_update().get(pk=notice.pk)
    _require_editor(locked.organization, by)
    if locked.withdrawn_at is not None:
        raise MoveRefused("withdrawn")
    _require_lawful(values, at)
    before = audit.snapshot(locked)
    for name, value in _clean(values).items():
        setattr(locked, name, value)
    locked.changed_at = at
    locked.save()
    old, new = audit.changes(before, audit.snapshot(locked))
    audit.record(locked, _("Zmiana ogłoszenia o partnerstwie"), by=by, at=at, before=old, after=new)
    _after(locked, "", by=by, at=at)
    return locked


@transaction.atomic
def withdraw_notice(notice: PartnerNotice, *, reason: str = "", by, at: datetime) -> PartnerNotice:
    """Takes a notice down: its organisation without a reason, the office with one that it is told."""
    locked = PartnerNotice.objects.select_for_update().get(pk=notice.pk)
    is_own = holds_mandate(by, locked.organization)
    if locked.withdrawn_at is not None or not (is_own or is_registrar(by)):
        raise MoveRefused("may_withdraw")
    if not is_own and not reason.strip():
        raise LawBreached([Breach("", _("Powód: napisz, dlaczego zdejmujesz ogłoszenie"), "reason")])
    locked.withdrawn_at, locked.withdrawal_reason = at, strip_controls(reason).strip()[:500]
    locked.save(update_fields=["withdrawn_at", "withdrawal_reason"])
    drop_reminders(locked)
    audit.record(locked, _("Zdjęcie ogłoszenia o partnerstwie"), by=by, at=at, reason=reason)
    forget_counts()
    if not is_own:
        emails.tell_withdrawn(locked)
    return locked


@transaction.atomic
def write_to_partner(
    notice: PartnerNotice, *, text: str, organization: Organization, by, at: datetime
) -> None:
    """Passes a letter on to who acts for the notice's organisation; nobody sees a person's address."""
    if not (notice.is_public and organization.is_public and holds_mandate(by, organization)):
        raise MoveRefused("may_write")
    if notice.organization_id == organization.pk:
        raise LawBreached([Breach("", _("to ogłoszenie Twojej organizacji"), "text")])
    emails.tell_partner(notice, text=strip_controls(text), organization=organization, by=by, at=at)
    audit.record(
        notice, _("Odpowiedź na ogłoszenie o partnerstwie"), by=by, at=at, after={"from": organization.pk}
    )


def report_notice(notice: PartnerNotice, *, text: str, email: str = "", at: datetime) -> ErrorReport:
    """Anybody points a notice out to the office. Raises MoveRefused when not everybody sees it."""
    if not notice.is_public:
        raise MoveRefused("may_report_error")
    return ErrorReport.objects.create(
        organization=notice.organization,
        notice=notice,
        text=strip_controls(text),
        email=email,
        reported_at=at,
    )


def _require_editor(organization: Organization, by: User) -> None:
    if not (organization.is_public and may_edit(by, organization)):
        raise MoveRefused("may_edit")


def _require_lawful(values: Mapping[str, Any], at: datetime) -> None:
    require(law.partner_notice_breaches(values["valid_until"], on=local_day(at)))


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: strip_controls(value) if isinstance(value, str) else value for name, value in values.items()
    }


def _after(notice: PartnerNotice, verb: str, *, by, at: datetime) -> None:
    if verb:
        audit.record(notice, verb, by=by, at=at, after={"title": notice.title})
    remind_of_notice(notice)
    forget_counts()
