"""News facts: nothing is lost without a word, a second run changes nothing."""

import json
from datetime import date, time
from pathlib import Path

import pytest
from django.conf import settings

from communication.enums import Category, NewsState
from communication.facts import import_news
from communication.models import NewsItem
from core.common.clock import now
from core.documents.models import SearchEntry

pytestmark = pytest.mark.django_db
DATA = Path(settings.BASE_DIR) / "demo" / "data" / "news.json"


def read(*records: dict):
    return import_news(list(records), by=None, at=now())


def one(**values) -> tuple[NewsItem, list[str]]:
    report = read({"id": "n-1", "title": "Tytuł", **values})
    return NewsItem.objects.get(), report.losses


def test_own_data_are_read_without_a_loss_and_twice_the_same():
    records = json.loads(DATA.read_text(encoding="utf-8"))

    first, second = read(*records), read(*records)

    assert (first.losses, first.counts) == ([], {"created": len(records)})
    assert (second.losses, second.counts) == ([], {"unchanged": len(records)})
    assert NewsItem.objects.published().count() == len(records)
    assert SearchEntry.objects.filter(kind="news").count() == len(records)


def test_every_value_of_a_record_has_its_place():
    item, losses = one(
        category="event",
        summary="Streszczenie",
        published_on="2018-06",
        event_from="2018-06-23T11:00",
        event_to="2018-06-23T17:00",
        place="Park",
        figures={"pool": "50000.00", "voted": 62},
        source="https://example.org/",
        sources_extra=["https://example.org/2"],
    )

    assert losses == []
    assert (item.state, item.category, item.lead) == (NewsState.ARCHIVED, Category.EVENT, "Streszczenie")
    assert (item.event_from, item.event_from_hour, item.event_to_hour) == ("2018-06-23", time(11), time(17))
    assert (item.event_on, item.published_on) == (date(2018, 6, 23), "2018-06")
    assert item.shown_figures == [("Pula", "50\u00a0000\u00a0zł"), ("Głosujące organizacje", "62")]
    assert item.published_at is None


def test_unknown_stays_unknown():
    item, losses = one(event_from=None, place=None, figures={}, published_on=None)

    assert losses == []
    assert (item.event_on, item.dated_on, item.figures, item.event_from_hour) == (None, None, {}, None)


def test_a_changed_record_updates_and_keeps_its_address():
    one()
    slug = NewsItem.objects.get().slug

    report = read({"id": "n-1", "title": "Nowy tytuł"})

    assert report.counts == {"updated": 1}
    assert (NewsItem.objects.get().title, NewsItem.objects.get().slug) == ("Nowy tytuł", slug)


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"event_from": "2018-13-45"}, "event_from"),
        ({"event_from": "2018-02-30"}, "event_from"),
        ({"event_from": "2018-06-23T25:00"}, "event_from"),
        ({"published_on": "wczoraj"}, "published_on"),
        ({"figures": [1, 2]}, "figures"),
        ({"place": "x" * 400}, "place"),
        ({"nowe_pole": "wartość"}, "nowe_pole"),
        ({"title": "T" * 400}, "title"),
    ],
)
def test_what_has_no_place_is_named_and_the_rest_is_kept(values, named):
    item, losses = one(summary="Reszta", **values)

    assert item.lead == "Reszta"
    assert len(losses) == 1
    assert named in losses[0]


def test_an_unknown_category_is_kept_in_its_own_words():
    item, losses = one(category="volunteering")

    assert (item.category, item.get_category_display(), losses) == (Category.OTHER, "volunteering", [])


def test_a_title_that_is_an_address_of_ours_gets_another_one():
    item, _losses = one(title="RSS")

    assert item.slug not in ("rss", "zglos")


def test_broken_records_do_not_stop_the_others():
    report = read({"id": "a"}, "napis", {"id": "b", "title": "Dobry", "sources_extra": "jeden"})

    assert report.counts == {"skipped": 2, "created": 1}
    assert NewsItem.objects.get().sources_extra == ["jeden"]


def test_later_words_of_five_thousand_characters_are_kept():
    item, losses = one(summary="słowo " * 900)

    assert (len(item.lead), losses) == (len("słowo " * 900), [])
