"""Asking a question on a call."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.common.clock import now
from core.legal.rules import LawBreached

from .. import actions
from ..forms import QuestionForm
from ..models import Call


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    call = get_object_or_404(Call.objects.published(), slug=slug)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _asked(request, call, form):
        messages.success(
            request, _("Wysłano pytanie. Odpowiedź opublikujemy na tej stronie i wyślemy Ci e-mailem.")
        )
        return redirect(f"{call.get_absolute_url()}#pytania")
    context = {
        "call": call,
        "form": form,
        "page_title": _("Zadaj pytanie"),
        "lead": call.title,
        "submit_label": _("Wyślij pytanie"),
        "back_url": call.get_absolute_url(),
    }
    return render(request, "competitions/ask.html", context)


def _asked(request: HttpRequest, call: Call, form: QuestionForm) -> bool:
    try:
        actions.ask_question(call, text=form.cleaned_data["text"], by=request.user, at=now())
    except LawBreached as refused:
        for breach in refused.breaches:
            form.add_error("text", str(breach.message))
        return False
    return True
