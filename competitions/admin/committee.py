"""The desk of a committee: composition, work, ranking, minutes."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from core.city.desk import OfficialAdmin
from core.common.clock import now
from core.documents.pdf import render_pdf
from core.legal.rules import LawBreached

from ..actions import committee as actions
from ..enums import EVALUATED, Seat, State
from ..models import Committee
from ..permissions import may_run_committee
from ..queries.conflicts import is_kept_from_some
from ..views.minutes import minutes_of, paper_of, tables_of
from . import committee_forms as forms
from .acts import Act, ActsMixin, change_url
from .candidates import KEEPERS
from .committee_panel import panel_of
from .ranking import RankingMixin


def _during(*states: State, appointed: bool | None = None):
    """Whether a button stands: the call's state, whether the committee is appointed, and the person."""

    def is_offered(user: Any, committee: Committee) -> bool:
        fits = appointed is None or (committee.appointed_at is not None) is appointed
        return fits and committee.call.state in states and may_run_committee(user, committee)

    return is_offered


BUILDING = tuple({State.PUBLISHED, *EVALUATED} - {State.DECIDED, State.COMMITTEE_OPINION})
MEETING = (State.FORMAL_EVALUATION, State.CORRECTIONS, State.MERIT_EVALUATION)


def add_person(request: HttpRequest, committee: Committee, form: forms.PersonForm) -> Committee:
    data = form.cleaned_data
    actions.add_member(
        committee, user=form.account(), seat=data["seat"], role=data["role"], by=request.user, at=now()
    )
    return committee


def add_candidate(request: HttpRequest, committee: Committee, form: forms.CandidateChoiceForm) -> Committee:
    data = form.cleaned_data
    actions.add_member(
        committee, candidate=data["candidate"], seat=Seat.NGO, role=data["role"], by=request.user, at=now()
    )
    return committee


def draw(request: HttpRequest, committee: Committee, form: forms.DrawForm) -> Committee:
    actions.draw_members(committee, seats=form.cleaned_data["seats"], by=request.user, at=now())
    return committee


def appoint(request: HttpRequest, committee: Committee, form: forms.AppointForm) -> Committee:
    return actions.appoint(
        committee, ordinance_number=form.cleaned_data["ordinance_number"], by=request.user, at=now()
    )


def remove(request: HttpRequest, committee: Committee, form: forms.RemoveForm) -> Committee:
    data = form.cleaned_data
    actions.remove_member(data["member"], reason=data["reason"], by=request.user, at=now())
    return committee


def assign(request: HttpRequest, committee: Committee, _form: Any) -> Committee:
    actions.assign(committee, by=request.user, at=now())
    return committee


def ask_again(_request: HttpRequest, committee: Committee, _form: Any) -> Committee:
    actions.tell_new_parties(committee.call, at=now())
    return committee


def plan_meeting(request: HttpRequest, committee: Committee, form: forms.MeetingForm) -> Committee:
    actions.plan_meeting(committee, **form.cleaned_data, by=request.user, at=now())
    return committee


def record_meeting(request: HttpRequest, committee: Committee, form: forms.AttendanceForm) -> Committee:
    data = form.cleaned_data
    present = [member.pk for member in data["present"]]
    actions.record_meeting(data["meeting"], present=present, notes=data["notes"], by=request.user, at=now())
    return committee


def second_look(request: HttpRequest, committee: Committee, form: forms.SecondLookForm) -> Committee:
    data = form.cleaned_data
    actions.record_second_look(data["meeting"], data["offer"], note=data["note"], by=request.user, at=now())
    return committee


