"""Finding public records: inflected words, words without diacritics, typing errors, order, and odd queries."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.city.models import District, OrganizationalUnit
from core.common.clock import WARSAW
from core.common.polish import Word
from core.documents import search
from core.documents.models import SearchEntry, WordForm
from core.documents.search.index import vector_literal

pytestmark = pytest.mark.django_db

TITLES = {
    1: "Fundacja „Hipoterapia” – konie dla dzieci z niepełnosprawnościami",
    2: "Stowarzyszenie Pomocy Osobom Niepełnosprawnym „Razem”",
    3: "Klub Sportowy Podgórze – szkolenie młodzieży w piłce nożnej",
    4: "Krakowskie Towarzystwo Opieki nad Zwierzętami, adopcje psów i kotów",
    5: "Fundacja na rzecz uchodźców z Ukrainy, nauka języka polskiego",
    6: "Spółdzielnia socjalna – zatrudnienie osób bezdomnych",
    7: "Hospicjum św. Łazarza, wolontariat i opieka paliatywna",
    8: "Związek Harcerstwa Polskiego, Chorągiew Krakowska – obozy i kolonie",
}


@pytest.fixture
def index():
    for number, title in TITLES.items():
        place(number, title)


def place(number: int, title: str, **more) -> District:
    """A public record in the index. Any model will do: the index knows it by its name and key alone."""
    record = District(pk=number)
    search.put(record, **{"kind": "organization", "title": title, "url": f"/organizacje/{number}/", **more})
    return record


def numbers(entries) -> list[int]:
    return [int(entry.url.split("/")[2]) for entry in entries]


def found(query: str, **options) -> list[int]:
    return sorted(numbers(search.search(query, **options).entries))


# --- words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("fundacje dla dziecka", [1]),
        ("niepelnosprawnych", [2]),
        ("niepełnosprawność", [1]),
        ("pomoc niepelnosprawnym", [2]),
        ("kluby sportowe", [3]),
        ("psy do adopcji", [4]),
        ("uchodzcy", [5]),
        ("dla uchodźców z Ukrainy", [5]),
        ("jezyk polski", [5]),
        ("bezdomni", [6]),
        ("spoldzielnie", [6]),
        ("hospicja", [7]),
        ("wolontariatem", [7]),
        ("obóz harcerski", []),
        ("harcerstwie", [8]),
        ("hipoterpia", [1]),
        ("stowarzyszene", [2]),
        ("zwierzat", [4]),
        ("koty", [4]),
        ("swietego lazarza", [7]),
    ],
)
def test_words_are_found_in_any_form(index, query, expected):
    assert found(query) == expected


@pytest.mark.parametrize(
    "query",
    [
        "fundacja dla niepełnosprawnych",
        "fundacje niepelnosprawni",
        "fundacja dla niepelnosprawnych",
        "FUNDACJĄ NIEPEŁNOSPRAWNYM",
        "fundajca dla niepełnosprawnych",
    ],
)
def test_one_foundation_is_found_in_five_ways(index, query):
    place(9, "Fundacja „Most”", lead="Wspieramy osoby niepełnosprawne i ich rodziny.")
    assert found(query) == [9]


def test_a_repaired_typing_error_is_told(index):
    place(9, "Fundacja dla niepełnosprawnych „Most”")

    result = search.search("fundajca dla niepełnosprawnych")

    assert result.shown_for == "fundacja dla niepełnosprawnych"
    assert result.notice == "Pokazujemy wyniki dla „fundacja dla niepełnosprawnych”"


def test_a_correction_has_its_diacritics(index):
    assert search.search("spodzielnia").shown_for == "spółdzielnia"


def test_what_is_found_as_typed_is_not_corrected(index):
    result = search.search("fundacja")
    assert (result.shown_for, result.notice, result.corrections) == ("", "", [])


def test_a_correct_word_is_never_replaced_only_offered(index):
    result = search.search("pomocnik")
    assert result.entries == []
    assert result.shown_for == ""
    assert [text for _query, text in result.questions] == [
        f"Czy chodziło o „{query}”?" for query in result.corrections
    ]
    assert result.corrections


def test_a_far_resemblance_is_offered_not_made(index):
    result = search.search("hipopotapia")
    assert (result.entries, result.corrections) == ([], ["hipoterapia"])


def test_a_word_that_resembles_nothing_gives_nothing(index):
    result = search.search("fundacja xqzwvt")
    assert (result.entries, result.count, result.corrections) == ([], 0, [])


def test_an_unfinished_word_finds_what_begins_so(index):
    result = search.search("hipoter")
    assert numbers(result.entries) == [1]
    assert result.shown_for == "hipoter…"


def test_all_words_must_be_there(index):
    assert found("fundacja uchodźców") == [5]
    assert found("fundacja psów") == []


def test_a_name_of_empty_words_can_be_found(index):
    place(9, "Obok")
    place(10, "Fundacja Mimo Wszystko")
    assert found("obok") == [9]
    assert found("mimo wszystko") == [10]
    assert numbers(search.search("fundacja mimo wszystko").entries)[0] == 10


def test_numbers_are_found_and_never_corrected(index):
    place(9, "Fundacja „Most”", text="KRS 0000123456, NIP 6760000000")
    assert found("0000123456") == [9]
    assert found("krs 0000123456") == [9]
    result = search.search("0000123457")
    assert (result.entries, result.corrections, result.shown_for) == ([], [], "")


def test_lead_and_text_are_searched_too(index):
    place(9, "Nabór", lead="Zajęcia z szachów", text="Sala gimnastyczna przy ulicy Długiej")
    assert found("szachy") == [9]
    assert found("sale gimnastyczne") == [9]


# --- order and pages ------------------------------------------------------------------------------------


def test_the_title_counts_more_than_the_lead_and_the_lead_more_than_the_text(index):
    place(11, "Sprawozdanie", text="Ogród")
    place(12, "Sprawozdanie", lead="Ogród")
    place(13, "Ogród")
    assert numbers(search.search("ogrody").entries) == [13, 12, 11]


def test_of_equals_the_newest_comes_first_and_undated_last(index):
    place(11, "Ogród", dated_on=date(2024, 5, 1))
    place(12, "Ogród")
    place(13, "Ogród", dated_on=date(2026, 5, 1))
    place(14, "Ogród", dated_on=date(2026, 5, 1))
    assert numbers(search.search("ogród").entries) == [14, 13, 11, 12]


def test_pages_follow_each_other_without_gaps_or_repeats(index):
    search.put_many(entry(number, "Ogród społeczny") for number in range(100, 145))
    pages = [numbers(search.search("ogród", limit=10, offset=start).entries) for start in range(0, 50, 10)]
    assert sorted(number for page in pages for number in page) == list(range(100, 145))
    assert [len(page) for page in pages] == [10, 10, 10, 10, 5]


def test_a_page_beyond_the_end_is_empty_but_counted(index):
    result = search.search("fundacja", offset=20)
    assert (result.entries, result.count) == ([], 2)


@pytest.mark.parametrize(("limit", "offset"), [(0, -5), (-1, 0), (10**9, 0), (20, 10**12)])
def test_senseless_pages_are_no_error(index, limit, offset):
    assert search.search("fundacja", limit=limit, offset=offset).count == 2


def entry(number: int, title: str, kind: str = "organization") -> dict:
    return {"obj": District(pk=number), "kind": kind, "title": title, "url": f"/organizacje/{number}/"}


def test_the_count_stops_at_a_thousand(index):
    search.put_many(entry(number, "Ogród społeczny") for number in range(1000, 2001))

    result = search.search("ogrody")

    assert (result.count, result.is_capped) == (1000, True)
    assert result.count_label == "ponad 1000\u00a0wyników"
    assert search.search("fundacje").count_label == "2\u00a0wyniki"


def test_kinds_are_counted_and_chosen(index):
    place(11, "Konkurs dla fundacji", kind="call")

    everything = search.search("fundacja")
    calls = search.search("fundacja", kinds=["call"])

    assert everything.kinds == {"organization": 2, "call": 1}
    assert numbers(calls.entries) == [11]
    assert (calls.count, calls.kinds) == (1, {"organization": 2, "call": 1})
    assert search.search("fundacja", kinds=["nie-ma-takiego"]).count == 0
    assert search.search("fundacja", kinds=[]).count == 0


# --- what is shown --------------------------------------------------------------------------------------


def test_found_words_are_marked_in_any_form(index):
    place(9, "Fundacja „Most”", lead="Wspieramy osoby niepełnosprawne & ich <b>rodziny</b>.")

    (shown,) = search.search("rodziny niepelnosprawnych").entries

    assert shown.lead_html == (
        "Wspieramy osoby <mark>niepełnosprawne</mark> &amp; ich &lt;b&gt;<mark>rodziny</mark>&lt;/b&gt;."
    )
    assert shown.title_html == "Fundacja „Most”"


def test_the_beginning_of_a_word_is_marked_as_its_word(index):
    assert "<mark>Hipoterapia</mark>" in search.search("hipoter").entries[0].title_html


def test_prepositions_are_not_marked(index):
    assert "<mark>dla</mark>" not in search.search("konie dla dzieci").entries[0].title_html


def test_suggestions_take_the_last_word_as_unfinished(index):
    assert numbers(search.suggest("fundacja hip")) == [1]
    assert numbers(search.suggest("stowarzyszenie pom")) == [2]
    assert numbers(search.suggest("hospicjum")) == [7]
    assert search.suggest("") == []
    assert search.suggest("xqzwvt") == []


def test_a_list_can_be_narrowed_to_what_matches(index):
    place(9, "Konkurs dla fundacji", kind="call")

    assert set(search.matching("fundajca", "organization").values_list("subject_id", flat=True)) == {1, 5}
    assert set(search.matching("fundacja", "call").values_list("subject_id", flat=True)) == {9}
    assert not search.matching("xqzwvt", "organization").exists()
    assert search.matching("!?", "organization") is None


# --- odd queries ----------------------------------------------------------------------------------------

ODD = [
    "",
    "   ",
    "!?.,;:-–—…",
    "\x00",
    "\x00fundacja\x00'",
    "'; DROP TABLE documents_searchentry; --",
    "' OR 1=1 --",
    "\\' & | ! ( ) :* <-> 'a':1A",
    '"fundacja',
    "„”«»",
    "%_%",
    "😀🎉",
    "\ud800",
    "a" * 10_000,
    "fundacja " * 1_200,
    "a b c d e f g h i j k l m n o p q r s t u v w x y z " * 10,
    "'" * 10_000,
    "{{ 7*7 }} ${7*7} <script>",
    "ｆｕｎｄａｃｊａ",
    "½ ﬁ ㎡",
]


@pytest.mark.parametrize("query", ODD)
def test_odd_queries_are_no_error(index, query):
    assert isinstance(search.search(query).count, int)
    assert isinstance(search.suggest(query), list)


@pytest.mark.parametrize(
    "query", ["", "!?", "\x00", "😀", "a" * 10_000, "fundacja " * 1_200, "'; DROP TABLE x; --"]
)
def test_senseless_queries_find_nothing(index, query):
    result = search.search(query)
    assert (result.entries, result.count, result.kinds, result.notice, result.corrections) == (
        [],
        0,
        {},
        "",
        [],
    )


@pytest.mark.parametrize(
    "query", ["fundacja", "fundajca dla niepelnosprawnych", "xqzwvt", "hipoter", "obok na rzecz"]
)
def test_a_search_takes_at_most_four_queries(index, query):
    with CaptureQueriesContext(connection) as taken:
        for shown in search.search(query, kinds=["organization"]).entries:
            assert shown.unit is None
    assert len(taken) <= 4


# --- writing --------------------------------------------------------------------------------------------


def test_putting_again_replaces(index):
    place(1, "Teatr lalek")
    assert found("hipoterapia") == []
    assert found("teatry") == [1]
    assert SearchEntry.objects.count() == len(TITLES)


def test_removing_takes_out(index):
    search.remove(District(pk=1))
    assert found("hipoterapia") == []
    search.remove(District(pk=1))


def test_an_entry_keeps_what_the_list_shows():
    unit = OrganizationalUnit.objects.create(name="Wydział Kultury")
    midnight = datetime(2026, 6, 10, 0, 30, tzinfo=WARSAW)
    place(9, "  Dwie\n linie\x00 ", lead="x" * 700, dated_on=midnight, unit=unit, kind="news")

    row = SearchEntry.objects.get()

    assert (row.title, row.kind, row.unit, row.dated_on) == ("Dwie linie", "news", unit, date(2026, 6, 10))
    assert len(row.lead) == 600
    assert row.lead.endswith("…")


def test_a_batch_with_one_record_twice_keeps_the_last():
    assert search.put_many([entry(1, "Teatr"), entry(1, "Kino")]) == 1
    assert SearchEntry.objects.get().title == "Kino"


def test_a_very_long_text_is_no_error():
    place(9, "Uchwała", text=" ".join(f"słowo{n}" for n in range(60_000)))
    assert found("słowo17") == [9]


def test_forms_are_learned_once(index):
    before = WordForm.objects.count()
    place(9, TITLES[1])
    assert WordForm.objects.count() == before
    assert set(WordForm.objects.filter(form="niepelnosprawnosciami").values_list("word", "lemma")) == {
        ("niepełnosprawnościami", "niepełnosprawność")
    }


def test_quotes_in_lexemes_are_quoted():
    word = Word("x", "x", frozenset(), frozenset({"o'\\x"}), is_empty=False, is_recognised=False, start=0)
    assert vector_literal({"A": [word]}) == "'o''\\\\x':1A"


def test_a_batch_takes_few_queries(django_assert_max_num_queries):
    entries = [entry(number, f"Ogród społeczny {number}") for number in range(200)]
    with django_assert_max_num_queries(6):
        search.put_many(entries)
