"""Answering questions on calls."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.city.desk import OfficialAdmin
from core.common.clock import now

from .. import actions
from ..forms import AnswerForm
from ..models import CallQuestion
from ..permissions import EDITORS, may_prepare
from .acts import Act, ActsMixin, ReasonForm


def hide(request, question: CallQuestion, form: ReasonForm) -> CallQuestion:
    return actions.hide_question(question, reason=form.cleaned_data["reason"], by=request.user, at=now())


@admin.register(CallQuestion)
class CallQuestionAdmin(ActsMixin, OfficialAdmin):
    form = AnswerForm
    editors = EDITORS
    unit_lookup = "call__unit"
    change_form_template = "competitions/admin/acts_form.html"
    list_display = ["text", "call", "asked_at", "answered_at", "is_hidden"]
    list_filter = [("answered_at", admin.EmptyFieldListFilter), "is_hidden"]
    list_select_related = ["call"]
    search_fields = ["text", "call__title"]
    readonly_fields = ["call", "text", "asked_at", "answered_at", "is_hidden", "hidden_reason"]
    fields = ["call", "text", "asked_at", "answer", "answered_at", "is_hidden", "hidden_reason"]
    acts = {
        "ukryj": Act(
            _("Nie publikuj pytania"),
            hide,
            _("Pytanie nie będzie opublikowane."),
            lambda user, question: (
                question.answered_at is None and not question.is_hidden and may_prepare(user, question.call)
            ),
            form=ReasonForm,
        )
    }

    def has_add_permission(self, request):
        return False

    def save_model(self, request, obj, form, change):
        actions.answer_question(obj, answer=form.cleaned_data["answer"], by=request.user, at=now())
