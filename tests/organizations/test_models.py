"""What the database itself guarantees about organisations."""

import pytest

from organizations.models import Organization

pytestmark = pytest.mark.django_db


def made(name: str, **fields) -> Organization:
    fields = {"slug": f"o-{Organization.objects.count()}", "legal_form": "foundation", **fields}
    return Organization.objects.create(name=name, **fields)


def test_names_are_sorted_by_the_polish_alphabet_whatever_the_database():
    for name in [
        "Źle",
        "zebra",
        "Łódź",
        "„Abc”",
        "ćma",
        "Quo",
        "Cza",
        "lublin",
        "Ąbc",
        "Pan",
        "Ryś",
        "2 koła",
    ]:
        made(name)

    names = list(Organization.objects.by_name().values_list("name", flat=True))

    assert names == [
        "2 koła",
        "„Abc”",
        "Ąbc",
        "Cza",
        "ćma",
        "lublin",
        "Łódź",
        "Pan",
        "Quo",
        "Ryś",
        "zebra",
        "Źle",
    ]
