"""Answering remarks, writing the report, seeing who sent what."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from core.accounts.roles import Role
from core.city.desk import OfficialAdmin
from core.city.scope import has_role, sees_all_units, unit_ids_of
from core.common.clock import now
from core.documents.admin import DocumentsAdminMixin
from core.documents.models import Attachment
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused

from .. import actions
from ..forms.notice import HidingForm, PositionForm
from ..models import Remark, Report, Submission
from ..permissions import EDITORS, may_answer
from ..queries import same_words_count


class AnsweredFilter(admin.SimpleListFilter):
    """By what has to be done with a remark."""

    title = _("stan odpowiedzi")
    parameter_name = "odpowiedz"
    conditions = {
        "brak": Q(position_code="", submission__is_late=False),
        "szkic": ~Q(position_code="") & Q(answered_at=None),
        "opublikowana": Q(answered_at__isnull=False),
        "ukryta": Q(hidden_at__isnull=False),
        "spozniona": Q(submission__is_late=True),
    }

    def lookups(self, request, model_admin):
        return [
            ("brak", _("bez stanowiska")),
            ("szkic", _("stanowisko w szkicu")),
            ("opublikowana", _("stanowisko opublikowane")),
            ("ukryta", _("ukryte")),
            ("spozniona", _("po terminie")),
        ]

    def queryset(self, request, queryset):
        condition = self.conditions.get(self.value())
        return queryset.filter(condition) if condition else queryset


class SameWordsFilter(admin.SimpleListFilter):
    """Remarks whose words more than one has, whoever sent them."""

    title = _("ta sama treść")
    parameter_name = "tresc"

    def lookups(self, request, model_admin):
        return [("powtorzona", _("powtórzona"))]

    def queryset(self, request, queryset):
        return queryset.filter(same_count__gt=1) if self.value() == "powtorzona" else queryset


class OfOwnUnits:
    """Rows of consultations that the person's units run or help to run."""

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if sees_all_units(request.user):
            return rows
        units = unit_ids_of(request.user, *EDITORS)
        return rows.filter(Q(consultation__unit__in=units) | Q(consultation__co_units__in=units)).distinct()


