"""Calls on the desk: from last year's copy to the notice, and on to the results."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from consultations.models import Consultation
from core.city.desk import CaseAdmin
from core.city.desk_fields import FIELDS
from core.city.scope import scoped
from core.common.clock import now
from core.documents.admin import DocumentsAdminMixin
from core.legal.rules import LawBreached

from .. import actions
from ..enums import EVALUATED, State
from ..models import Call
from ..permissions import EDITORS, may_prepare, may_run
from .acts import Act, ActsMixin
from .call_acts import MORE_ACTS
from .call_desk import CallDeskPages
from .change_form import ChangeForm
from .forms import CallForm, draft_breaches
from .inlines import INLINES
from .offer_acts import OFFER_ACTS
from .panels import checklist, deadline_words
from .preview import PreviewMixin
from .rows import AuditedRowsMixin
from .steps import FOLDED, STEPS, after, shown_steps, step_of

READ = "read_number"
STEP = "krok"


def copy(request: HttpRequest, call: Call, _form: Any) -> Call:
    return actions.copy_call(call, by=request.user, at=now())


def change(request: HttpRequest, call: Call, form: ChangeForm) -> Call:
    actions.change_notice(
        Call.objects.get(pk=call.pk),
        changes=form.changes(),
        rows=form.row_changes(),
        reason=form.cleaned_data["reason"],
        publications=form.publications(),
        is_substantive=form.cleaned_data["is_substantive"],
        by=request.user,
        at=now(),
    )
    return call


def results(request: HttpRequest, call: Call, _form: Any) -> Any:
    return actions.open_results(call, by=request.user, at=now())


@admin.register(Call)
class CallAdmin(CallDeskPages, PreviewMixin, ActsMixin, AuditedRowsMixin, DocumentsAdminMixin, CaseAdmin):
    """A draft is edited in steps (``?krok=pieniadze``); ``?krok=calosc`` shows the whole form."""

    form = CallForm
    formfield_overrides = {
        **FIELDS,
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 3})},
        models.DecimalField: {"localize": True},
    }
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
        **OFFER_ACTS,
        **MORE_ACTS,
    }
    list_display = ["title", "number", "state_label", "unit", "offers_due_at", "budget_total"]
    list_filter = ["state", "mode", "form", ("unit", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["unit"]
    search_fields = ["title", "number", "sphere_label"]
    date_hierarchy = "offers_due_at"
    inlines = list(INLINES.values())
    # What a desk page of a published call repeats; the whole notice is on its public page.
    kept_when_published = 4

    def get_readonly_fields(self, request, obj=None):
        """A notice that is out changes only as a new version."""
        always = super().get_readonly_fields(request, obj)
        if obj is None or obj.is_notice_editable:
            return always
        shown = (name for step in STEPS for _title, names in step.groups for name in flat(names))
        return [*always, *(name for name in shown if name not in always)]

    def current_step(self, request, obj):
        """The step of the address; the whole notice when it is asked for or can only be read."""
        if obj is None:
            return STEPS[0]
        return step_of(request.GET.get(STEP)) if obj.is_notice_editable else None

    def get_fieldsets(self, request, obj=None):
        """The fields of the step; the number of the version that was read only where something can be saved."""
        step = self.current_step(request, obj)
        groups = [group for one in ([step] if step else STEPS) for group in one.groups]
        may_save = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        read = [READ] if may_save and (obj is None or obj.is_notice_editable) else []
        (title, names), *others = groups
        first = (title, {"fields": [*read, *names]})
        return [first, *(group_of(title, names) for title, names in others)]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Plain lists, which need no script: calls of the own units, consultations everybody may see."""
        if db_field.name == "previous_edition":
            rows = scoped(Call.objects.published(), request.user, "unit", *self.editors)
            kwargs["queryset"] = rows.order_by("-dated_on", "-pk")
        elif db_field.name == "consultation":
            kwargs["queryset"] = Consultation.objects.published().order_by("title")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def view_on_site(self, obj):
        """The public page, once there is one."""
        return obj.get_absolute_url() if obj.is_public else None

    def get_inlines(self, request, obj):
        if obj is not None and not obj.is_notice_editable:
            return []
        step = self.current_step(request, obj)
        return [INLINES[name] for name in step.rows] if step else self.inlines

    def change_view(self, request, object_id, form_url="", extra_context=None):
        call = self.get_object(request, object_id)
        extra = dict(extra_context or {})
        if call is not None:
            is_editable, step = call.is_notice_editable, self.current_step(request, call)
            extra |= {
                "checklist": checklist(call, now()),
                "show_save": is_editable,
                "show_save_and_continue": is_editable,
                "steps": shown_steps(call.facts(now()).filled, step) if is_editable else [],
                "step": step,
                "next_step": after(step) if step else None,
                "deadline_words": deadline_words(call.facts(now())) if step and step.key == "nabor" else "",
            }
        return super().change_view(request, object_id, form_url, extra)

    def response_add(self, request, obj, post_url_continue=None):
        """A new draft goes on with its second step."""
        self.message_user(request, _("Zapisano szkic. Uzupełnij kolejne części."), messages.SUCCESS)
        return redirect(f"{self._change_url(obj)}?{STEP}={STEPS[1].key}")

    def response_change(self, request, obj):
        """»Zapisz i przejdź dalej« leads to the next step, »Zapisz« stays in this one."""
        step = self.current_step(request, obj)
        if step is None or not {"_save", "next_step"} & set(request.POST):
            return super().response_change(request, obj)
        self.message_user(request, _("Zapisano szkic."), messages.SUCCESS)
        key = request.POST.get("next_step") or step.key
        return redirect(f"{self._change_url(obj)}?{STEP}={(step_of(key) or step).key}")

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


def group_of(title, names) -> tuple:
    """A group of fields; the rare ones are folded."""
    return title, {"fields": list(names), **({"classes": ["collapse"]} if title is FOLDED else {})}


def flat(names) -> list[str]:
    """Names of fields, those that share a line one by one."""
    return [name for group in names for name in ((group,) if isinstance(group, str) else group)]
