"""The virus scanner: what it lets through, what it stops, and what happens while it is away."""

import socket

import pytest

from core.common import public_version
from core.documents import clamd
from core.documents.clamd import ScannerUnavailable, is_infected
from core.documents.enums import ScanState
from core.documents.models import Attachment
from core.documents.tasks import scan_attachment, scan_waiting
from core.legal.models import AuditEntry
from tests.documents import scanner as clamd_server
from tests.factories.documents import EICAR, AttachmentFactory, upload


@pytest.fixture
def scanner(settings):
    with clamd_server.running() as running:
        settings.CLAMD_ADDRESS = running.address
        yield running


@pytest.fixture
def scanner_away(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.CLAMD_ADDRESS = f"127.0.0.1:{free.getsockname()[1]}"


# --- the protocol ---------------------------------------------------------------------------------------


def test_a_clean_file_arrives_whole_and_is_let_through(scanner):
    content = bytes(range(256)) * 1000
    assert is_infected([content[:70_000], b"", content[70_000:]]) is False
    assert scanner.seen == [content]


def test_a_virus_is_found(scanner):
    assert is_infected([EICAR]) is True


@pytest.mark.parametrize(
    "answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"\xff\xfe\0", b"stream: OKAY\0"]
)
def test_an_answer_that_is_no_verdict_is_none(scanner, answer):
    scanner.answer = answer or b"\0"
    with pytest.raises(ScannerUnavailable):
        is_infected([b"a"])


def test_a_scanner_that_is_away_gives_no_verdict(scanner_away):
    with pytest.raises(ScannerUnavailable):
        is_infected([b"a"])


@pytest.mark.parametrize("address", ["gdzieś", "127.0.0.1:abc", ":"])
def test_a_wrong_address_gives_no_verdict(settings, address):
    settings.CLAMD_ADDRESS = address
    assert clamd.is_configured()
    with pytest.raises(ScannerUnavailable):
        is_infected([b"a"])


# --- files ----------------------------------------------------------------------------------------------


def added(record, callbacks, content: bytes = b"Zwyczajny tekst\n") -> Attachment:
    """A file added and committed, with what follows the commit."""
    with callbacks(execute=True):
        attachment = AttachmentFactory(record=record, upload=upload("a.txt", content))
        assert attachment.scan_state == ScanState.WAITING
    attachment.refresh_from_db()
    return attachment


def test_a_clean_file_may_be_fetched_after_the_scan(record, scanner, django_capture_on_commit_callbacks):
    assert added(record, django_capture_on_commit_callbacks).scan_state == ScanState.CLEAN


def test_an_infected_file_is_stopped_and_logged(record, scanner, django_capture_on_commit_callbacks):
    attachment = added(record, django_capture_on_commit_callbacks, EICAR)

    assert attachment.scan_state == ScanState.INFECTED
    assert not attachment.is_safe_to_fetch
    entry = AuditEntry.objects.of(record).latest("pk")
    assert (entry.verb, entry.by) == ("Wykrycie wirusa w pliku", None)


def test_nothing_is_scanned_before_the_commit(record, scanner, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as waiting:
        AttachmentFactory(record=record)
    assert len(scans(waiting)) == 1
    assert scanner.seen == []


def scans(callbacks) -> list:
    """Those of the callbacks that start a scan; others make public pages new."""
    return [one for one in callbacks if one is not public_version.renew]


def test_while_the_scanner_is_away_the_file_waits_and_is_judged_later(
    record, scanner_away, settings, django_capture_on_commit_callbacks
):
    attachment = added(record, django_capture_on_commit_callbacks)
    assert attachment.scan_state == ScanState.WAITING
    scan_waiting()
    attachment.refresh_from_db()
    assert attachment.scan_state == ScanState.WAITING

    with clamd_server.running() as running:
        settings.CLAMD_ADDRESS = running.address
        scan_waiting()

    attachment.refresh_from_db()
    assert attachment.scan_state == ScanState.CLEAN


def test_one_missing_file_does_not_stop_the_round(record, scanner, settings):
    lost, other = AttachmentFactory(record=record), AttachmentFactory(record=record)
    lost.file.storage.delete(lost.file.name)

    scan_waiting()

    states = dict(Attachment.objects.values_list("pk", "scan_state"))
    assert states == {lost.pk: ScanState.WAITING, other.pk: ScanState.CLEAN}


def test_when_the_scanner_is_given_up_nothing_waits_for_ever(record, scanner, settings):
    attachment = AttachmentFactory(record=record)
    settings.CLAMD_ADDRESS = ""
    scan_waiting()
    attachment.refresh_from_db()
    assert attachment.scan_state == ScanState.NOT_CONFIGURED


@pytest.mark.django_db
def test_a_file_that_is_gone_or_judged_is_left_alone(scanner):
    scan_attachment(10**9)
    assert scanner.seen == []


def test_without_a_scanner_nothing_waits(record, settings, django_capture_on_commit_callbacks):
    settings.CLAMD_ADDRESS = ""
    with django_capture_on_commit_callbacks() as waiting:
        attachment = AttachmentFactory(record=record)
    assert (attachment.scan_state, scans(waiting)) == (ScanState.NOT_CONFIGURED, [])
