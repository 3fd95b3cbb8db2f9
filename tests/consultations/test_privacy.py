"""Nobody's name or address leaves the office without consent: canaries over every public page and file."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from consultations import actions, queries
from consultations.enums import State
from core.common.clock import now
from core.documents.search import search
from tests.factories import consultations as make

pytestmark = pytest.mark.django_db

NAME, ADDRESS = "Kanarkowska", "kanarek@prywatny.example"


@pytest.fixture
def canary(frozen):
    """A consultation with a report, in which a private person wrote and was answered."""
    made = make.consultation(State.OPEN)
    who = make.sender(name=f"Zofia {NAME}", email=ADDRESS, wants_report=True)
    make.submission(made, remarks=2, who=who)
    frozen.move_to(made.ends_at + timedelta(minutes=1))
    make.submission(made, who=who)
    actions.close_due(now())
    made.refresh_from_db()
    actions.start_analysis(made, by=None, at=now())
    make.write_report(made)
    for remark in made.remarks.to_answer():
        make.answer(remark)
    actions.publish_report(made, by=None, at=now())
    return made


def everything_public(made) -> str:
    client = Client()
    remarks = reverse("consultations:remarks", args=[made.slug])
    lists = ["/konsultacje/", "/konsultacje/harmonogram/", "/konsultacje/postulaty/", remarks]
    addresses = [*lists, made.get_absolute_url(), reverse("consultations:calendar", args=[made.slug])]
    addresses += [
        f"{address}?format={form}" for address in lists for form in ("csv", "json", "xlsx", "ics", "rss")
    ]
    bodies = []
    for address in addresses:
        response = client.get(address)
        assert response.status_code in (200, 404)
        bodies.append(b"".join(response.streaming_content) if response.streaming else response.content)
    window = (now() - timedelta(days=400), now() + timedelta(days=400))
    indexed = [
        {key: value for key, value in entry.items() if key != "obj"} for entry in queries.search_entries()
    ]
    bodies.append(str([queries.dated_things(*window), indexed, list(queries.sitemap_entries())]).encode())
    return b"\n".join(bodies).decode(errors="replace")


@pytest.mark.rule("R-CNS-14")
def test_no_public_page_file_or_index_names_a_private_person(canary):
    public = everything_public(canary)

    assert "Sale także w niedziele, uwaga 1." in public
    assert NAME not in public
    assert ADDRESS not in public
    assert search(NAME).count == 0


@pytest.mark.rule("R-CNS-14")
def test_with_consent_the_name_stands_there_and_the_address_still_does_not(frozen):
    made = make.consultation(State.OPEN)
    make.submission(made, who=make.sender(name=f"Zofia {NAME}", email=ADDRESS, may_publish_name=True))

    public = everything_public(made)

    assert NAME in public
    assert ADDRESS not in public


def test_hidden_and_withdrawn_remarks_are_nowhere(frozen):
    made = make.consultation(State.OPEN)
    make.submission(made, remarks=1)
    gone = make.submission(made, remarks=1)
    actions.hide_remark(made.remarks.get(number=1), reason="Dane sąsiada.", by=None, at=now())
    actions.withdraw_submission(gone, at=now())

    public = everything_public(made)

    assert "Sale także w niedziele" not in public
    assert "Dane sąsiada" not in public


def test_the_secret_link_is_on_no_public_page(canary):
    tokens = [submission.token for submission in canary.submissions.all()]
    public = everything_public(canary)

    assert not [token for token in tokens if token in public]
