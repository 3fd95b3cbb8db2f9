"""The newsletter on the desk: issues with their lines, recipients and progress; subscribers."""

from csp.decorators import csp_replace
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.roles import Role
from core.city.desk import CaseAdmin, OfficialAdmin, OfficialInline
from core.city.scope import has_role
from core.common.clock import now
from core.common.formats import counted
from core.common.templatetags.portal import state_tag
from core.legal.rules import LawBreached

from .. import actions, law
from ..emails.issue import EVERYTHING, Press, shown_to_the_desk
from ..enums import IssueState, SubscriberState, Topic
from ..models import IssueItem, NewsletterIssue, Subscriber
from ..queries.newsletter import progress_of, recipients

# The preview is a letter: its styles stand in its elements, as mail programs want them.
LETTER_POLICY = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "img-src": ["'self'"]}
PROGRESS_LABELS = {
    "sent": gettext_lazy("wysłane"),
    "waiting": gettext_lazy("czekają"),
    "uncertain": gettext_lazy("niepewne"),
    "failed": gettext_lazy("odrzucone"),
    "dropped": gettext_lazy("nie do wysłania"),
}
LOOKS = {
    SubscriberState.PENDING: "waiting",
    SubscriberState.ACTIVE: "done",
    SubscriberState.ENDED: "off",
}


class ItemForm(forms.ModelForm):
    def clean_url(self) -> str:
        """Letters lead into the portal only."""
        url = self.cleaned_data["url"].strip()
        if not url.startswith("/") or url.startswith("//"):
            raise forms.ValidationError(_("Adres w portalu: wpisz ścieżkę, która zaczyna się od /."))
        return url


class ItemInline(OfficialInline):
    model = IssueItem
    form = ItemForm
    fields = [
        "section", "position", "topic", "over", "title", "text", "url", "happens_at", "has_hour", "is_deadline",
    ]  # fmt: skip


class IssueForm(forms.ModelForm):
    def clean(self):
        data = super().clean()
        facts = law.IssueFacts(
            item_count=0, recipient_count=0, scheduled_at=data.get("scheduled_at"), at=now()
        )
        for breach in law.scheduling_breaches(facts):
            self.add_error("scheduled_at", str(breach.message))
        return data


