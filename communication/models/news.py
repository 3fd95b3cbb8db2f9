"""News and events of the city, of organisations and of residents (R-COM-01)."""

from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.city.models import Branch, District, OrganizationalUnit
from core.common import formats
from core.common.clock import at_local, local_day, today
from core.common.fields import PartialDateField, RichTextField
from core.common.sanitize import text_of
from core.documents.models import Attachment, Published
from core.legal import parameters
from core.legal.models import Case
from organizations.enums import PUBLIC_STATES
from organizations.models import MatterAccess, Organization

from .. import law, workflow
from ..enums import PUBLIC_NEWS, Category, NewsState, Origin

PICTURES = Q(content_type__startswith="image/")
LATEST_FIRST = (F("dated_on").desc(nulls_last=True), "-pk")


class NewsQuerySet(models.QuerySet):
    def published(self):
        """What everybody may see."""
        return self.filter(state__in=PUBLIC_NEWS)

    def events(self):
        """Published news with a day of an event."""
        return self.published().exclude(event_on=None)

    def submitted(self):
        """Sent in and waiting for a decision."""
        return self.filter(state=NewsState.SUBMITTED)

    def of_author(self, user):
        return self.filter(submitted_by=user)

    def workable_by(self, user):
        """The person's own, those of organisations they act for, and what they are let into to help (R-WEB-14)."""
        own = Q(submitted_by=user, organization=None)
        acted_for = Q(organization__in=Organization.objects.published().of_person(user, today()))
        helped = MatterAccess.objects.ids_for(user, NewsItem, today())
        return self.filter(own | acted_for | Q(pk__in=helped, organization__state__in=PUBLIC_STATES))

    def open_of(self, organization):
        """News of an organisation that came back and is being corrected."""
        return self.filter(organization=organization, state=NewsState.RETURNED)

    def latest_first(self):
        return self.order_by(*LATEST_FIRST)

    def for_list(self):
        return self.select_related("unit", "organization", "branch", "district")


class NewsItem(Case, Published):
    """One piece of news, with an event when it has a day."""

    state_table = workflow.NEWS

    state = models.CharField(
        _("stan"), max_length=20, choices=NewsState, default=NewsState.DRAFT, editable=False
    )
    title = models.CharField(_("tytuł"), max_length=300)
    slug = models.SlugField(_("adres"), max_length=120, unique=True, editable=False)
    category = models.CharField(
        _("rodzaj"), max_length=20, choices=Category, default=Category.ANNOUNCEMENT, db_index=True
    )
    category_label = models.CharField(_("rodzaj w źródle"), max_length=120, blank=True, editable=False)
    lead = models.TextField(
        _("zapowiedź"), blank=True, max_length=1000, help_text=_("Dwa zdania: co, gdzie, dla kogo.")
    )
    body = RichTextField(_("treść"))
    link = models.URLField(_("odnośnik"), max_length=500, blank=True)
    picture_alt = models.CharField(
        _("opis obrazu"),
        max_length=300,
        blank=True,
        help_text=_("Co widać na obrazie, dla osób, które go nie widzą."),
    )

    # when and where
    event_from = PartialDateField(
        _("początek wydarzenia"), help_text=_("Dzień, miesiąc lub rok: 2027-05-03, 2027-05, 2027.")
    )
    event_from_hour = models.TimeField(_("godzina początku"), null=True, blank=True)
    event_to = PartialDateField(_("koniec wydarzenia"))
    event_to_hour = models.TimeField(_("godzina końca"), null=True, blank=True)
    event_on = models.DateField(_("dzień w kalendarzu"), null=True, blank=True, editable=False)
    place = models.CharField(_("miejsce"), max_length=300, blank=True)

    # whose
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="news", verbose_name=_("branża")
    )
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="news", verbose_name=_("dzielnica")
    )
    unit = models.ForeignKey(
        OrganizationalUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="news",
        verbose_name=_("komórka"),
    )
    organization = models.ForeignKey(
        Organization,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="news",
        verbose_name=_("organizacja"),
    )
    is_cofinanced = models.BooleanField(_("zadanie współfinansowane przez miasto"), default=False)
    contract_number = models.CharField(_("numer umowy"), max_length=80, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("kto przysłał"),
    )
    submitted_at = models.DateTimeField(_("przysłano"), null=True, blank=True, editable=False)
    decision_reason = models.TextField(_("powód decyzji"), blank=True, editable=False)

    # whence
    figures = models.JSONField(_("liczby"), default=dict, blank=True, editable=False)
    published_on = PartialDateField(_("data w źródle"), editable=False)
    dated_on = models.DateField(null=True, blank=True, editable=False)
    origin = models.CharField(
        _("pochodzenie"), max_length=20, choices=Origin, default=Origin.PORTAL, editable=False
    )
    fact_id = models.CharField(_("oznaczenie w danych źródłowych"), max_length=80, blank=True, editable=False)
    source = models.CharField(_("źródło"), max_length=1000, blank=True, editable=False)
    sources_extra = models.JSONField(_("dalsze źródła"), default=list, blank=True, editable=False)
    oddities = models.JSONField(_("uwagi do źródła"), default=list, blank=True, editable=False)

    objects = NewsQuerySet.as_manager()

    class Meta:
        verbose_name = _("aktualność")
        verbose_name_plural = _("aktualności")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                *LATEST_FIRST[:1],
                F("id").desc(),
                condition=Q(state__in=PUBLIC_NEWS),
                name="news_public_latest",
            ),
            models.Index(fields=["event_on"], condition=Q(state__in=PUBLIC_NEWS), name="news_public_events"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["fact_id"], condition=~Q(fact_id=""), name="news_fact_once")
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("communication:news", args=[self.slug])

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_NEWS

    @property
    def is_archival(self) -> bool:
        return self.state == NewsState.ARCHIVED

    def get_category_display(self) -> str:
        """The kind in words; for another kind the word of the source."""
        if self.category == Category.OTHER and self.category_label:
            return self.category_label
        return str(Category(self.category).label)

    @property
    def shown_on(self) -> str:
        """The day of publication as far as it is known: of the portal, else of the source."""
        return local_day(self.published_at).isoformat() if self.published_at else self.published_on

    @property
    def shown_figures(self) -> list[tuple[str, str]]:
        """(name in words, value in words) of the figures of an imported record."""
        return [(figure_name(key), figure_value(key, value)) for key, value in self.figures.items()]

    @property
    def has_event(self) -> bool:
        return bool(self.event_from or self.event_to)

    @property
    def event_when(self) -> str:
        """»środa 25 listopada 2026, godz. 12:00–17:00«, as much as is known; »do« before a mere end."""
        if not self.event_from:
            return str(_("do %(day)s") % {"day": self._day_and_hour(self.event_to, self.event_to_hour)})
        first, last = whole_day(self.event_from), whole_day(self.event_to)
        if not self.event_to or self.event_to == self.event_from:
            return self._one_day(first)
        if first and last and not self.event_from_hour and not self.event_to_hour:
            return formats.day_range(first, last)
        ends = (self.event_from, self.event_from_hour), (self.event_to, self.event_to_hour)
        return " – ".join(self._day_and_hour(*end) for end in ends)

    def _one_day(self, first: date | None) -> str:
        day = formats.day_with_weekday(first) if first else formats.partial_date(self.event_from)
        hours = [clock(hour) for hour in (self.event_from_hour, self.event_to_hour) if hour]
        return with_hours(day, "–".join(hours))

    def _day_and_hour(self, partial: str, hour: time | None) -> str:
        return with_hours(formats.partial_date(partial), clock(hour) if hour else "")

    @property
    def event_starts(self) -> date | datetime | None:
        """The moment or the whole day of the calendar; None when the day is not known."""
        if self.event_on is None:
            return None
        hour = self.event_from_hour if self.event_from else self.event_to_hour
        return at_local(self.event_on, hour) if hour else self.event_on

    @property
    def event_ends(self) -> date | datetime | None:
        """The end in the same precision as the start."""
        last = whole_day(self.event_to) or (self.event_on if self.event_to_hour else None)
        if not self.event_from or last is None:
            return None
        hour = self.event_to_hour
        return at_local(last, hour) if hour and isinstance(self.event_starts, datetime) else last

    @property
    def decision_due_on(self) -> date | None:
        """Until when the office decides (R-COM-01); None unless it waits."""
        if self.state != NewsState.SUBMITTED or self.submitted_at is None:
            return None
        on = local_day(self.submitted_at)
        return law.decision_due_on(on, working_days=parameters.days("news_moderation", on=on))

    def facts(self, at: datetime) -> law.NewsFacts:
        return law.NewsFacts(
            title=self.title,
            lead=self.lead,
            text=text_of(self.body or ""),
            event_from=self.event_from,
            event_to=self.event_to,
            has_picture=Attachment.objects.of(self).current().filter(PICTURES).exists(),
            picture_alt=self.picture_alt,
            is_cofinanced=self.is_cofinanced,
            contract_number=self.contract_number,
        )


