"""A portal in use is brought to the newest state: rows are carried over, not only empty tables altered."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from consultations.models import DemandMeeting, DocumentVersion, Postulate, Remark
from tests.support import database

# Consultations are the room whose later migrations move rows: documents get versions, demands their meetings.
FIRST = [("consultations", "0001_initial")]


@pytest.mark.django_db(transaction=True)
def test_the_rows_of_the_demo_are_carried_forward_by_migrations():
    database.use_demo()
    demands, remarks = Postulate.objects.count(), Remark.objects.count()
    documents = set(DocumentVersion.objects.kept().values_list("consultation", flat=True))
    MigrationExecutor(connection).migrate(FIRST)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    assert (Postulate.objects.count(), Remark.objects.count()) == (demands, remarks)
    assert Postulate.objects.exclude(meeting=None).exists()
    assert DemandMeeting.objects.exists()
    assert set(DocumentVersion.objects.filter(number=1).values_list("consultation", flat=True)) >= documents
    assert Remark.objects.exclude(point=None).exists()
