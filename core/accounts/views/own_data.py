"""»Moje dane«: a copy of everything, and the end of the account. Both ask for the password anew."""

from functools import partial

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.accounts import actions, tasks
from core.accounts.actions.erasure import WAITING_DAYS
from core.accounts.models import DataExport
from core.accounts.permissions import is_official
from core.accounts.queries import kept_and_deleted
from core.common.clock import now, today
from core.common.ties import from_roof
from core.legal import parameters


@never_cache
@login_required
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_data(request):
    """Copies of the person's data, and the button that asks for one."""
    if request.method == "POST":
        export = actions.request_data(request.user, at=now())
        wake = partial(tasks.gather_data.apply_async, [export.pk], retry=False, ignore_result=True)
        transaction.on_commit(wake, robust=True)
        messages.success(request, _("Zbieramy Twoje dane. Napiszemy, gdy plik będzie gotowy."))
        return redirect("own_data")
    exports = DataExport.objects.filter(user=request.user).exclude(expires_at__lte=now())
    return render(request, "account/own_data.html", {"exports": exports})


@never_cache
@login_required
@reauthentication_required
@require_safe
def download_data(request, pk: int):
    """The file, for its person only, as long as it lives."""
    rows = DataExport.objects.filter(user=request.user, expires_at__gt=now())
    export = get_object_or_404(rows, pk=pk)
    try:
        file = export.file.open("rb")
    except OSError as gone:
        raise Http404 from gone
    response = FileResponse(file, as_attachment=True, filename="moje-dane.zip")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@never_cache
@login_required
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase_account(request):
    """What goes, what the law keeps and why; then the request, which can be withdrawn for some days."""
    if request.method == "POST":
        try:
            asked = actions.request_erasure(request.user, at=now())
        except actions.ErasureRefused:
            messages.error(request, _("Konto urzędnika zamyka administrator portalu."))
        else:
            messages.success(
                request, _("Przyjęliśmy prośbę. Do dnia usunięcia możesz ją wycofać na tej stronie.")
            )
            asked.refresh_from_db()
        return redirect("erase_account")
    kept, deleted = kept_and_deleted(request.user)
    context = {
        "asked": actions.waiting_erasure(request.user),
        "is_official": is_official(request.user),
        "notes": from_roof("leaving_notes", request.user),
        "kept": kept,
        "deleted": deleted,
        "days": parameters.days(WAITING_DAYS, on=today()),
    }
    return render(request, "account/erase.html", context)


@require_POST
@login_required
def keep_account(request):
    """The person has changed their mind; staying asks for no password."""
    if actions.withdraw_erasure(request.user, at=now()):
        messages.success(request, _("Prośba wycofana. Konto zostaje, nic nie zostało usunięte."))
    return redirect("account_home")
