"""The outbox and the reminders on the officials' desk: read only, with two ways out for a doubtful letter."""

from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.city.desk import OfficialAdmin
from core.city.scope import EDITING, has_role
from core.common.clock import now
from core.common.formats import counted
from core.common.templatetags.portal import state_tag

from . import actions
from .enums import ACCOUNT_KIND, MailState
from .models import OutboxMail, Reminder
from .preferences import KINDS

# key of the look of a state, see ``state_tag``
LOOKS = {
    MailState.QUEUED: "waiting",
    MailState.CLAIMED: "running",
    MailState.ATTEMPTING: "running",
    MailState.SENT: "done",
    MailState.UNCERTAIN: "alert",
    MailState.FAILED: "error",
    MailState.DROPPED: "off",
}
BATCHES_OFFERED = 20


class ReadOnlyAdmin(OfficialAdmin):
    """Coordinators and auditors look; nobody types."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class BatchFilter(admin.SimpleListFilter):
    """The latest mailings."""

    title = gettext_lazy("paczka")
    parameter_name = "batch"

    def lookups(self, request, model_admin):
        rows = OutboxMail.objects.mass().order_by("batch").values_list("batch", flat=True).distinct()
        return [(batch, batch) for batch in rows.reverse()[:BATCHES_OFFERED]]

    def queryset(self, request, queryset):
        return queryset.filter(batch=self.value()) if self.value() else queryset


@admin.register(OutboxMail)
class OutboxMailAdmin(ReadOnlyAdmin):
    list_filter = ("state", "kind", BatchFilter)
    search_help_text = gettext_lazy("Szukaj po początku klucza listu, np. remark:12")
    actions = ("send_again", "take_as_sent")

    # --- who sees what ------------------------------------------------------------------------
    def has_decide_permission(self, request) -> bool:
        """Those who answer for all letters; others do not see to whom they went."""
        return has_role(request.user, *EDITING)

    def get_search_fields(self, request):
        return (
            ("key__startswith", "to__iexact") if self.has_decide_permission(request) else ("key__startswith",)
        )

    def _recipient(self, request) -> str:
        return "to" if self.has_decide_permission(request) else "masked_address"

    def get_list_display(self, request):
        address = self._recipient(request)
        return ("subject", "state_label", "kind", "batch", address, "due_at", "attempts", "sent_at", "reason")

    def get_fields(self, request, obj=None):
        is_text_shown = obj is not None and obj.kind != ACCOUNT_KIND and self.has_decide_permission(request)
        return [*self.get_list_display(request), "key", "created_at", *(["text"] if is_text_shown else [])]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("html", "headers")

    # --- columns ------------------------------------------------------------------------------
    @admin.display(description=gettext_lazy("stan"), ordering="state")
    def state_label(self, obj: OutboxMail):
        return state_tag(LOOKS[obj.state], obj.get_state_display())

    @admin.display(description=gettext_lazy("do"))
    def masked_address(self, obj: OutboxMail) -> str:
        return f"…@{obj.to.rpartition('@')[2]}"

    @admin.display(description=gettext_lazy("powód"))
    def reason(self, obj: OutboxMail) -> str:
        return _(obj.error) if obj.error else ""

    # --- the two ways out of doubt ------------------------------------------------------------
    @admin.action(description=gettext_lazy("Wyślij ponownie"), permissions=["decide"])
    def send_again(self, request, queryset):
        done = [actions.send_again(mail, by=request.user, at=now()) for mail in queryset]
        self._tell(request, done, _("Do ponownego wysłania"), _("niepewny albo odrzucony i ma jeszcze treść"))

    @admin.action(description=gettext_lazy("Uznaj za wysłaną"), permissions=["decide"])
    def take_as_sent(self, request, queryset):
        done = [actions.take_as_sent(mail, by=request.user, at=now()) for mail in queryset]
        self._tell(request, done, _("Uznano za wysłane"), _("niepewny"))

    def _tell(self, request, done: list[bool], verb: str, condition: str) -> None:
        letters = _("list|listy|listów")
        if any(done):
            self.message_user(request, f"{verb}: {counted(sum(done), letters)}.", messages.SUCCESS)
        if not all(done):
            left = {"letters": counted(done.count(False), letters), "condition": condition}
            text = (
                _("Pominięto %(letters)s: można to zrobić tylko z listem, który jest %(condition)s.") % left
            )
            self.message_user(request, text, messages.WARNING)


class ReminderStateFilter(admin.SimpleListFilter):
    title = gettext_lazy("stan")
    parameter_name = "stan"

    def lookups(self, request, model_admin):
        return [("waiting", _("czeka")), ("sent", _("wysłano")), ("skipped", _("pominięto"))]

    def queryset(self, request, queryset):
        if self.value() == "waiting":
            return queryset.waiting()
        if self.value() == "sent":
            return queryset.exclude(sent_at=None)
        return queryset.exclude(skipped_at=None) if self.value() == "skipped" else queryset


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    list_display = (
        "kind_label",
        "subject_name",
        "user",
        "due_at",
        "expires_at",
        "sent_at",
        "skipped_at",
        "reason",
    )
    list_filter = (ReminderStateFilter,)
    search_fields = ("kind__startswith", "subject_kind")
    search_help_text = gettext_lazy("Szukaj po rodzaju przypomnienia")
    list_select_related = ("user",)
    fields = list_display

    @admin.display(description=gettext_lazy("rodzaj"), ordering="kind")
    def kind_label(self, obj: Reminder) -> str:
        kind = KINDS.get(obj.topic)
        return f"{kind.label if kind else obj.topic}" + (f" ({obj.step})" if obj.step is not None else "")

    @admin.display(description=gettext_lazy("sprawa"))
    def subject_name(self, obj: Reminder) -> str:
        return f"{obj.subject_kind} {obj.subject_id}"

    @admin.display(description=gettext_lazy("powód"))
    def reason(self, obj: Reminder) -> str:
        return _(obj.skipped_because) if obj.skipped_because else ""
