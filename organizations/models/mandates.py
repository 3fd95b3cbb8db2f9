"""Who may act for an organisation (R-WEB-14): never proven by logging in, always checked by the office."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.common.clock import local_day, today
from core.legal.models import Case

from .. import law
from ..enums import MandateRole, MandateState
from ..workflow import MANDATE
from .organization import Organization


class MandateQuerySet(models.QuerySet):
    def in_force(self, on):
        """Checked by the office, begun, and neither ended nor run out on a day."""
        begun = self.filter(verified_at__isnull=False, ended_at=None, valid_from__lte=on)
        return begun.filter(Q(valid_until=None) | Q(valid_until__gte=on))

    def requested(self):
        """Waiting for the office to check the evidence."""
        return self.filter(state=MandateState.REQUESTED)

    def asked(self):
        """Not decided yet: at the office, or given back to be completed."""
        return self.filter(verified_at=None, ended_at=None)

    def representatives(self, on):
        """Those in force whose holders may represent."""
        return self.in_force(on).filter(role=MandateRole.NGO_REPRESENTATIVE)


class Mandate(Case):
    """A person's authority to act for an organisation, with the evidence it rests on.

    It begins as a question: for an organisation that the city has imported this is the claim of R-ORG-19.
    """

    state_table = MANDATE
    state = models.CharField(
        _("stan"), max_length=20, choices=MandateState, default=MandateState.REQUESTED, editable=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mandates", verbose_name=_("osoba")
    )
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="mandates", verbose_name=_("organizacja")
    )
    role = models.CharField(_("rola"), max_length=20, choices=MandateRole)
    valid_from = models.DateField(_("ważne od"), null=True, blank=True)
    valid_until = models.DateField(_("ważne do"), null=True, blank=True, help_text=_("Puste: bezterminowo."))
    evidence = models.TextField(
        _("podstawa"),
        max_length=1000,
        blank=True,
        help_text=_("np. wpis w KRS, uchwała zarządu, pełnomocnictwo z dnia …"),
    )
    requested_at = models.DateTimeField(_("poproszono"), editable=False)
    verified_at = models.DateTimeField(_("sprawdzono"), null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("sprawdził(a)"),
    )
    ended_at = models.DateTimeField(_("odwołano lub odmówiono"), null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    end_reason = models.TextField(_("powód odwołania lub odmowy"), blank=True, editable=False)
    renews = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="renewals"
    )
    # What the last person who may represent tells the office on leaving, and who has read it.
    word_to_office = models.TextField(_("słowo do urzędu"), max_length=1000, blank=True, editable=False)
    word_read_at = models.DateTimeField(_("urząd przeczytał"), null=True, blank=True, editable=False)
    word_read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("upoważnienie")
        verbose_name_plural = _("upoważnienia")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organization", "role"],
                condition=Q(ended_at=None, verified_at=None),
                name="mandate_asked_once",
            ),
            models.UniqueConstraint(
                fields=["user", "organization", "role"],
                condition=Q(ended_at=None, verified_at__isnull=False),
                name="mandate_held_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from=None) | Q(valid_until__gte=F("valid_from")),
                name="mandate_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(verified_at=None) | Q(valid_from__isnull=False), name="mandate_checked_has_start"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "role"]),
            models.Index(
                fields=["requested_at"], condition=Q(state=MandateState.REQUESTED), name="mandate_waiting"
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()}: {self.organization}"

    @property
    def is_requested(self) -> bool:
        return self.state == MandateState.REQUESTED

    @property
    def waits_since(self):
        """The day in Kraków since which the present state lasts."""
        return local_day(self.state_since or self.requested_at)

    @property
    def is_in_force(self) -> bool:
        return law.is_mandate_in_force(
            is_verified=self.verified_at is not None,
            is_ended=self.ended_at is not None,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            on=today(),
        )

    def may_read_files(self, user) -> bool:
        """The evidence is for the office, the person and those who represent the organisation."""
        from ..permissions import may_read_evidence

        return may_read_evidence(user, self)
