"""The partner finder: a list for everybody, notices of one's own organisation, answers through the portal."""

from datetime import timedelta
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from core.common.antispam import is_too_often
from core.common.clock import now, today
from core.common.listing import RecordList, Sort
from core.legal.rules import LawBreached

from .. import actions, permissions
from ..exports import PARTNER_COLUMNS
from ..filters import PartnerFilter
from ..forms import AnswerForm, ErrorReportForm, PartnerNoticeForm
from ..models import Organization, PartnerNotice
from .organization import of_person, show_breaches

ANSWERS_PER_HOUR = 10
REPORTS_PER_HOUR = 10


class PartnerList(RecordList):
    """What organisations seek and offer for joint offers."""

    template_name = "organizations/partners.html"
    filterset_class = PartnerFilter
    sorts = (
        Sort("nowe", _("najnowsze"), ("-changed_at", "pk")),
        Sort("koniec", _("koniec najbliżej"), ("valid_until", "pk")),
    )
    columns = PARTNER_COLUMNS
    export_name = "partnerzy"
    title = _("Szukam partnera")

    def get_queryset(self):
        return PartnerNotice.objects.published(today()).for_list()

    def extra_context(self, filterset, rows):
        filterset.show_counts()
        return {"own": getattr(self.request, "organization", None) or None}


def of_own_notice(view):
    """The view gets a notice of an organisation the person acts for; else there is no such page."""

    @wraps(view)
    @login_required
    def inner(request, pk: int, *args, **kwargs):
        notice = get_object_or_404(PartnerNotice.objects.for_list(), pk=pk, withdrawn_at=None)
        if not (
            notice.organization.is_public and permissions.holds_mandate(request.user, notice.organization)
        ):
            raise Http404
        return view(request, notice, *args, **kwargs)

    return inner


def partner(request, pk: int):
    """One notice; its own people see it also when it has run out."""
    notice = get_object_or_404(PartnerNotice.objects.for_list(), pk=pk)
    is_own = permissions.holds_mandate(request.user, notice.organization)
    if not (notice.is_public or (is_own and notice.organization.is_public and notice.withdrawn_at is None)):
        raise Http404
    sender = getattr(request, "organization", None) or None
    context = {"notice": notice, "is_own": is_own, "sender": sender, "form": AnswerForm()}
    return render(request, "organizations/partner.html", context)


@login_required
def answer(request, pk: int):
    """Writes to the organisation of a notice, in the name of the one the person acts for."""
    notice = get_object_or_404(PartnerNotice.objects.published(today()).for_list(), pk=pk)
    sender = request.organization or None
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and sender and form.is_valid() and _is_sent(request, notice, sender, form):
        messages.success(request, _("Wiadomość wysłana. Odpowiedź przyjdzie na adres Twojej organizacji."))
        return redirect(notice)
    return render(
        request, "organizations/partner_answer.html", {"notice": notice, "sender": sender, "form": form}
    )


def _is_sent(request, notice: PartnerNotice, sender: Organization, form: AnswerForm) -> bool:
    if is_too_often(request, "partner-answer", limit=ANSWERS_PER_HOUR, within=timedelta(hours=1)):
        form.add_error(None, _("Z tego miejsca wysłano już dużo wiadomości: spróbuj za godzinę."))
        return False
    try:
        actions.write_to_partner(
            notice, text=form.cleaned_data["text"], organization=sender, by=request.user, at=now()
        )
    except LawBreached as refused:
        show_breaches(form, refused)
        return False
    return True


@of_person(permissions.may_edit)
def add_notice(request, organization: Organization):
    """A new notice of a public organisation."""
    if not organization.is_public:
        raise Http404
    form = PartnerNoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        notice = actions.publish_notice(organization, form.values(), by=request.user, at=now())
        messages.success(request, _("Ogłoszenie jest na liście."))
        return redirect(notice)
    context = {"form": form, "organization": organization, "page_title": _("Nowe ogłoszenie o partnerstwie")}
    return render(request, "organizations/partner_form.html", context)


@of_own_notice
def edit_notice(request, notice: PartnerNotice):
    """Other words, or another last day."""
    form = PartnerNoticeForm(request.POST or None, instance=notice)
    if request.method == "POST" and form.is_valid():
        actions.change_notice(notice, form.values(), by=request.user, at=now())
        messages.success(request, _("Zapisano ogłoszenie."))
        return redirect(notice)
    context = {
        "form": form,
        "organization": notice.organization,
        "notice": notice,
        "page_title": _("Zmień ogłoszenie"),
    }
    return render(request, "organizations/partner_form.html", context)


@require_POST
@of_own_notice
def withdraw_notice(request, notice: PartnerNotice):
    actions.withdraw_notice(notice, by=request.user, at=now())
    messages.success(request, _("Ogłoszenie zdjęte z listy."))
    return redirect("organizations:partners")


def report_notice(request, pk: int):
    """Anybody points out a notice that should not be there."""
    notice = get_object_or_404(PartnerNotice.objects.published(today()).for_list(), pk=pk)
    form = ErrorReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if is_too_often(request, "organization-error", limit=REPORTS_PER_HOUR, within=timedelta(hours=1)):
            form.add_error(None, _("Z tego miejsca przyszło już dużo zgłoszeń: spróbuj za godzinę."))
        else:
            actions.report_notice(
                notice, text=form.cleaned_data["text"], email=form.cleaned_data["email"], at=now()
            )
            messages.success(request, _("Dziękujemy. Urząd sprawdzi to ogłoszenie."))
            return redirect(notice)
    context = {"organization": notice.organization, "notice": notice, "form": form}
    return render(request, "organizations/report_error.html", context)
