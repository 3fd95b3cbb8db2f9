"""Messages to the office (R-WEB-05)."""

from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.common.clock import local_day
from core.legal import parameters
from core.legal.models import Case

from .. import law, workflow
from ..enums import OPEN_MESSAGES, MessageKind, MessageState

EXTENSION_MONTHS = "accessibility_extension_months"


class MessageQuerySet(models.QuerySet):
    def open(self):
        """Waiting for an answer."""
        return self.filter(state__in=OPEN_MESSAGES)


class ContactMessage(Case):
    """An error, a demand of accessibility or a question. Never public."""

    state_table = workflow.MESSAGE
    is_public = False

    state = models.CharField(
        _("stan"), max_length=10, choices=MessageState, default=MessageState.NEW, editable=False
    )
    number = models.PositiveIntegerField(_("numer w roku"), editable=False)
    year = models.PositiveSmallIntegerField(_("rok"), editable=False)
    kind = models.CharField(_("czego dotyczy"), max_length=20, choices=MessageKind)
    page = models.CharField(_("adres strony"), max_length=500, blank=True)
    text = models.TextField(_("treść"), max_length=5000)
    email = models.EmailField(_("adres e-mail"), blank=True)
    received_at = models.DateTimeField(_("przyszło"), editable=False)
    due_on = models.DateField(_("odpowiedź do"), null=True, blank=True, editable=False)
    extended_until = models.DateField(_("nowy termin"), null=True, blank=True)
    answer = models.TextField(_("odpowiedź"), max_length=5000, blank=True)
    answered_at = models.DateTimeField(_("odpowiedziano"), null=True, blank=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("wiadomość do urzędu")
        verbose_name_plural = _("wiadomości do urzędu")
        ordering = ["-received_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="contact_number_once")]
        indexes = [models.Index(fields=["state", "due_on"])]

    def __str__(self):
        return str(_("Zgłoszenie nr %(receipt)s") % {"receipt": self.receipt})

    @property
    def receipt(self) -> str:
        return f"{self.number}/{self.year}"

    @property
    def is_demand(self) -> bool:
        return self.kind == MessageKind.ACCESSIBILITY

    @property
    def runs_until(self) -> date | None:
        """The day by which the office answers now: the extended one, else the first."""
        return self.extended_until if self.state == MessageState.EXTENDED else self.due_on

    def facts(self, at: datetime) -> law.MessageFacts:
        received_on = local_day(self.received_at)
        return law.MessageFacts(
            is_demand=self.is_demand,
            received_on=received_on,
            extended_until=self.extended_until,
            today=local_day(at),
            months=parameters.days(EXTENSION_MONTHS, on=received_on),
        )
