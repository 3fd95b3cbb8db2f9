"""Files and proofs of publication: what is kept, what is written to the log, what is refused."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, default_storage
from django.db import IntegrityError, transaction

from core.common.clock import now
from core.documents.actions import (
    attach,
    record_publication,
    record_takedown,
    remove_attachment,
    replace_attachment,
)
from core.documents.checks import Refused, examine
from core.documents.enums import Audience, Place, Purpose, ScanState
from core.documents.models import Attachment, PublicationProof
from core.documents.queries import proofs_of
from core.legal.models import AuditEntry
from core.legal.rules import LawBreached
from tests.factories.documents import AttachmentFactory, PublicationProofFactory, pdf, upload

pytestmark = pytest.mark.django_db

MOMENT = "2026-06-10T12:00:00+02:00"


def stored_names() -> list[str]:
    """Every file in the store."""

    def walk(folder: str) -> list[str]:
        folders, files = default_storage.listdir(folder)
        return [f"{folder}/{name}" for name in files] + [
            each for inner in folders for each in walk(f"{folder}/{inner}")
        ]

    return walk("zalaczniki") if default_storage.exists("zalaczniki") else []


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }


# --- adding -------------------------------------------------------------------------------------------


def test_a_file_is_kept_with_everything_that_is_known_of_it(record, person, frozen):
    official = person()

    attachment = attach(
        record,
        upload("Regulamin konkursu.PDF", pdf(is_tagged=True)),
        title="Regulamin",
        by=official,
        at=now(),
    )

    attachment.refresh_from_db()
    assert attachment.subject == ("city.district", record.pk)
    assert (attachment.original_name, attachment.content_type) == (
        "Regulamin konkursu.pdf",
        "application/pdf",
    )
    assert (attachment.has_text_layer, attachment.is_tagged) == (True, True)
    assert (attachment.version, attachment.position, attachment.audience) == (1, 0, Audience.PUBLIC)
    assert (attachment.uploaded_by, attachment.uploaded_at) == (official, now())
    assert attachment.scan_state == ScanState.NOT_CONFIGURED
    assert attachment.size == attachment.file.size
    assert attachment.extension == "PDF"


def test_the_stored_name_cannot_be_guessed_and_says_nothing(record, frozen):
    first, second = (AttachmentFactory(record=record, upload=upload("tajne.pdf")) for _ in range(2))
    assert first.file.name.startswith("zalaczniki/2026/06/")
    assert first.file.name.endswith(".pdf")
    assert "tajne" not in first.file.name
    assert first.file.name != second.file.name


def test_files_follow_each_other_unless_told_otherwise(record):
    made = [AttachmentFactory(record=record, title=title) for title in ("pierwszy", "drugi")]
    made.append(AttachmentFactory(record=record, title="na początku", position=0))
    assert [attachment.position for attachment in made] == [0, 1, 0]


def test_adding_is_in_the_log_and_public_when_the_file_and_the_record_are(record, publish, person):
    official = person()
    AttachmentFactory(record=record, by=official)
    AttachmentFactory(record=record, audience=Audience.OFFICIALS)
    publish(False)
    AttachmentFactory(record=record)

    entries = list(AuditEntry.objects.of(record).order_by("pk"))

    assert [entry.verb for entry in entries] == ["Dodanie pliku"] * 3
    assert [entry.is_public for entry in entries] == [True, False, False]
    assert entries[0].by == official
    assert entries[0].after["name"] == "regulamin.pdf"


def test_an_examined_file_is_not_examined_again(record):
    attachment = AttachmentFactory(record=record, upload=examine(upload("a.txt")))
    with attachment.file.open() as kept:
        assert kept.read().decode() == "Zażółć gęślą jaźń\n"


def test_a_refused_file_leaves_no_trace(record):
    with pytest.raises(Refused):
        attach(record, upload("a.pdf", b"MZ"), title="Wirus", by=None, at=now())
    assert Attachment.objects.count() == 0
    assert AuditEntry.objects.count() == 0
    assert stored_names() == []


def test_a_row_that_cannot_be_written_leaves_no_file(record):
    with pytest.raises(Exception, match="value too long"), transaction.atomic():
        AttachmentFactory(record=record, title="x" * 300)
    assert stored_names() == []


class FullDisk(InMemoryStorage):
    """A store that has no room left."""

    def _save(self, name, content):
        raise OSError(28, "No space left on device")


def test_a_full_disk_is_told_and_leaves_no_row(record, settings):
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": f"{__name__}.FullDisk"}}
    with pytest.raises(Refused, match="nie udało się go zapisać"):
        AttachmentFactory(record=record)
    assert Attachment.objects.count() == 0


# --- new versions and removing --------------------------------------------------------------------------


def test_a_new_version_takes_the_place_and_the_old_one_is_kept(record):
    old = AttachmentFactory(record=record, title="Regulamin", position=3)

    new = replace_attachment(old, upload("nowy.pdf"), by=None, at=now(), reason="Poprawiono termin.")

    assert (new.version, new.title, new.position, new.replaces) == (2, "Regulamin", 3, old)
    assert list(Attachment.objects.of(record).current()) == [new]
    assert old.file.storage.exists(old.file.name)
    entry = AuditEntry.objects.of(record).latest("pk")
    assert (entry.verb, entry.reason) == ("Nowa wersja pliku", "Poprawiono termin.")
    assert (entry.before["version"], entry.after["version"]) == (1, 2)
    assert entry.before["sha256"] != "" != entry.after["sha256"]


def test_of_two_who_replace_the_same_file_the_second_is_told(record):
    old = AttachmentFactory(record=record)
    replace_attachment(old, upload("a.pdf"), by=None, at=now())
    with pytest.raises(LawBreached, match="już zmieniony"):
        replace_attachment(old, upload("b.pdf"), by=None, at=now())
    assert Attachment.objects.of(record).count() == 2


def test_the_database_allows_one_successor(record):
    old = AttachmentFactory(record=record)
    first, second = AttachmentFactory(record=record), AttachmentFactory(record=record)
    Attachment.objects.filter(pk=first.pk).update(replaces=old)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.filter(pk=second.pk).update(replaces=old)


def test_a_removed_file_is_gone_from_the_record_and_stays_in_the_archive(record, person):
    official = person()
    attachment = AttachmentFactory(record=record)

    remove_attachment(attachment, by=official, at=now(), reason="Zawierał pomyłkę.")

    assert not Attachment.objects.of(record).current().exists()
    assert attachment.file.storage.exists(attachment.file.name)
    entry = AuditEntry.objects.of(record).latest("pk")
    assert (entry.verb, entry.by, entry.reason) == ("Usunięcie pliku", official, "Zawierał pomyłkę.")
    assert entry.before["name"] == "regulamin.pdf"


def test_a_removed_file_cannot_be_removed_or_replaced(record):
    attachment = AttachmentFactory(record=record)
    remove_attachment(attachment, by=None, at=now())
    with pytest.raises(LawBreached):
        remove_attachment(attachment, by=None, at=now())
    with pytest.raises(LawBreached):
        replace_attachment(attachment, upload("a.pdf"), by=None, at=now())


# --- proofs of publication --------------------------------------------------------------------------------


def test_a_publication_is_recorded_and_logged(record, person, frozen):
    official = person()

    record_publication(
        record,
        place=Place.BIP,
        purpose=Purpose.RESULTS,
        published_on=date(2026, 6, 9),
        url="https://bip.example/wyniki",
        by=official,
        at=now(),
    )

    (proof,) = proofs_of(record, Purpose.RESULTS)
    assert (proof.place, proof.published_on, proof.url) == (
        "bip",
        date(2026, 6, 9),
        "https://bip.example/wyniki",
    )
    assert (proof.recorded_by, proof.recorded_at) == (official, now())
    entry = AuditEntry.objects.of(record).get()
    assert (entry.verb, entry.by, entry.is_public) == ("Odnotowano publikację", official, True)
    assert entry.after["published_on"] == "2026-06-09"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"place": Place.BIP, "url": ""}, "url"),
        ({"place": Place.WEBSITE, "url": ""}, "url"),
        ({"place": Place.NOTICE_BOARD, "url": ""}, "location"),
        ({"place": Place.PRESS}, "location"),
        ({"published_on": date(2026, 6, 11)}, "published_on"),
    ],
)
def test_half_a_proof_is_refused(record, frozen, fields, wrong):
    with pytest.raises(LawBreached) as refused:
        PublicationProofFactory(record=record, **fields)
    assert [breach.field for breach in refused.value.breaches] == [wrong]
    assert PublicationProof.objects.count() == 0


def test_a_notice_is_taken_down(record, frozen):
    proof = PublicationProofFactory(
        record=record, place=Place.NOTICE_BOARD, url="", location="Hol urzędu", published_on=date(2026, 5, 1)
    )

    record_takedown(proof, removed_on=date(2026, 6, 1), by=None, at=now())

    proof.refresh_from_db()
    assert proof.removed_on == date(2026, 6, 1)
    assert AuditEntry.objects.of(record).latest("pk").after["removed_on"] == "2026-06-01"


@pytest.mark.parametrize("removed_on", [date(2026, 4, 30), date(2026, 6, 11)])
def test_a_notice_is_not_taken_down_before_it_hung_or_ahead_of_time(record, frozen, removed_on):
    proof = PublicationProofFactory(record=record, published_on=date(2026, 5, 1))
    with pytest.raises(LawBreached):
        record_takedown(proof, removed_on=removed_on, by=None, at=now())


def test_the_notice_of_a_record_that_is_gone_can_still_be_taken_down(record, frozen):
    proof = PublicationProofFactory(record=record, published_on=date(2026, 5, 1))
    type(record).objects.filter(pk=record.pk).delete()
    record_takedown(proof, removed_on=date(2026, 6, 1), by=None, at=now())
    proof.refresh_from_db()
    assert proof.removed_on == date(2026, 6, 1)


def test_a_file_is_stored_once_even_if_its_content_was_read(record):
    examined = examine(upload("a.txt"))
    assert isinstance(examined.content, ContentFile)
    examined.content.read()
    assert AttachmentFactory(record=record, upload=examined).file.size == examined.size
