"""Dialogue bodies can be followed and written to; their meetings are told by letters of ``emails``."""

from django.utils.translation import gettext_lazy as _

from core.notifications import audiences, follows

from . import queries
from .models import DialogueBody

follows.register_followable(
    DialogueBody, visible_to=lambda _user: DialogueBody.objects.published(), label=_("Ciała dialogu")
)
audiences.register_audience(
    "dialogue_bodies",
    options=queries.active_options,
    find=queries.reached_through,
    competent=queries.competent_keys,
)
