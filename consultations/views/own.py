"""Behind the private link: files, wishes; the lost link; all that one and one's organisations have sent."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.common.antispam import is_too_often
from core.common.clock import now
from core.common.keys import key_of
from core.documents.models import Attachment
from core.documents.views import handed_over
from core.legal.rules import LawBreached
from organizations.queries import organizations_of

from .. import actions
from ..forms.own import LostLinkForm, MoreFilesForm, WishesForm
from ..models import Submission
from .participant import OwnSubmission

LINKS_OFTEN, LINKS_WITHIN = 10, timedelta(hours=1)
SHOWN = 100


class OwnFiles(OwnSubmission):
    """Files of one's own submission: read at any time, added and removed until the end."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.page(MoreFilesForm())

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        if "remove" in request.POST:
            return self.removed(request.POST["remove"])
        form = MoreFilesForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(form)
        try:
            actions.add_files(self.submission, form.cleaned_data["files"], at=now(), by=self.actor())
        except LawBreached as refused:
            form.add_error("files", [str(breach.message) for breach in refused.breaches])
            return self.page(form)
        except ValidationError as refused:
            form.add_error("files", refused)
            return self.page(form)
        messages.success(request, _("Dodano pliki."))
        return redirect("consultations:own_files", token)

    def removed(self, wanted: str) -> HttpResponse:
        file = self.file(key_of(wanted))
        try:
            actions.drop_file(self.submission, file, at=now(), by=self.actor())
        except LawBreached as refused:
            messages.error(self.request, " ".join(str(breach.message) for breach in refused.breaches))
        else:
            messages.success(self.request, _("Usunięto plik."))
        return redirect("consultations:own_files", self.submission.token)

    def actor(self):
        return self.request.user if self.request.user.is_authenticated else None

    def file(self, pk: int) -> Attachment:
        return get_object_or_404(Attachment.objects.of(self.submission).current(), pk=pk)

    def page(self, form: MoreFilesForm) -> HttpResponse:
        context = {
            "submission": self.submission,
            "consultation": self.consultation,
            "files": list(Attachment.objects.of(self.submission).current()),
            "form": form,
        }
        return render(self.request, "consultations/own_files.html", context)


class OwnFile(OwnFiles):
    """One file, for who holds the link."""

    def dispatch(self, request, token, pk):
        self.wanted = pk
        return super().dispatch(request, token)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return handed_over(self.file(self.wanted))

    http_method_names = ["get", "head", "options"]


class Wishes(OwnSubmission):
    """»Zapisz wybór«: what one wants to hear of, at any time."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        form = WishesForm.of(self.submission, request.POST)
        if form.is_valid():
            by = request.user if request.user.is_authenticated else None
            actions.change_wishes(self.submission, at=now(), by=by, **form.cleaned_data)
            messages.success(request, _("Zapisano, o czym mamy Ci pisać i na co się zgadzasz."))
        return redirect(self.submission.get_private_url())


@method_decorator(never_cache, name="dispatch")
class LostLink(View):
    """The private link once more, to the address that the remarks came from."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(LostLinkForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = LostLinkForm(request.POST)
        if not form.is_valid():
            return self.page(form)
        if is_too_often(request, "consultation-link", limit=LINKS_OFTEN, within=LINKS_WITHIN):
            form.add_error(None, _("Z Twojej sieci pytano już wiele razy. Spróbuj za godzinę."))
            return self.page(form)
        actions.send_link_again(form.cleaned_data["number"], form.cleaned_data["email"], at=now())
        messages.success(
            request,
            _("Jeśli numer i adres się zgadzają, za chwilę przyjdzie list z linkiem. Sprawdź też spam."),
        )
        return redirect("consultations:lost_link")

    def page(self, form: LostLinkForm) -> HttpResponse:
        return render(self.request, "consultations/lost_link.html", {"form": form})


@require_safe
@never_cache
@login_required
def my_remarks(request: HttpRequest) -> HttpResponse:
    """What the person and the organisations they act for have sent, with what has been answered."""
    mine = organizations_of(request.user)
    remarks = Count("remarks", filter=Q(remarks__withdrawn_at=None))
    answered = Count("remarks", filter=Q(remarks__withdrawn_at=None, remarks__answered_at__isnull=False))
    rows = (
        Submission.objects.valid()
        .filter(Q(organization__in=mine) | Q(user=request.user, organization=None))
        .select_related("consultation", "organization")
        .annotate(remark_count=remarks, answered_count=answered)
        .order_by("-received_at")[:SHOWN]
    )
    return render(request, "consultations/my_remarks.html", {"submissions": rows, "organizations": mine})
