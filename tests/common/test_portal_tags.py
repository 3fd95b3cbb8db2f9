"""The template vocabulary: what a page author writes and what comes out."""

import re
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import SafeString

from core.common.clock import WARSAW
from core.common.dates import DatedThing
from core.common.form_fields import DayField
from core.common.listing import shown_value
from core.common.stages import Stage, YearRow

NOON = datetime(2026, 6, 9, 12, 0, tzinfo=WARSAW)


@pytest.fixture(autouse=True)
def _polish_noon():
    with translation.override("pl"), time_machine.travel(NOON, tick=False):
        yield


def rendered(source: str, path: str = "/konkursy/", **context) -> str:
    request = RequestFactory().get(path)
    return Template(source).render(Context({"request": request, **context}))


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " ").replace("\u2060", "").split())


def test_icon_is_hidden_from_screen_readers():
    html = rendered('{% icon "search" %}')
    assert 'aria-hidden="true"' in html
    assert "#i-search" in html


def test_leaf_shows_weekday_day_and_month():
    assert words(rendered("{% leaf d %}", d=date(2026, 6, 23))) == "wt. 23 czerwca"


def test_leaf_of_a_midnight_deadline_shows_the_day_it_closes():
    assert "26" in words(rendered("{% leaf d %}", d=datetime(2026, 6, 27, 0, 0, tzinfo=WARSAW)))


def test_past_leaf_is_never_gold():
    html = rendered("{% leaf d soon=True past=True %}", d=date(2026, 6, 1))
    assert "is-past" in html
    assert "is-soon" not in html


def test_state_tag_escapes_its_label_and_knows_a_fallback():
    html = rendered('{% state_tag "nieznany" label %}', label="<b>stan</b>")
    assert "&lt;b&gt;stan" in html
    assert "#i-circle-dashed" in html


def test_stages_mark_the_present_one():
    items = [Stage("Ogłoszenie", "1 czerwca", "done"), Stage("Nabór", "do 23 czerwca", "now"), Stage("Ocena")]
    html = rendered('{% stages items "Etapy" %}', items=items)
    assert html.count('aria-current="step"') == 1
    assert "Nabór – trwa, do 23 czerwca" in words(html)
    assert html.count('<li class="stage') == 3


def test_mini_stages_say_the_stage_in_words():
    html = rendered("{% mini_stages 6 7 %}")
    assert 'aria-label="etap 6 z 7"' in html
    assert (html.count("is-d"), html.count("is-n")) == (5, 1)


@pytest.mark.parametrize(
    ("value", "top", "width"), [(30, 60, "50.00%"), (90, 60, "100.00%"), (-1, 60, "0.00%"), (5, 0, "0.00%")]
)
def test_bar_never_leaves_its_ground(value, top, width):
    assert f'class="bar-part" width="{width}"' in rendered("{% bar value top %}", value=value, top=top)


def test_crumbs_begin_at_home_and_end_where_we_are():
    html = rendered('{% crumbs "Konkursy" "/konkursy/" "Konkurs nr 14" %}')
    assert re.findall(r'href="([^"]+)"', html) == ["/", "/konkursy/"]
    assert words(html) == "Strona główna Konkursy Konkurs nr 14"
    assert html.count("aria-current") == 1


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/konkursy/", "page"),
        ("/konkursy/mam/", "true"),
        ("/male-granty/7/", "true"),
        ("/konkursyx/", None),
        ("/", None),
    ],
)
def test_main_menu_marks_the_section(path, current):
    html = rendered("{% main_sections %}", path)
    found = re.search(r'href="/konkursy/"(?: aria-current="(\w+)")?', html)
    assert found.group(1) == current


def test_page_link_keeps_filters_and_drops_page_one():
    path = "/konkursy/?status=open&status=done&page=3"
    assert rendered("{% page_link 4 %}", path) == "?status=open&amp;status=done&amp;page=4"
    assert rendered("{% page_link 1 %}", path) == "?status=open&amp;status=done"
    assert rendered("{% page_link 1 %}", "/konkursy/?page=2") == "/konkursy/"


def test_page_numbers_leave_gaps():
    page = Paginator(range(200), 10).page(10)
    assert (
        rendered("{% page_numbers page as n %}{{ n }}", page=page) == "[1, None, 8, 9, 10, 11, 12, None, 20]"
    )


