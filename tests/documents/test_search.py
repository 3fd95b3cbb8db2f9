"""Finding public records: inflected words, words without diacritics, typing errors."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.city.models import District
from core.documents import search
from core.documents.models import SearchEntry, WordForm

pytestmark = pytest.mark.django_db

TITLES = {
    1: "Fundacja „Hipoterapia” – konie dla dzieci z niepełnosprawnościami",
    2: "Stowarzyszenie Pomocy Osobom Niepełnosprawnym „Razem”",
    3: "Klub Sportowy Podgórze – szkolenie młodzieży w piłce nożnej",
    4: "Krakowskie Towarzystwo Opieki nad Zwierzętami, adopcje psów i kotów",
    5: "Fundacja na rzecz uchodźców z Ukrainy, nauka języka polskiego",
    6: "Spółdzielnia socjalna – zatrudnienie osób bezdomnych",
    7: "Hospicjum św. Łazarza, wolontariat i opieka paliatywna",
    8: "Związek Harcerstwa Polskiego, Chorągiew Krakowska – obozy i kolonie",
}


@pytest.fixture
def index():
    for number, title in TITLES.items():
        place(number, title)


def place(number: int, title: str, **more) -> District:
    """A public record in the index; any model will do, so one without needs of its own."""
    district, _ = District.objects.get_or_create(number=number, defaults={"name": title[:80], "full_name": title[:120]})
    search.put(district, **{"kind": "organization", "title": title, "url": f"/organizacje/{number}/", **more})
    return district


def found(query: str, **options) -> list[int]:
    return sorted(int(entry.url.split("/")[2]) for entry in search.search(query, **options).entries)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("fundacje dla dziecka", [1]),
        ("niepelnosprawnych", [2]),
        ("niepełnosprawność", [1]),
        ("pomoc niepelnosprawnym", [2]),
        ("kluby sportowe", [3]),
        ("psy do adopcji", [4]),
        ("uchodzcy", [5]),
        ("dla uchodźców z Ukrainy", [5]),
        ("jezyk polski", [5]),
        ("bezdomni", [6]),
        ("spoldzielnie", [6]),
        ("hospicja", [7]),
        ("wolontariatem", [7]),
        ("obóz harcerski", []),
        ("harcerstwie", [8]),
        ("hipoterpia", [1]),
        ("stowarzyszene", [2]),
        ("zwierzat", [4]),
        ("koty", [4]),
        ("swietego lazarza", [7]),
    ],
)
def test_words_are_found_in_any_form(index, query, expected):
    assert found(query) == expected
