"""Many rows with one statement: the same rows, constraints and triggers as one by one."""

import pytest
from django.db import DatabaseError, DataError, IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from communication.models import NewsItem
from core.common import bulk
from core.common.clock import now
from core.common.fields import RichTextField
from core.documents.models import WordForm
from core.legal import audit
from core.legal.models import AuditEntry
from organizations.models import Organization
from tests.factories import organizations as make

pytestmark = pytest.mark.django_db

# What a text format, an array and a client may trip over.
NASTY = [
    "Tab\there",
    "nowa\nlinia\r",
    "ukośnik \\N \\t",
    "{klamry, \"cudzysłów\" 'apostrof'}",
    "NULL",
    "%s %%",
    "„Żółć” 💛",
]


def names(*texts: str) -> list[Organization]:
    return [Organization(name=text, slug=f"o-{n}", legal_form="foundation", note=text, oddities=[text], target_groups=["seniors", "youth"], updated_at=now()) for n, text in enumerate(texts)]  # fmt: skip


def test_rows_come_in_as_they_are_and_know_their_keys():
    rows = names(*NASTY)
    bulk.insert_rows(rows)

    for row in rows:
        kept = Organization.objects.get(pk=row.pk)
        for field in Organization._meta.concrete_fields:
            if not field.generated:
                assert getattr(kept, field.attname) == getattr(row, field.attname), field.name
    later = make.verified("Po nich")
    assert later.pk > max(row.pk for row in rows)


def test_named_fields_are_updated_and_no_others():
    rows = names(*NASTY)
    bulk.insert_rows(rows)
    place = make.district(13)
    for row in rows[1:]:
        row.note, row.oddities, row.has_opp_status, row.district = f"{row.name}!", [row.name], True, place
        row.name = "nie tę"
    bulk.update_rows(rows[1:], ["note", "oddities", "has_opp_status", "district"])

    kept = {row.slug: row for row in Organization.objects.all()}
    assert [kept[f"o-{n}"].name for n in range(len(NASTY))] == NASTY
    assert [kept[f"o-{n}"].note for n in range(1, len(NASTY))] == [f"{text}!" for text in NASTY[1:]]
    assert {row.district for row in kept.values()} == {None, place}
    assert (kept["o-0"].note, kept["o-0"].has_opp_status) == (NASTY[0], None)
    assert kept["o-3"].oddities == [NASTY[3]]


def test_an_upsert_updates_what_is_there_and_inserts_the_rest():
    WordForm.objects.create(form="a", lemma="a", word="stare")
    rows = [WordForm(form="a", lemma="a", word="nowe"), WordForm(form="b", lemma="b", word=NASTY[3])]
    bulk.upsert_rows(rows, ["form", "lemma", "word"], unique=["form", "lemma"], update=["word"])

    assert list(WordForm.objects.order_by("form").values_list("word", flat=True)) == ["nowe", NASTY[3]]


def test_constraints_and_triggers_hold():
    make.verified("Pierwsza", krs="0000067177")
    second = names("Druga")[0]
    second.krs = "0000067177"
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert_rows([second])
    entry = audit.record(make.verified("Inna"), "próba", by=None, at=now())
    entry.verb = "inna"
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        bulk.update_rows([entry], ["verb"])
    assert AuditEntry.objects.get(pk=entry.pk).verb == "próba"


@pytest.mark.parametrize("count", [1, 300])
def test_statements_do_not_grow_with_the_rows(count):
    rows = names(*(f"Wiersz {n}" for n in range(count)))
    with CaptureQueriesContext(connection) as asked:
        bulk.insert_rows(rows)
        bulk.update_rows(rows, ["note"])
        bulk.insert_rows([], gives_keys=False)
        bulk.update_rows([], ["note"])
    assert len(asked) == 3  # keys, COPY, UPDATE
    assert max(len(query["sql"]) for query in asked if "COPY" in query["sql"]) < 3000


def test_a_text_that_is_too_long_is_refused_and_not_cut():
    row = make.verified("Pierwsza")
    row.name = "x" * 301
    with pytest.raises(DataError), transaction.atomic():
        bulk.update_rows([row], ["name"])
    with pytest.raises(DataError), transaction.atomic():
        bulk.insert_rows(names("x" * 301))
    word = WordForm(form="x" * 301, lemma="a", word="a")
    with pytest.raises(DataError), transaction.atomic():
        bulk.upsert_rows([word], ["form", "lemma", "word"], unique=["form", "lemma"], update=["word"])


def test_a_field_that_prepares_its_value_does_so_here_too():
    text, stamp = models.CharField(), models.DateTimeField(auto_now=True)
    assert (bulk._is_plain(text), bulk._is_plain(stamp), bulk._is_plain(RichTextField())) == (
        True,
        False,
        False,
    )
    news = NewsItem(title="Nabór", slug="nabor", body="<p onclick='x()'>Tekst</p>", state_since=now())
    bulk.insert_rows([news])
    assert NewsItem.objects.get(pk=news.pk).body == "<p>Tekst</p>"


def test_one_field_is_read_as_a_row_too():
    read = bulk._reader(Organization, ("name",), is_new=True)
    assert read(Organization(name="Sama")) == ["Sama"]
