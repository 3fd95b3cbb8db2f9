"""What hangs on a profile: offers for residents, reported errors, changes of identity that wait."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.common.clock import local_day
from core.legal.models import Case

from ..enums import PUBLIC_STATES, OfferKind, RevisionState
from ..workflow import REVISION
from .organization import Organization


class ResidentOfferQuerySet(models.QuerySet):
    def published(self):
        """Offers of organisations that everybody may see."""
        return self.filter(organization__state__in=PUBLIC_STATES)


class ResidentOffer(models.Model):
    """Something an organisation does for residents, as the Informator lists it."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="offers", verbose_name=_("organizacja")
    )
    kind = models.CharField(_("rodzaj"), max_length=20, choices=OfferKind)
    title = models.CharField(_("co oferujecie"), max_length=160)
    description = models.TextField(_("opis"), max_length=1000, blank=True)
    when = models.CharField(_("kiedy"), max_length=160, blank=True, help_text=_("np. środy 17:00–20:00"))
    place = models.CharField(_("gdzie"), max_length=200, blank=True)
    is_free = models.BooleanField(_("bezpłatnie"), null=True, blank=True)
    requires_booking = models.BooleanField(_("trzeba się zapisać"), null=True, blank=True)
    url = models.URLField(_("strona z opisem"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("kolejność"), default=0)

    objects = ResidentOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("oferta dla mieszkańców")
        verbose_name_plural = _("oferty dla mieszkańców")
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["kind"])]

    def __str__(self):
        return self.title


class ErrorReport(models.Model):
    """A mistake in a public profile that anybody may point out (R-ORG-20)."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="error_reports", verbose_name=_("organizacja")
    )
    notice = models.ForeignKey(
        "organizations.PartnerNotice",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("ogłoszenie o partnerstwie"),
    )
    text = models.TextField(_("co jest nie tak"), max_length=2000)
    email = models.EmailField(_("e-mail zgłaszającej osoby"), blank=True)
    reported_at = models.DateTimeField(_("zgłoszono"), editable=False)
    handled_at = models.DateTimeField(_("załatwiono"), null=True, blank=True, editable=False)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    outcome = models.TextField(_("co zrobiono"), blank=True, editable=False)

    class Meta:
        verbose_name = _("zgłoszony błąd")
        verbose_name_plural = _("zgłoszone błędy")
        ordering = ["-reported_at", "-pk"]
        indexes = [
            models.Index(fields=["-reported_at"], condition=Q(handled_at=None), name="error_report_open")
        ]

    def __str__(self):
        return f"{self.organization}: {self.text[:60]}"


class IdentityRevision(Case):
    """A change of identity data of a verified profile that waits for the office (R-ORG-17).

    What is changed while it waits is added to it, so the office decides once; ``changed_at`` is the last time.
    """

    state_table = REVISION
    state = models.CharField(
        _("stan"), max_length=20, choices=RevisionState, default=RevisionState.WAITING, editable=False
    )

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="revisions", verbose_name=_("organizacja")
    )
    values = models.JSONField(_("nowe dane"), default=dict)
    previous = models.JSONField(_("dotychczasowe dane"), default=dict)
    reason = models.TextField(_("powód zmiany"), max_length=1000, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("kto zgłosił"),
    )
    proposed_at = models.DateTimeField(_("zgłoszono"), editable=False)
    changed_at = models.DateTimeField(_("ostatnio uzupełniono"), null=True, editable=False)
    is_approved = models.BooleanField(_("zatwierdzono"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("kto rozstrzygnął"),
    )
    decided_at = models.DateTimeField(_("rozstrzygnięto"), null=True, editable=False)
    decision_reason = models.TextField(_("uzasadnienie"), blank=True, editable=False)

    class Meta:
        verbose_name = _("zmiana danych rejestrowych")
        verbose_name_plural = _("zmiany danych rejestrowych")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization"], condition=Q(decided_at=None), name="revision_waiting_once"
            ),
        ]

    def __str__(self):
        return str(self.organization)

    @property
    def waits_since(self):
        return local_day(self.proposed_at)
