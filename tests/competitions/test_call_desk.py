"""The desk of a call: its card, letters to applicants, dossiers, the clock of stages, statistics."""

import hashlib
import io
import zipfile
from datetime import timedelta

import pytest

from competitions import actions
from competitions.actions import desk as acts
from competitions.enums import DossierState, OfferState, Recipients, State
from competitions.models import ApplicantLetter, Call, Dossier, Offer
from competitions.queries.desk import (
    stage_clock,
    usual_days,
    waiting_offers,
    where_is,
)
from competitions.queries.statistics import unit_statistics
from core.accounts.roles import Role
from core.common.clock import now
from core.documents.actions import attach
from core.legal.models import AuditEntry
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from core.notifications.models import OutboxMail
from tests.factories import competitions as calls
from tests.factories import formal as make
from tests.factories import organizations
from tests.factories.accounts import official
from tests.factories.documents import upload

pytestmark = pytest.mark.django_db
CALLS = "/admin/competitions/call/"


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("\u2060", "")


@pytest.fixture
def call(unit, frozen):
    return make.call_in_check(unit=unit)


@pytest.fixture
def offer(call):
    return make.filed(call)


@pytest.fixture
def desk(client, manager):
    client.force_login(manager)
    return client


# --- the card of the call -------------------------------------------------------------------------


def test_the_card_is_set_up_on_the_desk(desk, unit, frozen):
    call = calls.closed_call(unit=unit)
    address = f"{CALLS}{call.pk}/karta/"
    assert "Skopiuj kartę wzorcową" in text(desk.get(address))
    assert not call.formal_items.exists()
    desk.post(address)
    page = desk.get(address)
    assert "Na uzupełnienie organizacja ma teraz 5 dni roboczych" in text(page)
    formset = page.context["formset"]
    sent = {f"form-{name}": formset.management_form[name].value() for name in formset.management_form.fields}
    for form in formset:
        values = {name: form[name].value() for name in form.fields if name != "DELETE"}
        sent |= {f"{form.prefix}-{n}": "" if v is None else v for n, v in values.items() if v is not False}
    sent |= {
        "form-0-DELETE": "on",
        "form-12-text": "Jest plan sali",
        "form-12-position": 90,
        "correction_days": 7,
    }
    answer = desk.post(address, sent)
    assert answer.status_code == 302, (answer.context["formset"].errors, answer.context["terms"].errors)
    texts = list(call.formal_items.values_list("text", flat=True))
    assert (len(texts), texts[-1]) == (12, "Jest plan sali")
    assert call.formal_terms.correction_days == 7


# --- letters --------------------------------------------------------------------------------------


def test_a_letter_is_shown_before_it_is_sent(desk, call, offer):
    make.rejected(make.filed(call))
    address = f"{CALLS}{call.pk}/listy/"
    sent = {"recipients": "all", "subject": "Termin oceny", "text": "Ocena potrwa do piątku."}
    preview = desk.post(address, {**sent, "preview": "1"})
    assert preview.context["preview"], preview.context["form"].errors
    assert "Ofert: 2. Listów do osób, które działają w imieniu oferentów:" in text(preview)
    people = preview.context["preview"]["people"]
    assert "Ocena potrwa do piątku." in text(preview)
    assert not ApplicantLetter.objects.exists()
    assert desk.post(address, {**sent, "send": "1"}).status_code == 302
    letter = ApplicantLetter.objects.get()
    assert (letter.letters, letter.offers.count()) == (people, 2)
    assert OutboxMail.objects.filter(subject="Termin oceny").count() == people
    assert "Termin oceny" in text(desk.get(address))
    assert AuditEntry.objects.of(call).filter(verb="List do oferentów").exists()


@pytest.mark.parametrize(
    ("group", "count"),
    [
        (Recipients.ALL, 3),
        (Recipients.FORMALLY_OK, 1),
        (Recipients.CORRECTING, 1),
        (Recipients.REJECTED, 1),
        (Recipients.AWARDED, 0),
        (Recipients.NOT_AWARDED, 0),
    ],
)
def test_a_letter_reaches_the_group_that_was_chosen(call, manager, group, count):
    make.accepted(make.filed(call))
    make.asked(make.filed(call))
    make.rejected(make.filed(call))
    words = {"subject": "Temat", "text": "Treść", "by": manager, "at": now()}
    if not count:
        with pytest.raises(LawBreached, match="nie ma żadnej oferty"):
            acts.send_letter(call, recipients=group, **words)
        return
    assert acts.send_letter(call, recipients=group, **words).offers.count() == count


