"""The committee of a call: its people, what they declared, when they met (R-CALL-25 – 32)."""

from datetime import datetime
from decimal import Decimal

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organizations.models import Organization

from ..enums import (
    BlockKind,
    ConflictKind,
    MemberRole,
    NgoAbsence,
    ScoringMethod,
    Seat,
)
from .call import Call
from .candidates import CommitteeCandidate

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class Committee(models.Model):
    """The committee of one call with the rules of its work; public are its numbers, never its names."""

    call = models.OneToOneField(Call, models.CASCADE, related_name="committee", verbose_name=_("konkurs"))
    candidates_until = models.DateTimeField(
        _("nabór kandydatek i kandydatów do"),
        null=True,
        blank=True,
        help_text=_("Puste: do końca naboru ofert."),
    )
    ordinance_number = models.CharField(_("numer zarządzenia"), max_length=120, blank=True, editable=False)
    appointed_at = models.DateTimeField(_("powołano"), null=True, editable=False)
    ngo_absence = models.CharField(
        _("praca bez osób wskazanych przez organizacje"),
        max_length=20,
        choices=NgoAbsence,
        blank=True,
        help_text=_(
            "Przypadek z art. 15 ust. 2da; zapisze się w protokole. Puste: osoby wskazane są w komisji."
        ),
    )
    method = models.CharField(
        _("sposób oceny"), max_length=20, choices=ScoringMethod, default=ScoringMethod.MEAN
    )
    reviewers_per_offer = models.PositiveSmallIntegerField(
        _("ile osób ocenia każdą ofertę"), default=3, validators=[MinValueValidator(1), MaxValueValidator(15)]
    )
    score_step = models.DecimalField(
        _("punkty co"),
        max_digits=3,
        decimal_places=2,
        default=Decimal("1.00"),
        choices=[(Decimal("1.00"), _("1 punkt")), (Decimal("0.50"), _("pół punktu"))],
    )
    least_justification = models.PositiveSmallIntegerField(
        _("najkrótsze uzasadnienie (znaki)"), default=50, validators=[MaxValueValidator(1000)]
    )
    divergence_percent = models.DecimalField(
        _("różnica, przy której komisja rozmawia jeszcze raz (%)"),
        max_digits=5,
        decimal_places=2,
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Między najwyższą a najniższą oceną, w procentach największej liczby punktów."),
    )
    scores_due_at = models.DateTimeField(_("oceny do"), null=True, blank=True)
    proposal_reason = models.TextField(_("uzasadnienie propozycji podziału"), blank=True, editable=False)

    class Meta:
        verbose_name = _("komisja konkursowa")
        verbose_name_plural = _("komisje konkursowe")
        ordering = ["-pk"]

    def __str__(self):
        return str(_("Komisja: %(call)s") % {"call": self.call})

    @property
    def recruits_until(self) -> datetime | None:
        return self.candidates_until or self.call.offers_due_at


class MemberQuerySet(models.QuerySet):
    def sitting(self):
        """Those who belong to the committee now."""
        return self.filter(removed_at__isnull=True)

    def of_person(self, user):
        """A person's seats in appointed committees: the only thing that opens offers to a member."""
        return self.sitting().filter(user=user, committee__appointed_at__isnull=False)


