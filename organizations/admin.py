"""The registry on the desk: profiles with their moves, mandates, changes of identity, reported errors."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from core.accounts.roles import DUTIES, Role
from core.city.desk import CaseAdmin, OfficialAdmin, OfficialInline, ReasonForm
from core.city.scope import grants_of, has_role
from core.common.clock import now
from core.documents.admin import DocumentsAdminMixin
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused

from . import actions, law
from .enums import Origin, State, TargetGroup
from .forms import LinesField, NumberField
from .models import Dossier, ErrorReport, IdentityRevision, Mandate, Organization, ResidentOffer
from .models.organization import folded
from .permissions import is_registrar
from .queries.history import field_label


class OrganizationForm(forms.ModelForm):
    """Numbers as people copy them; what cannot be right is said beside the field."""

    krs = NumberField(label=_("Numer KRS"), normal=law.normal_krs, required=False)
    nip = NumberField(label=_("NIP"), normal=law.normal_nip, required=False)
    regon = NumberField(label=_("REGON"), normal=law.normal_regon, required=False)

    social_media = LinesField(
        label=_("Media społecznościowe"), required=False, help_text=_("Każdy adres w nowej linii.")
    )
    sources_extra = LinesField(
        label=_("Dalsze źródła"), required=False, help_text=_("Każde źródło w nowej linii.")
    )
    oddities = LinesField(label=_("Osobliwości danych"), required=False, help_text=_("Każda w nowej linii."))
    target_groups = forms.MultipleChoiceField(
        label=_("Dla kogo działa"),
        choices=TargetGroup.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        numbers = {name: data.get(name) or "" for name in law.UNIQUE_NUMBERS}
        candidate = Organization(pk=self.instance.pk, legal_form=data.get("legal_form") or "", **numbers)
        facts = law.ProfileFacts(candidate.legal_form, rspo=data.get("rspo") or "", **numbers)
        breaches = law.number_breaches(facts)
        breaches += law.uniqueness_breaches(candidate.legal_form, taken=candidate.taken_numbers())
        if self.instance.origin != Origin.IMPORTED:
            breaches += law.opp_breaches(has_opp_status=data.get("has_opp_status"), krs=numbers["krs"])
        for breach in breaches:
            self.add_error(breach.field, breach.message)
        return data


class DossierInline(admin.StackedInline):
    """Only who keeps the registry, and the auditor, read it here."""

    model = Dossier
    extra = 0
    can_delete = False

    def has_view_permission(self, request, obj=None):
        return is_registrar(request.user) or has_role(request.user, Role.AUDITOR)

    def has_add_permission(self, request, obj=None):
        return is_registrar(request.user)

    def has_change_permission(self, request, obj=None):
        return is_registrar(request.user)


class ResidentOfferInline(OfficialInline):
    model = ResidentOffer
    fields = ["title", "kind", "when", "place", "is_free", "requires_booking", "url", "position"]


def to_verified(organization: Organization, *, by, at, reason: str = "") -> Organization:
    """A suspended profile is restored, one that waits is verified."""
    act = actions.restore if organization.state == State.SUSPENDED else actions.verify
    return act(organization, by=by, at=at, reason=reason)


@admin.register(Organization)
class OrganizationAdmin(DocumentsAdminMixin, CaseAdmin):
    form = OrganizationForm
    moves = {
        State.SUBMITTED: actions.submit,
        State.RETURNED: actions.return_for_correction,
        State.VERIFIED: to_verified,
        State.SUSPENDED: actions.suspend,
        State.DISSOLVED: actions.dissolve,
    }
    list_display = ["name", "legal_form", "district", "state", "krs", "confirmed_at", "origin"]
    list_filter = [
        "state",
        "legal_form",
        "origin",
        "has_opp_status",
        ("district", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["district"]
    search_fields = ["folded_name"]
    ordering = ["sort_name", "pk"]
    raw_id_fields = ["parent"]
    inlines = [DossierInline, ResidentOfferInline]
    readonly_fields = [
        "origin",
        "submitted_at",
        "verified_at",
        "verified_by",
        "confirmed_at",
        "registered_by",
        "eligibility",
    ]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "state_label", "name", "short_name", "legal_form", "legal_form_label", "parent", "krs", "nip", "regon",
                    "register_name", "register_number", "rspo", "founded", "registered", "has_opp_status", "opp_since",
                    "exclusion", "is_nonprofit_declared", "eligibility",
                ]
            },
        ),
        (_("Siedziba i kontakt"), {
            "fields": [
                "address", "postal_code", "locality", "district", "is_outside_city", "accessibility",
                "correspondence_address", "email", "phone", "website", "social_media", "bip_url",
            ]
        }),
        (_("Działalność"), {
            "fields": [
                "mission", "main_sphere", "spheres", "target_groups", "reach", "networks",
                "wants_volunteers", "wants_partner", "wants_premises",
            ]
        }),
        (_("Skąd dane"), {
            "fields": [
                "origin", "source", "source_confidence", "sources_extra", "note", "oddities", "author_name",
                "registered_by", "submitted_at", "verified_at", "verified_by", "confirmed_at",
            ]
        }),
    ]  # fmt: skip

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Boxes with labels: the double list of the admin says nothing to screen readers."""
        kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_view_permission(self, request, obj=None):
        """Every official may look an organisation up, to name it in a case."""
        is_official = any(DUTIES[Role(grant.role)].enters_admin for grant in grants_of(request.user))
        return is_official or super().has_view_permission(request, obj)

    def get_search_results(self, request, queryset, search_term):
        """By name in any case and without diacritics, or by number."""
        term = folded(search_term.replace("\0", ""))[:200].strip()
        found = Q(folded_name__contains=term)
        for name, number in law.numbers_meant(term).items():
            found |= Q(**{name: number})
        return (queryset.filter(found) if term else queryset), False

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
        else:
            actions.enter_organization(obj, by=request.user, at=now())

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        actions.record_office_edit(form.instance, at=now())

    @admin.display(description=_("może dostawać dotacje"), boolean=True)
    def eligibility(self, obj: Organization) -> bool:
        return obj.is_eligible_for_grants


