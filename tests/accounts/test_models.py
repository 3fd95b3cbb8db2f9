"""The account itself."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from core.accounts.browsers import browser_name
from core.accounts.models import User, validate_person_name
from tests.factories.accounts import UserFactory


@pytest.mark.django_db
def test_one_account_per_address_whatever_the_case():
    UserFactory(email="jan@example.org")

    with pytest.raises(IntegrityError):
        User(email="JAN@example.org").save()


@pytest.mark.django_db
def test_a_taken_address_is_named_in_polish():
    UserFactory(email="jan@example.org")

    with pytest.raises(ValidationError) as refused:
        User(email="JAN@example.org", full_name="Jan", password="x").full_clean()

    assert "Konto z tym adresem już istnieje." in str(refused.value)


@pytest.mark.parametrize(
    "name", ["Anna Mazur-Lis", "Oksana Марчук", "Zażółć Gęślą", "dr hab. J. Lis", "O’Neil"]
)
def test_names_of_people(name):
    validate_person_name(name)


@pytest.mark.parametrize(
    "name", ["https://a.pl", "HTTP://a.pl", "www.a.pl", "a.pl/x", "<b>Jan</b>", "Jan\r\nBcc: x"]
)
def test_what_is_no_name(name):
    with pytest.raises(ValidationError):
        validate_person_name(name)


@pytest.mark.parametrize(
    ("name", "email", "initials"),
    [("Anna Mazur", "x@example.org", "AM"), ("Jan", "x@example.org", "J"), ("", "ola@example.org", "O")],
)
def test_initials(name, email, initials):
    assert User(full_name=name, email=email).initials == initials


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge, Windows",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome, Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1",
            "Safari, iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36",
            "Samsung Internet, Android",
        ),
        ("curl/8.0", "nieznana przeglądarka"),
        ("", "nieznana przeglądarka"),
    ],
)
def test_browsers_by_name(header, name):
    assert browser_name(header) == name
