"""Browsers by the names people know, from what they say of themselves."""

from django.utils.translation import gettext as _

# Order matters: nearly every browser also claims to be some other.
PROGRAMS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def browser_name(user_agent: str) -> str:
    """»Firefox, Windows«, never a word of the header itself."""
    found = [_first(PROGRAMS, user_agent), _first(SYSTEMS, user_agent)]
    return ", ".join(filter(None, found)) or _("nieznana przeglądarka")


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for sign, name in names if sign in user_agent), "")
