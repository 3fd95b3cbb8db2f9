"""Reminders: the yearly confirmation (R-ORG-18), ends of mandates (R-WEB-14) and notices; what can be followed."""

from datetime import timedelta

from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.common.clock import at_local, end_of_day, local_day, today
from core.common.sites import absolute
from core.legal import parameters
from core.notifications.follows import register_followable
from core.notifications.letters import Letter
from core.notifications.models import Reminder
from core.notifications.preferences import register_obligatory
from core.notifications.reminders import MORNING, drop_reminders, register, set_reminders

from . import law
from .enums import MandateState, State
from .models import Mandate, Organization, PartnerNotice

CONFIRMATION = "profile_confirmation"
NOTICE = "partner_notice_ending"
NOTICE_DAYS = 7
MANDATE_ENDS, MANDATE_OVER = "mandate_ends", "mandate_over"
# How long after the end a letter about it still makes sense.
OVER_STILL_NEWS = timedelta(days=30)
CONFIRMATION_SALT = "organizations.confirmation"


def confirmation_url(organization: Organization, user) -> str:
    """The address in a letter: after log-in it leads this person to the page with the one button."""
    token = signing.dumps([organization.pk, user.pk], salt=CONFIRMATION_SALT)
    return absolute(reverse("organizations:confirm_page", args=[token]))


def confirmation(reminder: Reminder) -> Letter | None:
    """»Confirm your data«, unless somebody has done so or the person acts for the organisation no more."""
    organization = reminder.about
    acts = Mandate.objects.in_force(today()).filter(user=reminder.user, organization=organization).exists()
    if organization.state != State.VERIFIED or organization.confirmed_at is None or not acts:
        return None
    due_on = confirmation_due_on(organization)
    url = confirmation_url(organization, reminder.user)
    facts = {
        "organization": organization,
        "due_on": due_on,
        "last_day": due_on - timedelta(days=1),
        "confirmation_url": url,
    }
    return Letter("organizations/emails/confirm", facts)


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


# --- the end of a mandate ----------------------------------------------------------------------------------


def mandate_ends(reminder: Reminder) -> Letter | None:
    """»Your right to act ends soon«, unless it has been ended or renewed."""
    mandate = reminder.about
    if not mandate.is_in_force or mandate.renewals.exclude(state=MandateState.REFUSED).exists():
        return None
    return Letter("organizations/emails/mandate_ends", {"mandate": mandate})


def mandate_over(reminder: Reminder) -> Letter | None:
    """»Your right to act has run out«, unless a new one has taken its place."""
    mandate = reminder.about
    if mandate.ended_at is not None or mandate.is_in_force:
        return None
    return Letter("organizations/emails/mandate_over", {"mandate": mandate})


def remind_of_end(mandate: Mandate) -> None:
    """Sets or moves the letters before and after the last day of a mandate."""
    if mandate.valid_until is None or mandate.verified_at is None:
        return
    days = parameters.days("mandate_reminder_days", on=local_day(mandate.verified_at))
    over = mandate.valid_until + timedelta(days=1)
    before = at_local(mandate.valid_until - timedelta(days=days), MORNING)
    set_reminders(mandate, kind=MANDATE_ENDS, user=mandate.user, due_at=before, expires_at=at_local(over))
    set_reminders(
        mandate,
        kind=MANDATE_OVER,
        user=mandate.user,
        due_at=at_local(over, MORNING),
        expires_at=at_local(over) + OVER_STILL_NEWS,
    )


def drop_end(mandate: Mandate) -> None:
    """No letters about the end of a mandate that has ended otherwise."""
    drop_reminders(mandate)


register(
    MANDATE_ENDS,
    mandate_ends,
    label=_("Koniec upoważnienia"),
    why=_("działasz w imieniu tej organizacji"),
    hint=_("miesiąc przed ostatnim dniem"),
)
register(
    MANDATE_OVER,
    mandate_over,
    label=_("Upoważnienie wygasło"),
    why=_("Twoje upoważnienie do działania za tę organizację właśnie się skończyło"),
)


# --- the end of a notice -------------------------------------------------------------------------------------


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
register_obligatory(
    "organization_",
    _("Sprawy Twojej organizacji"),
    _("decyzje urzędu, upoważnienia, profil bez potwierdzenia od roku"),
)
