"""Polish that a template can get wrong without anybody noticing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "templates"
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
