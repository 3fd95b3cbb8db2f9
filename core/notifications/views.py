"""Following a record, the settings of notifications, and the way out of a letter."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from . import follows, preferences
from .forms import FollowForm, PreferencesForm

START = "/"


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
    muted = preferences.muted_kinds(request.user)
    wanted = [code for code in preferences.KINDS if code not in muted]
    form = PreferencesForm(request.POST or None, initial={"wanted": wanted})
    if request.method == "POST" and form.is_valid():
        preferences.choose_kinds(request.user, form.cleaned_data["wanted"])
        messages.success(request, _("Zapisano ustawienia powiadomień."))
        return redirect("notifications:preferences")
    context = {
        "form": form,
        "kinds": form.kinds,
        "page_title": _("Ustawienia powiadomień"),
        "lead": _("Wysyłamy je na adres %(email)s.") % {"email": request.user.email},
        "submit_label": _("Zapisz ustawienia"),
        "followed": follows.followed_by(request.user),
    }
    return render(request, "notifications/preferences.html", context)


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