@admin.register(Remark)
class RemarkAdmin(OfOwnUnits, OfficialAdmin):
    """Remarks with the positions; one answer can go to many."""

    form = PositionForm
    editors = EDITORS
    change_form_template = "consultations/admin/remark_form.html"
    list_display = [
        "name",
        "consultation",
        "author",
        "part",
        "excerpt",
        "same_words",
        "position_code",
        "is_answered",
        "is_late",
    ]
    list_filter = [
        AnsweredFilter,
        SameWordsFilter,
        "position_code",
        ("consultation", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["consultation", "submission"]
    search_fields = [
        "proposed_wording",
        "justification",
        "submission__number",
        "submission__organisation_name",
    ]
    actions = ["answer_together", "publish_together"]
    shown = [
        "name",
        "author",
        "channel",
        "part",
        "current_wording",
        "proposed_wording",
        "justification",
        "hidden_reason",
    ]
    fieldsets = [
        (_("Uwaga"), {"fields": shown}),
        (_("Stanowisko"), {"fields": ["position_code", "position", "position_unit"]}),
    ]
    readonly_fields = shown

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(same_count=same_words_count())

    @admin.display(description=_("ta sama treść"), ordering="same_count")
    def same_words(self, obj: Remark) -> str:
        """How many remarks of the consultation say the same, to be answered together."""
        return f"{obj.same_count}×" if obj.same_count > 1 else "–"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return (
            has_role(request.user, Role.CONSULTATION_MANAGER)
            if obj is None
            else may_answer(request.user, obj.consultation)
        )

    @admin.display(description=_("numer"), ordering="number")
    def name(self, obj: Remark) -> str:
        return obj.name

    @admin.display(description=_("od kogo"))
    def author(self, obj: Remark) -> str:
        return (
            obj.submission.organisation_name
            or obj.submission.name
            or str(obj.submission.get_respondent_type_display())
        )

    @admin.display(description=_("sposób złożenia"))
    def channel(self, obj: Remark) -> str:
        return f"{obj.submission.number}, {obj.submission.get_channel_display()}"

    @admin.display(description=_("uwaga"))
    def excerpt(self, obj: Remark) -> str:
        return Truncator(obj.proposed_wording).chars(120)

    @admin.display(description=_("opublikowane"), boolean=True)
    def is_answered(self, obj: Remark) -> bool:
        return obj.is_answered

    @admin.display(description=_("po terminie"), boolean=True)
    def is_late(self, obj: Remark) -> bool:
        return obj.submission.is_late

    def save_model(self, request, obj, form, change):
        data = form.cleaned_data
        fields = {"code": data["position_code"], "position": data["position"], "unit": data["position_unit"]}
        try:
            actions.answer_remarks([obj], **fields, by=request.user, at=now())
        except LawBreached as refused:
            self.tell(request, refused)

    def tell(self, request: HttpRequest, refused: LawBreached) -> None:
        for breach in refused.breaches:
            self.message_user(request, breach.message, messages.ERROR)

    @admin.action(description=_("Daj tę samą odpowiedź"), permissions=["change"])
    def answer_together(self, request, queryset):
        """A page with one position for all the chosen remarks."""
        is_sent = "position" in request.POST
        form = PositionForm(request.POST if is_sent else None)
        if is_sent and form.is_valid():
            data = form.cleaned_data
            fields = {
                "code": data["position_code"],
                "position": data["position"],
                "unit": data["position_unit"],
            }
            try:
                count = actions.answer_remarks(queryset, **fields, by=request.user, at=now())
            except LawBreached as refused:
                self.tell(request, refused)
            except MoveRefused as refused:  # one of them is another unit's
                raise PermissionDenied from refused
            else:
                self.message_user(
                    request, _("Zapisano stanowisko do uwag: %(n)d.") % {"n": count}, messages.SUCCESS
                )
                return None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Ta sama odpowiedź"),
            "form": form,
            "remarks": queryset.select_related("consultation"),
            "action": "answer_together",
        }
        return render(request, "consultations/admin/answer_together.html", context)

    @admin.action(description=_("Opublikuj stanowiska"), permissions=["change"])
    def publish_together(self, request, queryset):
        try:
            count = actions.publish_positions(queryset, by=request.user, at=now())
        except LawBreached as refused:
            self.tell(request, refused)
        except MoveRefused as refused:
            raise PermissionDenied from refused
        else:
            self.message_user(request, _("Opublikowano stanowiska: %(n)d.") % {"n": count}, messages.SUCCESS)

    # --- hiding -----------------------------------------------------------------------------------
    def get_urls(self):
        hide = path(
            "<int:pk>/ukryj/", self.admin_site.admin_view(self.hide_view), name="consultations_remark_hide"
        )
        return [hide, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        obj = self.get_object(request, object_id)
        extra = dict(extra_context or {})
        if obj is not None and may_answer(request.user, obj.consultation):
            extra["hide_url"] = reverse("admin:consultations_remark_hide", args=[obj.pk])
        return super().change_view(request, object_id, form_url, extra)

    @csrf_protect_m
    def hide_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Takes a remark off the public list with a reason, or puts it back."""
        obj = get_object_or_404(self.get_queryset(request).select_related("consultation__unit"), pk=pk)
        if not may_answer(request.user, obj.consultation):
            raise PermissionDenied
        form = HidingForm(request.POST or None)
        if request.method == "POST" and (obj.hidden_at or form.is_valid()):
            if obj.hidden_at:
                actions.show_remark(obj, by=request.user, at=now())
            else:
                actions.hide_remark(obj, reason=form.cleaned_data["reason"], by=request.user, at=now())
            self.message_user(request, _("Zapisano."), messages.SUCCESS)
            return redirect("admin:consultations_remark_change", obj.pk)
        is_hidden = obj.hidden_at is not None
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": obj,
            "form": None if is_hidden else form,
            "title": _("Przywróć uwagę na stronę") if is_hidden else _("Ukryj uwagę"),
            "submit_label": _("Przywróć") if is_hidden else _("Ukryj"),
        }
        return render(request, "consultations/admin/form.html", context)


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
class ReportAdmin(DocumentsAdminMixin, OfficialAdmin):
    """Conclusions, changes and files of a report; the portal adds dates, figures and the table itself."""

    editors = EDITORS
    unit_lookup = "consultation__unit"
    list_display = ["consultation", "is_out"]
    list_select_related = ["consultation"]
    search_fields = ["consultation__title"]
    fields = ["consultation", "conclusions", "changes", "campaign"]
    readonly_fields = ["consultation"]

    @admin.display(description=_("opublikowany"), boolean=True)
    def is_out(self, obj: Report) -> bool:
        return obj.is_public

    def has_add_permission(self, request):
        return False

    def save_model(self, request, obj, form, change):
        actions.save_report(obj, by=request.user, at=now())
