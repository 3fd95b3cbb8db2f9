"""Taking part in the invented consultations: files, the same words of many, an organisation\'s own, surveys."""

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from consultations import actions
from consultations.actions import RemarkText, Sender
from consultations.enums import QuestionKind, RespondentType, SurveyPurpose
from consultations.law.surveys import AnswerFacts
from consultations.models import Consultation, Survey, SurveyAnswer, SurveyQuestion, SurveyResponse
from core.city.models import District
from core.common.clock import at_local
from organizations.models import Organization

from .context import DemoContext

OWN = "Fundacja Most na Podgórze"
QUESTIONS: list[dict] = [
    {"kind": QuestionKind.ONE, "text": "Kiedy najczęściej korzystasz z miejskich sal i klubów?", "is_required": True,
     "options": ["w dni robocze przed 16:00", "w dni robocze po 16:00", "w weekendy", "nie korzystam"]},
    {"kind": QuestionKind.MANY, "text": "Jakich zajęć brakuje w Twojej okolicy?",
     "options": ["dla dzieci", "dla młodzieży", "dla seniorek i seniorów", "sąsiedzkich", "sportowych"]},
    {"kind": QuestionKind.SCALE, "text": "Jak oceniasz współpracę miasta z organizacjami w Twojej dzielnicy?"},
    {"kind": QuestionKind.NUMBER, "text": "Ile minut zajmuje Ci droga do najbliższego klubu?", "lowest": 0, "highest": 300},
    {"kind": QuestionKind.TEXT, "text": "Co miasto powinno zlecić organizacjom w przyszłym roku?"},
]  # fmt: skip
# option, options, scale, minutes, words
RESPONSES = [
    (1, (0, 2), 4, 15, "Zajęcia ruchowe w parku, także zimą."),
    (1, (2,), 3, 25, ""),
    (2, (0, 1, 4), 5, 10, "Pomoc w nauce polskiego dla nowych sąsiadów."),
    (0, (2, 3), 2, 40, "Dowóz na zajęcia dla osób, które słabo chodzą."),
    (1, (3,), 4, 20, ""),
    (3, (1,), 3, 35, "Klub otwarty do 22:00."),
]
# the whole, clarity, answer, how, again, words
AFTERWARDS = [
    (5, 5, 4, (0,), 0, "Więcej czasu na przeczytanie projektu."),
    (4, 4, 3, (0, 1), 0, ""),
    (3, 4, 2, (3,), 2, "Odpowiedzi piszcie krócej."),
    (4, 5, 4, (1,), 0, ""),
]


def take_part(ctx: DemoContext, *, programme: str, reported: str) -> None:
    """Called once the invented consultations are there."""
    underway = Consultation.objects.get(title=programme)
    with_papers(ctx, underway)
    for_the_organisation(ctx, underway)
    the_same_words(ctx, underway)
    asked_meanwhile(ctx, underway)
    asked_afterwards(ctx, Consultation.objects.get(title=reported))


def with_papers(ctx: DemoContext, made: Consultation) -> None:
    """A resident sends a remark with a file, and wants the survey afterwards."""
    plan = SimpleUploadedFile(
        "plan-klubu.txt", "Klub: poniedziałek–piątek 15:00–21:00, sobota 10:00–18:00.\n".encode()
    )
    who = Sender(
        RespondentType.RESIDENT,
        name="Helena Wrona",
        email="helena@example.org",
        district=District.objects.filter(number=5).first(),
        wants_report=True,
        wants_survey=True,
    )
    text = RemarkText("Kluby sąsiedzkie otwarte także w soboty. Propozycja godzin w załączniku.", part="3.1")
    actions.file_submission(made, sender=who, remarks=[text], files=[plan], at=hours_ago(ctx, 20))


