import pytest

from core.documents import law


@pytest.mark.rule("R-WEB-06")
@pytest.mark.parametrize(
    ("has_text_layer", "is_tagged", "said"),
    [(False, False, "Skan bez tekstu"), (True, False, "Bez znaczników"), (True, True, ""), (None, None, "")],
)
def test_files_that_keep_people_out_are_pointed_at(has_text_layer, is_tagged, said):
    warnings = law.file_warnings(has_text_layer=has_text_layer, is_tagged=is_tagged)

    assert [str(w.message).startswith(said) and w.is_warning for w in warnings] == [True] * bool(said)
