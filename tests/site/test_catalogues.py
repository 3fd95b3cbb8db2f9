"""English is complete; Polish is in the code itself."""

import re

import polib
import pytest
from django.conf import settings

from portal.messages import catalogue, texts

OTHERS = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]")


@pytest.fixture(scope="module", params=OTHERS)
def book(request):
    return polib.pofile(str(catalogue(request.param)))


def test_every_text_has_a_translation(book):
    known = {entry.msgid: entry.msgstr for entry in book}

    assert sorted(text for text in texts() if not known.get(text)) == []


def test_no_translation_is_left_over(book):
    assert sorted({entry.msgid for entry in book} - texts()) == []


def test_places_for_values_are_kept(book):
    wrong = [e.msgid for e in book if sorted(PLACE.findall(e.msgid)) != sorted(PLACE.findall(e.msgstr))]

    assert wrong == []


def test_plural_rows_are_whole(book):
    wrong = [e.msgid for e in book if e.msgid.count("|") == 2 and e.msgstr.count("|") not in (1, 2)]

    assert wrong == []


def test_the_compiled_catalogue_is_the_written_one(book):
    compiled = polib.mofile(book.fpath.replace(".po", ".mo"))

    assert {e.msgid: e.msgstr for e in compiled} == {e.msgid: e.msgstr for e in book if e.msgstr}
