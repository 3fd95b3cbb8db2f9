"""Districts as shapes of one small picture: projected once, with no more points than the eye sees."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

from django.core.cache import cache

from .models import District

WIDTH = 640
MARGIN = 4
TOLERANCE = 0.7  # points of the picture that may lie beside the line
GRID = 18  # places across a district that are tried for its label
CACHE_SECONDS = 3600
CACHE_KEY = "city:shapes"

Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True)
class Shape:
    """A district on the picture: its outline as SVG draws it, and where its number stands."""

    number: int
    path: str
    label_x: int
    label_y: int


@dataclass(frozen=True)
class Picture:
    """All districts that have an outline; ``width`` and ``height`` are those of the view box."""

    width: int
    height: int
    shapes: tuple[Shape, ...]


def picture_of_districts() -> Picture:
    """One query at most once an hour; without outlines there are no shapes."""
    found = cache.get(CACHE_KEY)
    if found is None:
        rows = District.objects.exclude(outline=None).values_list("number", "outline")
        found = drawn(list(rows))
        cache.set(CACHE_KEY, found, CACHE_SECONDS)
    return found


def drawn(rows: Sequence[tuple[int, dict]]) -> Picture:
    """The picture of GeoJSON geometries by number of district."""
    outlines = {number: list(_rings(geometry)) for number, geometry in rows}
    points = [point for rings in outlines.values() for ring in rings for point in ring]
    if not points:
        return Picture(WIDTH, 0, ())
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    shrink = cos(radians((south + north) / 2))  # a degree of longitude is shorter than one of latitude
    scale = (WIDTH - 2 * MARGIN) / ((east - west) * shrink or 1)

    def place(point: Point) -> Point:
        return (point[0] - west) * shrink * scale + MARGIN, (north - point[1]) * scale + MARGIN

    shapes = [
        _shape(number, [[place(point) for point in ring] for ring in rings])
        for number, rings in sorted(outlines.items())
        if rings
    ]
    return Picture(WIDTH, round((north - south) * scale) + 2 * MARGIN, tuple(shapes))


def _rings(geometry: dict) -> Iterator[Ring]:
    polygons = geometry.get("coordinates", [])
    if geometry.get("type") == "Polygon":
        polygons = [polygons]
    elif geometry.get("type") != "MultiPolygon":
        return
    for polygon in polygons:
        yield from ([(float(p[0]), float(p[1])) for p in ring] for ring in polygon)


def _shape(number: int, rings: list[Ring]) -> Shape:
    largest = max(rings, key=len)
    x, y = _roomiest_place(largest)
    return Shape(number, "".join(_path(simplified(ring)) for ring in rings), round(x), round(y))


def _path(ring: Ring) -> str:
    first, *others = [f"{x:.0f} {y:.0f}" for x, y in ring]
    return f"M{first}L{' '.join(others)}Z"


def simplified(ring: Ring, tolerance: float = TOLERANCE) -> Ring:
    """The ring with only the points without which the line would move (Douglas and Peucker)."""
    if len(ring) < 4:
        return ring
    middle = len(ring) // 2
    return _thinned(ring[: middle + 1], tolerance)[:-1] + _thinned(ring[middle:], tolerance)


def _thinned(line: Ring, tolerance: float) -> Ring:
    if len(line) < 3:
        return line
    distances = [_distance(point, line[0], line[-1]) for point in line[1:-1]]
    worst = max(distances)
    if worst <= tolerance:
        return [line[0], line[-1]]
    at = distances.index(worst) + 1
    return _thinned(line[: at + 1], tolerance)[:-1] + _thinned(line[at:], tolerance)


def _distance(point: Point, start: Point, end: Point) -> float:
    """From a point to a stretch of line."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length if length else 0
    along = min(max(along, 0), 1)
    return hypot(point[0] - start[0] - along * dx, point[1] - start[1] - along * dy)


def _roomiest_place(ring: Ring) -> Point:
    """The place inside that is farthest from the edge: there the number fits."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    step_x, step_y = (max(xs) - min(xs)) / GRID, (max(ys) - min(ys)) / GRID
    places = [(min(xs) + step_x * i, min(ys) + step_y * j) for i in range(1, GRID) for j in range(1, GRID)]
    inside = [place for place in places if is_inside(place, ring)] or [ring[0]]
    edges = list(zip(ring, ring[1:] + ring[:1], strict=True))
    return max(inside, key=lambda place: min(_distance(place, a, b) for a, b in edges))


def is_inside(point: Point, ring: Ring) -> bool:
    """Whether a line from the point to the right crosses the ring an odd number of times."""
    x, y = point
    crossings = 0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossings += 1
    return crossings % 2 == 1
