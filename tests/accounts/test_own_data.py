"""A copy of one's data, the end of an account, and the register behind both (D1, D3, D4)."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse

from consultations.models import Submission
from core.accounts import actions, tasks
from core.accounts.models import DataExport, Erasure, User
from core.accounts.roles import Role
from core.common.clock import now
from core.legal.models import AuditEntry
from core.notifications.follows import follow
from core.notifications.models import Follow, Notice, OutboxMail
from organizations.models import Mandate
from portal import personal
from portal.rooms import personal_data
from tests.factories import consultations
from tests.factories import organizations as make
from tests.factories.accounts import PASSWORD, UserFactory, official, with_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def erased_file(settings, tmp_path) -> Path:
    settings.ERASED_ACCOUNTS_FILE = str(tmp_path / "lista" / "usuniete.csv")
    return Path(settings.ERASED_ACCOUNTS_FILE)


def log_in(client, user) -> None:
    """With the password typed a moment ago."""
    client.force_login(user)
    answer = client.post("/konto/potwierdz/", {"password": PASSWORD})
    assert answer.status_code == 302, "the password was not taken"


def full_person() -> User:
    """Somebody who has left traces in many rooms."""
    user = UserFactory(full_name="Anna Kanarkowa", email="kanarek@example.org")
    with_second_factor(user)
    profile = make.verified("Fundacja Kanarek")
    make.member(profile, user=user)
    follow(user, profile)
    sent = consultations.submission(
        consultations.consultation(), who=consultations.sender(email="kanarek@example.org")
    )
    Submission.objects.filter(pk=sent.pk).update(user=user, name="Anna Kanarkowa")
    return user


# --- the register (D1) ------------------------------------------------------------------------------------


def test_every_column_with_data_of_people_is_declared():
    """A new column that points to a person or sounds like one has to be declared in the room's ``ties.py``."""
    found = set(personal.columns_with_people())

    assert found - personal.declared_columns() - set(personal.NOT_PERSONAL) == set()
    assert len(found) > 60


def test_the_register_names_only_what_there_is():
    for data in personal_data():
        columns = {f.name for f in data.rows(User(pk=1, email="a@b.pl")).model._meta.get_fields()}
        assert set(data.fields) <= columns, data.model
        assert set(data.hidden) <= set(data.fields), data.model
        assert all([data.purpose, data.basis, data.kept, data.readers]), data.model
    every = {f"{m}.{c}" for m, c in (name.rsplit(".", 1) for name in personal.NOT_PERSONAL)}
    assert every <= set(personal.columns_with_people()) | every


def test_the_register_can_be_asked_for_every_table():
    user = UserFactory(password=None)

    for data in personal_data():
        list(data.rows(user)[:1])


def test_no_number_of_a_person_is_asked_for():
    assert not [name for name in personal.columns_with_people() if "pesel" in name.lower()]


def test_what_is_kept_says_why():
    assert all(
        data.reason for data in personal_data() if data.owner and data.ending is not personal.Ending.DELETED
    )


def test_the_privacy_page_is_made_of_the_register(client):
    page = client.get("/prywatnosc/").content.decode().replace("\u00a0", " ")

    assert "prowadzenie konta i bezpieczne logowanie" in page.lower()
    assert page.count("<tr>") > 12


# --- the copy (D3) ----------------------------------------------------------------------------------------


