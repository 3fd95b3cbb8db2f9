"""Registrations on their way, what the registers said about a profile, and who is »another organisation«."""

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from ..enums import PUBLIC_STATES, Agreement, Register, RegisterOutcome
from .organization import Organization


class RegistrationDraftQuerySet(models.QuerySet):
    def open_of(self, user):
        """What a person has begun and not sent yet, the last one touched first."""
        return self.filter(person=user, sent_at=None).order_by("-saved_at", "-pk")


class RegistrationDraft(models.Model):
    """A registration that a person has begun: what was typed in each step, and the register's answer.

    Only that person ever sees it. ``data`` holds values as the browser sent them, emptied when the
    registration is sent; ``answer`` holds no names of people.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="registration_drafts",
        verbose_name=_("osoba"),
    )
    has_krs = models.BooleanField(_("z numerem KRS"))
    data = models.JSONField(_("wpisane dane"), default=dict, blank=True)
    answer = models.JSONField(_("odpowiedź rejestru"), default=dict, blank=True)
    others = models.JSONField(_("uznane za inne organizacje"), default=list, blank=True)
    started_at = models.DateTimeField(_("zaczęto"))
    saved_at = models.DateTimeField(_("zapisano"))
    sent_at = models.DateTimeField(_("wysłano"), null=True, blank=True)
    organization = models.ForeignKey(
        Organization,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organizacja"),
    )

    objects = RegistrationDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("zaczęte zgłoszenie")
        verbose_name_plural = _("zaczęte zgłoszenia")
        indexes = [
            models.Index(fields=["person", "-saved_at"], condition=Q(sent_at=None), name="draft_open"),
            models.Index(fields=["saved_at"], name="draft_saved"),
        ]

    def __str__(self):
        return self.data.get("name") or self.data.get("krs") or str(self.pk)

    @property
    def prefilled(self) -> dict[str, str]:
        """What the register gave, by field."""
        return self.answer.get("values", {})


class RegisterComparisonQuerySet(models.QuerySet):
    def last_words(self):
        """The last word of each register about each profile; a silent register takes no word back."""
        later = self.model.objects.filter(
            organization=OuterRef("organization"), register=OuterRef("register")
        ).exclude(outcome=RegisterOutcome.UNAVAILABLE)
        newest = later.order_by("-compared_at", "-pk").values("pk")[:1]
        return self.filter(pk=Subquery(newest))

    def struck_off(self):
        """Public profiles of bodies that a register has struck off, not settled yet."""
        waiting = self.filter(outcome=RegisterOutcome.DELETED, settled_at=None)
        return waiting.filter(organization__state__in=PUBLIC_STATES).last_words()


class RegisterComparison(models.Model):
    """What a register said about a profile on a day, fact by fact (R-ORG-13). Names of people are not kept."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="comparisons", verbose_name=_("organizacja")
    )
    register = models.CharField(_("rejestr"), max_length=10, choices=Register)
    outcome = models.CharField(_("odpowiedź"), max_length=12, choices=RegisterOutcome)
    as_of = models.DateField(_("stan na"), null=True, blank=True)
    rows = models.JSONField(_("dane po kolei"), default=list, blank=True)
    is_in_liquidation = models.BooleanField(_("w likwidacji"), default=False)
    compared_at = models.DateTimeField(_("zapytano"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kto zapytał"),
    )

    # A body that the register has struck off waits in the office's queue until somebody settles it.
    settled_at = models.DateTimeField(_("rozstrzygnięto"), null=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    settlement = models.TextField(_("uzasadnienie"), blank=True, editable=False)

    objects = RegisterComparisonQuerySet.as_manager()

    class Meta:
        verbose_name = _("porównanie z rejestrem")
        verbose_name_plural = _("porównania z rejestrami")
        ordering = ["-compared_at", "-pk"]
        indexes = [models.Index(fields=["organization", "-compared_at"], name="comparison_latest")]

    def __str__(self):
        return f"{self.get_register_display()}: {self.get_outcome_display()}"

    @property
    def differences(self) -> int:
        return sum(row["agreement"] == Agreement.DIFFERS for row in self.rows)


class DuplicateDecision(models.Model):
    """A person said that a similar organisation in the base is another one; the coordinator sees it."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="duplicate_decisions", verbose_name=_("organizacja")
    )
    other = models.ForeignKey(
        Organization, models.CASCADE, related_name="+", verbose_name=_("podobna organizacja")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("kto rozstrzygnął"),
    )
    decided_at = models.DateTimeField(_("rozstrzygnięto"))

    class Meta:
        verbose_name = _("uznana za inną organizację")
        verbose_name_plural = _("uznane za inne organizacje")
        ordering = ["decided_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "other"], name="duplicate_decision_once"),
            models.CheckConstraint(
                condition=~Q(organization=models.F("other")), name="duplicate_decision_of_two"
            ),
        ]

    def __str__(self):
        return str(self.other)