# --- rows that wait for a decision ------------------------------------------------------------------------


@dataclass(frozen=True)
class Decision:
    """One button: what it is called, the action behind it, and when it is offered."""

    verb: Any
    act: Callable[..., Any]
    is_offered: Callable[[Any], bool]
    requires_reason: bool = False
    confirm: Any = ""


class DecisionAdmin(OfficialAdmin):
    """Rows that are read and decided on, never edited by hand; only who keeps the registry decides."""

    decisions: dict[str, Decision] = {}
    change_form_template = "admin/organizations/decision_change_form.html"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_decide"
        decide = path("<int:pk>/decyzja/<slug:key>/", self.admin_site.admin_view(self.decide_view), name=name)
        return [decide, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        obj = self.get_object(request, object_id)
        offered = [] if obj is None or not is_registrar(request.user) else self.offered(obj)
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), "decisions": offered}
        )

    def offered(self, obj) -> list[dict[str, Any]]:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_decide"
        return [
            {"verb": decision.verb, "url": reverse(name, args=[obj.pk, key])}
            for key, decision in self.decisions.items()
            if decision.is_offered(obj)
        ]

    @csrf_protect_m
    def decide_view(self, request: HttpRequest, pk: int, key: str) -> HttpResponse:
        """Asks for the reason, then calls the action."""
        obj = get_object_or_404(self.get_queryset(request), pk=pk)
        decision = self.decisions.get(key)
        if decision is None or not is_registrar(request.user):
            raise PermissionDenied
        back = redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", obj.pk)
        if not decision.is_offered(obj):
            self.message_user(request, _("Ta sprawa jest już rozstrzygnięta."), messages.ERROR)
            return back
        form = self.decision_form(request, decision)
        if request.method == "POST" and form.is_valid() and self._decide(request, obj, decision, form):
            self.message_user(request, _("Zapisano: %(verb)s.") % {"verb": decision.verb}, messages.SUCCESS)
            return back
        context = {
            **self.admin_site.each_context(request),
            "title": decision.verb,
            "opts": self.opts,
            "original": obj,
            "move": decision,
            "form": form,
        }
        return render(request, "admin/case_move.html", context)

    def decision_form(self, request: HttpRequest, decision: Decision) -> forms.Form:
        form = ReasonForm(request.POST or None)
        form.fields["reason"].required = decision.requires_reason
        return form

    def _decide(self, request, obj, decision: Decision, form) -> bool:
        try:
            decision.act(obj, by=request.user, at=now(), **form.cleaned_data)
        except LawBreached as refused:
            for breach in refused.breaches:
                form.add_error(breach.field if breach.field in form.fields else None, law.named(breach))
            return False
        except MoveRefused:
            form.add_error(None, _("Ta sprawa jest już rozstrzygnięta."))
            return False
        return True


def grant(mandate: Mandate, *, by, at, reason: str = "") -> Mandate:
    """The button has a reason field like all others; granting keeps the evidence instead."""
    return actions.grant_mandate(mandate, by=by, at=at)


