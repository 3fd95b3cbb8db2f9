"""What all pages of a registration show: the arcade of steps, the way back, how long a draft is kept."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.common.clock import local_day, now
from core.common.stages import Stage
from core.legal import parameters

from ..actions.drafts import KEPT_DAYS
from ..enums import RegisterOutcome
from ..forms.registration import STEPS
from ..models import RegistrationDraft

NUMBER, CHECK = "numer", "sprawdz"


def shown(draft: RegistrationDraft, current: str) -> dict[str, Any]:
    return {
        "draft": draft,
        "stages": stages_of(draft, current),
        "kept_days": parameters.days(KEPT_DAYS, on=local_day(now())),
        "previous_url": _previous_url(draft, current),
    }


def _addresses(draft: RegistrationDraft | None) -> list[tuple[str, Any, str]]:
    """Slug, title and address of every step."""
    if draft is None:
        urls = [""] * (len(STEPS) + 2)
    else:
        urls = [
            reverse("organizations:register_number", args=[draft.pk]),
            *(reverse("organizations:register_step", args=[draft.pk, kind.slug]) for kind in STEPS),
            reverse("organizations:register_check", args=[draft.pk]),
        ]
    titles = [(NUMBER, _("Numer")), *((kind.slug, kind.title) for kind in STEPS), (CHECK, _("Sprawdzenie"))]
    return [(slug, title, url) for (slug, title), url in zip(titles, urls, strict=True)]


def stages_of(draft: RegistrationDraft | None, current: str) -> list[Stage]:
    """The arcade: steps before the current one can be gone back to."""
    steps = _addresses(draft)
    place = next(i for i, (slug, _title, _url) in enumerate(steps) if slug == current)
    return [
        Stage(
            str(title),
            when=_("gotowe") if i < place else _("teraz") if i == place else "",
            status="done" if i < place else "now" if i == place else "next",
            url=url if i < place else "",
        )
        for i, (_slug, title, url) in enumerate(steps)
    ]


def _previous_url(draft: RegistrationDraft, current: str) -> str:
    steps = _addresses(draft)
    place = next(i for i, (slug, _title, _url) in enumerate(steps) if slug == current)
    if place == 1 and draft.answer.get("outcome") in (None, RegisterOutcome.OFF):
        return reverse("organizations:register")
    return steps[place - 1][2] if place else reverse("organizations:register")
