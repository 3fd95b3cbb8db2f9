"""Statutory amounts and periods, as they were in force on a day."""

from datetime import date
from decimal import Decimal

from django.core.cache import cache
from django.db.models import Q, QuerySet

from .models import LegalParameter

CACHE_SECONDS = 60


class UnknownParameter(LookupError):
    """No row of this code is in force on the day asked for."""


def value(code: str, *, on: date) -> Decimal:
    """The value of a parameter on a day. Raises UnknownParameter."""
    key = f"legal-parameter:{code}:{on.isoformat()}"
    found = cache.get(key)
    if found is None:
        found = _stored(code, on)
        cache.set(key, found, CACHE_SECONDS)
    return found


def days(code: str, *, on: date) -> int:
    """A parameter counted in days (or years, or members), as a whole number."""
    return int(value(code, on=on))


def in_force(code: str, *, on: date) -> QuerySet[LegalParameter]:
    """The row of a parameter that is in force on a day, first of what is given; lists take it as a subquery."""
    rows = LegalParameter.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=on), code=code, valid_from__lte=on
    )
    return rows.order_by("-valid_from")


def _stored(code: str, on: date) -> Decimal:
    row = in_force(code, on=on).first()
    if row is None:
        raise UnknownParameter(f"{code} on {on}")
    return row.value
