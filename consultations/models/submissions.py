"""What people sent: submissions with their remarks, and the answers."""

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.accounts.roles import Role
from core.city.models import District, OrganizationalUnit
from core.city.scope import has_role, sees_all_units
from core.common.clock import now
from organizations.models import Organization

from .. import law
from ..enums import PUBLIC_STATES, Channel, PositionCode, RespondentType
from .answering import Assignment, Redaction, RemarkGroup
from .consultation import Consultation
from .document import DocumentPoint
from .parts import ConsultationStage

SALT = "consultations.submission"


class SubmissionQuerySet(models.QuerySet):
    def valid(self):
        """Not withdrawn by the sender."""
        return self.filter(withdrawn_at=None)

    def by_token(self, token: str):
        """The submission of a private link; nothing for a forged one."""
        try:
            pk = signing.loads(token, salt=SALT)
        except signing.BadSignature:
            return self.none()
        return self.valid().filter(pk=pk)


class Submission(models.Model):
    """One filing [formularz konsultacyjny]: who, how to answer, and one or more remarks.

    Name and e-mail are personal data: they are shown to officials only (R-CNS-14).
    """

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="submissions", verbose_name=_("konsultacje")
    )
    serial = models.PositiveIntegerField(_("kolejny numer"), editable=False)
    number = models.CharField(_("numer"), max_length=30, unique=True, editable=False)
    form_key = models.UUIDField(_("klucz formularza"), unique=True, null=True, editable=False)
    respondent_type = models.CharField(_("kto"), max_length=20, choices=RespondentType)
    organization = models.ForeignKey(
        Organization,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="consultation_submissions",
        verbose_name=_("organizacja w bazie"),
    )
    organisation_name = models.CharField(_("nazwa organizacji"), max_length=300, blank=True)
    name = models.CharField(_("imię i nazwisko"), max_length=120, blank=True)
    email = models.EmailField(_("adres e-mail"), blank=True)
    district = models.ForeignKey(
        District, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("dzielnica")
    )
    channel = models.CharField(_("sposób złożenia"), max_length=20, choices=Channel, default=Channel.WEB)
    may_publish_name = models.BooleanField(_("zgoda na publikację nazwiska"), default=False)
    wants_report = models.BooleanField(_("prosi o wiadomość o decyzji"), default=False)
    wants_survey = models.BooleanField(_("zgoda na krótką ankietę po konsultacjach"), default=False)
    received_at = models.DateTimeField(_("wpłynęło"))
    is_late = models.BooleanField(_("po terminie"), default=False, editable=False)
    edited_at = models.DateTimeField(_("poprawiono"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("wycofano"), null=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="consultation_submissions",
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("wpisał"),
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("zgłoszenie")
        verbose_name_plural = _("zgłoszenia")
        ordering = ["consultation", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "serial"], name="submission_serial_once")
        ]
        indexes = [models.Index(fields=["consultation", "withdrawn_at"])]

    def __str__(self):
        return self.number

    @property
    def token(self) -> str:
        """The secret of the private link; signed, so nothing has to be stored."""
        return signing.dumps(self.pk, salt=SALT)

    def get_private_url(self) -> str:
        return reverse("consultations:submission", args=[self.token])

    @property
    def is_public(self) -> bool:
        """Its files are never everybody's: nobody has looked for data of people in them."""
        return False

    def may_read_files(self, user) -> bool:
        """The officials of the unit that runs the consultation, and of those that help."""
        units = [self.consultation.unit_id, *self.consultation.co_units.values_list("pk", flat=True)]
        roles = (Role.CONSULTATION_MANAGER, Role.UNIT_EDITOR)
        return sees_all_units(user) or any(has_role(user, *roles, unit=unit) for unit in units if unit)

    @property
    def public_author(self):
        """How public pages call the sender."""
        return law.public_author(
            self.respondent_type,
            name=self.name,
            organisation=self.organisation_name,
            may_publish_name=self.may_publish_name,
        )

    @property
    def may_be_edited(self) -> bool:
        if self.withdrawn_at or self.is_late or not self.consultation.takes_remarks:
            return False
        return law.may_edit(now(), self.consultation.starts_at, self.consultation.ends_at)


