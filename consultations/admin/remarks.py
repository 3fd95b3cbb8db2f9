"""The desk of remarks: one at a time, and what can be done with many."""

from django.contrib import admin
from django.db.models import Q
from django.shortcuts import redirect
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from core.accounts.roles import Role
from core.city.desk import OfficialAdmin
from core.city.scope import has_role, sees_all_units, unit_ids_of
from core.common import formats
from core.common.clock import now
from core.legal.rules import LawBreached

from .. import actions
from ..forms.notice import PositionForm
from ..models import Remark
from ..permissions import EDITORS, may_answer, may_change_position
from ..queries import same_words_count
from .moderation import ModerationMixin
from .together import TogetherMixin


class AnsweredFilter(admin.SimpleListFilter):
    """By what has to be done with a remark."""

    title = _("stan odpowiedzi")
    parameter_name = "odpowiedz"
    conditions = {
        "brak": Q(position_code="", submission__is_late=False),
        "szkic": ~Q(position_code="") & Q(answered_at=None),
        "zatwierdzenie": ~Q(position_code="")
        & Q(answered_at=None, approved_at=None, consultation__needs_second_person=True),
        "przekazana": Q(assignment__done_at=None, assignment__called_off_at=None, assignment__isnull=False),
        "opublikowana": Q(answered_at__isnull=False),
        "ukryta": Q(hidden_at__isnull=False),
        "spozniona": Q(submission__is_late=True),
    }

    def lookups(self, request, model_admin):
        return [
            ("brak", _("bez stanowiska")),
            ("szkic", _("stanowisko w szkicu")),
            ("zatwierdzenie", _("czeka na drugą osobę")),
            ("przekazana", _("u innej komórki")),
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
        return rows.filter(self.own(unit_ids_of(request.user, *EDITORS))).distinct()

    def own(self, units: set[int]) -> Q:
        return Q(consultation__unit__in=units) | Q(consultation__co_units__in=units)


@admin.register(Remark)
class RemarkAdmin(ModerationMixin, TogetherMixin, OfOwnUnits, OfficialAdmin):
    """Remarks with the positions; one answer can go to many. Names of senders are on the page of the submission."""

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
        ("assignment", admin.RelatedOnlyFieldListFilter),
        ("group", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["consultation", "submission", "assignment__unit"]
    search_fields = [
        "proposed_wording",
        "justification",
        "submission__number",
        "submission__organisation_name",
    ]
    shown = [
        "name",
        "consultation_title",
        "author",
        "channel",
        "part",
        "current_wording",
        "proposed_wording",
        "justification",
        "hidden_reason",
        "handed_over",
        "approval",
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
        """Late and withdrawn remarks are only read, and so is what two have approved in a published report."""
        if obj is None:
            return has_role(request.user, Role.CONSULTATION_MANAGER)
        return obj.gets_position and may_change_position(request.user, obj)

    def get_fieldsets(self, request, obj=None):
        sets = super().get_fieldsets(request, obj)
        if obj is None or not obj.is_in_report or not self.has_change_permission(request, obj):
            return sets
        (title, options) = sets[-1]
        return [*sets[:-1], (title, {"fields": [*options["fields"], "change_reason"]})]

    def own(self, units: set[int]) -> Q:
        """Those given to the person's unit too."""
        return super().own(units) | Q(assignment__unit__in=units, assignment__called_off_at=None)

    @admin.display(description=_("numer"), ordering="number")
    def name(self, obj: Remark) -> str:
        return obj.name

    @admin.display(description=_("konsultacje"))
    def consultation_title(self, obj: Remark) -> str:
        return obj.consultation.title

    @admin.display(description=_("od kogo"))
    def author(self, obj: Remark) -> str:
        return str(obj.submission.public_author)

    @admin.display(description=_("sposób złożenia"))
    def channel(self, obj: Remark) -> str:
        return f"{obj.submission.number}, {obj.submission.get_channel_display()}"

    @admin.display(description=_("przekazano"))
    def handed_over(self, obj: Remark) -> str:
        given = obj.assignment
        if given is None or given.called_off_at:
            return "–"
        return _("%(unit)s, odpowiedź do %(day)s") % {"unit": given.unit, "day": formats.day(given.due_on)}

    @admin.display(description=_("zatwierdzenie"))
    def approval(self, obj: Remark) -> str:
        if obj.approved_at:
            return f"{obj.approved_by or _('usunięty użytkownik')}, {formats.moment(obj.approved_at)}"
        return str(_("czeka na drugą osobę")) if obj.consultation.needs_second_person else "–"

    @admin.display(description=_("uwaga"))
    def excerpt(self, obj: Remark) -> str:
        return Truncator(obj.proposed_wording).chars(120)

    @admin.display(description=_("opublikowane"), boolean=True)
    def is_answered(self, obj: Remark) -> bool:
        return obj.is_answered

    @admin.display(description=_("po terminie"), boolean=True)
    def is_late(self, obj: Remark) -> bool:
        return obj.submission.is_late

    def response_change(self, request, obj):
        """Back to the desk of the consultation, for whoever has one."""
        response = super().response_change(request, obj)
        if "_continue" not in request.POST and may_answer(request.user, obj.consultation):
            return redirect("admin:consultations_consultation_answers", obj.consultation_id)
        return response

    def save_model(self, request, obj, form, change):
        try:
            actions.answer_remarks([obj], **form.answer, by=request.user, at=now())
        except LawBreached as refused:
            self.tell(request, refused)
