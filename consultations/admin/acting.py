"""Calling an action from a page of the desk: what is refused stands at its field."""

from typing import Any

from django.core.exceptions import ValidationError

from core.common.clock import now
from core.legal.rules import LawBreached


def add_breaches(form: Any, refused: LawBreached | ValidationError) -> None:
    """The reasons of a refusal, at the fields they belong to."""
    if isinstance(refused, ValidationError):  # a file that could not be stored
        form.add_error("files" if "files" in form.fields else None, refused)
        return
    for breach in refused.breaches:
        form.add_error(breach.field if breach.field in form.fields else None, str(breach.message))


def done(form: Any, action: Any, obj: Any, **fields: Any) -> bool:
    """Whether the action was taken; if not, its reasons stand at the fields."""
    try:
        action(obj, at=now(), **fields)
    except (LawBreached, ValidationError) as refused:
        add_breaches(form, refused)
        return False
    return True
