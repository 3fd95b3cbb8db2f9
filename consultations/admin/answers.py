"""Who sent what, and the report."""

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from core.city.desk import OfficialAdmin
from core.common.clock import now
from core.documents.admin import DocumentsAdminMixin
from core.documents.models import Attachment

from .. import actions
from ..models import Report, Submission
from ..permissions import EDITORS
from .remarks import OfOwnUnits
from .report_desk import ReportPreview


@admin.register(Submission)
class SubmissionAdmin(OfOwnUnits, OfficialAdmin):
    """Who sent what and how to answer; personal data, so only the units concerned see it, and nobody edits it."""

    editors = EDITORS
    list_display = [
        "number",
        "consultation",
        "respondent_type",
        "organisation_name",
        "name",
        "channel",
        "received_at",
        "is_late",
    ]
    list_filter = [
        "channel",
        "respondent_type",
        "is_late",
        ("consultation", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["consultation"]
    search_fields = ["number", "organisation_name", "name", "email"]
    fields = [
        "number", "consultation", "respondent_type", "organization", "organisation_name", "name",
        "email", "district", "channel", "file_list",
        "may_publish_name", "wants_report", "wants_survey", "received_at", "is_late", "edited_at", "withdrawn_at", "entered_by",
    ]  # fmt: skip
    readonly_fields = fields

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description=_("załączniki"))
    def file_list(self, obj: Submission) -> str:
        files = Attachment.objects.of(obj).current()
        rows = ((file.get_absolute_url(), file.original_name) for file in files)
        return format_html_join(mark_safe("<br>"), '<a href="{}">{}</a>', rows) or "–"


@admin.register(Report)
class ReportAdmin(ReportPreview, DocumentsAdminMixin, OfficialAdmin):
    """Conclusions, changes and files of a report; the portal adds dates, figures and the table itself."""

    editors = EDITORS
    unit_lookup = "consultation__unit"
    list_display = ["consultation", "is_out"]
    list_select_related = ["consultation"]
    search_fields = ["consultation__title"]
    fields = ["consultation", "course", "officials", "campaign", "conclusions", "changes", "what_next"]
    readonly_fields = ["consultation"]

    @admin.display(description=_("opublikowany"), boolean=True)
    def is_out(self, obj: Report) -> bool:
        return obj.is_public

    def has_add_permission(self, request):
        return False

    def save_model(self, request, obj, form, change):
        actions.save_report(obj, by=request.user, at=now())