def test_one_person_gets_one_letter_and_strangers_send_none(call, stranger, editor, manager):
    organization = organizations.verified()
    first, second = make.filed(call, organization=organization), make.filed(call, organization=organization)
    both = organizations.member(organization)
    words = {"recipients": Recipients.ALL, "subject": "Temat", "text": "Treść", "at": now()}
    for who in (stranger, editor, first.filed_by):
        with pytest.raises(MoveRefused):
            acts.send_letter(call, by=who, **words)
    with pytest.raises(LawBreached, match="temat i treść"):
        acts.send_letter(call, by=manager, **{**words, "text": "  "})
    assert second.organization_id == first.organization_id
    acts.send_letter(call, by=manager, **words)
    assert OutboxMail.objects.filter(to=both.email, subject="Temat").count() == 1


# --- dossiers -------------------------------------------------------------------------------------


def opened(dossier: Dossier) -> zipfile.ZipFile:
    dossier.refresh_from_db()
    with dossier.file.open("rb") as file:
        content = file.read()
    assert hashlib.sha256(content).hexdigest() == dossier.sha256
    return zipfile.ZipFile(io.BytesIO(content))


def test_a_dossier_holds_everything_with_index_and_checksums(
    desk, call, offer, manager, django_capture_on_commit_callbacks
):
    make.marked(offer)
    attach(offer, upload("odpis z KRS.txt", b"Odpis z rejestru"), title="Odpis", by=None, at=now())
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(f"{CALLS}{call.pk}/teczki/", {"offer": ""}).status_code == 302
    dossier = Dossier.objects.get()
    assert (dossier.state, dossier.done, dossier.total) == (DossierState.READY, 2, 2)
    package = opened(dossier)
    names = package.namelist()
    folder = f"oferty/{offer.number.replace('/', '-')}"
    for name in ("index.html", "index.csv", "SHA256SUMS", f"{folder}/oferta-wersja-1.pdf", f"{folder}/karta-formalna.csv", f"{folder}/historia.csv", "konkurs/historia.csv"):  # fmt: skip
        assert name in names
    assert any(name.startswith(f"{folder}/zalaczniki/01-") for name in names)
    assert not any(".." in name or name.startswith("/") for name in names)
    for line in package.read("SHA256SUMS").decode().splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256(package.read(name)).hexdigest() == digest
    assert len(package.read("SHA256SUMS").decode().splitlines()) == len(names) - 3


