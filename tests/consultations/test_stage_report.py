"""Each stage has a report of its own (R-CNS-07)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from consultations import actions, tasks
from consultations.enums import StageKind, State
from consultations.models import ConsultationStage
from core.common.clock import now, today
from core.documents.enums import Purpose
from core.documents.models import PublicationProof
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from core.notifications.models import OutboxMail
from tests.factories import consultations as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(frozen) -> ConsultationStage:
    """The first of two stages ended yesterday; a remark of it and one of the next."""
    made = make.consultation(State.OPEN)
    first = made.stages.get()
    first.starts_on, first.ends_on = made.starts_on, today()
    first.result = "Wiemy, kiedy sale są potrzebne."
    first.save()
    ConsultationStage.objects.create(
        consultation=made,
        position=2,
        kind=StageKind.DRAFT,
        starts_on=today() + timedelta(days=1),
        ends_on=made.ends_on,
    )
    make.submission(made)
    frozen.shift(timedelta(days=1))
    make.submission(made)
    return first


def page_of(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def address(stage, kind: str = "") -> str:
    return stage.get_report_url() + (f"{kind}/" if kind else "")


@pytest.mark.rule("R-CNS-07")
def test_the_report_of_a_stage_waits_for_its_remarks_only(stage):
    made = stage.consultation
    with pytest.raises(LawBreached) as refused:
        actions.publish_stage_report(stage, by=None, at=now())
    assert made.remarks.get(number=1).name in str(refused.value)
    assert made.remarks.get(number=2).name not in str(refused.value)
    assert Client().get(address(stage)).status_code == 404
    make.answer(made.remarks.get(number=1))
    make.answer(made.remarks.get(number=2), position="Szkic, którego nikt jeszcze nie czyta.")

    actions.publish_stage_report(stage, by=None, at=now())

    page = page_of(Client().get(address(stage)))
    assert "Wiemy, kiedy sale są potrzebne." in page
    assert make.POSITION in page
    assert "Szkic, którego" not in page
    assert 'id="u1"' in page
    assert 'id="u2"' not in page
    assert address(stage) in page_of(Client().get(made.get_absolute_url()))
    assert [remark.is_answered for remark in made.remarks.order_by("number")] == [True, False]
    assert OutboxMail.objects.filter(subject__startswith="Odpowiedź").count() == 1
    proof = PublicationProof.objects.of(made).get(purpose=Purpose.REPORT)
    assert proof.url.endswith(address(stage))


@pytest.mark.rule("R-CNS-07")
def test_a_stage_is_not_reported_twice_nor_by_strangers(stage):
    make.answer(stage.consultation.remarks.get(number=1))
    with pytest.raises(MoveRefused):
        actions.publish_stage_report(stage, by=make.manager(), at=now())
    actions.publish_stage_report(stage, by=None, at=now())

    with pytest.raises(LawBreached, match="już opublikowany"):
        actions.publish_stage_report(stage, by=None, at=now())


def test_the_files_of_a_stage(stage, django_assert_max_num_queries):
    make.answer(stage.consultation.remarks.get(number=1))
    stage = actions.publish_stage_report(stage, by=None, at=now())
    Client().get(address(stage))
    with django_assert_max_num_queries(8):
        Client().get(address(stage))

    table = Client().get(address(stage, "csv")).content.decode("utf-8-sig")

    assert len(table.splitlines()) == 2
    assert Client().get(address(stage, "docx")).status_code == 200
    assert Client().get(address(stage, "pdf")).content.startswith(b"%PDF")
    assert Client().get(address(stage, "exe")).status_code == 404
    assert tasks.make_report_file(stage.consultation_id, "csv", stage.pk) > 0
    assert tasks.make_report_file(0, "csv", stage.pk) == 0


def test_the_button_stands_on_the_desk(stage):
    made = stage.consultation
    desk = Client()
    desk.force_login(make.manager(made.unit))
    answers = reverse("admin:consultations_consultation_answers", args=[made.pk])
    button = reverse("admin:consultations_consultation_stage_report", args=[made.pk, stage.pk])

    assert button in page_of(desk.get(answers))
    assert "Opublikuj raport z etapu" in page_of(desk.get(button))
    refused = page_of(desk.post(button, follow=True))
    make.answer(made.remarks.get(number=1))
    desk.post(button)

    assert "wybierz stanowisko i uzasadnij" in refused
    stage.refresh_from_db()
    assert stage.report_published_on == today()
    assert button not in page_of(desk.get(answers))
    stranger = Client()
    stranger.force_login(make.manager())
    assert stranger.post(button).status_code == 404
