"""Nobody's name or address leaves the office without consent: canaries over every public page and file."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from consultations import actions, queries
from consultations.enums import State
from consultations.law.surveys import AnswerFacts
from core.common.clock import now
from core.documents.search import search
from tests.factories import consultations as make

pytestmark = pytest.mark.django_db

NAME, ADDRESS = "Kanarkowska", "kanarek@prywatny.example"


@pytest.fixture
def canary(frozen):
    """A consultation with a report, in which a private person wrote and was answered."""
    made = make.consultation(State.OPEN)
    who = make.sender(name=f"Zofia {NAME}", email=ADDRESS, wants_report=True, wants_survey=True)
    sent = make.submission(made, remarks=2, who=who)
    scan = SimpleUploadedFile("Kanarkowska.txt", f"Podpisano: Zofia {NAME}, {ADDRESS}\n".encode())
    actions.add_files(sent, [scan], at=now())
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


def answer_in_words(survey) -> None:
    """Somebody writes a name where only words were asked for."""
    first, *_others, words = survey.questions.all()
    answers = {first.pk: AnswerFacts(number=Decimal(5)), words.pk: AnswerFacts(text=f"Pani {NAME} {ADDRESS}")}
    actions.answer_survey(survey, answers, form_key=uuid4(), at=now())


def everything_public(made) -> str:
    client = Client()
    remarks = reverse("consultations:remarks", args=[made.slug])
    lists = ["/konsultacje/", "/konsultacje/harmonogram/", "/konsultacje/postulaty/", remarks]
    addresses = [*lists, made.get_absolute_url(), reverse("consultations:calendar", args=[made.slug])]
    for survey in made.surveys.all():
        answer_in_words(survey)
        survey.closes_at = now() - timedelta(minutes=1)
        survey.save(update_fields=["closes_at"])
        lists.append(survey.get_results_url())
        addresses += [survey.get_absolute_url(), survey.get_results_url()]
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


@pytest.mark.rule("R-CNS-14")
def test_names_and_addresses_stay_out_of_the_logs_of_what_people_do(frozen, caplog):
    """Sending, asking for the link, changing consents: the log knows the address of the page and nothing typed."""
    made, client = make.consultation(State.OPEN), Client()
    sent = make.submission(made, who=make.sender(name=f"Zofia {NAME}", email=ADDRESS))
    with caplog.at_level("DEBUG"):
        client.get(sent.get_private_url())
        client.post(reverse("consultations:wishes", args=[sent.token]), {"wants_report": "on"})
        client.post(reverse("consultations:lost_link"), {"number": sent.number, "email": ADDRESS})
        client.post(
            reverse("consultations:send", args=[made.slug]), {"name": f"Zofia {NAME}", "email": ADDRESS}
        )

    assert caplog.records
    assert NAME not in caplog.text
    assert ADDRESS not in caplog.text
