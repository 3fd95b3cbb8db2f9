"""Subscribers, issues of the newsletter and their items (R-COM-02)."""

import secrets
from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.common import formats
from core.common.clock import local, local_day
from core.legal.models import Case

from .. import law, workflow
from ..enums import PUBLIC_ISSUES, IssueState, Section, SubscriberState, Topic

BATCH = "newsletter:{}"


def letter_key(issue_id: int, subscriber_id: int) -> str:
    """The key of one letter of an issue in the outbox; it stands there once."""
    return f"newsletter:{issue_id}:{subscriber_id}"


def random_token() -> str:
    return secrets.token_urlsafe(32)


def all_topics() -> list[str]:
    return list(Topic.values)


class SubscriberQuerySet(models.QuerySet):
    def active(self):
        """Confirmed and not ended: who gets letters."""
        return self.filter(state=SubscriberState.ACTIVE)

    def with_address(self, email: str):
        return self.filter(email__iexact=email)

    def due_for(self, issue: "NewsletterIssue"):
        """Recipients of an issue that is going out: confirmed before it began."""
        return self.active().filter(confirmed_at__lte=issue.started_at).order_by("pk")


class Subscriber(models.Model):
    """One address of the newsletter and what it wants. Each token has a single purpose."""

    email = models.EmailField(_("adres e-mail"), max_length=254)
    state = models.CharField(
        _("stan"), max_length=10, choices=SubscriberState, default=SubscriberState.PENDING, editable=False
    )
    topics = ArrayField(
        models.CharField(max_length=20, choices=Topic), verbose_name=_("tematy"), default=all_topics
    )
    branches = ArrayField(models.CharField(max_length=50), verbose_name=_("branże"), default=list, blank=True)
    districts = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("dzielnice"), default=list, blank=True
    )
    wants_html = models.BooleanField(_("z układem i przyciskami"), default=True)
    # Only a digest: the link stands in one letter, nobody needs to write it again.
    confirm_digest = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    settings_token = models.CharField(max_length=64, unique=True, default=random_token, editable=False)
    unsubscribe_token = models.CharField(max_length=64, unique=True, default=random_token, editable=False)
    asked_at = models.DateTimeField(_("poproszono"), editable=False)
    confirmed_at = models.DateTimeField(_("potwierdzono"), null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("wypisano"), null=True, blank=True, editable=False)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("odbiorca newslettera")
        verbose_name_plural = _("odbiorcy newslettera")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="subscriber_email_once"),
            models.CheckConstraint(
                condition=~Q(state=SubscriberState.ACTIVE) | Q(confirmed_at__isnull=False),
                name="subscriber_active_is_confirmed",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state=SubscriberState.ACTIVE), name="subscriber_active")
        ]

    def __str__(self):
        return f"…@{self.email.rpartition('@')[2]}"

    def get_settings_url(self) -> str:
        return reverse("communication:settings", args=[self.settings_token])

    def get_unsubscribe_url(self) -> str:
        return reverse("communication:unsubscribe", args=[self.unsubscribe_token])

    @property
    def wishes(self) -> tuple:
        """What the letter depends on; equal wishes get the same letter."""
        return tuple(self.topics), tuple(self.branches), tuple(self.districts), self.wants_html


class IssueQuerySet(models.QuerySet):
    def published(self):
        """The web archive: issues on their way or sent."""
        return self.filter(state__in=PUBLIC_ISSUES)


