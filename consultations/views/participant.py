"""Sending remarks without an account, and the private link to one's own submission."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from core.common.antispam import is_too_often
from core.common.clock import now
from core.common.private_pages import private_page
from core.documents.models import Attachment
from core.legal.rules import LawBreached
from organizations.queries import organizations_of

from .. import actions
from ..enums import RespondentType
from ..forms.own import WishesForm
from ..forms.remarks import SubmissionForm, posted_rows, remark_formset
from ..models import Consultation, Submission
from . import repeats
from .detail import remark_row

PREFIX = "uwagi"
# A library or a whole workshop may sit behind one address.
OFTEN, WITHIN = 60, timedelta(hours=1)
BOXES = ("may_publish_name", "wants_report", "wants_survey")
ROW_BUTTONS = ("add", "remove")


@method_decorator(never_cache, name="dispatch")
class SendRemarks(View):
    """The form of remarks; »Dodaj kolejną uwagę« and »Usuń« are buttons of the same form."""

    words = ""

    def dispatch(self, request, slug):
        rows = Consultation.objects.published().select_related("unit")
        self.consultation = get_object_or_404(rows, slug=slug)
        self.points = list(self.consultation.points.all())
        return super().dispatch(request, slug)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        if not self.consultation.takes_remarks:
            return render(request, "consultations/not_taking.html", {"consultation": self.consultation})
        rows = [{"part": self.wanted_part()}]
        return self.page(self.form(initial=sender_of(request)), self.rows(initial=rows))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        if any(button in request.POST for button in ROW_BUTTONS):
            return self.with_other_rows()
        form, rows = self.form(request.POST, request.FILES), self.rows(request.POST)
        if not (form.is_valid() and rows.is_valid()):
            return self.page(form, rows)
        if problem := self.why_not_now(form, rows):
            form.add_error(None, problem)
            return self.page(form, rows)
        return self.file(form, rows)

    def why_not_now(self, form: SubmissionForm, rows) -> str:
        """The same from the same person a second time, or too much from one address; a second click is neither."""
        key = form.cleaned_data["form_key"]
        if key and Submission.objects.filter(form_key=key).exists():
            return ""
        self.words = repeats.words_of(self.request, self.consultation, form.sender.email, rows.texts)
        if repeats.are_known(self.words):
            return _(
                "Takie same uwagi wysłano już z tego adresu e-mail. Numer i link do nich są w potwierdzeniu, "
                "które wtedy przyszło. Zmień uwagę albo popraw tamto zgłoszenie."
            )
        if is_too_often(self.request, "consultation-remarks", limit=OFTEN, within=WITHIN):
            return _(
                "Z Twojej sieci wysłano w ostatniej godzinie bardzo dużo zgłoszeń. Nic nie przepadło: wyślij to "
                "zgłoszenie za godzinę albo przez inne łącze."
            )
        return ""

    def file(self, form: SubmissionForm, rows) -> HttpResponse:
        try:
            submission = actions.file_submission(
                self.consultation,
                sender=form.sender,
                remarks=rows.texts,
                by=self.request.user if self.request.user.is_authenticated else None,
                at=now(),
                form_key=form.cleaned_data["form_key"],
                files=form.cleaned_data["files"],
            )
        except LawBreached as refused:
            for breach in refused.breaches:
                form.add_error(breach.field if breach.field in form.fields else None, str(breach.message))
            return self.page(form, rows)
        except ValidationError as refused:  # a file that could not be stored
            form.add_error("files", refused)
            return self.page(form, rows)
        if self.words:
            repeats.keep(self.words)
        return redirect(submission.get_private_url())

    def with_other_rows(self) -> HttpResponse:
        """The same form with what was typed, one row more or one less; nothing is judged yet."""
        typed = changed_rows(self.request.POST)
        sender: dict[str, Any] = {
            name: self.request.POST.get(name, "").replace("\x00", "")
            for name in SubmissionForm.base_fields
            if name != "files"
        }
        boxes = {name: bool(sender[name]) for name in BOXES}
        return self.page(self.form(initial={**sender, **boxes}), self.rows(initial=typed))

    def form(self, data=None, files=None, initial: dict[str, Any] | None = None) -> SubmissionForm:
        return SubmissionForm(
            data, files, initial=initial, consultation=self.consultation, organization=self.organization()
        )

    def organization(self):
        """The organisation the form was opened for, when the person may act for it; a second tab changes nothing."""
        meant = self.request.POST.get("filed_for", "")
        if not meant:
            return self.request.organization or None
        return next((o for o in organizations_of(self.request.user) if str(o.pk) == meant), None)

    def rows(self, data=None, initial: list[dict[str, Any]] | None = None):
        formset = remark_formset(len(initial or [{}]))
        return formset(data, initial=initial, prefix=PREFIX, form_kwargs={"points": self.points})

    def wanted_part(self) -> str:
        """The address of the point the link came from, when the document has it."""
        wanted = self.request.GET.get("punkt", "")
        return wanted if wanted in {point.key for point in self.points} else ""

    def page(self, form: SubmissionForm, rows) -> HttpResponse:
        is_bound = form.is_bound
        context = {
            "consultation": self.consultation,
            "form": form,
            "rows": rows,
            "has_errors": is_bound and not (form.is_valid() and rows.is_valid()),
            "lost_files": form.fields["files"].accepted(self.request.FILES.getlist("files")),
        }
        return render(self.request, "consultations/send_remarks.html", context)


def changed_rows(data) -> list[dict[str, str]]:
    """The rows as typed, after the button that was pressed."""
    typed = posted_rows(data, PREFIX)
    gone = data.get("remove", "")
    if gone.isascii() and gone.isdigit() and len(typed) > 1:
        typed = [row for number, row in enumerate(typed) if str(number) != gone]
    return [*typed, {}] if "add" in data else typed


def sender_of(request: HttpRequest) -> dict[str, Any]:
    """What is known of the person logged in and of the organisation they act for."""
    if not request.user.is_authenticated:
        return {}
    known = {"name": request.user.full_name, "email": request.user.email}
    if request.organization:
        known |= {"respondent_type": RespondentType.NGO, "organisation_name": request.organization.name}
    return known


class OwnSubmission(View):
    """Base of the pages behind the private link: found by the signed token."""

    @method_decorator(private_page)
    def dispatch(self, request, token):
        rows = Submission.objects.by_token(token).select_related("consultation__unit", "district")
        self.submission = get_object_or_404(rows)
        self.consultation = self.submission.consultation
        return super().dispatch(request, token)


class SubmissionPage(OwnSubmission):
    """The receipt: number, what was sent, the answers; until the end it can be changed or withdrawn."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        remarks = (
            self.submission.remarks.valid().with_author().select_related("consultation").order_by("number")
        )
        due = self.consultation.report_due_with(self.consultation.stages.count())
        context = {
            "submission": self.submission,
            "consultation": self.consultation,
            "remarks": [remark_row(remark, self.consultation, due) for remark in remarks],
            "files": list(Attachment.objects.of(self.submission).current()),
            "wishes": WishesForm.of(self.submission),
        }
        return render(request, "consultations/submission.html", context)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """»Wycofaj zgłoszenie«."""
        try:
            actions.withdraw_submission(self.submission, at=now())
        except LawBreached as refused:
            messages.error(request, " ".join(str(breach.message) for breach in refused.breaches))
            return redirect(self.submission.get_private_url())
        messages.success(request, _("Wycofano zgłoszenie %(number)s.") % {"number": self.submission.number})
        return redirect(self.consultation)


