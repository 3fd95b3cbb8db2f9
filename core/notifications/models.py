"""The outbox of mails, the reminders, and who follows what."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.common.subjects import AboutSubject, SubjectQuerySet

from .enums import GATHERED, MailState


class OutboxQuerySet(models.QuerySet):
    def waiting(self, at):
        """Letters to be sent now, the oldest first."""
        return self.filter(state=MailState.QUEUED, due_at__lte=at).order_by("due_at", "pk")

    def single(self):
        return self.filter(batch="")

    def mass(self):
        return self.exclude(batch="")


class OutboxMail(models.Model):
    """One mail to one address. ``key`` makes a second run add nothing."""

    key = models.CharField(_("klucz"), max_length=200, unique=True)
    kind = models.CharField(_("rodzaj"), max_length=60)
    batch = models.CharField(_("paczka"), max_length=80, blank=True, db_index=True)
    to = models.EmailField(_("do"), max_length=254)
    subject = models.CharField(_("temat"), max_length=300)
    text = models.TextField(_("treść"), blank=True)
    html = models.TextField(_("treść HTML"), blank=True)
    headers = models.JSONField(_("nagłówki"), default=dict, blank=True)
    state = models.CharField(_("stan"), max_length=20, choices=MailState, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("próby"), default=0)
    due_at = models.DateTimeField(_("nie wcześniej niż"))
    claimed_at = models.DateTimeField(_("pobrano"), null=True, blank=True)
    sent_at = models.DateTimeField(_("wysłano"), null=True, blank=True)
    error = models.CharField(_("błąd"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("utworzono"), auto_now_add=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("list w kolejce")
        verbose_name_plural = _("listy w kolejce")
        ordering = ["-pk"]
        indexes = [
            # single letters go before mass mail, so each has its own short index of what waits
            models.Index(
                fields=["due_at", "id"], name="outbox_waiting", condition=models.Q(state="queued", batch="")
            ),
            models.Index(
                fields=["due_at", "id"],
                name="outbox_waiting_mass",
                condition=models.Q(state="queued") & ~models.Q(batch=""),
            ),
            models.Index(fields=["state", "claimed_at"], name="outbox_state"),
        ]

    def __str__(self):
        return self.subject


class Follow(AboutSubject):
    """A person follows a record: reminders and changes come by mail."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows", verbose_name=_("osoba")
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("obserwowana sprawa")
        verbose_name_plural = _("obserwowane sprawy")
        constraints = [
            models.UniqueConstraint(fields=["user", "subject_kind", "subject_id"], name="followed_once")
        ]
        indexes = [models.Index(fields=["subject_kind", "subject_id"])]

    def __str__(self):
        return f"{self.subject_kind} {self.subject_id}"


class ReminderQuerySet(SubjectQuerySet):
    def waiting(self):
        """Neither sent nor skipped yet."""
        return self.filter(sent_at=None, skipped_at=None)

    def due(self, at):
        return self.waiting().filter(due_at__lte=at)


class Reminder(AboutSubject):
    """A mail that is due to a person at a moment. A moved deadline moves it; a sent one stays.

    ``kind`` may end in a step: »call_deadline:7« is the letter seven days before. While the letter is
    written, ``about`` is the record itself.
    """

    about: models.Model | None = None

    kind = models.CharField(_("rodzaj"), max_length=60)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminders", verbose_name=_("osoba")
    )
    due_at = models.DateTimeField(_("kiedy"))
    expires_at = models.DateTimeField(_("ma sens do"))
    sent_at = models.DateTimeField(_("wysłano"), null=True, blank=True)
    skipped_at = models.DateTimeField(_("pominięto"), null=True, blank=True)
    skipped_because = models.CharField(_("dlaczego pominięto"), max_length=200, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("przypomnienie")
        verbose_name_plural = _("przypomnienia")
        ordering = ["due_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "subject_kind", "subject_id"], name="reminded_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], name="reminder_waiting", condition=models.Q(sent_at=None, skipped_at=None)
            ),
        ]

    def __str__(self):
        return self.kind

    @property
    def topic(self) -> str:
        """The kind without its step, as registered and as switched off in the settings."""
        return self.kind.partition(":")[0]

    @property
    def step(self) -> int | None:
        """The number after the colon, or None."""
        number = self.kind.partition(":")[2]
        return int(number) if number else None


class Mute(models.Model):
    """A kind of notification a person does not want."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mutes", verbose_name=_("osoba")
    )
    kind = models.CharField(_("rodzaj"), max_length=60)

    class Meta:
        verbose_name = _("wyłączone powiadomienie")
        verbose_name_plural = _("wyłączone powiadomienia")
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="muted_once")]

    def __str__(self):
        return self.kind


class Rhythm(models.Model):
    """That letters of a kind come to a person gathered, once a day or once a week."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="rhythms", verbose_name=_("osoba")
    )
    kind = models.CharField(_("rodzaj"), max_length=60)
    rhythm = models.CharField(_("jak często"), max_length=10, choices=GATHERED)

    class Meta:
        verbose_name = _("rytm powiadomień")
        verbose_name_plural = _("rytmy powiadomień")
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="rhythm_once")]

    def __str__(self):
        return self.kind


class NoticeQuerySet(models.QuerySet):
    def unread(self):
        return self.filter(read_at=None)

    def for_digest(self, rhythm: str, before):
        """Gathered before a moment and neither told yet nor read on the portal."""
        return self.filter(rhythm=rhythm, digested_at=None, created_at__lt=before)


class Notice(models.Model):
    """What a letter says, kept on the portal for the person; gathered ones wait here for their digest."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("osoba")
    )
    key = models.CharField(_("klucz"), max_length=200, unique=True)
    kind = models.CharField(_("rodzaj"), max_length=60)
    title = models.CharField(_("tytuł"), max_length=300)
    text = models.CharField(_("treść"), max_length=300, blank=True)
    url = models.CharField(_("adres"), max_length=500, blank=True)
    action = models.CharField(_("następny krok"), max_length=60, blank=True)
    rhythm = models.CharField(_("jak często"), max_length=10, choices=GATHERED, blank=True)
    created_at = models.DateTimeField(_("kiedy"))
    read_at = models.DateTimeField(_("przeczytano"), null=True, blank=True)
    digested_at = models.DateTimeField(_("wysłano w zestawieniu"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("powiadomienie")
        verbose_name_plural = _("powiadomienia")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="notice_of_person"),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="notice_unread"),
            models.Index(
                fields=["rhythm", "user"],
                condition=models.Q(digested_at=None) & ~models.Q(rhythm=""),
                name="notice_to_gather",
            ),
        ]

    def __str__(self):
        return self.title


class Heartbeat(models.Model):
    """When the scheduler last gave a sign of life."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("znak życia")
        verbose_name_plural = _("znaki życia")

    def __str__(self):
        return self.name
