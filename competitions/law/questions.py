"""Questions on a notice (R-CALL-17)."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from core.common import formats
from core.legal.days import add_working_days
from core.legal.rules import Breach, rule

from .deadlines import is_open


@rule(
    "R-CALL-17",
    source="Zasada portalu",
    statement=(
        "Pytania do ogłoszenia i odpowiedzi urzędu są publiczne i anonimowe. Pytać można do podanego dnia, "
        "a gdy go nie ma, do końca naboru."
    ),
)
def question_breaches(
    *, is_published: bool, deadline: datetime | None, questions_until: datetime | None, at: datetime
) -> list[Breach]:
    """Why a question can no longer be asked; empty while it can."""
    if not is_published or not is_open(deadline, at):
        return [Breach("R-CALL-17", _("Pytanie: nabór się zakończył, pytań już nie przyjmujemy."))]
    if questions_until is not None and not is_open(questions_until, at):
        message = _("Pytanie: przyjmowaliśmy je do %(until)s.") % {"until": formats.until(questions_until)}
        return [Breach("R-CALL-17", message)]
    return []


def answer_due(asked_on: date, *, days: int) -> date:
    """The day by which the unit answers: working days after the question (parameter ``call_question_answer``)."""
    return add_working_days(asked_on, days)
