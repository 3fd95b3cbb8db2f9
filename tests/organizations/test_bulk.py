"""Bulk updates by the city: files as offices really send them, the preview, and the base afterwards."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.accounts.roles import Role
from core.common.clock import now
from core.documents.checks.refusal import Refused
from core.legal.models import AuditEntry
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from organizations import actions
from organizations.actions.bulk_files import check_file, encoding_of, lines_of
from organizations.actions.bulk_values import FIELDS, BadCell, read_value, recognised
from organizations.enums import BulkState, Handling, Origin, RowKind, State
from organizations.models import BulkRow, BulkUpdate, IdentityRevision, Organization
from organizations.tasks import go_on_with_bulk_updates
from tests.factories import organizations as make
from tests.factories.accounts import official

pytestmark = pytest.mark.django_db
HEADER = "Nazwa;Forma prawna;KRS;NIP;Telefon;Miejscowość"


def csv_file(*rows: str, name: str = "kluby.csv", encoding: str = "utf-8") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\r\n".join(rows).encode(encoding))


def xlsx_file(*rows, merge: str = "") -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    buffer = io.BytesIO()
    book.save(buffer)
    return SimpleUploadedFile("kluby.xlsx", buffer.getvalue())


def previewed(file) -> BulkUpdate:
    office = make.coordinator()
    update = actions.upload_bulk_update(file, source="ewidencja klubów", by=office, at=now())
    actions.map_columns(update, update.mapping, by=office, at=now())
    actions.read_rows(update.pk)
    update.refresh_from_db()
    return update


def applied(file, handling: str = Handling.PROPOSE) -> BulkUpdate:
    update = previewed(file)
    actions.start_bulk_update(
        update, handling=handling, reason="stan ewidencji", by=make.coordinator(), at=now()
    )
    actions.apply_rows(update.pk)
    update.refresh_from_db()
    return update


def imported(name: str = "Fundacja Z Danych", **fields) -> Organization:
    values = {"name": name, "legal_form": "foundation", "locality": "Kraków", **fields}
    actions.import_profile(f"x:{name}", values, spheres=[], by=None, at=now())
    return Organization.objects.get(fact_id=f"x:{name}")


# --- files ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_of_any_office_program_is_understood(encoding, delimiter):
    file = csv_file(
        HEADER.replace(";", delimiter),
        delimiter.join(["Koło Żab", "fundacja", "", "", "", "Łódź"]),
        encoding=encoding,
    )

    row = previewed(file).rows.get()

    assert (row.kind, row.after["name"], row.after["locality"]) == (RowKind.NEW, "Koło Żab", "Łódź")


def test_one_polish_letter_far_below_decides_the_encoding():
    rows = [HEADER, *(f"Fundacja {n};fundacja;;;;Krakow" for n in range(30_000)), "Żółw;fundacja;;;;Kraków"]
    file = io.BytesIO("\r\n".join(rows).encode("cp1250"))

    *_rest, (number, cells) = lines_of("x.csv", file)

    assert (number, cells[0].value) == (30_002, "Żółw")


def test_a_letter_cut_by_the_sample_is_no_fault():
    assert encoding_of("Żó".encode()[:-1]) == "utf-8-sig"
    assert encoding_of("Żółw i żaba".encode("cp1250")) == "cp1250"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"PK\x03\x04xx", "XLSX"), ("a.csv", b"%PDF-1.7", "PDF"), ("a.csv", b"\xd0\xcf\x11\xe0abc", "XLS"),
        ("a.csv", b"abc\0def", "tekstem"), ("a.csv", b"", "pusty"), ("a.csv", b"<html><body>", "HTML"),
        ("a.xlsx", b"Nazwa;KRS", "rozszerzeniu"), ("a.xlsx", b"\xd0\xcf\x11\xe0abc", "stary format"),
        ("a.ods", b"PK\x03\x04", "CSV i XLSX"), ("a", b"x", "CSV i XLSX"), ("a.xlsx", b"PK\x03\x04broken", "uszkodzony"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_it_says_is_refused_with_the_reason(name, content, said):
    with pytest.raises(Refused) as refused:
        check_file(name, content)

    assert said in " ".join(refused.value.messages)


def test_formulas_and_merged_cells_are_refused_with_the_cell_named():
    update = previewed(
        xlsx_file(
            ["Nazwa", "Forma prawna", "NIP"],
            ["=A1&A2", "fundacja", None],
            ["Fundacja B", "fundacja", "#N/D!"],
            ["Fundacja C", "fundacja", None],
            ["Fundacja D", "fundacja", None],
            merge="B4:B5",
        )
    )

    notes = dict(update.rows.values_list("number", "note"))
    assert "A2" in notes[2]
    assert "formuła" in notes[2]
    assert "C3" in notes[3]
    assert "#N/D!" in notes[3]
    assert "B4" in notes[4]
    assert "B4:B5" in notes[4]
    assert "B5" in notes[5]
    assert set(update.rows.values_list("kind", flat=True)) == {RowKind.REFUSED}


def test_a_spreadsheet_with_titles_above_and_numbers_as_numbers():
    profile = imported(krs="0000000390", nip="6761013717")
    update = previewed(
        xlsx_file(
            ["Wykaz organizacji, stan na 1.06.2026"],
            [],
            ["Nazwa", "KRS", "NIP", "Działa od", "Kod pocztowy", "OPP"],
            ["Fundacja Z Danych", 390, 6761013717.0, date(2016, 5, 3), 30001, "Tak"],
        )
    )

    row = update.rows.get()
    assert (update.header_row, row.organization) == (3, profile)
    assert row.after == {"founded": "2016-05-03", "postal_code": "30-001", "has_opp_status": True}


@pytest.mark.rule("R-ORG-07")
@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        ("krs", 390, "0000000390"), ("krs", "390", "0000000390"), ("krs", "390,0", "0000000390"),
        ("nip", "676-101-37-17", "6761013717"), ("nip", 6761013717, "6761013717"), ("regon", "123456785", "123456785"),
        ("regon", 351554057.0, "351554057"),
        ("founded", "3.05.2016", "2016-05-03"), ("founded", "3 maja 2016 r.", "2016-05-03"), ("founded", "maj 2016", "2016-05"),
        ("founded", 2016, "2016"), ("founded", "05.2016", "2016-05"), ("founded", "2016-05-03", "2016-05-03"),
        ("has_opp_status", "NIE", False), ("has_opp_status", 1, True), ("postal_code", "30 001", "30-001"),
        ("postal_code", 1234, "01-234"), ("legal_form", "Uczniowski Klub Sportowy", "school_sports_club"),
        ("phone", 120000001.0, "120000001"), ("register_number", "12,0", "12"), ("name", "  A\u00a0 B ", "A B"),
    ],
)  # fmt: skip
def test_what_people_and_spreadsheets_write_is_understood(field, raw, value):
    assert read_value(field, raw) == value


@pytest.mark.parametrize(
    ("field", "raw"),
    [
        ("nip", "6,76E+09"), ("nip", "6761013718"), ("krs", "abc"), ("regon", "123456784"), ("founded", "31.02.2016"),
        ("founded", "dawno"), ("has_opp_status", "chyba"), ("legal_form", "spisek"), ("postal_code", "Kraków"),
        ("name", "x" * 301), ("name", date(2016, 5, 3)), ("email", "nie mail"), ("district", "Atlantyda"), ("phone", 1e17),
        ("name", float("nan")),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(field, raw):
    with pytest.raises(BadCell):
        read_value(field, raw)


def test_headings_are_recognised_in_many_words():
    words = ["Nazwa organizacji", "nr KRS", "N I P", "www", "E-MAIL", "Forma prawna", "Pełna nazwa", "kolor"]

    assert [recognised(word) for word in words] == [
        "name",
        "krs",
        "",
        "website",
        "email",
        "legal_form",
        "name",
        "",
    ]
    assert all(recognised(field.label) == name for name, field in FIELDS.items())


# --- the preview ------------------------------------------------------------------------------------------


def test_the_preview_tells_the_five_kinds_apart_and_changes_nothing():
    imported("Fundacja Stara", krs="0000000391", phone="1")
    imported("Fundacja Ta Sama", krs="0000000392", phone="2")
    imported("Klub Bliźniak")
    actions.import_profile(
        "inny",
        {"name": "Klub Bliźniak", "legal_form": "other", "locality": "Kraków"},
        spheres=[],
        by=None,
        at=now(),
    )
    before = list(Organization.objects.order_by("pk").values())

    update = previewed(
        csv_file(
            HEADER,
            "Fundacja Stara;fundacja;391;;999;Kraków",
            "Fundacja Ta Sama;fundacja;392;;2;Kraków",
            "Klub Bliźniak;;;;5;Kraków",
            "Fundacja Nowa;fundacja;393;;;Kraków",
            ";;394;;;",
            "Fundacja Zła;fundacja;;1234567890;;Kraków",
            "",
        )
    )

    kinds = list(update.rows.order_by("number").values_list("kind", flat=True))
    assert kinds == ["changed", "unchanged", "ambiguous", "new", "refused", "refused"]
    changed = update.rows.get(kind=RowKind.CHANGED)
    assert (changed.before, changed.after) == ({"phone": "1"}, {"phone": "999"})
    assert "D7" in update.rows.get(number=7).note
    assert list(Organization.objects.order_by("pk").values()) == before
    assert update.state == BulkState.PREVIEW


def test_an_empty_cell_never_erases():
    imported("Fundacja Stara", krs="0000000391", phone="1")

    assert previewed(csv_file(HEADER, "Fundacja Stara;;391;;;")).rows.get().kind == RowKind.UNCHANGED


def test_the_same_organisation_twice_in_a_file_is_refused_the_second_time():
    imported("Fundacja Stara", krs="0000000391", phone="1")

    update = previewed(csv_file(HEADER, "Fundacja Stara;;391;;5;", "Fundacja Stara;;391;;6;"))

    assert [r.kind for r in update.rows.order_by("number")] == ["changed", "refused"]


def test_a_like_name_with_another_number_is_another_organisation():
    imported("Fundacja Stara", krs="0000000391")

    assert previewed(csv_file(HEADER, "Fundacja Stara;fundacja;399;;;Kraków")).rows.get().kind == RowKind.NEW


def test_reading_goes_on_where_it_broke_off():
    rows = [f"Fundacja Nr {n};fundacja;{n};;;Kraków" for n in range(1000, 1012)]
    update = actions.upload_bulk_update(csv_file(HEADER, *rows), source="x", by=make.coordinator(), at=now())
    actions.map_columns(update, update.mapping, by=make.coordinator(), at=now())
    BulkRow.objects.create(update=update, number=2, kind=RowKind.NEW)
    BulkUpdate.objects.filter(pk=update.pk).update(row_count=1)

    go_on_with_bulk_updates()

    update.refresh_from_db()
    assert update.row_count == update.rows.count() == 12
    assert actions.read_rows(update.pk) == 0


def test_a_file_that_is_too_long_is_refused_whole(monkeypatch):
    monkeypatch.setattr("organizations.actions.bulk_reading.MOST_ROWS", 3)

    update = previewed(csv_file(HEADER, *(f"Fundacja {n};fundacja;{n};;;Kraków" for n in range(800, 805))))

    assert (update.state, update.rows.count()) == (BulkState.FAILED, 0)
    assert "50 000" in update.error


def test_districts_of_many_rows_are_looked_up_once(django_assert_max_num_queries):
    make.district(13, "Podgórze")
    rows = [f"Fundacja {n};fundacja;{n};XIII" for n in range(900, 940)]

    with django_assert_max_num_queries(30):
        update = previewed(csv_file("Nazwa;Forma prawna;KRS;Dzielnica", *rows))

    assert update.rows.filter(kind=RowKind.NEW).count() == 40


def test_the_preview_asks_the_base_as_often_for_one_row_as_for_many(django_assert_max_num_queries):
    for n in range(60):
        imported(f"Fundacja {n}", krs=f"{5000 + n:010d}")
    rows = [f"Fundacja {n};;{5000 + n};;7;" for n in range(60)]

    with django_assert_max_num_queries(26):
        previewed(csv_file(HEADER, *rows))


# --- the base afterwards ----------------------------------------------------------------------------------


def test_what_nobody_confirmed_is_written_with_what_was_there_before():
    profile = imported("Fundacja Stara", krs="0000000391", phone="1")

    update = applied(csv_file(HEADER, "Fundacja Stara;;391;;999;", "Fundacja Nowa;fundacja;393;;;Kraków"))

    profile.refresh_from_db()
    assert profile.phone == "999"
    entry = AuditEntry.objects.of(profile).first()
    assert (entry.before, entry.after["phone"], entry.after["bulk_update"]) == (
        {"phone": "1"},
        "999",
        update.pk,
    )
    new = Organization.objects.get(krs="0000000393")
    assert (new.state, new.origin, new.source, new.confirmed_at) == (
        State.VERIFIED,
        Origin.IMPORTED,
        "ewidencja klubów",
        None,
    )
    assert update.state == BulkState.DONE
    assert [r.outcome for r in update.rows.order_by("number")] == ["zmieniono: Telefon", "dodano organizację"]


@pytest.mark.rule("R-ORG-17")
@pytest.mark.parametrize(
    ("handling", "phone", "waits"),
    [(Handling.PROPOSE, "12", 1), (Handling.OVERWRITE, "999", 0), (Handling.SKIP, "12", 0)],
)
def test_confirmed_profiles_are_handled_as_chosen(handling, phone, waits):
    profile = make.verified("Fundacja Własna", krs="0000000391", phone="12")

    applied(csv_file(HEADER, "Fundacja Własna;;391;;999;"), handling)

    profile.refresh_from_db()
    assert profile.phone == phone
    assert IdentityRevision.objects.count() == waits


@pytest.mark.rule("R-ORG-17")
def test_a_proposal_approved_by_the_office_is_written():
    profile = imported("Fundacja Stara", krs="0000000391")
    applied(csv_file(HEADER, "Fundacja Odnowiona;;391;;5;"))
    profile.refresh_from_db()
    assert (profile.name, profile.phone) == ("Fundacja Stara", "5")

    actions.approve_revision(IdentityRevision.objects.get(), by=make.coordinator(), at=now())

    profile.refresh_from_db()
    assert profile.name == "Fundacja Odnowiona"


def test_a_profile_changed_since_the_preview_is_left_alone():
    profile = imported("Fundacja Stara", krs="0000000391", phone="1")
    update = previewed(csv_file(HEADER, "Fundacja Stara;;391;;999;"))
    Organization.objects.filter(pk=profile.pk).update(phone="777")

    actions.start_bulk_update(update, handling=Handling.PROPOSE, reason="x", by=make.coordinator(), at=now())
    actions.apply_rows(update.pk)

    profile.refresh_from_db()
    assert profile.phone == "777"
    assert "zmienił się" in update.rows.get().outcome


@pytest.mark.rule("R-ORG-10")
def test_a_number_taken_meanwhile_refuses_one_row_and_no_other():
    update = previewed(
        csv_file(HEADER, "Fundacja A;fundacja;391;;;Kraków", "Fundacja B;fundacja;392;;;Kraków")
    )
    make.verified(krs="0000000391")

    actions.start_bulk_update(update, handling=Handling.PROPOSE, reason="x", by=make.coordinator(), at=now())
    actions.apply_rows(update.pk)

    outcomes = [r.outcome for r in update.rows.order_by("number")]
    assert outcomes[0].startswith("odrzucono")
    assert outcomes[1] == "dodano organizację"


def test_applying_goes_on_where_it_broke_off_and_a_second_run_adds_nothing():
    update = previewed(csv_file(HEADER, *(f"Fundacja {n};fundacja;{n};;;Kraków" for n in range(700, 705))))
    actions.start_bulk_update(update, handling=Handling.PROPOSE, reason="x", by=make.coordinator(), at=now())
    update.rows.filter(number=2).update(applied_at=now(), outcome="dodano organizację")

    go_on_with_bulk_updates()
    go_on_with_bulk_updates()

    assert Organization.objects.count() == 4
    assert actions.apply_rows(update.pk) == 0


def test_nothing_is_applied_without_reason_or_right_or_twice():
    update = previewed(csv_file(HEADER, "Fundacja A;fundacja;391;;;Kraków"))
    call = {"handling": Handling.PROPOSE, "at": now()}

    with pytest.raises(LawBreached):
        actions.start_bulk_update(update, reason=" ", by=make.coordinator(), **call)
    for person in (make.person(), official(Role.CALL_MANAGER, password=None)):
        with pytest.raises(MoveRefused):
            actions.start_bulk_update(update, reason="x", by=person, **call)
        with pytest.raises(MoveRefused):
            actions.upload_bulk_update(csv_file(HEADER), source="x", by=person, at=now())
        with pytest.raises(MoveRefused):
            actions.map_columns(update, {}, by=person, at=now())
    actions.drop_bulk_update(update, by=make.coordinator(), at=now())
    with pytest.raises(MoveRefused):
        actions.start_bulk_update(update, reason="x", by=make.coordinator(), **call)
    with pytest.raises(MoveRefused):
        actions.drop_bulk_update(update, by=make.coordinator(), at=now())


# --- the desk ---------------------------------------------------------------------------------------------


def test_a_clerk_walks_from_the_file_to_the_result(client, django_capture_on_commit_callbacks):
    profile = imported("Fundacja Stara", krs="0000000391", phone="1")
    client.force_login(make.coordinator())
    file = csv_file(HEADER, "Fundacja Stara;;391;;999;")

    sent = client.post(reverse("admin:organizations_bulkupdate_add"), {"file": file, "source": "wykaz"})
    update = BulkUpdate.objects.get()
    assert sent.url == reverse("admin:organizations_bulkupdate_mapping", args=[update.pk])
    form = client.get(sent.url).context["form"]
    assert "391" in str(form.fields["c2"].help_text)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(sent.url, {name: field.initial for name, field in form.fields.items()})
    preview = client.get(reverse("admin:organizations_bulkupdate_change", args=[update.pk]))
    assert "999" in preview.content.decode()
    assert "w bazie nic się jeszcze nie zmieniło" in preview.content.decode()
    only = client.get(
        reverse("admin:organizations_bulkupdate_change", args=[update.pk]), {"rodzaj": "refused"}
    )
    assert "999" not in only.content.decode()

    apply_url = reverse("admin:organizations_bulkupdate_apply", args=[update.pk])
    client.post(apply_url, {"handling": "propose", "reason": "wykaz"})
    profile.refresh_from_db()
    assert profile.phone == "1", "without the mark nothing changes"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(apply_url, {"handling": "propose", "reason": "wykaz", "is_meant": "on"})

    profile.refresh_from_db()
    assert profile.phone == "999"
    result = b"".join(client.get(reverse("admin:organizations_bulkupdate_result", args=[update.pk]))).decode()
    assert "zmieniono: Telefon" in result
    progress = client.get(reverse("admin:organizations_bulkupdate_progress", args=[update.pk]))
    assert progress.headers["HX-Refresh"] == "true"


def test_a_wrong_file_is_said_beside_the_field(client):
    client.force_login(make.coordinator())

    answer = client.post(
        reverse("admin:organizations_bulkupdate_add"),
        {"file": SimpleUploadedFile("a.csv", b"%PDF-1.7"), "source": "wykaz"},
    )

    assert "PDF" in answer.content.decode()
    assert not BulkUpdate.objects.exists()


def test_two_columns_cannot_mean_the_same(client):
    client.force_login(make.coordinator())
    client.post(
        reverse("admin:organizations_bulkupdate_add"), {"file": csv_file(HEADER, "A;fundacja"), "source": "x"}
    )
    update = BulkUpdate.objects.get()

    answer = client.post(
        reverse("admin:organizations_bulkupdate_mapping", args=[update.pk]), {"c0": "name", "c1": "name"}
    )

    assert answer.status_code == 200
    assert "ma już inna kolumna" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.CALL_MANAGER, Role.UNIT_EDITOR, Role.AUDITOR])
def test_who_does_not_keep_the_registry_gets_nowhere(client, role):
    update = previewed(csv_file(HEADER, "Fundacja A;fundacja;391;;;Kraków"))
    client.force_login(official(role, password=None))

    for name in ("mapping", "apply", "drop", "progress", "result", "change"):
        address = reverse(f"admin:organizations_bulkupdate_{name}", args=[update.pk])
        assert client.get(address).status_code == 403, name
        assert (
            client.post(address, {"is_meant": "on", "handling": "overwrite", "reason": "x"}).status_code
            == 403
        ), name
    for name in ("add", "changelist"):
        assert client.get(reverse(f"admin:organizations_bulkupdate_{name}")).status_code == 403
    update.refresh_from_db()
    assert update.state == BulkState.PREVIEW
