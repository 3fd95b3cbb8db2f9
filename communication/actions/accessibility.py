"""Keeping the declaration of accessibility."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.legal import audit
from core.legal.rules import require

from .. import law
from ..models import AccessibilityDeclaration


@transaction.atomic
def keep_declaration(
    declaration: AccessibilityDeclaration, *, by: Any, at: datetime
) -> AccessibilityDeclaration:
    """Saves the declaration when it has all its parts, with the change in the log. Raises LawBreached (R-WEB-03)."""
    require(law.declaration_breaches(declaration.facts()))
    known = AccessibilityDeclaration.objects.filter(pk=declaration.pk).first()
    before = audit.snapshot(known) if known else {}
    declaration.save()
    old, new = audit.changes(before, audit.snapshot(declaration))
    if new:
        verb = _("Zmiana danych") if known else _("Utworzenie")
        audit.record(declaration, verb, by=by, at=at, before=old, after=new)
    return declaration
