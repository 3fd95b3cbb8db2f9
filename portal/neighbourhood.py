"""»Organizacje w mojej okolicy«: what NGOs do in a district, and what the city funds there."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from core.city.models import District
from organizations.models import Organization, ResidentOffer
from organizations.queries import district_map, facets_of

from .rooms import funded_in, open_in

MOST_ORGANIZATIONS = 20
MOST_OFFERS = 30


def neighbourhood(request):
    """The map and the table of districts."""
    counts = facets_of({}, key="okolica")
    context = district_map(counts, lambda number: reverse("neighbourhood_district", args=[number]))
    return render(request, "portal/neighbourhood.html", context)


def district(request, number: int):
    """One district: offers for residents, organisations, funded tasks, what is under way."""
    found = get_object_or_404(District.objects.defer("outline"), number=number)
    rows = Organization.objects.published().filter(district=found)
    organizations = list(rows.for_list().by_name()[: MOST_ORGANIZATIONS + 1])
    offers = ResidentOffer.objects.published().filter(organization__district=found)
    context = {
        "district": found,
        "organizations": organizations[:MOST_ORGANIZATIONS],
        "has_more": len(organizations) > MOST_ORGANIZATIONS,
        "offers": offers.select_related("organization").order_by("kind", "title", "pk")[:MOST_OFFERS],
        "funded": funded_in(found),
        "under_way": open_in(found),
    }
    return render(request, "portal/district.html", context)
