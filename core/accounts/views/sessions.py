"""The browsers in which a person is logged in, and a form that waited for the next log-in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.accounts import actions, kept_form, queries


@login_required
def session_list(request):
    """GET shows the sessions, POST ends all but this one."""
    key = request.session.session_key
    if request.method == "POST":
        actions.end_other_sessions(request.user, key)
        messages.success(request, _("Wylogowano ze wszystkich innych urządzeń."))
        return redirect("usersessions_list")
    return render(
        request, "usersessions/usersession_list.html", {"sessions": queries.sessions_of(request.user, key)}
    )


@login_required
@require_POST
def end_session(request, pk: int):
    if actions.end_session(request.user, pk):
        messages.success(request, _("Wylogowano z wybranego urządzenia."))
    return redirect("usersessions_list")


@login_required
@require_POST
def prolong_session(request):
    """Being asked is enough: the middleware notes the time. Answers how many seconds are left now."""
    end = getattr(request, "session_end", None)
    return JsonResponse({"seconds": end.seconds if end else None})


@login_required
def kept_form_page(request):
    """Shows that the text of an ended session was kept; POST throws it away."""
    if request.method == "POST":
        kept_form.drop(request)
        messages.info(request, _("Zachowany formularz usunięto."))
        return redirect("account_home")
    form = kept_form.kept(request)
    return render(request, "account/kept_form.html", {"kept": form}) if form else redirect("account_home")
