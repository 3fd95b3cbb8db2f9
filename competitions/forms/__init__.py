"""Shape of input: questions and changes of calls, offers, candidates, committees."""

from .calls import (
    BOXES,
    YES_NO,
    AnswerForm,
    DraftRemarkForm,
    FitForm,
    QuestionForm,
    SearchForm,
)

__all__ = [
    "BOXES",
    "YES_NO",
    "AnswerForm",
    "DraftRemarkForm",
    "FitForm",
    "QuestionForm",
    "SearchForm",
]
