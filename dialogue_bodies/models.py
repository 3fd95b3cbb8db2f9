"""One model for all dialogue bodies (R-KDO-11): terms, members, meetings, documents, requests."""

from datetime import datetime

from django.db import models
from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.models import Consultation
from core.city.models import OrganizationalUnit
from core.common.clock import local_day, now, today
from core.common.fields import PartialDateField
from core.documents.models import Published
from core.legal import parameters
from core.legal.models import Case
from organizations.models import Organization

from . import law, workflow
from .enums import BodyKind, BodyRole, BodyState, DocumentKind, MeetingState, Outcome, PlanStatus, Reply, Side


class BodyQuerySet(models.QuerySet):
    def published(self):
        """Bodies everybody may see: all but those still being formed."""
        return self.exclude(state=BodyState.FORMING)


class DialogueBody(Case, Published):
    """A council, commission, forum or team in which the city and NGOs talk."""

    state_table = workflow.BODY

    fact_id = models.CharField(_("oznaczenie w danych źródłowych"), max_length=40, blank=True, db_index=True)
    name = models.CharField(_("nazwa"), max_length=250)
    slug = models.SlugField(_("adres"), max_length=120, unique=True)
    kind = models.CharField(_("rodzaj"), max_length=30, choices=BodyKind, default=BodyKind.OTHER)
    kind_label = models.CharField(_("rodzaj w źródle"), max_length=80, blank=True)
    state = models.CharField(
        _("stan"), max_length=20, choices=BodyState, default=BodyState.FORMING, editable=False
    )
    field = models.CharField(_("dziedzina"), max_length=250, blank=True)
    lead = models.TextField(
        _("czym się zajmuje"), blank=True, help_text=_("Dwa–trzy zdania prostym językiem.")
    )
    unit = models.ForeignKey(
        OrganizationalUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("komórka, przy której działa"),
    )
    unit_label = models.CharField(_("komórka w źródle"), max_length=250, blank=True)
    legal_act = models.CharField(_("akt powołania"), max_length=500, blank=True)
    legal_basis = models.CharField(_("podstawa działania"), max_length=500, blank=True)
    previous_rules = models.CharField(_("poprzednie zasady"), max_length=500, blank=True)
    amendments = models.JSONField(_("zmiany aktu"), default=list, blank=True)
    founded_on = PartialDateField(_("powstało"))
    first_meeting_on = PartialDateField(_("pierwsze posiedzenie"))
    meeting_on = PartialDateField(_("zebranie"))
    active_period = models.CharField(_("okres działania"), max_length=60, blank=True)
    start_planned = models.CharField(_("planowany początek"), max_length=60, blank=True)
    initiated_by = models.CharField(_("inicjator"), max_length=250, blank=True)
    recruitment_until = PartialDateField(_("nabór do"))
    members_limit = models.PositiveIntegerField(_("liczba miejsc"), null=True, blank=True)
    member_organizations_count = models.PositiveIntegerField(_("liczba organizacji"), null=True, blank=True)
    is_member_count_approximate = models.BooleanField(_("liczba przybliżona"), default=False)
    member_count_as_of = PartialDateField(_("stan na"))
    membership_rule = models.CharField(_("jak dołączyć"), max_length=500, blank=True)
    meeting_frequency = models.CharField(_("jak często się spotyka"), max_length=120, blank=True)
    active_counts = models.JSONField(_("liczba działających w latach"), default=dict, blank=True)
    contact = models.JSONField(_("kontakt"), default=list, blank=True)
    notes = models.TextField(_("uwagi"), blank=True)
    source = models.CharField(_("źródło"), max_length=500, blank=True)
    sources_extra = models.JSONField(_("dalsze źródła"), default=list, blank=True)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("ciało dialogu")
        verbose_name_plural = _("ciała dialogu")
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def is_public(self) -> bool:
        return law.is_shown(is_being_formed=self.state == BodyState.FORMING)

    def get_absolute_url(self):
        return reverse("dialogue_bodies:detail", args=[self.slug])

    def facts(self, at: datetime) -> law.BodyFacts:
        on = local_day(at)
        last = self.meetings.filter(state=MeetingState.HELD).aggregate(last=Max("starts_at"))["last"]
        members = self.memberships.present(on).exclude(organization=None)
        return law.BodyFacts(
            is_commission=self.kind == BodyKind.KDO,
            founding_organizations=members.values("organization").distinct().count(),
            min_organizations=parameters.days("commission_min_organizations", on=on),
            has_legal_act=bool(self.legal_act or self.legal_basis),
            has_unit=self.unit_id is not None,
            last_meeting_on=local_day(last) if last else None,
            today=on,
            inactive_months=parameters.days("body_inactive_months", on=on),
        )


