"""For whom this person acts: the organisation chosen in the session."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from organizations.queries import organization_of, organizations_of

# What a form carries that speaks for the acting organisation (``{% acting_for %}``), and the wish to switch back.
FIELD, SWITCH = "acting_for", "acting_for_again"
CONFLICT = 409


class ActingOrganization:
    """Sets ``request.organization``: the organisation the person acts for now, or None (lazy).

    A form that was opened for one organisation is not saved into another, chosen meanwhile in a second
    tab: the person is asked, and nothing typed is lost.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.organization = SimpleLazyObject(lambda: acting_organization(request))
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        """Runs after the check of the form's token."""
        meant = request.POST.get(FIELD, "") if request.method == "POST" else ""
        if not meant or meant == str(getattr(request.organization, "pk", "")):
            return None
        mine = next((o for o in organizations_of(request.user) if str(o.pk) == meant), None)
        if mine is not None and request.POST.get(SWITCH) == meant:
            request.session["organization"] = mine.pk
            request.organization = mine
            return None
        return render(request, "portal/other_organization.html", _asked(request, mine), status=CONFLICT)


def _asked(request: HttpRequest, meant) -> dict:
    """The page that asks: the form as it was sent, and for whom it was opened; None when that is over."""
    left_out = {"csrfmiddlewaretoken", SWITCH}
    typed = [
        (name, value) for name, values in request.POST.lists() for value in values if name not in left_out
    ]
    return {"meant": meant, "typed": typed, "switch_field": SWITCH, "had_files": bool(request.FILES)}


def acting_organization(request):
    return organization_of(request.user, request.session.get("organization"))
