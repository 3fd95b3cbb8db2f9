"""The Informator: filters, the booklet for print, files."""

from datetime import timedelta

import pytest

from core.common.clock import now
from organizations import actions, tasks
from organizations.models import Booklet
from tests.factories import organizations as make
from tests.support.papers import assert_accessible

pytestmark = pytest.mark.django_db

INFORMATOR = "/organizacje/informator/"
NASTY = '#panic("x") *a* $1$ ]) 😀 \u202e'


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_the_booklet_is_an_accessible_paper_of_public_offers_only(client):
    make.with_offer(
        make.verified("Fundacja Jawna", seat_features=["step_free"]), description=f"Opis.\n\n{NASTY}"
    )
    make.with_offer(make.verified("Klub Druga"), kind="sport", title="Szachy dla seniorów")
    hidden = make.with_offer(make.verified("Fundacja Ukryta"), title="Tajna oferta")
    actions.suspend(hidden, by=make.coordinator(), at=now(), reason="Skarga.")

    assert client.get(f"{INFORMATOR}informator-ngo.pdf").status_code == 404
    made = actions.make_booklet(at=now())

    assert made.offers == 2
    answer = client.get(f"{INFORMATOR}informator-ngo.pdf")
    pdf = answer.content
    assert made.size == len(pdf)
    assert answer["Last-Modified"]
    with assert_accessible(pdf).open_metadata() as meta:
        assert meta["dc:title"] == "Informator NGO"
    page = client.get(INFORMATOR).content.decode()
    assert "informator-ngo.pdf" in page
    assert "stan na" in page


def test_it_is_made_once_a_day_and_leaves_one_file(django_capture_on_commit_callbacks):
    make.with_offer(make.verified())
    first = actions.refresh_booklet(at=now() - timedelta(days=1, minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert tasks.refresh_booklet() is True
    assert tasks.refresh_booklet() is False
    newest = Booklet.objects.get()
    assert newest.pk != first.pk
    assert not first.file.storage.exists(first.file.name)
    assert newest.file.storage.exists(newest.file.name)


def test_an_empty_base_still_gives_a_valid_paper():
    made = actions.make_booklet(at=now())
    with made.file.open("rb") as file:
        assert_accessible(file.read())


def test_residents_filter_by_kind_price_place_group_and_access(client):
    place = make.district()
    make.with_offer(
        make.verified("Dostępna", seat_features=["step_free"], district=place, target_groups=["seniors"])
    )
    make.with_offer(make.verified("Niedostępna"), kind="sport", is_free=False)

    for query, expected in (
        ({"dostepna": "on"}, "Dostępna"),
        ({"bezplatnie": "on"}, "Dostępna"),
        ({"dzielnica": str(place.number)}, "Dostępna"),
        ({"dla": "seniors"}, "Dostępna"),
        ({"rodzaj": "sport"}, "Niedostępna"),
    ):
        assert [str(row.organization) for row in client.get(INFORMATOR, query).context["rows"]] == [
            expected
        ], query