class Term(models.Model):
    """A term [kadencja] with its seats by side and its election, as far as known."""

    body = models.ForeignKey(
        DialogueBody, models.CASCADE, related_name="terms", verbose_name=_("ciało dialogu")
    )
    fact_id = models.CharField(max_length=40, blank=True, db_index=True, editable=False)
    number = models.PositiveSmallIntegerField(_("numer kadencji"), null=True, blank=True)
    starts_on = PartialDateField(_("od"))
    ends_on = PartialDateField(_("do"))
    appointed_by = models.CharField(_("akt powołania"), max_length=500, blank=True)
    amendments = models.JSONField(_("zmiany aktu"), default=list, blank=True)
    seats_total = models.PositiveSmallIntegerField(_("miejsc razem"), null=True, blank=True)
    seats_ngo = models.PositiveSmallIntegerField(_("miejsc organizacji"), null=True, blank=True)
    seats_city_council = models.PositiveSmallIntegerField(_("miejsc Rady Miasta"), null=True, blank=True)
    seats_mayor = models.PositiveSmallIntegerField(_("miejsc Prezydenta"), null=True, blank=True)
    notes = models.TextField(_("uwagi"), blank=True)
    source = models.CharField(_("źródło"), max_length=500, blank=True)
    sources_extra = models.JSONField(_("dalsze źródła"), default=list, blank=True)

    class Meta:
        verbose_name = _("kadencja")
        verbose_name_plural = _("kadencje")
        ordering = ["-number", "-starts_on"]

    def __str__(self):
        return f"{self.body}, kadencja {self.number or self.starts_on}"

    @property
    def seats(self) -> dict[str, int]:
        known = {
            Side.NGO: self.seats_ngo,
            Side.CITY_COUNCIL: self.seats_city_council,
            Side.MAYOR: self.seats_mayor,
        }
        return {side: count for side, count in known.items() if count is not None}


class ElectionSummary(models.Model):
    """What is known of the election to a term."""

    term = models.OneToOneField(Term, models.CASCADE, related_name="election")
    nominations_until = PartialDateField(_("zgłoszenia do"))
    candidates = models.PositiveIntegerField(_("kandydatów"), null=True, blank=True)
    min_endorsements = models.PositiveIntegerField(_("wymagane poparcia"), null=True, blank=True)
    debate_at = models.CharField(_("debata"), max_length=20, blank=True)
    voting_from = PartialDateField(_("głosowanie od"))
    voting_to = PartialDateField(_("głosowanie do"))
    max_choices = models.PositiveIntegerField(_("najwięcej głosów na karcie"), null=True, blank=True)
    results_within_days = models.PositiveIntegerField(_("wyniki w ciągu dni"), null=True, blank=True)
    registered_voters = models.PositiveIntegerField(_("zarejestrowanych organizacji"), null=True, blank=True)
    votes_cast = models.PositiveIntegerField(_("głosów"), null=True, blank=True)
    method = models.CharField(_("jak głosowano"), max_length=300, blank=True)
    eligible = models.CharField(_("kto głosował"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("wybory")
        verbose_name_plural = _("wybory")


class YearActivity(models.Model):
    """Figures of a year of work."""

    body = models.ForeignKey(DialogueBody, models.CASCADE, related_name="activity")
    year = models.PositiveSmallIntegerField(_("rok"))
    acts = models.PositiveIntegerField(_("projektów"), null=True, blank=True)
    positive = models.PositiveIntegerField(_("opinii pozytywnych"), null=True, blank=True)
    abstained = models.PositiveIntegerField(_("odstąpień"), null=True, blank=True)
    not_reviewed = models.PositiveIntegerField(_("bez opinii"), null=True, blank=True)
    plenary_meetings = models.PositiveIntegerField(_("posiedzeń"), null=True, blank=True)

    class Meta:
        verbose_name = _("rok działalności")
        verbose_name_plural = _("lata działalności")
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["body", "year"], name="activity_once_a_year")]


