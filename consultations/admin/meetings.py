"""Dates on the desk: who comes and what they need, the list for the door, calling a date off."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from core.city.desk import OfficialAdmin
from core.common.clock import now, today
from core.common.keys import key_of
from core.legal.rules import LawBreached

from .. import actions
from ..enums import BEFORE_NOTICE, DUTIES, MEETINGS, State
from ..forms.meetings import CallOffForm, CheckInForm, SignUpEntryForm
from ..models import FormDate, SignUp
from ..permissions import EDITORS, may_answer
from ..views.meetings import Places, needs_of
from .acting import done


class ComingFilter(admin.SimpleListFilter):
    """What is ahead, what is over, what was called off."""

    title = _("kiedy")
    parameter_name = "kiedy"

    def lookups(self, request, model_admin):
        return [("przed", _("przed nami")), ("po", _("minęły")), ("odwolane", _("odwołane"))]

    def queryset(self, request, queryset):
        conditions = {
            "przed": Q(starts_on__gte=today(), cancelled_at=None),
            "po": Q(starts_on__lt=today(), cancelled_at=None),
            "odwolane": Q(cancelled_at__isnull=False),
        }
        return queryset.filter(conditions.get(self.value() or "", Q()))


@admin.register(FormDate)
class FormDateAdmin(OfficialAdmin):
    """Meetings and duties of announced consultations; the dates themselves are edited in the notice."""

    editors = EDITORS
    unit_lookup = "form__consultation__unit"
    list_display = ["__str__", "form", "consultation_title", "seated_label", "waiting_label", "walk_in_count"]
    list_filter = [ComingFilter, ("form__consultation", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["form__consultation__unit"]
    search_fields = ["form__consultation__title", "form__label"]
    ordering = ["-starts_on", "from_hour", "pk"]

    # --- rights and rows --------------------------------------------------------------------------
    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        """Only together with a draft of a consultation; by themselves dates are called off."""
        return (
            obj is not None and obj.form.consultation.state == State.DRAFT and self._is_editor(request, obj)
        )

    def get_queryset(self, request):
        valid = Q(sign_ups__cancelled_at=None)
        rows = super().get_queryset(request).exclude(starts_on=None)
        return (
            rows.filter(form__kind__in=MEETINGS | DUTIES, form__consultation__origin="portal")
            .exclude(form__consultation__state__in=BEFORE_NOTICE)
            .annotate(
                seated=Count("sign_ups", filter=valid & Q(sign_ups__is_waiting=False)),
                waiting=Count("sign_ups", filter=valid & Q(sign_ups__is_waiting=True)),
            )
        )

    @admin.display(description=_("konsultacje"))
    def consultation_title(self, obj: FormDate) -> str:
        return obj.form.consultation.title

    @admin.display(description=_("zapisani"))
    def seated_label(self, obj: FormDate) -> str:
        limit = obj.form.seat_limit
        return f"{obj.seated}/{limit}" if limit else str(obj.seated)

    @admin.display(description=_("lista rezerwowa"))
    def waiting_label(self, obj: FormDate) -> int:
        return obj.waiting

    # --- pages ------------------------------------------------------------------------------------
    def get_urls(self):
        views = [
            ("lista/", self.door_view, "door"),
            ("zapisz/", self.entry_view, "entry"),
            ("odwolaj/", self.call_off_view, "call_off"),
            ("zwolnij/", self.release_view, "release"),
        ]
        own = [
            path(f"<int:pk>/{route}", self.admin_site.admin_view(view), name=f"consultations_formdate_{name}")
            for route, view, name in views
        ]
        return [*own, *super().get_urls()]

    def one(self, request: HttpRequest, pk: int, *, to_change: bool) -> FormDate:
        obj = get_object_or_404(self.get_queryset(request).select_related("form__consultation__unit"), pk=pk)
        allowed = self.has_change_permission if to_change else self.has_view_permission
        if not allowed(request, obj):
            raise PermissionDenied
        return obj

    @csrf_protect_m
    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The list of people; on the day it is the list for checking in."""
        obj = self.get_object(request, object_id)
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        people = list(obj.sign_ups.valid())
        seated = [person for person in people if not person.is_waiting]
        form = CheckInForm(request.POST or None, rows=seated, initial=checked_in(obj, seated))
        if request.method == "POST" and form.is_valid() and may_answer(request.user, obj.form.consultation):
            data = form.cleaned_data
            fields = {"present": data.get("present", []), "walk_ins": data["walk_ins"]}
            if done(form, actions.check_in, obj, by=request.user, **fields):
                self.message_user(request, _("Zapisano obecność."), messages.SUCCESS)
                return redirect(self.url("change", obj))
        return self.page(request, obj, "date.html", {"form": form, **self.lists(request, obj, people)})

    def lists(self, request: HttpRequest, obj: FormDate, people: list[SignUp]) -> dict[str, Any]:
        for person in people:
            person.date = obj
        is_mine = self.has_change_permission(request, obj) and may_answer(request.user, obj.form.consultation)
        is_coming = obj.cancelled_at is None and obj.starts_at is not None and obj.starts_at > now()
        return {
            "title": str(obj),
            "seated": [person for person in people if not person.is_waiting],
            "queue": [person for person in people if person.is_waiting],
            "needs": needs_of(people),
            "may_change": is_mine,
            "may_check_in": is_mine and obj.starts_on <= today() and obj.cancelled_at is None,
            "may_call_off": is_mine and is_coming,
            "may_enter": is_mine and is_coming and obj.form.takes_sign_ups,
            "urls": {name: self.url(name, obj) for name in ("door", "entry", "call_off", "release")},
        }

    def door_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The list for printing: names, needs, a box to tick."""
        obj = self.one(request, pk, to_change=False)
        people = list(obj.sign_ups.valid())
        return self.page(request, obj, "door.html", self.lists(request, obj, people))

    @csrf_protect_m
    def entry_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Somebody called: the official writes them down."""
        obj = self.one(request, pk, to_change=True)
        slots = Places(obj).slots
        form = SignUpEntryForm(request.POST or None, date=obj, slots=slots)
        is_sent = request.method == "POST" and form.is_valid()
        if is_sent and done(form, actions.sign_up, obj, who=form.attendee, entered_by=request.user):
            self.message_user(request, _("Zapisano osobę na termin."), messages.SUCCESS)
            return redirect(self.url("change", obj))
        context = {"form": form, "title": _("Zapisz osobę na termin"), "submit_label": _("Zapisz")}
        return self.page(request, obj, "form.html", context)

    @csrf_protect_m
    def call_off_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        obj = self.one(request, pk, to_change=True)
        form = CallOffForm(request.POST or None)
        is_sent = request.method == "POST" and form.is_valid()
        told = obj.sign_ups.valid().exists()
        if is_sent and done(form, actions.cancel_date, obj, by=request.user, **form.cleaned_data):
            text = _("Odwołano termin i zawiadomiono zapisanych.") if told else _("Odwołano termin.")
            self.message_user(request, text, messages.SUCCESS)
            return redirect(self.url("change", obj))
        context = {"form": form, "title": _("Odwołaj termin"), "submit_label": _("Odwołaj termin")}
        return self.page(request, obj, "form.html", context)

    @csrf_protect_m
    def release_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Gives the place of somebody who called that they will not come to the next one."""
        obj = self.one(request, pk, to_change=True)
        if request.method == "POST":
            person = get_object_or_404(obj.sign_ups.valid(), pk=key_of(request.POST.get("sign_up", "")))
            try:
                actions.cancel_sign_up(person, at=now(), by=request.user)
            except LawBreached as refused:
                self.message_user(request, str(refused.breaches[0].message), messages.ERROR)
            else:
                self.message_user(request, _("Zwolniono miejsce."), messages.SUCCESS)
        return redirect(self.url("change", obj))

    def url(self, verb: str, obj: FormDate) -> str:
        return reverse(f"admin:consultations_formdate_{verb}", args=[obj.pk])

    def page(
        self, request: HttpRequest, obj: FormDate, template: str, context: dict[str, Any]
    ) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "original": obj}
        return render(request, f"consultations/admin/{template}", {**shared, **context})


def checked_in(obj: FormDate, seated: list[SignUp]) -> dict[str, Any]:
    present = [person.pk for person in seated if person.attended_at]
    return {"present": present, "walk_ins": obj.walk_in_count}