class MandateForm(forms.ModelForm):
    """A mandate that the office has checked itself."""

    def clean(self):
        data = super().clean()
        if not data.get("evidence", "").strip():
            self.add_error("evidence", _("napisz, z czego wynika uprawnienie"))
        if "user" in data and "organization" in data:
            same = Mandate.objects.filter(user=data["user"], organization=data["organization"], ended_at=None)
            if same.filter(role=data.get("role")).exists():
                self.add_error("role", _("ta osoba ma już tę rolę albo o nią prosi"))
            if not data["organization"].is_public:
                self.add_error("organization", _("wybierz organizację z publicznym profilem"))
        return data


@admin.register(Mandate)
class MandateAdmin(DecisionAdmin):
    form = MandateForm
    decisions = {
        "nadaj": Decision(_("Nadaj upoważnienie"), grant, lambda m: m.is_requested, confirm=_("Sprawdź podstawę w rejestrze albo w dokumencie.")),
        "odmow": Decision(_("Odmów"), actions.refuse_mandate, lambda m: m.is_requested, requires_reason=True),
        "odwolaj": Decision(
            _("Odwołaj upoważnienie"),
            actions.revoke_mandate,
            lambda m: m.verified_at is not None and m.ended_at is None,
            requires_reason=True,
        ),
    }  # fmt: skip
    list_display = ["organization", "user", "role", "valid_from", "valid_until", "verified_at", "ended_at"]
    list_filter = [
        "role",
        ("verified_at", admin.EmptyFieldListFilter),
        ("ended_at", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["organization", "user"]
    search_fields = ["organization__folded_name", "user__email", "user__full_name"]
    autocomplete_fields = ["organization", "user"]
    fields = ["organization", "user", "role", "evidence", "valid_from", "valid_until"]

    def get_fields(self, request, obj=None):
        decided = ["requested_at", "verified_at", "verified_by", "ended_at", "ended_by", "end_reason"]
        return [*self.fields, *decided] if obj else self.fields

    def has_view_permission(self, request, obj=None):
        return is_registrar(request.user) or has_role(request.user, Role.AUDITOR)

    def has_add_permission(self, request):
        return is_registrar(request.user)

    def save_model(self, request, obj, form, change):
        """Only new ones come here: they are granted at once, on the evidence that the office has seen."""
        made = actions.assign_mandate(
            obj.organization,
            user=obj.user,
            role=obj.role,
            evidence=obj.evidence,
            valid_from=obj.valid_from,
            valid_until=obj.valid_until,
            by=request.user,
            at=now(),
        )
        obj.pk = made.pk


@admin.register(IdentityRevision)
class IdentityRevisionAdmin(DecisionAdmin):
    decisions = {
        "zatwierdz": Decision(_("Zatwierdź zmianę"), actions.approve_revision, lambda r: r.decided_at is None),
        "odrzuc": Decision(_("Odrzuć zmianę"), actions.reject_revision, lambda r: r.decided_at is None, requires_reason=True),
    }  # fmt: skip
    list_display = ["organization", "proposed_at", "proposed_by", "is_approved", "decided_at"]
    list_filter = [("decided_at", admin.EmptyFieldListFilter)]
    list_select_related = ["organization", "proposed_by"]
    search_fields = ["organization__folded_name"]
    fields = ["organization", "comparison", "reason", "proposed_by", "proposed_at", "is_approved", "decided_by", "decided_at", "decision_reason"]  # fmt: skip
    readonly_fields = ["comparison"]

    def has_view_permission(self, request, obj=None):
        return is_registrar(request.user) or has_role(request.user, Role.AUDITOR)

    @admin.display(description=_("było i ma być"))
    def comparison(self, revision: IdentityRevision):
        rows = (
            (field_label(name), str(revision.previous.get(name) or "–"), str(value or "–"))
            for name, value in revision.values.items()
        )
        return format_html_join("", "<p><strong>{}:</strong> <del>{}</del> <ins>{}</ins></p>", rows)


def close_report(report: ErrorReport, *, by, at, reason: str = "") -> ErrorReport:
    return actions.close_error_report(report, outcome=reason, by=by, at=at)


@admin.register(ErrorReport)
class ErrorReportAdmin(DecisionAdmin):
    decisions = {
        "zalatwione": Decision(
            _("Zapisz, co zrobiono"), close_report, lambda r: r.handled_at is None, requires_reason=True
        )
    }
    list_display = ["organization", "text", "reported_at", "handled_at"]
    list_filter = [("handled_at", admin.EmptyFieldListFilter)]
    list_select_related = ["organization"]
    search_fields = ["organization__folded_name"]
    fields = ["organization", "text", "email", "reported_at", "handled_at", "handled_by", "outcome"]

    def has_view_permission(self, request, obj=None):
        return is_registrar(request.user) or has_role(request.user, Role.AUDITOR)
