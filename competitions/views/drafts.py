"""Drafts put up for remarks: the list, the draft with numbered paragraphs, the form, the receipt (R-CALL-09)."""

from datetime import timedelta

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.common.antispam import is_too_often
from core.common.clock import now
from core.common.private_pages import private_page
from core.legal.rules import LawBreached

from .. import actions
from ..enums import State
from ..forms import DraftRemarkForm
from ..models import DraftParagraph, DraftRemark, DraftReview

OFTEN, WITHIN = 20, timedelta(hours=1)
MOST_SHOWN = 50


def public_reviews():
    """Reviews that have begun; one of a call given up before its notice is not shown any more."""
    given_up = Q(call__state=State.CANCELLED, call__published_at=None)
    return DraftReview.objects.with_parts().filter(opens_at__lte=now()).exclude(given_up)


@require_safe
def draft_list(request: HttpRequest) -> HttpResponse:
    reviews = public_reviews().annotate(remark_count=Count("remarks", filter=Q(remarks__is_hidden=False)))
    rows = list(reviews.order_by("-closes_at")[:MOST_SHOWN])
    context = {"open": [r for r in rows if r.is_open], "over": [r for r in rows if not r.is_open]}
    return render(request, "competitions/drafts/list.html", context)


@require_safe
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    review = get_object_or_404(public_reviews(), slug=slug)
    paragraphs = list(review.paragraphs.all())
    by_paragraph: dict[int | None, list[DraftRemark]] = {}
    for remark in review.remarks.shown():
        by_paragraph.setdefault(remark.paragraph_id, []).append(remark)
    for paragraph in paragraphs:
        paragraph.shown_remarks = by_paragraph.get(paragraph.pk, [])
    remarks = [remark for found in by_paragraph.values() for remark in found]
    context = {
        "review": review,
        "sections": in_sections(paragraphs),
        "general": by_paragraph.get(None, []),
        "remark_count": len(remarks),
        "answered_count": sum(remark.answered_at is not None for remark in remarks),
        "takes_remarks": review.is_open and review.call.is_notice_editable,
    }
    return render(request, "competitions/drafts/detail.html", context)


def in_sections(paragraphs: list[DraftParagraph]) -> list[tuple[str, list[DraftParagraph]]]:
    found: dict[str, list[DraftParagraph]] = {}
    for paragraph in paragraphs:
        found.setdefault(paragraph.section, []).append(paragraph)
    return list(found.items())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send_remark(request: HttpRequest, slug: str) -> HttpResponse:
    """Anybody may write, without an account; nothing typed is lost."""
    review = get_object_or_404(public_reviews(), slug=slug)
    if not (review.is_open and review.call.is_notice_editable):
        return redirect(review)
    organization = request.organization if request.user.is_authenticated else None
    initial = {
        "paragraph": request.GET.get("akapit", ""),
        "email": request.user.email if request.user.is_authenticated else "",
        "organization_name": organization.name if organization else "",
    }
    form = DraftRemarkForm(request.POST or None, initial=initial, review=review)
    if request.method == "POST" and form.is_valid():
        remark = _filed(request, review, form)
        if remark is not None:
            return redirect(remark.get_private_url())
    context = {
        "form": form,
        "page_title": _("Zgłoś uwagę do szkicu"),
        "lead": review.title,
        "submit_label": _("Wyślij uwagę"),
        "back_url": review.get_absolute_url(),
    }
    return render(request, "competitions/drafts/send.html", context)


def _filed(request: HttpRequest, review: DraftReview, form: DraftRemarkForm) -> DraftRemark | None:
    if is_too_often(request, "draft-remarks", limit=OFTEN, within=WITHIN):
        form.add_error(None, _("Z Twojego adresu wysłano już dużo uwag. Wyślij tę uwagę za godzinę."))
        return None
    data = form.cleaned_data
    try:
        return actions.file_remark(
            review,
            text=data["text"],
            paragraph=data["paragraph"],
            organization_name=data["organization_name"],
            email=data["email"],
            form_key=data["form_key"],
            at=now(),
        )
    except LawBreached as refused:
        for breach in refused.breaches:
            form.add_error(breach.field if breach.field in form.fields else None, str(breach.message))
    return None


@private_page
@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """The number and the answer, behind a private link."""
    rows = DraftRemark.objects.by_token(token).select_related("review__call__unit", "paragraph")
    remark = get_object_or_404(rows)
    return render(request, "competitions/drafts/receipt.html", {"remark": remark, "review": remark.review})
