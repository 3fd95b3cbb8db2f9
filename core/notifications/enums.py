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


class Channel(models.TextChoices):
    """How notifications of a kind reach a person; on the portal they stand in any case."""

    AT_ONCE = "at_once", _("od razu")
    DAILY = "daily", _("raz dziennie")
    WEEKLY = "weekly", _("raz w tygodniu")
    PORTAL = "portal", _("tylko na portalu")


GATHERED = [(channel.value, channel.label) for channel in (Channel.DAILY, Channel.WEEKLY)]
