"""Profiles with their moves on the desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.accounts.roles import DUTIES, Role
from core.city.desk import CaseAdmin, OfficialInline, ReasonForm
from core.city.scope import grants_of, has_role
from core.common.clock import now
from core.common.form_fields import DayField
from core.documents.admin import DocumentsAdminMixin

from .. import actions, law
from ..enums import Origin, State, TargetGroup
from ..forms import LinesField, NumberField
from ..models import Dossier, Organization, ResidentOffer
from ..models.organization import folded
from ..permissions import is_registrar
from .comparisons import RegisterChecks
from .merging import MergingDesk


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


class DissolutionForm(ReasonForm):
    """Since when an organisation is no more, and whence this is known."""

    dissolved_on = DayField(
        label=_("Dzień zakończenia działalności"), help_text=_("np. dzień wykreślenia z rejestru")
    )
    source = forms.CharField(label=_("Źródło"), max_length=300, help_text=_("np. odpis z KRS z dnia …"))
    field_order = ["dissolved_on", "source", "reason"]


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
class OrganizationAdmin(RegisterChecks, MergingDesk, DocumentsAdminMixin, CaseAdmin):
    form = OrganizationForm
    moves = {
        State.SUBMITTED: actions.submit,
        State.RETURNED: actions.return_for_correction,
        State.VERIFIED: to_verified,
        State.SUSPENDED: actions.suspend,
        State.DISSOLVED: actions.dissolve,
    }
    move_forms = {State.DISSOLVED: DissolutionForm}
    change_form_template = "admin/organizations/organization_change_form.html"
    change_list_template = "admin/organizations/organization_change_list.html"
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

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Who may read the restricted part leaves a trace in the organisation's own log."""
        obj = self.get_object(request, object_id)
        reads_all = is_registrar(request.user) or has_role(request.user, Role.AUDITOR)
        if obj is not None and request.method == "GET" and reads_all:
            actions.note_opening(obj, _("Kartoteka organizacji"), by=request.user, at=now())
        return super().change_view(request, object_id, form_url, extra_context)

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
