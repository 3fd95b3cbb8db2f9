"""The pool of people who may judge offers, by sphere and year, or for one call (R-CALL-30)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.city.models import TaskSphere
from core.legal.models import Case
from organizations.models import Organization

from ..enums import CandidateState
from ..workflow import CANDIDATE
from .call import Call


class CandidateQuerySet(models.QuerySet):
    def eligible(self, call: Call):
        """Those a committee of the call may be drawn from: named for it, or of the base of its years and spheres."""
        spheres = call.spheres.all()
        base = Q(call__isnull=True, spheres__in=spheres) if spheres else Q(call__isnull=True)
        return self.filter(Q(call=call) | base, state=CandidateState.ACCEPTED).distinct()

    def of_person(self, user):
        """A person's own applications, also those an organisation made to this address and that wait for consent."""
        waiting = Q(user__isnull=True, email__iexact=user.email, state=CandidateState.NAMED)
        return self.filter(Q(user=user) | waiting)


class CommitteeCandidate(Case):
    """An application to judge offers: in a yearly base by sphere, or for one call (R-CALL-30)."""

    state_table = CANDIDATE
    state = models.CharField(
        _("stan"), max_length=20, choices=CandidateState, default=CandidateState.APPLIED, editable=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    full_name = models.CharField(_("imię i nazwisko"), max_length=200)
    email = models.EmailField(_("adres e-mail"))
    phone = models.CharField(_("telefon"), max_length=60, blank=True)
    naming_organization = models.ForeignKey(
        Organization,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="named_candidates",
        verbose_name=_("organizacja, która wskazuje"),
    )
    organizations = models.ManyToManyField(
        Organization,
        blank=True,
        related_name="+",
        verbose_name=_("organizacje, w których działa"),
    )
    call = models.ForeignKey(
        Call,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="candidates",
        verbose_name=_("konkurs"),
        help_text=_("Puste: baza roczna."),
    )
    year = models.PositiveSmallIntegerField(_("rok bazy"))
    spheres = models.ManyToManyField(TaskSphere, related_name="+", verbose_name=_("sfery"))
    experience = models.TextField(_("doświadczenie"), max_length=3000)
    has_full_rights = models.BooleanField(_("oświadczenie o pełni praw publicznych"), default=False)
    consented_at = models.DateTimeField(_("zgoda na przetwarzanie danych"), null=True, editable=False)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    applied_at = models.DateTimeField(_("zgłoszono"), editable=False)
    erased_at = models.DateTimeField(_("dane usunięto"), null=True, editable=False)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("kandydatura do komisji")
        verbose_name_plural = _("kandydatury do komisji")
        ordering = ["-year", "full_name", "pk"]
        indexes = [models.Index(fields=["year", "state"], name="candidate_year_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "call", "year"],
                condition=Q(state__in=["named", "applied", "accepted"]),
                nulls_distinct=False,
                name="candidate_once",
            )
        ]

    def __str__(self):
        return self.full_name or str(_("dane usunięte"))
