"""Acts that need representation, and who has agreed to them (R-WEB-14)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.common.subjects import AboutSubject, SubjectQuerySet
from core.legal.models import Case

from ..enums import ActState
from ..workflow import ACT
from .organization import Organization


class RepresentationActQuerySet(SubjectQuerySet):
    def waiting(self):
        """Begun, and neither agreed nor given up."""
        return self.filter(state=ActState.WAITING)


class RepresentationAct(AboutSubject, Case):
    """Something that only those who represent the organisation may do: to a record, of a kind.

    It is carried out when ``required`` different representatives have agreed; see
    ``organizations.actions.representation`` for how another room uses it.
    """

    state_table = ACT
    state = models.CharField(
        _("stan"), max_length=20, choices=ActState, default=ActState.WAITING, editable=False
    )
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="acts", verbose_name=_("organizacja")
    )
    kind = models.CharField(_("czynność"), max_length=40)
    summary = models.TextField(_("na czym polega"), max_length=2000)
    required = models.PositiveSmallIntegerField(_("ile osób musi się zgodzić"))
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("kto rozpoczął"),
    )
    started_at = models.DateTimeField(_("rozpoczęto"))
    expires_at = models.DateTimeField(_("zgody do"))
    closed_at = models.DateTimeField(_("zamknięto"), null=True)
    close_reason = models.TextField(_("powód zamknięcia"), blank=True)

    objects = RepresentationActQuerySet.as_manager()

    class Meta:
        verbose_name = _("czynność wymagająca reprezentacji")
        verbose_name_plural = _("czynności wymagające reprezentacji")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "kind", "subject_kind", "subject_id"],
                condition=models.Q(state=ActState.WAITING),
                name="act_waiting_once",
            )
        ]
        indexes = [models.Index(fields=["state", "expires_at"], name="act_expiring")]

    def __str__(self):
        return self.summary


class Consent(models.Model):
    """A representative's yes to an act."""

    act = models.ForeignKey(RepresentationAct, models.CASCADE, related_name="consents")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("osoba")
    )
    given_at = models.DateTimeField(_("zgoda z"))

    class Meta:
        verbose_name = _("zgoda")
        verbose_name_plural = _("zgody")
        ordering = ["given_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["act", "user"], name="consent_once")]

    def __str__(self):
        return str(self.act)
