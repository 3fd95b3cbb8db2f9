"""The stylesheet: one palette, one dark mode told twice alike, a weight that stays small."""

import gzip
import re
from pathlib import Path

import pytest

from core.common.stylesheet import bundled

STATIC = Path(__file__).resolve().parents[2] / "static"
CSS = STATIC / "css"
SOURCES = [
    *(CSS / f"{name}.css" for name in ("base", "layout", "modes")),
    *sorted(CSS.glob("components/*.css")),
]
PAGES = [*sorted(CSS.glob("pages/*.css")), CSS / "desk.css"]
HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")
TEMPLATE_CODE = re.compile(r"{[%{#].*?[%}#]}", re.DOTALL)
DATA_URL = re.compile(r"url\([^)]*\)")
OWN_BUDGET, PAGE_BUDGET, FIRST_VIEW_CSS = 16_000, 3_500, 50_000


def gzipped(text: str) -> int:
    return len(gzip.compress(text.encode(), 9, mtime=0))


def declarations(block: str) -> list[str]:
    return [line.strip() for line in block.splitlines() if line.strip().endswith(";")]


def dark_blocks() -> list[list[str]]:
    tokens = (CSS / "tokens.css").read_text()
    forced = tokens.split('[data-bs-theme="dark"] {')[1].split("\n}")[0]
    automatic = tokens.split(":root:not([data-bs-theme]) {")[1].split("\n  }")[0]
    return [declarations(forced), declarations(automatic)]


def test_the_two_dark_blocks_are_equal():
    forced, automatic = dark_blocks()
    assert len(forced) > 60
    assert forced == automatic


def test_every_dark_token_has_a_light_value():
    light = (CSS / "tokens.css").read_text().split('[data-bs-theme="dark"]')[0]
    names = {line.split(":")[0] for line in dark_blocks()[0] if line.startswith("--")}
    assert {name for name in names if f"{name}:" not in light} == set()


@pytest.mark.parametrize("path", [*SOURCES, *PAGES], ids=lambda path: path.name)
def test_colours_come_from_tokens(path):
    assert HEX.findall(DATA_URL.sub("", path.read_text())) == []


@pytest.mark.parametrize("path", [*SOURCES, *PAGES], ids=lambda path: path.name)
def test_only_known_tokens_are_used(path):
    known = set(re.findall(r"(--kp-[\w-]+):", (CSS / "tokens.css").read_text()))
    assert set(re.findall(r"var\((--kp-[\w-]+)", path.read_text())) - known == set()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_every_file_names_its_layer(path):
    body = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL).strip()
    assert re.match(r"@layer (base|layout|components|modes) \{", body)


def test_the_bundle_is_up_to_date():
    assert (CSS / "portal.css").read_text() == bundled(STATIC), "run: manage.py bundle_css"


def test_own_styles_of_every_page_stay_light():
    own = "".join(path.read_text() for path in [CSS / "tokens.css", *SOURCES])
    assert gzipped(own) < OWN_BUDGET


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_styles_of_one_page_stay_light(path):
    assert gzipped(path.read_text()) < PAGE_BUDGET


def test_first_view_of_the_stylesheet_stays_light():
    assert gzipped((CSS / "portal.css").read_text()) < FIRST_VIEW_CSS


def test_nothing_is_fetched_from_another_host():
    for path in [*CSS.rglob("*.css"), *(STATIC / "js").glob("*.js")]:
        addresses = re.findall(r"(?:url\(|@import|from)\s*[\"']?(?:https?:)?//", path.read_text())
        assert addresses == [], path.name


def test_every_icon_in_templates_is_in_the_sprite():
    root = STATIC.parent
    known = set(re.findall(r'<symbol id="i-([\w-]+)"', (STATIC / "img/icons.svg").read_text()))
    used = set()
    for path in [*root.glob("templates/**/*.html"), *root.glob("*/templates/**/*.html")]:
        used |= set(re.findall(r'{% icon "([\w-]+)"', path.read_text()))
    assert len(used) > 20
    assert used - known == set()


def test_templates_have_no_inline_style_or_script():
    root = STATIC.parent
    for path in [*root.glob("templates/**/*.html"), *root.glob("*/templates/**/*.html")]:
        if "emails" in path.parts:  # mail programs know nothing but inline styles
            continue
        page = TEMPLATE_CODE.sub("", path.read_text())
        assert not re.search(r"\sstyle=\"", page), path
        # linked data for search engines is text that no browser carries out
        page = page.replace('<script type="application/ld+json"></script>', "")
        assert not re.search(r"<script(?![^>]*\bsrc=)", page), path
        assert not re.search(r"\son\w+=\"", page), path
