"""What belongs to a notice: stages, forms with their dates, extensions."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.common import formats
from core.common.clock import at_local, now, today
from core.common.fields import PartialDateField
from core.legal.rules import Breach

from .. import law
from ..enums import DUTIES, MEETINGS, FormKind, StageKind
from .consultation import Consultation
from .date_lines import DateLine, write_line


class ConsultationStage(models.Model):
    """One stage of a consultation (R-CNS-07), with dates and results of its own."""

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="stages", verbose_name=_("konsultacje")
    )
    position = models.PositiveSmallIntegerField(_("kolejność"), default=1)
    kind = models.CharField(_("etap"), max_length=20, choices=StageKind, blank=True)
    label = models.CharField(_("nazwa"), max_length=200, blank=True, help_text=_("Puste: nazwa etapu."))
    starts_on = models.DateField(_("od"), null=True, blank=True)
    ends_on = models.DateField(_("do"), null=True, blank=True)
    term_about = PartialDateField(_("termin w przybliżeniu"), help_text=_("Gdy nie ma dni, np. 2026-09."))
    result = models.TextField(_("co z niego wynikło"), blank=True)
    report_published_on = models.DateField(_("raport z etapu"), null=True, blank=True)

    class Meta:
        verbose_name = _("etap")
        verbose_name_plural = _("etapy")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        return self.label or self.get_kind_display()

    def get_report_url(self) -> str:
        return reverse("consultations:stage_report", args=[self.consultation.slug, self.pk])

    @property
    def facts(self) -> law.StageFacts:
        return law.StageFacts(self.kind, self.name, self.starts_on, self.ends_on)

    @property
    def state_now(self) -> str:
        """»done«, »now« or »next« by the clock (R-CNS-07); empty for a stage without dates."""
        return law.stage_state(self.facts, today())


class ConsultationForm(models.Model):
    """One form of consultation (R-CNS-05): a meeting, a duty, a survey; its dates are rows of their own."""

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="forms", verbose_name=_("konsultacje")
    )
    stage = models.ForeignKey(
        ConsultationStage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="forms",
        verbose_name=_("etap"),
    )
    position = models.PositiveSmallIntegerField(_("kolejność"), default=1)
    kind = models.CharField(_("forma"), max_length=20, choices=FormKind)
    label = models.CharField(_("nazwa"), max_length=1000, blank=True, help_text=_("Puste: nazwa formy."))
    place = models.CharField(_("miejsce"), max_length=1000, blank=True)
    online_url = models.URLField(_("adres online"), max_length=500, blank=True)
    phone = models.CharField(_("telefon"), max_length=500, blank=True)
    email = models.CharField(_("e-mail"), max_length=200, blank=True)
    channels = ArrayField(models.TextField(), verbose_name=_("drogi"), default=list, blank=True)
    note = models.TextField(_("uwagi"), blank=True)
    is_step_free = models.BooleanField(_("wejście bez stopni"), null=True, blank=True)
    has_induction_loop = models.BooleanField(_("pętla indukcyjna"), null=True, blank=True)
    has_sign_language = models.BooleanField(_("tłumacz PJM na zgłoszenie"), null=True, blank=True)
    participants_count = models.PositiveIntegerField(_("liczba uczestników"), null=True, blank=True)
    takes_sign_ups = models.BooleanField(
        _("zapisy przez portal"),
        default=False,
        help_text=_("Każdy termin musi mieć dzień i godzinę. Dyżur zapisuje na kolejne rozmowy."),
    )
    seat_limit = models.PositiveSmallIntegerField(
        _("liczba miejsc"), null=True, blank=True, help_text=_("Puste: bez limitu. Nie dotyczy dyżurów.")
    )
    slot_minutes = models.PositiveSmallIntegerField(
        _("jedna rozmowa trwa (minuty)"), null=True, blank=True, help_text=_("Tylko dyżury, np. 20.")
    )

    class Meta:
        verbose_name = _("forma konsultacji")
        verbose_name_plural = _("formy konsultacji")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        return self.label or self.get_kind_display()

    def date_breaches(self, lines: Iterable[DateLine], at: datetime) -> list[Breach]:
        """What is wrong with the dates that this form is to have; the notice once out, their days are bounded."""
        consultation = self.consultation if self.consultation_id else None
        due = None
        if consultation is not None and consultation.has_notice:
            due = consultation.report_due_with(consultation.stages.count())
        rows = self.dates.filter(cancelled_at=None) if self.pk else ()
        return law.date_breaches(
            [line.slot for line in lines],
            before=[row.line.slot for row in rows],
            at=at,
            first=(consultation.campaign_from or consultation.starts_on) if due else None,
            last=due,
        )

    @property
    def short_line(self) -> str:
        """»spotkanie otwarte 17 czerwca«: the next date of a meeting, only the name of what has none."""
        days = (
            [
                d.starts_on
                for d in self.dates.all()
                if d.starts_on and d.starts_on >= today() and not d.cancelled_at
            ]
            if self.is_meeting
            else []
        )
        return f"{self.name} {formats.day(min(days), year=False)}" if days else self.name

    @property
    def is_duty(self) -> bool:
        return self.kind in DUTIES

    @property
    def is_meeting(self) -> bool:
        return self.kind in MEETINGS

    @property
    def is_online(self) -> bool:
        """Online only: hybrid meetings have a place as well."""
        return self.kind == FormKind.ONLINE_MEETING or bool(self.online_url and not self.place)

    @property
    def is_access_described(self) -> bool:
        return None not in (self.is_step_free, self.has_induction_loop, self.has_sign_language)

    @property
    def access(self) -> list[tuple[str, bool]]:
        """What is said about access, as (name, is there)."""
        fields = ("is_step_free", "has_induction_loop", "has_sign_language")
        said = [(self._meta.get_field(name).verbose_name, getattr(self, name)) for name in fields]
        return [(str(name), value) for name, value in said if value is not None]


class FormDate(models.Model):
    """One date of a form; ``text`` keeps how the source or the editor wrote it."""

    form = models.ForeignKey(ConsultationForm, models.CASCADE, related_name="dates", verbose_name=_("forma"))
    position = models.PositiveSmallIntegerField(_("kolejność"), default=1)
    text = models.CharField(_("zapis"), max_length=300, blank=True)
    starts_on = models.DateField(_("dzień"), null=True, blank=True, db_index=True)
    until_on = models.DateField(_("do dnia"), null=True, blank=True)
    from_hour = models.TimeField(_("od godziny"), null=True, blank=True)
    to_hour = models.TimeField(_("do godziny"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("odwołano"), null=True, blank=True, editable=False)
    cancellation_reason = models.CharField(_("powód odwołania"), max_length=300, blank=True, editable=False)
    walk_in_count = models.PositiveSmallIntegerField(_("osoby bez zapisu"), null=True, blank=True)

    class Meta:
        verbose_name = _("termin")
        verbose_name_plural = _("terminy")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text or write_line(self.line)

    def get_absolute_url(self):
        return reverse("consultations:meeting", args=[self.form.consultation.slug, self.pk])

    @property
    def line(self) -> DateLine:
        return DateLine(self.text, self.starts_on, self.until_on, self.from_hour, self.to_hour)

    @property
    def starts(self) -> datetime | date | None:
        """The moment it begins; the day when no hour is known."""
        if self.starts_on and self.from_hour:
            return at_local(self.starts_on, self.from_hour)
        return self.starts_on

    @property
    def ends(self) -> datetime | date | None:
        if self.from_hour is None:
            return self.until_on
        if (
            self.starts_on
            and self.to_hour
            and self.to_hour > self.from_hour
            and self.until_on in (None, self.starts_on)
        ):
            return at_local(self.starts_on, self.to_hour)
        return None

    @property
    def starts_at(self) -> datetime | None:
        """The moment it begins, when day and hour are known."""
        return at_local(self.starts_on, self.from_hour) if self.starts_on and self.from_hour else None

    @property
    def ends_at(self) -> datetime | None:
        ends = self.ends
        return ends if isinstance(ends, datetime) else None

    @property
    def is_over(self) -> bool:
        """Whether its last known moment is past; without hours and on several days the last day counts."""
        is_one_day = self.until_on in (None, self.starts_on)
        if is_one_day and (last := self.ends_at or self.starts_at):
            return last <= now()
        last_day = self.until_on or self.starts_on
        return last_day is not None and last_day < today()


class Extension(models.Model):
    """That the end was moved later, and why (R-CNS-11)."""

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="extensions", verbose_name=_("konsultacje")
    )
    position = models.PositiveSmallIntegerField(_("kolejność"), default=1)
    old_ends_on = models.DateField(_("poprzedni koniec"), null=True, blank=True)
    new_ends_on = models.DateField(_("nowy koniec"), null=True, blank=True)
    text = models.CharField(_("zapis w źródle"), max_length=300, blank=True)
    reason = models.TextField(_("powód"), blank=True)
    extended_at = models.DateTimeField(_("kiedy"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("przedłużenie")
        verbose_name_plural = _("przedłużenia")
        ordering = ["position", "pk"]

    def __str__(self):
        return f"{self.old_ends_on} → {self.new_ends_on}"