class NewsletterIssue(Case):
    """One letter to all subscribers, assembled from what the portal has."""

    state_table = workflow.ISSUE

    state = models.CharField(
        _("stan"), max_length=10, choices=IssueState, default=IssueState.DRAFT, editable=False
    )
    slug = models.SlugField(_("adres"), max_length=60, unique=True, editable=False)
    subject = models.CharField(
        _("temat listu"),
        max_length=200,
        blank=True,
        help_text=_("Puste: najpilniejszy fakt z wydania, dla każdego z jego tematów."),
    )
    intro = models.TextField(_("wstęp"), max_length=1500, blank=True)
    scheduled_at = models.DateTimeField(
        _("wyślij o"),
        null=True,
        blank=True,
        help_text=_("Puste: wyślesz przyciskiem. Z momentem: gotowe wydanie wyjdzie samo."),
    )
    covers_from = models.DateTimeField(_("treści od"), editable=False)
    assembled_at = models.DateTimeField(_("zebrano treści"), null=True, blank=True, editable=False)
    started_at = models.DateTimeField(_("początek wysyłki"), null=True, blank=True, editable=False)
    filled_up_to = models.BigIntegerField(default=0, editable=False)
    filled_at = models.DateTimeField(_("wszystkie listy w kolejce"), null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("koniec wysyłki"), null=True, blank=True, editable=False)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("wydanie newslettera")
        verbose_name_plural = _("newsletter")
        ordering = ["-covers_from", "-pk"]
        indexes = [models.Index(fields=["state", "scheduled_at"])]

    def __str__(self):
        return str(_("List do organizacji, %(day)s") % {"day": formats.day_with_weekday(self.shown_on)})

    def get_absolute_url(self):
        return reverse("communication:issue", args=[self.slug])

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_ISSUES

    @property
    def shown_on(self):
        """The day the letter carries."""
        return local_day(self.started_at or self.scheduled_at or self.assembled_at or self.covers_from)

    @property
    def batch(self) -> str:
        """The name of its letters in the outbox."""
        return BATCH.format(self.pk)

    @property
    def is_editable(self) -> bool:
        return self.state == IssueState.DRAFT

    def facts(self, at: datetime) -> law.IssueFacts:
        return law.IssueFacts(
            item_count=self.items.count(),
            recipient_count=Subscriber.objects.active().count(),
            scheduled_at=self.scheduled_at,
            at=at,
        )


class IssueItem(models.Model):
    """One line of an issue: what, when, for whom. Its words about time are made when it is read."""

    issue = models.ForeignKey(
        NewsletterIssue, models.CASCADE, related_name="items", verbose_name=_("wydanie")
    )
    section = models.CharField(_("część listu"), max_length=20, choices=Section)
    topic = models.CharField(_("temat"), max_length=20, choices=Topic)
    position = models.PositiveSmallIntegerField(_("kolejność"), default=0)
    over = models.CharField(_("nad tytułem"), max_length=120, blank=True)
    title = models.CharField(_("tytuł"), max_length=500)
    text = models.CharField(_("opis"), max_length=500, blank=True)
    url = models.CharField(_("adres w portalu"), max_length=500)
    happens_at = models.DateTimeField(_("kiedy"), null=True, blank=True)
    ends_at = models.DateTimeField(_("do kiedy"), null=True, blank=True)
    has_hour = models.BooleanField(_("ma godzinę"), default=True)
    is_deadline = models.BooleanField(_("to termin"), default=False)
    branches = ArrayField(models.CharField(max_length=50), verbose_name=_("branże"), default=list, blank=True)
    districts = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("dzielnice"), default=list, blank=True
    )

    class Meta:
        verbose_name = _("pozycja wydania")
        verbose_name_plural = _("pozycje wydania")
        ordering = ["section", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["issue", "section", "url"], name="issue_item_once")]

    def __str__(self):
        return self.title

    @property
    def leaf_on(self):
        """The day on the leaf beside the item: of a deadline the last minute, of an event the hour if known."""
        if self.happens_at is None:
            return None
        if self.is_deadline:
            return formats.closing(self.happens_at)
        return local(self.happens_at) if self.has_hour else local_day(self.happens_at)

    def is_soon(self, at: datetime) -> bool:
        return bool(
            self.is_deadline and self.happens_at and self.happens_at - at <= timedelta(days=3, hours=12)
        )

    def when(self, at: datetime) -> str:
        """»jutro, do godz. 12:00« or the whole date, as seen at a moment."""
        if self.happens_at is None:
            return ""
        on = local_day(self.leaf_on) if self.has_hour else self.leaf_on
        left = (on - local_day(at)).days
        near = {0: _("dziś"), 1: _("jutro")}.get(left)
        if not self.has_hour:
            return str(near or formats.day_with_weekday(self.leaf_on))
        if near is None:
            return formats.moment(self.leaf_on)
        words = _("%(day)s, do godz. %(hour)s") if self.is_deadline else _("%(day)s, godz. %(hour)s")
        return str(words % {"day": near, "hour": formats.hour(self.leaf_on)})

    def is_for(self, subscriber_wishes: tuple) -> bool:
        topics, branches, districts = subscriber_wishes[:3]
        return law.is_wanted(
            topic=self.topic,
            branches=self.branches,
            districts=self.districts,
            wanted_topics=topics,
            wanted_branches=branches,
            wanted_districts=districts,
        )
