"""A call for offers: the case itself."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import models
from django.db.models import F, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.city.models import District, OrganizationalUnit, TaskSphere
from core.common.clock import local_day
from core.common.clock import now as present
from core.documents.models import Published
from core.legal.models import Case

from .. import law
from ..enums import EVALUATED, PUBLIC_STATES, WITH_RESULTS, Intake, Mode, Origin, Phase, State
from ..workflow import CALL
from .bases import NoticeTexts, Provenance, Task, Terms, Timing
from .legal_facts import facts_of, windows_of
from .offer_rules import OfferRules

LAST_MINUTE = timedelta(minutes=1)


def in_phase(phase: str, at: datetime) -> Q:
    """The condition of a phase at a moment. The clock decides, even while nobody has closed the intake yet."""
    is_over = Q(offers_due_at__isnull=False, offers_due_at__lte=at - LAST_MINUTE)
    return {
        Phase.OPEN: Q(state=State.PUBLISHED) & ~is_over,
        Phase.REVIEW: Q(state__in=EVALUATED) | (Q(state=State.PUBLISHED) & is_over),
        Phase.DONE: Q(state__in=WITH_RESULTS - {State.ARCHIVED}),
        Phase.CANCELLED: Q(state=State.CANCELLED),
        Phase.ARCHIVED: Q(state=State.ARCHIVED),
    }[Phase(phase)]


class CallQuerySet(models.QuerySet):
    def published(self):
        """What everybody may see. A call given up before its notice was never public."""
        return self.filter(state__in=PUBLIC_STATES, published_at__isnull=False)

    def open(self, at: datetime):
        """Published calls that still take offers at a moment."""
        return self.published().filter(in_phase(Phase.OPEN, at))

    def due(self, at: datetime):
        """Calls whose intake is over by the clock and has not been closed yet."""
        return self.filter(state=State.PUBLISHED, offers_due_at__lte=at - LAST_MINUTE)

    def due_between(self, start: datetime, end: datetime):
        """Published calls whose intake ends between two moments."""
        return self.filter(
            state=State.PUBLISHED, offers_due_at__gt=start - LAST_MINUTE, offers_due_at__lte=end - LAST_MINUTE
        )

    def in_order(self, at: datetime):
        """Open ones by the nearest end, continuous ones after them, then the others from the latest."""
        is_open = in_phase(Phase.OPEN, at)
        return self.annotate(
            place_in_list=models.Case(
                When(is_open, then=Value(0)), default=Value(1), output_field=models.SmallIntegerField()
            ),
            next_due_at=models.Case(When(is_open, then=F("offers_due_at"))),
        )


NEAREST_FIRST = (
    "place_in_list",
    F("next_due_at").asc(nulls_last=True),
    F("dated_on").desc(nulls_last=True),
    "-pk",
)


class Call(Case, Published, Task, Timing, Terms, NoticeTexts, OfferRules, Provenance):
    """An open call for offers or another intake of applications for public money."""

    state_table = CALL
    state = models.CharField(_("stan"), max_length=30, choices=State, default=State.DRAFT, editable=False)
    number = models.CharField(
        _("numer"),
        max_length=40,
        blank=True,
        help_text=_("Zostaw puste, a nadamy kolejny numer przy ogłoszeniu."),
    )
    slug = models.SlugField(_("adres strony"), max_length=120, unique=True, editable=False)
    unit = models.ForeignKey(
        OrganizationalUnit,
        models.PROTECT,
        null=True,
        related_name="calls",
        verbose_name=_("komórka realizująca"),
    )
    units = models.ManyToManyField(
        OrganizationalUnit, blank=True, related_name="shared_calls", verbose_name=_("wszystkie komórki")
    )
    spheres = models.ManyToManyField(
        TaskSphere, blank=True, related_name="calls", verbose_name=_("sfery zadań publicznych")
    )
    districts = models.ManyToManyField(
        District,
        blank=True,
        related_name="calls",
        verbose_name=_("dzielnice"),
        help_text=_("Puste: całe miasto."),
    )
    previous_edition = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="next_editions",
        verbose_name=_("poprzednia edycja"),
    )
    consultation = models.ForeignKey(
        "consultations.Consultation",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="calls",
        verbose_name=_("konsultacje założeń"),
        help_text=_("Konsultacje, w których rozmawialiście o założeniach konkursu."),
    )
    talks_url = models.URLField(
        _("notatka z rozmów przed konkursem"),
        max_length=500,
        blank=True,
        help_text=_("Adres strony z notatką."),
    )
    edit_number = models.PositiveIntegerField(default=0, editable=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("konkurs")
        verbose_name_plural = _("konkursy")
        ordering = ["-dated_on", "-pk"]
        constraints = [
            models.UniqueConstraint("number", condition=~Q(number=""), name="call_number_once"),
            models.UniqueConstraint("fact_id", condition=~Q(fact_id=""), name="call_fact_once"),
        ]
        indexes = [
            models.Index(fields=["state", "offers_due_at"], name="call_state_due"),
            models.Index(
                F("dated_on").desc(nulls_last=True),
                condition=Q(state__in=PUBLIC_STATES),
                name="call_public_latest",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("competitions:detail", args=[self.slug])

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_STATES and self.published_at is not None

    @property
    def is_notice_editable(self) -> bool:
        """Whether the notice is still a draft that may be edited without a trace of versions."""
        return self.state in (State.PLANNED, State.DRAFT, State.INTERNAL_REVIEW)

    @property
    def shows_results(self) -> bool:
        """Whether the results are public: never before they are published, for imported calls as far as known."""
        return self.state in WITH_RESULTS

    @property
    def is_archival(self) -> bool:
        return self.state == State.ARCHIVED or (
            self.origin == Origin.IMPORTED and self.state != State.PUBLISHED
        )

    @property
    def closes_at(self) -> datetime | None:
        """The first moment at which it is too late (R-CALL-22)."""
        return law.closes_at(self.offers_due_at) if self.offers_due_at else None

    def phase(self, at: datetime) -> Phase:
        """What readers see; by the clock, even while the worker sleeps."""
        if self.state == State.PUBLISHED:
            return Phase.OPEN if law.is_open(self.offers_due_at, at) else Phase.REVIEW
        if self.state in EVALUATED:
            return Phase.REVIEW
        if self.state in (State.CANCELLED, State.ARCHIVED):
            return Phase.CANCELLED if self.state == State.CANCELLED else Phase.ARCHIVED
        return Phase.DONE

    @property
    def is_open(self) -> bool:
        return self.is_public and self.phase(present()) == Phase.OPEN

    def intake_at(self, at: datetime) -> law.IntakeNow:
        """Whether offers are taken at this very moment: begun, inside a window, while there is money."""
        if not (self.is_public and self.state == State.PUBLISHED):
            return law.IntakeNow(False)
        return self.intake_by(at, self.offers_due_at)

    def intake_by(self, at: datetime, deadline: datetime | None) -> law.IntakeNow:
        """The same by a deadline that was in force then, whatever has become of the call since."""
        return law.intake_at(
            at,
            deadline=deadline,
            opens_at=self.opens_at,
            windows=windows_of(self),
            left=self.funds_left() if self.intake == Intake.FUNDS else None,
            ends_with_funds=self.intake == Intake.FUNDS,
        )

    def takes_offers(self, at: datetime) -> bool:
        return self.intake_at(at).is_taking

    def funds_left(self) -> Decimal | None:
        """What of the pool is not given away yet (złote); None when the pool is not known."""
        return law.funds_left(self.budget_total, self.spendings.values_list("amount", flat=True))

    @property
    def takes_offers_here(self) -> bool:
        """Whether offers are written and filed on the portal, not in a generator elsewhere."""
        return self.origin == Origin.PORTAL and not self.submission_url

    @property
    def mode_name(self) -> str:
        """The mode in words, those of the source when it is none of ours."""
        return (
            self.mode_label if self.mode == Mode.OTHER and self.mode_label else str(self.get_mode_display())
        )

    @property
    def full_name(self) -> str:
        """»Otwarty konkurs ofert nr 14/2026«."""
        name = self.mode_name[:1].upper() + self.mode_name[1:]
        return _("%(name)s nr %(number)s") % {"name": name, "number": self.number} if self.number else name

    def reference_day(self) -> date | None:
        """The day by which lists order a call: end of intake, announcement, task, year; the first that is known."""
        if self.offers_due_at:
            return local_day(self.offers_due_at)
        known = [self.announced_on, self.task_from, str(self.year_hint or ""), self.task_to]
        return next((day for day in map(first_day, known) if day), None)

    def facts(self, at: datetime) -> law.CallFacts:
        return facts_of(self, at)


def first_day(partial: str) -> date | None:
    """The first day that »2019«, »2019-05« or »2019-05-03« may mean."""
    parts = [*partial.split("-"), "01", "01"]
    try:
        return date(*(int(part) for part in parts[:3])) if partial else None
    except ValueError:
        return None