def clock(hour: time) -> str:
    """»9:30«."""
    return f"{hour.hour}:{hour.minute:02}"


def with_hours(day: str, hours: str) -> str:
    return f"{day}, {_('godz.')}\u00a0{hours}" if hours else day


# Figures of collected news that are amounts in złote; the others are counts.
AMOUNTS = {"amount", "pool", "previous", "yearly_grants"}
FIGURES = {
    "amount": _("Kwota"),
    "pool": _("Pula"),
    "previous": _("Rok wcześniej"),
    "yearly_grants": _("Dotacje rocznie"),
    "organisations": _("Organizacje"),
    "registered": _("Zarejestrowane organizacje"),
    "voted": _("Głosujące organizacje"),
    "nominations": _("Kandydatury"),
    "laureates": _("Laureatki i laureaci"),
    "applications": _("Wnioski"),
    "rejected": _("Odrzucone wnioski"),
    "projects": _("Projekty"),
    "participants": _("Uczestniczki i uczestnicy"),
    "locations": _("Miejsca zbiórki"),
    "places": _("Miejsca"),
    "total": _("Razem od początku"),
    "institutions_previous_year": _("Instytucje rok wcześniej"),
}


def figure_name(key: str) -> str:
    return str(FIGURES.get(key, key.replace("_", " ").capitalize()))


def figure_value(key: str, value: object) -> str:
    """A count, an amount in złote, or the words of the source."""
    if isinstance(value, str) and key in AMOUNTS:
        try:
            return formats.zloty(Decimal(value))
        except InvalidOperation:
            return value
    if isinstance(value, bool) or not isinstance(value, int):
        return str(value)
    return formats.number(value)


def whole_day(partial: str) -> date | None:
    """The day of »2019-05-03«; None for a month, a year, or a day that does not exist."""
    try:
        return date.fromisoformat(partial) if len(partial) == 10 else None
    except ValueError:
        return None


def first_day(partial: str) -> date | None:
    """The first day that a partial date may mean."""
    try:
        return date(*(int(part) for part in [*partial.split("-"), "1", "1"][:3])) if partial else None
    except ValueError:
        return None
