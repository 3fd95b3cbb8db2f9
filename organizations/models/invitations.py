"""Invitations by mail, and outside help in one matter only."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.common.clock import today
from core.common.subjects import AboutSubject, Subject, SubjectQuerySet
from core.legal.models import Case

from ..enums import InvitationState, InvitedRole
from ..workflow import INVITATION
from .mandates import Mandate
from .organization import Organization


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Not answered yet, nor taken back."""
        return self.filter(state__in=[InvitationState.AWAITING_CONSENT, InvitationState.SENT])


class Invitation(Case):
    """A person is asked by mail to act for the organisation, or to help it in one matter.

    Only a hash of the link's key is kept; sending again makes a new key.
    """

    state_table = INVITATION
    state = models.CharField(
        _("stan"), max_length=20, choices=InvitationState, default=InvitationState.SENT, editable=False
    )
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="invitations", verbose_name=_("organizacja")
    )
    email = models.EmailField(_("adres e-mail"))
    role = models.CharField(_("rola"), max_length=20, choices=InvitedRole)
    valid_from = models.DateField(_("od"), null=True, blank=True)
    valid_until = models.DateField(_("do"), null=True, blank=True)
    note = models.TextField(_("kilka słów do tej osoby"), max_length=1000, blank=True)
    # the one matter of a helper
    subject_kind = models.CharField(max_length=80, blank=True)
    subject_id = models.BigIntegerField(null=True)
    matter_label = models.CharField(_("sprawa"), max_length=300, blank=True)
    may_edit = models.BooleanField(_("może zmieniać"), default=False)
    may_file = models.BooleanField(_("może wysłać do urzędu"), default=False)
    token_hash = models.CharField(max_length=64, blank=True, editable=False)
    sent_at = models.DateTimeField(_("wysłano"), null=True)
    times_sent = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(_("ważne do"), null=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("zaprasza")
    )
    invited_at = models.DateTimeField(_("utworzono"))
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(_("odpowiedź z"), null=True)
    mandate = models.ForeignKey(Mandate, models.SET_NULL, null=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("zaproszenie")
        verbose_name_plural = _("zaproszenia")
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["token_hash"], condition=~Q(token_hash=""), name="invitation_token"
            )
        ]
        indexes = [models.Index(fields=["state", "expires_at"], name="invitation_expiring")]

    def __str__(self):
        return f"{self.get_role_display()}: {self.organization}"

    @property
    def subject(self) -> Subject | None:
        return Subject(self.subject_kind, self.subject_id) if self.subject_id is not None else None

    def is_open_at(self, at) -> bool:
        """Whether it can still be answered at a moment."""
        is_sent = self.state == InvitationState.SENT and self.expires_at is not None
        return is_sent and at < self.expires_at


class MatterAccessQuerySet(SubjectQuerySet):
    def in_force(self, on):
        """Neither taken back nor run out on a day."""
        return self.filter(Q(until=None) | Q(until__gte=on), revoked_at=None)

    def ids_for(self, user, model: type[models.Model], on):
        """Keys of those records of a model that the person is let into; a subquery for ``filter(pk__in=…)``."""
        held = self.in_force(on).filter(user_id=user.pk, subject_kind=model._meta.label_lower)
        return held.values("subject_id")


class MatterAccess(AboutSubject):
    """An outside helper is let into one matter of an organisation, and into nothing else of it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="matter_accesses", verbose_name=_("osoba")
    )
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="matter_accesses", verbose_name=_("organizacja")
    )
    label = models.CharField(_("sprawa"), max_length=300)
    may_edit = models.BooleanField(_("może zmieniać"), default=False)
    may_file = models.BooleanField(_("może wysłać do urzędu"), default=False)
    until = models.DateField(_("do"), null=True, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    granted_at = models.DateTimeField(_("dano dostęp"))
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    revoked_at = models.DateTimeField(_("odebrano dostęp"), null=True)
    revoke_reason = models.TextField(_("powód"), blank=True)

    objects = MatterAccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("dostęp do jednej sprawy")
        verbose_name_plural = _("dostępy do jednej sprawy")
        ordering = ["-granted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "subject_kind", "subject_id"],
                condition=Q(revoked_at=None),
                name="matter_access_once",
            ),
            models.CheckConstraint(
                condition=Q(may_file=False) | Q(may_edit=F("may_file")), name="matter_access_files_edits"
            ),
        ]
        indexes = [models.Index(fields=["user", "subject_kind"], name="matter_access_user")]

    def __str__(self):
        return self.label

    @property
    def is_in_force(self) -> bool:
        return self.revoked_at is None and (self.until is None or self.until >= today())
