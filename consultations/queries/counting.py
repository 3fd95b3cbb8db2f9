"""Pieces of queries: counts and small lists in the row itself."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Count,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce, JSONObject


def as_rows(queryset: QuerySet, *fields: str) -> ArraySubquery:
    return ArraySubquery(queryset.values(json=JSONObject(**{field: field for field in fields})))


def count(queryset: QuerySet) -> Coalesce:
    key = "consultation"
    return Coalesce(Subquery(queryset.order_by().values(key).annotate(n=Count("pk")).values("n")), 0)


def counted(model: type) -> Coalesce:
    return count(model.objects.filter(consultation=OuterRef("pk")))
