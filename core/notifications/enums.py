from django.db import models
from django.utils.translation import gettext_lazy as _

# Letters of the log-in library: they carry codes and links to set a password.
ACCOUNT_KIND = "account"


class MailState(models.TextChoices):
    """Where a mail of the outbox stands."""

    QUEUED = "queued", _("czeka")
    CLAIMED = "claimed", _("pobrana do wysłania")
    ATTEMPTING = "attempting", _("właśnie wysyłana")
    SENT = "sent", _("wysłana")
    UNCERTAIN = "uncertain", _("niepewna: przerwano w trakcie wysyłania")
    FAILED = "failed", _("odrzucona")
    DROPPED = "dropped", _("nie do wysłania")
