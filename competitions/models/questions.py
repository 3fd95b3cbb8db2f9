"""Public questions on a call with official answers (R-CALL-17)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .call import Call


class QuestionQuerySet(models.QuerySet):
    def published(self):
        """Questions with an answer; who asked is never shown."""
        return self.filter(answered_at__isnull=False, is_hidden=False)

    def waiting(self):
        return self.filter(answered_at=None, is_hidden=False)


class CallQuestion(models.Model):
    """A question somebody asked, published without the asker once it is answered."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="questions", verbose_name=_("konkurs"))
    text = models.TextField(_("pytanie"), max_length=1500)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("kto pyta"),
    )
    asked_at = models.DateTimeField(_("zadano"), editable=False)
    answer = models.TextField(_("odpowiedź"), max_length=5000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    answered_at = models.DateTimeField(_("odpowiedziano"), null=True, editable=False)
    is_hidden = models.BooleanField(_("nie publikuj"), default=False)
    hidden_reason = models.CharField(_("dlaczego nie publikujemy"), max_length=300, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("pytanie")
        verbose_name_plural = _("pytania i odpowiedzi")
        ordering = ["asked_at", "pk"]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=Q(answered_at=None, is_hidden=False), name="call_question_open"
            )
        ]

    def __str__(self):
        return self.text[:80]
