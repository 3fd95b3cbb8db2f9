import json
from pathlib import Path

import pytest

from core.common.clock import now
from dialogue_bodies.facts import import_dialogue_bodies
from dialogue_bodies.models import DialogueBody, Term, YearActivity

pytestmark = pytest.mark.django_db
RECORDS = json.loads(Path("demo/data/dialogue_bodies.json").read_text())
COUNCIL = "Krakowska Rada Działalności Pożytku Publicznego"


def read(records):
    return import_dialogue_bodies(records, by=None, at=now())


def test_every_record_is_read_without_loss_and_a_second_time_changes_nothing():
    first, second = read(RECORDS), read(RECORDS)

    assert (first.losses, second.losses) == ([], [])
    assert second.counts["unchanged"] == len(RECORDS)


@pytest.mark.rule("R-KRDPP-05")
def test_terms_of_the_council_are_one_body():
    read(RECORDS)

    body = DialogueBody.objects.get(name=COUNCIL)
    assert sorted(body.terms.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6][: body.terms.count()]
    assert body.terms.get(number=1).election.votes_cast == 62
    assert body.terms.get(number=4).seats == {"ngo": 8, "city_council": 4, "mayor": 4}
    assert YearActivity.objects.get(body=body).plenary_meetings == 11


def test_unseen_values_are_kept_or_named():
    record = {
        "id": "n1", "name": "Rada Nowa", "kind": "parlament", "term_no": "druga", "founded_on": "jesień",
        "activity_2024": {"acts": 3, "vetoes": 1}, "active_count_2024": 9, "kolor": "niebieski",
    }  # fmt: skip

    report = read([record])

    assert DialogueBody.objects.get().kind_label == "parlament"
    assert DialogueBody.objects.get().active_counts == {"2024": 9}
    assert Term.objects.get().number is None
    assert sorted(report.losses) == [
        "n1: activity_2024.vetoes: nieznane pole (1)",
        "n1: founded_on: nie jest datą ('jesień')",
        "n1: kolor: nieznane pole ('niebieski')",
        "n1: term_no: nie jest liczbą ('druga')",
    ]
