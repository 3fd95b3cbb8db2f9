"""Calls on the desk: from last year's copy to the notice, and on to the results."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.city.desk import CaseAdmin, OfficialInline
from core.city.desk_fields import FIELDS
from core.common.clock import now
from core.documents.admin import DocumentsAdminMixin
from core.legal.rules import LawBreached

from .. import actions
from ..actions import committee as committee_actions
from ..actions.offers import record_confirmation
from ..enums import EVALUATED, Origin, State
from ..forms import ChangeForm
from ..models import Call, CallBudgetSource, CallBudgetYear, CallCriterion, CallPart, IntakeWindow
from ..permissions import EDITORS, may_prepare, may_run
from ..queries_committee import has_choice
from .acts import Act, ActsMixin
from .call_desk import CallDeskPages
from .forms import CallForm, CardForm, ConfirmationForm, draft_breaches
from .panels import checklist
from .rows import AuditedRowsMixin

READ = "read_number"


class NoticeInline(OfficialInline):
    """Rows of the notice: edited as long as the notice is a draft, not shown later."""

    formfield_overrides = {**FIELDS, models.TextField: {"widget": forms.Textarea(attrs={"rows": 2})}}

    def _may(self, request, obj) -> bool:
        return super()._may(request, obj) and (obj is None or obj.is_notice_editable)


class BudgetYearInline(NoticeInline):
    model = CallBudgetYear


class BudgetSourceInline(NoticeInline):
    model = CallBudgetSource


class PartInline(NoticeInline):
    model = CallPart


class WindowInline(NoticeInline):
    model = IntakeWindow


class CriterionInline(NoticeInline):
    model = CallCriterion


def copy(request: HttpRequest, call: Call, _form: Any) -> Call:
    return actions.copy_call(call, by=request.user, at=now())


def change(request: HttpRequest, call: Call, form: ChangeForm) -> Call:
    actions.change_notice(
        Call.objects.get(pk=call.pk),
        changes=form.changes(),
        reason=form.cleaned_data["reason"],
        publications=form.publications(),
        is_substantive=form.cleaned_data["is_substantive"],
        by=request.user,
        at=now(),
    )
    return call


def results(request: HttpRequest, call: Call, _form: Any) -> Any:
    return actions.open_results(call, by=request.user, at=now())


def confirm_offer(request: HttpRequest, call: Call, form: ConfirmationForm) -> Call:
    data = form.cleaned_data
    offer = form.offer_of(call)
    record_confirmation(offer, way=data["way"], on=data["on"], by=request.user, at=now())
    return call


def open_committee(request: HttpRequest, call: Call, _form: Any) -> Any:
    return committee_actions.open_committee(call, by=request.user, at=now())


def use_card(request: HttpRequest, call: Call, form: CardForm) -> Call:
    data = form.cleaned_data
    committee_actions.use_default_card(
        call,
        strategic=data["strategic"],
        strategic_points=data["strategic_points"] or 0,
        by=request.user,
        at=now(),
    )
    return call


def no_offers(request: HttpRequest, call: Call, _form: Any) -> Call:
    committee_actions.record_no_offers(call, by=request.user, at=now())
    return call


def has_nothing_to_choose(user: Any, call: Call) -> bool:
    """R-CALL-40: the intake is over, and no filed offer is left."""
    return call.state in EVALUATED and may_run(user, call) and not has_choice(call)


@admin.register(Call)
class CallAdmin(CallDeskPages, ActsMixin, AuditedRowsMixin, DocumentsAdminMixin, CaseAdmin):
    form = CallForm
    formfield_overrides = {**FIELDS, models.TextField: {"widget": forms.Textarea(attrs={"rows": 3})}}
    editors = EDITORS
    unit_lookup = "unit"
    change_form_template = "competitions/admin/call_form.html"
    moves = {
        State.DRAFT: actions.start_draft,
        State.INTERNAL_REVIEW: actions.submit_for_review,
        State.PUBLISHED: actions.announce,
        State.FORMAL_EVALUATION: actions.begin_formal_evaluation,
        State.CORRECTIONS: actions.request_corrections,
        State.MERIT_EVALUATION: actions.begin_merit_evaluation,
        State.COMMITTEE_OPINION: actions.record_committee_opinion,
        State.DECIDED: actions.record_decision,
        State.RESULTS_PUBLISHED: actions.publish_results,
        State.CONTRACTING: actions.begin_contracting,
        State.IN_PROGRESS: actions.begin_tasks,
        State.REPORTING: actions.begin_reporting,
        State.SETTLED: actions.settle,
        State.ARCHIVED: actions.archive,
        State.CANCELLED: actions.cancel,
    }
    acts = {
        "kopia": Act(
            _("Skopiuj na następną edycję"), copy, _("Utworzono szkic następnej edycji."), may_prepare
        ),
        "zmiana": Act(
            _("Zmień ogłoszenie"),
            change,
            _("Zmieniono ogłoszenie."),
            lambda user, call: call.state == State.PUBLISHED and may_run(user, call),
            form=ChangeForm,
            template="competitions/admin/change_notice.html",
        ),
        "wyniki": Act(
            _("Wpisz wyniki"),
            results,
            _("Wpisz wyniki. Będą publiczne dopiero po ogłoszeniu."),
            lambda user, call: call.state in EVALUATED and may_run(user, call),
        ),
        "potwierdzenie": Act(
            _("Zapisz potwierdzenie oferty"),
            confirm_offer,
            _("Zapisano potwierdzenie."),
            lambda user, call: call.requires_signed_confirmation and call.is_public and may_run(user, call),
            form=ConfirmationForm,
        ),
        "komisja": Act(
            _("Komisja i ocena"),
            open_committee,
            _("Otwarto pulpit komisji."),
            lambda user, call: call.is_public and call.origin == Origin.PORTAL and may_run(user, call),
        ),
        "karta": Act(
            _("Wstaw domyślną kartę oceny"),
            use_card,
            _("Wstawiono domyślną kartę oceny."),
            lambda user, call: (
                call.is_notice_editable and may_prepare(user, call) and not call.criteria.exists()
            ),
            form=CardForm,
        ),
        "brak-ofert": Act(
            _("Zapisz, że nie ma ofert do wyboru"),
            no_offers,
            _("Zapisano. Konkurs trzeba unieważnić: ogłoś to w trzech miejscach (R-CALL-40)."),
            has_nothing_to_choose,
        ),
    }
    list_display = ["title", "number", "state_label", "unit", "offers_due_at", "budget_total"]
    list_filter = ["state", "mode", "form", ("unit", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["unit"]
    search_fields = ["title", "number", "sphere_label"]
    date_hierarchy = "offers_due_at"
    inlines = [BudgetYearInline, BudgetSourceInline, PartInline, CriterionInline, WindowInline]
    fieldsets = [
        (_("Zadanie"), {"fields": ["state_label", "read_number", "title", "unit", "authority", "mode", "form", "spheres", "place", "task_from", "task_to", "task_period_note", "target_groups"]}),
        (_("W skrócie"), {"fields": ["plain_summary", "description"]}),
        (_("Terminy"), {"fields": ["intake", "offers_due_at", "has_due_hour", "relative_days", "deadline_note", "questions_until", "formal_review_until", "merit_review_until", "results_planned_on", "contracts_until"]}),
        (_("Pieniądze"), {"fields": ["budget_total", "is_budget_approximate", "budget_note", "is_based_on_draft_budget", "min_grant", "max_grant", "min_own_contribution_percent", "own_contribution_note", "max_cofinancing_percent", "admin_cost_percent", "offers_per_applicant", "planned_awards", "prior_funding_current_year", "prior_funding_previous_year", "prior_funding_note"]}),
        (_("Treść ogłoszenia"), {"fields": ["goal", "eligibility", "conditions", "accessibility", "selection_procedure", "minimum_score", "includes_committee_call", "committee_call", "cancellation_reservation", "information_clause"]}),
        (_("Składanie ofert i kontakt"), {"fields": ["submission_system", "submission_url", "attachments_required", "paper_confirmation_deadline", "contact", "contact_system"]}),
        (_("Formularz oferty i potwierdzenie"), {"classes": ["collapse"], "fields": ["answer_limits", "are_indicators_waived", "requires_signed_confirmation", "confirmation_due_at", "confirmation_ways"]}),
        (_("Rzadziej potrzebne"), {"classes": ["collapse"], "fields": ["number", "mode_label", "form_label", "sphere_label", "units", "districts", "summary_en", "summary_uk", "author_name"]}),
    ]  # fmt: skip
    # What a desk page of a published call repeats; the whole notice is on its public page.
    kept_when_published = 4

    def get_readonly_fields(self, request, obj=None):
        """A notice that is out changes only as a new version."""
        always = super().get_readonly_fields(request, obj)
        if obj is None or obj.is_notice_editable:
            return always
        return [
            *always,
            *(name for _title, part in self.fieldsets for name in part["fields"] if name not in always),
        ]

    def get_fieldsets(self, request, obj=None):
        """The number of the version that was read stands only where something can be saved."""
        may_save = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        if may_save and (obj is None or obj.is_notice_editable):
            return self.fieldsets
        return [
            (title, {**part, "fields": [n for n in part["fields"] if n != READ]})
            for title, part in self.fieldsets
        ]

    def view_on_site(self, obj):
        """The public page, once there is one."""
        return obj.get_absolute_url() if obj.is_public else None

    def get_inlines(self, request, obj):
        return self.inlines if obj is None or obj.is_notice_editable else []

    def change_view(self, request, object_id, form_url="", extra_context=None):
        call = self.get_object(request, object_id)
        extra = dict(extra_context or {})
        if call is not None:
            has_rows = call.is_notice_editable
            extra |= {
                "checklist": checklist(call, now()),
                "show_save": has_rows,
                "show_save_and_continue": has_rows,
            }
        return super().change_view(request, object_id, form_url, extra)

    def save_model(self, request, obj, form, change):
        if change and not obj.is_notice_editable:
            return
        save = actions.save_draft if change else actions.open_draft
        try:
            save(obj, by=request.user, at=now())
        except LawBreached as refused:  # announced or saved by somebody else this very second
            raise PermissionDenied(str(refused)) from refused

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        for breach in draft_breaches(form.instance) if form.instance.is_notice_editable else ():
            if breach.is_warning:
                self.message_user(request, breach.message, messages.WARNING)
