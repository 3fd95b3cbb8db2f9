"""Polish that a template can get wrong without anybody noticing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
CODE = ("communication", "competitions", "consultations", "core", "dialogue_bodies", "grants", "organizations", "portal",
        "programmes", "resources")  # fmt: skip
# »do soboty 28 listopada«: after »do« and »od« the day of the week stands in the genitive (the filter »until«).
IN_NOMINATIVE = r"\|(?:deadline|moment|day_with_weekday)\b"
AFTER_DO = r"\b(?:do|od)(?: <strong>)? ?\{\{ ?"
SPLIT = re.compile(r"[ \"](?:do|od)\" %\} ?(?:<strong>)?\{\{[^}|]+" + IN_NOMINATIVE)
BARE = re.compile(AFTER_DO + r"[^}|]+" + IN_NOMINATIVE)
BLOCK = re.compile(r"\{% blocktranslate ([^%]*)%\}(.*?)\{% endblocktranslate %\}", re.DOTALL)
NAMED = re.compile(r"(\w+)=[^ |]+" + IN_NOMINATIVE)


def wrong_cases(text: str) -> Iterator[str]:
    """The places where »do« stands before a day of the week in the nominative."""
    for pattern in (BARE, SPLIT):
        yield from (match.group() for match in pattern.finditer(text))
    for block in BLOCK.finditer(text):
        for name in NAMED.findall(block[1]):
            yield from (match.group() for match in re.finditer(AFTER_DO + name + r" ?\}\}", block[2]))


# In Python the value stands near its sentence: »{"day": formats.moment(…)}«.
GOVERNING = re.compile(r"\b(?:do|od|się) %\((\w+)\)s")
NEAR = 600


def wrong_cases_in_code(text: str) -> Iterator[str]:
    """Sentences whose »do«, »od« or »się« stands before a day of the week in the nominative."""
    for match in GOVERNING.finditer(text):
        near = text[max(0, match.start() - NEAR) : match.end() + NEAR]
        if re.search(rf'"{match[1]}": (?:formats\.)?(?:moment|deadline|day_with_weekday)\(', near):
            yield match.group()


@pytest.mark.parametrize(
    "text",
    [
        "do {{ x.due_at|deadline }}",
        '{% translate "uzupełnij do" %} <strong>{{ x|deadline }}</strong>',
        "od <strong>{{ x|day_with_weekday }}",
        "{% blocktranslate with day=x|deadline %}uzupełnij do <strong>{{ day }}</strong>{% endblocktranslate %}",
    ],
)
def test_the_guard_sees_a_day_in_the_wrong_case(text):
    assert list(wrong_cases(text))


def test_the_guard_lets_the_genitive_and_a_colon_pass():
    assert not list(wrong_cases("do {{ x|until }}; do: {{ x|deadline }}"))


def test_after_do_and_od_the_day_of_the_week_is_in_the_genitive():
    paths = [path for path in TEMPLATES.rglob("*.*") if path.suffix in (".html", ".txt")]
    found = [
        f"{path.relative_to(TEMPLATES)}: {case}" for path in paths for case in wrong_cases(path.read_text())
    ]
    assert found == []


def test_the_guard_sees_a_wrong_case_in_code_too():
    wrong = '_("Nabór skończył się %(deadline)s.") % {"deadline": formats.moment(end)}'
    right = '_("Koniec naboru: %(deadline)s; czekamy do %(day)s.") % {"deadline": formats.moment(x), "day": formats.until(y)}'
    assert list(wrong_cases_in_code(wrong))
    assert not list(wrong_cases_in_code(right))


def test_code_says_days_of_the_week_in_the_right_case():
    paths = [path for folder in CODE for path in (ROOT / folder).rglob("*.py")]
    found = [
        f"{path.relative_to(ROOT)}: {case}"
        for path in paths
        for case in wrong_cases_in_code(path.read_text())
    ]
    assert found == []
