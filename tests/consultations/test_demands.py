"""The register of demands: tables of meetings in five columns, import, follow-ups, merging."""

import csv
import io
import json
from datetime import date, time
from importlib import import_module
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from consultations import actions, facts, law
from consultations.demands.alike import alike
from consultations.demands.reading import DemandRow, read_demands
from consultations.demands.table import table_of
from consultations.enums import POSITIONS_OF_DEMANDS, DemandStatus, PositionCode
from consultations.models import DemandMeeting, Postulate, PostulateFollowUp
from core.common.clock import now
from core.documents.search import search
from core.legal.models import AuditEntry
from core.legal.rules import LawBreached
from portal.facts import import_facts, load
from tests.factories import consultations as make
from tests.factories import organizations
from tests.factories.accounts import unit

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parents[2] / "demo" / "data"
POSTULATES = "/konsultacje/postulaty/"
ADMIN = "/admin/consultations/demandmeeting/"
HEAD = ["Lp.", "Nazwa organizacji", "Postulaty, uwagi do: Program", "Uzasadnienie", "Stanowisko"]


@pytest.fixture
def own(frozen):
    return unit("Wydział Własny")


@pytest.fixture
def desk(own) -> Client:
    client = Client()
    client.force_login(make.manager(own))
    return client


@pytest.fixture
def june(frozen) -> DemandMeeting:
    """The branch meeting of 17 June 2025 with its fourteen demands."""
    import_facts("units", load(DATA / "units.json"))
    facts.import_postulates(rows_of_june(), by=None, at=now())
    return DemandMeeting.objects.get()


def rows_of_june() -> list[dict]:
    return json.loads((DATA / "postulates.json").read_text(encoding="utf-8"))


def meeting(own, **fields) -> DemandMeeting:
    values = {"subject": "Program próbny", "unit": own, "held_on": date(2026, 3, 5), **fields}
    return actions.save_demand_meeting(DemandMeeting(**values), by=None, at=now())


def page_of(response) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("\u2060", "")


