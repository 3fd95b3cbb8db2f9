"""The picture of the districts: real outlines, few points, every number inside its own district."""

import json
import re
from pathlib import Path

import pytest

from core.city.models import District
from core.city.outlines import drawn, is_inside, picture_of_districts, simplified

OUTLINES = Path(__file__).parent.parent.parent / "demo/data/districts.geojson"
SQUARE = {"type": "Polygon", "coordinates": [[[20, 50], [20.1, 50], [20.1, 50.1], [20, 50.1], [20, 50]]]}


@pytest.fixture(scope="module")
def picture():
    features = json.loads(OUTLINES.read_text())["features"]
    return drawn([(f["properties"]["number"], f["geometry"]) for f in features])


def points(path: str) -> list[tuple[float, float]]:
    numbers = [int(n) for n in re.findall(r"-?\d+", path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def test_all_districts_are_there_light_and_within_the_picture(picture):
    assert [shape.number for shape in picture.shapes] == list(range(1, 19))
    assert sum(len(shape.path) for shape in picture.shapes) < 10_000
    for shape in picture.shapes:
        assert all(0 <= x <= picture.width and 0 <= y <= picture.height for x, y in points(shape.path))


def test_every_number_stands_inside_its_own_district_only(picture):
    for shape in picture.shapes:
        around = [
            s.number for s in picture.shapes if is_inside((shape.label_x, shape.label_y), points(s.path))
        ]
        assert around == [shape.number]


def test_north_is_up_and_east_is_right(picture):
    at = {shape.number: (shape.label_x, shape.label_y) for shape in picture.shapes}
    assert at[18][0] > at[7][0]  # Nowa Huta lies east of Zwierzyniec
    assert at[10][1] > at[4][1]  # Swoszowice lie south of Prądnik Biały


def test_points_on_a_line_are_left_out():
    assert simplified([(0, 0), (5, 0.1), (10, 0), (10, 10), (0, 10), (0, 0)]) == [
        (0, 0),
        (10, 0),
        (10, 10),
        (0, 10),
        (0, 0),
    ]


def test_several_parts_holes_and_nonsense_are_drawn_or_left_out():
    two = {
        "type": "MultiPolygon",
        "coordinates": [SQUARE["coordinates"], [[[21, 50], [21.1, 50], [21, 50.1], [21, 50]]]],
    }
    picture = drawn([(1, two), (2, {"type": "Point", "coordinates": [1, 2]})])
    assert [shape.number for shape in picture.shapes] == [1]
    assert picture.shapes[0].path.count("M") == 2
    assert drawn([]).shapes == ()


@pytest.mark.django_db
def test_the_picture_is_kept(django_assert_num_queries):
    District.objects.create(number=1, name="Stare Miasto", full_name="Dzielnica I", outline=SQUARE)
    District.objects.create(number=2, name="Grzegórzki", full_name="Dzielnica II")
    with django_assert_num_queries(1):
        assert [shape.number for shape in picture_of_districts().shapes] == [1]
        assert picture_of_districts().shapes
