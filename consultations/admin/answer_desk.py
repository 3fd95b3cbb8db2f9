"""All remarks of a consultation on one page: what is done, what waits, what is alike."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from core.city.scope import sees_all_units, unit_ids_of
from core.common import formats
from core.common.clock import now, today
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused

from .. import actions, law
from ..models import Consultation, ConsultationStage
from ..permissions import EDITORS, may_answer, may_run
from ..queries import answer_desk as queries
from ..views.detail import position_tag

DATA = "dane"  # remarks in which the portal recognised data of people
GENERAL = "-"  # in the address: remarks to the whole document


class AnswerDeskMixin:
    """Put before the ModelAdmin of consultations."""

    def get_urls(self):
        views = [
            ("uwagi/", self.answers_view, "answers"),
            ("uwagi/podobne/", self.alike_view, "alike"),
            ("etap/<int:item>/raport/", self.stage_report_view, "stage_report"),
        ]
        own = [
            path(
                f"<int:pk>/{route}",
                self.admin_site.admin_view(view),
                name=f"consultations_consultation_{name}",
            )
            for route, view, name in views
        ]
        return [*own, *super().get_urls()]

    def answered(self, request: HttpRequest, pk: int) -> Consultation:
        """A consultation of the person's units, or one that they help with."""
        rows = Consultation.objects.select_related("unit", "report")
        if not sees_all_units(request.user):
            units = unit_ids_of(request.user, *EDITORS)
            rows = rows.filter(Q(unit__in=units) | Q(co_units__in=units)).distinct()
        return get_object_or_404(rows, pk=pk)

    def answers_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Remarks by points of the document, with filters, progress and the clock of the report."""
        obj = self.answered(request, pk)
        state, asked = request.GET.get("stan", ""), request.GET.get("punkt")
        part = None if asked is None else "" if asked == GENERAL else asked
        stages = list(obj.stages.all())
        suspected = queries.with_personal_data(obj)
        desk = queries.desk_of(obj, state="" if state == DATA else state, part=part)
        chosen = [key for key in desk.chosen if key in suspected] if state == DATA else desk.chosen
        page = Paginator(chosen, queries.PER_PAGE).get_page(request.GET.get("strona"))
        rows = [self.row(remark, suspected) for remark in queries.desk_rows(obj, list(page))]
        context = {
            "title": _("Uwagi i stanowiska"),
            "desk": desk,
            "clock": clock_of(obj, len(stages)),
            "stages": self.stages(request, obj, stages),
            "filters": self.filters(obj, desk, suspected, state),
            "points": [(point, self.address(obj, punkt=point.name or GENERAL)) for point in desk.points],
            "part": asked,
            "groups": queries.groups_of(obj),
            "rows": rows,
            "page": page,
            "has_remarks": bool(desk.counts[""]),
            "no_remarks": no_remarks(obj),
            "may_write": may_answer(request.user, obj) and not obj.is_report_public,
            "alike_url": reverse("admin:consultations_consultation_alike", args=[obj.pk]),
            "all_url": self.address(obj),
        }
        return self.desk_page(request, obj, "consultations/admin/desk.html", context)

    def alike_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Suggestions: remarks that seem to ask for the same. People decide."""
        obj = self.answered(request, pk)
        suggested = queries.suggested_groups(obj)
        found = {row.pk: row for row in queries.desk_rows(obj, [key for keys in suggested for key in keys])}
        context = {
            "title": _("Podobne uwagi"),
            "suggestions": [[found[key] for key in keys if key in found] for keys in suggested],
            "may_write": may_answer(request.user, obj),
            "desk_url": self.address(obj),
        }
        return self.desk_page(request, obj, "consultations/admin/alike.html", context)

    @staticmethod
    def stages(
        request: HttpRequest, obj: Consultation, stages: list[ConsultationStage]
    ) -> list[tuple[ConsultationStage, str]]:
        """Of several stages each one, with the address of the button that publishes its report."""
        may = obj.has_notice and may_run(request.user, obj)
        return [
            (
                stage,
                reverse("admin:consultations_consultation_stage_report", args=[obj.pk, stage.pk])
                if may and not stage.report_published_on and stage.ends_on and stage.ends_on < today()
                else "",
            )
            for stage in stages
            if len(stages) > 1
        ]

    @csrf_protect_m
    def stage_report_view(self, request: HttpRequest, pk: int, item: int) -> HttpResponse:
        """Asks, then publishes the report of a stage with the positions on its remarks."""
        obj = self.answered(request, pk)
        stage = get_object_or_404(obj.stages.all(), pk=item)
        if not may_run(request.user, obj):
            raise PermissionDenied
        if request.method == "POST":
            self.publish_stage(request, stage)
            return redirect(self.address(obj))
        context = {
            "title": _("Opublikuj raport z etapu"),
            "lead": _(
                "%(stage)s. Stanowiska do uwag z tego etapu będą publiczne, a nadawcy dostaną wiadomość."
            )
            % {"stage": stage.name},
            "submit_label": _("Opublikuj raport z etapu"),
        }
        return self.desk_page(request, obj, "consultations/admin/form.html", context)

    def publish_stage(self, request: HttpRequest, stage: ConsultationStage) -> None:
        try:
            actions.publish_stage_report(stage, by=request.user, at=now())
        except LawBreached as refused:
            for breach in refused.breaches:
                self.message_user(request, breach.message, messages.ERROR)
        except MoveRefused:
            self.message_user(request, _("Te konsultacje nie są jeszcze ogłoszone."), messages.ERROR)
        else:
            self.message_user(request, _("Opublikowano raport z etapu."), messages.SUCCESS)

    @staticmethod
    def row(remark: Any, suspected: Any) -> dict[str, Any]:
        look, label = position_tag(remark.position_code)
        if remark.submission.is_late:
            look, label = "alert", _("po terminie, bez stanowiska")
        elif not remark.position_code:
            label = _("bez stanowiska")
        return {"remark": remark, "look": look, "label": label, "suspected": suspected[remark.pk]}

    def filters(
        self, obj: Consultation, desk: Any, suspected: Any, state: str
    ) -> list[tuple[Any, int, str, bool]]:
        """(label, count, address, is chosen); what has no rows is left out."""
        found = [
            (label, desk.counts[key], self.address(obj, stan=key), key == state)
            for key, (label, _test) in queries.STATES.items()
        ]
        found.append(
            (_("być może dane osobowe"), len(suspected), self.address(obj, stan=DATA), state == DATA)
        )
        return [one for one in found if one[1] or one[3]]

    @staticmethod
    def address(obj: Consultation, **query: str) -> str:
        url = reverse("admin:consultations_consultation_answers", args=[obj.pk])
        words = "&".join(f"{key}={quote(value)}" for key, value in query.items() if value)
        return f"{url}?{words}" if words else url

    def desk_page(
        self, request: HttpRequest, obj: Consultation, template: str, context: dict[str, Any]
    ) -> HttpResponse:
        common = {**self.admin_site.each_context(request), "opts": self.opts, "original": obj}
        return render(request, template, {**common, **context})


def no_remarks(obj: Consultation) -> str:
    """What an empty desk says: remarks are still to come, or none came."""
    if obj.starts_on and obj.starts_on > today():
        return _("Uwagi zaczną wpływać %(day)s.") % {"day": formats.day(obj.starts_on)}
    return _("Nie wpłynęła żadna uwaga.") if obj.is_ended else _("Nie wpłynęła jeszcze żadna uwaga.")


def clock_of(obj: Consultation, stages: int) -> dict[str, Any]:
    """When the report is due, how many days are left or by how many it is late."""
    due = obj.report_due_with(stages)
    if due is None or obj.report_published_on:
        return {"due": due, "published_on": obj.report_published_on}
    late = law.days_late(due, today())
    return {
        "due": due,
        "left": (due - today()).days,
        "late": formats.counted(late, _("dzień|dni|dni")) if late else "",
    }
