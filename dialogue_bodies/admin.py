"""Dialogue bodies on the desk."""

from django import forms
from django.contrib import admin, messages
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.enums import State
from consultations.models import Consultation
from core.accounts.roles import Role
from core.city.desk import CaseAdmin, OfficialAdmin, OfficialInline
from core.common.clock import now, today
from core.common.slugs import slug_for
from core.documents.admin import DocumentsAdminMixin
from core.legal import parameters
from core.legal.rules import LawBreached
from core.legal.workflow import start

from . import actions, law
from .enums import BodyState, MeetingState
from .models import BodyDocument, BodyMembership, DialogueBody, Meeting, OpinionRequest, PlanItem, Term


class MembershipInline(OfficialInline):
    model = BodyMembership
    fields = [
        "side",
        "role",
        "is_deputy",
        "person_name",
        "organization",
        "unit",
        "starts_on",
        "ends_on",
        "legal_act",
    ]
    raw_id_fields = ["organization"]


class TermInline(OfficialInline):
    model = Term
    fields = [
        "number",
        "starts_on",
        "ends_on",
        "appointed_by",
        "seats_ngo",
        "seats_city_council",
        "seats_mayor",
    ]


class PlanInline(OfficialInline):
    model = PlanItem


@admin.register(DialogueBody)
class DialogueBodyAdmin(DocumentsAdminMixin, CaseAdmin):
    editors = (Role.DIALOGUE_SECRETARY,)
    unit_lookup = "unit"
    list_display = ["name", "kind", "state_label", "unit", "field"]
    list_filter = ["kind", "state"]
    search_fields = ["name", "field"]
    list_select_related = ["unit"]
    inlines = [TermInline, MembershipInline, PlanInline]
    moves = {BodyState.ACTIVE: actions.appoint_body, BodyState.DISSOLVED: actions.dissolve_body}
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", "state_label", "field", "lead", "unit"]}),
        (
            _("Podstawa"),
            {"fields": ["legal_act", "legal_basis", "previous_rules", "founded_on", "first_meeting_on"]},
        ),
        (
            _("Członkostwo"),
            {
                "fields": [
                    "membership_rule",
                    "members_limit",
                    "member_organizations_count",
                    "is_member_count_approximate",
                    "recruitment_until",
                    "meeting_frequency",
                ]
            },
        ),
        (_("Publikacja"), {"fields": ["author_name", "notes", "source"]}),
    ]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}

    def save_model(self, request, obj, form, change):
        if not change:
            obj.slug = obj.slug or slug_for(DialogueBody, obj.name)
            obj.state_since = now()
        obj.updated_at = now()
        super().save_model(request, obj, form, change)
        if not change:
            start(obj, by=request.user, at=now())
        actions.publish_in_search(obj)

    def save_related(self, request, form, formsets, change):
        """The rules of composition are told at once; they do not stop a change made by an ordinance."""
        super().save_related(request, form, formsets, change)
        for breach in actions.composition_breaches(form.instance, on=today()):
            self.message_user(request, f"{breach.message} ({breach.rule})", messages.WARNING)


class MeetingForm(forms.ModelForm):
    """Shows the rules of the notice early; publishing asks them again."""

    def clean(self):
        data = super().clean()
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("Koniec: wpisz godzinę późniejszą niż początek."))
        return data


@admin.register(Meeting)
class MeetingAdmin(DocumentsAdminMixin, CaseAdmin):
    editors = (Role.DIALOGUE_SECRETARY,)
    unit_lookup = "body__unit"
    form = MeetingForm
    list_display = ["body", "starts_at", "state_label", "place", "attendance_count"]
    list_filter = ["state", ("body", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["body__name", "agenda"]
    date_hierarchy = "starts_at"
    list_select_related = ["body"]
    moves = {
        MeetingState.ANNOUNCED: actions.announce_meeting,
        MeetingState.HELD: actions.hold_meeting,
        MeetingState.CANCELLED: actions.cancel_meeting,
    }
    fields = [
        "body",
        "state_label",
        "starts_at",
        "ends_at",
        "place",
        "online_link",
        "accessibility",
        "agenda",
        "is_closed",
        "attendance_count",
        "minutes",
    ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "body":
            admin_of_bodies = self.admin_site._registry[DialogueBody]
            kwargs["queryset"] = admin_of_bodies.get_queryset(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        minutes = obj.minutes if "minutes" in form.changed_data else None
        if not change:
            obj.state_since = now()
        super().save_model(request, obj, form, change)
        if not change:
            start(obj, by=request.user, at=now())
        if minutes:
            self._publish_minutes(request, obj, minutes)

    def _publish_minutes(self, request, meeting: Meeting, minutes: str) -> None:
        try:
            actions.publish_minutes(meeting, by=request.user, at=now(), minutes=minutes)
        except LawBreached as refused:
            for breach in refused.breaches:
                self.message_user(request, str(breach.message), messages.WARNING)


@admin.register(BodyDocument)
class BodyDocumentAdmin(DocumentsAdminMixin, OfficialAdmin):
    editors = (Role.DIALOGUE_SECRETARY,)
    unit_lookup = "body__unit"
    list_display = ["number", "title", "body", "kind", "adopted_on", "reply"]
    list_filter = ["kind", "reply", ("body", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["number", "title"]
    list_select_related = ["body"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        """An opinion is shown on the page of a consultation that has one; what was chosen before stays."""
        form = super().get_form(request, obj, change, **kwargs)
        if field := form.base_fields.get("consultation"):
            announced = Q(pk__in=Consultation.objects.announced().exclude(state=State.CANCELLED))
            kept = Q(pk=obj.consultation_id) if obj else Q()
            field.queryset = Consultation.objects.filter(announced | kept)
        return form

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        actions.publish_document(obj, by=request.user, at=now())


@admin.register(OpinionRequest)
class OpinionRequestAdmin(OfficialAdmin):
    editors = (Role.DIALOGUE_SECRETARY,)
    unit_lookup = "body__unit"
    list_display = ["subject", "body", "delivered_on", "due_on", "outcome"]
    list_filter = ["outcome", ("body", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["subject"]
    list_select_related = ["body"]
    readonly_fields = ["due_on"]

    def save_model(self, request, obj, form, change):
        obj.due_on = law.opinion_due(
            obj.delivered_on, days=parameters.days("council_opinion", on=obj.delivered_on)
        )
        super().save_model(request, obj, form, change)
