"""Messages to the office on the desk of the coordinator."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.city.desk import CaseAdmin
from core.common.clock import now, today
from core.common.formats import day_with_weekday
from core.common.templatetags.portal import state_tag

from .. import actions, law
from ..enums import OPEN_MESSAGES, MessageState
from ..models import ContactMessage


class MessageForm(forms.ModelForm):
    """The new term is judged while it is typed; the move asks again."""

    def clean_extended_until(self):
        day = self.cleaned_data["extended_until"]
        if day is not None and "extended_until" in self.changed_data:
            self.instance.extended_until = day
            for breach in law.extension_breaches(self.instance.facts(now())):
                raise forms.ValidationError(str(breach.message))
        return day


@admin.register(ContactMessage)
class ContactMessageAdmin(CaseAdmin):
    form = MessageForm
    list_display = ["receipt", "kind", "state_label", "received_at", "due_label"]
    list_filter = ["state", "kind"]
    search_fields = ["text", "page"]
    search_help_text = _("Szukaj w treści i adresie strony")
    ordering = ["-received_at"]
    readonly_fields = ["receipt", "kind", "page", "text", "email", "received_at", "due_label", "answered_at"]
    fieldsets = [
        (None, {"fields": ["receipt", "state_label", "kind", "page", "text", "email", "received_at"]}),
        (
            _("Odpowiedź"),
            {
                "fields": ["due_label", "extended_until", "answer", "answered_at"],
                "description": _("Zapisz odpowiedź, potem wyślij ją przyciskiem na górze strony."),
            },
        ),
    ]
    moves = {
        MessageState.EXTENDED: actions.extend_answer,
        MessageState.ANSWERED: actions.answer_message,
        MessageState.CLOSED: actions.close_message,
    }

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.state in OPEN_MESSAGES)

    @admin.display(description=_("numer"), ordering="number")
    def receipt(self, obj: ContactMessage) -> str:
        return obj.receipt

    @admin.display(description=_("odpowiedź do"), ordering="due_on")
    def due_label(self, obj: ContactMessage):
        until = obj.runs_until
        if until is None or obj.state not in OPEN_MESSAGES:
            return day_with_weekday(until)
        return state_tag("error" if law.is_late(until, today=today()) else "waiting", day_with_weekday(until))
