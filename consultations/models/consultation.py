"""A consultation: the notice, its dates, its report and its outcome."""

from datetime import date, datetime

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from core.city.models import Branch, District, OrganizationalUnit
from core.common.clock import at_local, end_of_day, local, local_day, now
from core.common.fields import PartialDateField
from core.documents.models import Published
from core.legal import parameters
from core.legal.days import add_years
from core.legal.models import Case

from .. import law
from ..enums import BEFORE_NOTICE, ENDED, PUBLIC_STATES, WITH_REPORT, Kind, Origin, Regime, State
from ..workflow import CONSULTATION
from .facts import facts_of, parameters_on, report_due


def begun_q(at: datetime) -> Q:
    """Announced or open, and the first day has come."""
    return Q(state__in=[State.ANNOUNCED, State.OPEN], starts_on__lte=local_day(at))


def not_over_q(at: datetime) -> Q:
    moment = local(at)
    last_day = Q(ends_on=moment.date()) & (Q(ends_hour=None) | Q(ends_hour__gt=moment.time()))
    return Q(ends_on__gt=moment.date()) | last_day


def over_q(at: datetime) -> Q:
    moment = local(at)
    return Q(ends_on__lt=moment.date()) | Q(ends_on=moment.date(), ends_hour__lte=moment.time())


def data_over_q(at: datetime, *, to: str = "") -> Q:
    """Report published or called off so long ago that data of people go (R-WEB-11); ``to`` leads to the consultation."""
    today = local_day(at)
    last_day = add_years(today, -parameters.days("consultation_data", on=today))
    called_off = {f"{to}state": State.CANCELLED, f"{to}state_since__lt": at_local(last_day)}
    return Q(**{f"{to}report_published_on__lt": last_day}) | Q(**called_off)


class ConsultationQuerySet(models.QuerySet):
    def published(self):
        """What everybody may see: the entries of the schedule and all that follows."""
        return self.filter(state__in=PUBLIC_STATES)

    def announced(self):
        """Published with a notice: planned entries have none yet."""
        return self.published().exclude(state=State.PLANNED)

    def open(self, at: datetime):
        """Under way by the clock, whether or not the portal has written the opening down."""
        return self.filter(begun_q(at), not_over_q(at))

    def over(self, at: datetime):
        return self.filter(over_q(at))

    def in_year(self, year: int):
        """Entries of the schedule of a year: begun or ended in it, or planned for it."""
        return self.filter(
            Q(starts_on__year=year)
            | Q(ends_on__year=year)
            | Q(starts_on=None, starts_about__startswith=f"{year:04d}")
        )

    def for_list(self):
        return self.select_related("unit")


