"""Which dates of a call remind whom: seven days and one day before the end of the intake."""

from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from core.common.clock import now, today
from core.notifications.follows import followers_of, register_followable
from core.notifications.letters import Letter
from core.notifications.models import Reminder
from core.notifications.preferences import register_kind
from core.notifications.reminders import drop_reminders, register, set_countdown
from organizations.models import Mandate

from .. import law
from ..enums import WRITABLE_STATES, OfferState
from ..models import (
    Call,
    CallScheduleEntry,
    CorrectionRequest,
    Offer,
)

DEADLINE = "call_deadline"
NEWS = "call_news"
SEARCH = "call_search"
DAYS = (7, 1)
CORRECTION = "offer_correction"
CORRECTION_DAYS = (3, 1)


def set_deadline(call: Call) -> None:
    """Sets or moves the reminders of who follows a call or writes an offer; without a deadline takes them back."""
    _set(call, list(followers_of(call)))
    for offer in Offer.objects.filter(call=call, state__in=WRITABLE_STATES).select_related("call"):
        set_draft_deadline(offer)


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


def set_correction(request: CorrectionRequest) -> None:
    """Sets or moves the reminders of a request to supplement, for everybody who acts for the organisation."""
    deadline = law.closes_at(request.due_at)
    set_countdown(
        request, kind=CORRECTION, user=people_of(request.offer), deadline=deadline, days=CORRECTION_DAYS
    )


def correction_letter(reminder: Reminder) -> Letter | None:
    """The letter before the end of a supplement; none once it is filed."""
    request = reminder.about
    if request.offer.state != OfferState.CORRECTION_REQUESTED:
        return None
    context = {"request": request, "offer": request.offer, "call": request.offer.call, "now": now()}
    return Letter("competitions/emails/correction_closing", context)


register(
    CORRECTION,
    correction_letter,
    label=_("Zbliża się koniec uzupełniania oferty"),
    why=_("urząd wezwał Twoją organizację do uzupełnienia oferty"),
    hint=_("3 dni i 1 dzień przed końcem uzupełniania"),
)
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


# --- drafts ---------------------------------------------------------------------------------------

DRAFT = "offer_draft"


def set_draft_deadline(offer: Offer) -> None:
    """Reminds everybody who writes an offer that is not filed yet, 14, 7, 3 and 1 days before the end of the intake."""
    deadline = offer.call.offers_due_at
    if deadline is None or not offer.call.is_open or not offer.is_writable:
        drop_draft_deadline(offer)
        return
    set_countdown(offer, kind=DRAFT, user=people_of(offer), deadline=deadline)


def drop_draft_deadline(offer: Offer) -> None:
    drop_reminders(offer, kind=DRAFT)


def people_of(offer: Offer) -> list:
    """Those who act for the leader or for a partner that has accepted."""
    partners = offer.partners.filter(accepted_at__isnull=False, declined_at=None, left_at=None)
    parties = [offer.organization_id, *partners.values_list("organization", flat=True)]
    held = Mandate.objects.in_force(today()).filter(organization__in=parties)
    return list(get_user_model().objects.filter(pk__in=held.values("user"), is_active=True))


def draft_letter(reminder: Reminder) -> Letter | None:
    """The letter about an offer that is still a draft; none once it is filed or the intake is over."""
    offer = reminder.about
    if not offer.is_writable or not offer.call.is_open:
        return None
    return Letter("competitions/emails/offer_draft", {"offer": offer, "call": offer.call, "now": now()})


register(
    DRAFT,
    draft_letter,
    label=_("Szkic oferty czeka na złożenie"),
    why=_("Twoja organizacja pisze tę ofertę"),
    hint=_("14, 7, 3 i 1 dzień przed końcem naboru, dopóki oferta nie jest złożona"),
)
