"""Letters to people who signed up for meetings and duties: place, list, change, reminder."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from core.common.sites import absolute
from core.notifications.outbox import enqueue

from ..models import SignUp

FOLDER = "consultations/emails"
KIND = "consultation_sign_up"


def tell_signed_up(sign_up: SignUp, *, at: datetime, is_again: bool = False) -> None:
    """Seat, talk or waiting list, with the private link; again for an address that has a place already."""
    key = f"sign-up:{sign_up.pk}" + (f":again:{at:%Y%m%d%H}" if is_again else "")
    _send(sign_up, "signed_up", key=key)


def tell_promoted(sign_up: SignUp) -> None:
    _send(sign_up, "promoted", key=f"sign-up-promoted:{sign_up.pk}")


def tell_moved(sign_up: SignUp, before: datetime, *, at: datetime) -> None:
    _send(sign_up, "meeting_moved", key=f"sign-up-moved:{sign_up.pk}:{_stamp(at)}", before=before)


def tell_place(sign_up: SignUp, *, at: datetime) -> None:
    _send(sign_up, "meeting_place", key=f"sign-up-place:{sign_up.pk}:{_stamp(at)}")


def tell_called_off(sign_up: SignUp, reason: str, *, at: datetime) -> None:
    _send(sign_up, "meeting_called_off", key=f"sign-up-off:{sign_up.pk}:{_stamp(at)}", reason=reason)


def remind(sign_up: SignUp) -> None:
    _send(sign_up, "meeting_tomorrow", key=f"sign-up-reminder:{sign_up.pk}:{_stamp(sign_up.starts_at)}")


def _stamp(at: datetime) -> str:
    return f"{at:%Y%m%dT%H%M%S}"


def _send(sign_up: SignUp, template: str, *, key: str, **more: Any) -> None:
    if sign_up.email:
        enqueue(
            key=key,
            to=sign_up.email,
            template=f"{FOLDER}/{template}",
            context={**about(sign_up), **more},
            kind=KIND,
        )


def about(sign_up: SignUp) -> dict[str, Any]:
    """What every one of these letters says."""
    form = sign_up.date.form
    return {
        "sign_up": sign_up,
        "form": form,
        "consultation": form.consultation,
        "place": form.place or form.online_url or form.phone,
        "private_url": absolute(sign_up.get_private_url()),
        "ical_url": absolute(reverse("consultations:sign_up_calendar", args=[sign_up.token])),
        "page_url": absolute(sign_up.date.get_absolute_url()),
    }
