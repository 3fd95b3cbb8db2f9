"""The desk of requests for a consultation."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.city.desk import CaseAdmin
from core.common import formats
from core.common.clock import now, today

from .. import actions
from ..enums import SETTLED_REQUESTS, RequestState
from ..forms.requests import AnswerForm, ReviewForm, SettleForm
from ..models import ConsultationRequest
from ..permissions import EDITORS, city_units

STEP_FORMS = {
    RequestState.REVIEW: ReviewForm,
    RequestState.ACCEPTED: SettleForm,
    RequestState.REFUSED: SettleForm,
}

STEP_FORMS = {
    RequestState.REVIEW: ReviewForm,
    RequestState.ACCEPTED: SettleForm,
    RequestState.REFUSED: SettleForm,
}


@admin.register(ConsultationRequest)
class ConsultationRequestAdmin(CaseAdmin):
    """Checked by the coordinator, settled by the unit it was given to. Supporters are counted, not listed."""

    form = AnswerForm
    editors = EDITORS
    unit_lookup = "unit"
    list_display = ["number_label", "title", "state_label", "unit", "support", "received", "clock"]
    list_display_links = ["title"]
    list_filter = ["state", ("unit", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["unit"]
    search_fields = ["title", "subject"]
    readonly_fields = [
        "number_label", "title", "who", "subject", "reason", "wanted_forms", "places", "support", "by_district", "clock",
        "given_answer",
    ]  # fmt: skip
    moves = {
        RequestState.DRAFT: actions.return_request,
        RequestState.COLLECTING: actions.admit_request,
        RequestState.REVIEW: actions.start_review,
        RequestState.ACCEPTED: actions.accept_request,
        RequestState.REFUSED: actions.refuse_request,
        RequestState.OPENED: actions.open_consultation,
    }
    fieldsets = [
        (_("Wniosek"), {"fields": ["state_label", "number_label", "title", "who", "subject", "reason", "wanted_forms", "places"]}),
        (_("Poparcie i terminy"), {"fields": ["support", "by_district", "clock"]}),
        (_("Rozpatrzenie"), {"fields": ["unit", "answer"]}),
    ]  # fmt: skip

    def get_queryset(self, request):
        """What people are still writing is theirs alone."""
        return super().get_queryset(request).exclude(state=RequestState.DRAFT)

    def get_readonly_fields(self, request, obj=None):
        settled = ["unit"] if obj is not None and obj.state in SETTLED_REQUESTS else []
        return [*super().get_readonly_fields(request, obj), *settled]

    def get_fieldsets(self, request, obj=None):
        if obj is None or obj.state not in SETTLED_REQUESTS:
            return super().get_fieldsets(request, obj)
        return [*self.fieldsets[:2], (_("Rozpatrzenie"), {"fields": ["unit", "given_answer"]})]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """A coordinator gives it to any unit; a unit may pass it on."""
        if db_field.name == "unit":
            kwargs["queryset"] = city_units()
            return super(admin.ModelAdmin, self).formfield_for_foreignkey(db_field, request, **kwargs)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def move_form(self, obj, to, data):
        step = STEP_FORMS.get(to)
        return step(data, asked=obj) if step else super().move_form(obj, to, data)

    def has_add_permission(self, request):
        return False

    def save_model(self, request, obj, form, change):
        if obj.state not in SETTLED_REQUESTS:
            answer = form.cleaned_data.get("answer", obj.answer)
            actions.save_answer(obj, answer=answer, unit=obj.unit, by=request.user, at=now())

    @admin.display(description=_("numer"), ordering="number")
    def number_label(self, obj) -> str:
        return obj.number_label or "–"

    @admin.display(description=_("w czyim imieniu"))
    def who(self, obj) -> str:
        return obj.initiator_name

    @admin.display(description=_("obszar"))
    def places(self, obj) -> str:
        return obj.territory or "–"

    @admin.display(description=_("poparcie"))
    def support(self, obj) -> str:
        return f"{obj.confirmed_count()} / {obj.threshold}" if obj.threshold else "–"

    @admin.display(description=_("w tym stanie od"), ordering="state_since")
    def received(self, obj) -> str:
        return formats.day(obj.state_since) or "–"

    @admin.display(description=_("poparcie według dzielnic"))
    def by_district(self, obj) -> str:
        return ", ".join(f"{name}: {count}" for name, count in obj.by_district()) or "–"

    @admin.display(description=_("odpowiedź"))
    def clock(self, obj) -> str:
        if obj.answered_on or not obj.answer_due:
            return formats.day(obj.answered_on) or "–"
        late = (today() - obj.answer_due).days
        due = _("do %(day)s") % {"day": formats.day(obj.answer_due)}
        days = formats.counted(late, str(_("dzień|dni|dni"))) if late > 0 else ""
        return f"{due}, {_('po terminie')}: {days}" if days else due

    @admin.display(description=_("odpowiedź miasta"))
    def given_answer(self, obj) -> str:
        return obj.answer
