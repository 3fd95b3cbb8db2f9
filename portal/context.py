"""What every page knows."""

from django.conf import settings
from django.core.cache import cache

from core.city.models import City
from core.common.sites import absolute

APPEARANCES = ("light", "dark")


def the_city() -> City:
    """The city of this portal; an unsaved blank one before the first import."""
    found = cache.get("city")
    if found is None:
        found = City.objects.first() or City(name="Kraków", portal_name="Portal NGO", adjective="Krakowski")
        cache.set("city", found, 60)
    return found


def site(request):
    appearance = request.COOKIES.get("wyglad", "")
    return {
        "acting_organization": getattr(request, "organization", None),
        "text_size": "large" if request.COOKIES.get("tekst") == "large" else "",
        "city": the_city(),
        "appearance": appearance if appearance in APPEARANCES else "",
        "canonical_url": absolute(request.path),
        "is_demo": settings.IS_DEMO,
        "languages": settings.LANGUAGES,
    }
