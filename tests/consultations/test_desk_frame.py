"""The frame of the desk, on the case that has most of it: moves, pages that are not there, rows that must stay."""

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from django.test import Client

from consultations.enums import State
from core.accounts.roles import Role
from core.city.desk import CaseAdmin
from tests.factories import consultations as make
from tests.factories.accounts import official, unit

from .test_admin import change_url, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(frozen):
    return unit("Wydział Własny")


@pytest.fixture
def desk(own) -> Client:
    client = Client()
    client.force_login(make.manager(own))
    return client


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_a_step_that_takes_away_is_never_the_button_that_invites(desk, own):
    page = page_of(desk.get(change_url(make.consultation(State.OPEN, unit=own))))

    assert "btn w-100 btn-danger-quiet" in page
    assert "btn w-100 btn-primary" not in page


def test_what_was_done_is_said_and_the_course_names_states(desk, own):
    made = make.consultation(State.CLOSED, unit=own)

    answer = desk.post(f"/admin/consultations/consultation/{made.pk}/stan/analysis/")

    assert said(answer) == ["Zaczęła się analiza uwag."]
    page = page_of(desk.get(change_url(made)))
    assert f"→ {State.ANALYSIS.label}" in page
    assert "→ analysis" not in page


@pytest.mark.parametrize(
    "desk_of", [a for a in admin.site._registry.values() if isinstance(a, CaseAdmin)], ids=str
)
def test_every_move_of_a_desk_says_what_it_did(desk_of):
    table = desk_of.model.state_table
    moves = [move for move in table.moves if move.may and move.target in desk_of.moves]

    assert moves
    assert [move.verb for move in moves if not str(move.done).endswith(".")] == []


def test_a_row_of_another_unit_is_answered_in_our_own_words(desk):
    answer = desk.get(change_url(make.draft()))

    assert said(answer) == ["Nie ma takiej pozycji albo należy do innej jednostki."]
    assert answer["Location"] == "/admin/consultations/consultation/"


def test_the_page_is_offered_only_when_it_is_there(desk, own):
    assert "Zobacz na stronie" not in page_of(desk.get(change_url(make.draft(unit=own))))
    assert "Zobacz na stronie" in page_of(desk.get(change_url(make.consultation(State.OPEN, unit=own))))


def test_a_person_is_a_link_only_for_those_who_may_open_accounts(desk, own):
    clerk = make.manager(own, full_name="Katarzyna Wrona")
    made = make.entry(make.consultation(State.OPEN, unit=own), by=clerk)
    address = f"/admin/consultations/submission/{made.pk}/change/"

    assert "Katarzyna Wrona" in page_of(desk.get(address))
    assert f"/admin/accounts/user/{clerk.pk}/" not in page_of(desk.get(address))
    chief = Client()
    chief.force_login(official(Role.ADMIN))
    assert f"/admin/accounts/user/{clerk.pk}/" in page_of(chief.get(address))


def test_the_strip_marks_the_section_of_every_list_of_the_app(desk):
    page = page_of(desk.get("/admin/consultations/remark/"))

    assert '<a href="/admin/consultations/consultation/" aria-current="true">Konsultacje</a>' in page
    own_list = page_of(desk.get("/admin/consultations/consultation/"))
    assert own_list.count('<li><a href="/admin/consultations/">') == 0


def test_moments_are_written_with_their_word_and_nothing_is_one_sign(desk, own):
    made = make.entry(make.consultation(State.OPEN, unit=own), by=make.manager(own))

    page = page_of(desk.get(f"/admin/consultations/submission/{made.pk}/change/"))

    assert "10 czerwca 2026, godz. 12:00" in page
    assert '<div class="readonly">-</div>' not in page


def test_rows_below_a_record_ask_with_native_fields_and_explain_with_examples(desk, own):
    made = make.draft(unit=own)
    page = desk.get(change_url(made))
    forms = {
        inline.formset.prefix: inline.formset.empty_form for inline in page.context["inline_admin_formsets"]
    }

    assert forms["stages"].fields["starts_on"].widget.input_type == "date"
    assert "na przykład 24.11.2026" in forms["stages"].fields["starts_on"].error_messages["invalid"]
    assert "https://" in forms["forms"].fields["online_url"].error_messages["invalid"]
    assert "nie mniejszą niż" in forms["forms"].fields["seat_limit"].error_messages["min_value"]