def test_the_copy_holds_everything_declared_and_no_secret():
    user = full_person()
    user.calendar_token = "tajny-klucz-kalendarza"
    user.save()
    export = actions.request_data(user, at=now())

    assert actions.gather_data(export.pk, at=now())
    assert not actions.gather_data(export.pk, at=now()), "a second worker makes nothing"

    export.refresh_from_db()
    with export.file.open() as file, zipfile.ZipFile(file) as package:
        text = package.read("moje-dane.json").decode()
        content = json.loads(text)["dane"]
    held = {data.model for data in personal_data() if data.rows(user).exists()}
    assert set(content) == held
    assert {
        "accounts.User",
        "organizations.Mandate",
        "notifications.Follow",
        "consultations.Submission",
    } <= held
    declared = {
        (d.model, n) for d in personal_data() for n in d.fields if n not in d.hidden and d.rows(user).exists()
    }
    given = {(model, name) for model, part in content.items() for row in part["wpisy"] for name in row}
    assert given == declared
    assert all(part["cel"] and part["podstawa"] and part["jak długo"] for part in content.values())
    for secret in ("tajny-klucz-kalendarza", user.password, "JBSWY3DPEHPK3PXP"):
        assert secret not in text
    assert "gotowa" in mail.outbox[-1].subject


def test_asking_twice_makes_one():
    user = UserFactory()

    assert actions.request_data(user, at=now()) == actions.request_data(user, at=now())


def test_the_copy_dies_after_seven_days(frozen):
    user = UserFactory()
    export = actions.request_data(user, at=now())
    tasks.go_on_with_own_data()
    export.refresh_from_db()
    name = export.file.name
    frozen.shift(timedelta(days=7, seconds=-1))
    tasks.go_on_with_own_data()
    assert default_storage.exists(name)

    frozen.shift(timedelta(seconds=1))
    tasks.go_on_with_own_data()

    assert not default_storage.exists(name)
    assert not DataExport.objects.exists()


def test_the_way_of_a_person_to_the_copy(client, django_capture_on_commit_callbacks):
    user = UserFactory()
    log_in(client, user)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/konto/moje-dane/")
    export = DataExport.objects.get()

    assert reverse("download_data", args=[export.pk]) in client.get("/konto/moje-dane/").content.decode()
    answer = client.get(reverse("download_data", args=[export.pk]))

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    content = b"".join(answer)
    answer.close()
    assert zipfile.ZipFile(io.BytesIO(content)).namelist() == ["moje-dane.json", "przeczytaj.txt"]


def test_nobody_else_gets_the_copy_and_nobody_without_the_password(client):
    export = actions.request_data(UserFactory(), at=now())
    actions.gather_data(export.pk, at=now())
    address = reverse("download_data", args=[export.pk])

    assert client.get(address).status_code == 302
    for stranger in (UserFactory(), official(Role.COORDINATOR, email="k@example.org")):
        log_in(client, stranger)
        assert client.get(address).status_code == 404
    client.logout()
    client.force_login(export.user)
    answer = client.get(address)
    assert (answer.status_code, "/konto/potwierdz/" in answer.url) == (302, True)


# --- the end (D4) -----------------------------------------------------------------------------------------


def test_it_is_asked_for_thought_over_and_done(client, frozen):
    user = full_person()
    log_in(client, user)
    page = client.get("/konto/usun/").content.decode()
    assert "ostatnią osobą, która reprezentuje" in page
    assert "obserwowane sprawy" in page
    assert "dokument urzędowy: kto i do kiedy" in page.replace("\u00a0", " ")
    assert client.post("/konto/usun/").status_code == 302
    asked = Erasure.objects.get()
    assert asked.due_at == now() + timedelta(days=14)
    frozen.shift(timedelta(days=14, seconds=-1))
    assert actions.run_erasures(at=now()) == 0

    frozen.shift(timedelta(seconds=1))

    assert actions.run_erasures(at=now()) == 1
    user.refresh_from_db()
    assert (str(user), user.is_active, user.has_usable_password()) == ("usunięty użytkownik", False, False)


