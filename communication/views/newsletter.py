"""The newsletter: sign-up, confirmation, settings, leaving, the web archive (R-COM-02)."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.common.antispam import is_too_often
from core.common.clock import now
from core.common.formats import day_with_weekday

from .. import actions, law
from ..emails.issue import body
from ..forms import SignUpForm, WishesForm
from ..models import Subscriber
from ..queries.newsletter import archive

OFTEN, WITHIN = 10, timedelta(hours=1)
PER_PAGE = 20
GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_OR_POST
def newsletter(request: HttpRequest) -> HttpResponse:
    """The form, and below it every issue that went out."""
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not is_too_often(request, "newsletter", limit=OFTEN, within=WITHIN):
            data = form.cleaned_data
            actions.ask_subscription(email=data["email"], topics=data["topics"], at=now())
            return redirect("communication:signed_up")
        form.add_error(None, _("Z Twojego adresu wysłano już dużo zapisów. Spróbuj za godzinę."))
    page = Paginator(archive(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "clause": law.CLAUSES["newsletter"]}
    return render(request, "communication/newsletter.html", context)


def signed_up(request: HttpRequest) -> HttpResponse:
    """The same answer whether the address was known or not."""
    return render(request, "communication/signed_up.html")


def issue(request: HttpRequest, slug: str) -> HttpResponse:
    """An issue in the web archive, whole: with all topics."""
    found = get_object_or_404(archive().prefetch_related("items"), slug=slug)
    context = {"issue": found, **body(found.items.all(), found.started_at)}
    return render(request, "communication/issue.html", context)


# --- behind private links ---------------------------------------------------------------------------


@never_cache
@GET_OR_POST
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Asks on GET, which mail programs call by themselves, and confirms on POST."""
    if request.method == "POST":
        confirmed = actions.confirm_subscription(token, at=now())
        if confirmed is not None:
            first = day_with_weekday(law.next_weekly(now()))
            messages.success(
                request, _("Adres potwierdzony. Najbliższy list wyślemy: %(day)s.") % {"day": first}
            )
            return redirect(confirmed.get_settings_url())
    found = actions.find_by_confirmation(token, at=now())
    status = 200 if found else 404
    return render(request, "communication/confirm.html", {"subscriber": found}, status=status)


@never_cache
@GET_OR_POST
def settings(request: HttpRequest, token: str) -> HttpResponse:
    subscriber = get_object_or_404(Subscriber.objects.active(), settings_token=token)
    form = WishesForm(request.POST if request.method == "POST" else None, subscriber=subscriber)
    if request.method == "POST" and form.is_valid():
        actions.choose_wishes(subscriber, **form.wishes)
        messages.success(request, _("Zapisano ustawienia listu."))
        return redirect(subscriber.get_settings_url())
    groups = [
        (name, form.fields[name].label, form.rows(name)) for name in ("topics", "branches", "districts")
    ]
    context = {
        "form": form,
        "subscriber": subscriber,
        "groups": groups,
        "looks": form.rows("form"),
        "latest": archive().first(),
    }
    return render(request, "communication/settings.html", context)


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the secret address is the proof
@never_cache
@GET_OR_POST
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Asks on GET; a POST, of the button or of a mail program, ends the subscription at once."""
    is_done = request.method == "POST"
    if is_done:
        if not actions.end_subscription(token, at=now()):
            raise Http404
    elif not Subscriber.objects.filter(unsubscribe_token=token).exists():
        raise Http404
    return render(request, "communication/unsubscribe.html", {"is_done": is_done})
