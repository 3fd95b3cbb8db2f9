"""Remarks given to another unit, as both units see them."""

from django.contrib import admin, messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.city.desk import OfficialAdmin
from core.city.scope import sees_all_units, unit_ids_of
from core.common.clock import now, today
from core.legal.workflow import MoveRefused

from .. import actions
from ..models import Assignment
from ..permissions import EDITORS, may_answer


class StateFilter(admin.SimpleListFilter):
    """By what has become of a request."""

    title = _("stan")
    parameter_name = "stan"

    def lookups(self, request, model_admin):
        return [
            ("czeka", _("czeka na stanowisko")),
            ("zalegle", _("po terminie")),
            ("gotowe", _("odpowiedziano")),
            ("cofniete", _("cofnięto")),
        ]

    def queryset(self, request, queryset):
        conditions = {
            "czeka": Q(done_at=None, called_off_at=None),
            "zalegle": Q(done_at=None, called_off_at=None, due_on__lt=today()),
            "gotowe": Q(done_at__isnull=False, called_off_at=None),
            "cofniete": Q(called_off_at__isnull=False),
        }
        return queryset.filter(conditions.get(self.value(), Q()))


@admin.register(Assignment)
class AssignmentAdmin(OfficialAdmin):
    """Read only: remarks are answered on their own pages, the leading unit may call the request off."""

    editors = EDITORS
    change_form_template = "consultations/admin/assignment.html"
    list_display = ["consultation", "unit", "due_on", "progress", "state_words"]
    list_display_links = ["consultation"]
    list_filter = [StateFilter, ("unit", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["consultation", "unit"]
    fields = ["about", "asked_unit", "due_on", "note", "assigned_at", "progress", "state_words"]
    readonly_fields = fields

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if not sees_all_units(request.user):
            units = unit_ids_of(request.user, *EDITORS)
            asked = Q(unit__in=units, called_off_at=None)
            rows = rows.filter(asked | Q(consultation__unit__in=units))
        valid = Q(remarks__withdrawn_at=None)
        written = valid & ~Q(remarks__position_code="")
        return rows.annotate(
            all_count=Count("remarks", filter=valid), written_count=Count("remarks", filter=written)
        )

    @admin.display(description=_("konsultacje"))
    def about(self, obj: Assignment) -> str:
        """The public page: the asked unit does not open the desk of the consultation."""
        return format_html('<a href="{}">{}</a>', obj.consultation.get_absolute_url(), obj.consultation.title)

    @admin.display(description=_("komórka, która odpowiada"))
    def asked_unit(self, obj: Assignment) -> str:
        return obj.unit.name

    @admin.display(description=_("ze stanowiskiem"))
    def progress(self, obj: Assignment) -> str:
        if not obj.all_count:  # called off and given on
            return "–"
        return _("%(done)d z %(all)d") % {"done": obj.written_count, "all": obj.all_count}

    @admin.display(description=_("stan"))
    def state_words(self, obj: Assignment) -> str:
        if obj.called_off_at:
            return str(_("cofnięto"))
        if obj.done_at:
            return str(_("odpowiedziano"))
        return str(_("po terminie")) if obj.is_overdue else str(_("czeka na stanowisko"))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_urls(self):
        view = self.admin_site.admin_view(self.call_off_view)
        own = path("<int:pk>/cofnij/", view, name="consultations_assignment_call_off")
        return [own, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        obj = self.get_object(request, object_id)
        extra = dict(extra_context or {})
        if obj is not None:
            rows = obj.remarks.valid().select_related("submission", "consultation").order_by("number")
            is_leading = may_answer(request.user, obj.consultation)
            extra |= {
                "remarks": rows,
                "list_url": reverse("admin:consultations_remark_changelist")
                + f"?assignment__id__exact={obj.pk}",
                "call_off_url": reverse("admin:consultations_assignment_call_off", args=[obj.pk])
                if is_leading and obj.is_under_way
                else "",
            }
        return super().change_view(request, object_id, form_url, extra)

    @csrf_protect_m
    def call_off_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The leading unit takes the remarks back."""
        obj = get_object_or_404(self.get_queryset(request).select_related("consultation__unit"), pk=pk)
        if not may_answer(request.user, obj.consultation):
            raise PermissionDenied
        if request.method == "POST":
            try:
                actions.call_off_assignment(obj, by=request.user, at=now())
            except MoveRefused:
                self.message_user(request, _("Tej prośby nie można już cofnąć."), messages.ERROR)
            else:
                self.message_user(request, _("Cofnięto przekazanie."), messages.SUCCESS)
            return redirect("admin:consultations_assignment_change", obj.pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": obj,
            "title": _("Cofnij przekazanie"),
            "lead": _("Komórka nie będzie już widzieć tych uwag. To, co napisała, zostanie."),
            "submit_label": _("Cofnij przekazanie"),
        }
        return render(request, "consultations/admin/form.html", context)