def for_the_organisation(ctx: DemoContext, made: Consultation) -> None:
    """Filed by a person of the organisation, so all who act for it find it in »Moje uwagi«."""
    own = Organization.objects.get(name=OWN)
    person = ctx.people["ngo"]
    who = Sender(
        RespondentType.NGO,
        name=person.full_name,
        email=person.email,
        organisation_name=own.name,
        organization=own,
        wants_report=True,
        wants_survey=True,
    )
    text = RemarkText(
        "Wkład własny także na spłatę kosztów pośrednich.",
        part="3.3",
        justification="Fundusze unijne zwracają je dopiero po rozliczeniu.",
    )
    actions.file_submission(made, sender=who, remarks=[text], by=person, at=hours_ago(ctx, 30))


def the_same_words(ctx: DemoContext, made: Consultation) -> None:
    """Three neighbours send one text; the desk sees that and answers them together."""
    for number, name in enumerate(("Piotr Gaj", "Irena Gaj", "Olga Dąb"), start=1):
        who = Sender(RespondentType.RESIDENT, name=name, email=f"sasiad{number}@example.org")
        text = RemarkText("Więcej ławek i toalet przy placach zabaw.")
        actions.file_submission(made, sender=who, remarks=[text], at=hours_ago(ctx, 10 - number))


def asked_meanwhile(ctx: DemoContext, made: Consultation) -> None:
    """A survey of the unit, with answers; half of the words have been read by the desk."""
    clerk, at = ctx.people["clerk"], hours_ago(ctx, 24 * 8)
    survey = actions.save_survey(
        Survey(
            consultation=made,
            title="Sale, kluby i zajęcia w Twojej okolicy",
            lead="Pięć pytań, około trzech minut. Odpowiedzi pomogą napisać projekt programu.",
        ),
        by=clerk,
        at=at,
    )
    SurveyQuestion.objects.bulk_create(
        SurveyQuestion(survey=survey, position=position, **row)
        for position, row in enumerate(QUESTIONS, start=1)
    )
    survey = actions.publish_survey(survey, by=clerk, at=at)
    questions = list(survey.questions.all())
    for number, (one, many, scale, minutes, words) in enumerate(RESPONSES):
        values = [chosen(one), chosen(*many), figure(scale), figure(minutes), AnswerFacts(text=words)]
        respond(survey, questions, values, hours_ago(ctx, 24 * 7 - number))
    read = SurveyAnswer.objects.filter(question__survey=survey).exclude(text="").order_by("pk")[:2]
    actions.moderate_answers(read, is_shown=True, by=clerk, at=hours_ago(ctx, 24))


def asked_afterwards(ctx: DemoContext, made: Consultation) -> None:
    """What participants said of a consultation whose report is out; the survey is over, the results public."""
    survey = Survey.objects.get(consultation=made, purpose=SurveyPurpose.AFTER)
    questions = list(survey.questions.all())
    assert survey.published_at is not None  # noqa: S101 - the report published it
    for number, (whole, clear, reply, how, again, words) in enumerate(AFTERWARDS, start=1):
        values = [
            figure(whole),
            figure(clear),
            figure(reply),
            chosen(*how),
            chosen(again),
            AnswerFacts(text=words),
        ]
        respond(survey, questions, values, survey.published_at + timedelta(days=number))
    read = SurveyAnswer.objects.filter(question__survey=survey).exclude(text="")
    actions.moderate_answers(read, is_shown=True, by=ctx.people["secretary"], at=hours_ago(ctx, 24))


def respond(
    survey: Survey, questions: list[SurveyQuestion], values: list[AnswerFacts], at: datetime
) -> SurveyResponse:
    answers = {question.pk: value for question, value in zip(questions, values, strict=True)}
    return actions.answer_survey(survey, answers, form_key=uuid4(), at=at)


def chosen(*options: int) -> AnswerFacts:
    return AnswerFacts(chosen=options)


def figure(value: int) -> AnswerFacts:
    return AnswerFacts(number=Decimal(value))


def hours_ago(ctx: DemoContext, hours: int) -> datetime:
    """So long before the day of the demo began."""
    return at_local(ctx.today) - timedelta(hours=hours)
