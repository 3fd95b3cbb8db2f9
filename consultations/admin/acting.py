"""Calling an action from a page of the desk: what is refused stands at its field; what is tied is only chosen."""

from typing import Any

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError

from core.common.clock import now
from core.legal.rules import LawBreached


class NoPopups:
    """Put before an admin class: a related record is chosen, not made in a small window with a whole other form."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field


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
