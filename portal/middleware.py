"""For whom this person acts: the organisation chosen in the session."""

from django.utils.functional import SimpleLazyObject

from organizations.queries import organization_of


class ActingOrganization:
    """Sets ``request.organization``: the organisation the person acts for now, or None (lazy)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.organization = SimpleLazyObject(lambda: acting_organization(request))
        return self.get_response(request)


def acting_organization(request):
    return organization_of(request.user, request.session.get("organization"))
