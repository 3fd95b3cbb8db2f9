"""Sending in news: organisations and residents with an account (R-COM-01)."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.common.antispam import is_too_often
from core.common.clock import now
from core.common.formats import day_with_weekday
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from organizations.queries import organizations_of

from .. import actions, law
from ..enums import NewsState
from ..forms import SentNewsForm
from ..models import NewsItem
from ..permissions import may_correct, may_submit

OWN_SHOWN = 30
OFTEN, WITHIN = 20, timedelta(days=1)
CLAUSE = law.CLAUSES["news"]


@login_required
def send_news(request: HttpRequest) -> HttpResponse:
    """A new piece of news, and what the person has sent before."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        item = _send(request, form, None)
        if item is not None:
            return _sent(request, item)
    return _page(request, form, own=NewsItem.objects.of_author(request.user).order_by("-pk")[:OWN_SHOWN])


@login_required
def correct_news(request: HttpRequest, pk: int) -> HttpResponse:
    """News that came back, corrected and sent again: by its author, the organisation's people, or its helper."""
    returned = NewsItem.objects.workable_by(request.user).filter(state=NewsState.RETURNED)
    item = get_object_or_404(returned.select_related("organization"), pk=pk)
    may_file, may_write = may_submit(request.user, item), may_correct(request.user, item)
    form = _form(request, item, may_write=may_write)
    if request.method == "POST" and may_write and form.is_valid():
        kept = _send(request, form, item) if may_file else _keep(request, form, item)
        if kept is not None:
            return _sent(request, kept) if may_file else redirect("communication:correct_news", kept.pk)
    return _page(request, form, item=item, may_file=may_file, may_write=may_write)


def _keep(request: HttpRequest, form: SentNewsForm, item: NewsItem) -> NewsItem | None:
    """Saves what a helper has written; somebody of the organisation sends it."""
    try:
        words = {"values": form.values, "picture": form.cleaned_data["picture"]}
        kept = actions.save_correction(item, **words, by=request.user, at=now())
    except MoveRefused:
        form.add_error(None, _("Tej aktualności nie można już poprawić."))
        return None
    messages.success(request, _("Zapisano. Do urzędu wyśle ją organizacja."))
    return kept


def _form(request: HttpRequest, item: NewsItem | None = None, *, may_write: bool = True) -> SentNewsForm:
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return SentNewsForm(*data, organizations=organizations_of(request.user), item=item, may_write=may_write)


def _send(request: HttpRequest, form: SentNewsForm, item: NewsItem | None) -> NewsItem | None:
    """Hands the form to the action; None when it is too often or the law refuses, with the reason on the form."""
    if is_too_often(request, f"news-{request.user.pk}", limit=OFTEN, within=WITHIN):
        form.add_error(None, _("Masz już dziś dużo zgłoszonych aktualności. Wyślij następną jutro."))
        return None
    try:
        return actions.send_in(
            item, values=form.values, picture=form.cleaned_data["picture"], by=request.user, at=now()
        )
    except LawBreached as refused:
        for breach in refused.breaches:
            form.add_error(breach.field if breach.field in form.fields else None, str(breach.message))
    except MoveRefused:
        form.add_error(None, _("Nie możesz wysłać tej aktualności. Sprawdź, w czyim imieniu piszesz."))
    return None


def _sent(request: HttpRequest, item: NewsItem) -> HttpResponse:
    until = day_with_weekday(item.decision_due_on)
    messages.success(request, _("Przyjęliśmy aktualność. Decyzja do: %(day)s.") % {"day": until})
    return redirect("communication:send_news")


def _page(request: HttpRequest, form: SentNewsForm, **context: Any) -> HttpResponse:
    shown = {"form": form, "clause": CLAUSE, "may_file": True, "may_write": True, **context}
    return render(request, "communication/send_news.html", shown)
