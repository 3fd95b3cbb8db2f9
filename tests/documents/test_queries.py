"""One query for many records, and nothing that is not for the reader."""

import pytest

from core.city.models import District, OrganizationalUnit
from core.common.clock import now
from core.documents.actions import record_scan, remove_attachment, replace_attachment
from core.documents.enums import Audience, Place, Purpose, ScanState
from core.documents.models import Attachment
from core.documents.queries import (
    attachments_of,
    proofs_of,
    proofs_of_all,
    public_attachments_of,
    versions_of,
)
from tests.factories.documents import AttachmentFactory, PublicationProofFactory, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def records(record):
    others = [District.objects.create(number=n, name=str(n), full_name=str(n)) for n in (2, 3)]
    return [record, *others]


def test_files_of_many_records_come_by_record_in_one_query(records, django_assert_num_queries):
    first = AttachmentFactory(record=records[0], position=2)
    second = AttachmentFactory(record=records[0], position=1)
    other = AttachmentFactory(record=records[1])

    with django_assert_num_queries(1):
        found = attachments_of(records)

    assert found == {records[0].pk: [second, first], records[1].pk: [other], records[2].pk: []}


def test_nothing_is_asked_about_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert attachments_of([]) == {}


def test_records_of_two_models_are_not_mixed_up(record, unit):
    with pytest.raises(ValueError, match="several models"):
        attachments_of([record, unit])


def test_records_of_another_model_with_the_same_key_keep_their_files(record):
    twin = OrganizationalUnit.objects.create(pk=record.pk + 1000, name="Inny wydział")
    district = District.objects.create(pk=twin.pk, number=9, name="x", full_name="x")
    mine = AttachmentFactory(record=district)
    AttachmentFactory(record=twin)
    assert attachments_of([district])[district.pk] == [mine]


def test_the_public_sees_current_checked_public_files_only(record):
    shown = AttachmentFactory(record=record)
    AttachmentFactory(record=record, audience=Audience.OFFICIALS)
    remove_attachment(AttachmentFactory(record=record), by=None, at=now())
    newer = replace_attachment(AttachmentFactory(record=record), upload("b.pdf"), by=None, at=now())
    for state in (ScanState.WAITING, ScanState.INFECTED):
        Attachment.objects.filter(pk=AttachmentFactory(record=record).pk).update(scan_state=state)

    assert public_attachments_of([record])[record.pk] == [shown, newer]
    assert len(attachments_of([record])[record.pk]) == 5
    assert len(versions_of(record)) == 7


def test_proofs_come_by_purpose_in_order_of_days(records, django_assert_num_queries):
    results = PublicationProofFactory(record=records[0], purpose=Purpose.RESULTS)
    notice = PublicationProofFactory(record=records[0], place=Place.WEBSITE)

    assert proofs_of(records[0], Purpose.RESULTS) == [results]
    assert proofs_of(records[0], Purpose.NOTICE) == [notice]
    assert set(proofs_of(records[0])) == {results, notice}
    with django_assert_num_queries(1):
        assert proofs_of_all(records, Purpose.NOTICE) == {
            records[0].pk: [notice],
            records[1].pk: [],
            records[2].pk: [],
        }


def test_only_a_waiting_file_takes_a_verdict(record):
    attachment = AttachmentFactory(record=record)
    record_scan(attachment, state=ScanState.INFECTED, at=now())
    attachment.refresh_from_db()
    assert attachment.scan_state == ScanState.NOT_CONFIGURED
