"""What a record of a publication must say to be a proof of it. Pure: facts in, breaches out."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from core.legal.rules import Breach, rule

from .enums import Place

WITH_ADDRESS = frozenset({Place.BIP, Place.WEBSITE})
WITH_LOCATION = frozenset({Place.NOTICE_BOARD, Place.PRESS, Place.OTHER})


def proof_breaches(*, place: str, published_on: date, url: str, location: str, today: date) -> list[Breach]:
    """A page is proved by its address, paper by where it hangs or was printed; nothing is recorded ahead."""
    found = []
    if published_on > today:
        found.append(
            Breach(
                "",
                _("Dnia: wpisz dzień, w którym już opublikowano, nie późniejszy niż dziś."),
                "published_on",
            )
        )
    if place in WITH_ADDRESS and not url:
        found.append(Breach("", _("Adres strony: wklej adres, pod którym opublikowano."), "url"))
    if place in WITH_LOCATION and not location:
        found.append(
            Breach(
                "", _("Miejsce: napisz, gdzie opublikowano, np. adres tablicy lub tytuł gazety."), "location"
            )
        )
    return found


def takedown_breaches(*, published_on: date, removed_on: date, today: date) -> list[Breach]:
    """What was taken down hung before, and is down already."""
    if published_on <= removed_on <= today:
        return []
    return [Breach("", _("Zdjęto dnia: wpisz dzień od publikacji do dziś."), "removed_on")]


@rule(
    "R-WEB-06",
    source="ustawa o dostępności cyfrowej; deklaracje dostępności miasta",
    statement="Pliki bez warstwy tekstowej lub bez znaczników portal wykrywa przy dodaniu i pokazuje przy nich ostrzeżenie.",
)
def file_warnings(*, has_text_layer: bool | None, is_tagged: bool | None) -> list[Breach]:
    """What keeps people with screen readers out of a file; None means that the question does not arise."""
    if has_text_layer is False:
        text = _("Skan bez tekstu: osoby niewidome go nie odczytają. Dodaj wersję z tekstem.")
        return [Breach("R-WEB-06", text, "file", is_warning=True)]
    if is_tagged is False:
        text = _("Bez znaczników dostępności: zapisz PDF z włączoną opcją znaczników.")
        return [Breach("R-WEB-06", text, "file", is_warning=True)]
    return []