def test_reading_a_dossier_leaves_a_trace_and_ends_after_some_days(
    desk, client, call, offer, manager, stranger, frozen, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        acts.order_dossier(call, offer=offer, by=manager, at=now())
    dossier = Dossier.objects.get()
    address = f"{CALLS}{call.pk}/teczki/{dossier.pk}/"
    answer = desk.get(address)
    assert answer.headers["Content-Type"] == "application/zip"
    assert AuditEntry.objects.of(offer).filter(verb="Pobranie teczki", by=manager).count() == 1
    client.force_login(stranger)
    assert client.get(address).status_code == 404
    frozen.shift(timedelta(days=15))
    client.force_login(manager)
    assert client.get(address).status_code == 404
    assert acts.remove_old_dossiers(now()) == 1
    dossier.refresh_from_db()
    assert (dossier.state, bool(dossier.file)) == (DossierState.EXPIRED, False)
    assert acts.remove_old_dossiers(now()) == 0


def test_a_dossier_is_packed_once_and_a_failure_is_told(call, offer, manager, monkeypatch):
    dossier = acts.order_dossier(call, by=manager, at=now())

    def breaks(*_args):
        raise OSError("disk full")

    monkeypatch.setattr("competitions.papers.dossier.offer_pdf", breaks)
    with pytest.raises(OSError, match="disk full"):
        acts.pack_dossier(dossier, at=now())
    dossier.refresh_from_db()
    assert dossier.state == DossierState.FAILED
    acts.pack_dossier(dossier, at=now())
    dossier.refresh_from_db()
    assert dossier.state == DossierState.FAILED


def test_strangers_order_nothing(call, stranger):
    with pytest.raises(MoveRefused):
        acts.order_dossier(call, by=stranger, at=now())


# --- clock and statistics -------------------------------------------------------------------------


def test_the_clock_shows_stages_due_dates_and_what_is_usual(desk, unit, call, frozen):
    make.accepted(make.filed(call))
    frozen.shift(timedelta(days=10))
    actions.begin_merit_evaluation(call, by=None, at=now())
    later = make.call_in_check(unit=unit)
    Call.objects.filter(pk=later.pk).update(formal_review_until=now().date() - timedelta(days=1))
    later.refresh_from_db()
    assert usual_days(unit.pk, without=later.pk)[State.FORMAL_EVALUATION] == 10
    stage = next(s for s in stage_clock(later, now()) if s.is_current)
    assert (stage.state, stage.days, stage.usual_days, stage.is_overdue) == (
        State.FORMAL_EVALUATION,
        0,
        10,
        True,
    )
    desk.logout()
    desk.force_login(official(Role.CALL_MANAGER, unit))
    assert "po terminie" in text(desk.get(f"{CALLS}{later.pk}/zegar/"))


def test_statistics_are_counted_per_unit(desk, unit, call, stranger):
    make.accepted(make.filed(call))
    make.rejected(make.filed(call))
    make.asked(make.filed(call))
    (row,) = unit_statistics(Call.objects.filter(pk=call.pk))
    assert (row.unit, row.calls, row.offers, row.accepted, row.rejected, row.corrected) == (
        "Wydział Prób",
        1,
        3,
        1,
        1,
        1,
    )
    page = desk.get(f"{CALLS}statystyki/")
    assert "Wydział Prób" in text(page)
    assert "<svg" in text(page)
    csv = b"".join(desk.get(f"{CALLS}statystyki/?format=csv").streaming_content).decode()
    assert "Wydział Prób;1;3;1;1;1" in csv
    assert desk.get(f"{CALLS}statystyki/?format=xlsx").status_code == 200
    assert desk.get(f"{CALLS}statystyki/?rok=abc").status_code == 200
    desk.force_login(stranger)
    assert "Wydział Prób" not in text(desk.get(f"{CALLS}statystyki/")).split("<main", 1)[1]


def test_what_waits_for_the_clerk(manager, stranger, call, offer, frozen):
    (waiting,) = waiting_offers(manager, now())
    assert "Do sprawdzenia formalnego: 1 oferta" in waiting.reason.replace("\u00a0", " ")
    assert list(waiting_offers(stranger, now())) == []
    make.asked(offer)
    assert list(waiting_offers(manager, now())) == []
    frozen.move_to(offer.correction.due_at + timedelta(minutes=1))
    (late,) = waiting_offers(manager, now())
    assert "Termin uzupełnienia minął" in late.reason


# --- where is my offer ----------------------------------------------------------------------------


def at_gate(offer: Offer) -> str:
    return next((s.name for s in where_is(offer).stages if s.status in ("now", "warn")), "")


def test_an_organisation_sees_where_its_offer_is(offer):
    assert at_gate(offer) == "Ocena formalna"
    assert "sprawdza ofertę" in where_is(offer).now
    make.asked(offer)
    assert "Kolej na Twoją organizację" in where_is(offer).now


def test_nothing_of_the_committee_shows_before_the_results(offer):
    make.accepted(offer)
    for state in (OfferState.SCORED, OfferState.RECOMMENDED, OfferState.AWARDED, OfferState.NOT_AWARDED):
        offer.state = state
        found = where_is(offer)
        assert at_gate(offer) == "Ocena merytoryczna"
        assert "ocenia ją komisja" in found.now.lower()
    offer.call.state = State.RESULTS_PUBLISHED
    assert where_is(offer).now == "Oferta nie dostała dotacji."
    offer.state = OfferState.AWARDED
    assert at_gate(offer) == "Umowa"


def test_a_rejected_offer_and_a_cancelled_call_are_the_end(offer):
    make.rejected(offer)
    assert where_is(offer).now == "Oferta została odrzucona z przyczyn formalnych."
    offer.call.state = State.CANCELLED
    assert "unieważniony" in where_is(offer).now


@pytest.mark.parametrize("page", ["karta/", "listy/", "zegar/", "teczki/"])
def test_pages_of_the_desk_belong_to_the_unit(client, call, stranger, offer, page, unit):
    client.force_login(stranger)
    assert client.get(f"{CALLS}{call.pk}/{page}").status_code == 404
    client.force_login(official(Role.COMMITTEE_MEMBER, unit))
    assert client.get(f"{CALLS}{call.pk}/{page}").status_code in (302, 403, 404)
    client.force_login(official(Role.COORDINATOR))
    assert client.get(f"{CALLS}{call.pk}/{page}").status_code == 200