@admin.register(NewsletterIssue)
class NewsletterIssueAdmin(CaseAdmin):
    form = IssueForm
    change_form_template = "admin/communication/issue_change_form.html"
    list_display = ["__str__", "state_label", "scheduled_at", "started_at", "sent_at"]
    list_filter = ["state"]
    inlines = [ItemInline]
    fields = ["state_label", "subject", "intro", "scheduled_at", "covers_from", "assembled_at"]
    readonly_fields = ["covers_from", "assembled_at"]
    moves = {
        IssueState.READY: actions.mark_ready,
        IssueState.DRAFT: actions.reopen_issue,
        IssueState.SENDING: actions.send_issue,
        IssueState.CANCELLED: actions.cancel_issue,
    }

    def has_change_permission(self, request, obj=None):
        """What has left the draft is not edited: all its letters must be alike."""
        return super().has_change_permission(request, obj) and (obj is None or obj.is_editable)

    def view_on_site(self, obj: NewsletterIssue) -> str | None:
        """No button to a page that is not there."""
        return obj.get_absolute_url() if obj.is_public else None

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def get_changeform_initial_data(self, request):
        return {"scheduled_at": law.next_weekly(now())}

    # --- writing ------------------------------------------------------------------------------
    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
            return
        made = actions.plan_issue(
            by=request.user,
            at=now(),
            scheduled_at=obj.scheduled_at,
            subject=obj.subject,
            intro=obj.intro,
        )
        obj.__dict__.update(made.__dict__)
        actions.assemble_issue(obj, by=request.user, at=now())

    def save_formset(self, request, form, formset, change):
        actions.keep_items(form.instance, formset.save, by=request.user, at=now())

    # --- what stands beside -------------------------------------------------------------------
    def change_view(self, request, object_id, form_url="", extra_context=None):
        obj = self.get_object(request, object_id)
        extra = dict(extra_context or {})
        if obj is not None:
            extra |= self.beside(request, obj)
        return super().change_view(request, object_id, form_url, extra)

    def beside(self, request, issue: NewsletterIssue) -> dict:
        counts = recipients()
        progress = progress_of(issue)
        letters = reverse("admin:notifications_outboxmail_changelist")
        return {
            "recipients_all": counts["all"],
            "recipients": [(Topic(topic).label, counts[topic], topic) for topic in Topic.values],
            "progress": [(PROGRESS_LABELS[name], progress[name], name) for name in PROGRESS_LABELS],
            "letters_url": f"{letters}?batch={issue.batch}" if issue.started_at else "",
            "preview_url": reverse("admin:communication_newsletterissue_preview", args=[issue.pk]),
            "assemble_url": reverse("admin:communication_newsletterissue_assemble", args=[issue.pk])
            if self.has_change_permission(request, issue)
            else "",
        }

    def get_urls(self):
        views = [
            path(
                "<row:pk>/podglad/",
                self.admin_site.admin_view(self.preview_view),
                name="communication_newsletterissue_preview",
            ),
            path(
                "<row:pk>/zbierz/",
                self.admin_site.admin_view(self.assemble_view),
                name="communication_newsletterissue_assemble",
            ),
        ]
        return [*views, *super().get_urls()]

    @method_decorator(csp_replace(LETTER_POLICY))
    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The letter as it will look: ``?temat=`` for somebody of one topic, ``?postac=tekst`` for plain text."""
        issue = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, issue):
            raise PermissionDenied
        topic = request.GET.get("temat", "")
        wishes = ((topic,), (), (), True) if topic in Topic.values else EVERYTHING
        printed = Press(issue, at=issue.started_at or issue.scheduled_at or now()).print_for(wishes)
        if printed is None:
            return render(request, "admin/communication/empty_letter.html", {"issue": issue})
        printed = shown_to_the_desk(printed)
        if request.GET.get("postac") == "tekst":
            text = f"{printed.subject}\n\n{printed.text}"
            return HttpResponse(text, content_type="text/plain; charset=utf-8")
        return HttpResponse(printed.html.replace("cid:znak", static("img/mark.png")))

    @csrf_protect_m
    def assemble_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Adds what the portal has and the draft lacks."""
        issue = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, issue):
            raise PermissionDenied
        if request.method == "POST":
            try:
                added = actions.assemble_issue(issue, by=request.user, at=now())
            except LawBreached as refused:
                self.message_user(request, str(refused.breaches[0].message), messages.ERROR)
            else:
                lines = counted(added, _("pozycję|pozycje|pozycji"))
                self.message_user(request, _("Dodano %(lines)s.") % {"lines": lines}, messages.SUCCESS)
        return redirect(self._change_url(issue))


@admin.register(Subscriber)
class SubscriberAdmin(OfficialAdmin):
    """Read only; addresses are shown to nobody who does not look for one."""

    list_display = ["__str__", "state_label", "topics_label", "asked_at", "confirmed_at", "ended_at"]
    list_filter = ["state"]
    fields = list_display
    actions = ("end",)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_end_permission(self, request) -> bool:
        return has_role(request.user, Role.COORDINATOR)

    def get_search_fields(self, request):
        """The whole address, for who asks the office to be forgotten."""
        return ["=email"] if self.has_end_permission(request) else []

    def get_search_results(self, request, queryset, search_term):
        term = search_term.strip()
        if not term or not self.get_search_fields(request):
            return queryset, False
        return queryset.filter(email__iexact=term), False

    @admin.display(description=gettext_lazy("stan"), ordering="state")
    def state_label(self, obj: Subscriber):
        return state_tag(LOOKS[SubscriberState(obj.state)], obj.get_state_display())

    @admin.display(description=gettext_lazy("tematy"))
    def topics_label(self, obj: Subscriber) -> str:
        return ", ".join(str(Topic(t).label) for t in obj.topics if t in Topic.values)

    @admin.action(description=gettext_lazy("Wypisz z newslettera"), permissions=["end"])
    def end(self, request, queryset):
        for subscriber in queryset:
            actions.end_subscription(subscriber.unsubscribe_token, at=now())
        self.message_user(request, _("Wypisano zaznaczone adresy."), messages.SUCCESS)