@admin.register(Committee)
class CommitteeAdmin(RankingMixin, ActsMixin, OfficialAdmin):
    editors = KEEPERS
    unit_lookup = "call__unit"
    change_form_template = "competitions/admin/committee_form.html"
    list_display = ["call", "call_state", "appointed_at", "scores_due_at"]
    list_select_related = ["call"]
    search_fields = ["call__title", "call__number"]
    readonly_fields = ["call", "ordinance_number", "appointed_at"]
    fieldsets = [
        (_("Konkurs"), {"fields": ["call", "ordinance_number", "appointed_at", "candidates_until"]}),
        (_("Skład"), {"fields": ["ngo_absence"]}),
        (
            _("Zasady oceny"),
            {
                "fields": [
                    "method",
                    "reviewers_per_offer",
                    "score_step",
                    "least_justification",
                    "divergence_percent",
                    "scores_due_at",
                ]
            },
        ),
    ]
    acts = {
        "kandydat": Act(
            _("Dodaj osobę z bazy"),
            add_candidate,
            _("Dodano osobę do komisji."),
            _during(*BUILDING),
            form=forms.CandidateChoiceForm,
        ),
        "losuj": Act(
            _("Losuj z bazy"),
            draw,
            _("Wylosowano osoby do komisji."),
            _during(*BUILDING),
            form=forms.DrawForm,
        ),
        "osoba": Act(
            _("Dodaj osobę z urzędu lub eksperta"),
            add_person,
            _("Dodano osobę do komisji."),
            _during(*BUILDING),
            form=forms.PersonForm,
        ),
        "powolaj": Act(
            _("Powołaj komisję"),
            appoint,
            _("Powołano komisję. Wysłaliśmy pisma o powołaniu."),
            _during(*BUILDING, appointed=False),
            form=forms.AppointForm,
        ),
        "odwolaj": Act(
            _("Odwołaj osobę"),
            remove,
            _("Odwołano osobę z komisji."),
            _during(*BUILDING),
            form=forms.RemoveForm,
        ),
        "ponow": Act(
            _("Poproś o nowe oświadczenia"),
            ask_again,
            _("Poproszono o oświadczenia wobec nowej listy."),
            _during(State.FORMAL_EVALUATION, State.CORRECTIONS, State.MERIT_EVALUATION, appointed=True),
            form=forms.NothingForm,
        ),
        "przydziel": Act(
            _("Przydziel oferty"),
            assign,
            _("Przydzielono oferty. Osoby z komisji dostały wiadomość."),
            _during(State.MERIT_EVALUATION, appointed=True),
            form=forms.NothingForm,
        ),
        "posiedzenie": Act(
            _("Zwołaj posiedzenie"),
            plan_meeting,
            _("Zwołano posiedzenie."),
            _during(*MEETING, appointed=True),
            form=forms.MeetingForm,
        ),
        "obecnosc": Act(
            _("Zapisz obecność"),
            record_meeting,
            _("Zapisano obecność."),
            lambda user, committee: (
                _during(*MEETING, appointed=True)(user, committee) and committee.meetings.exists()
            ),
            form=forms.AttendanceForm,
        ),
        "rozmowa": Act(
            _("Zapisz ponowną rozmowę"),
            second_look,
            _("Zapisano ponowną rozmowę o ofercie."),
            lambda user, committee: (
                _during(State.MERIT_EVALUATION, appointed=True)(user, committee)
                and committee.meetings.exists()
            ),
            form=forms.SecondLookForm,
        ),
    }

    @admin.display(description=_("etap konkursu"))
    def call_state(self, obj: Committee) -> str:
        return obj.call.get_state_display()

    @staticmethod
    def act_form(act: Act, request: HttpRequest, obj: Committee):
        data = request.POST if request.method == "POST" else None
        return act.form(data, committee=obj, user=request.user)

    def has_add_permission(self, request):
        return False

    def save_model(self, request, obj, form, change):
        try:
            actions.save_committee(obj, by=request.user, at=now())
        except LawBreached as refused:
            raise PermissionDenied(str(refused.breaches[0].message)) from refused

    def change_view(self, request, object_id, form_url="", extra_context=None):
        committee = self.get_object(request, object_id)
        extra = dict(extra_context or {})
        if committee is not None and self.has_view_permission(request, committee):
            extra["panel"] = panel_of(committee, request.user)
        return super().change_view(request, object_id, form_url, extra)

    # --- minutes ------------------------------------------------------------------------------

    def get_urls(self):
        return [
            path(
                "<int:pk>/protokol/",
                self.admin_site.admin_view(self.minutes_view),
                name="competitions_committee_minutes",
            ),
            path(
                "<int:pk>/protokol.pdf",
                self.admin_site.admin_view(self.minutes_pdf),
                name="competitions_committee_minutes_pdf",
            ),
            *super().get_urls(),
        ]

    def _visible(self, request: HttpRequest, pk: int) -> Committee:
        committee = get_object_or_404(self.get_queryset(request).select_related("call__unit"), pk=pk)
        if not self.has_view_permission(request, committee) or is_kept_from_some(
            request.user, committee.call
        ):
            raise PermissionDenied
        return committee

    def minutes_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        committee = self._visible(request, pk)
        minutes = minutes_of(committee)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Protokół komisji"),
            "opts": self.opts,
            "original": committee,
            "back_url": change_url(committee),
            "minutes": minutes,
            "tables": tables_of(minutes),
        }
        return render(request, "competitions/admin/minutes.html", context)

    def minutes_pdf(self, request: HttpRequest, pk: int) -> HttpResponse:
        committee = self._visible(request, pk)
        title = _("Protokół komisji konkursowej: %(call)s") % {"call": committee.call}
        author = str(committee.call.unit or committee.call.authority)
        pdf = render_pdf("minutes.typ", paper_of(minutes_of(committee)), title=title, author=author)
        response = HttpResponse(pdf, content_type="application/pdf")
        response.headers["Content-Disposition"] = f'attachment; filename="protokol-{committee.pk}.pdf"'
        response.headers["Cache-Control"] = "private, no-store"
        return response
