"""The desk: whose cases one sees, what the buttons do, what a forged form cannot do."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from consultations import actions
from consultations.admin.notice import computed_dates
from consultations.enums import Channel, FormKind, PositionCode, Regime, State
from consultations.models import Consultation, Postulate
from core.accounts.roles import Role
from core.common.clock import now
from core.legal.models import AuditEntry
from tests.factories import consultations as make
from tests.factories.accounts import UserFactory, official, unit

pytestmark = pytest.mark.django_db

LIST = "/admin/consultations/consultation/"
REMARKS = "/admin/consultations/remark/"


@pytest.fixture
def own(frozen):
    return unit("Wydział Własny")


@pytest.fixture
def desk(own) -> Client:
    """The consultation manager of the unit, logged in."""
    client = Client()
    client.force_login(make.manager(own))
    return client


def page_of(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def change_url(made) -> str:
    return reverse("admin:consultations_consultation_change", args=[made.pk])


def empty_inlines() -> dict[str, str]:
    return {
        f"{prefix}-{name}_FORMS": "0"
        for prefix in ("stages", "forms")
        for name in ("TOTAL", "INITIAL", "MIN_NUM")
    } | {"stages-MAX_NUM_FORMS": "1000", "forms-MAX_NUM_FORMS": "1000"}


def notice(own, **changes) -> dict:
    """What the form of a new consultation sends."""
    return {
        "title": "Nowe konsultacje",
        "regimes": ["residents"],
        "kind": "resolution",
        "subject": "Pytamy o sale.",
        "plain_summary": "Proste zdania.",
        "unit": str(own.pk),
        "contact_email": "k@example.org",
        "addressees": "mieszkańcy",
        "is_citywide": "on",
        "languages": "pl",
        "starts_on": "2026-07-01",
        "ends_on": "2026-07-30",
        "legal_bases": "uchwała nr 1\nustawa",
        "document_text": "§ 1. Zasady\n1.1 Sale są bezpłatne.\ndla wszystkich\n1.2 Rezerwacje przez portal.",
        "accepts_remarks": "on",
        "what_next": "Sesja we wrześniu.",
        "is_participants_count_approximate": "unknown",
        "is_result_binding": "unknown",
        **empty_inlines(),
        **changes,
    }


# --- whose ------------------------------------------------------------------------------------------


def test_one_sees_and_opens_only_ones_own(desk, own):
    mine, foreign = make.draft(unit=own), make.draft()

    page = page_of(desk.get(LIST))

    assert mine.title in page
    assert foreign.title not in page
    assert desk.get(change_url(mine)).status_code == 200
    assert desk.get(change_url(foreign)).status_code == 302
    for verb in ("extend", "entry", "table_csv", "table_xlsx"):
        assert (
            desk.get(reverse(f"admin:consultations_consultation_{verb}", args=[foreign.pk])).status_code
            == 404
        )
    assert (
        desk.get(reverse("admin:consultations_consultation_move", args=[foreign.pk, "planned"])).status_code
        == 404
    )


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.COORDINATOR, 200),
        (Role.UNIT_EDITOR, 200),
        (Role.AUDITOR, 200),
        (Role.CALL_MANAGER, 403),
        (None, 302),
    ],
)
def test_which_roles_open_the_list(own, role, status):
    client = Client()
    client.force_login(official(role, own) if role else UserFactory())

    assert client.get(LIST).status_code == status


def test_the_auditor_reads_and_changes_nothing(own):
    made, client = make.draft(unit=own), Client()
    client.force_login(official(Role.AUDITOR))

    page = page_of(client.get(change_url(made)))

    assert made.title in page
    assert "Wpisz do harmonogramu" not in page
    assert client.post(change_url(made), notice(own, title="Zmienione")).status_code == 403


# --- writing ----------------------------------------------------------------------------------------


def test_a_draft_is_written_with_document_forms_and_dates(desk, own):
    data = notice(
        own,
        **{
            "forms-TOTAL_FORMS": "1",
            "forms-0-kind": "open_meeting",
            "forms-0-position": "1",
            "forms-0-dates_text": "06.07.2026 17:00–19:00\n07.07.2026 17:00–19:00",
            "forms-0-place": "ul. Próbna 1",
            "forms-0-is_step_free": "true",
            "forms-0-has_induction_loop": "false",
            "forms-0-has_sign_language": "unknown",
            "stages-TOTAL_FORMS": "1",
            "stages-0-kind": "assumptions",
            "stages-0-position": "1",
        },
    )

    response = desk.post(f"{LIST}add/", data)

    assert response.status_code == 302, page_of(response)
    made = Consultation.objects.get()
    assert (made.state, made.unit, made.legal_bases) == (State.DRAFT, own, ["uchwała nr 1", "ustawa"])
    assert [(p.number, p.is_heading, p.text) for p in made.points.all()] == [
        ("§1", True, "Zasady"),
        ("1.1", False, "Sale są bezpłatne.\ndla wszystkich"),
        ("1.2", False, "Rezerwacje przez portal."),
    ]
    form = made.forms.get()
    assert [str(date) for date in form.dates.all()] == ["06.07.2026 17:00–19:00", "07.07.2026 17:00–19:00"]
    assert (form.is_step_free, form.has_induction_loop, form.has_sign_language) == (True, False, None)
    assert AuditEntry.objects.of(made).filter(verb="Utworzenie").exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"ends_on": "2026-06-01"}, "koniec jest przed początkiem"),
        ({"document_text": "1.1 a\n1.1 b"}, "numery nie mogą się powtarzać: 1.1"),
        (
            {
                "forms-TOTAL_FORMS": "1",
                "forms-0-kind": "open_meeting",
                "forms-0-position": "1",
                "forms-0-dates_text": "jutro",
            },
            "wiersz 1: wpisz dzień",
        ),
        ({"starts_about": "jesień"}, "wpisz rok"),
        ({"title": ""}, "tytuł"),
    ],
)
def test_mistakes_are_named_in_polish(desk, own, changes, message):
    page = page_of(desk.post(f"{LIST}add/", notice(own, **changes)))

    assert message.lower() in page.lower()
    assert not Consultation.objects.exists()


def test_a_wrong_choice_in_a_folded_list_is_seen(desk, own):
    page = page_of(desk.post(f"{LIST}add/", notice(own, districts=["999999"])))

    assert page.count('<details class="more-d" open>') == 1
    assert "has-err" in page


def test_a_forged_unit_or_state_is_not_taken(desk, own):
    foreign = unit("Wydział Obcy")

    refused = desk.post(f"{LIST}add/", notice(own, unit=str(foreign.pk)))
    taken = desk.post(f"{LIST}add/", notice(own, state="report_published", number="7", origin="imported"))

    assert refused.status_code == 200
    assert taken.status_code == 302
    made = Consultation.objects.get()
    assert (made.state, made.number, made.origin) == (State.DRAFT, None, "portal")


def test_a_stage_of_another_consultation_cannot_be_chosen(desk, own):
    mine, foreign = make.draft(unit=own), make.draft()
    stage = foreign.stages.get()
    form = mine.forms.first()
    data = notice(own, title=mine.title) | {
        "forms-TOTAL_FORMS": "1",
        "forms-INITIAL_FORMS": "1",
        "forms-0-id": str(form.pk),
        "forms-0-consultation": str(mine.pk),
        "forms-0-kind": form.kind,
        "forms-0-position": "1",
        "forms-0-stage": str(stage.pk),
    }

    response = desk.post(change_url(mine), data)

    assert response.status_code == 200
    form.refresh_from_db()
    assert form.stage is None


def test_after_the_notice_dates_are_shown_and_a_reason_is_wanted(desk, own):
    made = make.consultation(State.ANNOUNCED, unit=own)
    data = notice(own, title="Nowy tytuł", starts_on="2030-01-01", regimes=["ngo"])

    without = page_of(desk.post(change_url(made), data))
    response = desk.post(change_url(made), {**data, "change_reason": "Literówka."})

    assert "Powód zmiany" in without
    assert response.status_code == 302
    fresh = Consultation.objects.get(pk=made.pk)
    assert (fresh.title, fresh.starts_on, fresh.regimes) == ("Nowy tytuł", made.starts_on, [Regime.RESIDENTS])
    assert AuditEntry.objects.of(made).filter(is_public=True, reason="Literówka.").exists()


def test_only_drafts_are_deleted(desk, own):
    draft, planned = make.draft(unit=own), make.consultation(State.PLANNED, unit=own)

    for made in (draft, planned):
        desk.post(reverse("admin:consultations_consultation_delete", args=[made.pk]), {"post": "yes"})
    desk.post(LIST, {"action": "delete_selected", "_selected_action": str(planned.pk), "post": "yes"})

    assert list(Consultation.objects.all()) == [planned]


# --- steps ------------------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-24")
def test_the_checklist_names_what_is_missing_with_computed_dates(desk, own):
    made = make.draft(unit=own, is_complete=False, plain_summary="")

    page = page_of(desk.get(change_url(made)))

    assert "Lista sprawdzająca przed ogłoszeniem" in page
    assert "Streszczenie prostym językiem: napisz je" in page
    assert "R-CNS-04" in page
    assert "Zapowiedz najpóźniej" in page
    assert "Najwcześniejszy koniec" in page
    assert "Raport najpóźniej" in page


def test_moves_are_buttons_with_confirmation(desk, own):
    made = make.draft(unit=own)
    move = reverse("admin:consultations_consultation_move", args=[made.pk, "planned"])

    page, asked = page_of(desk.get(change_url(made))), page_of(desk.get(move))
    made.refresh_from_db()
    state_after_get = made.state
    desk.post(move, {"reason": ""})

    made.refresh_from_db()
    assert move in page
    assert "rocznym harmonogramie" in asked
    assert (state_after_get, made.state) == (State.DRAFT, State.PLANNED)


def test_a_refused_move_says_why(desk, own):
    made = make.consultation(State.PLANNED, unit=own, plain_summary="")

    page = page_of(
        desk.post(
            reverse("admin:consultations_consultation_move", args=[made.pk, "announced"]), {"reason": ""}
        )
    )

    made.refresh_from_db()
    assert made.state == State.PLANNED
    assert "Streszczenie prostym językiem" in page


@pytest.mark.parametrize("target", ["open", "closed", "archived", "xyz"])
def test_moves_of_the_portal_and_impossible_ones_are_not_offered(desk, own, target):
    made = make.consultation(State.ANNOUNCED, unit=own)

    response = desk.post(
        reverse("admin:consultations_consultation_move", args=[made.pk, target]), {"reason": "x"}
    )

    made.refresh_from_db()
    assert response.status_code in (302, 403)
    assert made.state == State.ANNOUNCED


def test_the_unit_editor_prepares_and_does_not_announce(own):
    made, client = make.draft(unit=own), Client()
    client.force_login(official(Role.UNIT_EDITOR, own))

    page = page_of(client.get(change_url(made)))
    forced = client.post(
        reverse("admin:consultations_consultation_move", args=[made.pk, "planned"]), {"reason": ""}
    )

    assert "Wpisz do harmonogramu" not in page
    assert forced.status_code == 403
    assert client.post(change_url(made), notice(own, title="Lepszy tytuł")).status_code == 302


def test_extending_on_the_desk(desk, own):
    made = make.consultation(State.OPEN, unit=own)
    extend = reverse("admin:consultations_consultation_extend", args=[made.pk])
    later = made.ends_on + timedelta(days=7)

    wrong = page_of(desk.post(extend, {"new_end": made.ends_on.isoformat(), "reason": "x"}))
    typed = {"new_end": later.isoformat(), "reason": "Święta."}
    asked = page_of(desk.post(extend, typed))
    made.refresh_from_db()
    assert made.ends_on < later, "the first time it only shows what follows"
    assert f'name="seen" value="{later.isoformat()}"' in asked
    assert "dłużej o 7 dni. Raport najpóźniej:" in asked
    response = desk.post(extend, {**typed, "seen": later.isoformat()})

    made.refresh_from_db()
    assert extend in page_of(desk.get(change_url(made)))
    assert "podaj dzień późniejszy" in wrong
    assert (response.status_code, made.ends_on) == (302, later)


@pytest.mark.rule("R-CNS-12")
def test_paper_is_entered_on_the_desk(desk, own):
    made = make.consultation(State.OPEN, unit=own)
    entry = reverse("admin:consultations_consultation_entry", args=[made.pk])
    data = {
        "channel": Channel.PAPER.value,
        "received_at": "2026-06-09T12:00",
        "respondent_type": "resident",
        "name": "Adam Nowy",
        "uwagi-TOTAL_FORMS": "1",
        "uwagi-INITIAL_FORMS": "0",
        "uwagi-0-proposed_wording": "Z papieru",
        "uwagi-0-part": "",
    }

    more = page_of(desk.post(entry, {**data, "add": "1"}))
    future = page_of(desk.post(entry, {**data, "received_at": "2027-01-01T12:00"}))
    scan = SimpleUploadedFile("skan.pdf", b"%PDF-1.7")
    lost = page_of(desk.post(entry, {**data, "add": "1", "files": scan}))
    key = {"form_key": str(desk.get(entry).context["form"]["form_key"].value())}
    response = desk.post(entry, {**data, **key})
    again = page_of(desk.post(entry, {**data, **key}, follow=True))

    assert "Wpisano zgłoszenie K/" in again
    assert "Przeglądarka nie pamięta wybranych plików" in lost
    assert "skan.pdf" in lost
    assert "Uwaga 2" in more
    assert "Z papieru" in more
    assert "Kiedy wpłynęło" in future
    assert response.status_code == 302
    sent = made.submissions.get()
    assert (sent.channel, sent.email, sent.entered_by.email) == (Channel.PAPER, "", desk_user(desk).email)


def test_a_file_that_cannot_be_stored_is_told_at_its_field(desk, own, monkeypatch):
    made = make.consultation(State.OPEN, unit=own)

    def full(*args, **kwargs):
        raise ValidationError("nie udało się zapisać pliku")

    monkeypatch.setattr("consultations.actions.submissions.keep_files", full)
    data = {
        "channel": Channel.PAPER.value,
        "received_at": "2026-06-09T12:00",
        "respondent_type": "resident",
        "name": "Adam Nowy",
        "uwagi-TOTAL_FORMS": "1",
        "uwagi-INITIAL_FORMS": "0",
        "uwagi-0-proposed_wording": "Z papieru",
        "uwagi-0-part": "",
    }

    page = desk.post(reverse("admin:consultations_consultation_entry", args=[made.pk]), data)

    assert "nie udało się zapisać pliku" in page_of(page)
    assert "Z papieru" in page_of(page)
    assert not made.submissions.exists()


def desk_user(client):
    return client.get("/admin/").wsgi_request.user


# --- answers ----------------------------------------------------------------------------------------


def test_a_position_is_written_and_stays_a_draft_until_published(desk, own):
    made = make.consultation(State.OPEN, unit=own)
    make.submission(made, remarks=2)
    first, second = made.remarks.order_by("number")

    desk.post(
        f"{REMARKS}{first.pk}/change/",
        {"position_code": "accepted", "position": make.POSITION, "position_unit": ""},
    )
    first.refresh_from_db()
    drafted = first.is_answered
    refused = desk.post(
        REMARKS, {"action": "publish_together", "_selected_action": [first.pk, second.pk]}, follow=True
    )
    desk.post(REMARKS, {"action": "publish_together", "_selected_action": [first.pk]})

    first.refresh_from_db()
    assert first.position_code == PositionCode.ACCEPTED
    assert (drafted, first.is_answered) == (False, True)
    assert "wybierz stanowisko i uzasadnij" in page_of(refused)


@pytest.mark.rule("R-CNS-15")
def test_a_late_remark_is_only_read(desk, own, frozen):
    made = make.consultation(State.CLOSED, unit=own)
    make.submission(made)
    late = made.remarks.get()
    assert late.submission.is_late

    page = page_of(desk.get(f"{REMARKS}{late.pk}/change/"))

    assert "nie dostaje stanowiska" in page
    assert 'name="position"' not in page
    assert desk.post(f"{REMARKS}{late.pk}/change/", {"position": make.POSITION}).status_code == 403


@pytest.mark.rule("R-CNS-18")
def test_one_answer_for_many(desk, own):
    made = make.consultation(State.OPEN, unit=own)
    make.submission(made, remarks=3)
    ids = [str(pk) for pk in made.remarks.values_list("pk", flat=True)]

    asked = page_of(desk.post(REMARKS, {"action": "answer_together", "_selected_action": ids}))
    desk.post(
        REMARKS,
        {
            "action": "answer_together",
            "_selected_action": ids,
            "position_code": "other_mode",
            "position": make.POSITION,
        },
    )

    assert "To stanowisko dostaną wszystkie wybrane uwagi" in asked
    assert set(made.remarks.values_list("position_code", flat=True)) == {"other_mode"}


def test_remarks_of_other_units_are_out_of_reach(desk, own):
    made = make.consultation(State.OPEN)
    make.submission(made)
    remark = made.remarks.get()

    assert desk.get(f"{REMARKS}{remark.pk}/change/").status_code == 302
    desk.post(f"{REMARKS}{remark.pk}/change/", {"position_code": "accepted", "position": make.POSITION})
    desk.post(
        REMARKS,
        {
            "action": "answer_together",
            "_selected_action": [remark.pk],
            "position_code": "accepted",
            "position": "x" * 30,
        },
    )
    assert desk.post(f"{REMARKS}{remark.pk}/ukryj/", {"reason": "x", "hide": "1"}).status_code == 404

    remark.refresh_from_db()
    assert (remark.position_code, remark.hidden_at) == ("", None)


def test_a_helping_unit_answers(own):
    made, helping = make.consultation(State.OPEN, unit=own), unit("Jednostka Pomocna")
    made.co_units.add(helping)
    make.submission(made)
    client = Client()
    client.force_login(make.manager(helping))

    response = client.post(
        f"{REMARKS}{made.remarks.get().pk}/change/",
        {"position_code": "accepted", "position": make.POSITION, "position_unit": ""},
    )

    assert response.status_code == 302
    assert made.remarks.get().position_code == "accepted"
    assert client.get(change_url(made)).status_code == 302


def test_a_remark_is_hidden_and_shown_on_the_desk(desk, own):
    made = make.consultation(State.OPEN, unit=own)
    make.submission(made)
    remark = made.remarks.get()
    hide = f"{REMARKS}{remark.pk}/ukryj/"

    without = desk.post(hide, {"reason": "", "hide": "1"})
    for _click in range(2):
        desk.post(hide, {"reason": "Dane osobowe.", "hide": "1"})
    remark.refresh_from_db()
    hidden = remark.hidden_reason
    back = page_of(desk.get(hide))
    for _click in range(2):
        desk.post(hide, {"show": "1"})

    remark.refresh_from_db()
    assert without.status_code == 200
    assert hidden == "Dane osobowe."
    assert 'name="show"' in back
    assert remark.hidden_at is None
    assert AuditEntry.objects.of(remark).count() == 2


def test_personal_data_is_seen_by_the_units_concerned_only(desk, own):
    mine, foreign = make.consultation(State.OPEN, unit=own), make.consultation(State.OPEN)
    sent, other = make.submission(mine), make.submission(foreign)

    page = page_of(desk.get("/admin/consultations/submission/"))
    one = page_of(desk.get(f"/admin/consultations/submission/{sent.pk}/change/"))

    assert sent.email in one
    assert sent.number in page
    assert other.number not in page
    assert desk.get(f"/admin/consultations/submission/{other.pk}/change/").status_code == 302
    assert (
        desk.post(
            f"/admin/consultations/submission/{sent.pk}/change/", {"email": "x@example.org"}
        ).status_code
        == 403
    )


@pytest.mark.rule("R-CNS-16")
def test_the_five_column_table_is_exported_with_drafts(desk, own):
    made = make.consultation(State.OPEN, unit=own)
    make.submission(made, remarks=2)
    make.answer(made.remarks.get(number=1), unit=unit("Zarząd Próbny"))

    csv = b"".join(
        desk.get(reverse("admin:consultations_consultation_table_csv", args=[made.pk])).streaming_content
    ).decode()
    xlsx = desk.get(reverse("admin:consultations_consultation_table_xlsx", args=[made.pk]))

    head, first, second = csv.lstrip("\ufeff").splitlines()
    assert head.count(";") == 4
    assert "Zarząd Próbny: [przyjęta]" in first
    assert "mieszkanka lub mieszkaniec" in second
    assert xlsx.status_code == 200


def test_the_report_is_written_on_its_own_page(desk, own):
    made = make.consultation(State.ANALYSIS, unit=own)
    page = f"/admin/consultations/report/{made.report.pk}/change/"

    response = desk.post(
        page, {"conclusions": "<p>Wnioski<script>x</script></p>", "changes": "", "campaign": "Plakaty"}
    )

    made.report.refresh_from_db()
    assert response.status_code == 302, page_of(response)
    assert "Wnioski" in made.report.conclusions
    assert "<script>" not in made.report.conclusions
    assert page in page_of(desk.get(change_url(made)))
    foreign = make.consultation(State.ANALYSIS)
    assert desk.get(f"/admin/consultations/report/{foreign.report.pk}/change/").status_code == 302


def test_demands_are_written_on_the_desk(desk):
    data = {
        "organisation_name": "Fundacja",
        "postulate": "Więcej sal",
        "position_code": "accepted",
        "meeting_on": "2026-06-01",
    }

    response = desk.post("/admin/consultations/postulate/add/", data)

    assert response.status_code == 302, page_of(response)
    made = Postulate.objects.get()
    assert made.position_code == PositionCode.ACCEPTED
    assert AuditEntry.objects.of(made).exists()


def test_lists_and_filters_of_the_desk_open(desk, own):
    made = make.consultation(State.OPEN, unit=own)
    make.submission(made)

    for query in (
        "",
        "?odpowiedz=brak",
        "?odpowiedz=szkic",
        "?odpowiedz=xyz",
        "?q=sale",
        f"?consultation__id__exact={made.pk}",
    ):
        assert desk.get(f"{REMARKS}{query}").status_code == 200, query
    for name in ("consultation", "submission", "report", "postulate"):
        assert desk.get(f"/admin/consultations/{name}/?q=abc").status_code == 200


def test_forms_of_the_notice_are_edited_and_dates_replaced(desk, own):
    made = make.draft(unit=own)
    form = made.forms.get(kind=FormKind.OPEN_MEETING)
    data = notice(own, title=made.title) | {
        "forms-TOTAL_FORMS": "1",
        "forms-INITIAL_FORMS": "1",
        "forms-0-id": str(form.pk),
        "forms-0-consultation": str(made.pk),
        "forms-0-kind": "open_meeting",
        "forms-0-position": "1",
        "forms-0-dates_text": "11.07.2026 10:00",
    }

    response = desk.post(change_url(made), data)

    assert response.status_code == 302, page_of(response)
    assert [str(date) for date in form.dates.all()] == ["11.07.2026 10:00"]
    entry = AuditEntry.objects.of(made).first()
    assert (entry.verb, entry.is_public) == ("Zmiana ogłoszenia", False)
    actions.plan(made, by=None, at=now())


def test_a_record_from_the_archive_has_no_clock_of_a_report():
    old = Consultation(
        origin="imported", state=State.CLOSED, starts_on=date(2023, 1, 2), ends_on=date(2023, 2, 2)
    )

    assert computed_dates(old) == []
