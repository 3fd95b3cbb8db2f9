"""Drafts put up for remarks, on the desk: sent to dialogue bodies, prolonged, every remark answered."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.city.desk import OfficialAdmin
from core.common.clock import now
from core.common.form_fields import MomentField
from core.notifications.audiences import options

from .. import actions
from ..models import DraftRemark, DraftReview
from ..permissions import EDITORS, may_prepare, may_run
from .acts import Act, ActsMixin, ReasonForm

BODIES = "dialogue_bodies"


class BodiesForm(forms.Form):
    """To which bodies the draft goes: their secretaries and the organisations in them."""

    bodies = forms.MultipleChoiceField(label=_("Ciała dialogu"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bodies"].choices = options(BODIES)


class ProlongForm(forms.Form):
    closes_at = MomentField(label=_("Uwagi do"))
    reason = forms.CharField(label=_("Powód"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


def send(request, review: DraftReview, form: BodiesForm) -> DraftReview:
    actions.send_review(review, audience=BODIES, keys=form.cleaned_data["bodies"], by=request.user, at=now())
    return review


def prolong(request, review: DraftReview, form: ProlongForm) -> DraftReview:
    return actions.prolong_review(review, **form.cleaned_data, by=request.user, at=now())


def hide(request, remark: DraftRemark, form: ReasonForm) -> DraftRemark:
    return actions.hide_remark(remark, reason=form.cleaned_data["reason"], by=request.user, at=now())


@admin.register(DraftReview)
class DraftReviewAdmin(ActsMixin, OfficialAdmin):
    editors = EDITORS
    unit_lookup = "call__unit"
    change_form_template = "competitions/admin/acts_form.html"
    list_display = ["title", "opens_at", "closes_at"]
    list_select_related = ["call__unit"]
    search_fields = ["title"]
    readonly_fields = ["call", "title", "intro", "opens_at", "closes_at", "bodies"]
    fields = ["call", "title", "intro", "opens_at", "closes_at", "bodies", "summary"]
    acts = {
        "wyslij": Act(
            _("Wyślij do ciał dialogu"),
            send,
            _("Wysłano szkic."),
            lambda user, review: review.is_open and may_run(user, review.call),
            form=BodiesForm,
        ),
        "przedluz": Act(
            _("Przedłuż czas na uwagi"),
            prolong,
            _("Przedłużono czas na uwagi."),
            lambda user, review: review.call.is_notice_editable and may_run(user, review.call),
            form=ProlongForm,
        ),
    }

    @admin.display(description=_("wysłano do"))
    def bodies(self, obj) -> str:
        return ", ".join(obj.sent_to) or "–"

    def has_add_permission(self, request):
        return False

    def view_on_site(self, obj):
        return obj.get_absolute_url()

    def save_model(self, request, obj, form, change):
        actions.summarise_review(obj, summary=form.cleaned_data["summary"], by=request.user, at=now())


@admin.register(DraftRemark)
class DraftRemarkAdmin(ActsMixin, OfficialAdmin):
    editors = EDITORS
    unit_lookup = "review__call__unit"
    change_form_template = "competitions/admin/acts_form.html"
    list_display = ["receipt", "review", "paragraph", "short_text", "received_at", "position", "is_hidden"]
    list_filter = [
        ("answered_at", admin.EmptyFieldListFilter),
        "is_hidden",
        ("review", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["review__call", "paragraph"]
    search_fields = ["receipt", "text", "review__title"]
    readonly_fields = [
        "receipt", "review", "paragraph_text", "text", "organization_name", "received_at", "answered_at",
        "is_hidden", "hidden_reason",
    ]  # fmt: skip
    fields = [
        "receipt", "review", "paragraph_text", "text", "organization_name", "received_at", "position", "answer",
        "answered_at", "is_hidden", "hidden_reason",
    ]  # fmt: skip
    acts = {
        "ukryj": Act(
            _("Nie publikuj uwagi"),
            hide,
            _("Uwaga nie będzie opublikowana."),
            lambda user, remark: not remark.is_hidden and may_prepare(user, remark.review.call),
            form=ReasonForm,
        )
    }

    @admin.display(description=_("uwaga"))
    def short_text(self, obj) -> str:
        return obj.text[:80]

    @admin.display(description=_("akapit szkicu"))
    def paragraph_text(self, obj) -> str:
        return f"{obj.paragraph.number}. {obj.paragraph.text}" if obj.paragraph else str(_("uwaga ogólna"))

    def has_add_permission(self, request):
        return False

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        for name in ("position", "answer"):
            if name in form.base_fields:
                form.base_fields[name].required = True
        return form

    def save_model(self, request, obj, form, change):
        data = form.cleaned_data
        actions.answer_remark(
            obj, position=data["position"], answer=data["answer"], by=request.user, at=now()
        )