class MembershipQuerySet(models.QuerySet):
    def present(self, on):
        """Memberships in force on a day."""
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=on), Q(ends_on=None) | Q(ends_on__gte=on))


class BodyMembership(models.Model):
    """A person who represents a side in a body. Private contacts are not kept here."""

    body = models.ForeignKey(
        DialogueBody, models.CASCADE, related_name="memberships", verbose_name=_("ciało dialogu")
    )
    term = models.ForeignKey(
        Term, models.SET_NULL, null=True, blank=True, related_name="memberships", verbose_name=_("kadencja")
    )
    side = models.CharField(_("strona"), max_length=20, choices=Side)
    role = models.CharField(_("funkcja"), max_length=20, choices=BodyRole, default=BodyRole.MEMBER)
    is_deputy = models.BooleanField(_("osoba zastępująca"), default=False)
    person_name = models.CharField(
        _("imię i nazwisko"), max_length=120, blank=True, help_text=_("Puste: delegat do wskazania")
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="body_memberships",
        verbose_name=_("organizacja"),
    )
    unit = models.ForeignKey(
        OrganizationalUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("jednostka miejska"),
    )
    nominated_by = models.CharField(_("kto wskazał"), max_length=250, blank=True)
    starts_on = models.DateField(_("od"), null=True, blank=True)
    ends_on = models.DateField(_("do"), null=True, blank=True)
    legal_act = models.CharField(_("akt powołania"), max_length=300, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("członkostwo")
        verbose_name_plural = _("skład")
        ordering = ["side", "role", "pk"]

    def __str__(self):
        return self.person_name or str(_("delegat do wskazania"))


class MeetingQuerySet(models.QuerySet):
    def published(self):
        """Meetings everybody may see: announced ones of public bodies, and those that followed."""
        return self.exclude(state=MeetingState.PLANNED).exclude(body__state=BodyState.FORMING)

    def coming(self):
        return self.filter(state=MeetingState.ANNOUNCED, starts_at__gte=now())


class Meeting(Case):
    """A meeting with its agenda, place and minutes."""

    state_table = workflow.MEETING

    body = models.ForeignKey(
        DialogueBody, models.CASCADE, related_name="meetings", verbose_name=_("ciało dialogu")
    )
    state = models.CharField(
        _("stan"), max_length=20, choices=MeetingState, default=MeetingState.PLANNED, editable=False
    )
    starts_at = models.DateTimeField(_("początek"))
    ends_at = models.DateTimeField(_("koniec"), null=True, blank=True)
    place = models.CharField(_("miejsce"), max_length=250, blank=True)
    online_link = models.URLField(_("odnośnik online"), blank=True)
    accessibility = models.CharField(
        _("dostępność"),
        max_length=300,
        blank=True,
        help_text=_("np. wejście bez progów, pętla indukcyjna, tłumacz PJM na prośbę"),
    )
    agenda = models.TextField(_("porządek obrad"), blank=True, help_text=_("Każdy punkt w osobnym wierszu."))
    is_closed = models.BooleanField(_("zamknięte dla publiczności"), default=False)
    attendance_count = models.PositiveSmallIntegerField(_("obecnych"), null=True, blank=True)
    minutes = models.TextField(_("protokół"), blank=True)
    minutes_published_at = models.DateTimeField(
        _("protokół opublikowano"), null=True, blank=True, editable=False
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("posiedzenie")
        verbose_name_plural = _("posiedzenia")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=models.F("starts_at")),
                name="meeting_ends_after_start",
            ),
        ]

    def __str__(self):
        return f"{self.body}, {local_day(self.starts_at)}"

    @property
    def is_public(self) -> bool:
        return self.state != MeetingState.PLANNED and self.body.is_public

    @property
    def agenda_items(self) -> list[str]:
        return [line.strip() for line in self.agenda.splitlines() if line.strip()]

    @property
    def is_open(self) -> bool:
        return law.is_open_meeting(is_closed_by_notice=self.is_closed)

    def get_absolute_url(self):
        return f"{self.body.get_absolute_url()}#posiedzenie-{self.pk}"

    def facts(self, at: datetime) -> law.MeetingFacts:
        return law.MeetingFacts(
            starts_on=local_day(self.starts_at),
            announced_on=local_day(at),
            notice_days=parameters.days("body_notice", on=local_day(at)),
            has_agenda=bool(self.agenda_items),
            has_place=bool(self.place or self.online_link),
        )


