"""The coordinator's queue: what stands in it, its clock, deciding one after the other."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core.accounts.roles import Role
from core.common.clock import now, today
from core.legal.workflow import MoveRefused
from organizations import actions, queries
from organizations.actions import Changes
from organizations.enums import MandateState, Register, RegisterOutcome, RevisionState, State
from organizations.models import (
    AccessEntry,
    ErrorReport,
    IdentityRevision,
    Mandate,
    Organization,
    RegisterComparison,
)
from organizations.queries.comparison import compare_registration, compare_revision
from organizations.registers import Answer
from tests.factories import documents as papers
from tests.factories import organizations as make
from tests.factories.accounts import official

pytestmark = pytest.mark.django_db

QUEUE = "/admin/organizations/mandate/kolejka/"


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def item_url(kind: str, row) -> str:
    return reverse("admin:organizations_queue_item", args=[kind, row.pk])


@pytest.fixture
def desk(client):
    client.force_login(make.coordinator())
    return client


@pytest.fixture
def filled(frozen):
    """One of each kind, a day apart, the registration first."""
    profile = make.verified("Fundacja Most")
    person = make.member(profile)
    sent = make.submitted("Fundacja Nowa")
    frozen.shift(timedelta(days=1))
    asked = make.requested(profile)
    frozen.shift(timedelta(days=1))
    revision = actions.update_profile(
        profile, Changes({"name": "Fundacja Mosty"}), by=person, at=now(), reason="Uchwała"
    )
    frozen.shift(timedelta(days=1))
    actions.report_error(profile, text="Zły telefon", at=now())
    return sent, asked, revision, ErrorReport.objects.get()


def test_the_queue_is_sorted_by_age_and_marks_what_is_overdue(desk, filled, frozen):
    sent, asked, revision, report = filled
    frozen.move_to(now() + timedelta(days=6))

    items = queries.registry_queue()
    page = text(desk.get(QUEUE))

    assert [item.row for item in items] == [sent, asked, revision, report]
    assert [item.is_overdue for item in items] == [True, True, False, False]
    assert page.count(">po terminie<") + page.count("po terminie</span>") >= 2
    assert "4 sprawy" in page
    only = text(desk.get(QUEUE, {"rodzaj": "blad"}))
    assert "Zły telefon" in only
    assert "Fundacja Nowa" not in only
    assert desk.get(QUEUE, {"rodzaj": "nie-ma", "page": "x"}).status_code == 200


def test_the_first_page_of_the_desk_counts_what_waits(desk, filled):
    page = text(desk.get("/admin/"))

    assert "Kolejka rejestru organizacji: 4 sprawy" in page
    assert QUEUE in page


def test_each_item_is_decided_on_its_page_and_the_next_one_opens(desk, filled):
    sent, asked, revision, _report = filled

    first = desk.post(item_url("rejestracja", sent), {"decision": "przyjmij", "reason": ""})
    assert first.url == item_url("upowaznienie", asked) + "#sprawa"
    second = desk.post(first.url, {"decision": "przyjmij", "valid_until": "2027-01-01"})
    third = desk.post(second.url, {"decision": "odmow", "template": "", "reason": "Nie ma w KRS."})
    last = desk.post(
        third.url, {"decision": "zalatwione", "template": "Dane poprawiono zgodnie ze zgłoszeniem."}
    )

    assert last.url == QUEUE
    assert "Nic nie czeka." in text(desk.get(QUEUE))
    assert Organization.objects.get(pk=sent.pk).state == State.VERIFIED
    asked.refresh_from_db()
    assert (asked.state, str(asked.valid_until)) == (MandateState.GRANTED, "2027-01-01")
    assert IdentityRevision.objects.get().state == RevisionState.REJECTED
    assert ErrorReport.objects.get().outcome == "Dane poprawiono zgodnie ze zgłoszeniem."
    assert desk.get(item_url("zmiana", revision)).url == QUEUE


def test_a_queue_of_one_kind_goes_on_with_that_kind(desk, filled):
    _sent, asked, _revision, _report = filled
    other = make.requested(asked.organization)

    answer = desk.post(f"{item_url('upowaznienie', asked)}?rodzaj=upowaznienie", {"decision": "przyjmij"})

    assert answer.url == f"{item_url('upowaznienie', other)}?rodzaj=upowaznienie#sprawa"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"decision": "zwroc", "reason": " "}, "reason"),
        ({"decision": "nie-ma"}, "decision"),
        ({}, "decision"),
        ({"decision": "przyjmij", "valid_until": "1.1.1999"}, "valid_until"),
    ],
)
def test_a_decision_that_lacks_something_is_not_written(desk, filled, sent, field):
    asked = filled[1]

    page = desk.post(item_url("upowaznienie", asked), sent)

    assert field in page.context["form"].errors
    asked.refresh_from_db()
    assert asked.is_requested


def test_the_item_shows_differences_files_and_rivals(desk, filled):
    _sent, asked, revision, _report = filled
    rival = actions.request_mandate(
        asked.organization, user=make.person(full_name="Jan Rywal"), role="ngo_representative", evidence="",
        upload=papers.upload("odpis.pdf"), at=now(),
    )  # fmt: skip

    change = text(desk.get(item_url("zmiana", revision)))
    claim = text(desk.get(item_url("upowaznienie", rival)))

    assert '<ins><span class="visually-hidden"> [dodano:] </span>y<span' in change
    assert "Uchwała" in change
    assert "odpis.pdf" in claim
    assert "proszą także" in claim
    assert AccessEntry.objects.filter(is_office=True).count() == 2


def said(organization, register="krs", outcome="found", at=None, **facts) -> RegisterComparison:
    """What a register answered, kept as after an enquiry."""
    rows = [{"field": n, "ours": "", "theirs": v, "agreement": "unknown"} for n, v in facts.items()]
    return RegisterComparison.objects.create(
        organization=organization, register=register, outcome=outcome, rows=rows, compared_at=at or now()
    )


def test_the_register_has_its_own_column(filled):
    """The last answer of each register, KRS before REGON, in the words of the portal."""
    sent, _asked, revision, _report = filled
    said(revision.organization, name="Fundacja Dawna", at=now() - timedelta(days=9))
    said(revision.organization, name="Fundacja Inna")
    said(revision.organization, "regon", name="FUNDACJA Z REGON")
    said(revision.organization, "krs", "unavailable")
    said(sent, legal_form="foundation", registered="2019-05-03")

    (row,) = compare_revision(revision)
    registration = {row.label: row.register for row in compare_registration(sent)}

    assert (row.register, row.differs) == ("Fundacja Inna", True)
    assert "fundacja" in registration.values()


def test_the_registers_are_asked_from_the_queue_and_the_official_stays_there(desk, filled, settings):
    settings.KRS_API_URL = "http://127.0.0.1:9"
    item = item_url("upowaznienie", filled[1])
    ask = reverse("admin:organizations_organization_ask_registers", args=[filled[1].organization_id])

    assert f'action="{ask}"' in text(desk.get(item))
    assert desk.post(ask, {"back": item}).url == item
    assert desk.post(ask, {"back": "https://example.org/"}).url.endswith("/change/")
    settings.KRS_API_URL = settings.REGON_API_URL = ""
    assert f'action="{ask}"' not in text(desk.get(item))


def test_a_name_as_the_register_has_it_is_not_marked(filled):
    revision = filled[2]
    said(revision.organization, name="FUNDACJA MOSTY")

    (row,) = compare_revision(revision)

    assert not row.differs


# --- struck off -------------------------------------------------------------------------------------------


@pytest.mark.rule("R-ORG-13")
def test_what_a_register_struck_off_is_proposed_and_dissolved_by_a_person(desk):
    profile = make.verified("Fundacja Dawna")
    gone = said(profile, outcome="deleted")
    (item,) = queries.registry_queue()
    page = text(desk.get(item.url))
    assert item.row == gone
    assert "wykreślona z rejestru" in page
    assert desk.get(item.url).context["change_url"].endswith(f"/organization/{profile.pk}/change/")

    without = desk.post(item.url, {"decision": "rozwiaz"})
    assert "wpisz dzień" in text(without)
    desk.post(item.url, {"decision": "rozwiaz", "dissolved_on": "1.06.2024"})

    profile.refresh_from_db()
    gone.refresh_from_db()
    assert (profile.state, profile.dissolved_on.isoformat()) == (State.DISSOLVED, "2024-06-01")
    assert profile.dissolution_source.startswith("Krajowy Rejestr Sądowy: wykreślenie, odpowiedź z ")
    assert gone.settled_by == make.coordinator()
    assert queries.registry_queue() == []


@pytest.mark.rule("R-ORG-13")
def test_what_goes_on_in_spite_of_the_register_is_kept_with_the_reason(desk):
    profile = make.verified()
    gone = said(profile, outcome="deleted")
    address = item_url("wykreslenie", gone)

    assert "napisz powód" in text(desk.post(address, {"decision": "zostaw"}))
    desk.post(address, {"decision": "zostaw", "reason": "Działa pod nowym numerem."})

    profile.refresh_from_db()
    gone.refresh_from_db()
    assert (profile.state, gone.settlement) == (State.VERIFIED, "Działa pod nowym numerem.")
    assert queries.registry_queue() == []
    with pytest.raises(MoveRefused):
        actions.keep_struck_off(gone, by=make.coordinator(), at=now(), reason="jeszcze raz")


def test_the_same_answer_again_is_no_new_case(monkeypatch):
    profile, answer = make.verified(), Answer(Register.KRS, RegisterOutcome.DELETED)
    monkeypatch.setattr("organizations.actions.comparisons._answers", lambda _organization: [answer])
    actions.compare_with_registers(profile, by=None, at=now())
    (item,) = queries.registry_queue()

    actions.compare_with_registers(profile, by=None, at=now())

    assert [one.key for one in queries.registry_queue()] == [item.key]
    actions.keep_struck_off(item.row, by=make.coordinator(), at=now(), reason="Nowy numer.")
    actions.compare_with_registers(profile, by=None, at=now())
    assert queries.registry_queue() == []


def test_a_later_answer_or_the_end_of_the_profile_settles_it(frozen):
    profile, ended = make.verified(), make.verified()
    gone = said(profile, outcome="deleted")
    said(ended, outcome="deleted")
    frozen.shift(timedelta(hours=1))
    said(profile, outcome="found", name="Fundacja")
    make.dissolved(ended)

    assert queries.registry_queue() == []
    for person in (make.person(), make.coordinator()):
        with pytest.raises(MoveRefused):
            actions.dissolve_struck_off(gone, by=person, at=now(), dissolved_on=today())


def test_a_change_that_grew_meanwhile_is_shown_again(desk, filled, frozen):
    revision = filled[2]
    page = desk.get(item_url("zmiana", revision))
    seen = page.context["seen_at"]
    frozen.shift(timedelta(minutes=1))
    actions.update_profile(
        revision.organization, Changes({"nip": "1234567854"}), by=revision.proposed_by, at=now()
    )

    answer = desk.post(item_url("zmiana", revision), {"decision": "przyjmij", "seen_at": seen})

    assert answer.status_code == 200
    assert "uzupełniła" in text(answer)
    assert IdentityRevision.objects.get().state == RevisionState.WAITING
    assert (
        desk.post(item_url("zmiana", revision), {"decision": "przyjmij", "seen_at": "wczoraj"}).status_code
        == 302
    )


def test_the_queue_is_for_the_registry_and_the_auditor_only_reads(client, filled):
    asked = filled[1]
    client.force_login(official(Role.CALL_MANAGER, password=None))
    assert client.get(QUEUE).status_code == 403
    assert client.post(item_url("upowaznienie", asked), {"decision": "przyjmij"}).status_code == 403
    client.force_login(official(Role.AUDITOR, password=None))
    assert client.get(QUEUE).status_code == 200
    page = client.get(item_url("upowaznienie", asked))
    assert "Zapisz i otwórz następną" not in text(page)
    assert client.post(item_url("upowaznienie", asked), {"decision": "przyjmij"}).status_code == 403
    client.force_login(make.person())
    assert client.get(QUEUE).status_code in (302, 403, 404)
    asked.refresh_from_db()
    assert asked.is_requested


def test_the_queue_costs_the_same_at_four_and_at_thirty(desk, filled, django_assert_max_num_queries):
    for _n in range(26):
        make.requested(make.verified())
    desk.get(QUEUE)

    with django_assert_max_num_queries(20):
        desk.get(QUEUE)


def test_a_word_of_farewell_is_read(desk, frozen):
    profile = make.verified()
    person = make.member(profile)
    mandate = Mandate.objects.get(user=person)
    actions.revoke_mandate(mandate, by=person, at=now(), reason="Koniec.", word="Nikt nas nie zastąpi.")

    assert "Nikt nas nie zastąpi." in text(desk.get(item_url("pozegnanie", mandate)))
    desk.post(item_url("pozegnanie", mandate), {"decision": "przyjmij"})

    mandate.refresh_from_db()
    assert mandate.word_read_at is not None
