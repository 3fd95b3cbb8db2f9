"""News on the desk: own news of a unit, and news sent in that waits for a decision."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.accounts.roles import Role
from core.city.desk import CaseAdmin
from core.city.scope import sees_all_units
from core.common.clock import now
from core.common.formats import day_with_weekday
from core.common.sanitize import text_of
from core.documents.admin import DocumentsAdminMixin

from .. import actions, law
from ..enums import NewsState
from ..models import NewsItem

FACT_FIELDS = ("title", "lead", "event_from", "event_to", "picture_alt", "is_cofinanced", "contract_number")


class NewsForm(forms.ModelForm):
    """For public news the law is asked at once; a draft may be unfinished."""

    def clean(self):
        data = super().clean()
        if data.get("event_from_hour") and not data.get("event_from"):
            self.add_error("event_from", _("Początek wydarzenia: wpisz dzień, skoro podajesz godzinę."))
        if self.instance.is_public:
            for breach in law.news_breaches(self._facts(data)):
                if breach.field in self.fields and breach.field not in self.errors:
                    self.add_error(breach.field, str(breach.message))
        return data

    def _facts(self, data) -> law.NewsFacts:
        known = {name: data.get(name) or "" for name in FACT_FIELDS}
        has_picture = self.instance.facts(now()).has_picture
        return law.NewsFacts(**known, text=text_of(data.get("body") or ""), has_picture=has_picture)


@admin.register(NewsItem)
class NewsItemAdmin(DocumentsAdminMixin, CaseAdmin):
    editors = (Role.UNIT_EDITOR,)
    unit_lookup = "unit"
    form = NewsForm
    list_display = ["title", "category", "state_label", "unit", "organization", "decision_due", "dated_on"]
    list_filter = ["state", "category", ("branch", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["title", "lead"]
    search_help_text = _("Szukaj w tytule i zapowiedzi")
    list_select_related = ["unit", "organization"]
    ordering = ["-pk"]
    raw_id_fields = ["organization"]
    moves = {
        NewsState.PUBLISHED: actions.publish_news,
        NewsState.RETURNED: actions.return_news,
        NewsState.REJECTED: actions.reject_news,
        NewsState.ARCHIVED: actions.archive_news,
    }
    readonly_fields = ["sender", "submitted_at", "decision_due", "decision_reason", "source"]
    fieldsets = [
        (None, {"fields": ["state_label", "title", "category", "lead", "body", "link"]}),
        (
            _("Wydarzenie"),
            {"fields": ["event_from", "event_from_hour", "event_to", "event_to_hour", "place"]},
        ),
        (_("Czego i kogo dotyczy"), {"fields": ["unit", "branch", "district", "organization"]}),
        (_("Współfinansowanie"), {"fields": ["is_cofinanced", "contract_number"]}),
        (_("Obraz i publikacja"), {"fields": ["picture_alt", "author_name"]}),
        (
            _("Zgłoszenie"),
            {"fields": ["sender", "submitted_at", "decision_due", "decision_reason", "source"]},
        ),
    ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Without a unit an editor would lose sight of the own draft."""
        form = super().get_form(request, obj, change, **kwargs)
        if "unit" in form.base_fields:
            form.base_fields["unit"].required = not sees_all_units(request.user)
        return form

    def view_on_site(self, obj: NewsItem) -> str | None:
        """No button to a page that is not there."""
        return obj.get_absolute_url() if obj.is_public else None

    def save_model(self, request, obj, form, change):
        actions.keep_news(obj, by=request.user, at=now())

    @admin.display(description=_("kto przysłał"))
    def sender(self, obj: NewsItem) -> str:
        return str(obj.submitted_by or "") if obj.submitted_at else ""

    @admin.display(description=_("decyzja do"), ordering="submitted_at")
    def decision_due(self, obj: NewsItem) -> str:
        return day_with_weekday(obj.decision_due_on)
