"""Saved searches: one's own and those of the organisation; kept from the list, changed, stopped in one click."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.common.clock import now
from core.common.listing import shown_value
from core.legal.rules import LawBreached

from .. import actions
from ..filters import CallFilter
from ..forms import SearchForm
from ..models import Call, SavedSearch
from .public import RANGES, range_words

LONGEST = 2000
NOT_KEPT = ("page", "format", "sort", "csrfmiddlewaretoken")


def kept_query(text: str) -> str:
    """Only the filters of the list, in the words of the address."""
    given = QueryDict(text[:LONGEST])
    kept = QueryDict(mutable=True)
    names = set(CallFilter.base_filters) | {"kwota_od", "kwota_do", "termin_od", "termin_do"}
    for name in given:
        if name in names and name not in NOT_KEPT:
            kept.setlist(name, [value for value in given.getlist(name) if value])
    return kept.urlencode()[:LONGEST]


def filter_words(query: str) -> list[str]:
    """The filters in words, for people."""
    given = QueryDict(query)
    form = CallFilter(given, queryset=Call.objects.none()).form
    form.is_valid()
    plain = [
        f"{field.label}: {shown_value(form[name], raw)}"
        for name, field in form.fields.items()
        for raw in given.getlist(name)
        if raw
    ]
    ranges = [
        range_words(name, end, value)
        for name in RANGES
        for end, value in zip(("od", "do"), form.cleaned_data.get(name) or (), strict=False)
        if value is not None
    ]
    return [*plain, *ranges]


@never_cache
@login_required
@require_http_methods(["GET", "HEAD"])
def searches(request: HttpRequest) -> HttpResponse:
    found = SavedSearch.objects.visible_to(request.user, request.organization or None)
    rows = list(found.select_related("user", "organization"))
    context = {
        "own": [row for row in rows if row.user_id == request.user.pk],
        "shared": [row for row in rows if row.user_id != request.user.pk],
    }
    return render(request, "competitions/searches/list.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def save_search(request: HttpRequest) -> HttpResponse:
    query = kept_query(request.META.get("QUERY_STRING", ""))
    words = filter_words(query)
    name = "; ".join(words)[:120] or _("Wszystkie nowe konkursy")
    form = SearchForm(request.POST or None, initial={"name": name}, organization=request.organization)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_search(user=request.user, query=query, at=now(), **form.words())
        except LawBreached as refused:
            form.add_error(None, str(refused.breaches[0].message))
        else:
            messages.success(request, _("Zapisano wyszukiwanie. Napiszemy, gdy pojawi się pasujący konkurs."))
            return redirect("competitions:searches")
    context = {
        "form": form,
        "words": words,
        "page_title": _("Zapisz wyszukiwanie"),
        "lead": _("Napiszemy, gdy miasto ogłosi konkurs, który do niego pasuje."),
        "submit_label": _("Zapisz wyszukiwanie"),
        "back_url": f"/konkursy/?{query}",
    }
    return render(request, "competitions/searches/form.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Only one's own; that of a colleague is read, not changed."""
    search = get_object_or_404(SavedSearch, pk=pk, user=request.user)
    if request.method == "POST" and "delete" in request.POST:
        actions.delete_search(search)
        messages.success(request, _("Usunięto wyszukiwanie."))
        return redirect("competitions:searches")
    initial = {
        "name": search.name,
        "alert": search.alert,
        "is_shared": search.organization_id is not None,
        "is_active": search.is_active,
    }
    form = SearchForm(request.POST or None, initial=initial, organization=request.organization, is_known=True)
    if request.method == "POST" and form.is_valid():
        actions.change_search(search, at=now(), is_active=form.cleaned_data["is_active"], **form.words())
        messages.success(request, _("Zapisano zmiany."))
        return redirect("competitions:searches")
    context = {
        "form": form,
        "search": search,
        "words": filter_words(search.query),
        "page_title": _("Zapisane wyszukiwanie"),
        "submit_label": _("Zapisz zmiany"),
        "back_url": "/konkursy/wyszukiwania/",
    }
    return render(request, "competitions/searches/form.html", context)


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the signed address is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_search(request: HttpRequest, token: str) -> HttpResponse:
    """Stops one search: asks on GET, does it on POST, without logging in."""
    search = get_object_or_404(SavedSearch.objects.by_token(token))
    is_done = request.method == "POST"
    if is_done:
        actions.stop_search(search)
    return render(request, "competitions/searches/stop.html", {"search": search, "is_done": is_done})
