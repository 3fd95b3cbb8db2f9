"""Fetching files: who may, in what wrapping, and that nothing else gets out."""

import pytest
from django.urls import reverse

from core.accounts.models import User
from core.accounts.roles import Role
from core.city.models import District
from core.common.clock import now
from core.documents.actions import remove_attachment, replace_attachment
from core.documents.enums import Audience, ScanState
from core.documents.models import Attachment
from tests.factories.documents import AttachmentFactory, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def attachment(record) -> Attachment:
    return AttachmentFactory(record=record, upload=upload("Regulamin konkursu – wersja ostateczna.txt"))


def status(client, attachment: Attachment, user: User | None = None) -> int:
    if user is not None:
        client.force_login(user)
    return fetched(client, attachment).status_code


def fetched(client, attachment: Attachment):
    """The answer, read to its end, which closes the file behind it."""
    response = client.get(attachment.get_absolute_url())
    response.body = b"".join(response) if response.streaming else response.content
    return response


# --- the wrapping -----------------------------------------------------------------------------------------


def test_a_public_file_is_saved_not_shown(client, attachment):
    response = fetched(client, attachment)

    assert response.status_code == 200
    assert response.body.decode() == "Zażółć gęślą jaźń\n"
    assert response.headers["Content-Type"] == "text/plain"
    assert response.headers["Content-Disposition"].startswith(
        "attachment; filename*=utf-8''Regulamin%20konkursu"
    )
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("sandbox")
    assert response.headers["Cache-Control"] == "public, no-cache"


def test_a_file_already_at_hand_is_not_sent_again(client, attachment):
    first = fetched(client, attachment)
    second = client.get(attachment.get_absolute_url(), headers={"if-none-match": first.headers["ETag"]})

    assert first.headers["ETag"] == f'"{attachment.sha256}"'
    assert (second.status_code, second.content) == (304, b"")


def test_a_withdrawn_file_is_gone_even_for_those_who_have_it_at_hand(client, attachment, publish):
    publish(False)
    etag = f'"{attachment.sha256}"'
    assert client.get(attachment.get_absolute_url(), headers={"if-none-match": etag}).status_code == 404


def test_the_edge_server_is_told_where_the_file_is(client, attachment, settings):
    settings.MEDIA_ACCEL_PREFIX = "/wewnetrzne/"

    response = client.get(attachment.get_absolute_url())

    assert response.headers["X-Accel-Redirect"] == f"/wewnetrzne/{attachment.file.name}"
    assert response.content == b""
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Content-Type"] == "text/plain"


def test_a_wrong_name_leads_to_the_right_address(client, attachment):
    response = client.get(reverse("documents:download", args=[attachment.pk, "inny.txt"]))
    assert (response.status_code, response.headers["Location"]) == (302, attachment.get_absolute_url())


def test_a_wrong_name_of_a_closed_file_tells_nothing(client, attachment, publish):
    publish(False)
    assert client.get(reverse("documents:download", args=[attachment.pk, "inny.txt"])).status_code == 404


def test_asking_for_the_head_only_is_answered(client, attachment):
    response = client.head(attachment.get_absolute_url())
    assert (response.status_code, b"".join(response)) == (200, b"")


def test_files_are_only_read(client, attachment):
    assert client.post(attachment.get_absolute_url()).status_code == 405


@pytest.mark.parametrize("pk", [0, 10**9, 10**40])
def test_a_file_that_never_was_is_not_found(client, pk):
    assert client.get(f"/pliki/{pk}/a.txt").status_code == 404


def test_a_file_lost_by_the_disk_is_not_found(client, attachment):
    attachment.file.storage.delete(attachment.file.name)
    assert client.get(attachment.get_absolute_url()).status_code == 404


# --- who may ------------------------------------------------------------------------------------------------