class RemarkQuerySet(models.QuerySet):
    def valid(self):
        """Not withdrawn by the sender."""
        return self.filter(withdrawn_at=None)

    def published(self):
        """What everybody may see: valid, of a public consultation, not hidden by the city."""
        return self.valid().filter(hidden_at=None, consultation__state__in=PUBLIC_STATES)

    def editable(self):
        """What the sender may still change: without an answer, and with no word covered by the office."""
        covered = Redaction.objects.filter(remark=models.OuterRef("pk"))
        return self.valid().filter(~models.Exists(covered), answered_at=None)

    def to_answer(self):
        """Those that the report must answer: late ones are kept without an answer (R-CNS-15)."""
        return self.valid().filter(submission__is_late=False)

    def answered(self):
        return self.exclude(answered_at=None)

    def with_author(self):
        return self.select_related("submission", "submission__district", "position_unit", "point")


class Remark(models.Model):
    """One remark [uwaga] and the city's position [stanowisko]. The position is public once ``answered_at`` is set."""

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="remarks", verbose_name=_("konsultacje")
    )
    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="remarks", verbose_name=_("zgłoszenie")
    )
    number = models.PositiveIntegerField(_("numer"), editable=False)
    part = models.CharField(_("część dokumentu"), max_length=100, blank=True)
    point = models.ForeignKey(
        DocumentPoint,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="remarks",
        verbose_name=_("punkt dokumentu"),
    )
    stage = models.ForeignKey(
        ConsultationStage,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="remarks",
        verbose_name=_("etap"),
    )
    current_wording = models.TextField(_("obecne brzmienie"), blank=True)
    proposed_wording = models.TextField(_("uwaga albo proponowane brzmienie"))
    justification = models.TextField(_("uzasadnienie"), blank=True)
    text_hash = models.CharField(max_length=64, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("wycofano"), null=True, editable=False)
    hidden_at = models.DateTimeField(_("ukryto"), null=True, editable=False)
    hidden_reason = models.CharField(_("powód ukrycia"), max_length=300, blank=True)
    position_code = models.CharField(_("stanowisko"), max_length=30, choices=PositionCode, blank=True)
    position = models.TextField(_("uzasadnienie stanowiska"), blank=True)
    position_unit = models.ForeignKey(
        OrganizationalUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("komórka, która odpowiada"),
    )
    answered_at = models.DateTimeField(_("stanowisko opublikowano"), null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    approved_at = models.DateTimeField(_("stanowisko zatwierdzono"), null=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    group = models.ForeignKey(
        RemarkGroup,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="remarks",
        verbose_name=_("grupa podobnych"),
    )
    assignment = models.ForeignKey(
        Assignment,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="remarks",
        verbose_name=_("przekazano"),
    )

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("uwaga")
        verbose_name_plural = _("uwagi")
        ordering = ["consultation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="remark_number_once"),
            models.CheckConstraint(
                condition=Q(hidden_at=None) | ~Q(hidden_reason=""), name="remark_hidden_with_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["consultation", "part"]),
            models.Index(fields=["consultation", "text_hash"], name="remark_same_text"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("consultations:remarks", args=[self.consultation.slug]) + f"#u{self.number}"

    @property
    def name(self) -> str:
        return self.consultation.remark_name(self.number)

    @property
    def gets_position(self) -> bool:
        """Late and withdrawn remarks stay in the files without one (R-CNS-15)."""
        return not (self.submission.is_late or self.withdrawn_at)

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None

    @property
    def is_in_report(self) -> bool:
        """Whether the published report holds its position: a change needs a reason (R-CNS-18)."""
        return self.is_answered and self.consultation.is_report_public

    @property
    def is_fixed(self) -> bool:
        """Where two approve, one alone does not rewrite what the published report says."""
        return self.is_in_report and self.consultation.needs_second_person

    @cached_property
    def public_texts(self) -> dict[str, str]:
        """What everybody reads of the remark: mail addresses, telephones and PESEL numbers covered (R-CNS-14)."""
        names = ("part", "current_wording", "proposed_wording", "justification")
        return {name: law.masked(getattr(self, name)) for name in names}

    @property
    def public_position(self) -> str:
        """The published position, headed by its unit when another one than the leading one wrote it (R-CNS-16)."""
        if not self.is_answered:
            return ""
        unit = (
            self.position_unit.name
            if self.position_unit_id and self.position_unit_id != self.consultation.unit_id
            else ""
        )
        return law.position_text(self.position, unit=unit, default_unit="")
