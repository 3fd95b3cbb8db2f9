"""Every page that links lead to: it answers, and it is a whole page."""

import pytest
from django.test import Client

from core.accounts.models import User

from .walk import read, walk

pytestmark = pytest.mark.usefixtures("demo")

PEOPLE = {
    "stranger": None,
    "clerk": "urzednik@example.org",
    "coordinator": "koordynator@example.org",
    "ngo": "ngo@example.org",
    "committee": "komisja@example.org",
    "resident": "mieszkaniec@example.org",
    "secretary": "sekretarz@example.org",
}
STARTS = ["/", "/mapa-strony/", "/sitemap.xml", "/moje/", "/admin/", "/konto/"]
LEAST_PAGES = 90


def as_person(who: str) -> Client:
    client = Client()
    if PEOPLE[who]:
        client.force_login(User.objects.get(email=PEOPLE[who]))
    return client


@pytest.fixture(scope="module", params=PEOPLE)
def walked(request, demo):
    return request.param, walk(as_person(request.param), STARTS)


def test_no_link_is_broken(walked):
    who, found = walked

    broken = {address: r.status_code for address, r in found.items() if r.status_code not in (200, 301, 302)}

    assert len(found) > LEAST_PAGES
    assert broken == {}, who


def test_every_page_is_whole(walked):
    _who, found = walked
    faults = []
    for address, response in found.items():
        if response.status_code != 200 or "text/html" not in response["Content-Type"]:
            continue
        page = read(response)
        if page.h1 != 1:
            faults.append(f"{address}: {page.h1} × h1")
        if page.lang != "pl":
            faults.append(f"{address}: lang={page.lang!r}")
        if not page.title.strip() or page.title.strip().startswith("|"):
            faults.append(f"{address}: title {page.title!r}")
        repeated = {i for i in page.ids if page.ids.count(i) > 1}
        if repeated:
            faults.append(f"{address}: repeated ids {repeated}")

    assert faults == []


def test_pages_are_reached_through_few_queries(demo, django_assert_max_num_queries):
    client = as_person("stranger")
    for address in [
        "/konkursy/",
        "/konsultacje/",
        "/dialog/",
        "/organizacje/",
        "/aktualnosci/",
        "/program/",
        "/zasoby/",
        "/male-granty/",
        "/newsletter/",
        "/dane/",
        "/o-portalu/podstawy-prawne/",
    ]:
        client.get(address)  # the city and the parameters are cached after the first page
        with django_assert_max_num_queries(8):
            assert client.get(address).status_code == 200, address
