"""Surveys: questions, answering without an account, results, words read first, and the one of participants."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from consultations import actions
from consultations.enums import QuestionKind, State, SurveyPurpose
from consultations.law.surveys import (
    AnswerFacts,
    QuestionFacts,
    Tally,
    answer_problem,
    participants_questions,
    survey_breaches,
    survey_ends_at,
)
from consultations.models import Survey, SurveyAnswer, SurveyQuestion, SurveyResponse
from consultations.queries.surveys import results_of
from core.common.clock import now
from core.legal.models import AuditEntry
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from core.notifications.models import OutboxMail
from tests.factories import consultations as make
from tests.factories.accounts import unit

pytestmark = pytest.mark.django_db

ONE = QuestionFacts(QuestionKind.ONE, "Kiedy?", ("rano", "wieczorem"))


@pytest.fixture
def client(frozen) -> Client:
    cache.clear()
    return Client()


@pytest.fixture
def opened(frozen):
    return make.consultation(State.OPEN)


def survey_of(made, *, is_published: bool = True) -> Survey:
    """Five questions, one of each kind; the first must be answered."""
    survey = actions.save_survey(
        Survey(consultation=made, title="Godziny sal", lead="Pięć pytań."), by=None, at=now()
    )
    rows = [
        {"kind": QuestionKind.ONE, "text": "Kiedy?", "options": ["rano", "wieczorem"], "is_required": True},
        {"kind": QuestionKind.MANY, "text": "Co robicie?", "options": ["sport", "taniec", "szachy"]},
        {"kind": QuestionKind.SCALE, "text": "Jak oceniasz sale?", "lowest": 1, "highest": 5},
        {"kind": QuestionKind.NUMBER, "text": "Ile osób przychodzi?", "lowest": 0},
        {"kind": QuestionKind.TEXT, "text": "Co jeszcze?"},
    ]
    for position, row in enumerate(rows, start=1):
        SurveyQuestion.objects.create(survey=survey, position=position, **row)
    return actions.publish_survey(survey, by=None, at=now()) if is_published else survey


def fields_of(survey: Survey) -> list[str]:
    return [f"q{question.pk}" for question in survey.questions.all()]


def page_of(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def fill(client, survey, frozen, query: str = "", **answers):
    """Opens the survey, waits as a person would, and sends it; ``one``, ``many`` … name the questions in order."""
    page = page_of(client.get(survey.get_absolute_url() + query))
    hidden = {
        name: page.split(f'name="{name}" value="')[1].split('"')[0]
        for name in ("shown_at", "form_key", "link")
        if f'name="{name}" value="' in page
    }
    frozen.shift(timedelta(seconds=30))
    names = dict(zip(("one", "many", "scale", "number", "text"), fields_of(survey), strict=True))
    data = {names[name]: value for name, value in ({"one": "1"} | answers).items()}
    return client.post(survey.get_absolute_url(), {**hidden, **data})


def answered(survey: Survey, *, text: str = "", number: int = 10, one: int = 1) -> SurveyResponse:
    first, many, scale, count, words = survey.questions.all()
    answers = {
        first.pk: AnswerFacts(chosen=(one,)),
        many.pk: AnswerFacts(chosen=(0, 2)),
        scale.pk: AnswerFacts(number=Decimal(4)),
        count.pk: AnswerFacts(number=Decimal(number)),
        words.pk: AnswerFacts(text=text),
    }
    return actions.answer_survey(survey, answers, form_key=uuid4(), at=now())


# --- the law ----------------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-05")
@pytest.mark.parametrize(
    ("question", "problem"),
    [
        (QuestionFacts(QuestionKind.ONE, "Kiedy?", ("rano",)), "co najmniej dwie"),
        (QuestionFacts(QuestionKind.MANY, "Co?", ("a", " A ")), "nie mogą się powtarzać"),
        (QuestionFacts(QuestionKind.MANY, "Co?", tuple(map(str, range(21)))), "najwyżej 20"),
        (QuestionFacts(QuestionKind.TEXT, "  "), "wpisz treść"),
        (QuestionFacts(QuestionKind.NUMBER, "Ile?", lowest=5, highest=5), "mniejsze niż"),
        (QuestionFacts(QuestionKind.SCALE, "Jak?", lowest=1, highest=12), "najwyżej 11 stopni"),
    ],
)
def test_a_question_that_cannot_be_asked_is_named(question, problem):
    found = survey_breaches([ONE, question])

    assert len(found) == 1
    assert str(found[0].message).startswith("Pytanie 2: ")
    assert problem in str(found[0].message)


@pytest.mark.rule("R-CNS-05")
def test_a_survey_has_between_one_and_thirty_questions():
    assert survey_breaches([ONE]) == []
    assert "co najmniej jedno" in str(survey_breaches([])[0].message)
    assert survey_breaches([ONE] * 30) == []
    assert "najwyżej 30" in str(survey_breaches([ONE] * 31)[0].message)


@pytest.mark.rule("R-CNS-05")
@pytest.mark.parametrize(
    ("question", "answer", "is_taken"),
    [
        (ONE, AnswerFacts(), True),
        (QuestionFacts(QuestionKind.ONE, "Kiedy?", ("a", "b"), is_required=True), AnswerFacts(), False),
        (ONE, AnswerFacts(chosen=(1,)), True),
        (ONE, AnswerFacts(chosen=(2,)), False),
        (ONE, AnswerFacts(chosen=(0, 1)), False),
        (QuestionFacts(QuestionKind.MANY, "Co?", ("a", "b")), AnswerFacts(chosen=(0, 1)), True),
        (QuestionFacts(QuestionKind.SCALE, "Jak?"), AnswerFacts(number=Decimal(5)), True),
        (QuestionFacts(QuestionKind.SCALE, "Jak?"), AnswerFacts(number=Decimal(6)), False),
        (QuestionFacts(QuestionKind.NUMBER, "Ile?", lowest=0), AnswerFacts(number=Decimal(-1)), False),
        (QuestionFacts(QuestionKind.NUMBER, "Ile?"), AnswerFacts(text="dużo"), False),
        (QuestionFacts(QuestionKind.TEXT, "Co?"), AnswerFacts(text="x" * 2000), True),
        (QuestionFacts(QuestionKind.TEXT, "Co?"), AnswerFacts(text="x" * 2001), False),
    ],
)
def test_an_answer_fits_its_question(question, answer, is_taken):
    assert (answer_problem(question, answer) is None) == is_taken


@pytest.mark.rule("R-CNS-26")
def test_participants_are_asked_the_same_short_questions_for_whole_days(frozen):
    questions = participants_questions()

    assert len(questions) == 6
    assert survey_breaches(questions) == []
    assert sum(question.is_required for question in questions) == 1
    assert survey_ends_at(now(), days=21).isoformat() == "2026-07-02T00:00:00+02:00"


# --- the desk ---------------------------------------------------------------------------------------


def test_only_who_runs_the_consultation_makes_publishes_and_closes(opened):
    survey, foreign = survey_of(opened, is_published=False), make.manager(unit("Wydział Obcy"))

    for action in (actions.save_survey, actions.publish_survey, actions.close_survey):
        with pytest.raises(MoveRefused):
            action(survey, by=foreign, at=now())
    actions.publish_survey(survey, by=make.manager(opened.unit), at=now())
    with pytest.raises(LawBreached):
        actions.save_survey(survey, by=None, at=now())
    with pytest.raises(LawBreached):
        actions.publish_survey(survey, by=None, at=now())


def test_a_survey_waits_for_the_notice_and_opens_and_closes_with_the_consultation(frozen):
    planned = make.consultation(State.PLANNED)
    with pytest.raises(LawBreached, match="R-CNS-05"):
        survey_of(planned)
    announced = make.consultation(State.ANNOUNCED)
    survey = survey_of(announced)

    assert not survey.is_open
    frozen.move_to(announced.starts_at)
    assert survey.is_open
    frozen.move_to(announced.ends_at)
    assert not survey.is_open
    assert survey.is_over


def test_the_desk_builds_publishes_reads_and_closes(client, opened):
    client.force_login(make.manager(opened.unit))
    add = reverse("admin:consultations_survey_add")
    assert "_popup" not in client.get(add).content.decode(), "a consultation is chosen, not made here"
    empty = {f"questions-{name}": value for name, value in (("TOTAL_FORMS", "1"), ("INITIAL_FORMS", "0"))}
    question = {
        "questions-0-position": "1",
        "questions-0-kind": "one",
        "questions-0-text": "Kiedy?",
        "questions-0-options": "rano\nwieczorem",
    }
    data = {"consultation": opened.pk, "title": "Godziny", **empty, **question}

    assert client.post(add, data).status_code == 302
    survey = Survey.objects.get()
    assert survey.questions.get().options == ["rano", "wieczorem"]
    change = reverse("admin:consultations_survey_change", args=[survey.pk])
    assert "Opublikuj ankietę" in client.get(change).content.decode()
    publish = reverse("admin:consultations_survey_publish_view", args=[survey.pk])
    assert "pytania się nie zmienią" in page_of(client.get(publish))
    assert client.post(publish, follow=True).status_code == 200
    survey.refresh_from_db()
    assert survey.is_published
    shown = client.get(change).content.decode()
    assert "Zamknij ankietę" in shown
    assert 'name="title"' not in shown
    assert client.get(reverse("admin:consultations_survey_results_view", args=[survey.pk])).status_code == 200
    client.post(reverse("admin:consultations_survey_close_view", args=[survey.pk]))
    survey.refresh_from_db()
    assert survey.is_over


# --- answering --------------------------------------------------------------------------------------


def test_anybody_answers_and_nothing_about_them_is_kept(client, opened, frozen):
    survey = survey_of(opened)

    response = fill(
        client, survey, frozen, many=["0", "2"], scale="4", number="12,5", text="Więcej światła 💡"
    )

    assert response.status_code == 302
    kept = SurveyResponse.objects.get()
    values = {a.question.kind: (a.chosen, a.number, a.text) for a in kept.answers.select_related("question")}
    assert values == {
        "one": ([1], None, ""),
        "many": ([0, 2], None, ""),
        "scale": ([], Decimal(4), ""),
        "number": ([], Decimal("12.50"), ""),
        "text": ([], None, "Więcej światła 💡"),
    }
    assert {field.name for field in SurveyResponse._meta.concrete_fields} == {
        "id", "survey", "received_at", "form_key", "link_key",
    }  # fmt: skip
    assert "już wypełniono" in page_of(client.get(survey.get_absolute_url()))


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"one": ""}, "Kiedy: wybierz odpowiedź"),
        ({"one": "7"}, "Kiedy: "),
        ({"many": ["0", "9"]}, "Co robicie: "),
        ({"scale": "6"}, "Jak oceniasz sale: "),
        ({"number": "dużo"}, "Ile osób przychodzi: "),
        ({"number": "-1"}, "Ile osób przychodzi: "),
        ({"number": "1e400"}, "Ile osób przychodzi: "),
        ({"text": "x" * 2001}, "a może mieć 2000"),
    ],
)
def test_mistakes_stand_at_the_question_and_nothing_typed_is_lost(client, opened, frozen, answers, message):
    survey = survey_of(opened)

    page = page_of(fill(client, survey, frozen, **({"text": "Moje słowa"} | answers)))

    assert message in page
    assert "Moje słowa" in page or "text" in answers
    assert not SurveyResponse.objects.exists()


def test_one_browser_and_one_click_are_one_answer(client, opened, frozen):
    survey = survey_of(opened)
    cookie = fill(client, survey, frozen).cookies[f"ankieta-{survey.pk}"]
    page = Client().get(survey.get_absolute_url()).content.decode()
    hidden = {
        name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("shown_at", "form_key")
    }
    frozen.shift(timedelta(seconds=30))
    data = {**hidden, fields_of(survey)[0]: "0"}

    client.post(survey.get_absolute_url(), data)
    assert SurveyResponse.objects.count() == 1
    for _click in range(2):
        Client().post(survey.get_absolute_url(), data)
    assert SurveyResponse.objects.count() == 2
    assert cookie["httponly"]
    assert cookie["path"] == survey.get_absolute_url()


def test_a_survey_that_closes_while_somebody_answers_keeps_the_words_on_the_page(client, opened, frozen):
    survey = survey_of(opened)
    frozen.move_to(opened.ends_at - timedelta(seconds=10))

    page = page_of(fill(client, survey, frozen, text="Moje słowa"))

    assert "nie przyjmuje już odpowiedzi" in page
    assert "Moje słowa" in page
    assert "już się skończyła" in page_of(client.get(survey.get_absolute_url()))


@pytest.mark.parametrize(
    "address", ["/konsultacje/nie-ma/ankieta/1/", "/konsultacje/nie-ma/ankieta/1/wyniki/"]
)
def test_what_is_not_published_is_not_found(client, opened, address):
    survey = survey_of(opened, is_published=False)

    assert client.get(survey.get_absolute_url()).status_code == 404
    assert client.get(survey.get_results_url()).status_code == 404
    assert client.get(address).status_code == 404


# --- results ----------------------------------------------------------------------------------------


def test_results_are_tables_with_figures_once_the_survey_is_over(client, opened, frozen):
    survey = survey_of(opened)
    for number in (4, 10, 31):
        answered(survey, number=number, text="Zadzwońcie do pana Nowaka")
    answered(survey, one=0, number=2)
    assert client.get(survey.get_results_url()).status_code == 404

    frozen.move_to(opened.ends_at)
    page = page_of(client.get(survey.get_results_url()))
    file = b"".join(client.get(survey.get_results_url(), {"format": "csv"}).streaming_content).decode()

    assert "4 wypełnione ankiety" in page
    assert "średnia: 4,0" in page
    assert "najmniej: 2" in page
    assert "największa: 31" in page
    assert "Nowaka" not in page + file
    assert "Kiedy?;wieczorem;3;75" in file.replace('"', "").replace(",", ";")
    by_text = {result.question.text: result for result in results_of(survey)}
    assert [(line.label, line.count, line.percent) for line in by_text["Co robicie?"].lines] == [
        ("sport", 4, 100), ("taniec", 0, 0), ("szachy", 4, 100),
    ]  # fmt: skip


def test_words_are_public_only_when_the_desk_has_read_them(client, opened, frozen):
    survey = survey_of(opened)
    answered(survey, text="Więcej światła w sali")
    answered(survey, text="Pan Nowak spod piątki")
    first, second = SurveyAnswer.objects.exclude(text="").order_by("pk")
    desk = Client()
    desk.force_login(make.manager(opened.unit))
    answers = reverse("admin:consultations_surveyanswer_changelist")

    for action, answer in (("show_together", first), ("hide_together", second)):
        desk.post(answers, {"action": action, "_selected_action": [answer.pk]})
    frozen.move_to(opened.ends_at)
    page = page_of(client.get(survey.get_results_url()))

    assert "Więcej światła w sali" in page
    assert "Nowak" not in page
    assert "Nowak" not in str(list(AuditEntry.objects.values_list("label", "before", "after")))
    with pytest.raises(MoveRefused):
        actions.moderate_answers([second], is_shown=True, by=make.manager(unit("Wydział Obcy")), at=now())


def test_many_words_of_one_question_leave_room_for_those_of_another(client, opened, frozen):
    survey = survey_of(opened)
    response = answered(survey, text="Najstarsze")
    other = SurveyQuestion.objects.create(
        survey=survey, position=9, kind=QuestionKind.TEXT, text="Kto korzysta?"
    )
    SurveyAnswer.objects.create(response=response, question=other, text="Seniorzy")
    responses = SurveyResponse.objects.bulk_create(
        SurveyResponse(survey=survey, form_key=uuid4(), received_at=now()) for _n in range(200)
    )
    words = survey.questions.get(text="Co jeszcze?")
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(response=one, question=words, text=f"Głos {n}") for n, one in enumerate(responses)
    )
    SurveyAnswer.objects.exclude(text="").update(is_shown=True)
    frozen.move_to(opened.ends_at)

    page = page_of(client.get(survey.get_results_url()))
    file = b"".join(client.get(survey.get_results_url(), {"format": "csv"}).streaming_content).decode()

    assert "Seniorzy" in page
    assert "Najstarsze" not in page
    assert "Pokazujemy najnowsze: 200 z 201." in page
    assert "Najstarsze" in file


def test_results_cost_the_same_for_one_answer_and_for_many(
    client, opened, frozen, django_assert_max_num_queries
):
    survey = survey_of(opened)
    counts = []
    for number in (1, 30):
        for _time in range(number):
            answered(survey, text="Dobrze")
        frozen.move_to(opened.ends_at)
        client.get(survey.get_results_url())
        with django_assert_max_num_queries(8) as asked:
            client.get(survey.get_results_url())
        counts.append(len(asked))
        frozen.move_to(opened.ends_at - timedelta(hours=1))
    assert counts[0] == counts[1]


def test_the_page_of_the_consultation_leads_to_the_survey_and_later_to_its_results(client, opened, frozen):
    survey = survey_of(opened)

    before = page_of(client.get(opened.get_absolute_url()))
    frozen.move_to(opened.ends_at)
    after = page_of(client.get(opened.get_absolute_url()))

    assert f'href="{survey.get_absolute_url()}"' in before
    assert survey.get_results_url() not in before
    assert survey.get_results_url() in after


# --- participants afterwards ------------------------------------------------------------------------


@pytest.fixture
def reported(frozen):
    """A report is out; of three who wrote, two agreed to a survey, one of them twice."""
    made = make.consultation(State.OPEN)
    for email, agrees in (
        ("ewa@example.org", True),
        ("EWA@example.org", True),
        ("jan@example.org", False),
        ("ola@example.org", True),
    ):
        make.submission(made, who=make.sender(email=email, wants_survey=agrees))
    frozen.move_to(made.ends_at + timedelta(minutes=1))
    actions.close_due(now())
    made.refresh_from_db()
    actions.start_analysis(made, by=None, at=now())
    make.write_report(made)
    for remark in made.remarks.to_answer():
        make.answer(remark)
    return actions.publish_report(made, by=None, at=now())


@pytest.mark.rule("R-CNS-26")
def test_with_the_report_those_who_agreed_get_one_survey_that_says_nothing_of_them(client, reported, frozen):
    survey = Survey.objects.get(purpose=SurveyPurpose.AFTER)
    letters = OutboxMail.objects.filter(kind="consultation_survey")

    assert survey.is_open
    assert {letter.to.lower() for letter in letters} == {"ewa@example.org", "ola@example.org"}
    assert letters.count() == 2
    link = letters[0].text.split("?link=")[1].split()[0]
    first = survey.questions.first()
    hidden = page_of(client.get(survey.get_absolute_url(), {"link": link}))
    assert link in hidden
    answers = {first.pk: AnswerFacts(number=Decimal(5))}
    kept = actions.answer_survey(survey, answers, form_key=uuid4(), link=survey.key_of(link), at=now())
    assert survey.key_of(link) not in kept.link_key
    with pytest.raises(LawBreached, match="R-CNS-26"):
        actions.answer_survey(survey, answers, form_key=uuid4(), link=survey.key_of(link), at=now())
    assert actions.ask_participants(reported, by=None, at=now()) == survey
    assert letters.count() == 2
    frozen.shift(timedelta(days=22))
    assert survey.is_over
    assert "średnia: 5,0" in page_of(client.get(survey.get_results_url()))


@pytest.mark.rule("R-CNS-26")
def test_a_draft_of_the_survey_of_participants_goes_out_with_questions_and_never_by_hand(client, opened):
    make.submission(opened, who=make.sender(email="ewa@example.org", wants_survey=True))
    survey = Survey.objects.create(consultation=opened, purpose=SurveyPurpose.AFTER, title="Po")
    client.force_login(make.manager(opened.unit))
    page = page_of(client.get(reverse("admin:consultations_survey_change", args=[survey.pk])))
    assert "Opublikuj ankietę" not in page
    assert 'name="purpose"' not in page
    SurveyQuestion.objects.create(survey=survey, kind=QuestionKind.TEXT, text="Jak?")
    with pytest.raises(LawBreached, match="R-CNS-26"):
        actions.publish_survey(survey, by=None, at=now())
    survey.questions.all().delete()

    actions.ask_participants(opened, by=None, at=now())

    assert survey.questions.count() == 6
    assert OutboxMail.objects.filter(kind="consultation_survey").count() == 1


def test_a_survey_of_participants_that_was_opened_before_is_sent_too(opened):
    make.submission(opened, who=make.sender(email="ewa@example.org", wants_survey=True))
    Survey.objects.create(consultation=opened, purpose=SurveyPurpose.AFTER, title="Po", published_at=now())

    actions.ask_participants(opened, by=None, at=now())
    actions.ask_participants(opened, by=None, at=now())

    assert OutboxMail.objects.filter(kind="consultation_survey").count() == 1


@pytest.mark.parametrize("link", ["abc", "MQ:1:x", "a" * 400, "%00"])
def test_a_forged_link_opens_an_ordinary_form(client, reported, link):
    survey = Survey.objects.get(purpose=SurveyPurpose.AFTER)

    page = client.get(survey.get_absolute_url(), {"link": link})

    assert page.status_code == 200
    assert link not in page_of(page).split("<main")[1].split("</main>")[0]
    assert survey.key_of(link) == ""


@pytest.mark.parametrize(
    ("answers", "mean"), [({2: 3, 3: 1}, "2.3"), ({4: 1, 5: 1}, "4.5"), ({1: 3, 2: 1}, "1.3")]
)
def test_a_mean_is_rounded_as_at_school(answers, mean):
    assert Tally(sum(answers.values()), answers).mean == Decimal(mean)
