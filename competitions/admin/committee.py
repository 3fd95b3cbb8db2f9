"""The desk of a committee: composition, work, ranking, minutes; the pool; questions for reasons."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from core.accounts.roles import Role
from core.city.desk import CaseAdmin, OfficialAdmin
from core.city.scope import own_units, sees_all_units
from core.common.clock import now
from core.documents.pdf import render_pdf
from core.legal.rules import LawBreached

from ..actions import committee as actions
from ..enums import EVALUATED, CandidateState, Seat, State
from ..models import Committee, CommitteeCandidate, ReasonRequest
from ..permissions import EDITORS, may_run, may_run_committee
from ..views.minutes import minutes_of, paper_of, tables_of
from . import committee_forms as forms
from .acts import Act, ActsMixin, change_url
from .committee_panel import panel_of
from .ranking import RankingMixin

# Who prepares notices has no business with the names of candidates and members.
KEEPERS = (Role.CALL_MANAGER,)


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
        committee, user=form.user(), seat=data["seat"], role=data["role"], by=request.user, at=now()
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
        return act.form(request.POST if request.method == "POST" else None, committee=obj)

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
            extra["panel"] = panel_of(committee)
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
        if not self.has_view_permission(request, committee):
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


@admin.register(CommitteeCandidate)
class CandidateAdmin(CaseAdmin):
    """The pool: those of calls of the own unit, and the yearly base, which every call manager uses."""

    editors = KEEPERS
    moves = {CandidateState.ACCEPTED: actions.accept, CandidateState.REFUSED: actions.refuse}
    list_display = ["full_name", "year", "call", "naming_organization", "state_label"]
    list_filter = ["state", "year", "spheres"]
    list_select_related = ["call", "naming_organization"]
    search_fields = ["full_name"]
    readonly_fields = [
        "full_name",
        "email",
        "phone",
        "naming_organization",
        "is_confirmed_by_organization",
        "call",
        "year",
        "shown_spheres",
        "shown_organizations",
        "experience",
        "has_full_rights",
        "consented_at",
        "applied_at",
    ]
    fields = ["state_label", *readonly_fields]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if sees_all_units(request.user):
            return rows
        units = own_units(request.user, *KEEPERS)
        return rows.filter(Q(call__isnull=True) | Q(call__unit__in=units))

    def has_add_permission(self, request):
        return False

    @admin.display(description=_("wskazanie potwierdzone przez organizację"), boolean=True)
    def is_confirmed_by_organization(self, obj: CommitteeCandidate) -> bool:
        return obj.named_by_id is not None

    @admin.display(description=_("sfery"))
    def shown_spheres(self, obj: CommitteeCandidate) -> str:
        return ", ".join(str(sphere) for sphere in obj.spheres.all())

    @admin.display(description=_("organizacje, w których działa"))
    def shown_organizations(self, obj: CommitteeCandidate) -> str:
        return ", ".join(str(one) for one in obj.organizations.all()) or "–"


@admin.register(ReasonRequest)
class ReasonRequestAdmin(OfficialAdmin):
    editors = EDITORS
    unit_lookup = "call__unit"
    list_display = ["text", "call", "asked_at", "due_on", "answered_at", "is_public"]
    list_filter = [("answered_at", admin.EmptyFieldListFilter), "is_public"]
    list_select_related = ["call"]
    search_fields = ["text", "call__title"]
    readonly_fields = ["call", "about", "text", "asked_at", "due_on", "answered_at"]
    fields = ["call", "about", "text", "asked_at", "due_on", "answer", "is_public", "answered_at"]

    @admin.display(description=_("oferta"))
    def about(self, obj: ReasonRequest) -> str:
        return obj.about or str(_("cały wynik konkursu"))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        """Who runs the call answers; other editors of the unit only read."""
        return super().has_change_permission(request, obj) and (
            obj is None or may_run(request.user, obj.call)
        )

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        if "answer" in form.base_fields:
            form.base_fields["answer"].required = True
        return form

    def save_model(self, request, obj, form, change):
        data = form.cleaned_data
        actions.answer_reasons(
            obj, answer=data["answer"], is_public=data["is_public"], by=request.user, at=now()
        )
