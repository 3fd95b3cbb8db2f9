"""The desk of remarks: what it counts, who may open it, what its buttons do."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from consultations import actions, queries
from consultations.enums import PositionCode, State
from consultations.models import Assignment, Consultation, Redaction, RemarkGroup
from consultations.queries import answer_desk
from core.accounts.roles import Role
from core.common import formats
from core.common.clock import now, today
from core.documents.actions import record_publication
from core.documents.enums import Place, Purpose
from core.legal.models import AuditEntry
from tests.factories import consultations as make
from tests.factories.accounts import official, unit

pytestmark = pytest.mark.django_db

REMARKS = "/admin/consultations/remark/"


@pytest.fixture
def own(frozen):
    return unit("Wydział Własny")


@pytest.fixture
def made(own) -> Consultation:
    made = make.consultation(State.OPEN, unit=own)
    for part in ("3.10", "3.9", ""):
        make.submission(made, part=part)
    return made


@pytest.fixture
def desk(own) -> Client:
    return logged_in(make.manager(own))


def logged_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def url(made, name: str = "answers") -> str:
    return reverse(f"admin:consultations_consultation_{name}", args=[made.pk])


def chosen(made, numbers, **data):
    rows = made.remarks.filter(number__in=numbers)
    return {"_selected_action": [row.pk for row in rows], "index": "0", "wroc": str(made.pk), **data}


def order_of(page: str, made) -> list[int]:
    rows = made.remarks.order_by("number")
    places = {row.number: page.find(f"{REMARKS}{row.pk}/change/") for row in rows}
    return [number for number, place in sorted(places.items(), key=lambda pair: pair[1]) if place >= 0]


def test_remarks_stand_by_points_of_the_document_as_people_count(desk, made):
    page = page_of(desk.get(url(made)))

    assert order_of(page, made) == [2, 1, 3]
    assert "bez stanowiska (3)" in page
    assert "Raport najpóźniej" in page


def test_the_desk_is_reached_from_the_consultation(desk, made):
    page = page_of(desk.get(reverse("admin:consultations_consultation_change", args=[made.pk])))

    assert url(made) in page


def test_an_empty_desk_says_when_remarks_come(desk, own):
    coming = make.consultation(State.ANNOUNCED, unit=own)
    page = page_of(desk.get(url(coming)))
    assert f"Uwagi zaczną wpływać {formats.day(coming.starts_on)}".replace("\u00a0", " ") in page
    assert "Szukaj podobnych" not in page


def test_once_the_report_is_out_the_desk_only_shows_it(made, own, frozen):
    frozen.move_to(made.ends_at + timedelta(minutes=1))
    desk = logged_in(make.manager(own))
    actions.close_due(now())
    made.refresh_from_db()
    actions.start_analysis(made, by=None, at=now())
    for remark in made.remarks.all():
        make.answer(remark)
    make.write_report(made)
    assert "Daj tę samą odpowiedź" in page_of(desk.get(url(made)))

    actions.publish_report(made, by=None, at=now())

    page = page_of(desk.get(url(made)))
    assert made.report.get_absolute_url() in page
    for gone in ("Napisz raport", "Daj tę samą odpowiedź", "Szukaj podobnych"):
        assert gone not in page


def test_filters_leave_what_they_say(desk, made):
    make.answer(made.remarks.get(number=1))
    actions.assign_remarks(
        made.remarks.filter(number=2), unit=make.office("Zarząd"), due_on=today(), by=None, at=now()
    )

    def found(query: str) -> list[int]:
        return sorted(order_of(page_of(desk.get(f"{url(made)}?{query}")), made))

    assert found("stan=brak") == [2, 3]
    assert found("stan=szkic") == [1]
    assert found("stan=przekazane") == [2]
    assert found("stan=zalegle") == []
    assert found("stan=opublikowane") == []
    assert found("punkt=3.9") == [2]
    assert found("punkt=-") == [3]
    assert found("stan=nonsens&punkt=%00&strona=abc") == []
    assert found("stan=nonsens&strona=999") == [1, 2, 3]


def test_an_overdue_request_is_seen(desk, made, frozen):
    actions.assign_remarks(
        made.remarks.filter(number=2), unit=make.office("Zarząd"), due_on=today(), by=None, at=now()
    )
    frozen.shift(timedelta(days=1))

    assert order_of(page_of(desk.get(f"{url(made)}?stan=zalegle")), made) == [2]


def test_a_late_report_is_seen_on_the_desk(desk, made, frozen):
    frozen.move_to(made.ends_at + timedelta(days=40))

    assert "Raport jest opóźniony o" in page_of(Client().get("/")) + page_of(
        logged_in(make.manager(made.unit)).get(url(made))
    )


def test_other_units_do_not_open_it_and_helping_ones_do(made):
    helping = unit("Pomocna")
    made.co_units.add(helping)

    assert logged_in(make.manager()).get(url(made)).status_code == 404
    assert logged_in(make.manager()).get(url(made, "alike")).status_code == 404
    assert logged_in(make.manager(helping)).get(url(made)).status_code == 200


def test_no_name_of_a_private_person_stands_on_the_desk(desk, made):
    remark = made.remarks.get(number=1)
    pages = [url(made), REMARKS, f"{REMARKS}{remark.pk}/change/"]

    assert not [page for page in pages if "Sekretna" in page_of(desk.get(page))]
    assert "mieszkanka lub mieszkaniec" in page_of(desk.get(url(made)))


def test_queries_stay_the_same_for_one_remark_and_for_many(desk, own, django_assert_max_num_queries):
    made = make.consultation(State.OPEN, unit=own)
    make.submission(made, remarks=50)
    desk.get(url(made))  # legal parameters are read once and kept
    with django_assert_max_num_queries(15):
        desk.get(url(made))
    make.submission(made, remarks=10)
    with django_assert_max_num_queries(15):
        page = page_of(desk.get(url(made)))
    assert "Strona 1 z 2" in page
    assert "Strona 2 z 2" in page_of(desk.get(f"{url(made)}?strona=2"))


# --- many at once -------------------------------------------------------------------------------------


def test_one_answer_for_many_and_back_to_the_desk(desk, made):
    data = {"action": "answer_together", "position_code": "accepted", "position": make.POSITION}

    asked = page_of(desk.post(REMARKS, chosen(made, [1, 2], action="answer_together")))
    response = desk.post(REMARKS, chosen(made, [1, 2], **data))

    assert f'name="wroc" value="{made.pk}"' in asked
    assert response.status_code == 302
    assert response["Location"] == url(made)
    assert made.remarks.filter(position_code="accepted").count() == 2


@pytest.mark.rule("R-CNS-18")
def test_many_at_once_neither_empties_nor_replaces_public_positions(desk, made):
    public = made.remarks.get(number=1)
    make.answer(public)
    actions.publish_positions([public], by=None, at=now())
    whole = {"position_code": "rejected", "position": make.POSITION, "position_unit": ""}

    empty = desk.post(REMARKS, chosen(made, [1, 2], action="answer_together", **{**whole, "position": ""}))
    short = desk.post(REMARKS, chosen(made, [2], action="answer_together", **{**whole, "position": "ok"}))
    both = desk.post(REMARKS, chosen(made, [1, 2], action="answer_together", **whole))

    assert "stanowisko już opublikowane" in page_of(empty)
    assert "uzasadnij co najmniej w" in page_of(short)
    assert "1: stanowisko jest już opublikowane. Odznacz ją" in page_of(both)
    assert list(made.remarks.order_by("number").values_list("position_code", flat=True)) == [
        "accepted",
        "",
        "",
    ]
    one = desk.post(
        f"{REMARKS}{public.pk}/change/", {"position_code": "", "position": "", "position_unit": ""}
    )
    assert one.status_code == 200
    assert made.remarks.get(number=1).position_code == "accepted"


def test_the_clerk_stays_on_the_desk(desk, made):
    nothing = desk.post(REMARKS, {"action": "publish_together", "index": "0", "wroc": str(made.pk)})
    first = made.remarks.get(number=1)
    one = {"position_code": "accepted", "position": "Szkic.", "position_unit": ""}
    saved = desk.post(f"{REMARKS}{first.pk}/change/", one)

    assert nothing["Location"] == saved["Location"] == url(made)
    page = page_of(desk.get(url(made)))
    assert "Zaznacz uwagi, a potem wybierz" in page
    assert "stanowisko w szkicu (1)" in page
    assert "czekają na drugą osobę (1)" not in page


def test_who_only_reads_is_shown_alike_remarks_without_boxes(made):
    page = page_of(logged_in(official(Role.AUDITOR)).get(url(made, "alike")))

    assert "Podobne uwagi: 3" in page
    assert 'type="checkbox"' not in page


def test_alike_remarks_are_suggested_and_tied(desk, made):
    page = page_of(desk.get(url(made, "alike")))
    assert "Podobne uwagi: 3" in page

    desk.post(REMARKS, chosen(made, [1, 2], action="group_together", subject="Niedziele"))

    assert RemarkGroup.objects.get().remarks.count() == 2
    assert "Niedziele" in page_of(desk.get(url(made)))
    assert len(answer_desk.suggested_groups(made)) == 1
    desk.post(REMARKS, chosen(made, [1, 2, 3], action="group_together", subject=""))
    assert answer_desk.suggested_groups(made) == []
    assert "Nie ma uwag, które wyglądają na podobne" in page_of(desk.get(url(made, "alike")))
    desk.post(REMARKS, chosen(made, [1, 2, 3], action="ungroup_together"))
    assert not RemarkGroup.objects.exists()


def test_remarks_are_given_to_a_unit_that_answers_on_its_own_desk(desk, made):
    roads, empty = make.office("Zarząd Dróg"), unit("Komórka bez nikogo")
    asked = page_of(desk.post(REMARKS, chosen(made, [1], action="assign_together")))
    assert roads.name in asked
    assert empty.name not in asked, "nobody would get the letter"
    wrong = page_of(
        desk.post(REMARKS, chosen(made, [1], action="assign_together", unit=roads.pk, due_on="2020-01-01"))
    )
    assert "podaj dzień od dziś" in page_of(desk.get(url(made))) + wrong
    given = chosen(made, [1], action="assign_together", unit=roads.pk, due_on=today().isoformat(), note="")
    assert desk.post(REMARKS, given).status_code == 302
    assignment = Assignment.objects.get()
    engineer = logged_in(make.manager(roads))

    page = page_of(engineer.get(assignment.get_desk_url()))
    first, second = made.remarks.get(number=1), made.remarks.get(number=2)
    fields = {"position_code": "rejected", "position": make.POSITION, "position_unit": ""}
    engineer.post(f"{REMARKS}{first.pk}/change/", fields)

    assert "Napisz stanowisko" in page
    assert made.get_absolute_url() in page
    assert reverse("admin:consultations_consultation_change", args=[made.pk]) not in page
    assert engineer.get(f"{REMARKS}{second.pk}/change/").status_code == 302
    assert engineer.get(f"/admin/consultations/submission/{first.submission_id}/change/").status_code == 302
    first.refresh_from_db()
    assert (first.position_code, first.position_unit) == (PositionCode.REJECTED, roads)
    assignment.refresh_from_db()
    assert assignment.done_at
    assert logged_in(make.manager()).get(assignment.get_desk_url()).status_code == 302


def test_the_leading_unit_calls_a_request_off(desk, made):
    roads = make.office("Zarząd Dróg")
    assignment = actions.assign_remarks(
        made.remarks.filter(number=1), unit=roads, due_on=today(), by=None, at=now()
    )
    off = reverse("admin:consultations_assignment_call_off", args=[assignment.pk])

    assert logged_in(make.manager(roads)).post(off).status_code == 403
    assert desk.get(off).status_code == 200
    desk.post(off)
    assert "nie można już cofnąć" in page_of(desk.post(off, follow=True))

    assignment.refresh_from_db()
    assert assignment.called_off_at
    for state, is_there in (
        ("cofniete", True),
        ("czeka", False),
        ("zalegle", False),
        ("gotowe", False),
        ("x", True),
    ):
        page = page_of(desk.get(f"/admin/consultations/assignment/?stan={state}"))
        assert (assignment.get_desk_url() in page) is is_there, state


def test_the_second_person_approves_on_the_desk(own):
    made = make.consultation(State.OPEN, unit=own, needs_second_person=True)
    make.submission(made)
    writer, other = make.manager(own), make.manager(own)
    actions.answer_remarks(
        made.remarks.all(), code=PositionCode.ACCEPTED, position=make.POSITION, by=writer, at=now()
    )
    waiting = page_of(logged_in(other).get(f"{url(made)}?stan=zatwierdzenie"))

    own_try = page_of(
        logged_in(writer).post(REMARKS, chosen(made, [1], action="approve_together"), follow=True)
    )
    logged_in(other).post(REMARKS, chosen(made, [1], action="approve_together"))
    logged_in(writer).post(REMARKS, chosen(made, [1], action="publish_together"))

    assert order_of(waiting, made) == [1]
    assert "Zatwierdza je inna osoba" in own_try
    remark = made.remarks.get()
    assert (remark.approved_by, remark.is_answered) == (other, True)


# --- what is public already -----------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-18")
def test_a_position_in_the_report_asks_why_it_changes_and_loses_nothing_typed(desk, own):
    made = make.consultation(State.OPEN, unit=own)
    make.submission(made)
    remark = made.remarks.get()
    change = f"{REMARKS}{remark.pk}/change/"
    make.answer(remark)
    assert "change_reason" not in page_of(desk.get(change))
    actions.publish_positions([remark], by=None, at=now())
    Consultation.objects.update(state=State.REPORT_PUBLISHED)
    fields = {"position_code": "rejected", "position": "Za krótko.", "position_unit": ""}

    refused = page_of(desk.post(change, fields))
    fields |= {"position": f"{make.POSITION} Inaczej.", "change_reason": "Sprostowanie."}
    done = desk.post(change, fields)

    for text in (
        "co najmniej w 20 znakach",
        "napisz, dlaczego zmieniasz stanowisko",
        "Za krótko.</textarea>",
    ):
        assert text in refused
    assert done.status_code == 302
    remark.refresh_from_db()
    assert remark.position.endswith("Inaczej.")


def test_what_two_have_approved_or_another_unit_has_published_is_only_read(desk, own):
    made = make.consultation(State.OPEN, unit=own)
    make.submission(made)
    remark = made.remarks.get()
    change = f"{REMARKS}{remark.pk}/change/"
    roads = make.office("Zarząd Dróg")
    actions.assign_remarks([remark], unit=roads, due_on=today(), by=None, at=now())
    make.answer(remark)
    actions.publish_positions([remark], by=None, at=now())

    asked = page_of(logged_in(make.manager(roads)).get(change))
    Consultation.objects.update(state=State.REPORT_PUBLISHED, needs_second_person=True)
    fixed = page_of(desk.get(change))

    assert "Zmienia je jednostka, która prowadzi konsultacje" in asked
    assert "zatwierdziły dwie osoby" in fixed
    assert 'name="position"' not in asked + fixed
    assert desk.post(change, {"position_code": "", "position": ""}).status_code == 403


# --- covered words ---------------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-14")
def test_words_are_covered_on_the_desk_with_what_the_portal_suggests(desk, own):
    made = make.consultation(State.OPEN, unit=own)
    text = actions.RemarkText("Sąsiad Zenon, tel. 600 700 800, hałasuje.")
    actions.file_submission(made, sender=make.sender(), remarks=[text], at=now())
    remark = made.remarks.get()
    cover = f"{REMARKS}{remark.pk}/zakryj/"

    on_desk = page_of(desk.get(f"{url(made)}?stan=dane"))
    asked = page_of(desk.get(cover))
    wrong = page_of(desk.post(cover, {"fragments": "Ewa", "reason": "person"}))
    done = desk.post(cover, {"suggested": ["600 700 800"], "fragments": "Zenon", "reason": "contact"})

    assert "Być może dane osobowe" in on_desk
    assert "600 700 800 (adres, telefon lub e-mail)" in asked
    assert "nie ma ich w tej uwadze" in wrong
    assert "Ewa</textarea>" in wrong
    assert done.status_code == 302
    remark.refresh_from_db()
    assert remark.proposed_wording == "Sąsiad […], tel. […], hałasuje."
    assert "Sąsiad Zenon" in page_of(desk.get(cover))
    assert logged_in(make.manager()).post(cover, {}).status_code == 404
    assert Redaction.objects.count() == 1


# --- what waits -------------------------------------------------------------------------------------------


def test_the_asked_unit_and_the_missing_proof_wait_on_the_first_page(made, frozen):
    roads = make.office("Zarząd Dróg")
    engineer = make.manager(roads)
    actions.assign_remarks(made.remarks.filter(number__lte=2), unit=roads, due_on=today(), by=None, at=now())

    (waiting,) = queries.waiting_for(engineer)
    actions.answer_remarks(
        made.remarks.filter(number__lte=2), code="accepted", position=make.POSITION, by=engineer, at=now()
    )

    assert waiting.reason == "Uwagi, które przekazała inna komórka: 2"
    assert waiting.url == Assignment.objects.get().get_desk_url()
    assert queries.waiting_for(engineer) == []


def test_a_report_without_its_proof_in_the_bip_waits(own, frozen):
    made = make.consultation(State.REPORT_PUBLISHED, unit=own)
    clerk = make.manager(own)

    (waiting,) = queries.waiting_for(clerk)
    url = "https://bip.example.org/raport"
    record_publication(
        made, place=Place.BIP, purpose=Purpose.REPORT, published_on=today(), url=url, by=clerk, at=now()
    )

    assert waiting.reason == "Brakuje dowodu publikacji raportu w BIP"
    assert queries.waiting_for(clerk) == []


def test_who_approves_is_the_affair_of_the_office(made):
    made.needs_second_person = True
    actions.save_consultation(made, by=None, at=now(), reason=make.REASON)

    entry = AuditEntry.objects.of(made).order_by("-pk").first()
    assert "druga osoba" in str(entry.after)
    assert not entry.is_public
