"""Which dates of a call remind whom: seven days and one day before the end of the intake."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.common.clock import now
from core.notifications.follows import followers_of, register_followable
from core.notifications.letters import Letter
from core.notifications.models import Reminder
from core.notifications.preferences import register_kind
from core.notifications.reminders import drop_reminders, register, set_countdown

from .models import Call, CallScheduleEntry

DEADLINE = "call_deadline"
NEWS = "call_news"
SEARCH = "call_search"
DAYS = (7, 1)


def set_deadline(call: Call) -> None:
    """Sets or moves the reminders of everybody who follows a call; without a deadline ahead takes them back."""
    _set(call, list(followers_of(call)))


def remind(user: Any, call: Call) -> None:
    """The same for one person who has just started to follow it."""
    _set(call, [user])


def _set(call: Call, people: list) -> None:
    if call.offers_due_at is None or not call.is_open:
        drop_reminders(call, kind=DEADLINE, user=people)
        return
    set_countdown(call, kind=DEADLINE, user=people, deadline=call.offers_due_at, days=DAYS)


def closing_letter(reminder: Reminder) -> Letter | None:
    """The letter before the end of an intake; none once it is over or cancelled."""
    call = reminder.about
    if not call.is_open:
        return None
    return Letter("competitions/emails/closing", {"call": call, "now": now()})


register(
    DEADLINE,
    closing_letter,
    label=_("Zbliża się koniec naboru"),
    why=_("obserwujesz ten konkurs"),
    hint=_("7 dni i 1 dzień przed końcem naboru w konkursie, który obserwujesz"),
)
register_kind(
    NEWS,
    _("Zmiany i wyniki konkursu"),
    _("obserwujesz ten konkurs"),
    _("zmiana ogłoszenia, odpowiedź, unieważnienie, wyniki, nowa edycja"),
)
register_kind(
    SEARCH,
    _("Nowe konkursy z zapisanych wyszukiwań"),
    _("masz zapisane wyszukiwanie"),
    _("od razu po ogłoszeniu albo raz w tygodniu, jak wybierzesz przy wyszukiwaniu"),
)
register_followable(
    Call,
    visible_to=lambda _user: Call.objects.published(),
    on_follow=remind,
    label=_("konkursy"),
    kinds=(DEADLINE,),
)
register_followable(
    CallScheduleEntry,
    visible_to=lambda _user: CallScheduleEntry.objects.published(),
    label=_("planowane konkursy"),
)
