"""Letters about meetings, to those who follow the body."""

from django.utils.translation import gettext_lazy as _

from core.notifications import outbox, preferences
from core.notifications.follows import followers_of

from .models import Meeting

KIND = "body_meeting"
preferences.register_kind(KIND, _("Posiedzenia ciał dialogu"), _("obserwujesz to ciało dialogu"))


def tell_announced(meeting: Meeting) -> None:
    """A meeting is announced: day, hour, place, agenda."""
    _tell(meeting, "dialogue_bodies/emails/announced")


def tell_cancelled(meeting: Meeting, reason: str = "") -> None:
    """A meeting will not take place."""
    _tell(meeting, "dialogue_bodies/emails/cancelled", reason=reason)


def _tell(meeting: Meeting, template: str, **context) -> None:
    why = _("obserwujesz ciało dialogu: %(body)s") % {"body": meeting.body}
    for user in preferences.reachable(followers_of(meeting.body)):
        outbox.enqueue(
            key=f"{template}:{meeting.pk}:{user.pk}",
            to=user.email,
            kind=KIND,
            template=template,
            context={"meeting": meeting, "why": why, **context},
        )
