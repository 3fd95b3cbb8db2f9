"""The desk of surveys: questions, opening and closing, results, words of people before they are public."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from core.accounts.roles import Role
from core.city.desk import OfficialAdmin, OfficialInline
from core.common.clock import now
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused

from .. import actions
from ..enums import QuestionKind, SurveyPurpose
from ..forms.surveys import QuestionDeskForm, SurveyDeskForm
from ..models import Survey, SurveyAnswer, SurveyQuestion
from ..permissions import may_answer
from ..queries.surveys import results_of
from .acting import NoPopups

MANAGERS = (Role.CONSULTATION_MANAGER,)


class QuestionInline(OfficialInline):
    model = SurveyQuestion
    form = QuestionDeskForm
    template = "admin/edit_inline/stacked.html"
    fields = (("position", "kind"), "text", "hint", "options", ("lowest", "highest"), "is_required")


@admin.register(Survey)
class SurveyAdmin(NoPopups, OfficialAdmin):
    """Questions are written here until the survey is published; then they stand."""

    form = SurveyDeskForm
    editors = MANAGERS
    unit_lookup = "consultation__unit"
    change_form_template = "consultations/admin/survey_form.html"
    inlines = [QuestionInline]
    list_display = ["title", "consultation", "purpose", "published_at", "closing", "response_count"]
    list_filter = ["purpose", ("consultation", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["consultation"]
    search_fields = ["title", "consultation__title"]
    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 3})}}

    def get_queryset(self, request):
        return super().get_queryset(request).with_counts()

    @admin.display(description=_("odpowiedzi"), ordering="response_count")
    def response_count(self, obj: Survey) -> int:
        return obj.response_count

    @admin.display(description=_("koniec"))
    def closing(self, obj: Survey):
        return obj.ends_at

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj is not None and obj.is_published)

    def save_model(self, request, obj, form, change):
        try:
            actions.save_survey(obj, by=request.user, at=now())
        except MoveRefused as refused:
            raise PermissionDenied from refused

    # --- the buttons ------------------------------------------------------------------------------
    def get_urls(self):
        views = [
            ("opublikuj", self.publish_view),
            ("zamknij", self.close_view),
            ("wyniki", self.results_view),
        ]
        own = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(view),
                name=f"consultations_survey_{view.__name__}",
            )
            for name, view in views
        ]
        return [*own, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        obj = self.get_object(request, object_id)
        extra = dict(extra_context or {})
        if obj is not None and self.has_view_permission(request, obj):
            extra["tools"] = self.tools(request, obj)
        return super().change_view(request, object_id, form_url, extra)

    def tools(self, request: HttpRequest, obj: Survey) -> list[tuple[Any, str]]:
        """What can be done with the survey now, as (words, address)."""
        may = may_answer(request.user, obj.consultation)
        found = [
            (
                _("Opublikuj ankietę"),
                "publish_view",
                may and not obj.is_published and obj.purpose == SurveyPurpose.DURING,
            ),
            (_("Zamknij ankietę"), "close_view", may and obj.is_open),
            (_("Wyniki"), "results_view", obj.is_published),
        ]
        return [(words, self.url(name, obj)) for words, name, is_offered in found if is_offered]

    def view_on_site(self, obj: Survey) -> str | None:
        return obj.get_absolute_url() if obj.is_published else None

    def url(self, name: str, obj: Survey) -> str:
        return reverse(f"admin:consultations_survey_{name}", args=[obj.pk])

    @csrf_protect_m
    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        obj = self.one(request, pk)
        return self.step(
            request,
            obj,
            actions.publish_survey,
            title=_("Opublikuj ankietę"),
            lead=_("Od tej chwili każdy może odpowiadać, a pytania się nie zmienią."),
        )

    @csrf_protect_m
    def close_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        obj = self.one(request, pk)
        return self.step(
            request,
            obj,
            actions.close_survey,
            title=_("Zamknij ankietę"),
            lead=_("Nikt więcej nie odpowie, a wyniki będą publiczne. Tego nie da się cofnąć."),
        )

    def step(self, request: HttpRequest, obj: Survey, action, *, title, lead) -> HttpResponse:
        """Asks once, then does it."""
        if not may_answer(request.user, obj.consultation):
            raise PermissionDenied
        if request.method == "POST":
            try:
                action(obj, by=request.user, at=now())
            except LawBreached as refused:
                for breach in refused.breaches:
                    self.message_user(request, breach.message, messages.ERROR)
            else:
                self.message_user(request, _("Zapisano."), messages.SUCCESS)
            return redirect("admin:consultations_survey_change", obj.pk)
        context = {"title": title, "lead": lead, "submit_label": title, "form": None}
        return self.page(request, obj, "consultations/admin/form.html", context)

    def results_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The results at any moment, with all the words, for those who run the consultation."""
        obj = self.one(request, pk)
        context = {
            "title": _("Wyniki"),
            "results": results_of(obj, with_unread=True),
            "survey": obj,
            "answers_url": f"{reverse('admin:consultations_surveyanswer_changelist')}?question__survey__id__exact={obj.pk}",
        }
        return self.page(request, obj, "consultations/admin/survey_results.html", context)

    def one(self, request: HttpRequest, pk: int) -> Survey:
        return get_object_or_404(self.get_queryset(request).select_related("consultation__unit"), pk=pk)

    def page(self, request: HttpRequest, obj: Survey, template: str, context: dict[str, Any]) -> HttpResponse:
        common = {**self.admin_site.each_context(request), "opts": self.opts, "original": obj}
        return render(request, template, {**common, **context})


class ReadFilter(admin.SimpleListFilter):
    """By what the desk has decided about the words."""

    title = _("na stronie")
    parameter_name = "na_stronie"
    values: dict[str, bool | None] = {"do-sprawdzenia": None, "tak": True, "nie": False}

    def lookups(self, request, model_admin):
        return [("do-sprawdzenia", _("do sprawdzenia")), ("tak", _("na stronie")), ("nie", _("ukryte"))]

    def queryset(self, request, queryset):
        chosen = self.value()
        return queryset.filter(is_shown=self.values[chosen]) if chosen in self.values else queryset


@admin.register(SurveyAnswer)
class SurveyAnswerAdmin(OfficialAdmin):
    """Words of people: shown on the page of results only when somebody has read them."""

    editors = MANAGERS
    unit_lookup = "question__survey__consultation__unit"
    list_display = ["text", "question", "is_shown", "moderated_at"]
    list_display_links = None
    list_filter = [ReadFilter, ("question__survey", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["question"]
    search_fields = ["text"]
    fields = ["question", "text", "is_shown", "moderated_at", "moderated_by"]
    readonly_fields = fields
    actions = ["show_together", "hide_together"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(question__kind=QuestionKind.TEXT).exclude(text="")

    def has_add_permission(self, request):
        return False

    @admin.action(description=_("Pokaż na stronie"), permissions=["change"])
    def show_together(self, request, queryset):
        self.moderate(request, queryset, is_shown=True)

    @admin.action(description=_("Nie pokazuj na stronie"), permissions=["change"])
    def hide_together(self, request, queryset):
        self.moderate(request, queryset, is_shown=False)

    def moderate(self, request, queryset, *, is_shown: bool) -> None:
        try:
            count = actions.moderate_answers(queryset, is_shown=is_shown, by=request.user, at=now())
        except MoveRefused as refused:
            raise PermissionDenied from refused
        self.message_user(request, _("Sprawdzono odpowiedzi: %(n)d.") % {"n": count}, messages.SUCCESS)
