"""The yearly reminder to confirm a profile (R-ORG-18), the end of a notice, and what can be followed here."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.common.clock import at_local, end_of_day, local_day, today
from core.legal import parameters
from core.notifications.follows import register_followable
from core.notifications.letters import Letter
from core.notifications.models import Reminder
from core.notifications.reminders import MORNING, drop_reminders, register, set_reminders

from . import law
from .enums import State
from .models import Mandate, Organization, PartnerNotice

CONFIRMATION = "profile_confirmation"
NOTICE = "partner_notice_ending"
NOTICE_DAYS = 7


def confirmation(reminder: Reminder) -> Letter | None:
    """»Confirm your data«, unless somebody has done so or the person acts for the organisation no more."""
    organization = reminder.about
    acts = Mandate.objects.in_force(today()).filter(user=reminder.user, organization=organization).exists()
    if organization.state != State.VERIFIED or organization.confirmed_at is None or not acts:
        return None
    due_on = confirmation_due_on(organization)
    return Letter("organizations/emails/confirm", {"organization": organization, "due_on": due_on})


def confirmation_due_on(organization: Organization):
    """The day from which the data will count as unconfirmed."""
    confirmed_on = local_day(organization.confirmed_at)
    return law.confirmation_due_on(
        confirmed_on, months=parameters.days("profile_confirmation_months", on=confirmed_on)
    )


def remind_of_confirmation(organization: Organization) -> None:
    """Sets or moves the reminder of everybody who acts for a confirmed organisation."""
    if organization.confirmed_at is None or not organization.is_public:
        return
    confirmed_on = local_day(organization.confirmed_at)
    months = parameters.days("profile_reminder_months", on=confirmed_on)
    due_at = at_local(law.months_after(confirmed_on, months), MORNING)
    expires_at = at_local(confirmation_due_on(organization))
    people = User.objects.filter(
        mandates__in=Mandate.objects.in_force(today()).filter(organization=organization)
    )
    set_reminders(
        organization, kind=CONFIRMATION, user=people.distinct(), due_at=due_at, expires_at=expires_at
    )


def drop_confirmation(organization: Organization, user) -> None:
    """No reminder for who acts for the organisation no more."""
    drop_reminders(organization, kind=CONFIRMATION, user=user)


def notice_ending(reminder: Reminder) -> Letter | None:
    """»Your notice ends on …«, unless it is gone or the person acts for the organisation no more."""
    notice = reminder.about
    acts = (
        Mandate.objects.in_force(today())
        .filter(user=reminder.user, organization=notice.organization)
        .exists()
    )
    if not notice.is_public or not acts:
        return None
    return Letter("organizations/emails/notice_ending", {"notice": notice})


def remind_of_notice(notice: PartnerNotice) -> None:
    """A week before a notice ends, everybody who acts for its organisation."""
    people = User.objects.filter(
        mandates__in=Mandate.objects.in_force(today()).filter(organization=notice.organization)
    ).distinct()
    due_at = at_local(notice.valid_until - timedelta(days=NOTICE_DAYS), MORNING)
    set_reminders(notice, kind=NOTICE, user=people, due_at=due_at, expires_at=end_of_day(notice.valid_until))


register(
    NOTICE,
    notice_ending,
    label=_("Koniec ogłoszenia o partnerstwie"),
    why=_("działasz w imieniu tej organizacji"),
    hint=_("tydzień przed końcem"),
)
register(
    CONFIRMATION,
    confirmation,
    label=_("Potwierdzenie danych organizacji"),
    why=_("działasz w imieniu tej organizacji"),
    hint=_("raz w roku, miesiąc przed terminem"),
)
register_followable(
    Organization, visible_to=lambda _user: Organization.objects.published(), label=_("organizacje")
)
