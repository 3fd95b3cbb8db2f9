"""Which date reminds whom: followers hear seven days and one day before the end."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.common.sites import absolute
from core.notifications.follows import followers_of, register_followable
from core.notifications.letters import Letter
from core.notifications.models import Reminder
from core.notifications.preferences import register_kind, register_obligatory
from core.notifications.reminders import drop_reminders, register, set_countdown

from .enums import State
from .models import Consultation

END = "consultation_end"
NEWS = "consultation_news"
DAYS = (7, 1)


def build_end(reminder: Reminder) -> Letter | None:
    """»Za 7 dni kończą się konsultacje«; nothing once they are over or called off."""
    consultation = reminder.about
    if consultation.state_now not in (State.ANNOUNCED, State.OPEN):
        return None
    context = {
        "consultation": consultation,
        "url": absolute(consultation.get_absolute_url()),
        "days": reminder.step,
    }
    return Letter("consultations/emails/ending", context)


def remind_followers(consultation: Consultation, users: Any = None) -> None:
    """Sets or moves the reminders of the end, for everybody who follows or for the given people."""
    people = followers_of(consultation) if users is None else users
    if consultation.ends_at and consultation.state in (State.ANNOUNCED, State.OPEN):
        set_countdown(consultation, kind=END, user=people, deadline=consultation.ends_at, days=DAYS)
    else:
        drop_reminders(consultation, kind=END, user=None if users is None else users)


register(
    END,
    build_end,
    label=_("Koniec konsultacji, które obserwujesz"),
    why=_("obserwujesz te konsultacje"),
    hint=_("7 dni i 1 dzień przed końcem"),
)
register_kind(
    NEWS,
    _("Zmiany w konsultacjach, które obserwujesz"),
    _("obserwujesz te konsultacje"),
    _("zapowiedź, przedłużenie, raport, wynik, odwołanie"),
)
register_followable(
    Consultation,
    visible_to=lambda _user: Consultation.objects.published(),
    on_follow=lambda user, consultation: remind_followers(consultation, user),
    label=_("Konsultacje"),
)
for _sort in ("receipt", "extended", "report", "outcome", "cancelled", "answer", "survey"):
    register_obligatory(
        f"consultation_{_sort}",
        _("Uwagi, które wysłałaś lub wysłałeś w konsultacjach"),
        _("potwierdzenie, odpowiedź i raport"),
    )
register_obligatory(
    "consultation_assigned",
    _("Uwagi, na które ma odpowiedzieć Twoja komórka"),
    _("prośba o stanowisko z terminem i jej cofnięcie"),
)
register_obligatory(
    "consultation_sign_up",
    _("Spotkania i dyżury, na które masz zapis"),
    _("potwierdzenie, zmiana terminu, przypomnienie dzień wcześniej"),
)
register_obligatory(
    "consultation_request",
    _("Wnioski o konsultacje, które złożyłaś, złożyłeś, poparłaś albo poparłeś"),
    _("potwierdzenie, zwrot do poprawy, odpowiedź miasta"),
)
