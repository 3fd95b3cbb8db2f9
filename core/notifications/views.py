"""Following a record, the settings of notifications, and the way out of a letter."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.common.clock import now

from . import follows, notices, preferences
from .forms import LARGEST_ID, FollowForm, PreferencesForm
from .models import Notice

START = "/"
PER_PAGE = 30


def own_path(request: HttpRequest, url: str) -> str:
    """The address if it is a path of this portal, else the start page."""
    is_own = url.startswith("/") and url_has_allowed_host_and_scheme(
        url, allowed_hosts=None, require_https=request.is_secure()
    )
    return url if is_own else START


@require_POST
def follow(request: HttpRequest) -> HttpResponse:
    """Starts or ends following; ``is_wanted`` says which. Strangers are sent to log in and back to the page."""
    back = own_path(request, request.POST.get("next", ""))
    if not request.user.is_authenticated:
        return redirect_to_login(back)
    form = FollowForm(request.POST)
    found = (
        follows.find(request.user, form.cleaned_data["kind"], form.cleaned_data["id"])
        if form.is_valid()
        else None
    )
    if found is None:
        raise Http404
    if form.cleaned_data["is_wanted"]:
        follows.follow(request.user, found)
        messages.success(
            request, _("Obserwujesz: %(name)s. Przypomnimy o terminach e-mailem.") % {"name": found}
        )
    else:
        follows.unfollow(request.user, found)
        messages.success(request, _("Nie obserwujesz już: %(name)s.") % {"name": found})
    return redirect(back)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences_page(request: HttpRequest) -> HttpResponse:
    """Every kind with its four ways; what comes in any case is said, without a switch."""
    chosen = preferences.chosen_channels(request.user)
    form = PreferencesForm(chosen, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        preferences.choose_channels(request.user, form.cleaned_data)
        messages.success(request, _("Zapisano ustawienia powiadomień."))
        return redirect("notifications:preferences")
    context = {
        "form": form,
        "page_title": _("Ustawienia powiadomień"),
        "lead": _("Wysyłamy je na adres %(email)s.") % {"email": request.user.email},
        "submit_label": _("Zapisz ustawienia"),
        "obligatory": preferences.OBLIGATORY.values(),
        "followed": follows.followed_by(request.user),
    }
    return render(request, "notifications/preferences.html", context)


@never_cache
@login_required
@require_safe
def centre(request: HttpRequest) -> HttpResponse:
    """What the portal has told the person, newest first; looking marks nothing as read."""
    only_unread = "nieprzeczytane" in request.GET
    rows = Notice.objects.filter(user=request.user)
    page = Paginator(rows.unread() if only_unread else rows, PER_PAGE).get_page(request.GET.get("strona"))
    context = {"page": page, "only_unread": only_unread, "unread": notices.unread_count(request.user)}
    return render(request, "notifications/centre.html", context)


@login_required
@require_POST
def mark_read(request: HttpRequest) -> HttpResponse:
    """One of the person's notifications (``id``) or all as read; another's is left alone."""
    asked = request.POST.get("id", "")
    if asked and not asked.isdecimal():
        raise Http404
    pk = min(int(asked[:19]), LARGEST_ID) if asked else None
    notices.mark_read(request.user, at=now(), pk=pk)
    return redirect(
        own_path(request, request.POST.get("next", ""))
        if request.POST.get("next")
        else "notifications:centre"
    )


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the signed address is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Switches one kind of notifications off: asks on GET, does it on POST, without logging in."""
    found = preferences.read_unsubscribe_token(token)
    if found is None:
        raise Http404
    user_id, kind = found
    is_done = request.method == "POST"
    if is_done:
        for user in get_user_model().objects.filter(pk=user_id):
            preferences.mute(user, kind.code)
    return render(request, "notifications/unsubscribe.html", {"kind": kind, "is_done": is_done})