def body_of(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


# --- the fourteen demands of 17 June 2025 -------------------------------------------------------------


@pytest.mark.rule("R-CNS-16")
def test_the_fourteen_demands_come_out_in_the_same_five_columns(june):
    table = table_of(june)

    assert table.head == [
        "Lp.",
        "Nazwa organizacji",
        "Postulaty, uwagi do: Roczny Program Współpracy 2026",
        "Uzasadnienie do postulatu, uwagi",
        "Stanowisko komórki merytorycznej – Wydział Polityki Społecznej, Równości i Zdrowia",
    ]
    assert len(table.cells) == 14
    for cells, row in zip(table.cells, rows_of_june(), strict=True):
        other = row["lp"] in (7, 8, 9, 13)
        position = f"{row['position_unit']}: {row['position']}" if other else row["position"]
        assert cells == [
            str(row["lp"]),
            row["organisation"],
            row["postulate"],
            row["justification"],
            position,
        ]


@pytest.mark.rule("R-CNS-16")
def test_page_and_every_file_say_the_same(june):
    client, wanted = Client(), table_of(june).cells
    address = june.get_absolute_url()

    page = page_of(client.get(address))
    for _lp, _who, demand, _why, _position in wanted:
        assert demand in page
    for label in ("17 czerwca 2025", "Fundacja Zustricz", "Stowarzyszenie Zacięcie"):
        assert label in page
    lines = list(
        csv.reader(
            io.StringIO(body_of(client.get(f"{address}?format=csv")).decode("utf-8-sig")), delimiter=";"
        )
    )
    assert lines[1:] == wanted
    book = openpyxl.load_workbook(io.BytesIO(body_of(client.get(f"{address}?format=xlsx"))))
    assert [[str(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)][
        1:
    ] == wanted
    document = Document(io.BytesIO(body_of(client.get(f"{address}?format=docx"))))
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows][1:] == wanted
    items = json.loads(body_of(client.get(f"{address}?format=json")))["items"]
    assert [item["postulate"] for item in items] == [cells[2] for cells in wanted]
    pdf = pikepdf.open(io.BytesIO(body_of(client.get(f"{address}?format=pdf"))))
    assert "/StructTreeRoot" in pdf.Root
    assert client.get(f"{address}?format=exe").status_code == 404


def test_what_went_out_as_a_file_comes_in_again_as_it_was(june, own):
    wanted = table_of(june).cells
    for form in ("csv", "xlsx", "docx"):
        content = body_of(Client().get(f"{june.get_absolute_url()}?format={form}"))
        again = meeting(june.unit, subject=june.subject)

        reading = read_demands(f"tabela.{form}", content)
        actions.add_demands(again, reading.rows, by=None, at=now())

        assert reading.problems == []
        assert table_of(again).cells == wanted, form


def test_facts_read_twice_keep_what_officials_wrote(june):
    demand = Postulate.objects.get(lp=1)
    actions.follow_up(
        demand,
        status=DemandStatus.DONE,
        text="Konkurs ogłoszony.",
        noted_on=date(2025, 9, 1),
        by=None,
        at=now(),
    )

    report = facts.import_postulates(rows_of_june(), by=None, at=now())

    demand.refresh_from_db()
    assert report.counts == {"unchanged": 14}
    assert demand.status == DemandStatus.DONE
    assert DemandMeeting.objects.count() == 1


# --- follow-ups ---------------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-17")
@pytest.mark.parametrize(
    ("code", "status"),
    [
        (PositionCode.ALREADY_DONE, DemandStatus.DONE),
        (PositionCode.REJECTED, DemandStatus.DROPPED),
        (PositionCode.OUT_OF_SCOPE, DemandStatus.DROPPED),
        (PositionCode.ACCEPTED, DemandStatus.OPEN),
        (PositionCode.DEPENDS_ON_BUDGET, DemandStatus.OPEN),
        ("", DemandStatus.OPEN),
    ],
)
def test_what_a_position_means_at_first(code, status):
    assert law.first_status(code) == status


def test_what_followed_is_public_in_order_and_cannot_be_changed(frozen):
    demand = make.postulate(position_code=PositionCode.DEPENDS_ON_BUDGET)
    note = {"by": None, "at": now()}
    actions.follow_up(
        demand, status=DemandStatus.DONE, text="Konkurs rozstrzygnięty.", noted_on=date(2026, 5, 2), **note
    )
    actions.follow_up(
        demand, status=DemandStatus.IN_PROGRESS, text="Ogłoszono konkurs.", noted_on=date(2026, 2, 1), **note
    )

    page = page_of(Client().get(demand.get_absolute_url()))

    demand.refresh_from_db()
    assert demand.status == DemandStatus.DONE
    assert page.index("Konkurs rozstrzygnięty.") < page.index("Ogłoszono konkurs.")
    with pytest.raises(DatabaseError), transaction.atomic():
        PostulateFollowUp.objects.update(text="inaczej")
    with pytest.raises(LawBreached, match="dzisiejszy albo wcześniejszy"):
        actions.follow_up(demand, status=DemandStatus.OPEN, text="x", noted_on=date(2027, 1, 1), **note)


def test_a_demand_is_masculine_where_a_remark_is_feminine(frozen):
    demand = make.postulate(position_code=PositionCode.REJECTED)

    for address in (POSTULATES, demand.get_absolute_url()):
        page = page_of(Client().get(address))
        assert "nieprzyjęty" in page
        assert "nieprzyjęta" not in page
    assert set(POSITIONS_OF_DEMANDS) == set(PositionCode)


def test_an_answer_in_words_alone_is_an_answer_and_the_clerk_is_asked_for_its_code(desk, own):
    table = meeting(own)
    actions.add_demands(
        table, [DemandRow("Fundacja A", "Więcej sal", position="Zwiększymy pulę.")], by=None, at=now()
    )

    publish = reverse("admin:consultations_demandmeeting_publish", args=[table.pk])
    assert "Stanowiska bez kodu: 1." in page_of(desk.get(publish))
    desk.post(publish)

    page = page_of(Client().get(table.get_absolute_url()))
    assert "odpowiedź bez kodu" in page
    assert "czeka na odpowiedź" not in page


@pytest.mark.rule("R-CNS-17")
@pytest.mark.parametrize(
    ("noted_on", "is_allowed"),
    [(date(2025, 6, 17), True), (date(2025, 6, 16), False), (date(2026, 6, 11), False)],
)
def test_what_followed_a_demand_came_after_it(noted_on, is_allowed):
    found = law.follow_up_breaches(noted_on=noted_on, today=date(2026, 6, 10), demanded_on=date(2025, 6, 17))

    assert (found == []) is is_allowed


# --- merging ------------------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-16")
def test_alike_demands_are_suggested_and_merged(frozen):
    main = make.postulate(postulate="Konkursy na szkolenia seniorów o oszustwach „na wnuczka”")
    same = make.postulate(
        postulate="Szkolenia dla seniorów o oszustwach na wnuczka", organisation_name="Fundacja Druga"
    )
    make.postulate(postulate="Bezpłatne sale w weekendy dla stowarzyszeń sportowych")

    assert [other.pk for other, _score in alike(same)] == [main.pk]
    actions.merge_demands(same, main, by=None, at=now())

    page = page_of(Client().get(POSTULATES))
    assert "Szkolenia dla seniorów" not in page
    assert "połączone z nim postulaty: 1" in page
    assert "Fundacja Druga" in page_of(Client().get(main.get_absolute_url()))
    merged = page_of(Client().get(same.get_absolute_url()))
    assert main.postulate[:30] in merged
    assert "połączony z innym" in merged
    assert "Nie ma jeszcze wpisów" not in merged
    actions.part_demands(same, by=None, at=now())
    assert "Szkolenia dla seniorów" in page_of(Client().get(POSTULATES))


@pytest.mark.rule("R-CNS-16")
def test_chains_and_circles_of_merging_are_refused(frozen):
    one, two, three = make.postulate(), make.postulate(), make.postulate()
    actions.merge_demands(two, one, by=None, at=now())

    for demand, main in ((one, one), (three, two), (one, three)):
        with pytest.raises(LawBreached):
            actions.merge_demands(demand, main, by=None, at=now())


@pytest.mark.rule("R-CNS-16")
def test_a_public_demand_is_not_merged_with_one_that_nobody_may_read(own):
    public, secret = make.postulate(), make.postulate(meeting=meeting(own))

    for demand, main in ((public, secret), (secret, public)):
        with pytest.raises(LawBreached, match="nie jest jeszcze publiczna"):
            actions.merge_demands(demand, main, by=None, at=now())


def test_two_merged_in_secret_appear_each_when_its_table_does(own):
    first, second = meeting(own), meeting(own, subject="Program drugi")
    main = make.postulate(meeting=first, postulate="Kanarki w parkach")
    same = make.postulate(meeting=second, postulate="Wróble w parkach")
    actions.merge_demands(same, main, by=None, at=now())

    actions.publish_demand_meeting(second, by=None, at=now())

    assert "Wróble" in page_of(Client().get(POSTULATES))
    assert "Kanarki" not in page_of(Client().get(same.get_absolute_url()))
    DemandMeeting.objects.update(published_at=None)
    actions.publish_demand_meeting(first, by=None, at=now())
    assert "Wróble" not in page_of(Client().get(main.get_absolute_url()))


def test_a_row_that_others_depend_on_is_not_deleted(own):
    made = meeting(own)
    main, same, followed = (make.postulate(meeting=made) for _n in range(3))
    note = {"by": None, "at": now()}
    actions.merge_demands(same, main, **note)
    actions.follow_up(followed, status="open", text="Sprawdzamy.", noted_on=date(2026, 4, 1), **note)

    for demand, reason in ((main, "rozłącz"), (followed, "dalszy ciąg")):
        with pytest.raises(LawBreached, match=reason):
            actions.delete_demand(demand, **note)
    actions.delete_demand(same, **note)
    assert set(made.postulates.all()) == {main, followed}


def test_likeness_looks_through_order_and_endings():
    assert law.how_alike("więcej sal dla organizacji", "dla organizacji więcej sal") == 100
    assert law.how_alike("darmowe bilety tramwajowe", "punkty za oferty wspólne") < law.ALIKE_FROM


# --- what is not public yet ---------------------------------------------------------------------------


def test_a_table_is_nowhere_before_it_is_published(own):
    made = meeting(own)
    demand = make.postulate(meeting=made, postulate="Tajny postulat kanarka")
    client = Client()

    assert client.get(made.get_absolute_url()).status_code == 404
    assert client.get(demand.get_absolute_url()).status_code == 404
    for suffix in ("", "?format=csv", "?format=json"):
        assert "kanarka" not in body_of(client.get(POSTULATES + suffix)).decode()
    assert search("kanarka").count == 0

    actions.publish_demand_meeting(made, by=None, at=now())

    assert client.get(made.get_absolute_url()).status_code == 200
    assert search("kanarka").count == 1


def test_changes_of_a_public_table_are_told_without_their_words_and_the_index_follows(own):
    made = meeting(own)
    demand = make.postulate(meeting=made, postulate="Sale dla Jana", lp=1)
    actions.publish_demand_meeting(made, by=None, at=now())
    demand.postulate = "Sale bezpłatne"
    actions.save_postulate(demand, by=None, at=now())
    made.subject = "Program kanarkowy"

    actions.save_demand_meeting(made, by=None, at=now(), units=[unit("Zarząd Obecny")])
    actions.add_demands(made, [DemandRow("Fundacja A", "Nowe ławki")], by=None, at=now())

    page, own_page = (page_of(Client().get(one.get_absolute_url())) for one in (made, demand))
    whats = "przedmiot, obecne komórki urzędu"
    for line in ("Zmiana postulatu, lp. 1", "Zmiana spotkania", whats, "Dodanie wierszy: 1"):
        assert line in page
    assert "Zmiana postulatu" in own_page
    assert "Jana" not in page + own_page
    assert search("kanarkowy").count == 2
    assert search("ławki").count == 1


def test_a_form_read_before_the_publication_and_a_secret_table_hide_nothing_again(own, desk):
    made, secret = meeting(own), meeting(own)
    demand = make.postulate(meeting=made, postulate="Tani prąd")
    stale, stale_row = (type(one).objects.get(pk=one.pk) for one in (made, demand))
    actions.publish_demand_meeting(made, by=None, at=now())
    main = make.postulate()
    actions.merge_demands(demand, main, by=None, at=now())

    actions.save_demand_meeting(stale, by=None, at=now())
    actions.save_postulate(stale_row, by=None, at=now())
    change = reverse("admin:consultations_postulate_change", args=[demand.pk])
    data = {"organisation_name": "Fundacja", "postulate": "Tani prąd", "meeting": secret.pk}
    refused = page_of(desk.post(change, data))

    demand.refresh_from_db()
    assert "nie jest jeszcze publiczna, a postulat już jest" in refused
    assert (demand.is_public, demand.merged_into) == (True, main)
    assert search("prąd").count == 1
    demand.meeting = secret
    with pytest.raises(LawBreached, match="nie jest jeszcze publiczna"):
        actions.save_postulate(demand, by=None, at=now())


def test_a_secret_table_changes_in_silence(own):
    made = meeting(own)
    actions.add_demands(made, [DemandRow("Fundacja A", "Nowe ławki")], by=None, at=now())
    made.subject = "Inaczej"
    actions.save_demand_meeting(made, by=None, at=now())

    assert made.postulates.get().programme_title == "Inaczej"
    first, second = (make.postulate(meeting=made) for _n in range(2))
    actions.part_demands(actions.merge_demands(first, second, by=None, at=now()), by=None, at=now())

    assert not AuditEntry.objects.filter(is_public=True).exists()
    assert search("ławki").count == 0


def test_a_table_asks_as_many_queries_for_many_rows_as_for_one(own):
    def queries_for(count: int) -> int:
        made = meeting(own)
        rows = [DemandRow(f"Fundacja {n}", f"Postulat {n}") for n in range(count)]
        with CaptureQueriesContext(connection) as asked:
            actions.add_demands(made, rows, by=None, at=now())
            actions.publish_demand_meeting(made, by=None, at=now())
            made.subject = "Inny temat"
            actions.save_demand_meeting(made, by=None, at=now())
        return len(asked)

    queries_for(1)
    assert queries_for(12) <= queries_for(1) + 1  # new words are learnt


def test_an_imported_row_finds_its_organisation(own):
    known = organizations.verified("Fundacja Źródło")
    rows = [DemandRow("FUNDACJA ŹRÓDŁO", "Więcej sal", code="rejected"), DemandRow("Nieznana", "Ławki")]

    found, unknown = actions.add_demands(meeting(own), rows, by=None, at=now())

    assert (found.organization, unknown.organization) == (known, None)
    assert found.status == DemandStatus.DROPPED


def test_an_empty_table_is_not_published(own):
    with pytest.raises(LawBreached, match="co najmniej jeden postulat"):
        actions.publish_demand_meeting(meeting(own), by=None, at=now())


# --- reading a file -----------------------------------------------------------------------------------


def table_csv(*rows: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([HEAD, *rows])
    return out.getvalue().encode()


def test_errors_are_named_row_by_row_and_good_rows_are_read():
    content = table_csv(
        ["1.", "Fundacja A", "Więcej sal", "", ""],
        ["x", "Fundacja B", "Więcej sal", "", ""],
        ["3", "", "Więcej sal", "", ""],
        ["", "", "", "", ""],
        ["4", "Fundacja C", "p" * 10_001, "", ""],
    )

    reading = read_demands("t.csv", content)

    assert [row.lp for row in reading.rows] == [1]
    assert [number for number, _lp, _text in reading.problems] == [3, 4, 6]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a;b\n1;2\n", table_csv()])
def test_what_is_no_table_is_refused_in_words(content):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        read_demands("t.csv", content)
    with pytest.raises(ValidationError):
        read_demands("t.docx", content)
    with pytest.raises(ValidationError):
        read_demands("t.xlsx", content)


def test_taken_numbers_go_on_and_a_table_has_an_end(own):
    made = meeting(own)
    rows = [DemandRow("Fundacja A", f"Postulat {n}", lp=1) for n in range(3)]

    added = actions.add_demands(made, rows, by=None, at=now())

    assert [demand.lp for demand in added] == [1, 2, 3]
    assert made.postulates.first().meeting_on == made.held_on
    with pytest.raises(LawBreached, match="najwyżej 300"):
        actions.add_demands(made, [DemandRow("A", "B")] * 300, by=None, at=now())


# --- the desk -----------------------------------------------------------------------------------------


def heading(own, **changes) -> dict:
    return {
        "subject": "Roczny program",
        "unit": str(own.pk),
        "held_on": "2026-03-05",
        "from_hour": "10:00",
        "to_hour": "12:00",
        "place": "ul. Próbna 1",
        "course": "Rozmawialiśmy. Ustaliliśmy.",
        "organisation_names": "Fundacja A\nFundacja B",
        "postulates-TOTAL_FORMS": "1",
        "postulates-INITIAL_FORMS": "0",
        "postulates-MIN_NUM_FORMS": "0",
        "postulates-MAX_NUM_FORMS": "1000",
        "postulates-0-organisation_name": "Fundacja A",
        "postulates-0-postulate": "Więcej sal",
        "postulates-0-position_code": "accepted",
        "postulates-0-position": "Dobrze, od jesieni będą dwie.",
        **changes,
    }


def test_a_meeting_is_entered_published_and_followed_at_the_desk(desk, own):
    assert desk.post(f"{ADMIN}add/", heading(own)).status_code == 302
    made = DemandMeeting.objects.get()
    (demand,) = made.postulates.all()
    assert (made.from_hour, made.organisation_names) == (time(10), ["Fundacja A", "Fundacja B"])
    assert (demand.lp, demand.meeting_on, demand.position_code) == (1, made.held_on, "accepted")

    assert desk.get(reverse("admin:consultations_demandmeeting_publish", args=[made.pk])).status_code == 200
    desk.post(reverse("admin:consultations_demandmeeting_publish", args=[made.pk]))
    page = page_of(Client().get(made.get_absolute_url()))
    for text in ("10:00–12:00", "ul. Próbna 1", "Fundacja B", "Rozmawialiśmy.", "Więcej sal", own.name):
        assert text in page

    follow = reverse("admin:consultations_postulate_follow_up", args=[demand.pk])
    assert desk.get(follow).status_code == 200
    desk.post(follow, {"noted_on": "2026-06-01", "status": "done", "text": "Są dwie nowe sale."})
    assert "Są dwie nowe sale." in page_of(Client().get(demand.get_absolute_url()))
    assert AuditEntry.objects.of(demand).filter(is_public=True).exists()
    assert desk.get(reverse("admin:consultations_postulate_change", args=[demand.pk])).status_code == 200


def test_two_rows_with_one_number_are_told_and_nothing_is_lost(desk, own):
    second = {
        "postulates-TOTAL_FORMS": "2",
        "postulates-0-lp": "1",
        "postulates-1-lp": "1",
        "postulates-1-organisation_name": "Fundacja B",
        "postulates-1-postulate": "Tańsze bilety",
    }

    page = desk.post(f"{ADMIN}add/", heading(own, **second))

    assert page.status_code == 200
    assert "Tańsze bilety" in page_of(page)
    assert not DemandMeeting.objects.exists()


def test_an_import_is_shown_before_it_is_kept(desk, own):
    made = meeting(own)
    address = reverse("admin:consultations_demandmeeting_import", args=[made.pk])
    upload = SimpleUploadedFile(
        "t.csv", table_csv(["1", "Fundacja A", "Więcej sal", "", ""], ["2", "", "X", "", ""])
    )

    shown = desk.post(address, {"file": upload})

    assert "wiersz 3 (Lp. 2)" in page_of(shown)
    assert not made.postulates.exists()
    desk.post(address, {"rows": shown.context["packed"]})
    again = desk.post(address, {"rows": shown.context["packed"]}, follow=True)
    assert "Tabela zmieniła się od podglądu" in page_of(again)
    other = reverse("admin:consultations_demandmeeting_import", args=[meeting(own, subject="Inny").pk])
    assert "Podgląd wygasł" in page_of(desk.post(other, {"rows": shown.context["packed"]}, follow=True))
    assert [demand.postulate for demand in Postulate.objects.all()] == ["Więcej sal"]
    desk.post(address, {"rows": "podrobione"})
    assert made.postulates.count() == 1
    assert "wybierz plik .xlsx" in page_of(
        desk.post(address, {"file": SimpleUploadedFile("t.pdf", b"%PDF-1.7")})
    )


def test_tables_of_another_unit_are_not_there(desk, own):
    foreign = meeting(unit("Wydział Obcy"))

    for name in ("import", "publish"):
        assert (
            desk.get(reverse(f"admin:consultations_demandmeeting_{name}", args=[foreign.pk])).status_code
            == 404
        )
    assert foreign.subject not in page_of(desk.get(ADMIN))


def test_rows_of_an_unpublished_table_of_another_unit_are_not_there(desk, own):
    foreign = meeting(unit("Wydział Obcy"))
    demand = make.postulate(meeting=foreign, postulate="Tajny postulat kanarka")

    assert "kanarka" not in page_of(desk.get("/admin/consultations/postulate/"))
    for name in ("follow_up", "merge"):
        address = reverse(f"admin:consultations_postulate_{name}", args=[demand.pk])
        assert desk.post(address, {}).status_code == 404
    merge = reverse("admin:consultations_postulate_merge", args=[make.postulate().pk])
    refused = page_of(desk.post(merge, {"main": str(demand.pk), "words": "Tajny"}))
    assert "żaden postulat nie ma tych słów" in refused
    assert "kanarka" not in refused
    change = reverse("admin:consultations_postulate_change", args=[demand.pk])
    assert desk.get(change).status_code == 302
    assert foreign.subject not in page_of(desk.get("/admin/consultations/postulate/add/"))

    actions.publish_demand_meeting(foreign, by=None, at=now())

    assert "kanarka" in page_of(desk.get(change)), "what everybody reads the desk reads too"
    assert desk.post(change, row_of(demand, postulate="Zmieniony")).status_code == 403
    address = reverse("admin:consultations_postulate_follow_up", args=[demand.pk])
    assert desk.post(address, {}).status_code == 403


def test_the_unit_that_answers_a_row_leaves_it_in_its_table(desk, own):
    foreign, mine = meeting(unit("Wydział Obcy")), meeting(own, subject="Nasze")
    asked = make.postulate(meeting=foreign, position_unit=own)
    change = reverse("admin:consultations_postulate_change", args=[asked.pk])

    desk.post(change, row_of(asked, position="Odpowiadamy.", meeting=str(mine.pk)))

    asked.refresh_from_db()
    assert (asked.position, asked.meeting) == ("Odpowiadamy.", foreign)
    new = row_of(asked, postulate="Nowy", lp="77", meeting=str(foreign.pk))
    assert desk.post("/admin/consultations/postulate/add/", new).status_code == 200
    assert not Postulate.objects.filter(lp=77).exists()


def row_of(demand: Postulate, **changes) -> dict:
    names = ("lp", "organisation_name", "postulate", "position_unit_id", "position_code", "position")
    values = {name.removesuffix("_id"): str(getattr(demand, name) or "") for name in names}
    return {**values, "meeting_on": str(demand.meeting_on or ""), **changes}


def test_demands_are_merged_at_the_desk(desk):
    main, same = (
        make.postulate(postulate="Sale bezpłatne dla organizacji"),
        make.postulate(postulate="Bezpłatne sale dla organizacji", organisation_name="Fundacja B"),
    )
    address = reverse("admin:consultations_postulate_merge", args=[same.pk])

    assert "Sale bezpłatne" in page_of(desk.get(address))
    assert "zaznacz postulat albo wpisz słowa" in page_of(desk.post(address, {}))
    other = make.postulate(postulate="Tramwaj nocny", organisation_name="Fundacja C")
    found = page_of(desk.post(address, {"words": "tramwaj fundacja"}))
    assert f'value="{other.pk}"' in found
    assert "zaznacz wyżej jeden ze znalezionych" in found
    assert "żaden postulat nie ma tych słów" in page_of(desk.post(address, {"words": "lotnisko"}))
    desk.post(address, {"main": str(main.pk)})
    same.refresh_from_db()
    assert same.merged_into == main
    desk.post(address)
    same.refresh_from_db()
    assert same.merged_into is None


# --- the list -----------------------------------------------------------------------------------------


def test_the_list_is_filtered_by_organisation_and_status(frozen):
    make.postulate(postulate="Więcej sal", organisation_name="Fundacja A")
    make.postulate(
        postulate="Tramwaj nocny", organisation_name="Fundacja B", position_code=PositionCode.ALREADY_DONE
    )

    assert "Tramwaj" not in page_of(Client().get(f"{POSTULATES}?organizacja=Fundacja+A"))
    assert "Więcej sal" not in page_of(Client().get(f"{POSTULATES}?dalej=done"))
    assert Client().get(f"{POSTULATES}?dalej=nic&organizacja=nikt&rok=x").status_code == 200


def test_pages_ask_as_many_queries_for_many_rows_as_for_one(own, django_assert_max_num_queries):
    made = meeting(own)
    actions.add_demands(
        made, [DemandRow(f"Fundacja {n}", f"Postulat {n}", unit=own) for n in range(30)], by=None, at=now()
    )
    actions.publish_demand_meeting(made, by=None, at=now())
    client, demand = Client(), made.postulates.first()
    for n in range(10):
        actions.follow_up(
            demand, status="open", text=f"Krok {n}", noted_on=date(2026, 4, 1), unit=own, by=None, at=now()
        )

    for address in (POSTULATES, made.get_absolute_url(), demand.get_absolute_url()):
        client.get(address)
        with django_assert_max_num_queries(8):
            assert client.get(address).status_code == 200


def test_an_organisation_shows_what_it_asked_the_city_for(frozen):
    own = organizations.verified("Fundacja Zustricz")
    demand = make.postulate(postulate="Szkolenia z praw obywatelskich", organisation_name="fundacja zustricz")

    assert demand.organization == own
    assert "Szkolenia z praw obywatelskich" in page_of(Client().get(own.get_absolute_url()))


def test_demands_of_before_get_their_meetings(own):
    """The migration on a filled database: one meeting per day and programme, a number twice stays outside."""
    day = {"meeting_on": date(2025, 6, 17), "programme_title": "Program łączny", "position_unit": own}
    first = make.postulate(
        lp=1, organisation_name="Fundacja A", position_code=PositionCode.ALREADY_DONE, **day
    )
    second, again, alone = make.postulate(lp=2, **day), make.postulate(lp=2, **day), make.postulate()
    Postulate.objects.update(status=DemandStatus.OPEN)

    migration = import_module("consultations.migrations.0006_demands")
    migration.gather_meetings(apps, None)

    made = DemandMeeting.objects.get()
    rows = Postulate.objects.in_bulk([first.pk, second.pk, again.pk, alone.pk])
    assert [rows[row.pk].meeting for row in (first, second, again, alone)] == [made, made, None, None]
    assert (made.unit, made.slug, made.is_public) == (own, "2025-06-17-program-laczny", True)
    assert rows[first.pk].status == DemandStatus.DONE
    assert Client().get(made.get_absolute_url()).status_code == 200