class EditRemarks(OwnSubmission):
    """Changing one's own remarks until the end of the consultation."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        if not self.submission.may_be_edited:
            return redirect(self.submission.get_private_url())
        return self.page(self.rows(initial=self.present()), seen_at=moment_text(self.submission.edited_at))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        seen_at = request.POST.get("seen_at", "")
        if any(button in request.POST for button in ROW_BUTTONS):
            return self.page(self.rows(initial=changed_rows(request.POST)), seen_at=seen_at)
        rows = self.rows(request.POST)
        if not rows.is_valid():
            return self.page(rows, seen_at=seen_at)
        is_same = seen_at == moment_text(self.submission.edited_at)
        try:
            actions.edit_submission(
                self.submission,
                remarks=rows.texts,
                at=now(),
                seen_at=self.submission.edited_at if is_same else now(),
                by=request.user if request.user.is_authenticated else None,
            )
        except LawBreached as refused:
            return self.page(
                rows, seen_at=seen_at, problems=[str(breach.message) for breach in refused.breaches]
            )
        messages.success(
            request, _("Zapisano zmiany w zgłoszeniu %(number)s.") % {"number": self.submission.number}
        )
        return redirect(self.submission.get_private_url())

    def present(self) -> list[dict[str, Any]]:
        """The remarks that may still change."""
        fields = ("proposed_wording", "current_wording", "justification")
        remarks = self.submission.remarks.editable().select_related("point")
        return [
            {
                "remark_id": remark.pk,
                "part": remark.point.key if remark.point else remark.part,
                **{name: getattr(remark, name) for name in fields},
            }
            for remark in remarks.order_by("number")
        ]

    def rows(self, data=None, initial=None):
        points = list(self.consultation.points.all())
        formset = remark_formset(len(initial or [{}]))
        return formset(data, initial=initial, prefix=PREFIX, form_kwargs={"points": points})

    def page(self, rows, *, seen_at: str, problems: list[str] | None = None) -> HttpResponse:
        context = {
            "submission": self.submission,
            "consultation": self.consultation,
            "rows": rows,
            "seen_at": seen_at,
            "problems": problems or [],
            "has_errors": bool(problems) or (rows.is_bound and not rows.is_valid()),
        }
        return render(self.request, "consultations/edit_remarks.html", context)


def moment_text(moment) -> str:
    return moment.isoformat() if moment else ""