class Consultation(Case, Published):
    """One consultation with residents, with organisations, or with both (R-CNS-01)."""

    state_table = CONSULTATION

    state = models.CharField(
        _("stan"), max_length=30, choices=State, default=State.DRAFT, editable=False, db_index=True
    )
    number = models.PositiveIntegerField(_("numer w roku"), null=True, blank=True, editable=False)
    number_year = models.PositiveSmallIntegerField(_("rok numeru"), null=True, blank=True, editable=False)

    # what it is about
    title = models.CharField(_("tytuł"), max_length=500)
    slug = models.SlugField(_("adres"), max_length=140, unique=True, editable=False)
    regimes = ArrayField(
        models.CharField(max_length=20, choices=Regime), verbose_name=_("tryb"), default=list, blank=True
    )
    audience_label = models.CharField(_("adresaci w źródle"), max_length=200, blank=True)
    kind = models.CharField(_("rodzaj"), max_length=20, choices=Kind, default=Kind.OTHER)
    kind_label = models.CharField(_("rodzaj w źródle"), max_length=200, blank=True)
    subject = models.TextField(_("przedmiot i cel"), blank=True)
    plain_summary = models.TextField(
        _("streszczenie prostym językiem"),
        blank=True,
        help_text=_("Krótkie zdania, bez skrótów: o co pytamy, kogo to dotyczy, co można zmienić."),
    )
    description = models.TextField(_("opis"), blank=True)
    legal_bases = ArrayField(models.TextField(), verbose_name=_("podstawy prawne"), default=list, blank=True)
    addressees = models.TextField(_("do kogo"), blank=True)
    unit = models.ForeignKey(
        OrganizationalUnit,
        models.PROTECT,
        null=True,
        related_name="consultations",
        verbose_name=_("jednostka odpowiedzialna"),
    )
    co_units = models.ManyToManyField(
        OrganizationalUnit,
        blank=True,
        related_name="co_consultations",
        verbose_name=_("jednostki współpracujące"),
    )
    contact_email = models.EmailField(_("e-mail do kontaktu"), blank=True)
    contact_phone = models.CharField(_("telefon do kontaktu"), max_length=80, blank=True)
    is_citywide = models.BooleanField(_("całe miasto"), default=False)
    districts = models.ManyToManyField(
        District, blank=True, related_name="consultations", verbose_name=_("dzielnice")
    )
    branches = models.ManyToManyField(
        Branch,
        blank=True,
        related_name="consultations",
        verbose_name=_("branże"),
        help_text=_("Organizacje tych branż zobaczą konsultacje u siebie. Puste: wszystkie branże."),
    )
    territory_label = models.CharField(
        _("obszar słownie"),
        max_length=500,
        blank=True,
        help_text=_("np. obszar poza granicami miasta, osiedle, ulica"),
    )
    languages = ArrayField(
        models.CharField(max_length=20), verbose_name=_("języki ogłoszenia"), default=list, blank=True
    )

    # when
    campaign_from = models.DateField(_("kampania informacyjna od"), null=True, blank=True)
    starts_on = models.DateField(_("początek"), null=True, blank=True)
    ends_on = models.DateField(_("koniec"), null=True, blank=True)
    ends_hour = models.TimeField(_("godzina końca"), null=True, blank=True, help_text=_("Puste: do 23:59."))
    starts_about = PartialDateField(
        _("początek w przybliżeniu"), help_text=_("Gdy nie ma jeszcze dnia: rok i miesiąc, np. 2027-03.")
    )
    ends_about = PartialDateField(_("koniec w przybliżeniu"))

    # how
    accepts_remarks = models.BooleanField(_("uwagi przez formularz portalu"), default=True)
    document_titles = ArrayField(
        models.TextField(), verbose_name=_("dokumenty znane z tytułu"), default=list, blank=True
    )
    what_next = models.TextField(_("co dalej"), blank=True, help_text=_("Kto i kiedy podejmie decyzję."))
    needs_second_person = models.BooleanField(
        _("stanowiska zatwierdza druga osoba"),
        default=False,
        help_text=_(
            "Kto napisał stanowisko, ten go nie zatwierdza. Bez zatwierdzenia nie można go opublikować."
        ),
    )

    # report and outcome
    report_published_on = models.DateField(_("raport opublikowano"), null=True, blank=True, editable=False)
    report_about = PartialDateField(_("raport w przybliżeniu"), editable=False)
    outcome = models.TextField(
        _("wynik"), blank=True, help_text=_("Co zdecydowano i które uwagi wykorzystano.")
    )
    outcome_url = models.URLField(_("adres przyjętego aktu"), max_length=500, blank=True)
    outcome_published_on = models.DateField(_("wynik ogłoszono"), null=True, blank=True, editable=False)
    is_result_binding = models.BooleanField(_("wynik wiąże miasto"), null=True, blank=True)
    cancellation_reason = models.TextField(_("powód odwołania"), blank=True, editable=False)

    # figures that the portal did not count itself
    comments_count = models.PositiveIntegerField(_("liczba uwag"), null=True, blank=True)
    comments_label = models.CharField(_("liczba uwag słownie"), max_length=200, blank=True)
    participants_count = models.PositiveIntegerField(_("liczba uczestników"), null=True, blank=True)
    participants_label = models.CharField(_("liczba uczestników słownie"), max_length=200, blank=True)
    is_participants_count_approximate = models.BooleanField(
        _("liczba uczestników przybliżona"), null=True, blank=True
    )

    # whence
    origin = models.CharField(
        _("pochodzenie"), max_length=20, choices=Origin, default=Origin.PORTAL, editable=False
    )
    fact_id = models.CharField(
        _("oznaczenie w danych źródłowych"), max_length=80, blank=True, db_index=True, editable=False
    )
    status_label = models.CharField(_("etap w źródle"), max_length=200, blank=True, editable=False)
    oddities = models.JSONField(_("osobliwości"), default=list, blank=True, editable=False)
    source = models.CharField(_("źródło"), max_length=1000, blank=True, editable=False)
    sources_extra = models.JSONField(_("dalsze źródła"), default=list, blank=True, editable=False)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("konsultacje")
        verbose_name_plural = _("konsultacje")
        ordering = [F("starts_on").desc(nulls_last=True), "-pk"]
        indexes = [
            models.Index(fields=["starts_on"]),
            models.Index(fields=["ends_on"]),
            models.Index(fields=["state", "ends_on"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["number_year", "number"], name="consultation_number_once"),
            models.UniqueConstraint(
                fields=["source", "fact_id"], condition=~Q(fact_id=""), name="consultation_fact_once"
            ),
            models.CheckConstraint(
                condition=Q(origin=Origin.IMPORTED)
                | Q(starts_on=None)
                | Q(ends_on=None)
                | Q(ends_on__gte=F("starts_on")),
                name="consultation_ends_after_start",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("consultations:detail", args=[self.slug])

    # --- state and time -------------------------------------------------------------------------
    @property
    def is_scheduled(self) -> bool:
        """Whether everybody may see the entry: title, regime, unit, term, stage and state."""
        return self.state in PUBLIC_STATES

    @property
    def is_public(self) -> bool:
        """Whether everybody may see the notice itself with its files; of a mere plan only the entry is public."""
        return self.has_notice or (self.is_imported and self.state == State.PLANNED)

    @property
    def is_imported(self) -> bool:
        return self.origin == Origin.IMPORTED

    @property
    def has_notice(self) -> bool:
        return self.state not in BEFORE_NOTICE

    @property
    def starts_at(self) -> datetime | None:
        return at_local(self.starts_on) if self.starts_on else None

    @property
    def ends_at(self) -> datetime | None:
        """The first moment after the consultation; midnight when no hour is given."""
        if self.ends_on is None:
            return None
        return at_local(self.ends_on, self.ends_hour) if self.ends_hour else end_of_day(self.ends_on)

    def state_at(self, at: datetime) -> State:
        """The state by the clock (R-CNS-11)."""
        return State(law.state_by_clock(self.state, self.starts_at, self.ends_at, at))

    @property
    def state_now(self) -> State:
        return self.state_at(now())

    @property
    def is_open(self) -> bool:
        return self.state_now == State.OPEN

    @property
    def takes_remarks(self) -> bool:
        return self.is_open and self.accepts_remarks

    @property
    def is_ended(self) -> bool:
        return self.state_now in ENDED

    @property
    def is_report_public(self) -> bool:
        return self.state in WITH_REPORT

    @property
    def is_outcome_public(self) -> bool:
        """An outcome is written before it is published; only then it is for everybody."""
        return self.is_imported or self.outcome_published_on is not None

    @property
    def day_count(self) -> int | None:
        """How many days it lasts, the first and the last included."""
        return (self.ends_on - self.starts_on).days + 1 if self.starts_on and self.ends_on else None

    @property
    def day_number(self) -> int | None:
        """Which day it is, for »dzień 9 z 26«; None when it is not under way."""
        return (local_day(now()) - self.starts_on).days + 1 if self.is_open else None

    @property
    def points(self):
        """The points of the consulted document as it reads now."""
        return apps.get_model("consultations", "DocumentPoint").objects.current(self)

    # --- report ---------------------------------------------------------------------------------
    @property
    def parameters(self) -> law.Parameters:
        return parameters_on(self.ends_on or local_day(now()))

    def report_due_with(self, stages: int) -> date | None:
        """The last day for the report, or None where the portal does not run the clock (imported, cancelled)."""
        if self.is_imported or self.ends_on is None or self.state in {*BEFORE_NOTICE, State.CANCELLED}:
            return None
        return report_due(self.ends_on, stages)

    @property
    def remark_total(self) -> int | None:
        """How many remarks, as the source says or the portal counts; None when unknown. Needs ``for_list``."""
        if self.comments_count is not None or self.is_imported:
            return self.comments_count
        return self.remark_count if self.has_notice else None

    # --- names ----------------------------------------------------------------------------------
    @property
    def number_label(self) -> str:
        return f"{self.number}/{self.number_year}" if self.number else ""

    @property
    def unit_name(self) -> str:
        """The name of the unit; empty for old records that do not say."""
        return self.unit.name if self.unit else ""

    def remark_name(self, number: int) -> str:
        """»6/4«: the fourth remark in consultation 6 of its year."""
        return f"{self.number}/{number}" if self.number else str(number)

    @property
    def regime_labels(self) -> list[str]:
        return [str(Regime(value).label) for value in Regime.values if value in self.regimes]

    @property
    def summary_line(self) -> str:
        """One line for lists: the summary in plain language, else what there is; nothing of a mere plan."""
        if not self.is_public:
            return ""
        return Truncator(self.plain_summary or self.subject or self.description).chars(220)

    @property
    def forms_line(self) -> str:
        """»formularz konsultacyjny, spotkanie otwarte 17 czerwca«; needs the forms and their dates prefetched."""
        if not self.is_public:
            return ""
        return ", ".join(dict.fromkeys(form.short_line for form in self.forms.all()))

    @property
    def kind_name(self) -> str:
        return self.kind_label if self.kind == Kind.OTHER and self.kind_label else self.get_kind_display()

    def facts(self, at: datetime) -> law.ConsultationFacts:
        return facts_of(self, at)
