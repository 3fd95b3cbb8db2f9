"""Figures of participation: counted rightly, by unit and year, without anybody's name."""

import csv
import io
import json
from datetime import date

import pytest

from consultations import actions
from consultations.actions import Choice
from consultations.enums import Origin, PositionCode, RespondentType, State
from consultations.models import Consultation, Remark
from core.common.clock import now
from tests.factories import consultations as make
from tests.factories import organizations as org
from tests.factories.accounts import unit

pytestmark = pytest.mark.django_db
URL = "/konsultacje/udzial/"


def text(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8-sig").replace("\u00a0", " ")


@pytest.fixture
def asked(frozen) -> Consultation:
    """Two invited, one opened and answered with two remarks, a resident with one; five came to the meeting."""
    made = make.consultation(State.OPEN, unit=unit("Wydział Pierwszy"))
    loud, _quiet = (
        org.verified("Fundacja Głośna", email="g@example.org"),
        org.verified("Fundacja Cicha", email="c@example.org"),
    )
    batch = actions.invite(made, Choice(is_everybody=True), by=None, at=now())
    actions.open_invitation(batch.invitations.get(organization=loud).pk, at=now())
    who = make.sender(RespondentType.NGO, organization=loud, organisation_name=loud.name)
    make.submission(made, remarks=2, who=who)
    actions.withdraw_submission(make.submission(made), at=now())
    make.submission(made)
    made.forms.filter(kind="open_meeting").update(participants_count=5)
    codes = [PositionCode.PARTLY, PositionCode.REJECTED, PositionCode.ACCEPTED]
    for remark, code in zip(Remark.objects.valid().order_by("number"), codes, strict=True):
        make.answer(remark, code)
    actions.publish_positions(Remark.objects.valid().filter(number__lte=2), by=None, at=now())
    return made


@pytest.mark.rule("R-CNS-21")
@pytest.mark.rule("R-CNS-25")
def test_every_figure_is_counted(client, asked):
    make.consultation(State.ARCHIVED, unit=unit("Wydział Drugi"))
    rows = {
        row["unit"]: row for row in json.loads(client.get(f"{URL}?rok=2026&format=json").content)["items"]
    }

    first = rows["Wydział Pierwszy"]
    assert (first["consultations"], first["submissions"], first["remarks"]) == (1, 2, 3)
    assert first["meeting_participants"] == 5
    assert (first["invited"], first["opened"], first["answered"]) == (2, 1, 1)
    assert first["response_rate"] == "50.00"
    assert first["used_share"] == "50.00"
    assert first["days_to_report"] is None
    assert rows["Wydział Drugi"]["days_to_report"] == 5
    assert rows["Wydział Drugi"]["response_rate"] is None


def test_the_page_shows_the_city_beside_the_baseline(client, asked):
    page = text(client.get(URL))

    assert "Wydział Pierwszy" in page
    assert "50% (1 z 2)" in page
    assert "1 z 2 (50%)" in page
    assert "22%" in page


def test_old_figures_of_a_source_are_counted_too(client, frozen):
    made = make.consultation(State.ARCHIVED)
    Consultation.objects.filter(pk=made.pk).update(
        ends_on=date(2023, 5, 1), starts_on=date(2023, 4, 1), comments_count=40, participants_count=120
    )

    page = text(client.get(f"{URL}?rok=2023"))

    assert "120" in page
    assert "40" in page
    assert "2023" in text(client.get(URL))


def test_of_an_old_year_without_figures_nothing_is_said_to_be_none(client, frozen):
    made = make.consultation(State.ARCHIVED)
    Consultation.objects.filter(pk=made.pk).update(
        origin=Origin.IMPORTED, ends_on=date(2023, 5, 1), starts_on=date(2023, 4, 1)
    )

    (row,) = json.loads(client.get(f"{URL}?rok=2023&format=json").content)["items"]

    assert (row["submissions"], row["meeting_participants"], row["remarks"]) == (None, None, None)
    assert '<td class="r num" data-l="Uwagi">–</td>' in text(client.get(f"{URL}?rok=2023"))


@pytest.mark.parametrize("year", ["1999", "abcd", "", "99999", "２０２６"])
def test_a_year_without_consultations_or_none_at_all(client, frozen, year):
    answer = client.get(URL, {"rok": year})

    assert answer.status_code == 200
    past = "W 1999 roku nie skończyły się żadne konsultacje"
    assert (past if year == "1999" else "nie skończyły się jeszcze żadne konsultacje") in text(answer)


def test_files_are_as_the_page_and_name_nobody(client, asked):
    table = text(client.get(f"{URL}?rok=2026&format=csv"))
    rows = list(csv.reader(io.StringIO(table), delimiter=";"))

    assert len(rows) == 2
    assert "Wydział Pierwszy" in rows[1]
    everything = table + text(client.get(URL)) + text(client.get(f"{URL}?rok=2026&format=json"))
    assert "Zenobia" not in everything
    assert "Fundacja" not in everything
    assert client.get(f"{URL}?format=xml").status_code == 404


@pytest.mark.parametrize("rows", [1, 12])
def test_the_same_few_queries_for_any_number_of_rows(client, frozen, rows, django_assert_max_num_queries):
    for _n in range(rows):
        make.consultation(State.ARCHIVED)
    client.get(URL)

    with django_assert_max_num_queries(8):
        client.get(URL)


def test_drafts_and_plans_are_not_counted(client, frozen):
    make.consultation(State.DRAFT)
    make.consultation(State.PLANNED)

    assert "żadne konsultacje" in text(client.get(URL))
