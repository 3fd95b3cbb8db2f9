"""»Moje konto«: data, log-in, roles; and the page that asks for a second factor."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.accounts import actions, queries
from core.accounts.forms import NameForm
from core.accounts.permissions import must_set_second_factor, roles_of
from core.common.clock import now


@login_required
def account_home(request):
    context = {
        "second_factor": queries.second_factor_of(request.user),
        "session_count": len(queries.sessions_of(request.user, request.session.session_key)),
        "roles": queries.described(roles_of(request.user)),
    }
    return render(request, "account/home.html", context)


@login_required
def change_name(request):
    form = NameForm(
        request.POST if request.method == "POST" else None, initial={"full_name": request.user.full_name}
    )
    if form.is_valid():
        actions.rename(request.user, form.cleaned_data["full_name"], by=request.user, at=now())
        messages.success(request, _("Zapisano imię i nazwisko."))
        return redirect("account_home")
    return render(request, "account/name.html", {"form": form})


@login_required
def second_factor_required(request):
    """Why the desk is closed and how to open it."""
    if not must_set_second_factor(request.user):
        return redirect("account_home")
    return render(request, "account/second_factor_required.html")
