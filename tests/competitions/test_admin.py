"""The desk: the clerk's path, the scope of units, and forged requests."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from competitions import actions
from competitions.enums import EntryStatus, Outcome, State
from competitions.models import Award, Call, CallQuestion, CallResult, CallScheduleEntry
from core.accounts.roles import Role
from core.common.clock import local, now
from core.documents.enums import Purpose
from core.legal.models import AuditEntry
from tests.factories import competitions as make
from tests.factories.accounts import official

from .entering import posted, text

pytestmark = pytest.mark.django_db

CALLS = "/admin/competitions/call/"
ENTRIES = "/admin/competitions/callscheduleentry/"
QUESTIONS = "/admin/competitions/callquestion/"
RESULTS = "/admin/competitions/callresult/"
INLINES = ("budget_years", "budget_sources", "parts", "criteria", "intake_windows")


@pytest.fixture
def desk(client, manager):
    client.force_login(manager)
    return client


# --- the clerk's path -----------------------------------------------------------------------------


def test_a_clerk_copies_edits_publishes_and_announces(desk, frozen, unit, manager):
    old = make.settled_call(unit=unit, title="Zima w mieście 2025")
    desk.post(f"{CALLS}{old.pk}/czynnosc/kopia/")
    new = Call.objects.get(previous_edition=old)
    address = f"{CALLS}{new.pk}/change/?krok=calosc"
    page = desk.get(address)
    assert "Zanim ogłosisz konkurs" in text(page)
    assert "Najwcześniejszy termin: 2 lipca 2026, godz. 0:00" in text(page)

    saved = desk.post(
        address,
        posted(
            page,
            offers_due_at="2026-07-10T12:00",
            results_planned_on="2026-08-10",
            prior_funding_current_year="0",
            prior_funding_previous_year="25000",
            target_groups="dzieci\r\nmłodzież\r\n",
        ),
        follow=True,
    )
    assert saved.redirect_chain, saved.context["adminform"].form.errors
    new.refresh_from_db()
    assert (new.target_groups, new.edit_number) == (["dzieci", "młodzież"], 1)
    for place, where in (
        ("bip", {"url": "https://bip.example/1"}),
        ("notice_board", {"location": "hol"}),
        ("website", {"url": "https://u.example"}),
    ):
        desk.post(
            f"{CALLS}{new.pk}/publikacje/odnotuj/",
            {"purpose": "notice", "place": place, "published_on": "2026-06-10", **where},
        )
    announced = desk.post(f"{CALLS}{new.pk}/stan/published/", {"reason": ""}, follow=True)

    new.refresh_from_db()
    assert new.state == State.PUBLISHED, text(announced)
    assert new.published_by == manager
    assert desk.get(new.get_absolute_url()).status_code == 200


@pytest.mark.rule("R-CALL-10")
def test_twenty_days_are_refused_in_the_form_and_at_the_button(desk, frozen, unit):
    call = make.publish(make.draft(unit=unit))
    address = f"{CALLS}{call.pk}/change/?krok=calosc"
    words = "Termin składania ofert: najwcześniej 2 lipca 2026, godz. 0:00"

    page = desk.post(address, posted(desk.get(address), offers_due_at="2026-06-30T12:00"))

    assert words in text(page)
    Call.objects.filter(pk=call.pk).update(offers_due_at=now() + timedelta(days=20))
    assert words in text(desk.get(address))
    assert words in text(desk.post(f"{CALLS}{call.pk}/stan/published/", {"reason": ""}))
    call.refresh_from_db()
    assert call.state == State.DRAFT


def test_before_the_publications_an_early_deadline_is_saved_with_a_warning(desk, frozen, unit):
    call = make.draft(unit=unit)
    address = f"{CALLS}{call.pk}/change/?krok=calosc"

    page = desk.post(address, posted(desk.get(address), offers_due_at="2026-06-30T12:00"), follow=True)

    assert "gdyby brakujące ogłoszenia ukazały się dziś, najwcześniej 2 lipca 2026" in text(page)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"offers_due_at": "2026-07-10T00:00"}, "północ jest niejednoznaczna"),
        ({"offers_due_at": "jutro"}, "wpisz dzień i godzinę"),
        ({"form": "entrust"}, "przy powierzeniu nie można go wymagać"),
        ({"max_grant": "999999"}, "nie większą niż pula"),
        ({"min_own_contribution_percent": "120"}, "100"),
        ({"task_from": "kiedyś"}, "wpisz rok"),
        ({"read_number": "7"}, "Ktoś zapisał ten konkurs"),
    ],
)
def test_contradictions_are_named_while_the_draft_is_written(changes, words, desk, frozen, unit):
    call = make.draft(unit=unit)
    address = f"{CALLS}{call.pk}/change/?krok=calosc"

    page = desk.post(address, posted(desk.get(address), **changes))

    assert page.status_code == 200
    assert words in text(page)


def test_a_new_draft_is_made_in_the_own_unit(desk, frozen, unit):
    page = desk.get(f"{CALLS}add/")

    desk.post(f"{CALLS}add/", posted(page, title="Nowy konkurs", unit=unit.pk))

    call = Call.objects.get()
    assert (call.state, call.unit, call.slug) == (State.DRAFT, unit, "nowy-konkurs")


def test_a_published_notice_changes_only_as_a_version(desk, frozen, unit):
    call = make.open_call(unit=unit)
    page = desk.get(f"{CALLS}{call.pk}/change/?krok=calosc")
    assert "title" not in page.context["adminform"].form.fields
    assert all(not inline.has_add_permission for inline in page.context["inline_admin_formsets"])
    desk.post(
        f"{CALLS}{call.pk}/change/?krok=calosc", {**posted(page), "title": "Podmieniony", "state": "archived"}
    )

    form = desk.get(f"{CALLS}{call.pk}/czynnosc/zmiana/").context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    data |= {
        "offers_due_at": f"{local(call.offers_due_at):%Y-%m-%dT%H:%M}",
        "results_planned_on": f"{call.results_planned_on:%Y-%m-%d}",
        "contact": "tel. 12 111",
        "reason": "nowy numer",
        "is_substantive": "",
        "bip_on": "2026-06-10",
        "bip_where": "https://bip.example/2",
        "notice_board_on": "2026-06-10",
        "notice_board_where": "hol",
        "website_on": "2026-06-10",
        "website_where": "https://u.example",
    }
    response = desk.post(f"{CALLS}{call.pk}/czynnosc/zmiana/", data)

    assert response.status_code == 302, response.context["form"].errors
    call.refresh_from_db()
    assert call.contact == "tel. 12 111"
    assert call.title != "Podmieniony"
    assert call.state == State.PUBLISHED
    assert set(call.versions.get(number=2).changes) == {"contact"}


def test_a_change_without_publications_stands_in_the_form(desk, frozen, unit):
    call = make.open_call(unit=unit)
    form = desk.get(f"{CALLS}{call.pk}/czynnosc/zmiana/").context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    data |= {
        "offers_due_at": f"{local(call.offers_due_at):%Y-%m-%dT%H:%M}",
        "results_planned_on": "",
        "reason": "x",
        "contact": "y",
    }

    page = text(desk.post(f"{CALLS}{call.pk}/czynnosc/zmiana/", data))

    assert "brakuje wpisu o publikacji" in page
    assert "Planowany dzień wyników: wpisz termin wyboru ofert" in page


def test_results_are_written_and_published_from_the_desk(desk, frozen, unit):
    call = make.call_in(State.DECIDED, unit=unit)
    desk.post(f"{CALLS}{call.pk}/czynnosc/wyniki/")
    result = CallResult.objects.get(call=call)
    address = f"{RESULTS}{result.pk}/change/?krok=calosc"
    page = desk.get(address)
    award = {
        "awards-TOTAL_FORMS": "1",
        "awards-0-organization_name": "Fundacja Próbna",
        "awards-0-title": "Ruch",
        "awards-0-outcome": Outcome.AWARDED,
        "awards-0-amount": "25000",
    }
    desk.post(address, posted(page, offers_submitted="3", formally_rejected="1", **award))
    assert Award.objects.get().amount == Decimal(25000)
    assert AuditEntry.objects.of(result).filter(verb__startswith="Zmiana wierszy").exists()
    assert "Zanim opublikujesz wyniki" in text(desk.get(f"{CALLS}{call.pk}/change/?krok=calosc"))
    refused = desk.post(f"{CALLS}{call.pk}/stan/results_published/", {"reason": ""})
    assert "Wyniki: brakuje wpisu o publikacji" in text(refused)

    make.publish(call, Purpose.RESULTS)
    desk.post(f"{CALLS}{call.pk}/stan/results_published/", {"reason": ""})

    call.refresh_from_db()
    assert call.state == State.RESULTS_PUBLISHED
    locked = desk.get(address)
    assert not locked.context["has_change_permission"]
    assert desk.post(address, {"offers_submitted": "99"}).status_code == 403


def test_questions_are_answered_or_put_aside(desk, frozen, unit, follower):
    call = make.open_call(unit=unit)
    first = actions.ask_question(call, text="Pierwsze?", by=follower, at=now())
    second = actions.ask_question(call, text="Drugie?", by=follower, at=now())
    assert "Pierwsze?" in text(desk.get(QUESTIONS))
    assert follower.email not in text(desk.get(f"{QUESTIONS}{first.pk}/change/"))

    desk.post(f"{QUESTIONS}{first.pk}/change/", {"answer": "Tak."})
    desk.post(f"{QUESTIONS}{second.pk}/czynnosc/ukryj/", {"reason": "nie na temat"})

    assert [q.text for q in CallQuestion.objects.published()] == ["Pierwsze?"]
    second.refresh_from_db()
    assert second.is_hidden


def test_the_schedule_is_kept_on_the_desk(desk, frozen, unit):
    sphere = make.SphereFactory()
    page = desk.get(f"{ENTRIES}add/")
    desk.post(
        f"{ENTRIES}add/",
        posted(page, title="Plan", unit=unit.pk, planned_month="2026-11", spheres=[sphere.pk]),
    )
    entry = CallScheduleEntry.objects.get()
    bad = desk.post(
        f"{ENTRIES}{entry.pk}/change/",
        posted(desk.get(f"{ENTRIES}{entry.pk}/change/"), planned_month="2026-13"),
    )
    assert "wpisz rok i miesiąc" in text(bad)

    desk.post(f"{ENTRIES}{entry.pk}/czynnosc/opublikuj/")
    desk.post(f"{ENTRIES}{entry.pk}/czynnosc/konkurs/")
    entry.refresh_from_db()
    assert entry.is_public
    assert entry.call.state == State.PLANNED
    desk.post(f"{ENTRIES}{entry.pk}/czynnosc/wycofaj/", {"reason": "brak środków"})

    entry.refresh_from_db()
    assert entry.status == EntryStatus.WITHDRAWN
    assert desk.post(f"{ENTRIES}{entry.pk}/czynnosc/wycofaj/", {"reason": "znowu"}).status_code == 403


# --- rights ---------------------------------------------------------------------------------------


def addresses(call: Call) -> list[str]:
    return [
        f"{CALLS}{call.pk}/change/?krok=calosc",
        f"{CALLS}{call.pk}/czynnosc/kopia/",
        f"{CALLS}{call.pk}/stan/cancelled/",
        f"{CALLS}{call.pk}/history/",
    ]


def test_another_unit_is_not_there(client, frozen, unit, stranger):
    call = make.draft(unit=unit, title="Cudzy")
    client.force_login(stranger)

    assert "Cudzy" not in text(client.get(CALLS))
    for address in addresses(call):
        assert client.get(address).status_code in (302, 403, 404), address
        client.post(address, {"reason": "x"})
    assert Call.objects.count() == 1
    call.refresh_from_db()
    assert call.state == State.DRAFT


def test_a_forged_unit_is_refused(desk, frozen):
    foreign = make.UnitFactory()

    page = desk.post(f"{CALLS}add/", posted(desk.get(f"{CALLS}add/"), title="Obcy", unit=foreign.pk))

    assert page.status_code == 200
    assert not Call.objects.exists()


def test_a_forged_state_is_ignored(desk, frozen, unit):
    call = make.draft(unit=unit)
    address = f"{CALLS}{call.pk}/change/?krok=calosc"

    desk.post(
        address, posted(desk.get(address), state="published", published_at="2026-01-01", slug="moj-adres")
    )

    call.refresh_from_db()
    assert (call.state, call.published_at) == (State.DRAFT, None)
    assert call.slug != "moj-adres"


def test_an_editor_prepares_but_does_not_announce(client, frozen, unit, editor):
    call = make.publish(make.draft(unit=unit))
    client.force_login(editor)

    page = client.get(f"{CALLS}{call.pk}/change/?krok=calosc")

    assert [move["verb"] for move in page.context["offered_moves"]] == ["Przekaż do sprawdzenia"]
    assert client.post(f"{CALLS}{call.pk}/stan/published/", {"reason": ""}).status_code == 403


def test_an_auditor_reads_and_changes_nothing(client, frozen, unit):
    call = make.draft(unit=unit)
    client.force_login(official(Role.AUDITOR))

    assert client.get(f"{CALLS}{call.pk}/change/?krok=calosc").status_code == 200
    assert client.post(f"{CALLS}{call.pk}/change/?krok=calosc", {"title": "Zmieniony"}).status_code == 403
    assert client.get(f"{CALLS}{call.pk}/czynnosc/kopia/").status_code == 403


def test_an_unknown_act_is_not_found(desk, frozen, unit):
    assert desk.get(f"{CALLS}{make.draft(unit=unit).pk}/czynnosc/usun/").status_code == 404


@pytest.mark.parametrize("address", [CALLS, ENTRIES, QUESTIONS, RESULTS])
def test_residents_have_no_desk(address, client, frozen, follower):
    client.force_login(follower)

    assert client.get(address).status_code in (302, 403)


@pytest.mark.parametrize("name", ["call", "callscheduleentry", "callquestion", "callresult"])
def test_lists_open_with_rows(name, desk, frozen, unit, follower):
    call = make.decided_call(unit=unit)
    make.entry(unit=unit)
    CallQuestion.objects.create(call=call, text="?", asked_by=follower, asked_at=now())

    assert desk.get(reverse(f"admin:competitions_{name}_changelist") + "?q=konkurs").status_code == 200