def test_nothing_of_the_person_stays_but_official_records(django_capture_on_commit_callbacks):
    user = full_person()
    Notice.objects.create(user=user, key="x", kind="x", title="Anna", created_at=now())
    pk = user.pk

    with django_capture_on_commit_callbacks(execute=True):
        assert actions.erase(user, at=now())

    for data in personal_data():
        rows = data.rows(User(pk=pk, email="kanarek@example.org"))
        if data.ending is personal.Ending.DELETED:
            assert not rows.exists(), data.model
    assert not EmailAddress.objects.filter(email="kanarek@example.org").exists()
    assert not Follow.objects.filter(user=pk).exists()
    sent = Submission.objects.get()
    assert (sent.name, sent.email, sent.user_id) == ("usunięty użytkownik", "", None)
    mandate = Mandate.objects.get(user=pk)
    assert (mandate.ended_at is not None, str(mandate.user)) == (True, "usunięty użytkownik")
    assert AuditEntry.objects.of(user).filter(verb="Usunięcie konta").exists()
    assert not OutboxMail.objects.filter(to="kanarek@example.org").exists()
    assert (mail.outbox[-1].subject, mail.outbox[-1].to) == ("Konto usunięte", ["kanarek@example.org"])


def test_a_second_run_changes_nothing():
    user = full_person()
    actions.erase(user, at=now())
    before = [
        list(model.objects.order_by("pk").values())
        for model in (User, Mandate, Submission, AuditEntry, OutboxMail)
    ]

    assert not actions.erase(user, at=now())
    assert actions.run_erasures(at=now()) == 0

    assert before == [
        list(model.objects.order_by("pk").values())
        for model in (User, Mandate, Submission, AuditEntry, OutboxMail)
    ]


def test_a_restored_backup_is_erased_again(django_capture_on_commit_callbacks, erased_file):
    user, newcomer = full_person(), UserFactory()
    as_it_was = User.objects.filter(pk=user.pk).values()[0]
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase(user, at=now())
    assert "kanarek" not in erased_file.read_text()
    User.objects.filter(pk=user.pk).update(**as_it_was)
    EmailAddress.objects.create(user=user, email="kanarek@example.org", primary=True, verified=True)

    call_command("erase_again")
    call_command("erase_again")

    user.refresh_from_db()
    newcomer.refresh_from_db()
    assert (str(user), newcomer.erased_at) == ("usunięty użytkownik", None)
    assert not EmailAddress.objects.filter(email="kanarek@example.org").exists()


def test_another_person_with_the_same_number_is_left_alone(erased_file):
    user = UserFactory()
    erased_file.parent.mkdir(parents=True, exist_ok=True)
    erased_file.write_text(f"{user.pk},2020-01-01T00:00:00+00:00,2026-01-01T00:00:00+00:00\nśmieć\n\n")

    assert actions.erase_again(at=now()) == 0


def test_no_list_means_nothing_to_do():
    assert actions.erase_again(at=now()) == 0


def test_a_person_may_change_their_mind(client, frozen):
    user = UserFactory()
    actions.request_erasure(user, at=now())
    client.force_login(user)

    client.post("/konto/usun/wycofaj/")
    client.post("/konto/usun/wycofaj/")
    frozen.shift(timedelta(days=30))

    assert actions.run_erasures(at=now()) == 0
    user.refresh_from_db()
    assert user.is_active
    assert actions.request_erasure(user, at=now()).withdrawn_at is None


def test_the_organisation_is_told_that_nobody_represents_it():
    user = full_person()
    editor = make.member(Mandate.objects.get(user=user).organization, "ngo_editor")

    actions.erase(user, at=now())

    told = OutboxMail.objects.filter(kind="organization_without_representative").values_list("to", flat=True)
    assert editor.email in told
    assert "biuro@example.org" in told


def test_an_officials_account_is_not_erased_by_its_person(client):
    clerk = official(Role.CALL_MANAGER)
    log_in(client, clerk)

    with pytest.raises(actions.ErasureRefused):
        actions.request_erasure(clerk, at=now())
    client.post("/konto/usun/")

    assert not Erasure.objects.exists()


def test_looking_erases_nothing_and_asks_for_the_password(client):
    client.force_login(UserFactory())

    assert "/konto/potwierdz/" in client.get("/konto/usun/").url
    assert "/konto/potwierdz/" in client.post("/konto/usun/").url
    assert client.get("/konto/usun/wycofaj/").status_code == 405
    assert not Erasure.objects.exists()
