"""Searches of calls that people keep: new calls that fit are told by mail (capability 16 of the portal)."""

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organizations.models import Organization

from ..enums import Alert

SALT = "competitions.saved_search"


class SavedSearchQuerySet(models.QuerySet):
    def visible_to(self, user, organization=None):
        """One's own, and those that people of the organisation one acts for have shared with it."""
        mine = models.Q(user=user)
        return self.filter(mine | models.Q(organization=organization) if organization else mine)

    def due(self, at: datetime):
        return self.filter(is_active=True, next_run_at__lte=at)

    def by_token(self, token: str):
        """The search of a link in a letter; none for a forged one."""
        try:
            return self.filter(pk=signing.loads(token, salt=SALT))
        except signing.BadSignature:
            return self.none()


class SavedSearch(models.Model):
    """Filters of the list of calls as they stand in the address, and how often to write."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_call_searches", verbose_name=_("kto")
    )
    organization = models.ForeignKey(
        Organization,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="saved_call_searches",
        verbose_name=_("udostępniono organizacji"),
    )
    name = models.CharField(_("nazwa"), max_length=120)
    query = models.CharField(_("filtry"), max_length=2000, blank=True)
    alert = models.CharField(_("powiadomienia"), max_length=10, choices=Alert, default=Alert.NOW)
    is_active = models.BooleanField(_("wysyłamy"), default=True)
    created_at = models.DateTimeField(_("zapisano"))
    told_until = models.DateTimeField(_("sprawdzono do"))
    next_run_at = models.DateTimeField(_("następne sprawdzenie"))

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("zapisane wyszukiwanie")
        verbose_name_plural = _("zapisane wyszukiwania")
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["next_run_at"], condition=models.Q(is_active=True), name="saved_search_due")
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The list of calls with the filters of this search."""
        return f"{reverse('competitions:list')}?{self.query}" if self.query else reverse("competitions:list")

    @property
    def token(self) -> str:
        return signing.dumps(self.pk, salt=SALT)
