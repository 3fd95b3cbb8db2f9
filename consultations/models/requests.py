"""Asking the city for a consultation: the request, and those who support it."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.city.models import District, OrganizationalUnit
from core.common.clock import local_day
from core.legal.models import Case
from core.legal.parameters import days
from organizations.models import Organization

from .. import law
from ..enums import Initiator, RequestState
from ..workflow.requests import REQUEST
from .consultation import Consultation


class ConsultationRequestQuerySet(models.QuerySet):
    def published(self):
        """What everybody may see: once the office has checked that the text may be shown."""
        return self.exclude(number=None)

    def of_person(self, user):
        """The requests of a person, drafts included."""
        return self.filter(user=user)


class ConsultationRequest(Case):
    """Somebody asks the city to hold a consultation, and others may support it.

    The person who wrote it is known to the office only; everybody sees in whose name it is.
    """

    state_table = REQUEST

    state = models.CharField(
        _("stan"),
        max_length=20,
        choices=RequestState,
        default=RequestState.DRAFT,
        editable=False,
        db_index=True,
    )
    number = models.PositiveIntegerField(_("numer w roku"), null=True, editable=False)
    number_year = models.PositiveSmallIntegerField(_("rok numeru"), null=True, editable=False)
    initiator = models.CharField(_("w czyim imieniu"), max_length=20, choices=Initiator)
    organization = models.ForeignKey(
        Organization,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="consultation_requests",
        verbose_name=_("organizacja"),
    )
    district_council = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("rada dzielnicy")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="consultation_requests",
        verbose_name=_("kto napisał"),
    )
    title = models.CharField(_("czego mają dotyczyć konsultacje"), max_length=300)
    subject = models.TextField(_("co trzeba rozstrzygnąć"))
    reason = models.TextField(_("dlaczego to ważne"))
    wanted_forms = models.TextField(_("w jakiej formie"), blank=True)
    is_citywide = models.BooleanField(_("całe miasto"), default=False)
    districts = models.ManyToManyField(
        District, blank=True, related_name="consultation_requests", verbose_name=_("dzielnice")
    )
    unit = models.ForeignKey(
        OrganizationalUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="consultation_requests",
        verbose_name=_("jednostka, która rozpatruje"),
    )
    threshold = models.PositiveIntegerField(_("wymagane poparcie"), null=True, editable=False)
    collect_until = models.DateField(_("zbiera poparcie do"), null=True, editable=False)
    submitted_on = models.DateField(_("złożono"), null=True, editable=False)
    answer_due = models.DateField(_("odpowiedź najpóźniej"), null=True, editable=False)
    answer = models.TextField(_("odpowiedź miasta"), blank=True)
    answered_on = models.DateField(_("odpowiedziano"), null=True, editable=False)
    supports_total = models.PositiveIntegerField(_("poparcie na koniec"), null=True, editable=False)
    consultation = models.OneToOneField(
        Consultation,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="request",
        verbose_name=_("konsultacje"),
    )

    objects = ConsultationRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("wniosek o konsultacje")
        verbose_name_plural = _("wnioski o konsultacje")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["number_year", "number"], name="consultation_request_number_once")
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("consultations:request", args=[self.pk])

    @property
    def is_public(self) -> bool:
        """Shown with its number since the office let it; one withdrawn afterwards stays to be seen."""
        return self.number is not None

    @property
    def number_label(self) -> str:
        return f"W/{self.number}/{self.number_year}" if self.number else ""

    @property
    def initiator_name(self) -> str:
        """In whose name, as everybody may read it; never the person."""
        return law.initiator_name(
            self.initiator,
            organisation=str(self.organization or ""),
            district=str(self.district_council or ""),
        )

    @property
    def territory(self) -> str:
        places = [str(_("całe miasto"))] if self.is_citywide else []
        return ", ".join([*places, *(str(district) for district in self.districts.all())])

    def takes_support_on(self, day: date) -> bool:
        return (
            self.state == RequestState.COLLECTING
            and self.collect_until is not None
            and day <= self.collect_until
        )

    def confirmed_count(self) -> int:
        """How many support it: counted while names are kept, remembered afterwards."""
        if self.supports_total is not None:
            return self.supports_total
        return self.supports.exclude(confirmed_at=None).count()

    def by_district(self) -> list[tuple[str, int]]:
        """How many voices come from each district, for the desk."""
        rows = self.supports.exclude(confirmed_at=None).exclude(district=None).order_by("district__number")
        return list(rows.values_list("district__full_name").annotate(n=models.Count("pk")))

    def facts(self, at: datetime) -> law.RequestFacts:
        return law.RequestFacts(
            initiator=self.initiator,
            has_text=all(text.strip() for text in (self.title, self.subject, self.reason)),
            has_territory=self.is_citywide or (self.pk is not None and self.districts.exists()),
            has_author=bool(self.organization_id)
            if self.initiator == Initiator.NGO
            else bool(self.district_council_id)
            if self.initiator == Initiator.DISTRICT_COUNCIL
            else True,
            supports=self.confirmed_count(),
            threshold=self.threshold or 0,
            answer=self.answer,
            reason_length=days("position_reason_length", on=local_day(at)),
            unit_id=self.unit_id,
        )


class RequestSupport(models.Model):
    """One voice for a request: a person who confirmed their address, or an organisation.

    Nobody but the office sees names; some time after the matter is settled the row loses them (R-WEB-11).
    """

    request = models.ForeignKey(
        ConsultationRequest, models.CASCADE, related_name="supports", verbose_name=_("wniosek")
    )
    name = models.CharField(_("imię i nazwisko"), max_length=120, blank=True)
    email = models.EmailField(_("adres e-mail"), blank=True)
    district = models.ForeignKey(
        District, models.SET_NULL, null=True, related_name="+", verbose_name=_("dzielnica zamieszkania")
    )
    organization = models.ForeignKey(
        Organization,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="request_supports",
        verbose_name=_("organizacja"),
    )
    wants_answer = models.BooleanField(_("prosi o odpowiedź"), default=False)
    # A keyed hash of the address: one person once, also after the address is gone.
    email_hash = models.CharField(max_length=64, blank=True, editable=False)
    # Only a digest: the link stands in one letter, nobody needs to write it again.
    confirm_digest = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    asked_at = models.DateTimeField(_("poproszono"), editable=False)
    confirmed_at = models.DateTimeField(_("potwierdzono"), null=True, editable=False)

    class Meta:
        verbose_name = _("poparcie wniosku")
        verbose_name_plural = _("poparcie wniosków")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "email_hash"],
                condition=~Q(email_hash=""),
                name="request_support_person_once",
            ),
            models.UniqueConstraint(
                fields=["request", "organization"], name="request_support_organization_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=False) | ~Q(confirm_digest=""),
                name="request_support_confirmed_or_asked",
            ),
        ]

    def __str__(self):
        return str(self.pk)