class BodyDocument(models.Model):
    """An opinion, resolution, plan or report of a body, and what the city did with it."""

    body = models.ForeignKey(
        DialogueBody, models.CASCADE, related_name="documents", verbose_name=_("ciało dialogu")
    )
    kind = models.CharField(_("rodzaj"), max_length=20, choices=DocumentKind)
    number = models.CharField(_("numer"), max_length=40, blank=True)
    title = models.CharField(_("tytuł"), max_length=400)
    adopted_on = models.DateField(_("przyjęto"))
    text = models.TextField(_("treść"), blank=True)
    reply = models.CharField(_("odpowiedź miasta"), max_length=20, choices=Reply, default=Reply.AWAITED)
    reply_text = models.TextField(_("co zrobiło miasto"), blank=True)
    reply_due_on = models.DateField(_("odpowiedź do"), null=True, blank=True)
    consultation = models.ForeignKey(
        Consultation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("opinia w konsultacjach"),
        help_text=_("Opinię pokażemy także na stronie tych konsultacji."),
    )
    published_at = models.DateTimeField(_("opublikowano"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("dokument ciała dialogu")
        verbose_name_plural = _("dokumenty ciał dialogu")
        ordering = ["-adopted_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "number"], condition=~Q(number=""), name="body_document_number_once"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}: {self.title}"

    def get_absolute_url(self):
        return f"{self.body.get_absolute_url()}#dokument-{self.pk}"

    @property
    def is_public(self) -> bool:
        return self.published_at is not None and self.body.is_public

    @property
    def is_reply_late(self) -> bool:
        return self.reply == Reply.AWAITED and self.reply_due_on is not None and self.reply_due_on < today()


class OpinionRequest(models.Model):
    """A draft sent to a body for its opinion (R-KRDPP-10)."""

    body = models.ForeignKey(
        DialogueBody, models.CASCADE, related_name="requests", verbose_name=_("ciało dialogu")
    )
    subject = models.CharField(_("przedmiot"), max_length=400)
    unit = models.ForeignKey(
        OrganizationalUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kto prosi"),
    )
    delivered_on = models.DateField(_("doręczono"))
    due_on = models.DateField(_("opinia do"), editable=False)
    outcome = models.CharField(_("wynik"), max_length=30, choices=Outcome, default=Outcome.AWAITED)
    document = models.ForeignKey(
        BodyDocument,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("opinia"),
    )

    class Meta:
        verbose_name = _("prośba o opinię")
        verbose_name_plural = _("prośby o opinię")
        ordering = ["-delivered_on"]

    def __str__(self):
        return self.subject

    @property
    def outcome_now(self) -> str:
        """The outcome as of today: silence past the last day is a waiver."""
        return Outcome(law.outcome_on(self.outcome, due_on=self.due_on, today=today())).label


class PlanItem(models.Model):
    """An item of the yearly work plan."""

    body = models.ForeignKey(
        DialogueBody, models.CASCADE, related_name="plan", verbose_name=_("ciało dialogu")
    )
    year = models.PositiveSmallIntegerField(_("rok"))
    quarter = models.PositiveSmallIntegerField(_("kwartał"), choices=[(n, n) for n in (1, 2, 3, 4)])
    text = models.CharField(_("zadanie"), max_length=300)
    status = models.CharField(_("stan"), max_length=10, choices=PlanStatus, default=PlanStatus.AHEAD)

    class Meta:
        verbose_name = _("punkt planu pracy")
        verbose_name_plural = _("plan pracy")
        ordering = ["year", "quarter", "pk"]

    def __str__(self):
        return self.text
