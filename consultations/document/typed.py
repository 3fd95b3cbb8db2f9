"""The document typed by hand: one chapter or point per line, and written back so that nothing is lost."""

import re
from collections.abc import Iterable

from core.common.sanitize import strip_controls

from ..enums import PointKind
from .labels import NO_LABEL
from .points import LONGEST_NUMBER, PointText

# »3.1«, »§3«, »§3.1.a«, »II.1«, »Z1.§2«; the second of the same number is »§1/2«
PART = r"(?:§ ?\d+[a-z]{0,2}|[IVXLC]{1,6}|[0-9a-z]{1,4})"
NUMBER = rf"(?:Z(?:\d{{1,3}}|[IVXLC]{{1,6}})|§ ?\d+[a-z]{{0,2}}|[IVXLC]{{1,6}}(?=\.\S)|\d+[a-z]?)(?:\.{PART})*(?:/\d{{1,3}})?"
HEADING = re.compile(r"^(?P<number>§ ?\d+[a-z]{0,2}|[IVXLC]{1,6})\.? +(?P<text>.+)$")
MARKED = re.compile(rf"^(?P<marks>#{{1,4}}) +(?P<number>{NUMBER}|[IVXLC]{{1,6}})\.? +(?P<text>.+)$")
POINT = re.compile(rf"^(?P<number>{NUMBER})[.):]? +(?P<text>.+)$")
# what a line begins with that would be read as a point but belongs to the one above
CONTINUES = "| "


def read_points(text: str) -> list[PointText]:
    """Every chapter and point in turn; a line without a number continues the last one."""
    points: list[PointText] = []
    for line in filter(None, (line.strip() for line in strip_controls(text).splitlines())):
        point = None if line.startswith(CONTINUES) else _begun(line)
        if point is not None:
            points.append(point)
        elif points:
            last, more = points[-1], line.removeprefix(CONTINUES)
            points[-1] = PointText(last.number, last.kind, f"{last.text}\n{more}", last.level)
        else:
            points.append(PointText("0", PointKind.PARAGRAPH, line.removeprefix(CONTINUES)))
    return points


def _begun(line: str) -> PointText | None:
    """The chapter or point that a line begins, or None."""
    if NO_LABEL.match(line):
        return None
    marked = MARKED.match(line)
    heading = marked or HEADING.match(line)
    found = heading or POINT.match(line)
    if not found or len(found["number"]) > LONGEST_NUMBER:
        return None
    kind = PointKind.HEADING if heading else PointKind.PARAGRAPH
    level = len(marked["marks"]) if marked else 1
    return PointText(found["number"].replace(" ", ""), kind, found["text"], level)


def write_points(points: Iterable) -> str:
    """The text that ``read_points`` reads into the same points."""
    lines = []
    for point in points:
        first, *more = point.text.splitlines() or [""]
        lines += [_first_line(point, first), *(_next_line(line) for line in more if line.strip())]
    return "\n".join(lines)


def _first_line(point, text: str) -> str:
    line = f"{point.number} {text}"
    looks_like_heading = HEADING.match(line) is not None
    if not point.is_heading:
        return f"{point.number}: {text}" if looks_like_heading else line
    return line if looks_like_heading and point.level == 1 else f"{'#' * max(point.level, 1)} {line}"


def _next_line(line: str) -> str:
    line = line.strip()
    return f"{CONTINUES}{line}" if line.startswith(CONTINUES) or _begun(line) else line


def with_layout(typed: Iterable[PointText], before: Iterable) -> list[PointText]:
    """The typed points, with the layout of those whose words nobody changed."""
    known = {(point.number, _squeezed(point.text)): point for point in before}
    found = []
    for point in typed:
        old = known.get((point.number, _squeezed(point.text)))
        if old is None or old.is_heading != point.is_heading:
            found.append(point)
        else:
            found.append(PointText(point.number, old.kind, old.text, old.level, old.html))
    return found


def _squeezed(text: str) -> str:
    return " ".join(text.split())