class CommitteeMember(models.Model):
    """A person in a committee. ``named_by_organization`` and ``organizations`` feed the automatic gate."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="committee_seats", verbose_name=_("osoba")
    )
    full_name = models.CharField(_("imię i nazwisko"), max_length=200)
    seat = models.CharField(_("miejsce"), max_length=20, choices=Seat)
    role = models.CharField(_("rola"), max_length=20, choices=MemberRole, default=MemberRole.MEMBER)
    candidate = models.ForeignKey(CommitteeCandidate, models.SET_NULL, null=True, related_name="seats")
    naming_organization = models.ForeignKey(
        Organization,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("organizacja, która wskazała"),
    )
    organizations = models.ManyToManyField(
        Organization, blank=True, related_name="+", verbose_name=_("organizacje, w których działa")
    )
    added_at = models.DateTimeField(_("dodano"))
    removed_at = models.DateTimeField(_("odwołano"), null=True)
    removal_reason = models.TextField(_("powód odwołania"), blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("osoba w komisji")
        verbose_name_plural = _("osoby w komisji")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "user"],
                condition=Q(removed_at__isnull=True),
                name="committee_member_once",
            ),
            models.UniqueConstraint(
                fields=["committee"],
                condition=Q(role=MemberRole.CHAIR, removed_at__isnull=True),
                name="committee_one_chair",
            ),
        ]

    def __str__(self):
        return self.full_name


class CommitteeDraw(models.Model):
    """A draw by lot: with the seed and the list of numbers anybody can repeat it. Cannot be changed."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="draws")
    seed = models.CharField(_("ziarno losowania"), max_length=64)
    pool = models.JSONField(_("numery kandydatur w puli"), default=list)
    drawn = models.JSONField(_("wylosowane, w kolejności"), default=list)
    seats = models.PositiveSmallIntegerField(_("liczba miejsc"))
    at = models.DateTimeField(_("kiedy"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )

    class Meta:
        verbose_name = _("losowanie do komisji")
        verbose_name_plural = _("losowania do komisji")
        ordering = ["pk"]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return self.seed


class ImpartialityDeclaration(models.Model):
    """What a member has signed, and the list of organisations it was signed against. Cannot be changed."""

    member = models.ForeignKey(CommitteeMember, models.PROTECT, related_name="declarations")
    at = models.DateTimeField(_("kiedy"))
    organizations = models.JSONField(_("numery organizacji na liście"), default=list)

    class Meta:
        verbose_name = _("oświadczenie o bezstronności")
        verbose_name_plural = _("oświadczenia o bezstronności")
        ordering = ["pk"]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return f"{self.member}, {self.at:%Y-%m-%d}"


class DeclaredConflict(models.Model):
    """One organisation with which a member has a conflict, as declared. Cannot be changed."""

    declaration = models.ForeignKey(ImpartialityDeclaration, models.PROTECT, related_name="conflicts")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    kind = models.CharField(_("rodzaj"), max_length=20, choices=ConflictKind)
    note = models.TextField(_("wyjaśnienie"), blank=True)

    class Meta:
        verbose_name = _("zgłoszony konflikt interesów")
        verbose_name_plural = _("zgłoszone konflikty interesów")
        ordering = ["pk"]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return f"{self.organization}: {self.get_kind_display()}"


class AccessRefusal(models.Model):
    """That the gate closed offers to a member, and why: written once for each reason. Cannot be changed."""

    member = models.ForeignKey(CommitteeMember, models.PROTECT, related_name="refusals")
    kind = models.CharField(_("powód"), max_length=20, choices=BlockKind)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    part = models.ForeignKey("competitions.CallPart", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("zamknięcie dostępu")
        verbose_name_plural = _("zamknięcia dostępu")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind", "organization", "part"],
                nulls_distinct=False,
                name="access_refused_once",
            )
        ]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return f"{self.member}: {self.get_kind_display()}"


class CommitteeMeeting(models.Model):
    """A meeting of the committee, with who came."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField(_("początek"))
    place = models.CharField(_("miejsce"), max_length=300)
    agenda = models.TextField(_("porządek obrad"), blank=True)
    notes = models.TextField(_("przebieg"), blank=True)
    held_at = models.DateTimeField(_("zapisano obecność"), null=True, editable=False)
    present = models.ManyToManyField(
        CommitteeMember, blank=True, related_name="meetings", verbose_name=_("obecne osoby")
    )

    class Meta:
        verbose_name = _("posiedzenie komisji")
        verbose_name_plural = _("posiedzenia komisji")
        ordering = ["starts_at", "pk"]

    def __str__(self):
        return f"{self.committee}, {self.starts_at:%Y-%m-%d}"

    def get_absolute_url(self):
        return reverse("committee:desk", args=[self.committee_id])
