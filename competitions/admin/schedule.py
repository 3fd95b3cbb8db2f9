"""The yearly schedule on the desk."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.city.desk import OfficialAdmin
from core.common.clock import now

from .. import actions
from ..enums import EntryStatus
from ..models import CallScheduleEntry
from ..permissions import EDITORS, may_prepare
from .acts import Act, ActsMixin, ReasonForm


def publish(request, entry: CallScheduleEntry, _form) -> CallScheduleEntry:
    return actions.publish_entry(entry, by=request.user, at=now())


def withdraw(request, entry: CallScheduleEntry, form: ReasonForm) -> CallScheduleEntry:
    return actions.withdraw_entry(entry, reason=form.cleaned_data["reason"], by=request.user, at=now())


def plan(request, entry: CallScheduleEntry, _form):
    return actions.plan_call(entry, by=request.user, at=now())


def is_planned(entry: CallScheduleEntry) -> bool:
    return entry.status == EntryStatus.PLANNED


@admin.register(CallScheduleEntry)
class ScheduleEntryAdmin(ActsMixin, OfficialAdmin):
    editors = EDITORS
    unit_lookup = "unit"
    change_form_template = "competitions/admin/acts_form.html"
    list_display = ["title", "unit", "planned_month", "planned_amount", "status", "is_late", "published_at"]
    list_filter = ["year", "status", ("unit", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["unit"]
    search_fields = ["title"]
    readonly_fields = ["status", "call", "published_at"]
    fieldsets = [
        (_("Konkurs"), {"fields": ["title", "unit", "spheres", "mode", "planned_form"]}),
        (
            _("Kiedy i ile"),
            {
                "fields": [
                    "planned_month",
                    "planned_amount",
                    "is_amount_approximate",
                    "task_from",
                    "task_to",
                    "note",
                ]
            },
        ),
        (_("Kontakt"), {"fields": ["contact"]}),
        (_("Stan"), {"fields": ["status", "call", "published_at"]}),
    ]
    acts = {
        "opublikuj": Act(
            _("Opublikuj w harmonogramie"),
            publish,
            _("Opublikowano w harmonogramie."),
            lambda user, entry: not entry.is_public and may_prepare(user, entry),
        ),
        "konkurs": Act(
            _("Utwórz konkurs z tego wpisu"),
            plan,
            _("Utworzono konkurs."),
            lambda user, entry: is_planned(entry) and entry.call_id is None and may_prepare(user, entry),
        ),
        "wycofaj": Act(
            _("Wycofaj z harmonogramu"),
            withdraw,
            _("Wycofano z harmonogramu."),
            lambda user, entry: entry.is_public and is_planned(entry) and may_prepare(user, entry),
            form=ReasonForm,
        ),
    }

    @admin.display(description=_("po terminie"), boolean=True)
    def is_late(self, obj) -> bool:
        return obj.is_overdue

    def save_model(self, request, obj, form, change):
        actions.save_entry(obj, by=request.user, at=now())
