"""Questions on a notice (R-CALL-17)."""

from datetime import datetime

from django.utils.translation import gettext as _

from core.common import formats
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
        message = _("Pytanie: przyjmowaliśmy je do %(until)s.") % {"until": formats.deadline(questions_until)}
        return [Breach("R-CALL-17", message)]
    return []
