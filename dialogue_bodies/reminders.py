"""Dialogue bodies can be followed; their meetings are told by letters of ``emails``."""

from django.utils.translation import gettext_lazy as _

from core.notifications import follows

from .models import DialogueBody

follows.register_followable(
    DialogueBody, visible_to=lambda _user: DialogueBody.objects.published(), label=_("Ciała dialogu")
)