def test_hidden_fields_keep_repeated_values_and_escape_them():
    html = rendered('{% query_fields "sort" %}', '/konkursy/?sort=a&q="><script>&status=o&status=d')
    assert "sort" not in html
    assert html.count('name="status"') == 2
    assert "<script>" not in html


def test_typo_keeps_plain_text_unsafe_and_safe_text_safe():
    assert rendered("{{ text|typo }}", text="<b>w domu</b>") == "&lt;b&gt;w\u00a0domu&lt;/b&gt;"
    assert rendered("{{ text|typo }}", text=SafeString("<b>w domu</b>")) == "<b>w\u00a0domu</b>"


def test_count_and_filters():
    assert words(rendered('{% count n "oferta|oferty|ofert" %}', n=4)) == "4 oferty"
    assert words(rendered('{% count n "oferta|oferty|ofert" %}', n=None)) == "0 ofert"
    assert words(rendered("{{ a|zloty:True }} {{ d|day:False }} {{ n|roman }}", a=5, d=NOON, n=18)) == (
        "5,00 zł 9 czerwca XVIII"
    )


def test_empty_dates_render_as_nothing():
    assert rendered("{{ d|day }}{{ d|moment }}{{ d|time_left }}{{ d|deadline }}", d=None) == ""


@pytest.mark.parametrize(("days", "text"), [(0, "dziś"), (1, "jutro"), (8, "za 8 dni"), (-1, "")])
def test_days_until(days, text):
    assert words(rendered("{{ d|days_until }}", d=NOON.date() + timedelta(days=days))) == text


def dated(kind: str, days: int, **more) -> DatedThing:
    return DatedThing(
        starts=NOON + timedelta(days=days),
        kind=kind,
        label="Termin",
        title="Tytuł",
        url="/x/",
        uid="1",
        **more,
    )


def test_deadline_row_is_gold_within_three_days():
    html = rendered('{% include "components/agenda_row.html" %}', thing=dated("call", 3))
    assert html.count("is-soon") == 2
    assert "do godz. 12:00 zostały 3 dni" in words(html)


def test_meeting_row_tells_its_hours_and_is_never_gold():
    thing = dated(
        "meeting", 1, ends=NOON + timedelta(days=1, hours=2), place="sala 9", unit="Wydział Kultury"
    )
    html = rendered('{% include "components/agenda_row.html" %}', thing=thing)
    assert "is-soon" not in html
    assert "12:00–14:00 jutro" in words(html)
    assert "sala 9 · Wydział Kultury" in words(html)


def test_year_schedule_places_rows_inside_the_year():
    rows = [YearRow("Stara", "/a/", date(2025, 12, 1), date(2026, 1, 31), "done", report_on=date(2027, 1, 5))]
    html = rendered("{% year_schedule rows 2026 %}", rows=rows)
    assert 'class="gz-v" x="0.00%" width="8.49%"' in html
    assert 'cx="100.00%"' in html
    assert "dziś, 9 czerwca" in html


def test_list_row_of_a_closed_matter_has_no_time_left():
    row = SimpleNamespace(
        url="/x/", title="Konkurs", until=NOON - timedelta(days=2), state_label="", facts=[]
    )
    html = rendered('{% include "components/row.html" %}', row=row)
    assert "is-past" in html
    assert "zostało" not in words(html)


def test_pagination_offers_previous_and_next():
    page = Paginator(range(50), 10).page(2)
    html = rendered('{% include "components/pagination.html" %}', "/konkursy/?q=a&page=2", page=page)
    assert 'href="?q=a#wyniki" rel="prev"' in html
    assert 'href="?q=a&amp;page=3#wyniki" rel="next"' in html
    assert html.count("aria-current") == 1


def test_no_pagination_for_one_page():
    page = Paginator(range(5), 10).page(1)
    assert rendered('{% include "components/pagination.html" %}', page=page).strip() == ""


def test_empty_list_offers_a_way_on():
    chips = [SimpleNamespace(label="Status", value="nabór trwa", url="/konkursy/?q=x")]
    html = rendered('{% include "components/empty.html" %}', chips=chips)
    assert "Usuń „nabór trwa”" in words(html)
    assert 'href="/konkursy/?q=x"' in html


def test_a_chip_of_a_day_reads_as_a_day():
    class Filter(forms.Form):
        od = DayField()

    form = Filter({"od": "2026-06-17"})
    form.is_valid()
    assert shown_value(form["od"], "2026-06-17") == "17 czerwca 2026"