def test_the_file_of_a_draft_is_for_officials_of_its_unit(
    client, attachment, publish, person, unit, other_unit
):
    publish(False)

    assert status(client, attachment) == 404
    assert status(client, attachment, person()) == 404
    assert status(client, attachment, person(Role.UNIT_EDITOR, other_unit)) == 404
    assert status(client, attachment, person(Role.DIALOGUE_MEMBER, unit)) == 404
    assert status(client, attachment, person(Role.COMMITTEE_MEMBER, unit)) == 404
    assert status(client, attachment, person(Role.UNIT_EDITOR, unit)) == 200
    assert status(client, attachment, person(Role.COORDINATOR)) == 200
    assert status(client, attachment, person(Role.AUDITOR)) == 200


def test_a_file_for_officials_stays_closed_when_the_record_is_published(client, record, person, unit):
    attachment = AttachmentFactory(record=record, audience=Audience.OFFICIALS)

    assert status(client, attachment) == 404
    assert status(client, attachment, person(Role.UNIT_EDITOR, unit)) == 200


def test_a_closed_file_is_never_kept_by_caches(client, record, person, unit):
    attachment = AttachmentFactory(record=record, audience=Audience.OFFICIALS)
    client.force_login(person(Role.UNIT_EDITOR, unit))
    response = fetched(client, attachment)
    assert response.headers["Cache-Control"] == "private, no-store"


def test_a_role_that_was_taken_away_closes_the_file_at_once(client, record, person, unit):
    attachment = AttachmentFactory(record=record, audience=Audience.OFFICIALS)
    official = person(Role.UNIT_EDITOR, unit)
    assert status(client, attachment, official) == 200
    official.role_grants.all().delete()
    assert status(client, attachment) == 404


@pytest.mark.parametrize("state", [ScanState.WAITING, ScanState.INFECTED])
def test_what_the_scanner_has_not_let_through_nobody_gets(client, attachment, person, state):
    Attachment.objects.filter(pk=attachment.pk).update(scan_state=state)
    assert status(client, attachment) == 404
    assert status(client, attachment, person(Role.COORDINATOR)) == 404


def test_old_versions_and_removed_files_are_for_officials(client, record, person):
    old = AttachmentFactory(record=record)
    replace_attachment(old, upload("nowy.pdf"), by=None, at=now())
    removed = AttachmentFactory(record=record)
    remove_attachment(removed, by=None, at=now())

    assert (status(client, old), status(client, removed)) == (404, 404)
    official = person(Role.COORDINATOR)
    assert (status(client, old, official), status(client, removed, official)) == (200, 200)


def test_the_record_itself_may_say_who_reads(client, record, publish, person, unit, monkeypatch):
    publish(False)
    attachment = AttachmentFactory(record=record)
    reader, coordinator = person(), person(Role.COORDINATOR)
    monkeypatch.setattr(District, "may_read_files", lambda _self, user: user == reader, raising=False)

    assert status(client, attachment, reader) == 200
    assert status(client, attachment, coordinator) == 404


@pytest.mark.parametrize("answer", [False, None, 1, "tak", lambda _self: False])
def test_what_does_not_plainly_say_that_it_is_public_is_not(client, attachment, monkeypatch, answer):
    monkeypatch.setattr(District, "is_public", answer)
    assert status(client, attachment) == 404


def test_a_record_that_says_nothing_is_not_public(client, db):
    district = District.objects.create(number=5, name="x", full_name="x")
    assert status(client, AttachmentFactory(record=district)) == 404


def test_the_file_of_a_record_that_is_gone_is_not_found(client, attachment, record, person):
    official = person(Role.COORDINATOR)
    District.objects.filter(pk=record.pk).delete()
    assert status(client, attachment) == 404
    assert status(client, attachment, official) == 404


def test_the_file_of_a_model_that_is_gone_is_not_found(client, attachment, person):
    Attachment.objects.filter(pk=attachment.pk).update(subject_kind="dawne.sprawy")
    assert status(client, attachment) == 404
    assert status(client, attachment, person(Role.COORDINATOR)) == 404
