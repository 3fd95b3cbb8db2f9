"""Transitions and the audit log cannot be changed, not even by raw SQL."""

from datetime import UTC, datetime

import pytest
from django.db import ProgrammingError, connection, transaction

from core.legal import audit
from core.legal.models import AuditEntry, LegalParameter, Transition

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 10, 10, tzinfo=UTC)


@pytest.fixture
def entry():
    return audit.record(
        LegalParameter.objects.first(), "zmiana", by=None, at=AT, before={"a": 1}, after={"a": 2}
    )


@pytest.fixture
def transition():
    return Transition.objects.create(subject_kind="x.y", subject_id=1, source="", target="draft", at=AT)


@pytest.mark.parametrize("statement", ["UPDATE {} SET reason = 'inny'", "DELETE FROM {}"])
@pytest.mark.parametrize("model", [AuditEntry, Transition])
def test_rows_are_append_only_in_the_database(model, statement, entry, transition):
    with (
        pytest.raises(ProgrammingError, match="Cannot update or delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(model._meta.db_table))

    assert model.objects.get().reason == ""


def test_an_update_through_the_models_is_refused_too(entry):
    with pytest.raises(ProgrammingError), transaction.atomic():
        AuditEntry.objects.update(reason="inny")


def test_only_what_differs_is_kept():
    assert audit.changes({"a": 1, "b": 2}, {"a": 1, "b": 3}) == ({"b": 2}, {"b": 3})
